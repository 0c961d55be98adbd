"""A matter is closed by its own board; an event is reported by the archivist."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from household import AMIR, CLERK, COOK, FATIMA
from school_start import NUTS
from town import BROWSER, FLOW, Town, copied_town, found_town, written

from formbuilder.database import audit, cases, records, units
from formbuilder.database.records import RecordRow
from formbuilder.services.errors import NewerDelivery
from formbuilder.services.inbox import InboxItem
from formbuilder.services.reporting import Reporting
from schemas.errors import OperatorError, Refused
from schemas.local_time import LOCAL

APPLIED = {"apply": True, "ground": ["long"]}
RIDE = NUTS | {"transport": APPLIED}


def newest(town: Town, receiver: str, who: str = CLERK) -> InboxItem:
    """Let somebody open the newest delivery of one view."""
    session = town.session(who, "staff")
    department = receiver.rpartition(".")[2]
    rows = town.services.inbox.list(session, department, receiver=receiver).rows
    return town.services.inbox.open(session, rows[0].id)


def close(town: Town, item: InboxItem, who: str = CLERK) -> None:
    department = item.row.receiver.rpartition(".")[2]
    town.services.inbox.close(town.session(who, "staff"), department, item.row.id)


def kept_until(town: Town, section: str) -> list[date | None]:
    """Return the last days of a section's records, the oldest version first."""
    with town.database.read("ekvalla") as tc:
        rows = [(row, units.get(tc, row.unit_id)) for row in records.all_kept(tc)]
    found = sorted(
        (unit.version, row.dispose_after)
        for row, unit in rows
        if unit is not None and unit.section == section
    )
    return [end.astimezone(LOCAL).date() if end else None for _, end in found]


def row_now(town: Town, record_id: str) -> RecordRow:
    with town.database.read("ekvalla") as tc:
        found = records.get(tc, record_id)
    assert found is not None
    return found


def row_of(town: Town, waits_for: str) -> RecordRow:
    with town.database.read("ekvalla") as tc:
        found = [r for r in records.all_kept(tc) if r.waits_for == waits_for]
    return found[0]


def closings(town: Town) -> list[Any]:
    with town.database.read("ekvalla") as tc:
        return [e for e in audit.newest(tc, limit=999) if e.event == "case_closed"]


