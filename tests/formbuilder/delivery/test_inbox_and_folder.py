from dataclasses import replace

import pytest

from formbuilder.database import inbox
from formbuilder.delivery import bundle
from formbuilder.delivery.channel import ChannelRefused, ChannelTools, Delivery
from formbuilder.delivery.channels.folder import Folder
from formbuilder.delivery.channels.inbox import Inbox
from schemas.errors import PermanentError
from schemas.representation import Representation


def stored(tools: ChannelTools) -> inbox.InboxRow:
    with tools.database.read("ekvalla") as tc:
        [item] = inbox.of_department(tc, "kitchen")
    return item


@pytest.mark.parametrize("is_sealed", [False, True])
def test_the_department_opens_what_lies_in_its_inbox(
    tools: ChannelTools, delivery: Delivery, is_sealed: bool
) -> None:
    Inbox(tools).deliver(replace(delivery, is_sealed=is_sealed))

    opened = bundle.unseal(
        tools.keyring,
        tenant="ekvalla",
        department="kitchen",
        order_id=delivery.id,
        sealed=stored(tools).content_sealed,
        is_sealed=is_sealed,
    )

    assert opened == bundle.Bundle(
        payload=delivery.payload, documents=delivery.documents
    )


@pytest.mark.parametrize("is_sealed", [False, True])
def test_another_department_cannot_open_it(
    tools: ChannelTools, delivery: Delivery, is_sealed: bool
) -> None:
    Inbox(tools).deliver(replace(delivery, is_sealed=is_sealed))

    with pytest.raises(PermanentError):
        bundle.unseal(
            tools.keyring,
            tenant="ekvalla",
            department="school_health",
            order_id=delivery.id,
            sealed=stored(tools).content_sealed,
            is_sealed=is_sealed,
        )


def test_the_files_lie_in_a_folder_named_by_the_order(
    tools: ChannelTools, delivery: Delivery
) -> None:
    Folder(tools).deliver(delivery)

    base = tools.settings.home / "delivered" / "kitchen" / delivery.id
    files = {path.name: path.read_bytes() for path in base.iterdir()}
    assert files == {"payload.json": delivery.payload, "kitchen.csv": b"a;b\n1;2\n"}


def test_what_a_killed_worker_left_half_written_is_done_again(
    tools: ChannelTools, delivery: Delivery
) -> None:
    base = tools.settings.home / "delivered" / "kitchen"
    half = base / f".unfinished-{delivery.id}"
    half.mkdir(parents=True)
    (half / "payload.json").write_bytes(b"{")

    Folder(tools).deliver(delivery)

    assert [path.name for path in base.iterdir()] == [delivery.id]
    assert (base / delivery.id / "payload.json").read_bytes() == delivery.payload


def test_a_relative_folder_stays_inside_home(
    tools: ChannelTools, delivery: Delivery
) -> None:
    with pytest.raises(ChannelRefused, match="leaves FORMBUILDER_HOME"):
        Folder(tools).deliver(replace(delivery, settings={"path": "../../etc"}))


@pytest.mark.parametrize("name", ["../x", ".hidden", "a/b", "", "å.csv", "x\n"])
def test_no_document_name_leaves_the_folder(
    tools: ChannelTools, delivery: Delivery, name: str
) -> None:
    bad = Representation(name=name, media_type="text/csv", content=b"")

    with pytest.raises(ChannelRefused, match="name"):
        Folder(tools).deliver(replace(delivery, documents=(bad,)))
