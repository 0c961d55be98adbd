"""Whether script runs or not, the same answers are stored, byte for byte."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from browsing import CHROMIUM
from household import ELIS
from playwright.sync_api import Browser
from town import written

from formbuilder.filling import fill, typed_fields
from formbuilder.services.session import Session
from formbuilder.visitor import Page, PageForm, Visitor
from formbuilder.web import cookies
from schemas.definition import Json
from tests.filling.serving import opened
from tests.filling.window import Window
from tests.promises.city import founded

FORMS = ("skolstart", "felanmalan", "bygglovsfraga", "foreningsbidrag")
SCENARIOS = [
    pytest.param(form, scenario.answers, id=f"{form}: {scenario.name}")
    for form in FORMS
    for scenario in written(form).scenarios
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages"),
]


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, prepared: Path, browser: Browser
) -> Iterator[Window]:
    """One municipality for all scenarios; each begins with a draft of its own."""
    with founded(tmp_path_factory.mktemp("city"), prepared) as city:
        city.town.publish("foreningsbidrag")
        with opened(city, browser) as window:
            yield window


class Plain(Visitor):
    """A browser without script: like any browser it posts only what is offered."""

    def submit(
        self,
        form: PageForm,
        answers: Mapping[str, Sequence[str]] | None = None,
        **more: Any,
    ) -> Page:
        offered = {
            name: [one for one in texts if one in form.choices.get(name, texts)]
            for name, texts in (answers or {}).items()
        }
        return super().submit(form, offered, **more)


def stored(window: Window, who: Session, draft_id: str) -> bytes:
    """Return all the draft holds, also what is set aside, and forget the draft."""
    drafts = window.city.town.services.drafts
    draft = drafts.get(who, draft_id)
    held = [draft.settled.answers, draft.answers, draft.typed]
    drafts.discard(who, draft_id)
    return json.dumps(held, sort_keys=True, ensure_ascii=False).encode()


def without_script(window: Window, form_id: str, answers: Json) -> bytes:
    """Fill the form in by posts alone."""
    city, who = window.city, window.log_in()
    subject = city.town.child(ELIS) if form_id == "skolstart" else ""
    draft = city.town.services.drafts.open(who, form_id, subject)
    visitor = Plain(city.visitor().client)
    visitor.client.cookies = httpx.Cookies({cookies.CITIZEN: window.token})
    page = visitor.get(window.address(who, draft, form_id))
    page = fill(visitor, page, draft.form, answers, {})
    asked = 0
    while page.errors and asked < (asked := page.content.count(b'name="_shown"')):
        page = answered_again(visitor, page, typed_fields(draft.form, answers))
    return stored(window, who, draft.id)


def answered_again(visitor: Visitor, page: Page, typed: dict[str, list[str]]) -> Page:
    """Answer what a page that is not right yet has come to ask."""
    form = page.form(field_name="_shown")
    known = {name: texts for name, texts in typed.items() if form.offers(name)}
    return visitor.submit(form, known, button=("_go", "next"))


def with_script(window: Window, form_id: str, answers: Json) -> bytes:
    """Fill the form in where every change is saved and followed at once."""
    who, draft = window.answer(form_id, answers)
    return stored(window, who, draft.id)


@pytest.mark.parametrize(("form_id", "answers"), SCENARIOS)
def test_script_changes_nothing_of_what_is_stored(
    shared: Window, form_id: str, answers: Json
) -> None:
    expected = without_script(shared, form_id, answers)

    assert expected == with_script(shared, form_id, answers)
