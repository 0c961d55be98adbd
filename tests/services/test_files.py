"""A file reaches those whose columns name it, whole and sealed, and nobody else."""

import json
import os
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from archived_town import records_of
from household import AMIR, COOK, FATIMA, NURSE
from jsonschema import Draft202012Validator
from school_start import ALLERGY, NUTS, PLAIN
from town import EXAMPLES, Town, compiled_once, found_town, written

from formbuilder.database import audit, inbox, uploads
from formbuilder.delivery import bundle
from formbuilder.files import UNFINISHED
from formbuilder.services.seals import is_sealed_to_department
from schemas.addressed_files import addressed_files
from schemas.compiling import CompiledForm
from schemas.errors import PermanentError, Refused
from schemas.parsing import definition_from
from schemas.projection import receivers

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + b"%" * 200_000
DIET, TRANSPORT = "/diet/certificate", "/transport/certificate"
PAPER = "/health/paper"


def send(town: Town, pointer: str = DIET, name: str = "Intyg Amir.pdf") -> str:
    """Let Fatima send everything with one certificate; return its reference."""
    session = town.session(FATIMA)
    draft = town.answered(session, AMIR, NUTS)
    upload = town.services.drafts.attach(
        session, draft.id, pointer, name, "application/pdf", iter([PDF])
    )
    diet = {**ALLERGY, "certificate": upload.value}
    town.sign(session, town.fill(session, draft, NUTS | {"diet": diet}))
    return upload.value


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    found = found_town(tmp_path_factory.mktemp("town"))
    found.publish()
    send(found)
    found.work()
    yield found
    found.database.close()


@pytest.fixture(scope="module")
def form(sent: Town) -> CompiledForm:
    lists = sent.tools.directories["ekvalla"].code_lists
    return compiled_once(written("skolstart"), lists)


def test_only_those_whose_columns_name_the_file_get_its_bytes(sent: Town) -> None:
    carried = {
        key: [b"".join(file.read()) for file in delivery.files]
        for key, delivery in sent.deliveries().items()
        if delivery.files
    }

    assert carried == {"diet.school_health": [PDF]}


def test_the_kitchen_never_hears_of_the_certificate(sent: Town) -> None:
    kitchen = sent.deliveries()["diet.kitchen"]
    told = kitchen.payload + b"".join(d.content for d in kitchen.documents)

    assert sha256(PDF).hexdigest().encode() not in told
    assert b"certificate" not in told


def test_a_file_is_named_for_the_channel_and_not_for_anybody(sent: Town) -> None:
    [file] = sent.deliveries()["diet.school_health"].files

    assert (file.name, file.original_name) == (
        "diet-certificate-1.pdf",
        "Intyg Amir.pdf",
    )
    assert (file.column, file.size) == ("diet.certificate", len(PDF))


def test_a_payload_names_the_file_and_not_what_it_was_called(sent: Town) -> None:
    health = sent.deliveries()["diet.school_health"]
    reference = f"sha256:{sha256(PDF).hexdigest()}"

    assert json.loads(health.payload)["files"] == [
        {"column": "diet.certificate", "pointer": DIET, "reference": reference}
    ]
    assert b"Amir.pdf" not in health.payload


def test_a_name_given_to_the_same_bytes_elsewhere_is_not_told(school: Town) -> None:
    session = school.session(FATIMA)
    draft = school.answered(session, AMIR, NUTS)
    for pointer, name in ((DIET, "mat.pdf"), (TRANSPORT, "rullstol.pdf")):
        school.services.drafts.attach(
            session, draft.id, pointer, name, "application/pdf", iter([PDF])
        )
    reference = f"sha256:{sha256(PDF).hexdigest()}"
    diet = {**ALLERGY, "certificate": reference}
    school.sign(session, school.fill(session, draft, NUTS | {"diet": diet}))

    [file] = school.deliveries()["diet.school_health"].files
    assert file.original_name == "mat.pdf"


def test_a_file_that_was_attached_elsewhere_is_no_answer_here(school: Town) -> None:
    send(school, TRANSPORT, "rullstol.pdf")

    assert school.deliveries()["diet.school_health"].files == ()


def test_what_is_written_in_words_brings_no_file(form: CompiledForm) -> None:
    reference = f"sha256:{sha256(PDF).hexdigest()}"
    for receiver in receivers(form):
        columns = [(f.name, "", reference) for f in receiver.fields if not f.live]
        for file in addressed_files(form, receiver, columns):
            assert form.questions[file.pointer].kind == "file"
            assert file.pointer in {f.pointer for f in receiver.fields}


def test_a_folder_gets_the_files_with_what_they_were_called(
    sent: Town,
) -> None:
    delivery = sent.deliveries()["diet.school_health"]
    files = {f.name: f for f in bundle.outgoing(sent.tools.keyring, delivery)}

    assert "diet-certificate-1.pdf.cms" in files
    assert all(name.endswith(".cms") for name in files)
    opened = {
        name: sent.tools.keyring.department_open("ekvalla", "school_health", f.content)
        for name, f in files.items()
    }
    assert opened["diet-certificate-1.pdf.cms"] == PDF
    [told] = json.loads(opened["bilagor.json.cms"])
    assert told["original_name"] == "Intyg Amir.pdf"


def test_the_nurse_takes_the_certificate_out_and_it_is_written_down(
    sent: Town,
) -> None:
    session = sent.session(NURSE, "staff")
    service = sent.services.inbox
    rows = service.list(session, "school_health").rows
    items = [service.open(session, row.id) for row in rows]
    [(row, item)] = [(i.row, i) for i in items if any(f.original_name for f in i.files)]
    number = next(n for n, f in enumerate(item.files, 1) if f.original_name)
    found = service.take(session, "school_health", row.id, number)

    assert b"".join(found.chunks) == PDF
    assert (found.name, found.media_type) == (
        "diet-certificate-1.pdf",
        "application/pdf",
    )
    with sent.database.read("ekvalla") as tc:
        assert audit.newest(tc, limit=1)[0].event == "inbox_file_taken"


