"""The sentence for each code: what is wrong and what to do about it.

Every blank is in braces; `question` is the question's own words.
"""

from collections.abc import Mapping
from typing import Final

from schemas.catalogue import text

_ = str  # Marks a literal for the catalogue; it is translated when it is said.

REQUIRED: Final[Mapping[str, str]] = {
    "choice": _("Välj ett svar på frågan: {question}"),
    "tick": _("Kryssa i minst ett alternativ för frågan: {question}"),
    "consent": _("Kryssa i rutan för att gå vidare: {question}"),
    "date": _("Fyll i dag, månad och år för frågan: {question}"),
    "file": _("Bifoga en fil till frågan: {question}"),
    "rows": _("Lägg till minst en rad under: {question}"),
    "answer": _("Svara på frågan: {question}"),
}

MESSAGES: Final[Mapping[str, str]] = {
    "text-control": _(
        "Svaret på {question} innehåller dolda tecken. Skriv om det för hand."
    ),
    "email": _("Skriv e-postadressen så här: namn@example.se."),
    "phone": _("Skriv telefonnumret med siffror, till exempel 070-174 06 05."),
    "personal-number-format": _(
        "Skriv personnumret med tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."
    ),
    "personal-number-date": _(
        "Datumet i personnumret finns inte. Kontrollera de åtta första siffrorna."
    ),
    "personal-number-future": _(
        "Datumet i personnumret har inte varit än. Kontrollera de åtta första siffrorna."
    ),
    "personal-number-century": _(
        "Skriv personnumret med tolv siffror, så att århundradet syns."
    ),
    "personal-number-check-digit": _(
        "Personnumret stämmer inte. Kontrollera de fyra sista siffrorna."
    ),
    "organisation-number": _(
        "Skriv organisationsnumret med tio siffror, till exempel NNNNNN-NNNN, och "
        "kontrollera den sista siffran."
    ),
    "postal-code": _("Skriv postnumret med fem siffror, till exempel 123 45."),
    "choice": _("Välj ett av alternativen för frågan: {question}"),
    "ranked-twice": _("Välj olika alternativ på varje plats för frågan: {question}"),
    "date-day-missing": _("Fyll i dagen för frågan: {question}"),
    "date-month-missing": _("Fyll i månaden för frågan: {question}"),
    "date-year-missing": _("Fyll i året för frågan: {question}"),
    "date-digits": _("Skriv datumet med siffror, till exempel 27 3 2027."),
    "date-year": _("Skriv året med fyra siffror, till exempel 2027."),
    "date": _("Datumet finns inte. Kontrollera dag, månad och år."),
    "time": _("Skriv klockslaget med timmar och minuter, till exempel 07:30."),
    "integer": _("Skriv ett heltal med siffror, till exempel 12."),
    "number": _("Skriv ett tal med siffror, till exempel 12 eller 12,5."),
    "money": _("Skriv beloppet i kronor med siffror, till exempel 1 234,50."),
    "file": _("Filen kom inte med. Bifoga den igen."),
    "file-too-large": _("Filen är för stor. Välj en fil som är högst {limit}."),
    "file-type": _(
        "Det som finns i filen går inte att ta emot här. Välj en fil av någon av de "
        "här sorterna: {accepted}."
    ),
    "file-empty": _("Filen är tom. Välj en annan fil."),
    "file-too-many": _(
        "Du har redan bifogat {limit} filer. Ta bort någon innan du bifogar en till."
    ),
    "unsupported": _(
        "Frågan {question} kan inte besvaras här. Kontakta kommunen så får du hjälp."
    ),
    "type": _("Svaret har fel form. Svara på nytt på frågan: {question}"),
    "enum": _("Välj ett av alternativen för frågan: {question}"),
    "minLength": _("Skriv minst {limit} tecken i svaret på: {question}"),
    "maxLength": _("Skriv högst {limit} tecken i svaret på: {question}"),
    "minimum": _("Skriv ett tal som är minst {limit} för frågan: {question}"),
    "maximum": _("Skriv ett tal som är högst {limit} för frågan: {question}"),
    "exclusiveMinimum": _(
        "Skriv ett tal som är större än {limit} för frågan: {question}"
    ),
    "exclusiveMaximum": _(
        "Skriv ett tal som är mindre än {limit} för frågan: {question}"
    ),
    "multipleOf": _("Skriv ett tal som är jämnt delbart med {limit}: {question}"),
    "minItems": _("Ange minst {limit} för frågan: {question}"),
    "maxItems": _("Ange högst {limit} för frågan: {question}"),
    "uniqueItems": _("Välj varje alternativ bara en gång för frågan: {question}"),
    "pattern": _("Svaret är inte skrivet som det ska. Kontrollera: {question}"),
    "pattern-example": _("Skriv svaret på {question} så här: {example}"),
    "format": _("Svaret är inte skrivet som det ska. Kontrollera: {question}"),
    "moreThan": _("Svaret måste vara mer än svaret på {other}. Ändra: {question}"),
    "moreThan-later": _("Svaret måste vara senare än {other}. Ändra: {question}"),
    "atLeast": _("Svaret måste vara minst lika mycket som {other}. Ändra: {question}"),
    "atLeast-later": _("Svaret får inte vara tidigare än {other}. Ändra: {question}"),
    "unasked": _("Den här uppgiften efterfrågas inte. Ta bort den."),
    "refused": _(
        "Uppgiften kan inte lämnas tillsammans med de andra svaren: {question}"
    ),
    "contact": _("Uppgiften saknas hos oss. Kontakta kommunen så hjälper vi dig."),
    "other": _("Svaren går inte ihop. Kontrollera: {question}"),
}


def message(code: str, language: str, *, kind: str = "answer", **values: object) -> str:
    """Return the sentence for a code; `kind` words what is missing.

    >>> message("required", "sv", kind="rows", question="Andra att ringa")
    'Lägg till minst en rad under: Andra att ringa'
    """
    if code == "required":
        return text(REQUIRED.get(kind, REQUIRED["answer"]), language, **values)
    return text(MESSAGES.get(code, MESSAGES["other"]), language, **values)
