from datetime import timedelta

import pytest

from formbuilder.audit import Event
from formbuilder.database import (
    audit,
    diary,
    eid_orders,
    forms,
    inbox,
    parked_posts,
    records,
    sessions,
    tables,
    uploads,
)
from formbuilder.database.connection import TenantConnection
from formbuilder.database.database import Database
from schemas.errors import PermanentError
from tests.installed import Clock

TENANT = "ekvalla"
SECOND = timedelta(seconds=1)


def version_of(document: str, version: str, clock: Clock) -> forms.FormVersion:
    return forms.FormVersion(
        form_id="skolstart",
        version=version,
        document=document,
        published_at=clock(),
        published_by="p1",
    )


def publish(database: Database, clock: Clock, version: str) -> None:
    def work(tc: TenantConnection) -> None:
        forms.publish(tc, version_of(f"doc {version}", version, clock))
        make_current(tc, clock, version)

    database.write(TENANT, work)
    clock.pass_(seconds=1)


def make_current(tc: TenantConnection, clock: Clock, version: str) -> None:
    forms.make_current(
        tc,
        forms.CurrentForm(
            id=f"{clock().timestamp()}",
            form_id="skolstart",
            version=version,
            since=clock(),
            by="p1",
        ),
    )


def test_a_published_version_never_changes(database: Database, clock: Clock) -> None:
    publish(database, clock, "v1")
    other = version_of("something else", "v1", clock)

    with pytest.raises(PermanentError, match="never changes"):
        database.write(TENANT, lambda tc: forms.publish(tc, other))


def test_publishing_the_same_again_changes_nothing(
    database: Database, clock: Clock
) -> None:
    publish(database, clock, "v1")
    same = version_of("doc v1", "v1", clock)

    assert database.write(TENANT, lambda tc: forms.publish(tc, same)) is False


def test_a_roll_back_makes_an_old_version_current_and_is_remembered(
    database: Database, clock: Clock
) -> None:
    for version in ("v1", "v2"):
        publish(database, clock, version)
    database.write(TENANT, lambda tc: make_current(tc, clock, "v1"))

    with database.read(TENANT) as tc:
        current = forms.current(tc, "skolstart")
        history = forms.history(tc, "skolstart")

    assert current is not None
    assert (current.version, [h.version for h in history]) == ("v1", ["v1", "v2", "v1"])


def test_what_was_never_published_cannot_be_current(
    database: Database, clock: Clock
) -> None:
    with pytest.raises(PermanentError, match="never published"):
        database.write(TENANT, lambda tc: make_current(tc, clock, "v9"))


def test_times_come_back_as_they_went_in(database: Database, clock: Clock) -> None:
    clock.pass_(microseconds=1234)
    publish(database, clock, "v1")

    with database.read(TENANT) as tc:
        found = forms.get(tc, "skolstart", "v1")

    assert found is not None
    assert found.published_at == clock() - SECOND
    assert found.published_at.tzinfo is not None


def test_a_diary_number_of_a_failed_transaction_is_given_back(
    database: Database,
) -> None:
    def fail(tc: TenantConnection) -> None:
        diary.next_number(tc, series="bun", year=2027)
        raise LookupError

    with pytest.raises(LookupError):
        database.write(TENANT, fail)

    assert (
        database.write(
            TENANT, lambda tc: diary.next_number(tc, series="bun", year=2027)
        )
        == 1
    )


def started(clock: Clock) -> eid_orders.EidOrderRow:
    return eid_orders.EidOrderRow(
        id="o1",
        provider="bankid",
        purpose="login",
        flow_hash="f",
        order_sealed=b"s",
        context_sealed=b"c",
        created_at=clock(),
    )


def test_one_of_two_collectors_gets_the_order(database: Database, clock: Clock) -> None:
    database.write(TENANT, lambda tc: eid_orders.insert(tc, started(clock)))

    def claim(tc: TenantConnection) -> bool:
        now = clock()
        return eid_orders.claim(
            tc, "o1", now=now, not_after=now - 2 * SECOND, lease_until=now + 10 * SECOND
        )

    first, second = (database.write(TENANT, claim) for _ in range(2))
    clock.pass_(seconds=11)
    after_a_crash = database.write(TENANT, claim)

    assert (first, second, after_a_crash) == (True, False, True)