@pytest.mark.parametrize("number", [0, -1, 99])
def test_what_is_not_there_is_refused(sent: Town, number: int) -> None:
    session = sent.session(NURSE, "staff")
    row = sent.services.inbox.list(session, "school_health").rows[0]

    with pytest.raises(Refused):
        sent.services.inbox.take(session, "school_health", row.id, number)


def test_nobody_takes_a_file_from_another_department(sent: Town) -> None:
    row = sent.services.inbox.list(sent.session(NURSE, "staff"), "school_health").rows[
        0
    ]

    for department in ("school_health", "kitchen"):
        with pytest.raises(Refused):
            sent.services.inbox.take(sent.session(COOK, "staff"), department, row.id, 1)


def test_an_inbox_holds_no_second_copy_of_a_file(sent: Town) -> None:
    with sent.database.read("ekvalla") as tc:
        rows = inbox.of_department(tc, "school_health")

    assert max(len(row.content_sealed) for row in rows) < len(PDF)


def test_a_file_that_is_lost_stops_its_delivery_and_no_other(school: Town) -> None:
    send(school)
    with school.database.read("ekvalla") as tc:
        [case_id] = {order.case_id for order in school.orders()}
        [row] = uploads.of_owner(tc, case_id)
    school.database.write("ekvalla", lambda tc: uploads.delete(tc, case_id, row.id))
    orders = {order.receiver: order for order in school.orders()}

    with pytest.raises(PermanentError):
        school.services.fulfil.delivery("ekvalla", orders["diet.school_health"])
    assert school.services.fulfil.delivery("ekvalla", orders["diet.kitchen"])


def test_every_payload_follows_its_published_schema(sent: Town) -> None:
    schema = json.loads(
        (EXAMPLES.parent / "schemas/documents/delivery.schema.json").read_text()
    )
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    for delivery in sent.deliveries().values():
        assert list(validator.iter_errors(json.loads(delivery.payload))) == []


def health_with_file(town: Town, name: str = "paper") -> None:
    """Publish a school start in which the sealed section takes a file."""
    document = json.loads(json.dumps(written("skolstart").document))
    health = next(s for s in document["sections"] if s["id"] == "health")
    question = {"title": "Intyg", "type": "string", "contentMediaType": "image/png"}
    health["schema"]["properties"][name] = question
    health["ui"] = {**health.get("ui", {}), f"/health/{name}": {"widget": "file"}}
    health["pages"][0]["fields"].append(f"/health/{name}")
    for receiver in health["receivers"]:
        receiver["fields"].append(f"/health/{name}")
    town.publish_definition(definition_from(json.dumps(document)))


def test_a_question_with_a_number_for_a_name_keeps_its_files_name(town: Town) -> None:
    health_with_file(town, "0")
    session = town.session(FATIMA)
    draft = town.answered(session, AMIR, PLAIN)
    for pointer in ("/health/0", DIET):
        upload = town.services.drafts.attach(
            session,
            draft.id,
            pointer,
            f"{pointer[1:]}.pdf",
            "application/pdf",
            iter([PDF]),
        )
    health = PLAIN["health"] | {"0": upload.value}
    town.sign(session, town.fill(session, draft, PLAIN | {"health": health}))

    [file] = town.deliveries()["health.school_health"].files
    assert file.original_name == "health/0.pdf"


def test_a_file_in_a_sealed_section_opens_with_the_departments_key_alone(
    town: Town,
) -> None:
    health_with_file(town)
    session = town.session(FATIMA)
    draft = town.answered(session, AMIR, PLAIN)
    upload = town.services.drafts.attach(
        session, draft.id, PAPER, "Amir.pdf", "application/pdf", iter([PDF])
    )
    health = PLAIN["health"] | {"paper": upload.value}
    town.sign(session, town.fill(session, draft, PLAIN | {"health": health}))

    with town.database.read("ekvalla") as tc:
        [row] = uploads.of_owner(tc, town.orders()[0].case_id)
    for sealed in (row.name_sealed, row.key_sealed):
        assert is_sealed_to_department(sealed)
        assert town.tools.keyring.department_open("ekvalla", "school_health", sealed)
    carried = {k: d.files for k, d in town.deliveries().items() if d.files}
    assert [f.original_name for f in carried["health.school_health"]] == ["Amir.pdf"]
    assert set(carried) == {"health.school_health"}
    town.work()
    kept = [file.content for record in records_of(town) for file in record.files]
    assert kept == [PDF]


def test_a_file_that_no_answer_names_is_destroyed_when_the_form_is_sent(
    school: Town,
) -> None:
    session = school.session(FATIMA)
    draft = school.answered(session, AMIR, PLAIN)
    school.services.drafts.attach(
        session, draft.id, DIET, "intyg.pdf", "application/pdf", iter([PDF])
    )
    school.sign(session, draft)
    school.services.tidy("ekvalla")

    assert school.tools.objects is not None
    assert list(school.tools.objects.names("ekvalla")) == []


@pytest.mark.parametrize(("days", "is_left"), [(0, True), (2, False)])
def test_what_a_killed_upload_left_is_cleared_after_a_day(
    school: Town, tmp_path: Path, days: int, is_left: bool
) -> None:
    half = tmp_path / "home" / "objects" / "ekvalla" / "ab" / f"{UNFINISHED}ab12"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half of a file, sealed")
    before = time.time() - days * 86_400
    os.utime(half, (before, before))

    school.services.tidy("ekvalla")

    assert half.exists() == is_left
