"""Our BankID client against the simulated service, through every outcome."""

from datetime import timedelta

import pytest
from simulated import JOHAN, MANIFEST, SARA, VISIBLE, login_request, sign_request

from formbuilder.identity.provider import (
    Complete,
    Evidence,
    Failed,
    IdentityUnavailable,
    OrderRefused,
    Pending,
    StartedOrder,
)

RISKY = "198809072393"  # the persona BankID warns about


def finished(bankid, order) -> Complete:
    outcome = bankid.collect(order)
    assert isinstance(outcome, Complete)
    return outcome


def test_a_login_tells_who_it_was_and_proves_it(bankid, hand, simulator):
    order = bankid.start(login_request())
    hand.approve(order)
    outcome = finished(bankid, order)

    assert outcome.identity.personal_number == SARA
    assert bankid.verify(
        outcome.evidence,
        purpose="login",
        visible_text="Hej å ä ö",
        non_visible=None,
        person=None,
        received_at=simulator.clock(),
    ).ok


def test_a_signature_proves_text_manifest_and_person(bankid, hand, simulator):
    order = bankid.start(sign_request())
    hand.approve(order)
    outcome = finished(bankid, order)

    verdict = bankid.verify(
        outcome.evidence,
        purpose="sign",
        visible_text=VISIBLE,
        non_visible=MANIFEST,
        person=SARA,
        received_at=simulator.clock(),
    )

    assert verdict.ok
    assert abs(verdict.signed_at - simulator.clock()) < timedelta(minutes=1)


def test_a_login_without_text_is_proved_as_well(bankid, hand, simulator):
    order = bankid.start(login_request(visible_text=""))
    hand.approve(order)
    outcome = finished(bankid, order)

    assert bankid.verify(
        outcome.evidence,
        purpose="login",
        visible_text="",
        non_visible=None,
        person=SARA,
        received_at=simulator.clock(),
    ).ok


def test_an_order_waits_until_somebody_acts(bankid):
    order = bankid.start(login_request())

    assert bankid.collect(order) == Pending(hint="outstandingTransaction")


def test_a_started_app_is_told_from_one_that_waits_for_the_code(bankid, hand):
    order = bankid.start(login_request())
    hand.order(order, "start")
    assert bankid.collect(order) == Pending(hint="started")

    hand.order(order, "choose", personal_number=SARA)

    assert bankid.collect(order) == Pending(hint="userSign")


def test_cancelling_on_the_phone_fails_the_order(bankid, hand):
    order = bankid.start(login_request())
    hand.order(order, "cancel")

    assert bankid.collect(order) == Failed(hint="userCancel")


@pytest.mark.parametrize(
    "hint", ["certificateErr", "notSupportedByUserApp", "aCodeNobodyHasSeen"]
)
def test_every_failure_comes_through_by_name(bankid, hand, hint):
    order = bankid.start(login_request())
    hand.order(order, "fail", hint=hint)

    assert bankid.collect(order) == Failed(hint=hint)


@pytest.mark.parametrize("hint", ["userMrtd", "processing", "aCodeNobodyHasSeen"])
def test_every_wait_comes_through_by_name(bankid, hand, hint):
    order = bankid.start(login_request())
    hand.order(order, "wait", hint=hint)

    assert bankid.collect(order) == Pending(hint=hint)


def test_nobody_picking_up_fails_after_half_a_minute(bankid, hand):
    order = bankid.start(login_request())
    hand.push(30)

    assert bankid.collect(order) == Failed(hint="startFailed")


def test_picked_up_and_forgotten_fails_after_three_minutes(bankid, hand):
    order = bankid.start(login_request())
    hand.order(order, "choose", personal_number=SARA)
    hand.push(180)

    assert bankid.collect(order) == Failed(hint="expiredTransaction")


def test_a_final_answer_is_given_once(bankid, hand):
    order = bankid.start(login_request())
    hand.approve(order)
    finished(bankid, order)

    with pytest.raises(OrderRefused, match="invalidParameters"):
        bankid.collect(order)


def test_a_cancelled_order_is_gone_and_cancelling_again_is_no_error(bankid):
    order = bankid.start(login_request())
    bankid.cancel(order)
    bankid.cancel(order)

    with pytest.raises(OrderRefused) as caught:
        bankid.collect(order)
    assert caught.value.code == "invalidParameters"


