"""What `new` lets its author choose among, and what its options say of themselves."""

from typing import Final

ABOUT: Final = {
    "self": "Den som svarar",
    "child": "Ett barn, och en vårdnadshavare svarar",
    "organisation": "En förening eller ett företag",
    "nobody": "Ingen, och ingen behöver logga in",
}
SIGN: Final = {
    "one": "En person, eller en av vårdnadshavarna",
    "one_notify": "En vårdnadshavare, och den andra får se det",
    "all": "Alla vårdnadshavare",
    "resident": "Vårdnadshavaren som bor på barnets adress",
    "none": "Ingen",
}
FOR_A_CHILD: Final = tuple(SIGN)
FOR_ONESELF: Final = ("one", "none")
KIND_TITLES: Final = {
    "yes_no": "Ja eller nej",
    "text": "Kort text",
    "long_text": "Längre text",
    "one_choice": "Ett av flera svar att välja bland",
    "many_choices": "Ett eller flera svar att välja bland",
    "date": "Datum",
    "number": "Heltal",
    "money": "Kronor",
    "email": "E-postadress",
    "phone": "Telefonnummer",
    "file": "Fil eller bild",
}
GDPR: Final = {
    "6.1 a": "Samtycke (6.1 a)",
    "6.1 b": "Avtal (6.1 b)",
    "6.1 c": "Rättslig förpliktelse (6.1 c)",
    "6.1 d": "Skydda någons liv (6.1 d)",
    "6.1 e": "Uppgift av allmänt intresse eller myndighetsutövning (6.1 e)",
    "6.1 f": "Intresseavvägning (6.1 f)",
}
FROM: Final = {
    "arrival": "Dagen då svaren kom in",
    "school_year_end": "Läsårets slut",
    "case_closed": "Dagen då ärendet avslutas",
    "replaced": "Dagen då nya svar ersätter dem",
    "consent_end": "Dagen då samtycket upphör",
}
PRESERVE: Final = "bevaras"

START: Final = {
    "id": "The form's key in the address /e/<id>; else after the file's name.",
    "title": "The form's heading.",
}
LAW: Final = {
    "purpose": "Why the answers are needed.",
    "gdpr": "The legal basis, such as 6.1 e.",
    "special": "The exception for sensitive data, such as 9.2 g.",
    "national": "Law and paragraph.",
    "controller": "The board's key in the directory.",
    "record_type": "What the archive calls the record.",
    "classification": "Where the archive classes it.",
    "keep": "How long the answers are kept: 2 år, P2Y or bevaras.",
    "from": "What the time is counted from, such as arrival.",
    "decision": "The decision to dispose.",
}
