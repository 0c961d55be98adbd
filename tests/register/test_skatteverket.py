"""Skatteverket's service: whatever is missing or odd closes the door."""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formbuilder.register.register import RegisterRefused, RegisterUnavailable
from formbuilder.register.registers.skatteverket import Skatteverket, http_client
from formbuilder.register.registers.skatteverket_records import read_record
from formbuilder.simulators.register import start
from schemas.errors import OperatorError, PermanentError

ON = date(2027, 4, 1)
SARA, JOHAN, ELIS = "198604222383", "198503092390", "202103142390"


def post(**flags: object) -> dict[str, object]:
    return {"personpost": {"personId": {"id": SARA}}} | flags


OPEN = {"sekretessmarkering": "N", "skyddadFolkbokforing": "N"}


def test_two_plain_noes_are_no_protection():
    assert read_record(post(**OPEN)).protection == "none"


@pytest.mark.parametrize("odd", [None, "", "n", "X", 0, False, [], {}])
@pytest.mark.parametrize("flag", ["sekretessmarkering", "skyddadFolkbokforing"])
def test_a_flag_that_is_odd_makes_it_unknown(flag, odd):
    assert read_record(post(**(OPEN | {flag: odd}))).protection == "unknown"


@pytest.mark.parametrize("flag", ["sekretessmarkering", "skyddadFolkbokforing"])
def test_a_flag_that_is_missing_makes_it_unknown(flag):
    told = {name: value for name, value in OPEN.items() if name != flag}

    assert read_record(post(**told)).protection == "unknown"


def test_one_flag_that_is_set_is_enough():
    assert read_record(post(sekretessmarkering="J")).protection == "marked"
    assert read_record(post(skyddadFolkbokforing="J")).protection == "protected"


@pytest.mark.parametrize(
    "record", [None, [], "x", {}, {"personpost": None}, {"personpost": {}}]
)
def test_what_is_no_record_is_no_answer(record):
    with pytest.raises(RegisterUnavailable):
        read_record(record)


@pytest.mark.parametrize("odd", ["2027-13-01", "soon", 20270101, []])
def test_a_date_that_cannot_be_read_is_no_answer(odd):
    relation = {"relationstyp": "V", "relationsId": {"id": JOHAN}}
    person = {
        "personId": {"id": ELIS},
        "relationer": [relation | {"relationTomdatum": odd}],
    }

    with pytest.raises(RegisterUnavailable):
        read_record({"personpost": person})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["personpost", "personId", "id", "namn", "relationer", "adresser"]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_no_answer_breaks_the_reader_or_opens_a_door(answer):
    try:
        record = read_record(answer)
    except OperatorError:
        return

    assert record.protection == "unknown"


def test_a_guardianship_only_one_side_knows_of_opens_nothing(register, control):
    control.post(f"_sim/persons/{ELIS}", json={"guardians": [{"guardian": JOHAN}]})

    assert ELIS not in [c.personal_number for c in register.children_of(SARA, ON)]
    assert ELIS in [c.personal_number for c in register.children_of(JOHAN, ON)]


def test_a_protection_that_begins_is_seen_at_once(register, control):
    assert register.person(ELIS).protection == "none"

    control.post(f"_sim/persons/{ELIS}", json={"protection": "marked"})

    assert register.person(ELIS).protection == "marked"


def test_a_persona_can_be_put_back(register, control):
    control.post(f"_sim/persons/{ELIS}", json={"protection": "marked"})
    control.delete("_sim/persons")

    assert register.person(ELIS).protection == "none"


def test_nobody_cannot_be_changed(control):
    assert control.post("_sim/persons/1", json={}).status_code == 404


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_service_with_trouble_is_unavailable(register, control, status):
    control.post("_sim/faults", json={"status": status})

    with pytest.raises(RegisterUnavailable):
        register.person(SARA)


def test_an_answer_that_is_no_json_is_unavailable(register, control):
    register.person(SARA)
    control.post("_sim/faults", json={"status": 200})

    with pytest.raises(RegisterUnavailable):
        register.person(SARA)


@pytest.mark.parametrize("change", [{"client_secret": "wrong"}, {"order": "wrong"}])
def test_access_that_must_be_mended_is_refused_with_advice(running, change):
    access = {
        "base_url": running.base_url,
        "client_id": running.client_id,
        "client_secret": running.client_secret,
        "order": running.order,
    }
    client = Skatteverket(http_client(), **(access | change))

    with pytest.raises(RegisterRefused, match="Check the register"):
        client.person(SARA)
    client.close()


def test_a_register_that_is_away_is_unavailable(register, running):
    running.stop()

    with pytest.raises(RegisterUnavailable):
        register.person(SARA)


def test_a_token_is_asked_for_again_when_it_has_run_out(running):
    now = [datetime(2027, 4, 1, tzinfo=UTC)]
    asked: list[str] = []
    http = httpx.Client(
        event_hooks={"request": [lambda request: asked.append(request.url.path)]},
        trust_env=False,
    )
    client = Skatteverket(
        http,
        base_url=running.base_url,
        client_id=running.client_id,
        client_secret=running.client_secret,
        order=running.order,
        clock=lambda: now[0],
    )
    client.person(SARA)
    client.person(SARA)
    now[0] += timedelta(hours=1)
    client.person(SARA)
    client.close()

    assert sum(path.endswith("token") for path in asked) == 2


def test_no_number_stands_in_an_address(running):
    asked: list[str] = []
    http = httpx.Client(
        event_hooks={"request": [lambda request: asked.append(str(request.url))]},
        trust_env=False,
    )
    client = Skatteverket(
        http,
        base_url=running.base_url,
        client_id=running.client_id,
        client_secret=running.client_secret,
        order=running.order,
    )
    client.guardians_of(ELIS, ON)
    client.close()

    assert not any(SARA in url or ELIS in url for url in asked)


def test_it_does_not_start_in_production():
    with pytest.raises(PermanentError):
        start(environment="production")
