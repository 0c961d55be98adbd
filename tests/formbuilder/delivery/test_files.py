"""Uploaded files go out whole, beside what they were called, within what a call takes."""

import base64
import json
from dataclasses import replace

import pytest

from formbuilder.database import inbox
from formbuilder.delivery import bundle
from formbuilder.delivery.channel import ChannelRefused, ChannelTools, Delivery
from formbuilder.delivery.channels.folder import Folder
from formbuilder.delivery.channels.inbox import Inbox
from formbuilder.delivery.channels.webhook import LARGEST, Webhook
from tests.formbuilder.delivery.conftest import Listener, attached

CONTENT = b"CANARYCANARY"
NAME = "diet-certificate-1.pdf"


@pytest.fixture
def delivery(delivery: Delivery) -> Delivery:
    return replace(delivery, files=(attached(CONTENT),))


def test_a_folder_has_the_file_and_what_it_was_called(
    tools: ChannelTools, delivery: Delivery
) -> None:
    Folder(tools).deliver(delivery)

    place = tools.settings.home / "delivered" / "kitchen" / delivery.id
    [told] = json.loads((place / "bilagor.json").read_text())
    assert (place / NAME).read_bytes() == CONTENT
    assert told == {
        "name": NAME,
        "original_name": "../Intyg (CANARYCANARY)?.pdf",
        "column": "diet.certificate",
        "reference": delivery.files[0].reference,
        "media_type": "application/pdf",
        "size": len(CONTENT),
    }


def test_a_call_carries_the_file(
    tools: ChannelTools, delivery: Delivery, listener: Listener
) -> None:
    Webhook(tools).deliver(replace(delivery, settings={"url": listener.url}))

    [(_, body)] = listener.calls
    documents = json.loads(body)["data"]["documents"]
    found = {d["name"]: base64.b64decode(d["content"]) for d in documents}
    assert set(found) == {"kitchen.csv", "bilagor.json", NAME}
    assert found[NAME] == CONTENT


def test_more_than_a_call_takes_is_said_to_whoever_can_mend_it(
    tools: ChannelTools, delivery: Delivery, listener: Listener
) -> None:
    large = replace(
        delivery,
        files=(attached(CONTENT, size=LARGEST + 1),),
        settings={"url": listener.url},
    )

    with pytest.raises(ChannelRefused, match="by folder or inbox"):
        Webhook(tools).deliver(large)
    assert listener.calls == []


def test_an_inbox_lists_the_file_and_leaves_its_bytes_where_they_are(
    tools: ChannelTools, delivery: Delivery
) -> None:
    Inbox(tools).deliver(delivery)

    with tools.database.read("ekvalla") as tc:
        [row] = inbox.of_department(tc, "kitchen")
    found = bundle.unseal(
        tools.keyring,
        tenant="ekvalla",
        department="kitchen",
        order_id=delivery.id,
        sealed=row.content_sealed,
        is_sealed=False,
    )
    assert found.files == bundle.listed(delivery)
    assert CONTENT not in found.payload


def test_files_are_read_one_at_a_time(tools: ChannelTools, delivery: Delivery) -> None:
    read: list[int] = []

    def noting(number: int) -> bytes:
        read.append(number)
        return b"x"

    files = tuple(
        replace(attached(b"x"), name=f"f-{n}.pdf", read=lambda n=n: iter((noting(n),)))
        for n in range(3)
    )
    going = bundle.outgoing(tools.keyring, replace(delivery, files=files))
    first = next(file.name for file in going if file.name.startswith("f-"))

    assert (first, read) == ("f-0.pdf", [0])
