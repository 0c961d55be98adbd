"""Parts of a contract by key: the built-in ones and those an operator adds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar


class Part(Protocol):
    """Anything that has a key of its own within its contract."""

    @property
    def key(self) -> str: ...


P = TypeVar("P", bound=Part)


class UnknownPart(KeyError):  # noqa: N818 - reads as what it is
    """A key nobody registered; the message names the ones there are."""

    def __init__(self, contract: str, key: str, known: Iterable[str]) -> None:
        self.contract, self.key, self.known = contract, key, tuple(known)
        super().__init__(key)

    def __str__(self) -> str:
        return (
            f"There is no {self.contract} called {self.key!r}. "
            f"Use one of: {', '.join(self.known)}."
        )


class Registry(Mapping[str, P], Generic[P]):
    """The parts of one contract, in the order they were registered.

    >>> from types import SimpleNamespace as Colour
    >>> colours = Registry("colour", [Colour(key="red"), Colour(key="blue")])
    >>> colours["green"]
    Traceback (most recent call last):
    ...
    schemas.registry.UnknownPart: There is no colour called 'green'. Use one of: red, blue.
    """

    def __init__(self, contract: str, parts: Iterable[P]) -> None:
        self.contract = contract
        self._parts: dict[str, P] = {}
        for part in parts:
            if part.key in self._parts:
                raise ValueError(
                    f"Two parts of {contract} are called {part.key!r}. Rename one."
                )
            self._parts[part.key] = part

    def __getitem__(self, key: str) -> P:
        try:
            return self._parts[key]
        except KeyError:
            raise UnknownPart(self.contract, key, self._parts) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)
