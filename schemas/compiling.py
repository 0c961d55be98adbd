"""A definition made ready to ask and check: everything that can be is done once."""

from collections.abc import Mapping
from datetime import date

import jsonschema_rs

from schemas.asking import Asking, Question
from schemas.codes import CodeList
from schemas.composing import compose
from schemas.definition import FormDefinition, Json
from schemas.field_type import FieldType
from schemas.field_types import BUILT_IN
from schemas.subschemas import Subschemas, compile_schema
from schemas.wording import Wording


class CompiledForm:
    """A published form version ready for use; safe to share between requests.

    `schema` is the bundled answer schema, `validator` gives its final verdict,
    `questions` are all that some answers ask, by pointer with `*` for rows.
    """

    def __init__(
        self,
        definition: FormDefinition,
        schema: Mapping[str, Json],
        codes: Mapping[str, CodeList],
        field_types: tuple[FieldType, ...],
    ) -> None:
        self.definition = definition
        self.schema = schema
        self.codes = codes
        self.validator = compile_schema(schema)
        self.source = Subschemas(schema)
        self.asking = Asking(
            definition, self.source, Wording(definition, codes), field_types
        )
        self._conditions: dict[int, tuple[Json, jsonschema_rs.Validator]] = {}

    @property
    def questions(self) -> Mapping[str, Question]:
        """Return every question some answers ask, in order."""
        return self.asking.possible

    def condition(self, schema: Json) -> jsonschema_rs.Validator:
        """Return the compiled validator of a view's condition, made at first use.

        A condition may refer to anything bundled in the answer schema.
        """
        found = self._conditions.get(id(schema))
        if found is None:
            # The schema is kept beside it, so that its id stays its own.
            found = (schema, self.source.compile(schema))
            self._conditions[id(schema)] = found
        return found[1]


def compile_form(
    definition: FormDefinition,
    codes: Mapping[str, CodeList] | None = None,
    at: date | None = None,
    field_types: tuple[FieldType, ...] = BUILT_IN,
) -> CompiledForm:
    """Compile a definition with the code lists as they stand on a day.

    Raises:
        DefinitionRefused: its schemas refer to nothing, or are no valid schemas.
    """
    lists = dict(codes or {})
    return CompiledForm(definition, compose(definition, lists, at), lists, field_types)