def test_a_result_is_stored_once_and_used_once(
    database: Database, clock: Clock
) -> None:
    database.write(TENANT, lambda tc: eid_orders.insert(tc, started(clock)))

    def finish(tc: TenantConnection) -> bool:
        return eid_orders.finish(tc, "o1", status="complete", result_sealed=b"r")

    def consume(tc: TenantConnection) -> bool:
        return eid_orders.consume(tc, "o1", at=clock())

    outcomes = [
        database.write(TENANT, work)
        for work in (consume, finish, finish, consume, consume)
    ]

    assert outcomes == [False, True, False, True, False]


def test_an_expired_session_is_no_session(database: Database, clock: Clock) -> None:
    session = sessions.SessionRow(
        id_hash="h",
        kind="guardian",
        person_key="p",
        identity_sealed=b"s",
        created_at=clock(),
        seen_at=clock(),
        expires_at=clock() + SECOND,
    )
    database.write(TENANT, lambda tc: sessions.insert(tc, session))

    with database.read(TENANT) as tc:
        assert sessions.get(tc, "h", now=clock()) == session
        assert sessions.get(tc, "h", now=clock() + SECOND) is None


def test_a_row_looked_up_is_as_it_was_stored_last(
    database: Database, clock: Clock
) -> None:
    session = sessions.SessionRow(
        id_hash="h",
        kind="guardian",
        person_key="p",
        identity_sealed=b"s",
        created_at=clock(),
        seen_at=clock(),
        expires_at=clock() + SECOND,
    )
    later = session._replace(expires_at=clock() + 2 * SECOND)
    found = database.lookup(TENANT)
    database.write(TENANT, lambda tc: sessions.insert(tc, session))
    before = sessions.get_expired(found, "h")
    database.write(
        TENANT,
        lambda tc: sessions.touch(
            tc, "h", seen_at=later.seen_at, expires_at=later.expires_at
        ),
    )

    assert before == session
    assert sessions.get_expired(found, "h") == later
    assert sessions.get_expired(database.lookup("nybro"), "h") is None


def test_a_parked_post_waits_half_an_hour_for_its_person(
    database: Database, clock: Clock
) -> None:
    post = parked_posts.ParkedPost(
        id="1", person_key="p", content_sealed=b"s", created_at=clock()
    )
    database.write(TENANT, lambda tc: parked_posts.park(tc, post))

    clock.pass_(minutes=29)
    found = []
    for person_key in ("q", "p", "p"):
        with database.read(TENANT) as tc:
            found.append(parked_posts.waiting(tc, person_key, now=clock()))
    database.write(TENANT, lambda tc: parked_posts.delete(tc, ["1"]))
    with database.read(TENANT) as tc:
        after = parked_posts.waiting(tc, "p", now=clock())

    assert (found, after) == ([(), (post,), (post,)], ())


def test_a_parked_post_is_destroyed_after_half_an_hour(
    database: Database, clock: Clock
) -> None:
    post = parked_posts.ParkedPost(
        id="1", person_key="p", content_sealed=b"s", created_at=clock()
    )
    database.write(TENANT, lambda tc: parked_posts.park(tc, post))
    clock.pass_(minutes=30)

    with database.read(TENANT) as tc:
        waiting = parked_posts.waiting(tc, "p", now=clock())

    assert waiting == ()


def test_a_delivery_lies_in_its_departments_inbox_once(
    database: Database, clock: Clock
) -> None:
    item = inbox.InboxRow(
        id="i1",
        order_id="o1",
        department="kitchen",
        receiver="diet.kitchen",
        ref="r",
        version=1,
        content_sealed=b"s",
        received_at=clock(),
    )

    stored = [
        database.write(TENANT, lambda tc: inbox.insert_once(tc, item)) for _ in range(2)
    ]

    with database.read(TENANT) as tc:
        assert stored == [True, False]
        assert inbox.of_department(tc, "kitchen") == (item,)
        assert inbox.get(tc, "transport", "i1") is None


