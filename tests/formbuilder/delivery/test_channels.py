"""The suite that every channel passes."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from formbuilder.database import inbox
from formbuilder.delivery import channels
from formbuilder.delivery.channel import (
    Channel,
    ChannelTools,
    ChannelUnavailable,
    Delivery,
)
from schemas.errors import TemporaryError
from schemas.lint_subject import CHANNELS
from tests.formbuilder.delivery.conftest import Listener, attached


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """The other end of a channel: what arrived there, and how to make it fail."""

    settings: dict[str, Any]
    arrived: Callable[[], list[str]]
    break_down: Callable[[], None]


def at_inbox(tools: ChannelTools, _listener: Listener) -> Receiver:
    def arrived() -> list[str]:
        with tools.database.read("ekvalla") as tc:
            return [i.order_id for i in inbox.of_department(tc, "kitchen")]

    return Receiver(settings={}, arrived=arrived, break_down=tools.database.close)


def at_folder(tools: ChannelTools, _listener: Listener) -> Receiver:
    base = tools.settings.home / "delivered" / "kitchen"

    def arrived() -> list[str]:
        return sorted(p.name for p in base.glob("*") if not p.name.startswith("."))

    def break_down() -> None:
        shutil.rmtree(base, ignore_errors=True)
        base.parent.mkdir(parents=True, exist_ok=True)
        base.write_text("a file where the share should be")

    return Receiver(settings={}, arrived=arrived, break_down=break_down)


def at_webhook(_tools: ChannelTools, listener: Listener) -> Receiver:
    def arrived() -> list[str]:
        """A receiver acts once on each webhook-id, as the specification says."""
        return sorted({headers["webhook-id"] for headers, _ in listener.calls})

    def break_down() -> None:
        listener.status = 503

    return Receiver(
        settings={"url": listener.url}, arrived=arrived, break_down=break_down
    )


RECEIVERS = {"inbox": at_inbox, "folder": at_folder, "webhook": at_webhook}
every_channel = pytest.mark.parametrize(
    "part", channels.BUILT_IN, ids=lambda part: part.key
)


@pytest.fixture
def receiver(part: type[Channel], tools: ChannelTools, listener: Listener) -> Receiver:
    assert part.key in RECEIVERS, "Say here how this channel's receiver is looked at."
    return RECEIVERS[part.key](tools, listener)


@every_channel
def test_what_is_delivered_has_arrived(
    part: type[Channel], tools: ChannelTools, receiver: Receiver, delivery: Delivery
) -> None:
    part(tools).deliver(replace(delivery, settings=receiver.settings))

    assert receiver.arrived() == [delivery.id]


@every_channel
def test_delivering_twice_does_no_more_than_once(
    part: type[Channel], tools: ChannelTools, receiver: Receiver, delivery: Delivery
) -> None:
    for _ in range(2):
        # A new worker each time, as after a crash.
        part(tools).deliver(replace(delivery, settings=receiver.settings))

    assert receiver.arrived() == [delivery.id]


@every_channel
def test_a_receiver_that_is_down_is_tried_again(
    part: type[Channel], tools: ChannelTools, receiver: Receiver, delivery: Delivery
) -> None:
    receiver.break_down()

    with pytest.raises(TemporaryError) as failure:
        part(tools).deliver(replace(delivery, settings=receiver.settings))

    if isinstance(failure.value, ChannelUnavailable):
        assert failure.value.code.replace("_", "").isalnum()


@every_channel
def test_nothing_for_a_sealed_department_leaves_in_clear(
    part: type[Channel],
    tools: ChannelTools,
    receiver: Receiver,
    listener: Listener,
    delivery: Delivery,
) -> None:
    sealed = replace(
        delivery,
        is_sealed=True,
        settings=receiver.settings,
        payload=b'"CANARYCANARY"',
        files=(attached(b"CANARYCANARY"),),
    )

    part(tools).deliver(sealed)

    seen = b"".join(body for _, body in listener.calls) + b"".join(
        path.read_bytes() for path in tools.settings.home.rglob("*") if path.is_file()
    )
    assert b"CANARY" not in seen
    assert b"Q0FOQVJZ" not in seen, "base64 is no seal"


def test_every_channel_on_disk_is_registered() -> None:
    on_disk = {module.name for module in iter_modules(channels.__path__)}
    registered = {
        Path(part.__module__.replace(".", "/")).name for part in channels.BUILT_IN
    }

    assert on_disk == registered


def test_channels_have_keys_of_their_own(tools: ChannelTools) -> None:
    assert len(channels.enabled(tools)) == len(channels.BUILT_IN)


def test_a_definition_may_name_each_channel_of_ours() -> None:
    assert {part.key for part in channels.BUILT_IN} == CHANNELS
