"""Every answer of an identity service has words in both languages."""

import pytest

from formbuilder.identity import messages
from formbuilder.identity.bankid.errors import PERMANENT, TEMPORARY
from formbuilder.identity.messages import message
from schemas import catalogue

PENDING = [
    "outstandingTransaction",
    "noClient",
    "started",
    "userMrtd",
    "userCallConfirm",
    "userSign",
    "processing",
    "userStepUp",
    "userFace",
]
FAILED = [
    "expiredTransaction",
    "certificateErr",
    "userCancel",
    "cancelled",
    "startFailed",
    "userDeclinedCall",
    "notSupportedByUserApp",
    "transactionRiskBlocked",
    "mrtdVerificationFailed",
    "facialRecognitionFailed",
    "nfcNotSupportedByDevice",
    "multipleBankIdsOnDevice",
    "stepUpFailed",
]


@pytest.mark.parametrize("hint", PENDING)
def test_every_hint_of_a_wait_is_known(hint):
    assert hint in messages.PENDING


@pytest.mark.parametrize("hint", [*FAILED, *TEMPORARY, *PERMANENT, "unreachable"])
def test_every_hint_of_a_failure_and_every_error_code_is_known(hint):
    assert hint in messages.FAILED


@pytest.mark.parametrize("swedish", sorted(messages.every_message()))
def test_every_message_is_a_sentence_and_has_english(swedish):
    english = catalogue.messages("en").get(swedish, "")

    assert english
    assert english != swedish
    assert english.endswith(".")
    assert swedish.endswith(".")


def test_a_new_hint_means_waiting_while_it_waits_and_a_fault_when_it_failed():
    assert message("aNewOne", "en", status="pending") == "We are waiting for BankID."
    assert message("aNewOne", "en", status="failed").startswith("Something unexpected")
    assert message("aNewOne", "en").startswith("Something unexpected")


def test_the_device_decides_what_to_say_about_starting_the_app():
    said = {message("outstandingTransaction", "sv", d) for d in ("qr", "mobile")}

    assert said == {messages.OPEN_APP, messages.APP_OPENS}


def test_our_own_mistakes_tell_nobody_more_than_that_it_went_wrong():
    assert message("invalidParameters") == message("unauthorized")
