"""One walk over a form with answers in hand: what is asked now, and what that keeps."""

from collections.abc import Mapping

from schemas.applying import NOTHING_PICKED, Place
from schemas.asking import Asking
from schemas.calculating import KEYWORD
from schemas.definition import Json
from schemas.picking import Picking
from schemas.pointers import ABSENT
from schemas.positions import list_after
from schemas.possible import Path
from schemas.shapes import Child, Shape
from schemas.walked import Found, Part, is_whole


class Round:
    """One walk over the form: what is asked now, and the answers that keep it."""

    def __init__(
        self,
        asking: Asking,
        choices: Mapping[str, Json],
        known: dict[str, int | None],
        before: Mapping[str, Part],
    ) -> None:
        self._asking = asking
        self._choices = choices
        self._picking = Picking(asking, choices, known)
        self._before = before
        self._absent: list[Place[Shape]] = []
        self._open: list[Place[Shape]] = []  # Those around the place being visited.
        self.found = Found()
        self.parts: dict[str, Part] = {}

    def restrict(self, current: Json, original: Json) -> Json:
        """Return the original answers without what the current ones do not ask."""
        root = self._asking.root
        found = self._visit(root, "", current, original, required=True, above=())
        return {} if found is ABSENT else found

    def _visit(
        self,
        place: Place[Shape],
        pointer: str,
        current: Json,
        original: Json,
        *,
        required: bool,
        above: Path,
    ) -> Json:
        if place in self._open and self._asking.is_too_deep(place, above):
            return ABSENT
        choices = place.choices
        picked = (
            self._picking.picked(place, pointer, original)
            if choices
            else NOTHING_PICKED
        )
        shape = place.shape(current, picked)
        if shape.flat.is_refused:
            return ABSENT
        here = (*above, (place, pointer))
        before = len(self.found.asked)
        if choices:
            self._picking.ask(
                self.found, place, shape, pointer, picked, required=required, above=here
            )
        self._open.append(place)
        visited = (shape, pointer, current, original)
        if shape.is_container:
            kept = self._container(
                place, *visited, before=before, required=required, above=here
            )
        else:
            kept = self._question(*visited, required=required, above=here)
        self._open.pop()
        return kept

    def _leaf(
        self,
        shape: Shape,
        pointer: str,
        original: Json,
        *,
        required: bool,
        above: Path,
    ) -> Json:
        """Ask a question with nothing in it; return what was answered if it is asked."""
        if shape.awaits_choice or not shape.defines or shape.flat.is_refused:
            return ABSENT
        if original is ABSENT and not required and shape.is_past:
            return ABSENT
        question = self._asking.question(pointer, shape, required=required, above=above)
        if question is None:
            return ABSENT
        self.found.asked[pointer] = question
        if KEYWORD in question.schema:
            self.found.calculated[pointer] = question
        if shape.flat.branches:
            self.found.branches += [
                (pointer, *branch) for branch in shape.flat.branches
            ]
        return ABSENT if shape.is_information else original

    def _question(
        self,
        shape: Shape,
        pointer: str,
        current: Json,
        original: Json,
        *,
        required: bool,
        above: Path,
    ) -> Json:
        whole = self._leaf(shape, pointer, original, required=required, above=above)
        if pointer not in self.found.asked:
            return ABSENT
        if shape.positions and (original is ABSENT or isinstance(original, list)):
            return self._positions(shape, pointer, current, original, above)
        if shape.row is not None and isinstance(original, list):
            return self._rows(shape.row, pointer, current, original, above)
        return whole

    def _container(
        self,
        place: Place[Shape],
        shape: Shape,
        pointer: str,
        current: Json,
        original: Json,
        *,
        before: int,
        required: bool,
        above: Path,
    ) -> Json:
        is_absent = current is ABSENT and original is ABSENT
        if is_absent and place in self._absent:
            return ABSENT  # A schema within itself is asked as deep as it is answered.
        if pointer and shape.defines:
            whole = self._asking.question(
                pointer, shape, required=required, above=above
            )
            if whole is not None:
                self.found.asked[pointer] = whole
        if is_absent:
            self._absent.append(place)
        members = self._members(shape, pointer, current, original, above)
        if is_absent:
            self._absent.pop()
        if not shape.defines and len(self.found.asked) == before:
            return ABSENT
        self.found.containers.add(pointer)
        self.found.branches += [(pointer, *branch) for branch in shape.flat.branches]
        if original is ABSENT:
            return members if required else ABSENT
        if isinstance(original, Mapping) and not is_whole(members, original):
            return members
        return original

    def _members(
        self, shape: Shape, pointer: str, current: Json, original: Json, above: Path
    ) -> dict[str, Json]:
        now = current if isinstance(current, Mapping) else {}
        first = original if isinstance(original, Mapping) else {}
        members: dict[str, Json] = {}
        for child in shape.children:
            given = first.get(child.name, ABSENT)
            only = child.place.only
            if only is not None and only.is_leaf:
                found = self._leaf(
                    only,
                    pointer + child.step,
                    given,
                    required=child.required,
                    above=above,
                )
            elif not pointer:
                found = self._part(child, now.get(child.name, ABSENT), given, above)
            else:
                found = self._visit(
                    child.place,
                    pointer + child.step,
                    now.get(child.name, ABSENT),
                    given,
                    required=child.required,
                    above=above,
                )
            if found is not ABSENT:
                members[child.name] = found
        return members

    def _part(self, child: Child, current: Json, original: Json, above: Path) -> Json:
        """Visit a member of the whole, or take what an earlier walk found there."""
        part = self._before.get(child.name)
        if part is None or not part.is_of(child, current, original, self._choices):
            around, self.found = self.found, Found()
            kept = self._visit(
                child.place,
                child.step,
                current,
                original,
                required=child.required,
                above=above,
            )
            found, self.found = self.found, around
            part = Part(child, current, original, self._choices, found, kept)
        self.parts[child.name] = part
        self.found.add(part.found)
        return part.kept

    def _rows(
        self,
        row: Place[Shape],
        pointer: str,
        current: Json,
        original: list[Json],
        above: Path,
        start: int = 0,
    ) -> list[Json]:
        """Restrict every row; positions stay, so an unasked row is an empty one."""
        now = current if isinstance(current, list) else []
        rows = []
        for index, element in enumerate(original[start:], start):
            here = now[index] if index < len(now) else ABSENT
            found = self._visit(
                row, f"{pointer}/{index}", here, element, required=True, above=above
            )
            rows.append(_unasked(element) if found is ABSENT else found)
        return rows

    def _positions(
        self, shape: Shape, pointer: str, current: Json, original: Json, above: Path
    ) -> Json:
        """Restrict a tuple to what is asked; after what is not asked comes nothing."""
        now = current if isinstance(current, list) else []
        first = original if isinstance(original, list) else []
        kept: list[Json] = []
        for index, child in enumerate(shape.positions):
            found = self._visit(
                child.place,
                pointer + child.step,
                now[index] if index < len(now) else ABSENT,
                first[index] if index < len(first) else ABSENT,
                required=child.required,
                above=above,
            )
            is_there = index < len(first) and index == len(kept)
            if is_there and first[index] is None:
                kept.append(None)  # Something told among the questions.
            elif is_there and found is not ABSENT:
                kept.append(found)
        if len(kept) == len(shape.positions) and list_after(shape.schema) is not None:
            kept += self._following(shape, pointer, current, first, above)
        return ABSENT if original is ABSENT else kept

    def _following(
        self,
        shape: Shape,
        pointer: str,
        current: Json,
        original: list[Json],
        above: Path,
    ) -> list[Json]:
        """Restrict what follows a tuple's positions."""
        start = len(shape.positions)
        if shape.row is None:
            return original[start:]
        return self._rows(shape.row, pointer, current, original, above, start)


def _unasked(element: Json) -> Json:
    """Return what stands for a row of which nothing is asked."""
    if isinstance(element, Mapping):
        return {}
    return [] if isinstance(element, list) else element
