"""What the answers make read-only is one's own until they do."""

import pytest
from structlog.testing import capture_logs

from tests.filling.filler import Filler, one_section
from tests.promises.city import City

ASKED = {
    "kind": {"title": "Vad?", "enum": ["mine", "theirs"]},
    "note": {"type": "string", "title": "Anteckning"},
}
THEIRS = {"required": ["kind"], "properties": {"kind": {"const": "theirs"}}}
SHUT = {"readOnly": True}
SCHEMA = {
    "type": "object",
    "required": ["kind"],
    "properties": ASKED,
    "if": THEIRS,
    "then": {"properties": {"note": SHUT, "more": {"type": "string", **SHUT}}},
}
FORM = one_section("sen", "s", ASKED, section={"schema": SCHEMA})


@pytest.fixture
def filler(city: City) -> Filler:
    return Filler.begin(city, FORM)


def logged_by(filler: Filler, answers: dict[str, list[str]]) -> list[object]:
    """Post the answers as they are, and return what the log says of them."""
    form = filler.page.form(field_name="_shown")
    with capture_logs() as logged:
        filler.visitor.client.post(form.action, data={**form.fields, **answers})
    filler.page = filler.visitor.get(filler.address)
    return [one["pointers"] for one in logged if one["event"] == "read_only_posted"]


def test_an_answer_that_may_be_given_now_is_kept_and_no_warning(filler: Filler) -> None:
    told = logged_by(filler, {"s.kind": ["mine"], "s.note": ["Min"]})

    assert (told, filler.holds("s.note")) == ([], ["Min"])


def test_an_answer_that_may_no_longer_be_given_is_ignored_and_logged(
    filler: Filler,
) -> None:
    logged_by(filler, {"s.kind": ["theirs"]})
    told = logged_by(filler, {"s.kind": ["mine"], "s.note": ["Min"]})

    assert (told, filler.holds("s.note")) == ([["/s/note"]], [""])


def test_what_is_never_one_s_own_is_logged_also_where_it_is_not_asked(
    filler: Filler,
) -> None:
    assert logged_by(filler, {"s.more": ["Min"]}) == [["/s/more"]]


def test_what_was_half_typed_and_is_shut_by_now_holds_nobody_up(city: City) -> None:
    kind = {"title": "Vad?", "enum": ["mine", "theirs"]}
    age = {"type": "integer", "title": "Ålder"}
    shut = {"if": THEIRS, "then": {"properties": {"age": SHUT}}}
    form = one_section("halv", "s", {"kind": kind, "age": age}, required=["kind"])
    form["sections"][0]["schema"] |= shut
    filler = Filler.begin(city, form)
    filler.post({"s.kind": ["mine"], "s.age": ["fyra"]})
    assert filler.holds("s.age") == ["fyra"]

    filler.post({"s.kind": ["theirs"]}, ("_go", "later"))
    filler.page = filler.visitor.get(filler.address)
    assert "fyra" not in filler.page.text
    filler.post({})
    assert filler.page.url.partition("?")[0].endswith("/granska")
    assert "innan du kan" not in filler.page.text
