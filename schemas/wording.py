"""What a question is called in other languages, found beside the schema it stands in."""

from collections.abc import Iterable, Mapping

from schemas.codes import CodeList
from schemas.composing import form_urn, section_urn
from schemas.definition import FormDefinition, Json
from schemas.field_type import raw_value
from schemas.pointers import join
from schemas.subschemas import Subschema

TEXTS = ("title", "description")


class Wording:
    """A form's translations, addressed by the schema they translate.

    In a section's own translations a schema is `/schema/…`; in the form's,
    a section is `/sections/<id>`. An option is addressed by its constant:
    `/schema/properties/need/oneOf/<const>/title`.
    """

    def __init__(
        self, definition: FormDefinition, codes: Mapping[str, CodeList]
    ) -> None:
        self._codes = codes
        self._by_base: dict[str, list[tuple[str, Mapping[str, Mapping[str, str]]]]]
        self._by_base = {
            form_urn(definition.id): [("/schema", definition.translations)]
        }
        self._ui: list[tuple[str, Mapping[str, Mapping[str, str]]]]
        self._ui = [("/ui", definition.translations)]
        for section in definition.sections:
            place = join("sections", section.id)
            self._by_base[section_urn(definition.id, section.id)] = [
                ("/schema", section.translations),
                (f"{place}/schema", definition.translations),
            ]
            self._ui += [
                ("/ui", section.translations),
                (f"{place}/ui", definition.translations),
            ]

    def of(
        self,
        mentions: Iterable[Subschema],
        pointer: str,
        ui: Mapping[str, Json],
    ) -> dict[str, dict[str, str]]:
        """Return a question's translations by language, then by what is translated."""
        found: dict[str, dict[str, str]] = {}
        for prefix, translations in self._ui:
            for language, texts in translations.items():
                for key, what in _ui_keys(prefix, pointer, ui):
                    if key in texts:
                        found.setdefault(language, {}).setdefault(what, texts[key])
        for mention in mentions:
            self._schema(mention, found)
        return found

    def add_options(
        self, mentions: Iterable[Subschema], found: dict[str, dict[str, str]]
    ) -> None:
        """Add the options' translations that stand in an array's item schemas."""
        below: dict[str, dict[str, str]] = {}
        for mention in mentions:
            self._schema(mention, below)
        for language, texts in below.items():
            for what, text in texts.items():
                if what.startswith("option"):
                    found.setdefault(language, {}).setdefault(what, text)

    def add_title(
        self, mentions: Iterable[Subschema], what: str, found: dict[str, dict[str, str]]
    ) -> None:
        """Add the translations of one title under another name."""
        for mention in mentions:
            for prefix, translations in self._by_base.get(mention.base, ()):
                key = f"{prefix}{mention.pointer}/title"
                for language, texts in translations.items():
                    if key in texts:
                        found.setdefault(language, {}).setdefault(what, texts[key])

    def lists(self, mentions: Iterable[Subschema]) -> tuple[str, ...]:
        """Return the urns of the code lists among these schemas, each once."""
        return tuple(dict.fromkeys(m.base for m in mentions if m.base in self._codes))

    def _schema(self, mention: Subschema, found: dict[str, dict[str, str]]) -> None:
        for code in getattr(self._codes.get(mention.base), "entries", ()):
            for language, title in code.titles.items():
                found.setdefault(language, {})[f"option:{code.code}"] = title
        for prefix, translations in self._by_base.get(mention.base, ()):
            for language, texts in translations.items():
                for key, what in _schema_keys(prefix + mention.pointer, mention.schema):
                    if key in texts:
                        found.setdefault(language, {}).setdefault(what, texts[key])


def _schema_keys(place: str, schema: Mapping[str, Json]) -> Iterable[tuple[str, str]]:
    """Yield each address a translation may have and what it would translate."""
    for text in TEXTS:
        yield f"{place}/{text}", text
    for keyword in ("oneOf", "anyOf"):
        for one in schema.get(keyword, ()):
            if isinstance(one, Mapping) and "const" in one:
                yield from _option_keys(place, keyword, raw_value(one["const"]))
    for value in schema.get("enum", ()):
        yield from _option_keys(place, "enum", raw_value(value))


def _option_keys(place: str, keyword: str, value: str) -> Iterable[tuple[str, str]]:
    option = place + join(keyword, value)
    yield f"{option}/title", f"option:{value}"
    yield option, f"option:{value}"
    yield f"{option}/description", f"option-description:{value}"


def _ui_keys(
    prefix: str, pointer: str, ui: Mapping[str, Json]
) -> Iterable[tuple[str, str]]:
    place = prefix + join(pointer)
    if "label" in ui:
        yield f"{place}/label", "title"
    for text in ("help", "placeholder", "prefix", "suffix", "column", "row"):
        if text in ui:
            yield f"{place}/{text}", text
    for value in ui.get("titles", {}):
        yield place + join("titles", value), f"option:{value}"