@pytest.fixture(scope="module")
def ridden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town as the application has come to its departments and the archive."""
    folder = tmp_path_factory.mktemp("ridden")
    town = found_town(folder)
    town.publish()
    town.send(FATIMA, AMIR, RIDE)
    town.work()
    town.database.close()
    return folder


@pytest.fixture
def riding(tmp_path: Path, ridden: Path) -> Iterator[Town]:
    found = copied_town(ridden, tmp_path)
    yield found
    found.database.close()


def test_staff_of_the_sections_board_close_its_matter(riding: Town) -> None:
    item = newest(riding, "transport.school_office")
    before = kept_until(riding, "transport")
    close(riding, item)

    assert (item.closing.may_close, before) == (True, [None])
    assert kept_until(riding, "transport") == [date(2029, 4, 1)]
    again = newest(riding, "transport.school_office")
    assert (again.closing.may_close, again.closing.closed_at) == (
        False,
        riding.clock(),
    )


def test_a_closing_is_written_down_once_with_who_did_it(riding: Town) -> None:
    close(riding, newest(riding, "transport.school_office"))

    [entry] = closings(riding)
    assert entry.actor_key == riding.session(CLERK, "staff").person_key
    assert entry.detail == {"section": "transport", "department": "school_office"}


def test_pressing_again_a_year_later_moves_no_day(riding: Town) -> None:
    item = newest(riding, "transport.school_office")
    close(riding, item)
    riding.clock.pass_(days=366)
    close(riding, item)

    assert kept_until(riding, "transport") == [date(2029, 4, 1)]
    assert len(closings(riding)) == 1


def test_one_section_closed_leaves_the_family_its_case(riding: Town) -> None:
    close(riding, newest(riding, "transport.school_office"))

    [card] = riding.services.mine.overview(riding.session(FATIMA)).cases
    assert card.status == "received"


def test_another_board_is_offered_nothing_and_refused(riding: Town) -> None:
    item = newest(riding, "diet.kitchen", COOK)

    assert (item.closing.may_close, item.closing.closed_at) == (False, None)
    with pytest.raises(Refused):
        close(riding, item, COOK)
    assert closings(riding) == []


def test_what_waits_for_no_closing_has_none(riding: Town) -> None:
    item = newest(riding, "diet.school_office")

    assert item.closing.may_close is False
    with pytest.raises(Refused):
        close(riding, item)


def test_nobody_closes_what_lies_in_another_departments_inbox(riding: Town) -> None:
    item = newest(riding, "transport.school_office")

    with pytest.raises(Refused):
        close(riding, item, COOK)


def test_what_is_changed_later_is_open_again(riding: Town) -> None:
    close(riding, newest(riding, "transport.school_office"))
    riding.clock.pass_(days=30)
    riding.send(FATIMA, AMIR, RIDE | {"transport": {"apply": False}})
    riding.work()

    assert kept_until(riding, "transport") == [date(2029, 4, 1), None]
    assert newest(riding, "transport.school_office").closing.may_close
    close(riding, newest(riding, "transport.school_office"))
    assert kept_until(riding, "transport") == [date(2029, 5, 1)] * 2


def test_what_came_in_unread_is_not_closed_with_the_old(riding: Town) -> None:
    item = newest(riding, "transport.school_office")
    riding.send(FATIMA, AMIR, RIDE | {"transport": {"apply": False}})

    with pytest.raises(NewerDelivery):
        close(riding, item)
    assert (closings(riding), kept_until(riding, "transport")) == ([], [None])


def test_a_record_made_after_the_closing_knows_it(school: Town) -> None:
    school.send(FATIMA, AMIR, RIDE)
    school.deliver_to_inboxes()
    close(school, newest(school, "transport.school_office"))
    school.clock.pass_(days=3)
    school.work()

    assert kept_until(school, "transport") == [date(2029, 4, 1)]


def test_a_case_whose_last_matter_is_closed_is_closed(town: Town) -> None:
    case_id = report_a_fault(town)

    with town.database.read("ekvalla") as tc:
        before = cases.get(tc, case_id)
    archivist = Reporting(town.tools)
    archivist.close("ekvalla", [row_of(town, "case_closed").id], date(2027, 4, 1))
    with town.database.read("ekvalla") as tc:
        after = cases.get(tc, case_id)

    assert before
    assert before.closed_at is None
    assert after
    assert after.closed_at == datetime(2027, 4, 1, 8, tzinfo=UTC)
    assert kept_until(town, "fault") == [date(2029, 4, 1)]


def test_a_signature_under_way_when_a_case_is_closed_opens_it_again(
    school: Town,
) -> None:
    case_id = school.send(FATIMA, AMIR, NUTS).case_id
    session = school.session(FATIMA)
    draft = school.answered(session, AMIR, RIDE)
    order = school.services.sign.start(session, draft.id, "bankid", BROWSER, FLOW)
    school.database.write(
        "ekvalla", lambda tc: cases.close(tc, case_id, at=school.clock())
    )

    school.services.identify.status("ekvalla", order, FLOW)
    receipt = school.services.sign.finish(session, order, FLOW)
    with school.database.read("ekvalla") as tc:
        case = cases.get(tc, case_id)

    assert (receipt.case_id, receipt.is_complete) == (case_id, True)
    assert case
    assert case.closed_at is None


def test_the_archivist_says_which_day_it_was_closed(town: Town) -> None:
    report_a_fault(town)
    town.clock.pass_(days=60)
    record_id = row_of(town, "case_closed").id
    Reporting(town.tools).close("ekvalla", [record_id], date(2027, 4, 20))

    assert kept_until(town, "fault") == [date(2029, 4, 20)]
    [entry] = closings(town)
    assert (entry.object_id, entry.detail) == (
        record_id,
        {"happened": "case_closed", "on": "2027-04-20"},
    )


@pytest.mark.parametrize("on", [date(2027, 3, 31), date(2027, 4, 2)])
def test_a_matter_is_closed_no_day_before_it_came_nor_after_today(
    town: Town, on: date
) -> None:
    report_a_fault(town)

    with pytest.raises(OperatorError):
        Reporting(town.tools).close("ekvalla", [row_of(town, "case_closed").id], on)
    assert (closings(town), kept_until(town, "fault")) == ([], [None])


def test_an_event_gives_what_waits_for_it_its_day(riding: Town) -> None:
    row = row_of(riding, "event:device_returned")
    riding.clock.pass_(days=90)
    assert row.event == "Datorn är återlämnad"
    report(riding, "device_returned", row.id, on=date(2027, 6, 11))

    assert kept_until(riding, "digital") == [date(2028, 6, 11)]
    assert row_now(riding, row.id).event == ""
    with riding.database.read("ekvalla") as tc:
        [entry] = [e for e in audit.of_object(tc, row.id) if e.event != "record_made"]
    assert entry.event == "event_reported"
    assert entry.detail == {"happened": "event:device_returned", "on": "2027-06-11"}


def test_a_report_that_was_wrong_is_corrected_by_another(riding: Town) -> None:
    row = row_of(riding, "event:device_returned")
    for day in (1, 2):
        riding.clock.pass_(days=1)
        report(riding, "device_returned", row.id, on=date(2027, 4, day))

    assert kept_until(riding, "digital") == [date(2028, 4, 2)]


def test_one_record_that_waits_for_something_else_stops_them_all(riding: Town) -> None:
    right = row_of(riding, "event:device_returned")
    wrong = row_of(riding, "case_closed")

    with pytest.raises(OperatorError, match="counts from case_closed"):
        report(riding, "device_returned", right.id, wrong.id, on=date(2027, 4, 1))
    assert kept_until(riding, "digital") == [None]


def report(town: Town, key: str, *record_ids: str, on: date) -> None:
    Reporting(town.tools).event("ekvalla", key, record_ids, on)


def report_a_fault(town: Town) -> str:
    """Let a stranger report a fault, and the archive keep it; return the case's id."""
    town.publish("felanmalan")
    _, session = town.services.sessions.create("ekvalla", "anonymous")
    scenarios = written("felanmalan").scenarios
    answers = next(s.answers for s in scenarios if s.expect.get("valid"))
    draft = town.services.drafts.open(session, "felanmalan")
    draft = town.fill(session, draft, answers)
    receipt = town.services.sign.submit_unsigned(session, draft.id)
    town.work()
    return receipt.case_id
