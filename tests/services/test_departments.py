"""Departments get exactly their answers; the archive keeps proof of each section."""

import json
from io import BytesIO

import pikepdf
import pytest
from household import AMIR, CLERK, COOK, ELIS, FATIMA, INFORMER, NURSE, SARA
from school_start import NUTS
from town import Town

from archive.envelope import EnvelopeRefused, open_with_key
from archive.reading import read_record
from archive.verification import verify_document
from formbuilder.database import audit, records, units
from formbuilder.keyring import DoesNotOpen
from formbuilder.services.casebook import open_unit
from schemas.errors import PermanentError, Refused


@pytest.fixture
def sent(school: Town) -> Town:
    school.send(FATIMA, AMIR, NUTS)
    school.deliver_to_inboxes()
    return school


def test_the_cook_sees_the_kitchens_list_with_the_class_joined(sent: Town) -> None:
    session = sent.session(COOK, "staff")
    found = sent.services.inbox.list(session, "kitchen")

    titles = [title for _, title in found.columns]
    row = dict(zip(titles, found.rows[0].values, strict=True))
    assert row["Klass"] == "F-A"
    assert AMIR not in str(found)


def test_nobody_lists_another_department(sent: Town) -> None:
    for number, department in ((COOK, "school_health"), (NURSE, "kitchen")):
        with pytest.raises(Refused):
            sent.services.inbox.list(sent.session(number, "staff"), department)


def test_a_guardians_session_is_no_staff_session(sent: Town) -> None:
    with pytest.raises(Refused):
        sent.services.inbox.departments(sent.session(COOK))


def test_opening_a_delivery_is_written_down(sent: Town) -> None:
    session = sent.session(COOK, "staff")
    item = sent.services.inbox.list(session, "kitchen").rows[0].id
    opened = sent.services.inbox.open(session, item)
    sent.services.inbox.confirm(session, item)

    with sent.database.read("ekvalla") as tc:
        events = [entry.event for entry in audit.of_object(tc, item)]
    assert events == ["inbox_opened", "inbox_confirmed"]
    assert opened.row.id == item


def test_nobody_opens_another_departments_delivery(sent: Town) -> None:
    item = sent.services.inbox.list(sent.session(COOK, "staff"), "kitchen").rows[0].id

    with pytest.raises(Refused):
        sent.services.inbox.open(sent.session(CLERK, "staff"), item)


def test_the_list_goes_out_as_a_file_and_is_written_down(sent: Town) -> None:
    made = sent.services.inbox.export(sent.session(COOK, "staff"), "kitchen", "csv")

    assert b"F-A" in made.content
    with sent.database.read("ekvalla") as tc:
        assert audit.newest(tc, limit=1)[0].event == "inbox_exported"


def test_a_family_that_becomes_protected_is_gone_from_every_list(sent: Town) -> None:
    session = sent.session(COOK, "staff")
    item = sent.services.inbox.list(session, "kitchen").rows[0].id
    sent.register.protect(AMIR)
    sent.clock.pass_(seconds=60)

    assert sent.services.inbox.list(session, "kitchen").rows == ()
    with pytest.raises(Refused):
        sent.services.inbox.open(session, item)


def test_nothing_about_a_protected_family_leaves_the_house(sent: Town) -> None:
    sent.register.protect(FATIMA)
    sent.clock.pass_(seconds=60)

    with pytest.raises(PermanentError):
        sent.services.fulfil.delivery("ekvalla", sent.orders()[0])


def test_the_nurse_opens_the_health_answers_and_the_service_key_does_not(
    sent: Town,
) -> None:
    session = sent.session(NURSE, "staff")
    rows = sent.services.inbox.list(session, "school_health").rows
    found = [sent.services.inbox.open(session, row.id).columns for row in rows]

    [order] = [o for o in sent.orders() if o.receiver == "health.school_health"]
    assert any("BVC Ekvalla" in str(columns) for columns in found)
    assert "BVC Ekvalla" not in str(rows)
    with pytest.raises(DoesNotOpen):
        sent.tools.keyring.open(
            "deliveries", "ekvalla", f"school_health/{order.id}", order.content_sealed
        )


