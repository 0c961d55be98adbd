"""The words of an answer stay what the person saw, when the municipality's list changes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from archived_town import archived_town, cosign, records_of
from household import ELIS, SARA
from school_start import NUTS, PLAIN
from town import Town, found_town

from archive.metadata import metadata
from archive.record import ArchiveRecord
from formbuilder.services import build
from formbuilder.services.record_document import record_document
from renderers.summary import answered, summary
from schemas.codes import Code, CodeList
from schemas.compiling import compile_form

FOODS = "urn:formbuilder:codes:foods"
AT = "/diet/avoid"


def with_other_words(town: Town) -> Town:
    """Return the town after its list of foods was written anew, and a restart."""
    codes = (Code(code="soy", title="Soja och lupin"),)
    directories = {
        key: replace(
            one,
            code_lists={**one.code_lists, FOODS: CodeList(urn=FOODS, entries=codes)},
        )
        for key, one in town.tools.directories.items()
    }
    tools = replace(town.tools, directories=directories)
    services = build(tools, town.store, compile_form)
    return replace(town, tools=tools, services=services)


def moved_town(folder: Path) -> Town:
    """Sara chooses nuts; the list loses them; Johan signs."""
    found = found_town(folder)
    found.publish()
    found.send(SARA, ELIS, NUTS)
    after = with_other_words(found)
    cosign(after)
    return after


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town with everything archived; nobody changes it."""
    with archived_town(tmp_path_factory.mktemp("town"), moved_town) as found:
        yield found


@pytest.fixture(scope="module")
def diet(moved: Town) -> tuple[ArchiveRecord, ...]:
    return tuple(record for record in records_of(moved) if record.section == "diet")


def chosen(record: ArchiveRecord) -> list[str]:
    return json.loads(record.answers)["diet"].get("avoid", [])


def words(town: Town) -> str:
    """Return what Sara was shown for what she chose."""
    form = town.services.forms.current("ekvalla", "skolstart")
    question = form.questions[AT]
    return question.field_type.display(NUTS["diet"]["avoid"], question, "sv")


def test_the_record_says_what_the_person_saw(
    moved: Town, diet: tuple[ArchiveRecord, ...], tmp_path: Path
) -> None:
    before = found_town(tmp_path)
    before.publish()
    seen = words(before)
    before.database.close()
    form = moved.services.forms.current("ekvalla", "skolstart")

    said = [
        row.value
        for record in diet
        for row in record_document(record, form).rows
        if row.pointer == AT
    ]

    assert words(moved) != seen
    assert said == [seen]


def test_the_record_names_the_list_and_the_signature_holds_it(
    diet: tuple[ArchiveRecord, ...],
) -> None:
    [record] = [one for one in diet if chosen(one)]
    described = json.loads(metadata(record))["code_lists"]

    [foods] = [one for one in described if one["urn"] == FOODS]
    offered_to = {
        signature.name: json.loads(signature.manifest)["code_lists"][FOODS]
        for signature in record.signatures
    }
    assert set(foods["chosen"]) == set(chosen(record))
    assert offered_to["Sara Lindqvist"] == foods["sha256"]
    assert {digest for name, digest in offered_to.items() if "Johan" in name} != {
        foods["sha256"]
    }


def test_my_pages_say_it_too(moved: Town) -> None:
    session = moved.session(SARA)
    [card] = moved.services.mine.overview(session).cases
    view = moved.services.mine.case(session, card.case_id)

    [avoided] = {
        row.value
        for unit in view.units
        for row in answered(view.form, unit.answers, offered=unit.offered)
        if row.pointer == AT
    }
    assert "nuts" not in avoided.split(", ")


def test_what_was_received_stands_when_something_else_is_changed(
    tmp_path: Path,
) -> None:
    moved = moved_town(tmp_path)
    session = moved.session(SARA)
    draft = moved.services.drafts.open(session, "skolstart", moved.child(ELIS))
    changed = {"contacts": PLAIN["contacts"] | {"mobile": "0701740607"}}
    draft = moved.fill(session, draft, changed)

    review = moved.services.review.look(session, draft.id)
    rows = summary(draft.form, draft.settled, offered=review.offered)
    moved.database.close()
    assert (review.faults, review.is_ready) == ((), True)
    assert [row.value for row in rows if row.pointer == AT] == ["Nötter, Jordnötter"]


def test_what_nobody_has_received_must_be_chosen_anew(tmp_path: Path) -> None:
    found = found_town(tmp_path)
    found.publish()
    found.answered(found.session(SARA), ELIS, NUTS)
    after = with_other_words(found)
    session = after.session(SARA)
    draft = after.services.drafts.open(session, "skolstart", after.child(ELIS))

    faults = after.services.review.look(session, draft.id).faults
    found.database.close()
    assert AT in {fault.pointer for fault in faults}


def test_what_was_chosen_tells_no_other_record(
    moved: Town,
) -> None:
    others = [record for record in records_of(moved) if record.section != "diet"]

    assert others
    assert [
        record.section
        for record in others
        if FOODS in {one.urn for one in record.code_lists}
    ] == []
