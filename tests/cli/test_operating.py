import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.commanded import REFUSED, Operator


def test_doctor_finds_a_walked_town_sound(operator: Operator) -> None:
    examined = operator.run("doctor", "--json")

    assert [row for row in examined.json if row["state"] == "failed"] == []
    assert (examined.status, examined.err) == (0, "")
    assert {frozenset(row) for row in examined.json} == {
        frozenset({"state", "check", "message", "advice"})
    }


def test_doctor_says_how_to_begin(fresh: Operator) -> None:
    examined = fresh.run("doctor", "--json")

    advice = {row["check"]: row["advice"] for row in examined.json}
    assert examined.status == 1
    assert "formbuilder keys init" in advice["keys"]
    assert "formbuilder db upgrade" in advice["database"]


def test_settings_that_are_missing_are_named(operator: Operator) -> None:
    done = operator.of(home="").run("doctor")

    assert REFUSED == done.refused
    assert "FORMBUILDER_HOME" in done.err


def test_a_setting_nobody_knows_is_named(operator: Operator) -> None:
    done = operator.of(databse_url="x").run("doctor")

    assert REFUSED == done.refused
    assert "databse_url" in done.err


def test_upgrading_twice_is_harmless(copied: Operator) -> None:
    assert copied.run("db", "upgrade").status == 0
    assert copied.run("archive", "verify").status == 0


def test_a_backup_restored_into_an_empty_machine_opens_again(
    operator: Operator, fresh: Operator, tmp_path: Path
) -> None:
    saved = operator.run("backup", tmp_path / "saved")
    shutil.copytree(operator.keys, fresh.keys)

    restored = fresh.run("restore", tmp_path / "saved")

    assert (saved.status, restored.status, restored.err) == (0, 0, "")
    verified = fresh.run("archive", "verify")
    assert (verified.status, verified.out) == (0, operator.run("archive", "verify").out)
    record = fresh.run("archive", "list", "--json").json[0]["id"]
    for one, name in ((operator, "before.pdf"), (fresh, "after.pdf")):
        one.run("archive", "decrypt", record, "--out", tmp_path / name)
    assert (tmp_path / "before.pdf").read_bytes() == (
        tmp_path / "after.pdf"
    ).read_bytes()
    assert rows(operator, "units") == rows(fresh, "units")


def test_no_key_and_no_answer_is_in_a_backup(
    operator: Operator, tmp_path: Path
) -> None:
    operator.run("backup", tmp_path / "saved")

    master = (operator.keys / "master.json").read_text()
    secrets = [word for word in master.split('"') if len(word) == 64]
    rows = (tmp_path / "saved" / "rows").rglob("*.jsonl")
    # A form's own scenarios name invented people.
    content = b"".join(p.read_bytes() for p in rows if p.stem != "form_versions")
    assert secrets
    assert not [s for s in secrets if s.encode() in content]
    assert not [
        w for w in ("Lindqvist", "202103142390", "peanut") if w.encode() in content
    ]
    assert not list((tmp_path / "saved").rglob("*.key"))


def test_a_damaged_backup_is_refused_by_the_files_name(
    operator: Operator, fresh: Operator, tmp_path: Path
) -> None:
    operator.run("backup", tmp_path / "saved")
    damaged = next((tmp_path / "saved" / "archive").rglob("*.cms"))
    damaged.write_bytes(damaged.read_bytes()[:-1])

    done = fresh.run("restore", tmp_path / "saved")

    assert REFUSED == done.refused
    assert damaged.name in done.err
    assert not (fresh.home / "archive").exists()


def test_nothing_is_restored_over_what_is_there(
    copied: Operator, tmp_path: Path
) -> None:
    copied.run("backup", tmp_path / "saved")

    assert REFUSED == copied.run("restore", tmp_path / "saved").refused


def test_no_backup_is_made_over_another(operator: Operator, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()

    assert REFUSED == operator.run("backup", tmp_path / "saved").refused


def rows(operator: Operator, table: str) -> int:
    path = operator.home / "formbuilder.sqlite3"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        [found] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a name of our own
    return int(found)


@pytest.mark.parametrize(
    "command", ["doctor", "db upgrade", "serve --embedded", "archive list"]
)
def test_a_home_that_cannot_be_made_is_named_without_a_trace(
    operator: Operator, tmp_path: Path, command: str
) -> None:
    taken = tmp_path / "a-file"
    taken.touch()
    done = operator.of(home=taken).run(*command.split())

    assert done.status == 1
    assert "Traceback" not in done.err
    assert f"The folder {taken} cannot be made" in done.out + done.err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://a:hemligt@127.0.0.1:1/x", "does not answer"),
        ("mysql://a:hemligt@127.0.0.1/x", "no address of a database"),
        ("hemligt", "no address of a database"),
        ("postgresql://a:hemligt@127.0.0.1:port/x", "no address of a database"),
    ],
)
def test_a_database_out_of_reach_is_told_without_its_password(
    operator: Operator, url: str, said: str
) -> None:
    for command in (("doctor",), ("db", "upgrade"), ("archive", "list")):
        done = operator.of(database_url=url).run(*command)

        assert done.status == 1
        assert said in done.out + done.err
        assert "hemligt" not in done.out + done.err
        assert "Run: formbuilder db upgrade" not in done.out


def test_a_place_where_nothing_can_be_written_is_named(
    operator: Operator, tmp_path: Path
) -> None:
    taken = tmp_path / "a-file"
    taken.touch()
    kept, saved = (
        operator.of(keys=taken / "keys").run("keys", "init"),
        operator.run("backup", taken / "saved"),
    )

    assert {REFUSED} == {kept.refused, saved.refused}
    assert str(taken) in kept.err
    assert str(taken) in saved.err
