"""When a record may go is counted from what has happened to it, not from a constant."""

from datetime import UTC, date, datetime, timedelta

from household import AMIR, ELIS, FATIMA, JOHAN, SARA
from school_start import PLAIN, with_photo
from town import Town

from archive.record import About
from formbuilder.database import records, units
from formbuilder.services.retaining import last_day
from schemas.definition import Retention
from schemas.local_time import LOCAL

APRIL = datetime(2027, 4, 1, 8, tzinfo=UTC)
YEAR_END = Retention(keep="P1Y", from_="school_year_end")


def kept_until(town: Town, section: str) -> list[date | None]:
    """Return the last days of a section's records, the oldest version first."""
    with town.database.read("ekvalla") as tc:
        rows = records.all_kept(tc)
        about = {row.id: units.get(tc, row.unit_id) for row in rows}
    found = [
        (unit.owner, unit.version, row.dispose_after)
        for row in rows
        if (unit := about[row.id]) is not None and unit.section == section
    ]
    return [
        moment.astimezone(LOCAL).date() if moment else None
        for _, _, moment in sorted(found, key=lambda one: one[:2])
    ]


def test_the_school_year_is_the_one_the_answers_are_for(school: Town) -> None:
    school.send(FATIMA, AMIR, PLAIN)
    school.work()

    # The municipality's settings say that 2027/2028 ends on 16 June 2028.
    assert kept_until(school, "enrolment") == [date(2030, 6, 16)]


def test_a_setting_that_nobody_renewed_is_not_the_school_year_meant() -> None:
    old = About(school_year_end=date(2026, 6, 12))
    new = About(school_year_end=date(2028, 6, 16))

    days = [last_day(YEAR_END, arrived_at=APRIL, about=one) for one in (old, new)]
    assert days == [date(2028, 6, 30), date(2029, 6, 16)]


def test_what_is_replaced_may_go_a_while_after_it_was_replaced(school: Town) -> None:
    school.send(FATIMA, AMIR, PLAIN)
    school.work()
    before = kept_until(school, "mother_tongue")
    school.clock.pass_(days=30)
    other = {"languages": ["swe", "ckb"], "apply": False}
    school.send(FATIMA, AMIR, PLAIN | {"mother_tongue": other})
    after = kept_until(school, "mother_tongue")
    school.work()

    assert before == [None]
    assert after == [date(2028, 5, 1)]
    assert kept_until(school, "mother_tongue") == [date(2028, 5, 1), None]


def test_a_record_made_after_it_was_replaced_knows_it(school: Town) -> None:
    school.send(FATIMA, AMIR, PLAIN)
    other = {"languages": ["swe", "ckb"], "apply": False}
    school.send(FATIMA, AMIR, PLAIN | {"mother_tongue": other})
    school.work()

    assert kept_until(school, "mother_tongue") == [date(2028, 4, 1), None]


def test_a_consent_is_kept_for_as_long_as_its_last_day_says(school: Town) -> None:
    school.send(FATIMA, AMIR, with_photo(until="2028-06-16"))
    school.work()

    assert kept_until(school, "photo") == [date(2030, 6, 16)]


def test_a_withdrawn_consent_has_ended_when_it_was_withdrawn(school: Town) -> None:
    said = with_photo(social=False, print=False, until="2028-06-16")
    school.send(FATIMA, AMIR, said)
    school.work()
    school.clock.pass_(days=10)
    session = school.session(FATIMA)
    [card] = school.services.mine.overview(session).cases
    school.services.mine.withdraw(session, card.case_id, "publish.web")
    school.work()

    ended = date(2029, 4, 11)
    assert set(kept_until(school, "photo")) == {ended}


def test_one_guardians_no_does_not_end_what_the_other_consented_to(
    school: Town,
) -> None:
    said = with_photo(until="2028-06-16")
    school.send(SARA, ELIS, said)
    school.send(JOHAN, ELIS, PLAIN)
    school.work()

    saras, johans = kept_until(school, "photo")
    assert {saras, johans} == {date(2030, 6, 16), date(2029, 4, 1)}


def test_the_day_a_consent_ends_is_the_last_it_holds() -> None:
    midnight = datetime(2028, 6, 17, tzinfo=LOCAL)
    rule = Retention(keep="P1Y", from_="consent_end")

    assert last_day(rule, arrived_at=APRIL, consent_ends=midnight) == date(2029, 6, 16)
    assert last_day(rule, arrived_at=APRIL) is None
    assert last_day(
        rule, arrived_at=APRIL, consent_ends=midnight + timedelta(hours=1)
    ) == date(2029, 6, 17)
