import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Verifier

from formbuilder.app import open_installation
from formbuilder.audit import Event
from formbuilder.config import load
from formbuilder.database import audit
from formbuilder.delivery.channels.webhook import signature_headers
from formbuilder.keyring import Keyring
from tests.commanded import MISUSED, REFUSED, Operator, shell

needs_openssl = pytest.mark.skipif(
    not shutil.which("openssl"), reason="needs the openssl program"
)
OPEN = "openssl cms -decrypt -binary -inform DER"


def escrowed(operator: Operator, folder: Path) -> None:
    """Save all keys, and let the archivist have them beside their own."""
    done = operator.run(
        "keys", "escrow", "--out", folder / "master.cms", "--records", folder / "r.cms"
    )
    assert done.status == 0, done.err
    for name in ("escrow.crt", "escrow.key"):
        shutil.copy(operator.keys / "ekvalla" / "archive" / name, folder)


def test_generations_are_listed_with_what_they_open(operator: Operator) -> None:
    [row] = operator.run("keys", "list", "--json").json

    assert (row["generation"], row["is_current"], row["values"] > 0) == (1, True, True)


@needs_openssl
def test_the_archivists_key_and_openssl_alone_open_the_master_keys(
    operator: Operator, tmp_path: Path
) -> None:
    escrowed(operator, tmp_path)

    shell(
        f"{OPEN} -in master.cms -recip escrow.crt -inkey escrow.key -out m.json",
        tmp_path,
    )

    assert (tmp_path / "m.json").read_bytes() == (
        operator.keys / "master.json"
    ).read_bytes()


@needs_openssl
def test_the_archivists_key_and_openssl_alone_open_every_record_but_the_sealed(
    operator: Operator, tmp_path: Path
) -> None:
    escrowed(operator, tmp_path)
    shell(f"{OPEN} -in r.cms -recip escrow.crt -inkey escrow.key -out r.json", tmp_path)
    keys = json.loads((tmp_path / "r.json").read_text())["keys"]

    for number, (key_id, key) in enumerate(keys.items()):
        envelope = operator.home / "archive/ekvalla" / f"{key_id.split(':')[0]}.pdf.cms"
        shell(
            f"{OPEN} -in {envelope} -secretkey {key} -out {number}.pdf "
            f"-secretkeyid $(printf %s {key_id} | od -An -tx1 | tr -d ' \\n')",
            tmp_path,
        )

    opened = list(tmp_path.glob("*.pdf"))
    assert {one.read_bytes()[:5] for one in opened} == {b"%PDF-"}
    listed = operator.run("archive", "list", "--json").json
    closed = [r for r in listed if f"{r['id']}:1" not in keys]
    # School health is a sealed department: its records open with its key alone.
    assert {record["record_type"] for record in closed} == {
        "Hälsouppgift inför skolstart"
    }
    assert len(opened) == len(listed) - len(closed)


def test_lost_master_keys_are_put_back_from_the_escrow(
    copied: Operator, tmp_path: Path
) -> None:
    escrowed(copied, tmp_path)
    (copied.keys / "master.json").unlink()
    lost = copied.run("archive", "verify")

    recovered = copied.run(
        "keys", "recover", tmp_path / "master.cms", "--key", tmp_path / "escrow.key"
    )

    assert REFUSED == lost.refused
    assert (recovered.status, copied.run("archive", "verify").status) == (0, 0)


def test_keys_that_are_there_are_not_recovered_over(
    copied: Operator, tmp_path: Path
) -> None:
    escrowed(copied, tmp_path)

    done = copied.run(
        "keys", "recover", tmp_path / "master.cms", "--key", tmp_path / "escrow.key"
    )

    assert REFUSED == done.refused


def test_a_generation_that_opens_something_is_not_destroyed(copied: Operator) -> None:
    rotated = copied.run("keys", "rotate")

    refused = copied.run("keys", "destroy", 1, "--yes")

    assert (rotated.status, "2" in rotated.out) == (0, True)
    assert REFUSED == refused.refused
    assert "still opens" in refused.err
    assert copied.run("archive", "verify").status == 0


def test_a_generation_that_opens_nothing_is_destroyed(fresh: Operator) -> None:
    for words in (("keys", "init"), ("db", "upgrade"), ("keys", "rotate")):
        assert fresh.run(*words).status == 0

    assert fresh.run("keys", "destroy", 1, "--yes").status == 0

    assert [row["generation"] for row in fresh.run("keys", "list", "--json").json] == [
        2
    ]


def test_the_generation_in_use_is_not_destroyed(fresh: Operator) -> None:
    fresh.run("keys", "init")
    fresh.run("db", "upgrade")

    done = fresh.run("keys", "destroy", 1, "--yes")

    assert REFUSED == done.refused
    assert "rotate" in done.err


def test_nothing_is_destroyed_unless_it_is_confirmed(copied: Operator) -> None:
    copied.run("keys", "rotate")

    assert copied.run("keys", "destroy", 1).status == 1
    assert len(copied.run("keys", "list", "--json").json) == 2


def test_making_keys_twice_changes_none(copied: Operator) -> None:
    before = (copied.keys / "master.json").read_bytes()

    assert "nothing new" in copied.run("keys", "init").out
    assert before == (copied.keys / "master.json").read_bytes()


def test_a_generation_is_a_number(operator: Operator) -> None:
    assert MISUSED == operator.run("keys", "destroy", "all", "--yes").refused


def test_the_secret_a_department_is_handed_verifies_its_calls(copied: Operator) -> None:
    secrets = []
    for _ in range(2):
        secrets.append(copied.run("keys", "webhook", "kitchen").out.strip())
        copied.run("keys", "rotate")
    ring = Keyring(copied.keys)
    signed = signature_headers(
        "m",
        b"{}",
        at=datetime.now(UTC),
        secrets=ring.webhook_secrets("ekvalla", "kitchen"),
    )

    assert len(set(secrets)) == 2
    for secret in secrets:
        assert Verifier(secret).verify(b"{}", signed) == {}


def test_printing_a_secret_is_written_down_without_it(copied: Operator) -> None:
    copied.run("keys", "webhook", "kitchen")

    house = open_installation(load(copied.environment))
    try:
        with house.database.read("ekvalla") as tc:
            [event] = audit.newest(tc, limit=1)
    finally:
        house.close()
    assert (event.event, event.object_id) == (Event.KEY_READ, "kitchen")
    assert event.detail == {"kind": "webhook"}


def test_a_department_that_is_not_there_has_no_secret(operator: Operator) -> None:
    done = operator.run("keys", "webhook", "kitchens")

    assert REFUSED == done.refused
    assert "kitchen," in done.err
