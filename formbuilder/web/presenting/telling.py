"""What a page tells of itself while it is filled in: saved, come, gone, ending."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from formbuilder.services.drafts import Draft
from formbuilder.services.session import Session
from formbuilder.web.house import house
from formbuilder.web.times import clock_time, day
from formbuilder.web.visit import listed, visit
from renderers.html.views import FormPage
from schemas.field_type import Question
from schemas.tongues import mixed

SOON: Final = timedelta(days=7)
"""How long before its answers are removed a draft begins to say so."""


def ending(who: Session, draft: Draft) -> str:
    """Tell the day a draft's answers are removed, when it is near."""
    if not who.is_known or draft.expires_at - house().clock() > SOON:
        return ""
    return last_day(draft.expires_at)


def last_day(expires_at: datetime) -> str:
    """Tell until when a draft can be sent, and what happens then."""
    return visit().say(
        "Skicka in senast {day}. Efter det tar vi bort svaren.",
        day=day(expires_at, visit().language),
    )


def gone(draft: Draft) -> str:
    """Tell which answered questions are no longer asked, and that nothing is lost."""
    if not draft.gone:
        return ""
    return visit().say(
        "Vi frågar inte längre om {questions}. Svaren finns kvar i ditt utkast och "
        "kommer tillbaka om du ändrar dig.",
        questions=_titles(draft.gone),
    )


def saved(draft: Draft, page_id: str, shown: Collection[str]) -> str:
    """Tell when the draft was saved, and what came or went on its page since."""
    language, page = visit().language, draft.page(page_id)
    asked = page.questions if page else ()
    new = tuple(q for q in asked if _is_answered(q) and q.name not in shown)
    at = visit().say("Sparat kl. {time}.", time=clock_time(house().clock(), language))
    come = (
        visit().say("Nytt på sidan: {questions}.", questions=_titles(new))
        if new
        else ""
    )
    return " ".join(text for text in (at, come, gone(draft)) if text)


def wrong(page: FormPage) -> str:
    """Tell what is wrong on a page; nothing where nothing is."""
    if not page.faults:
        return ""
    return " ".join((visit().say("Fel:"), *(fault.text for fault in page.faults)))


def _is_answered(question: Question) -> bool:
    return not question.read_only and question.kind != "information"


def _titles(questions: Iterable[Question]) -> str:
    language = visit().language
    titles = (question.title_in(language) for question in questions)
    return listed(mixed("”", title, "”") for title in titles)
