"""Input for documents: an ordinary one, and one with what people paste."""

from datetime import UTC, datetime
from typing import Any

from renderers.document import Cell, DocumentInput, Row, Signer
from schemas.representation import Representation

MADE = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)

HOSTILE = (
    "Alva \u202egpj.exe\u2066 \x00\x01\x7f \ufeff\u200b\u00ad \ufffc\ufffd \uffff",
    "عربى \u0627\u0644\u0633\u0644\u0627\u0645 עברית ܣܘܪܝܝܐ فارسی\u200cها",
    "ትግርኛ ไทย हिन्दी বাংলা தமிழ் Հայերեն ქართული Українська ελληνικά Davvisámegiella",
    "中文 한국어 日本語 𝒳 𐌰 👩\u200d👩\u200d👧 🇸🇪 1\ufe0f\u20e3 ❤\ufe0f 😀 ✓ → ½ €",
    "e\u0301 A\u030a ö\u0308\u0301\u0327 z\u0351\u0352\u0353 \u0301ensam",
    "rad ett\r\nrad två\u2028rad tre\u0085rad fyra\ttabb",
    "<script>alert(1)</script> {{ 7*7 }} &amp; <img src=x> url(file:///etc/passwd)",
    "a" * 300,
    "\ue000 \U000f0000 \u0378 \u3164 \U000e0041",
    "=HYPERLINK(1)",
)


def source(**changes: Any) -> DocumentInput:
    values: dict[str, Any] = {
        "id": "0190a",
        "name": "bun-2027-17",
        "title": "Specialkost och allergi",
        "made_at": MADE,
        "municipality": "Norrby kommun",
        "controller": "Barn- och utbildningsnämnden",
        "case_reference": "NB-2027-0417",
        "diary_number": "BUN 2027/17",
        "arrived_at": MADE,
        "introduction": "Uppgifterna lämnades i e-tjänsten Skolstart.",
        "rows": (
            Row(label="Barnets namn", value="Alva Ek", section="Barnet"),
            Row(label="Tål inte", value="Jordnötter", section="Kost", group="Allergi"),
            Row(label="Något mer?", value="", section="Kost", group="Övrigt"),
        ),
        "signers": (
            Signer(name="Sara Ek", signed_at=MADE, number="198601232385"),
            Signer(name="Омар Ек", signed_at=MADE, decision="Nej"),
        ),
        "declaration": "Jag intygar att uppgifterna stämmer.",
        "provenance": (Row(label="Formulärets version", value="c0ffee"),),
        "attachments": (
            Representation(
                name="svar.json", media_type="application/json", content=b"{}"
            ),
            Representation(
                name="signatur-1.xml", media_type="application/xml", content=b"<a/>"
            ),
            Representation(
                name="signatur-1-ocsp.der",
                media_type="application/ocsp-response",
                content=b"\x30\x00",
            ),
        ),
    }
    return DocumentInput(**(values | changes))


def hostile_source(**changes: Any) -> DocumentInput:
    rows = [
        Row(label=f"Fråga {text}", value=text, section=text, group=HOSTILE[0])
        for text in HOSTILE
    ]
    return source(
        title=" ".join(HOSTILE),
        municipality=HOSTILE[1],
        introduction="\n".join(HOSTILE),
        rows=tuple(rows),
        records=(cells(*HOSTILE), cells(*reversed(HOSTILE))),
        signers=tuple(Signer(name=text, signed_at=MADE) for text in HOSTILE),
        case_reference=HOSTILE[3],
        **changes,
    )


def cells(*values: Any) -> tuple[Cell, ...]:
    return tuple(
        Cell(name=f"c{n}", title=f"Kolumn {n}", value=value)
        for n, value in enumerate(values)
    )
