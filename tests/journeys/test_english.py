"""Whoever chooses English reads English: on every page, but for names."""

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


@dataclass
class Reader(Visitor):
    """A visitor who remembers the words of every page."""

    client: httpx.Client
    visited: list[tuple[str, str, int]] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)

    def _arrive(self, response: httpx.Response, method: str) -> Page:
        page = super()._arrive(response, method)
        self.pages[f"{page.title} ({page.status})"] = page
        return page


@pytest.fixture(scope="module")
def read(place: Town) -> dict[str, Page]:
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


def swedish(page: Page) -> list[str]:
    """Return the Swedish words of a page, without what is said in its own language."""
    body = page.tree.xpath("//body")[0]
    for other in body.xpath(".//*[@lang] | .//script | .//style"):
        other.text = ""
        for below in list(other):
            other.remove(below)
    words = f"{page.title} {' '.join(body.itertext())}"
    return SWEDISH.findall(NAMES.sub("", words))


def test_every_page_is_english(read: dict[str, Page]) -> None:
    found = {title: words for title, page in read.items() if (words := swedish(page))}

    assert found == {}


def test_every_kind_of_page_was_read(read: dict[str, Page]) -> None:
    titles = " ".join(read)

    for kind in ("Error: ", "Check your answers", "Thank you", "My pages", "Inbox: "):
        assert kind in titles


def test_the_language_is_said_to_the_browser(read: dict[str, Page]) -> None:
    assert {page.tree.get("lang") for page in read.values()} == {"en"}
