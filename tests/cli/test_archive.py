import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formbuilder.app import open_installation
from formbuilder.audit import Event
from formbuilder.config import load
from formbuilder.database import audit
from tests.commanded import MISUSED, REFUSED, Operator, shell
from tests.eark import UNSATISFIABLE, VALIDATOR, verdict

LISTED = {
    "id",
    "record_type",
    "classification",
    "controller",
    "made_at",
    "verified_at",
    "dispose_after",
    "waits_for",
    "event",
    "held_at",
}


def ids(operator: Operator) -> list[str]:
    return [row["id"] for row in operator.run("archive", "list", "--json").json]


def exports(operator: Operator, record: str) -> int:
    """Return how often it is written down that a record was taken out."""
    house = open_installation(load(operator.environment))
    try:
        with house.database.read("ekvalla") as tc:
            told = audit.of_object(tc, record)
    finally:
        house.close()
    return sum(entry.event == Event.RECORD_EXPORTED for entry in told)


def test_every_record_is_listed_with_the_documented_keys(operator: Operator) -> None:
    listed = operator.run("archive", "list", "--json")

    assert (listed.status, listed.err) == (0, "")
    assert {frozenset(row) for row in listed.json} == {frozenset(LISTED)}


def test_what_a_record_waits_for_is_said_in_words(operator: Operator) -> None:
    listed = operator.run("archive", "list", "--json").json
    words = {row["waits_for"]: row["event"] for row in listed}

    assert words["event:device_returned"] == "Datorn är återlämnad"
    assert {word for key, word in words.items() if not key.startswith("event:")} == {""}
    waits = next(r["id"] for r in listed if r["waits_for"] == "event:device_returned")
    shown = operator.run("archive", "show", waits)
    assert shown.json["event"] == shown.json["retention"]["event"]
    assert "Datorn är återlämnad" in shown.out


def test_a_list_for_people_has_a_line_for_each_record(operator: Operator) -> None:
    listed = operator.run("archive", "list")

    assert len(listed.out.splitlines()) == 1 + len(ids(operator))


def test_a_record_is_shown_without_its_answers(operator: Operator) -> None:
    shown = operator.run("archive", "show", ids(operator)[0])

    assert {"object_name", "key_id", "envelope_sha256", "retention"} <= set(shown.json)
    assert "Elis" not in shown.out


def test_all_records_verify_after_the_walk(operator: Operator) -> None:
    verified = operator.run("archive", "verify")

    assert (verified.status, verified.err) == (0, "")
    assert f"{len(ids(operator))} records verified" in verified.out
    assert operator.run("archive", "verify", "--json").json == []


def test_a_record_altered_by_one_byte_is_found_by_name(copied: Operator) -> None:
    altered = ids(copied)[3]
    path = copied.home / "archive" / "ekvalla" / f"{altered}.pdf.cms"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x01
    path.chmod(0o600)
    path.write_bytes(content)

    found = copied.run("archive", "verify", "--json")
    told = copied.run("archive", "verify")

    assert (found.status, told.status) == (1, 1)
    assert {row["record"] for row in found.json} == {f"ekvalla/{altered}.pdf.cms"}
    assert {"record", "code", "path", "message", "advice"} == set(found.json[0])
    assert altered in told.out


def test_a_record_that_is_gone_is_found_by_name(copied: Operator) -> None:
    gone = ids(copied)[0]
    (copied.home / "archive" / "ekvalla" / f"{gone}.pdf.cms").unlink()

    found = copied.run("archive", "verify", "--json")

    assert found.status == 1
    assert {row["record"] for row in found.json} == {f"ekvalla/{gone}.pdf.cms"}


