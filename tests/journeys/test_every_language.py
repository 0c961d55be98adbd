"""Whoever chooses a language reads it: on every page, but for names."""

import re
from dataclasses import dataclass, field

import httpx
import pytest
from family_in_browser import COOK

from formbuilder.demo.family import SARAS_ANSWERS, UPLOADS
from formbuilder.demo.phone import PhoneInHand
from formbuilder.demo.town import Town
from formbuilder.demo.walk import compiled, log_in, wait_until_settled
from formbuilder.filling import fill
from formbuilder.visitor import Page, Visitor
from schemas.catalogue import languages, whole_languages

GUNILLA = "196901119286"
DAY = {"from": "07:30", "to": "16:00"}
ANSWERS = SARAS_ANSWERS | {
    "enrolment": SARAS_ANSWERS["enrolment"]
    | {
        "start": "later",
        "start_reason": "Not ready",
        "special": "Near our home",
        "move": True,
        "move_date": "2027-06-01",
        "move_address": "Elsewhere 1",
    },
    "leisure": {
        "want": True,
        "from": "2027-08-17",
        "need": "work",
        "schedule": {"monday": DAY},
        "two_weeks": True,
        "schedule_odd": {"tuesday": DAY},
        "household": "alone",
        "highest_fee": False,
        "income": 3150000,
        "invoice": "mail",
    },
    "contacts": SARAS_ANSWERS["contacts"]
    | {"interpreter": True, "interpreter_language": "ckb", "alone": False},
    "diet": SARAS_ANSWERS["diet"]
    | {
        "kind": ["allergy", "other_food"],
        "avoid": ["milk", "nuts", "other"],
        "avoid_other": "Kiwi",
        "milk": "protein",
        "cooked": "yes",
        "style": "without",
        "not_eaten": ["pork"],
    },
    "health": SARAS_ANSWERS["health"]
    | {
        "acute_text": "Adrenaline pen",
        "conditions_text": "Mild",
        "medicine": True,
        "medicine_text": "Pills",
        "care": True,
        "care_text": "Hospital",
    },
    "photo": {"web": False, "social": False, "print": False},
    "mother_tongue": {
        "languages": ["ckb"],
        "apply": True,
        "language": "ckb",
        "daily": True,
        "basic": "speaks",
    },
    "transport": {
        "apply": True,
        "ground": ["long"],
        "from": "registered",
        "leisure_days": ["monday_morning"],
    },
}
NAMES = re.compile(
    r"\(påhittat\)|Värmland|Västra Götaland(?:sregionen)?|Södermanland|Sörmland|Östergötland|Jönköping|Jämtland|Härjedalen"
    "|Västmanland|Västernorrland|Västerbotten|Gävleborg|Örebro|Skåne|Meänkieli"
    "|Almängen|Växjö|Ekbacksvägen|Kvarngränd|[0-9]{4}/[0-9]+ § [0-9]+"
)
SWEDISH = re.compile(
    r"\b(?:och|att|inte|är|för|som|av|på|till|med|ett|vi|barnet|svar|skriv)\b"
    r"|\w*[åäöÅÄÖ]\w*"
)


PLAIN_SWEDISH = re.compile(
    r"\b(?:och|att|inte|är|för|som|på|till|ett|vi|barnet|svar|skriv|eller|från)\b"
)
BESIDE = re.compile(r"\([^)]*\)|www\.\S+|\S+@\S+")
"""A Swedish institution or law is named in Swedish after what it is called."""
OTHERS = tuple(one for one in languages() if one not in whole_languages())


@dataclass
class Reader(Visitor):
    """A visitor who remembers the words of every page, in every language."""

    client: httpx.Client
    visited: list[tuple[str, str, int]] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    others: dict[str, dict[str, Page]] = field(default_factory=dict)

    def _arrive(self, response: httpx.Response, method: str) -> Page:
        page = super()._arrive(response, method)
        self.pages[f"{page.title} ({page.status})"] = page
        for language in OTHERS:
            self._read_again(page, language)
        return page

    def _read_again(self, page: Page, language: str) -> None:
        """Read the page in another language, and leave everything else as it was."""
        asked = {"Accept-Language": language}
        again = self.client.get(page.url, headers=asked)
        if again.status_code == page.status and page.media_type == "text/html":
            found = Page(page.url, page.status, again.content, page.media_type)
            self.others.setdefault(language, {})[page.title] = found


