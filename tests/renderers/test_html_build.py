"""The committed style sheet is what the sources build."""

import shutil
import subprocess
from pathlib import Path

import pytest

from renderers.html.site import HERE

STATIC = Path(str(HERE), "static")
FRONTEND = Path(__file__).parents[2] / "frontend"
needs_npm = pytest.mark.skipif(
    shutil.which("node") is None or not (FRONTEND / "node_modules").is_dir(),
    reason="run `npm ci` in frontend/ to compare the built files",
)


@needs_npm
def test_the_committed_files_are_what_the_sources_build(tmp_path: Path) -> None:
    built = [FRONTEND / "build", tmp_path]
    subprocess.run(built, check=True, timeout=60)  # noqa: S603 - our own script

    assert (tmp_path / "SHA384SUMS").read_text() == (STATIC / "SHA384SUMS").read_text()


def test_the_lock_names_no_download_address() -> None:
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert '"integrity"' in lock
