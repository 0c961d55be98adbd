"""A payload is what the published schema says; documents made of it are for people."""

import csv
import json
from dataclasses import replace

import jsonschema
from household import AMIR, FATIMA
from school_start import NUTS
from town import Town

from formbuilder.delivery.channel import Delivery
from formbuilder.services import build
from formbuilder.services.tools import Tools
from schemas.compiling import compile_form
from schemas.published import document

PUPIL = {
    "want": True,
    "from": "2027-08-17",
    "need": "work",
    "schedule": {"monday": {"from": "07:30", "to": "16:30"}},
    "two_weeks": False,
    "household": "alone",
    "highest_fee": False,
    "income": 3_250_000,
}


def table(delivery: Delivery) -> dict[str, str]:
    """Return a delivery's CSV as title and value."""
    [content] = [d.content for d in delivery.documents if d.name.endswith(".csv")]
    titles, values = csv.reader(content.decode("utf-8-sig").splitlines())
    return dict(zip(titles, values, strict=True))


def codes(delivery: Delivery) -> dict[str, object]:
    columns = json.loads(delivery.payload)["columns"]
    return {column["name"]: column["value"] for column in columns}


def test_every_payload_follows_the_published_delivery_schema(school: Town) -> None:
    school.send(FATIMA, AMIR, NUTS)
    schema = jsonschema.Draft202012Validator(document("urn:formbuilder:delivery:1"))

    payloads = [made.payload for made in school.deliveries().values()]

    assert payloads
    assert [list(schema.iter_errors(json.loads(p))) for p in payloads] == [[]] * len(
        payloads
    )


def test_documents_have_peoples_words_and_the_payload_codes(school: Town) -> None:
    school.send(FATIMA, AMIR, NUTS | {"leisure": PUPIL})
    made = school.deliveries()
    office, fee = made["diet.school_office"], made["leisure.finance"]

    assert table(office)["Mat som barnet inte tål"] == "Nötter, Jordnötter"
    assert table(office)["Kan få allvarlig reaktion"] == "Ja"
    assert codes(office)["diet.avoid"] == ["nuts", "peanut"]
    assert (
        table(fee)["Din inkomst per månad före skatt"]
        == "32\N{NO-BREAK SPACE}500,00 kr"
    )
    assert codes(fee)["leisure.income"] == [3_250_000]


def test_a_machines_document_keeps_the_codes(school: Town) -> None:
    school.send(FATIMA, AMIR, NUTS)
    [found] = [
        json.loads(one.content)
        for one in school.deliveries()["diet.school_health"].documents
        if one.name.endswith(".json")
    ]

    assert found["records"][0]["diet.avoid"] == ["nuts", "peanut"]


def test_what_is_delivered_later_says_what_was_meant_when_it_was_sent(
    school: Town,
) -> None:
    school.send(FATIMA, AMIR, NUTS)
    before = school.deliveries()["diet.kitchen"].documents

    restarted = build(with_other_titles(school.tools), school.store, compile_form)

    assert school.deliveries(restarted)["diet.kitchen"].documents == before


def with_other_titles(tools: Tools) -> Tools:
    """Return a service whose municipality has given every code another title."""
    directory = tools.directories["ekvalla"]
    renamed = {
        urn: replace(
            codes,
            entries=tuple(replace(c, title=f"{c.title}!") for c in codes.entries),
        )
        for urn, codes in directory.code_lists.items()
    }
    return replace(
        tools, directories={"ekvalla": replace(directory, code_lists=renamed)}
    )
