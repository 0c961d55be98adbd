import subprocess
import sys
from pathlib import Path

import pytest

from formbuilder.database import tables
from formbuilder.database.database import Database
from tests.installed import installed

WRITER = Path(__file__).with_name("writing_process.py")
ROOT = Path(__file__).parents[3]


@pytest.mark.kill
@pytest.mark.usefixtures("sqlite_settings")
def test_no_acknowledged_write_is_lost_to_a_kill(tmp_path: Path) -> None:
    last: dict[str, int] = {}
    for _ in range(3):
        acknowledged = _write_until_killed(tmp_path, lines=200)
        assert acknowledged, "the victim was busy"
        last.update(acknowledged)

    database = Database(installed(tmp_path))
    with database.read("ekvalla") as tc:
        kept = {
            row.series: row.last for row in tc.rows(tc.select(tables.diary_counters))
        }
    database.close()
    # A commit may have been killed before it was told, so more is no fault.
    assert all(kept[series] >= number for series, number in last.items())
    assert sum(kept.values()) - sum(last.values()) < 3 * 64


def _write_until_killed(folder: Path, *, lines: int) -> dict[str, int]:
    """Return the last number each series was told, read up to the kill."""
    process = subprocess.Popen(  # noqa: S603 - a script of our own
        [sys.executable, str(WRITER), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    told: dict[str, int] = {}
    with process.stdout as said:
        for count, line in enumerate(said):
            # The last line may be cut off by the kill.
            if line.endswith("\n"):
                series, number = line.split()
                told[series] = int(number)
            if count == lines:
                process.kill()
    process.wait()
    return told
