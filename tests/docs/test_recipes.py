"""Recipes that other programs carry out: tried with those programs."""

import re
import subprocess
from pathlib import Path

from formbuilder import keyring
from tests.docs.reading import ROOT

HOW_TO = ROOT / "docs" / "how-to"


def lines(page: str, start: str) -> list[str]:
    text = (HOW_TO / page).read_text(encoding="utf-8")
    return re.findall(rf"^{re.escape(start)}.*$", text, re.MULTILINE)


def run(line: str, folder: Path) -> None:
    subprocess.run(  # noqa: S603 - the recipe's own line
        ["/bin/sh", "-ec", line], cwd=folder, check=True, capture_output=True
    )


def test_the_archivists_own_pair_opens_the_escrow(tmp_path: Path) -> None:
    for line in (
        *lines("run-in-production.md", "openssl ecparam"),
        *lines("run-in-production.md", "openssl req"),
    ):
        run(line, tmp_path)
    keys = tmp_path / "keys"
    ring = keyring.create(keys)
    place = keys / "ekvalla" / "archive" / "escrow.crt"
    place.parent.mkdir(parents=True)
    place.write_bytes((tmp_path / "escrow.crt").read_bytes())
    (tmp_path / "ekvalla-keys.cms").write_bytes(ring.escrow("ekvalla"))

    for line in lines("back-up-restore-upgrade.md", "openssl cms"):
        run(line, tmp_path)

    assert (keys / "master.json").read_bytes() == (
        tmp_path / "master.json"
    ).read_bytes()
