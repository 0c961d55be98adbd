"""A code list as it was offered, kept with the answers chosen from it; section B11."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from schemas.definition import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A code list that answers were chosen from.

    `sha256` is the digest of the list as the bundled answer schema has it, `chosen`
    the titles of each code that was chosen, by language.
    """

    urn: str
    sha256: str
    chosen: Mapping[str, Mapping[str, str]]

    def to_json(self) -> Json:
        """Write it as `read_offered` reads it."""
        return asdict(self)


def read_offered(found: Iterable[Json]) -> tuple[Offered, ...]:
    """Read what `Offered.to_json` wrote."""
    return tuple(Offered(**one) for one in found)
