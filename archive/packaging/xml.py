"""XML built from names and values, in one namespace."""

from collections.abc import Mapping

from lxml import etree

from schemas.visible import visible


class Writer:
    """Writes elements of the first prefix's vocabulary; attributes may use the others."""

    def __init__(self, **prefixes: str) -> None:
        self._namespace = next(iter(prefixes.values()))
        self._prefixes = prefixes

    def root(self, name: str, /, **attributes: str) -> etree._Element:
        """Return a new document's root."""
        element = etree.Element(
            f"{{{self._namespace}}}{name}", nsmap=dict(self._prefixes)
        )
        self._set(element, attributes)
        return element

    def add(
        self, parent: etree._Element, name: str, text: str = "", /, **attributes: str
    ) -> etree._Element:
        """Add an element; `a__b` as an attribute's name means `a:b`."""
        element = etree.SubElement(parent, f"{{{self._namespace}}}{name}")
        if text:
            element.text = visible(text)
        self._set(element, attributes)
        return element

    def _set(self, element: etree._Element, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            prefix, separator, local = name.partition("__")
            full = f"{{{self._prefixes[prefix]}}}{local}" if separator else name
            element.set(full, visible(value))


def document(root: etree._Element) -> bytes:
    """Return the document as UTF-8, indented so that people can read it."""
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
