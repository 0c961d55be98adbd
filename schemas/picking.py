"""Which branch is meant of each union that no key decides, and what asks for it."""

from collections.abc import Mapping
from dataclasses import replace

from schemas.applying import Place
from schemas.asking import Asking
from schemas.choosing import choice_place
from schemas.definition import Json
from schemas.possible import Path
from schemas.shapes import Shape
from schemas.unions import Picked
from schemas.walked import Found


class Picking:
    """The choices of one draft, and what its answers show where nobody chose.

    `known` is what the original answers show, the same in every round.
    """

    def __init__(
        self,
        asking: Asking,
        choices: Mapping[str, Json],
        known: dict[str, int | None],
    ) -> None:
        self._asking = asking
        self._choices = choices
        self._known = known

    def picked(self, place: Place[Shape], pointer: str, original: Json) -> Picked:
        """Return what decides each keyless union: a choice, else what was answered.

        Rows are moved, so what a row is of several kinds its own answers show.
        """
        picked: dict[str, int] = {}
        is_of_kinds = self._asking.of_kinds(pointer) is not None
        for number, union in enumerate(place.choices):
            where = choice_place(pointer, number)
            said = None if is_of_kinds else self._choices.get(where)
            if type(said) is not int or not 0 <= said < len(union.members):
                if where not in self._known:
                    self._known[where] = union.fitting(original)
                said = self._known[where]
            if said is not None:
                picked[union.name] = said
        return picked

    def ask(
        self,
        found: Found,
        place: Place[Shape],
        shape: Shape,
        pointer: str,
        picked: Picked,
        *,
        required: bool,
        above: Path,
    ) -> None:
        """Ask which branch of each keyless union that applies is meant."""
        active = {union.name for union in shape.flat.unions}
        kinds = self._asking.of_kinds(pointer)
        for number, union in enumerate(place.choices):
            if union.key or union.name not in active:
                continue  # A key is asked as a property of its object.
            where = choice_place(pointer, number)
            if union.name in picked:
                found.choices[where] = picked[union.name]
            if kinds is None:
                asked = self._asking.choice(
                    where, union, shape, required=required, above=above
                )
            else:
                is_shut = bool(shape.schema.get("readOnly"))
                asked = replace(
                    kinds, pointer=pointer, required=required, read_only=is_shut
                )
            found.asked[asked.pointer] = asked
