"""What the family of the browser tests answers, by the words on the pages."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from browsing import Answer, Person

SARA: Final = "198604222383"
JOHAN: Final = "198503092390"
FATIMA: Final = "199003112381"
LINA: Final = "198709022381"
COOK: Final = "197601252385"
COMMUNICATOR: Final = "197612022389"
NURSE: Final = "197607072381"
SECRETARY: Final = "197805032385"
ELIS: Final = "202103142390"
MAX_PAGES: Final = 60

Answers = Mapping[str, Answer]
Look = Callable[[str], object]


SARAS_ANSWERS: Final[Answers] = {
    "När ska barnet börja?": "Hösten det år barnet fyller sex år",
    "Ska barnet gå i en skola i Ekvalla kommun?": "Ja",
    "Vilka skolor önskar ni?": {
        "Val 1": "Ekbackens skola",
        "Val 2": "Strandskolan",
    },
    "Går ett syskon på skolan i val 1?": "Nej",
    "Vill du att rektor ringer dig inför starten?": "Nej",
    "Vill ni ha plats på fritids?": "Nej",
    "Ditt mobilnummer": "0701740605",
    "Din e-postadress": "sara@example.se",
    "Behöver du tolk?": "Nej",
    "Vem ska vi ringa om vi inte når er?": [
        {
            "Namn": "Rut Lindqvist",
            "Vem är personen för barnet?": "Mormor",
            "Telefonnummer": "0701740606",
        },
        {
            "Namn": "Bo Ek",
            "Vem är personen för barnet?": "Granne",
            "Telefonnummer": "0701740608",
        },
    ],
    "Jag har berättat för personerna": "Ja",
    "Behöver barnet annan mat än den vanliga?": "Ja",
    "Vad gäller det?": ["Allergi eller överkänslighet"],
    "Vilken mat tål barnet inte?": ["Nötter", "Jordnötter"],
    "Tål barnet spår av det?": "Nej",
    "Kan barnet få en allvarlig reaktion?": "Ja",
    "Har barnet akutmedicin?": "Ja",
    "Reagerar barnet på lukt eller beröring?": "Ja",
    "Vilken barnavårdscentral (BVC) har barnet gått på?": "BVC Ekvalla",
    "I vilken region ligger den?": "Västra Götalandsregionen",
    "Får skolsköterskan hämta journalen från BVC?": "Ja",
    "Är barnet vaccinerat enligt det svenska programmet?": "Ja",
    "Har barnet någon sjukdom eller funktionsnedsättning?": ["Allergi"],
    "Tar barnet medicin regelbundet?": "Nej",
    "Vilken akutmedicin, och när ska den ges?": "Adrenalinpenna i ryggsäcken",
    "Vilka språk talar ni hemma?": ["Svenska"],
    "Vill ni ha undervisning i modersmål?": "Nej",
    "Vill ni söka skolskjuts?": "Nej",
    "Får vi visa barnet på kommunens och skolans webbplats?": "Ja",
    "Får vi visa barnet i skolans sociala medier?": "Ja",
    "Får vi visa barnet i tryckt material?": "Ja",
    "Får vi skriva barnets förnamn vid bilden?": "Nej",
    "Till och med vilken dag gäller dina ja?": {
        "Dag": "16",
        "Månad": "6",
        "År": "2028",
    },
    "Vi har läst reglerna tillsammans": "Ja",
    "Vill ni låna en dator eller platta av skolan?": "Ja",
}


def saras_answers(certificate: Path) -> Answers:
    """Return a child with a nut allergy, and yes to photos."""
    return {**SARAS_ANSWERS, "Intyg från läkare eller dietist": certificate}


JOHANS_ANSWERS: Final[Answers] = {
    "Ditt mobilnummer": "0701740607",
    "Din e-postadress": "johan@example.se",
    "Behöver du tolk?": "Nej",
    "Får vi visa barnet på kommunens och skolans webbplats?": "Nej",
    "Får vi visa barnet i skolans sociala medier?": "Nej",
    "Får vi visa barnet i tryckt material?": "Nej",
}


def fill_in(person: Person, answers: Answers, look: Look) -> None:
    """Answer page after page until the answers are to be checked."""
    seen: set[str] = set()
    for _ in range(MAX_PAGES):
        if "/granska" in person.page.url:
            return
        heading = person.heading
        person.answer(answers)
        if heading not in seen:
            seen.add(heading)
            look(heading)
        person.press("Spara och fortsätt")
    raise AssertionError(f"The form never ends: {person.page.url}, {person.heading}")
