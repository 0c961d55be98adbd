"""Lists that commands print, for people and for programs."""

from datetime import UTC, datetime

import pytest

from formbuilder.cli.common import show_rows

COLUMNS = ("id", "dispose_after", "held_at")
ROWS = [("r1", datetime(2028, 7, 15, 22, 0, 0, 17, tzinfo=UTC), None)]


def test_people_read_the_day_it_is_where_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_rows(COLUMNS, ROWS, as_json=False)

    _, line = capsys.readouterr().out.splitlines()
    assert line.split() == ["r1", "2028-07-16", "00:00"]


def test_programs_read_utc(capsys: pytest.CaptureFixture[str]) -> None:
    show_rows(COLUMNS, ROWS, as_json=True)

    assert "2028-07-15 22:00:00.000017+00:00" in capsys.readouterr().out
