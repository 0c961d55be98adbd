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
    command = [FRONTEND / "build", tmp_path]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603 - our own script

    built = [path for path in tmp_path.rglob("*") if path.is_file()]
    differ = [
        path.name
        for path in built
        if path.name != "SHA384SUMS"
        and path.read_bytes() != (STATIC / path.relative_to(tmp_path)).read_bytes()
    ]

    assert differ == []
    assert tmp_path / "base.css" in built


def test_a_script_has_one_source() -> None:
    written = [path.name for path in FRONTEND.glob("*") if path.is_file()]

    assert not {path.name for path in STATIC.iterdir()} & set(written)


def test_the_lock_names_no_download_address() -> None:
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert '"integrity"' in lock
