"""One question of every kind, as an author would have got them."""

from typing import Any

from schemas.definition import Json
from schemas.field_type import Question
from schemas.field_types import BUILT_IN

FOODS = (
    "Gluten",
    "Ägg",
    "Fisk",
    "Jordnötter",
    "Soja",
    "Mjölk",
    "Nötter",
    "Selleri",
    "Sesam",
)
SCHOOLS = ("Björkskolan", "Havsskolan", "Ängskolan")


def question(
    pointer: str,
    schema: Json,
    *,
    title: str = "",
    ui: Json = None,
    required: bool = True,
    parts: tuple[Question, ...] = (),
    **more: Any,
) -> Question:
    ui = ui or {}
    field_type = next(one for one in BUILT_IN if one.matches(schema, ui))
    return Question(
        pointer=pointer,
        schema=schema,
        title=title or schema.get("title", pointer),
        description=more.pop("description", ""),
        required=required,
        read_only=more.pop("read_only", False),
        section=pointer.split("/")[1],
        field_type=field_type,
        ui=ui,
        parts=parts,
        **more,
    )


def one_of(*titles: str) -> Json:
    return {"oneOf": [{"const": t.lower(), "title": t} for t in titles]}


CELLS = (
    question("/contacts/ice/*/name", {"type": "string", "title": "Namn"}),
    question("/contacts/ice/*/relation", one_of("Mormor", "Granne"), title="Relation"),
    question(
        "/contacts/ice/*/phone", {"type": "string", "format": "phone"}, title="Telefon"
    ),
)
TIME = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
DAYS = {
    "mon": "Måndag",
    "tue": "Tisdag",
    "wed": "Onsdag",
    "thu": "Torsdag",
    "fri": "Fredag",
}
GRID_CELLS = tuple(
    question(f"/leisure/week/{day}/{what}", TIME, title=title, required=False)
    for day in DAYS
    for what, title in (("leave", "Lämnas"), ("fetch", "Hämtas"))
)
POSITIONS = (
    question("/transport/place/0", {"type": "string"}, title="Hållplats"),
    question("/transport/place/1", {"type": "integer"}, title="Linje", required=False),
)

ADDRESS_CELLS = (
    question("/move/to/city", {"type": "string"}, title="Postort"),
    question("/move/to/street", {"type": "string"}, title="Gatuadress"),
    question("/move/to/postal_code", {"type": "string", "format": "postal-code"}, title="Postnummer"),
    question("/move/to/care_of", {"type": "string"}, title="c/o", required=False),
)  # fmt: skip

