"""A folder that the department's own system reads: a file drop."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Final

from formbuilder.delivery import bundle
from formbuilder.delivery.channel import (
    ChannelRefused,
    ChannelTools,
    ChannelUnavailable,
    Delivery,
    Receipt,
)
from formbuilder.files import UNFINISHED, make_folder, sync_folder, write_new
from schemas.representation import Representation

_PLAIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,120}", re.ASCII)


class Folder:
    """One folder for each delivery, named by its id; it appears whole or not at all.

    The receiver reads what has no leading dot, and knows a delivery it has had by
    its name.
    """

    key: ClassVar[str] = "folder"

    def __init__(self, tools: ChannelTools) -> None:
        self._tools = tools

    def deliver(self, delivery: Delivery) -> Receipt:
        """Write the files beside, sync, then give the folder its name."""
        base = self._base(delivery)
        place = base / _plain(delivery.id)
        if place.is_dir():
            return Receipt(is_first=False)
        files = bundle.outgoing(self._tools.keyring, delivery)
        try:
            make_folder(base)
            _write(base / f"{UNFINISHED}{place.name}", place, files)
        except FileExistsError:
            return Receipt(is_first=False)
        except OSError as error:
            raise ChannelUnavailable(
                "folder_unwritable",
                f"Could not write to {base}: {error.strerror}. Check that the share "
                "is mounted, writable and not full; it is tried again.",
            ) from error
        return Receipt()

    def _base(self, delivery: Delivery) -> Path:
        home = self._tools.settings.home
        written = delivery.settings.get("path", f"delivered/{delivery.department}")
        base = (home / str(written)).resolve()
        if not Path(str(written)).is_absolute() and not base.is_relative_to(
            home.resolve()
        ):
            raise ChannelRefused(
                "folder_outside_home",
                f"The folder of {delivery.department} leaves FORMBUILDER_HOME. Write "
                "it as an absolute path if that is meant.",
            )
        return base


def _write(beside: Path, place: Path, files: Iterable[Representation]) -> None:
    # What a killed worker left under this name is its own earlier try.
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o750)
    for file in files:
        write_new(beside / _plain(file.name), file.content, mode=0o640)
    sync_folder(beside)
    if place.exists():
        shutil.rmtree(beside)
        raise FileExistsError(place)
    beside.rename(place)
    sync_folder(place.parent)


def _plain(name: str) -> str:
    if not _PLAIN.fullmatch(name):
        raise ChannelRefused(
            "file_name",
            "A document's name has other than letters, digits, dot, dash and "
            "underscore. Name it by its kind.",
        )
    return name
