"""The titled objects around a question, within its section or its row."""

from collections.abc import Callable, Iterable, Mapping

from schemas.applying import Place
from schemas.definition import FormDefinition, Json
from schemas.heading import Heading
from schemas.shapes import Shape, Shapes
from schemas.wording import Wording


class Headings:
    """The headings of one form, each made when first met and kept."""

    def __init__(
        self,
        definition: FormDefinition,
        shapes: Shapes,
        wording: Wording,
        ui: Callable[[str], Mapping[str, Json]],
    ) -> None:
        self._sections = {f"/{s.id}" for s in definition.sections if not s.fields}
        self._language = definition.language
        self._shapes = shapes
        self._wording = wording
        self._ui = ui
        self._known: dict[str, Heading | None] = {}
        self._asked: dict[Place[Shape], int] = {}

    def around(
        self, pointer: str, above: Iterable[tuple[Place[Shape], str]]
    ) -> tuple[Heading, ...]:
        """Return the headings a question stands under, the outermost first.

        A row is a beginning of its own: what is around its table is not repeated.
        """
        found: list[Heading] = []
        for place, at in above:
            if at.endswith("/*"):
                found.clear()
            elif at and at != pointer:
                heading = self._heading(place, at)
                found += [heading] if heading else []
        return tuple(found)

    def _heading(self, place: Place[Shape], at: str) -> Heading | None:
        if at not in self._known:
            self._known[at] = self._made(place, at)
        return self._known[at]

    def _made(self, place: Place[Shape], at: str) -> Heading | None:
        shape, ui = self._shapes.everything(place), self._ui(at)
        title = str(ui.get("label") or shape.schema.get("title") or "")
        if at in self._sections or not shape.is_container or not title:
            return None
        return Heading(
            pointer=at,
            title=title,
            description=str(shape.schema.get("description", "")),
            wording=self._wording.of(shape.flat.mentions, at, ui),
            asks_several=self._asks(place) > 1,
            language=self._language,
        )

    def _asks(self, place: Place[Shape]) -> int:
        """Return how many questions an object may ask; two are as good as more."""
        if place not in self._asked:
            self._asked[place] = 0  # what lies within itself adds nothing
            shape = self._shapes.everything(place)
            inner = (self._asks(one.place) for one in shape.children)
            self._asked[place] = sum(inner) if shape.is_container else 1
        return self._asked[place]
