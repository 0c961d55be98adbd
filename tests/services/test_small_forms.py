"""Forms that are not about a child: nobody, oneself, no signature."""

import json

import pytest
from household import FATIMA, SARA
from town import BROWSER, EXAMPLES, FLOW, Town, written

from archive.reading import read_record
from formbuilder.database import records
from formbuilder.services.record_document import record_document
from schemas.compiling import CompiledForm
from schemas.errors import Refused
from schemas.journey import pages
from schemas.parsing import definition_from
from schemas.pointers import ABSENT, get, with_value

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"


def answers_of(name: str) -> dict[str, object]:
    scenarios = written(name).scenarios
    return next(s.answers for s in scenarios if s.expect.get("valid"))


def files_of(form: CompiledForm) -> list[str]:
    return [pointer for pointer, q in form.questions.items() if q.kind == "file"]


def test_an_anonymous_fault_report_arrives_without_a_signature(town: Town) -> None:
    town.publish("felanmalan")
    _, session = town.services.sessions.create("ekvalla", "anonymous")
    draft = town.services.drafts.open(session, "felanmalan")
    draft = town.fill(session, draft, answers_of("felanmalan"))
    review = town.services.review.look(session, draft.id)
    receipt = town.services.sign.submit_unsigned(session, draft.id)

    assert (review.needs_signature, receipt.is_complete) == (False, True)
    assert town.orders()
    assert town.orders("archive")


def test_a_report_in_english_is_kept_in_english_beside_the_swedish(town: Town) -> None:
    town.publish("felanmalan")
    _, session = town.services.sessions.create("ekvalla", "anonymous")
    draft = town.services.drafts.open(session, "felanmalan")
    draft = town.fill(session, draft, answers_of("felanmalan"))
    town.services.sign.submit_unsigned(session, draft.id, "en")
    town.work()
    with town.database.read("ekvalla") as tc:
        (row,) = records.all_kept(tc)
    record = read_record(town.services.archiving.document_of("ekvalla", row))
    said = record_document(record, town.services.forms.current("ekvalla", "felanmalan"))

    assert [one.language for one in record.signatures] == ["en"]
    assert said.beside is not None
    assert said.beside.title != said.title
    assert said.provenance[-1].value == "engelska"


def test_two_reports_are_two_cases(town: Town) -> None:
    town.publish("felanmalan")
    _, session = town.services.sessions.create("ekvalla", "anonymous")
    references = set()
    for _ in range(2):
        draft = town.services.drafts.open(session, "felanmalan")
        draft = town.fill(session, draft, answers_of("felanmalan"))
        references.add(town.services.sign.submit_unsigned(session, draft.id).reference)

    assert len(references) == 2


def test_a_strangers_report_is_not_shown_to_another_stranger(town: Town) -> None:
    town.publish("felanmalan")
    _, session = town.services.sessions.create("ekvalla", "anonymous")
    draft = town.services.drafts.open(session, "felanmalan")
    draft = town.fill(session, draft, answers_of("felanmalan"))
    receipt = town.services.sign.submit_unsigned(session, draft.id)
    _, other = town.services.sessions.create("ekvalla", "anonymous")

    with pytest.raises(Refused):
        town.services.receipts.view(other, receipt.case_id)


@pytest.mark.parametrize("name", ["bygglovsfraga", "foreningsbidrag"])
def test_what_one_asks_for_oneself_is_signed_by_oneself(town: Town, name: str) -> None:
    town.publish(name)
    session = town.session(FATIMA)
    draft = town.services.drafts.open(session, name)
    answers = answers_of(name)
    for pointer in files_of(draft.form):
        upload = town.services.drafts.attach(
            session, draft.id, pointer, "stadgar.pdf", "application/pdf", iter([PDF])
        )
        answers = with_value(answers, pointer, upload.value)
    draft = town.fill(session, draft, answers)
    review = town.services.review.look(session, draft.id)
    if review.needs_signature:
        order = town.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
        town.services.identify.status("ekvalla", order, FLOW)
        receipt = town.services.sign.finish(session, order, FLOW)
    else:
        receipt = town.services.sign.submit_unsigned(session, draft.id)

    assert receipt.is_complete
    assert not town.services.mine.overview(town.session(SARA)).cases
    assert json.dumps(pages(draft.form, draft.settled)[0].page.title)


def test_a_default_stands_in_a_new_draft_and_may_be_taken_away(town: Town) -> None:
    document = json.loads((EXAMPLES / "felanmalan.json").read_text())
    asked = document["sections"][0]["schema"]["properties"]
    asked["category"]["default"] = "light"
    town.publish_definition(definition_from(json.dumps(document)))
    _, session = town.services.sessions.create("ekvalla", "anonymous")
    draft = town.services.drafts.open(session, "felanmalan")
    page = pages(draft.form, draft.settled)[0].page.id
    saved = town.services.drafts.save_page(
        session, draft.id, page, {"/fault/category": ABSENT}
    )

    assert (draft.answers, draft.gone) == ({"fault": {"category": "light"}}, ())
    assert get(saved.draft.answers, "/fault/category") is ABSENT


def test_what_went_names_no_neighbour_with_a_number_for_a_name(town: Town) -> None:
    document = json.loads((EXAMPLES / "felanmalan.json").read_text())
    document["sections"][0].pop("pages")
    schema = document["sections"][0]["schema"]
    asked = {"type": "string", "title": "Steg"}
    schema["properties"] |= {"1": asked}
    is_light = {"properties": {"category": {"const": "light"}}}
    schema["allOf"] = [{"if": is_light, "then": {"properties": {"2": asked}}}]
    town.publish_definition(definition_from(json.dumps(document)))
    _, session = town.services.sessions.create("ekvalla", "anonymous")
    draft = town.services.drafts.open(session, "felanmalan")
    page = pages(draft.form, draft.settled)[0].page.id
    steps = {"/fault/1": "a", "/fault/2": "b"}
    for category in ("light", "other"):
        saved = town.services.drafts.save_page(
            session, draft.id, page, {"/fault/category": category, **steps}, told=()
        )

    assert [question.pointer for question in saved.draft.gone] == ["/fault/2"]
