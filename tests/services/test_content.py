"""What was stored before a member was thought of is still read."""

import json

from formbuilder.services.content import UnitContent, read_unit
from formbuilder.services.submission import Signed, Submission
from schemas.acceptance import Offer

OFFER = Offer(kind="new", id="1", section="diet", part="", owner="", answers={"a": 1})
SUBMISSION = Submission(
    tenant="ekvalla",
    draft_id="d",
    case_id="c",
    reference="r",
    is_new_case=True,
    form_id="f",
    version="v",
    subject_key="",
    signer="s",
    header={},
    units=(Signed(offer=OFFER, digest="0", salt="1"),),
    choices=(),
    against={},
)


def test_answers_from_before_the_words_of_code_lists_were_kept_are_read() -> None:
    unit = UnitContent(answers={"a": 1}, salt="s")
    stored = json.loads(unit.to_bytes())
    del stored["offered"]

    assert read_unit(json.dumps(stored).encode()) == unit


def test_a_signature_under_way_from_before_them_is_read() -> None:
    stored = json.loads(json.dumps(SUBMISSION.to_json()))
    for unit in stored["units"]:
        del unit["offered"]

    assert Submission.from_json(stored) == SUBMISSION