def test_the_first_to_confirm_is_remembered(database: Database, clock: Clock) -> None:
    item = inbox.InboxRow(
        id="i1",
        order_id="o1",
        department="kitchen",
        receiver="diet.kitchen",
        ref="r",
        version=1,
        content_sealed=b"s",
        received_at=clock(),
    )
    database.write(TENANT, lambda tc: inbox.insert_once(tc, item))

    def confirm(tc: TenantConnection, by: str) -> bool:
        return inbox.mark_confirmed(tc, "kitchen", "i1", at=clock(), by=by)

    assert database.write(TENANT, lambda tc: confirm(tc, "first"))
    assert not database.write(TENANT, lambda tc: confirm(tc, "second"))


def record(clock: Clock) -> records.RecordRow:
    return records.RecordRow(
        id="r1",
        unit_id="u1",
        case_id="c1",
        object_name="ekvalla/r1.pdf.cms",
        kek_sealed=b"k",
        key_id="r1:1",
        envelope_sha256="00",
        content_mac="00",
        made_at=clock(),
        record_type="specialkost",
        classification="1.2",
        controller="bun",
        retention={"keep": "P1Y"},
        dispose_after=clock(),
    )


def test_a_held_record_is_not_disposed_of(database: Database, clock: Clock) -> None:
    database.write(TENANT, lambda tc: records.insert_once(tc, record(clock)))
    database.write(TENANT, lambda tc: records.hold(tc, "r1", at=clock()))

    assert not database.write(TENANT, lambda tc: records.dispose(tc, "r1", at=clock()))
    with database.read(TENANT) as tc:
        assert records.to_dispose(tc, now=clock()) == ()


def test_disposing_of_a_record_destroys_its_key(
    database: Database, clock: Clock
) -> None:
    database.write(TENANT, lambda tc: records.insert_once(tc, record(clock)))

    assert database.write(TENANT, lambda tc: records.dispose(tc, "r1", at=clock()))
    with database.read(TENANT) as tc:
        found = records.get(tc, "r1")
    assert found is not None
    assert found.kek_sealed is None


def note(tc: TenantConnection, clock: Clock, object_id: str) -> None:
    audit.record(
        tc, event=Event.DELIVERED, at=clock(), object_id=object_id, detail={"n": 1}
    )


def test_the_audit_is_a_chain(database: Database, clock: Clock) -> None:
    for number in range(3):
        database.write(TENANT, lambda tc, n=number: note(tc, clock, str(n)))

    with database.read(TENANT) as tc:
        assert (audit.follow(tc).events, audit.follow(tc).broken_at) == (3, None)
        assert [entry.seq for entry in audit.newest(tc)] == [3, 2, 1]


def test_a_changed_audit_event_breaks_the_chain(
    database: Database, clock: Clock
) -> None:
    for number in range(3):
        database.write(TENANT, lambda tc, n=number: note(tc, clock, str(n)))
    database.write(
        TENANT,
        lambda tc: tc.update(tables.audit, tables.audit.c.seq == 2, event="other"),
    )

    with database.read(TENANT) as tc:
        assert audit.follow(tc).broken_at == 2


def test_an_upload_is_its_owners_alone(database: Database, clock: Clock) -> None:
    upload = uploads.UploadRow(
        id="u",
        owner_id="draft",
        digest_mac="m",
        object_name="n",
        size=1,
        media_type="text/plain",
        name_sealed=b"s",
        key_sealed=b"k",
        created_at=clock(),
    )
    database.write(TENANT, lambda tc: uploads.insert(tc, upload))

    with database.read(TENANT) as tc:
        assert uploads.get(tc, "draft", "u") == upload
        assert uploads.get(tc, "another", "u") is None
