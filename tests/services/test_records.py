"""A record says whom it is about and proves its own section, without this system."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from archived_town import archived_town, cosign, documents_of, records_of
from household import AMIR, ELIS, FATIMA, JOHAN, SARA
from jsonschema import Draft202012Validator
from school_start import NUTS, PLAIN
from town import EXAMPLES, Town, found_town

from archive.formats import BUILT_IN
from archive.metadata import metadata
from archive.reading import read_record
from archive.record import ArchiveRecord
from archive.verification import is_covered, verify_document
from formbuilder.database import orders, records, signatures, units
from formbuilder.database.orders import OrderRow
from formbuilder.services.record_document import record_document
from formbuilder.services.replacing import EarlierFirst
from renderers.printing.markup import markup

SCHEMA = EXAMPLES.parent / "schemas/documents/archive-record.schema.json"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
AT = "/diet/certificate"


def send_with_certificate(town: Town) -> str:
    """Let Sara send everything, with a certificate whose name says too much."""
    session = town.session(SARA)
    draft = town.answered(session, ELIS, NUTS)
    upload = town.services.drafts.attach(
        session, draft.id, AT, "Intyg Elis.pdf", "application/pdf", iter([PDF])
    )
    diet = {**NUTS["diet"], "certificate": upload.value}
    return town.sign(session, town.fill(session, draft, NUTS | {"diet": diet})).case_id


def signed_by_both(folder: Path) -> Town:
    found = found_town(folder)
    found.publish()
    send_with_certificate(found)
    cosign(found)
    return found


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with archived_town(tmp_path_factory.mktemp("town"), signed_by_both) as found:
        yield found


@pytest.fixture(scope="module")
def documents(archived: Town) -> tuple[bytes, ...]:
    return documents_of(archived)


@pytest.fixture(scope="module")
def made(documents: tuple[bytes, ...]) -> tuple[ArchiveRecord, ...]:
    """Return every record as its PDF carries it."""
    return tuple(read_record(document) for document in documents)


def answers_of(record: ArchiveRecord) -> Any:
    return json.loads(record.answers)


def of_section(made: tuple[ArchiveRecord, ...]) -> Mapping[str, ArchiveRecord]:
    return {f"{r.section}/{r.part}".rstrip("/"): r for r in made}


def test_every_section_has_its_record(made: tuple[ArchiveRecord, ...]) -> None:
    definition = json.loads((EXAMPLES / "skolstart.json").read_text())
    sections = [one["$ref"] for one in definition["sections"]]

    assert {f"sections/{record.section}.json" for record in made} == set(sections)


def test_every_record_says_whom_it_is_about(made: tuple[ArchiveRecord, ...]) -> None:
    for record in made:
        subject = record.about.subject
        assert subject is not None
        assert (subject.name, subject.personal_number) == ("Elis Lindqvist", ELIS)
        assert record.about.school_year == "2027/2028"
        assert [g.personal_number for g in record.about.guardians] == [SARA, JOHAN]
        assert {s.role for s in record.signatures} == {"Vårdnadshavare"}


def test_the_answers_stand_under_the_header_they_were_signed_with(
    made: tuple[ArchiveRecord, ...],
) -> None:
    for record in made:
        child = answers_of(record)["child"]
        assert child["personal_number"] == ELIS
        assert child["guardians"] == "Sara Lindqvist, Johan Lindqvist"
        assert child["school_year"] == "2027/2028"


def test_every_record_says_in_what_language_its_signers_read(
    made: tuple[ArchiveRecord, ...],
) -> None:
    spoken = {one.language for record in made for one in record.signatures}

    assert spoken == {"so"}
    assert {record.language for record in made} == {"sv"}


def test_the_questions_stand_in_the_language_they_were_answered_in(
    made: tuple[ArchiveRecord, ...], archived: Town
) -> None:
    form = archived.services.forms.current("ekvalla", "skolstart")
    said = record_document(of_section(made)["diet"], form)
    beside = said.beside
    assert beside is not None

    labels = {row.pointer: row.label for row in beside.rows}
    asked = form.questions[said.rows[-1].pointer]
    assert (said.language, beside.language) == ("sv", "so")
    assert said.title == "Skolstart: Specialkost och allergi"
    assert labels[asked.pointer] == asked.title_in("so") != asked.title
    assert [row.pointer for row in beside.rows] == [row.pointer for row in said.rows]
    assert said.introduction.endswith("Den svenska texten gäller.")
    assert said.provenance[-1].value == (
        "somaliska, gjord av en maskin och inte läst av någon"
    )


@pytest.mark.parametrize("language", ["sv", ""])
def test_a_record_that_was_answered_in_swedish_is_in_swedish_alone(
    made: tuple[ArchiveRecord, ...], archived: Town, language: str
) -> None:
    form = archived.services.forms.current("ekvalla", "skolstart")
    record = of_section(made)["diet"]
    signatures = tuple(replace(one, language=language) for one in record.signatures)
    said = record_document(replace(record, signatures=signatures), form)

    assert (said.beside, said.introduction) == (None, "")


def test_a_record_keeps_the_facts_its_own_section_reads_and_no_others(
    made: tuple[ArchiveRecord, ...],
) -> None:
    facts = {key: answers_of(r).get("facts", {}) for key, r in of_section(made).items()}

    assert facts["diet/safety"] == {"diet_certificate": True}
    assert facts["health"] == {}
    assert set(facts["digital"]) == {"device_loan_offered"}


def test_a_record_holds_no_answer_of_another_section(
    made: tuple[ArchiveRecord, ...],
) -> None:
    for record in made:
        assert set(answers_of(record)) <= {"child", "facts", record.section}


def test_every_record_is_found_right_and_follows_its_schema(
    documents: tuple[bytes, ...],
) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text()))

    for document in documents:
        record = read_record(document)
        assert verify_document(document, name=record.name) == ()
        assert list(validator.iter_errors(json.loads(metadata(record)))) == []


def test_answers_under_another_childs_name_are_not_what_was_signed(
    made: tuple[ArchiveRecord, ...],
) -> None:
    for record in made:
        told = answers_of(record)
        told["child"]["personal_number"] = "202104182387"
        other = replace(record, answers=json.dumps(told).encode())

        assert all(is_covered(record, signature) for signature in record.signatures)
        assert not any(is_covered(other, signature) for signature in other.signatures)


def test_the_certificate_lies_in_its_own_record_alone(
    made: tuple[ArchiveRecord, ...],
) -> None:
    carrying = {key for key, r in of_section(made).items() if r.files}

    assert carrying == {"diet"}
    assert [file.content for file in of_section(made)["diet"].files] == [PDF]


def test_no_other_record_betrays_that_the_file_was_attached(
    made: tuple[ArchiveRecord, ...],
) -> None:
    raw = sha256(PDF).hexdigest()
    for key, record in of_section(made).items():
        told = metadata(record).decode() + record.answers.decode()
        manifests = b"".join(s.manifest for s in record.signatures).decode()
        assert raw not in manifests
        assert (raw in told) == (key == "diet")


def test_no_stored_manifest_names_a_file(archived: Town) -> None:
    with archived.database.read("ekvalla") as tc:
        [case_id] = {row.case_id for row in records.all_kept(tc)}
        stored = [row.manifest for row in signatures.of_case(tc, case_id)]

    assert len(stored) == len((SARA, JOHAN))
    assert sha256(PDF).hexdigest() not in "".join(stored)


def test_the_document_says_in_swedish_who_did_what_about_whom(
    archived: Town, made: tuple[ArchiveRecord, ...]
) -> None:
    form = archived.services.forms.current("ekvalla", "skolstart")
    for record in made:
        source = record_document(record, form)
        page = markup(source)
        title, subject = page.index("<h1"), page.index("Elis Lindqvist, 20210314-2390")
        assert title < subject < page.index("<section>")
        assert {signer.decision for signer in source.signers} == {"Skrev under"}
        assert all(re.fullmatch(r"\d{8}-\d{4}", one.number) for one in source.signers)
        assert ">signed<" not in page
        assert not re.search(r"\bP[0-9]+[YMD]\b|school_year_end|case_closed", page)


def test_the_document_names_an_answer_that_is_a_file_by_its_attachment(
    archived: Town, made: tuple[ArchiveRecord, ...]
) -> None:
    form = archived.services.forms.current("ekvalla", "skolstart")
    source = record_document(of_section(made)["diet"], form)

    [file] = [f for f in source.attachments if f.name.startswith("bilaga-")]
    assert [file.name] == [row.value for row in source.rows if row.pointer == AT]


def test_a_package_names_nobody_in_its_files(made: tuple[ArchiveRecord, ...]) -> None:
    for record in made:
        for part in BUILT_IN:
            names = " ".join(name for name, _ in part().files(record)).lower()
            for word in ("elis", "lindqvist", "sara", "johan", ELIS, SARA, JOHAN):
                assert word not in names


def test_a_later_versions_record_names_the_one_it_replaces(school: Town) -> None:
    school.send(FATIMA, AMIR, PLAIN)
    school.send(FATIMA, AMIR, NUTS)
    school.work()

    first, second = diet_records(school)
    assert (first.version, first.replaces) == (1, "")
    assert (second.version, second.replaces) == (2, first.id)


def test_a_record_waits_for_the_one_it_replaces(school: Town) -> None:
    school.send(FATIMA, AMIR, PLAIN)
    school.send(FATIMA, AMIR, NUTS)
    early, late = diet_orders(school)

    with pytest.raises(EarlierFirst):
        school.services.fulfil.archive("ekvalla", late)
    for order in (early, late):
        school.services.fulfil.archive("ekvalla", order)
    assert [r.version for r in diet_records(school)] == [1, 2]


def test_a_record_does_not_wait_for_one_that_could_not_be_made(school: Town) -> None:
    school.send(FATIMA, AMIR, PLAIN)
    school.send(FATIMA, AMIR, NUTS)
    early, late = diet_orders(school)
    now = school.clock()
    school.database.write(
        "ekvalla",
        lambda tc: (
            orders.lease(tc, early.id, worker="w", now=now, until=now),
            orders.mark_failed(tc, early.id, worker="w", at=now, code="x"),
        ),
    )
    school.services.fulfil.archive("ekvalla", late)

    [only] = diet_records(school)
    assert (only.version, only.replaces) == (2, "")


def diet_orders(town: Town) -> list[OrderRow]:
    """Return the archive orders of what the child cannot eat, the oldest first."""
    with town.database.read("ekvalla") as tc:
        made_of = {o.id: units.get(tc, o.unit_id or "") for o in town.orders("archive")}
    found = [
        order
        for order in town.orders("archive")
        if (unit := made_of[order.id])
        and (unit.section, unit.part) == ("diet", "safety")
    ]
    return sorted(found, key=lambda order: order.version)


def diet_records(town: Town) -> list[ArchiveRecord]:
    """Return the records of what the child cannot eat, the first version first."""
    opened = records_of(town)
    found = (r for r in opened if (r.section, r.part) == ("diet", "safety"))
    return sorted(found, key=lambda record: record.version)
