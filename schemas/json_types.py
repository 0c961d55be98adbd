"""What type a JSON value is of, by the words of JSON Schema."""

from collections.abc import Collection, Mapping
from typing import Final

from schemas.definition import Json

_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "boolean": (bool,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def is_of(value: Json, types: Collection[str]) -> bool:
    """Tell whether a value is of one of the types.

    >>> is_of(1.0, ["integer"]), is_of(True, ["number"]), is_of("a", ["string", "null"])
    (True, False, True)
    """
    return any(_is(value, name) for name in types)


def _is(value: Json, name: str) -> bool:
    if isinstance(value, bool):  # Python counts true as a number, JSON does not.
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _KINDS.get(name, ()))
