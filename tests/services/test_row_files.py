"""A file in a row goes with its row: to those whose columns name it, and to the archive."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import pytest
from archived_town import documents_of, records_of
from household import AMIR, FATIMA, NURSE
from school_start import PLAIN
from town import Town, found_town, written

from archive.verification import verify_document
from formbuilder.services import prefill
from formbuilder.services.drafts import Draft
from formbuilder.services.prefill import Sources
from formbuilder.services.record_document import record_document
from formbuilder.services.session import Session
from schemas.definition import Json
from schemas.errors import InvalidAnswer
from schemas.file_references import MOST_FILES, most_files
from schemas.parsing import definition_from
from schemas.pointers import get

AT: Final = "/diet/invoices"
NAMES: Final = ("ett", "två", "tre")


def content(name: str) -> bytes:
    return b"%PDF-1.7\n" + name.encode()


def reference(name: str) -> str:
    return f"sha256:{sha256(content(name)).hexdigest()}"


def publish(town: Town, kitchen: str, health: str, filled: Json = None) -> None:
    """Publish a school start with invoices, and what each receiver gets of them."""
    document = json.loads(json.dumps(written("skolstart").document))
    diet = next(one for one in document["sections"] if one["id"] == "diet")
    file = {"title": "Kvitto", "type": "string", "contentMediaType": "application/pdf"}
    row = {
        "type": "object",
        "properties": {
            "amount": {"title": "Belopp", "type": "integer"},
            "receipt": file,
            "more": {"title": "Fler", "type": "array", "items": file},
        },
    }
    rows = {"title": "Utlägg", "type": "array", "items": row}
    diet["schema"]["properties"]["invoices"] = rows
    diet["pages"][0]["fields"].append(AT)
    for receiver in diet["receivers"]:
        fields = {"kitchen": kitchen, "school_health": health}
        receiver["fields"] += filter(None, [fields.get(receiver["department"], "")])
        receiver.pop("only_when", None)
    diet["prefill"] = {**diet["prefill"], **(filled or {})}
    town.publish_definition(definition_from(json.dumps(document)))


def test_a_draft_holds_as_many_files_as_its_form_asks_for(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(town, AT, "")
    session = town.session(FATIMA)
    draft = town.answered(session, AMIR, PLAIN)
    assert most_files(draft.form) == MOST_FILES, "50 rows of a receipt and 20 more"

    most_of_this = 3
    monkeypatch.setattr(
        "formbuilder.services.drafts.most_files", lambda _form: most_of_this
    )
    attached(town, session, draft, *NAMES)
    with pytest.raises(InvalidAnswer) as refused:
        attached(town, session, draft, "fyra")

    assert (refused.value.code, refused.value.values["limit"]) == ("file-too-many", 3)


def attached(town: Town, session: Session, draft: Draft, *names: str) -> None:
    for number, name in enumerate(names):
        upload = town.services.drafts.attach(
            session,
            draft.id,
            f"{AT}/{number}/receipt",
            f"{name}.pdf",
            "application/pdf",
            iter([content(name)]),
        )
        assert upload.answer.pointer == f"{AT}/*/receipt"


def begun(town: Town, *names: str) -> tuple[Session, Draft]:
    """Let Fatima answer for Amir and attach these, each in a row of its own."""
    session = town.session(FATIMA)
    draft = town.answered(session, AMIR, PLAIN)
    attached(town, session, draft, *names)
    return session, draft


def row(amount: int, name: str) -> Json:
    return {"amount": amount, "receipt": reference(name)}


def with_rows(*rows: Json) -> dict[str, Any]:
    return PLAIN | {"diet": PLAIN["diet"] | {"invoices": list(rows)}}


def send(town: Town) -> Draft:
    """Let Fatima send three invoices, the last one attached first in the list."""
    session, draft = begun(town, *NAMES)
    answers = with_rows(*(row(n, name) for n, name in enumerate(reversed(NAMES), 1)))
    draft = town.fill(session, draft, answers)
    town.sign(session, draft)
    return draft


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    found = found_town(tmp_path_factory.mktemp("town"))
    publish(found, f"{AT}/*/amount", f"{AT}/*/receipt")
    send(found)
    found.work()
    yield found
    found.database.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    found = found_town(tmp_path_factory.mktemp("whole"))
    publish(found, "", AT)
    send(found)
    found.deliver_to_inboxes()
    yield found
    found.database.close()


def test_a_receiver_gets_the_files_of_the_rows_in_their_order(sent: Town) -> None:
    files = sent.deliveries()["diet.school_health"].files

    assert [b"".join(file.read()) for file in files] == [
        content(name) for name in reversed(NAMES)
    ]
    assert [file.original_name for file in files] == ["tre.pdf", "två.pdf", "ett.pdf"]


def test_a_receiver_without_the_column_hears_of_no_file(sent: Town) -> None:
    kitchen = sent.deliveries()["diet.kitchen"]
    told = kitchen.payload + b"".join(d.content for d in kitchen.documents)

    assert kitchen.files == ()
    assert not [name for name in NAMES if reference(name)[7:].encode() in told]
    assert json.loads(kitchen.payload)["columns"][-1]["value"] == [1, 2, 3]


@pytest.mark.parametrize("which", ["sent", "whole"])
def test_each_row_says_its_own_file_in_the_inbox(
    which: str, request: pytest.FixtureRequest
) -> None:
    town: Town = request.getfixturevalue(which)
    session = town.session(NURSE, "staff")
    rows = town.services.inbox.list(session, "school_health").rows
    items = [town.services.inbox.open(session, one.id) for one in rows]
    [item] = [one for one in items if any(file.original_name for file in one.files)]
    [said] = [value for *_, value in item.columns if ".pdf" in value]
    files = {f.name: f.original_name for f in item.files if f.original_name}

    shown = {number: name for number, name in enumerate(files, 1) if name in said}
    assert list(shown) == [1, 2, 3]
    assert said.index(shown[1]) < said.index(shown[2]) < said.index(shown[3])
    assert list(files.values()) == ["tre.pdf", "två.pdf", "ett.pdf"]


def test_a_document_of_whole_rows_names_each_rows_file(whole: Town) -> None:
    documents = whole.deliveries()["diet.school_health"].documents
    said = " ".join(one.content.decode("utf-8", "replace") for one in documents)

    assert [f"diet-invoices-{n}.pdf" in said for n in (1, 2, 3)] == [True] * 3
    assert "sha256:" not in said


def test_the_record_has_the_files_and_says_which_row_each_is_of(sent: Town) -> None:
    [(record, document)] = [
        (record, document)
        for record, document in zip(records_of(sent), documents_of(sent), strict=True)
        if b"invoices" in record.answers
    ]
    form = sent.services.forms.current("ekvalla", "skolstart")
    made = record_document(record, form)
    [said] = [one.value for one in made.rows if one.pointer == AT]

    assert {one.content for one in record.files} == {content(n) for n in NAMES}
    assert [line.split(": ")[1:] for line in said.split("\n")] == [
        [f"{number}, Kvitto", _name(record.files, name)]
        for number, name in enumerate(reversed(NAMES), 1)
    ]
    assert verify_document(document, name=record.name) == ()


def _name(files: Any, name: str) -> str:
    [found] = [one.name for one in files if one.content == content(name)]
    return str(found)


def test_what_is_signed_covers_the_digest_of_each_rows_file(sent: Town) -> None:
    [record] = [one for one in records_of(sent) if b"invoices" in one.answers]
    rows = json.loads(record.answers)["diet"]["invoices"]

    assert [one["receipt"] for one in rows] == [reference(n) for n in reversed(NAMES)]


def test_a_removed_rows_file_is_destroyed_at_once(school: Town) -> None:
    publish(school, "", AT)
    session, draft = begun(school, "ett", "två")
    draft = school.fill(session, draft, with_rows(row(1, "ett"), row(2, "två")))
    school.fill(session, draft, with_rows(row(2, "två")))

    held = school.services.drafts.uploads(session, draft.id)
    assert [one.name for one in held] == ["två.pdf"]


def test_a_file_is_no_answer_to_another_question_of_its_row(school: Town) -> None:
    publish(school, "", AT)
    session, draft = begun(school, "ett")
    said = {"amount": 1, "receipt": reference("ett"), "more": [reference("ett")]}
    draft = school.fill(session, draft, with_rows(said))

    assert get(draft.answers, AT) == [row(1, "ett")]


def test_a_change_keeps_the_files_of_the_case_wherever_their_rows_stand(
    school: Town,
) -> None:
    publish(school, "", f"{AT}/*/receipt")
    send(school)
    session = school.session(FATIMA)
    draft = school.services.drafts.open(session, "skolstart", school.child(AMIR))
    attached(school, session, draft, "ny")
    kept = {f"{n}.receipt": [reference(name)] for n, name in enumerate(("tre", "ett"))}
    half = {"0.amount": ["x"], **kept}
    page = next(p for p in draft.shown if p.section.id == "diet").page.id
    school.services.drafts.save_page(session, draft.id, page, {}, typed={AT: half})
    rows = row(1, "ny"), row(2, "tre"), row(3, "ett")
    draft = school.services.drafts.get(session, draft.id)
    draft = school.fill(session, draft, with_rows(*rows))
    school.sign(session, draft)

    files = school.deliveries()["diet.school_health"].files
    assert [file.original_name for file in files] == ["ny.pdf", "tre.pdf", "ett.pdf"]


def test_what_was_said_before_brings_rows_without_their_files(school: Town) -> None:
    publish(school, "", AT, {AT: {"from": f"previous:{AT}"}})
    form = school.services.forms.current("ekvalla", "skolstart")
    before = with_rows({**row(1, "ett"), "more": [reference("två")]}, row(2, "tre"))
    sources = Sources(register={}, settings={}, placement={}, previous=before)

    answers = prefill.begin(form, {}, sources)
    assert get(answers, AT) == [{"amount": 1}, {"amount": 2}]


def test_a_draft_that_is_carried_over_keeps_its_rows_files(school: Town) -> None:
    publish(school, "", AT)
    session, draft = begun(school, "ett", "två")
    draft = school.fill(session, draft, with_rows(row(1, "ett"), row(2, "två")))
    publish(school, f"{AT}/*/amount", AT)
    draft = school.services.renewing.carry(session, draft.id)
    draft = school.fill(session, draft, with_rows(row(2, "två"), row(3, "ett")))
    school.sign(session, draft)

    files = school.deliveries()["diet.school_health"].files
    assert [file.original_name for file in files] == ["två.pdf", "ett.pdf"]