def test_health_answers_are_kept_for_the_departments_key_alone(sent: Town) -> None:
    [order] = [o for o in sent.orders() if o.receiver == "health.school_health"]
    with sent.database.read("ekvalla") as tc:
        rows = units.of_case(tc, order.case_id)

    assert {r.section: r.sealed_to for r in rows if r.sealed_to} == {
        "health": "school_health"
    }
    health = next(r for r in rows if r.section == "health")
    with pytest.raises(DoesNotOpen):
        sent.tools.keyring.open("units", "ekvalla", health.id, health.content_sealed)


def test_no_two_departments_share_an_id_of_the_case(sent: Town) -> None:
    refs: dict[str, set[str]] = {}
    for order in sent.orders():
        refs.setdefault(str(order.department), set()).add(sent.content(order).ref)

    assert all(len(found) == 1 for found in refs.values())
    assert len(refs) == len({ref for found in refs.values() for ref in found})


def test_a_record_is_made_once_opens_and_proves_its_own_section(sent: Town) -> None:
    [order] = [
        o
        for o in sent.orders("archive")
        if o.unit_id and _section(sent, o.unit_id) == "diet/safety"
    ]
    sent.services.fulfil.archive("ekvalla", order)
    sent.services.fulfil.archive("ekvalla", order)

    with sent.database.read("ekvalla") as tc:
        [row] = records.of_case(tc, order.case_id)
    pdf = sent.services.archiving.document_of("ekvalla", row)
    record = read_record(pdf)
    assert json.loads(record.answers)["diet"]["avoid"] == ["nuts", "peanut"]
    assert verify_document(pdf, name=row.object_name, record_id=row.id) == ()
    assert list(sent.store.names()) == [row.object_name]


def test_a_health_records_key_is_the_departments(sent: Town) -> None:
    [order] = [
        o
        for o in sent.orders("archive")
        if o.unit_id and _section(sent, o.unit_id) == "health"
    ]
    sent.services.fulfil.archive("ekvalla", order)

    with sent.database.read("ekvalla") as tc:
        [row] = records.of_case(tc, order.case_id)
    assert row.kek_sealed is not None
    with pytest.raises(DoesNotOpen):
        sent.tools.keyring.open("records", "ekvalla", row.id, row.kek_sealed)
    key = sent.services.archiving.key_of("ekvalla", row)
    assert open_with_key(sent.store.get(row.object_name), key.key, key.key_id)
    with pytest.raises(EnvelopeRefused):
        open_with_key(sent.store.get(row.object_name), b"\0" * 32, key.key_id)


def test_the_informer_has_no_row_for_a_child_without_consent(sent: Town) -> None:
    session = sent.session(INFORMER, "staff")

    assert sent.services.inbox.list(session, "communication").rows == ()


def test_the_receipt_is_a_pdf(school: Town) -> None:
    receipt = school.send(SARA, ELIS, NUTS)
    made = school.services.receipts.pdf(school.session(SARA), receipt.case_id)

    assert made.content.startswith(b"%PDF")


def test_the_receipt_stands_in_arabic_beside_the_swedish(school: Town) -> None:
    receipt = school.send(SARA, ELIS, NUTS)
    made = school.services.receipts.pdf(school.session(SARA), receipt.case_id, "ar")

    with pikepdf.open(BytesIO(made.content)) as pdf:
        dictionaries = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)
        ]
        fonts = {str(one.get("/BaseFont")) for one in dictionaries}
        assert str(pdf.Root.Lang) == "sv"
        assert [name for name in fonts if "Arabic" in name]


def _section(town: Town, unit_id: str) -> str:
    with town.database.read("ekvalla") as tc:
        row = units.get(tc, unit_id)
    assert row is not None
    assert open_unit(town.tools, "ekvalla", row).salt
    return f"{row.section}/{row.part}" if row.part else row.section