def test_a_decrypted_record_is_a_pdf_for_this_user_alone(
    operator: Operator, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "record.pdf"

    done = operator.run("archive", "decrypt", ids(operator)[0], "--out", out)

    assert done.status == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl program")
def test_openssl_alone_opens_a_record_with_the_printed_line(
    operator: Operator, tmp_path: Path
) -> None:
    record = ids(operator)[0]
    operator.run("archive", "decrypt", record, "--out", tmp_path / "ours.pdf")

    shell(operator.run("archive", "key", record).out, tmp_path)

    opened = (tmp_path / f"{record}.pdf").read_bytes()
    assert opened == (tmp_path / "ours.pdf").read_bytes()


@pytest.mark.skipif(
    not VALIDATOR.exists(), reason="eark-validator is missing: run script/setup-eark"
)
def test_eark_validator_accepts_every_exported_package(
    operator: Operator, tmp_path: Path
) -> None:
    exported = operator.run("archive", "export", *ids(operator), "--out", tmp_path)

    verdicts = [verdict(folder) for folder in sorted(tmp_path.iterdir())]
    assert (exported.status, len(verdicts)) == (0, len(ids(operator)))
    assert {(v["structure"], v["schema"]) for v in verdicts} == {
        ("WellFormed", "VALID")
    }
    assert {rule for v in verdicts for rule in v["errors"]} <= UNSATISFIABLE


def test_a_folder_package_is_exported_too(operator: Operator, tmp_path: Path) -> None:
    record = ids(operator)[0]

    operator.run(
        "archive", "export", record, "--format", "folder", "--out", tmp_path / "out"
    )

    assert list((tmp_path / "out").glob("*/SHA256SUMS"))


def test_a_package_that_holds_something_else_is_not_handed_over(
    operator: Operator, tmp_path: Path
) -> None:
    words = ("archive", "export", ids(operator)[0], "--out", tmp_path / "out")
    operator.run(*words)
    [folder] = (tmp_path / "out").iterdir()
    (folder / "left-behind.txt").write_text("from another day")

    again = operator.run(*words)
    assert REFUSED == again.refused
    assert "left-behind.txt" in again.err


def test_what_is_out_is_written_down_also_when_it_is_not_handed_over(
    operator: Operator, tmp_path: Path
) -> None:
    record = ids(operator)[0]
    words = ("archive", "export", record, "--out", tmp_path / "out")
    operator.run(*words)
    [folder] = (tmp_path / "out").iterdir()
    (folder / "left-behind.txt").write_text("from another day")
    before = exports(operator, record)

    operator.run(*words)
    assert exports(operator, record) == before + 1


@pytest.mark.parametrize("command", ["show", "key", "verify"])
def test_an_unknown_record_is_said_to_be_so(operator: Operator, command: str) -> None:
    done = operator.run("archive", command, "ffff")

    assert REFUSED == done.refused
    assert "archive list" in done.err


def test_a_place_that_cannot_be_written_is_said_to_be_so(operator: Operator) -> None:
    out = Path("/proc/record.pdf")

    assert (
        REFUSED
        == operator.run("archive", "decrypt", ids(operator)[0], "--out", out).refused
    )


@pytest.mark.parametrize(
    "words",
    [
        ("archive", "decrypt", "ffff"),
        ("archive", "export", "ffff", "--out", "x", "--format", "bagit"),
        ("archive", "burn"),
    ],
)
def test_wrong_use_exits_2(operator: Operator, words: tuple[str, ...]) -> None:
    assert MISUSED == operator.run(*words).refused


def test_an_unknown_municipality_is_said_to_be_so(operator: Operator) -> None:
    done = operator.run("archive", "list", "--tenant", "nowhere")

    assert REFUSED == done.refused
    assert "ekvalla" in done.err


def waiting(operator: Operator, what: str) -> list[str]:
    listed = operator.run("archive", "list", "--json").json
    return [row["id"] for row in listed if row["waits_for"] == what]


def test_what_records_wait_for_is_reported_and_shown(copied: Operator) -> None:
    [*returned] = waiting(copied, "event:device_returned")
    today = datetime.now(UTC).date()

    done = copied.run("archive", "event", "device_returned", *returned, "--on", today)

    assert (done.status, done.err, waiting(copied, "event:device_returned")) == (
        0,
        "",
        [],
    )
    shown = copied.run("archive", "show", returned[0]).json
    assert shown["dispose_after"].startswith(str(today.year + 1))


def test_a_matter_is_closed_by_its_records(copied: Operator) -> None:
    [*open_] = waiting(copied, "case_closed")

    done = copied.run("archive", "close", *open_, "--on", datetime.now(UTC).date())

    assert (done.status, done.err, waiting(copied, "case_closed")) == (0, "", [])


def test_a_report_that_fits_no_record_says_what_to_do(copied: Operator) -> None:
    [first, *_] = waiting(copied, "case_closed")

    done = copied.run("archive", "event", "moved_out", first, "--on", "2026-01-01")

    assert REFUSED == done.refused
    assert "case_closed" in done.err
    assert MISUSED == copied.run("archive", "close", first, "--on", "i går").refused
    assert MISUSED == copied.run("archive", "close", first).refused