QUESTIONS = {
    "read_only": question(
        "/child/name", {"type": "string"}, title="Barnets namn", read_only=True
    ),
    "information": question(
        "/photo/about",
        {"type": "null"},
        title="Det här är frivilligt",
        description="Barnet får samma skolgång oavsett svar. Du kan ändra dig när du vill.",
    ),
    "text": question(
        "/transport/stop", {"type": "string", "maxLength": 80},
        title="Önskad hållplats", required=False,
    ),
    "long_text": question(
        "/diet/note", {"type": "string", "maxLength": 200}, title="Något köket behöver veta?",
        ui={"help": "Skriv inte diagnos. Högst 200 tecken."}, required=False,
    ),
    "lines": question(
        "/health/medicines", {"type": "array", "items": {"type": "string"}},
        title="Vilka mediciner?", ui={"help": "En på varje rad."},
    ),
    "yes_no": question(
        "/diet/need", {"type": "boolean"}, title="Behöver barnet annan mat än den vanliga?"
    ),
    "radios": question(
        "/diet/milk", one_of("Mjölkprotein", "Laktosfritt", "Laktosreducerat"), title="Mjölk"
    ),
    "select": question(
        "/mother/language", one_of(*["Arabiska", "Dari", "Finska", "Kurdiska", "Persiska", "Polska", "Somaliska", "Spanska", "Tigrinja", "Ukrainska"]),
        title="Språk",
    ),
    "checkboxes": question(
        "/diet/avoid", {"type": "array", "items": one_of(*FOODS)},
        title="Vilken mat tål barnet inte?", ui={"help": "Välj alla som stämmer."},
    ),
    "checkbox": question(
        "/contacts/told", {"const": True},
        title="Jag har sagt till personen att jag lämnar uppgifterna",
    ),
    "date": question(
        "/leisure/from", {"type": "string", "format": "date"}, title="Från och med",
        ui={"help": "Till exempel 17 8 2027."},
    ),
    "phone": question(
        "/contacts/mobile", {"type": "string", "format": "phone"}, title="Mobilnummer"
    ),
    "email": question(
        "/contacts/email", {"type": "string", "format": "email"}, title="E-post"
    ),
    "money": question(
        "/leisure/income", {"type": "integer"}, title="Hushållets inkomst före skatt per månad",
        ui={"widget": "money"},
    ),
    "number": question(
        "/leisure/adults", {"type": "integer"}, title="Hur många vuxna bor i hushållet?"
    ),
    "personal_number": question(
        "/leisure/adult", {"type": "string", "format": "personal-number"},
        title="Den andra vuxnas personnummer",
    ),
    "file": question(
        "/diet/certificate",
        {"type": "array", "items": {"type": "string", "contentMediaType": "application/pdf"}},
        title="Intyg från läkare eller dietist",
        ui={"accept": [".pdf", ".jpg"], "help": "PDF eller bild, högst 10 MB."}, required=False,
    ),
    "ranked": question(
        "/enrolment/choices",
        {
            "type": "array", "minItems": 1, "uniqueItems": True, "items": False,
            "prefixItems": [
                {**one_of(*SCHOOLS), "title": t}
                for t in ("Första valet", "Andra valet", "Tredje valet")
            ],
        },
        title="Vilken skola vill ni helst ha?",
    ),
    "rows": question(
        "/contacts/ice",
        {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "object"}},
        title="Om vi inte når dig, vem ska vi ringa?", ui={"row": "Kontakt"}, parts=CELLS,
    ),
    "tuple": question(
        "/transport/place",
        {
            "type": "array", "minItems": 1, "items": False,
            "prefixItems": [{"type": "string"}, {"type": "integer"}],
        },
        title="Var stiger barnet på?", parts=POSITIONS,
    ),
    "grid": question(
        "/leisure/week",
        {"type": "object", "properties": {k: {"title": v} for k, v in DAYS.items()}},
        title="Schema", ui={"widget": "grid", "help": "Skriv tider som 07.30."}, parts=GRID_CELLS,
    ),
    "address": question(
        "/move/to", {"type": "object"}, title="Vart flyttar barnet?", ui={"widget": "address"},
        parts=ADDRESS_CELLS,
    ),
}  # fmt: skip

PDF = "sha256:" + "ab" * 32
ANSWERS = {
    "child": {"name": "Elin Strand"},
    "transport": {"stop": "Storgatan 4", "place": ["Storgatan", 12]},
    "diet": {
        "note": "Hör gärna av er.", "need": True, "milk": "laktosfritt",
        "avoid": ["ägg", "fisk"], "certificate": [PDF],
    },
    "health": {"medicines": ["En", "Två"]},
    "mother": {"language": "polska"},
    "contacts": {
        "told": True, "mobile": "0701740605", "email": "anna@example.se",
        "ice": [
            {"name": "Berit Strand", "relation": "mormor", "phone": "0701740612"},
            {"name": "Omar Haddad", "phone": "0701740613"},
        ],
    },
    "leisure": {
        "from": "2027-08-17", "income": 4500000, "adults": 2, "adult": "189001019802",
        "week": {"mon": {"leave": "07:30", "fetch": "16:00"}},
    },
    "move": {
        "to": {"care_of": "Ek", "street": "Storgatan 1", "postal_code": "123 45", "city": "Lund"}
    },
    "enrolment": {"choices": ["havsskolan", "ängskolan"]},
}  # fmt: skip
