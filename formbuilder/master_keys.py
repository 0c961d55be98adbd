"""The file that every other key derives from: numbered generations of a secret."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formbuilder.files import write_whole
from schemas.errors import OperatorError

FILE = "master.json"
FORMAT = "urn:formbuilder:master-keys:1"
_BYTES = 32


class KeysRefused(OperatorError):  # noqa: N818 - a verdict, not a fault of ours
    """The keys are missing, damaged or would be lost; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterKeys:
    """Every generation by number, and the secret of the indexes, which stays.

    An index finds a person again after a rotation, so its secret has no generations.
    """

    generations: Mapping[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    @property
    def newest(self) -> int:
        """Return the generation that seals."""
        return max(self.generations)

    def rotated(self) -> "MasterKeys":
        """Return the keys with a fresh generation, which seals from now on."""
        fresh = {self.newest + 1: secrets.token_bytes(_BYTES)}
        return MasterKeys(generations={**self.generations, **fresh}, index=self.index)

    def without(self, generation: int) -> "MasterKeys":
        """Return the keys without a generation: what it sealed is gone for ever.

        Raises:
            KeysRefused: it is unknown, or the one that seals.
        """
        if generation not in self.generations:
            raise KeysRefused(f"There is no generation {generation}.")
        if generation == self.newest:
            raise KeysRefused(
                f"Generation {generation} is the one in use. Run: formbuilder keys "
                "rotate first; it can go once nothing needs it any more."
            )
        left = {n: key for n, key in self.generations.items() if n != generation}
        return MasterKeys(generations=left, index=self.index)

    def to_json(self) -> str:
        """Return the text of the file."""
        keys = {str(n): key.hex() for n, key in sorted(self.generations.items())}
        document = {"format": FORMAT, "generations": keys, "index": self.index.hex()}
        return json.dumps(document, indent=2) + "\n"


def fresh() -> MasterKeys:
    """Make the keys of a new installation."""
    return MasterKeys(
        generations={1: secrets.token_bytes(_BYTES)}, index=secrets.token_bytes(_BYTES)
    )


def from_json(written: str) -> MasterKeys:
    """Read the text of the file.

    Raises:
        KeysRefused: it is not one of ours.
    """
    try:
        document = json.loads(written)
        keys = {
            int(n): bytes.fromhex(key) for n, key in document["generations"].items()
        }
        index = bytes.fromhex(document["index"])
        is_ours = document["format"] == FORMAT and bool(keys)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # What was read is secret, so neither it nor the cause may be shown.
        raise KeysRefused(_DAMAGED) from error
    if not is_ours or any(len(key) != _BYTES for key in (*keys.values(), index)):
        raise KeysRefused(_DAMAGED)
    return MasterKeys(generations=keys, index=index)


_DAMAGED = (
    f"{FILE} is damaged. Put the escrowed copy back: formbuilder keys recover FILE."
)


def read(folder: Path) -> MasterKeys:
    """Read the keys of the installation.

    Raises:
        KeysRefused: they are not there, or damaged.
    """
    try:
        return from_json((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KeysRefused(
            f"There are no keys in {folder}. Run: formbuilder keys init, or put the "
            "escrowed ones back: formbuilder keys recover FILE."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise KeysRefused(
            f"{folder / FILE} cannot be read. Give this user the file, mode 600."
        ) from error


def write(folder: Path, keys: MasterKeys) -> None:
    """Write the file whole, readable by its owner only."""
    write_whole(folder / FILE, keys.to_json().encode())
