"""The sentence for each code: what is wrong and what to do about it.

It stands at the question, so it does not repeat it; where it stands alone, the
question's own words are put before it. Every blank is in braces.
"""

from collections.abc import Mapping
from typing import Final

from schemas.catalogue import text

_ = str  # Marks a literal for the catalogue; it is translated when it is said.

REQUIRED: Final[Mapping[str, str]] = {
    "choice": _("Välj ett svar."),
    "tick": _("Välj minst ett alternativ."),
    "consent": _("Kryssa i rutan för att gå vidare."),
    "date": _("Fyll i dag, månad och år."),
    "file": _("Bifoga en fil."),
    "rows": _("Lägg till minst en rad."),
    "email": _("Fyll i en e-postadress, till exempel namn@example.se."),
    "phone": _("Fyll i ett telefonnummer, till exempel 070-174 06 05."),
    "personal_number": _("Fyll i ett personnummer med tolv siffror."),
    "organisation_number": _("Fyll i ett organisationsnummer med tio siffror."),
    "postal_code": _("Fyll i ett postnummer, till exempel 123 45."),
    "time": _("Fyll i ett klockslag, till exempel 07:30."),
    "number": _("Fyll i ett tal."),
    "money": _("Fyll i ett belopp i kronor."),
    "answer": _("Fyll i ett svar."),
}

MESSAGES: Final[Mapping[str, str]] = {
    "text-control": _("Svaret innehåller dolda tecken. Skriv om det för hand."),
    "email": _(
        "E-postadressen är inte fullständig. Skriv den så här: namn@example.se."
    ),
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
    "iban": _(
        "Skriv IBAN-numret som banken skriver det, och kontrollera siffrorna. Ett "
        "svenskt börjar på SE och har 24 tecken."
    ),
    "bankgiro": _(
        "Skriv bankgironumret med sju eller åtta siffror, till exempel 991-2346, och "
        "kontrollera den sista siffran."
    ),
    "choice": _("Välj ett av alternativen."),
    "ranked-twice": _("Du har valt samma alternativ två gånger. Välj olika."),
    "place-before": _("Fyll i det här också, eftersom du har svarat längre ned."),
    "date-parts-missing": _("Fyll i dag, månad och år."),
    "date-day-missing": _("Fyll i dagen också."),
    "date-month-missing": _("Fyll i månaden också."),
    "date-year-missing": _("Fyll i året också."),
    "date-digits": _("Skriv datumet med siffror, till exempel 27 3 2027."),
    "date-year": _("Skriv året med fyra siffror, till exempel 2027."),
    "date": _("Datumet finns inte. Kontrollera dag, månad och år."),
    "time": _("Skriv klockslaget med timmar och minuter, till exempel 07:30."),
    "integer": _("Skriv ett heltal med siffror, till exempel 12."),
    "number": _("Skriv ett tal med siffror, till exempel 12 eller 12,5."),
    "money": _("Skriv beloppet i kronor med siffror, till exempel 1 234,50."),
    "half-typed": _(
        "Det som är skrivet här går inte att läsa än. Skriv klart eller töm fältet."
    ),
    "file": _("Filen kom inte med. Bifoga den igen."),
    "file-too-large": _("Filen är för stor. Välj en fil som är högst {limit}."),
    "file-type": _(
        "Det som finns i filen går inte att ta emot här. Välj en fil av någon av de "
        "här sorterna: {accepted}."
    ),
    "file-damaged": _(
        "Bilden går inte att läsa. Öppna den, spara den på nytt och bifoga den igen."
    ),
    "file-malware": _(
        "Filen innehåller skadlig kod och togs inte emot. Bifoga en annan fil."
    ),
    "file-stopped": _(
        "En bifogad fil innehöll skadlig kod och är förstörd. Ta bort den och bifoga en "
        "annan."
    ),
    "file-waiting": _(
        "En bifogad fil väntar på viruskontroll. Dina svar är sparade. Försök skicka "
        "in igen om en stund."
    ),
    "file-empty": _("Filen är tom. Välj en annan fil."),
    "file-too-many": _(
        "Du har redan bifogat {limit} filer. Ta bort någon innan du bifogar en till."
    ),
    "confirm": _(
        "Uppgiften är ifylld i förväg. Kontrollera att den stämmer och spara sidan."
    ),
    "unsupported": _(
        "Frågan går inte att besvara här. Kontakta kommunen så får du hjälp."
    ),
    "type": _("Svaret har fel form. Svara på nytt."),
    "enum": _("Välj ett av alternativen."),
    "minLength": _("Svaret är för kort. Skriv minst {limit} tecken."),
    "maxLength": _("Svaret är för långt. Skriv högst {limit} tecken."),
    "minimum": _("Svaret måste vara {limit} eller mer."),
    "maximum": _("Svaret får inte vara mer än {limit}."),
    "exclusiveMinimum": _("Svaret måste vara mer än {limit}."),
    "exclusiveMaximum": _("Svaret måste vara mindre än {limit}."),
    "multipleOf": _("Skriv ett tal som är jämnt delbart med {limit}."),
    "minItems": _("Ange minst {limit}."),
    "maxItems": _("Ange högst {limit}."),
    "uniqueItems": _("Samma svar står två gånger. Ta bort det ena."),
    "pattern": _("Svaret är inte skrivet som det ska. Kontrollera det."),
    "format": _("Svaret är inte skrivet som det ska. Kontrollera det."),
    "moreThan": _("Svaret måste vara mer än svaret på ”{other}”."),
    "atLeast": _("Svaret måste vara minst lika mycket som svaret på ”{other}”."),
    "unasked": _("Den här uppgiften efterfrågas inte. Ta bort den."),
    "refused": _("Uppgiften kan inte lämnas tillsammans med de andra svaren."),
    "contact": _("Uppgiften saknas hos oss. Kontakta kommunen så hjälper vi dig."),
    "other": _("Svaren går inte ihop. Kontrollera dem."),
}

CLOSER: Final[Mapping[str, str]] = {
    "maxLength-counted": _(
        "Svaret är för långt: {length} tecken. Skriv högst {limit} tecken."
    ),
    "range": _("Svaret måste vara minst {minimum} och högst {maximum}."),
    "minItems-tick": _("Välj minst {limit} alternativ."),
    "minItems-rows": _("Lägg till fler rader. Det behövs minst {limit}."),
    "maxItems-tick": _("Välj högst {limit} alternativ."),
    "maxItems-rows": _("Ta bort någon rad. Det får vara högst {limit}."),
    "pattern-example": _("Skriv svaret så här: {example}"),
    "moreThan-later": _("Svaret måste vara senare än svaret på ”{other}”."),
    "atLeast-later": _("Svaret får inte vara tidigare än svaret på ”{other}”."),
}
"""More telling sentences for some of the codes, chosen by the question and its bounds."""


def message(code: str, language: str, *, kind: str = "answer", **values: object) -> str:
    """Return the sentence for a code; `kind` words what is missing.

    >>> message("required", "sv", kind="rows")
    'Lägg till minst en rad.'
    """
    if code == "required":
        return text(REQUIRED.get(kind, REQUIRED["answer"]), language, **values)
    sentence = CLOSER.get(code) or MESSAGES.get(code, MESSAGES["other"])
    return text(sentence, language, **values)
