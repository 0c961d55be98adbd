"""A definition made ready to ask and check: everything that can be is done once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import jsonschema_rs

from schemas.asking import Asking, Question
from schemas.codes import CodeList
from schemas.composing import Days, compose
from schemas.definition import FormDefinition, Json
from schemas.field_type import FieldType
from schemas.field_types import BUILT_IN
from schemas.pointers import join, parts
from schemas.reading import reads, restrict, strict
from schemas.subschemas import Subschemas, compile_schema
from schemas.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Condition:
    """What decides a view: the pointers it reads, and a verdict on those alone."""

    schema: Json
    reads: frozenset[str]
    validator: jsonschema_rs.Validator

    def holds(self, answers: Json) -> bool:
        """Tell whether the answers match; what is missing never does."""
        return self.validator.is_valid(restrict(answers, self.reads))


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
        self._conditions: dict[int, Condition] = {}
        self._containers = _above(self.questions)

    @property
    def questions(self) -> Mapping[str, Question]:
        """Return every question some answers ask, in order."""
        return self.asking.possible

    @property
    def known(self) -> Collection[str]:
        """Return the pointers of every question and of the objects they stand in."""
        return self.questions.keys() | self._containers

    def condition(self, schema: Json) -> "Condition":
        """Return a view's condition compiled, made at first use.

        A condition may refer to anything bundled in the answer schema.
        """
        found = self._conditions.get(id(schema))
        if found is None:
            found = Condition(
                schema=schema,
                reads=reads(self.source, schema, self._containers),
                validator=self.source.compile(strict(self.source, schema)),
            )
            # The schema is kept in it, so that its id stays its own.
            self._conditions[id(schema)] = found
        return found


def _above(questions: Mapping[str, Question]) -> frozenset[str]:
    """Return the pointers of the objects that questions stand in."""
    found = set()
    for pointer in questions:
        steps = parts(pointer)
        found |= {join(*steps[:depth]) for depth in range(1, len(steps))}
    return frozenset(found - questions.keys())


def compile_form(
    definition: FormDefinition,
    codes: Mapping[str, CodeList] | None = None,
    at: Days = None,
    field_types: tuple[FieldType, ...] = BUILT_IN,
) -> CompiledForm:
    """Compile a definition with the code lists as they stand on a day.

    Raises:
        DefinitionRefused: its schemas refer to nothing, or are no valid schemas.
    """
    lists = dict(codes or {})
    return CompiledForm(definition, compose(definition, lists, at), lists, field_types)