def test_a_second_order_for_a_busy_person_stops_both(bankid):
    first = bankid.start(sign_request())

    with pytest.raises(OrderRefused) as caught:
        bankid.start(sign_request())

    assert caught.value.code == "alreadyInProgress"
    assert bankid.collect(first) == Failed(hint="cancelled")


def test_another_person_cannot_do_an_order_that_names_one(bankid, hand):
    order = bankid.start(sign_request(person=SARA))

    assert hand.approve(order, JOHAN).status_code == 409
    assert isinstance(bankid.collect(order), Pending)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("requestTimeout", IdentityUnavailable),
        ("internalError", IdentityUnavailable),
        ("maintenance", IdentityUnavailable),
        ("Maintenance", IdentityUnavailable),
        ("unauthorized", OrderRefused),
        ("notFound", OrderRefused),
        ("methodNotAllowed", OrderRefused),
        ("unsupportedMediaType", OrderRefused),
    ],
)
def test_every_error_is_named_by_who_must_act(bankid, hand, code, error):
    hand.fault(on="auth", error=code)

    with pytest.raises(error) as caught:
        bankid.start(login_request())
    assert caught.value.code.lower() == code.lower()


def test_a_page_instead_of_json_is_a_fault_of_theirs(bankid, hand):
    hand.fault(on="auth", html=True)

    with pytest.raises(IdentityUnavailable) as caught:
        bankid.start(login_request())
    assert caught.value.code == "internalError"


def test_a_lost_answer_to_collect_is_not_asked_for_again(bankid, hand):
    order = bankid.start(login_request())
    hand.approve(order)
    hand.fault(on="collect", drop=True, times=1)

    with pytest.raises(IdentityUnavailable):
        bankid.collect(order)
    with pytest.raises(OrderRefused):
        bankid.collect(order)


def test_a_field_nobody_knows_does_no_harm(bankid, hand):
    hand.fault(on="*", extra=True, times=2)
    order = bankid.start(login_request())

    assert isinstance(bankid.collect(order), Pending)


def test_a_service_that_is_away_is_unavailable(bankid, simulator):
    simulator.stop()

    with pytest.raises(IdentityUnavailable) as caught:
        bankid.start(login_request())
    assert caught.value.code == "unreachable"


def test_everything_we_know_of_the_browser_is_accepted(bankid):
    request = login_request(
        return_url="https://ekvalla.example.se/bankid/return?n=abc",
        user_agent="Mozilla/5.0 " + "x" * 400,
        referring_domain="ekvalla.example.se",
        device_id="0" * 64,
        person=SARA,
    )

    assert bankid.collect(bankid.start(request)) == Pending(
        hint="outstandingTransaction"
    )


def test_a_started_order_survives_being_stored(bankid):
    order = bankid.start(login_request())

    assert StartedOrder.from_json(order.to_json()) == order


def test_evidence_survives_being_stored(bankid, hand):
    order = bankid.start(login_request())
    hand.approve(order)
    evidence = finished(bankid, order).evidence

    assert Evidence.from_json(evidence.to_json()) == evidence


def test_no_token_or_secret_shows_when_an_order_is_printed(bankid):
    order = bankid.start(login_request())

    assert order.tokens["qrStartSecret"] not in repr(order)


def test_the_qr_code_is_right_at_its_second_and_opens_the_order(
    bankid, hand, simulator
):
    order = bankid.start(login_request())
    hand.push(7)
    code = bankid.qr(order, simulator.clock())

    answer = hand.http.post("_sim/scan", json={"qr": code})

    assert answer.json()["reference"] == order.reference


def test_the_qr_code_ends_with_its_time(bankid):
    order = bankid.start(login_request())

    assert bankid.qr(order, order.started_at + timedelta(seconds=30)) is None


def test_the_launch_link_opens_the_simulated_phone(bankid, simulator):
    order = bankid.start(login_request())

    assert bankid.launch_url(order, True).startswith(simulator.phone_url)
    assert bankid.launch_url(order, False) == ""


def test_a_completion_of_high_risk_is_refused(bankid, hand):
    order = bankid.start(login_request())
    hand.approve(order, RISKY)

    assert bankid.collect(order) == Failed(hint="transactionRiskBlocked")


def test_where_the_app_sat_is_told(bankid, hand):
    order = bankid.start(login_request(end_user_ip="192.0.2.7"))
    hand.approve(order)

    assert finished(bankid, order).device_ip == "192.0.2.7"