@pytest.fixture(scope="module")
def reader(place: Town) -> Reader:
    phone = PhoneInHand(place.phone_url)
    language = {"Accept-Language": "en"}
    with httpx.Client(
        base_url=place.url, timeout=30, trust_env=False, headers=language
    ) as client:
        reader = Reader(client)
        _as_guardian(reader, phone, place)
        wait_until_settled(place)
        _as_cook(reader, phone)
    phone.close()
    return reader


@pytest.fixture(scope="module")
def read(reader: Reader) -> dict[str, Page]:
    return reader.pages


def _as_guardian(reader: Reader, phone: PhoneInHand, place: Town) -> None:
    for address in ("/", "/om/tillganglighet", "/om/personuppgifter", "/om/kakor"):
        reader.get(address)
    for form in ("skolstart", "felanmalan", "bygglovsfraga", "foreningsbidrag", "x"):
        reader.get(f"/e/{form}")
    page = log_in(reader, phone, "/e/skolstart/valj-barn", GUNILLA)
    page = reader.submit(page.form(action="/borja"))
    reader.submit(page.form(field_name="enrolment.start"), button=("_go", "next"))
    page = fill(reader, reader.get(page.url), compiled(place), ANSWERS, UPLOADS)
    assert page.title.startswith("Check your answers"), page.text
    page = reader.submit(page.form(action="/granska"))
    phone.approve(reader, page, GUNILLA)
    page = reader.get("/mina")
    reader.get(page.links("/mina/")[0])


def _as_cook(reader: Reader, phone: PhoneInHand) -> None:
    page = log_in(reader, phone, "/inkorg", COOK)
    items = [link for link in page.links("/inkorg/kitchen/") if "export" not in link]
    reader.get(items[0])


def swedish(page: Page, said: re.Pattern[str] = SWEDISH) -> list[str]:
    """Return the Swedish words of a page, without what is said in its own language."""
    return said.findall(NAMES.sub("", without_other_languages(page)))


def without_other_languages(page: Page) -> str:
    body = page.tree.xpath("//body")[0]
    for other in body.xpath(".//*[@lang] | .//script | .//style"):
        other.text = ""
        for below in list(other):
            other.remove(below)
    return f"{page.title} {' '.join(body.itertext())}"


def test_every_page_is_english(read: dict[str, Page]) -> None:
    found = {title: words for title, page in read.items() if (words := swedish(page))}

    assert found == {}


def test_every_kind_of_page_was_read(read: dict[str, Page]) -> None:
    titles = " ".join(read)

    for kind in ("Error: ", "Check your answers", "Thank you", "My pages", "Inbox: "):
        assert kind in titles


def test_the_language_is_said_to_the_browser(read: dict[str, Page]) -> None:
    assert {page.tree.get("lang") for page in read.values()} == {"en"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_page_of_those_who_answer_is_in_their_language(
    reader: Reader, language: str
) -> None:
    pages = {
        title: page
        for title, page in reader.others[language].items()
        if page.tree.get("lang") == language
    }
    found = {
        title: words
        for title, page in pages.items()
        if (
            words := PLAIN_SWEDISH.findall(
                BESIDE.sub("", without_other_languages(page))
            )
        )
    }

    assert found == {}
    assert len(pages) > 20


def test_no_hidden_character_of_ours_is_written_out(reader: Reader) -> None:
    marked = [
        told[max(0, told.index("[U+") - 40) :][:80]
        for page in reader.others["ar"].values()
        if "[U+" in (told := page.tree.text_content())
    ]

    assert marked == []
