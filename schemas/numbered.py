"""What has a number in its pointer and yet is no row: the positions of a tuple."""

from schemas.labels import label_of
from schemas.pointers import general, join, parts
from schemas.shapes import Shape


class Numbered:
    """The pointers that end in a number of their own, noted when first met."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}

    def note(self, shape: Shape, pointer: str) -> None:
        """Note what is asked by place here, and the members with a number for a name."""
        for child in shape.positions:
            self._labels[pointer + child.step] = str(int(child.name) + 1)
        for child in shape.children:
            if child.name.isascii() and child.name.isdigit():
                self._labels[pointer + child.step] = label_of(child.name)

    def has_rows(self, pattern: str, pointer: str) -> bool:
        """Tell whether every `*` of a pattern that fits a pointer stands for a row."""
        wanted, found = parts(pattern), parts(pointer)
        return not any(
            one == "*" and join(*found[: place + 1]) in self._labels
            for place, one in enumerate(wanted)
        )

    def label(self, pointer: str) -> str:
        """Return what a question is called that has no title."""
        return self._labels.get(pointer) or label_of(parts(pointer)[-1])

    def general(self, pointer: str) -> str:
        """Return the pointer with the number of every row as `*`."""
        if not self._labels:
            return general(pointer)
        found = ""
        for part in parts(pointer):
            here = found + join(part)
            found = here if here in self._labels else found + general(join(part))
        return found
