"""Say in a PDF/A that it is PDF/UA-1 too, and in which language each part is.

A file states its part of ISO 14289 in XMP (ISO 14289-1 §5). PDF/A allows a
property it does not know only with its schema described beside it (ISO 19005-3
§6.6.2.3), so the description comes along.

The engine writes the language of the whole, never of a part. Text in another language
than the rest is therefore an `article` of the page, which is used for nothing else.
"""

from typing import Any, Final

from lxml import etree

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
UA: Final = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION: Final = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA: Final = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY: Final = "http://www.aiim.org/pdfa/ns/property#"
END: Final = b"</rdf:RDF>"
ANOTHER_LANGUAGE: Final = "/Art"
HEADINGS: Final = frozenset({"/H1", "/H2", "/H3"})


def declare_accessible(_document: object, pdf: Any) -> None:
    """Add the statement to the metadata of a PDF that is about to be written."""
    for entry in pdf.objects:
        extra = getattr(entry, "extra", None)
        if extra and extra.get("Type") == "/Metadata":
            entry.stream[0] = entry.stream[0].replace(END, _statement() + END)


def declare_language(pdf: Any, language: str) -> None:
    """Say of each part in another language which it is, for those who listen to it."""
    elements: dict[int, Any] = {
        getattr(entry, "number", 0): entry
        for entry in pdf.objects
        if isinstance(entry, dict) and entry.get("Type") == "/StructElem"
    }
    for element in elements.values():
        if element["S"] == ANOTHER_LANGUAGE:
            above = elements.get(int(element["P"].split()[0]))
            is_in_heading = above is not None and above["S"] in HEADINGS
            element["S"] = "/Span" if is_in_heading else "/Div"
            element["Lang"] = f"({language})"


def _statement() -> bytes:
    part = _description(pdfuaid=UA)
    part.set(f"{{{UA}}}part", "1")
    described = _description(
        pdfaExtension=EXTENSION, pdfaSchema=SCHEMA, pdfaProperty=PROPERTY
    )
    schemas = etree.SubElement(described, f"{{{EXTENSION}}}schemas")
    schema = _item(schemas, "Bag")
    _members(
        schema,
        SCHEMA,
        schema="PDF/UA identification schema",
        namespaceURI=UA,
        prefix="pdfuaid",
    )
    _members(
        _item(etree.SubElement(schema, f"{{{SCHEMA}}}property"), "Seq"),
        PROPERTY,
        name="part",
        valueType="Integer",
        category="internal",
        description="The part of ISO 14289 the file conforms to",
    )
    return etree.tostring(part) + etree.tostring(described)


def _description(**prefixes: str) -> etree._Element:
    element = etree.Element(f"{{{RDF}}}Description", nsmap={"rdf": RDF, **prefixes})
    element.set(f"{{{RDF}}}about", "")
    return element


def _item(parent: etree._Element, container: str) -> etree._Element:
    holder = etree.SubElement(parent, f"{{{RDF}}}{container}")
    item = etree.SubElement(holder, f"{{{RDF}}}li")
    item.set(f"{{{RDF}}}parseType", "Resource")
    return item


def _members(parent: etree._Element, namespace: str, **values: str) -> None:
    for name, value in values.items():
        etree.SubElement(parent, f"{{{namespace}}}{name}").text = value
