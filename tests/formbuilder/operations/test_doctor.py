from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from formbuilder import key_pairs
from formbuilder.cli import commands
from formbuilder.config import PeerSettings, Settings
from formbuilder.keyring import Keyring
from formbuilder.operations.doctor import examine
from formbuilder.operations.finding import Finding
from schemas.errors import TemporaryError
from tests.installed import NOW, installed

DIRECTORY = """
[municipality]
key = "{key}"
name = "Ekvalla kommun"
organisation_number = "202100-4748"
[municipality.contact]
phone = "031-390 06 00"
email = "kontakt@example.se"
[municipality.data_protection_officer]
name = "Ombudet"
email = "ombud@example.se"
[controllers.bun]
name = "Nämnden"
contact = {{ email = "bun@example.se" }}
diary_series = "bun"
[diary_series.bun]
pattern = "BUN {{year}}/{{number}}"
[departments.kitchen]
title = "Köket"
controller = "bun"
members = []
"""


@pytest.fixture
def sound(sqlite_settings: Settings, keys: Keyring) -> Settings:
    assert keys.generations == (1,)
    for tenant in sqlite_settings.tenants:
        written = DIRECTORY.format(key=tenant.key)
        tenant.directory.write_text(written)
    return sqlite_settings


def findings(settings: Settings, check: str) -> list[Finding]:
    return [one for one in examine(settings, now=NOW) if one.check == check]


def test_a_sound_installation_has_no_failures(sound: Settings) -> None:
    assert [one for one in examine(sound, now=NOW) if not one.is_ok] == []


def test_everything_that_is_not_well_says_how_to_mend_it(tmp_path: Path) -> None:
    amiss = [one for one in examine(installed(tmp_path), now=NOW) if one.state != "ok"]

    assert {"keys", "database", "bankid", "register"} <= {one.check for one in amiss}
    assert all(one.advice.endswith((".", "init", "upgrade")) for one in amiss)


def test_keys_that_others_may_read_are_found(sound: Settings) -> None:
    (sound.keys / "master.json").chmod(0o644)

    [found] = findings(sound, "keys")
    assert (found.state, "chmod" in found.advice) == ("failed", True)


def test_a_department_without_a_certificate_is_found(sound: Settings) -> None:
    (sound.keys / "ekvalla" / "departments" / "kitchen.crt").unlink()

    [found] = findings(sound, "directory ekvalla")
    assert "kitchen" in found.message


def test_what_is_wrong_with_a_directory_is_told_by_the_command_it_names(
    sound: Settings,
) -> None:
    place = sound.tenants[0].directory
    place.write_text(
        place.read_text().replace('controller = "bun"', 'controller = "b"')
    )

    [found] = findings(sound, "directory ekvalla")
    words = found.advice.removeprefix("Run: formbuilder ").split()
    told = CliRunner().invoke(commands, words)
    assert (found.state, told.exit_code) == ("failed", 1)
    assert f"{place}:" in told.output
    assert "FB031" in told.output


def test_a_folder_that_cannot_be_written_is_found(sound: Settings) -> None:
    sound.home.mkdir(exist_ok=True)
    (sound.home / "objects").write_text("a file where the folder should be")

    [found] = findings(sound, "objects")
    assert found.state == "failed"


def test_log_in_is_said_to_be_off_without_the_services_roots(sound: Settings) -> None:
    [found] = findings(sound, "bankid")

    assert "log-in and signing are off" in found.message


@pytest.fixture
def root(tmp_path: Path) -> tuple[Path, str]:
    """A root certificate and its fingerprint; it lasts ten years from NOW."""
    certificate = key_pairs.make("root", now=NOW).certificate
    path = tmp_path / "root.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return path, certificate.fingerprint(hashes.SHA256()).hex()


def peer(path: Path, *fingerprints: str) -> PeerSettings:
    return PeerSettings(
        base_url="https://bankid.example.se",
        ca_file=path,
        signing_roots=(path,),
        fingerprints=fingerprints,
    )


def test_a_root_nobody_compared_is_found(
    sound: Settings, root: tuple[Path, str]
) -> None:
    path, fingerprint = root
    compared = replace(sound, bankid=peer(path, fingerprint.upper()))
    not_compared = replace(sound, bankid=peer(path, "00"))

    assert {one.state for one in findings(compared, "bankid")} == {"ok"}
    assert {one.state for one in findings(not_compared, "bankid")} == {"failed"}


@pytest.mark.parametrize(
    ("days", "state"), [(1, "ok"), (3640, "warning"), (3651, "failed"), (-2, "failed")]
)
def test_a_certificate_is_judged_by_the_day(
    sound: Settings, root: tuple[Path, str], days: int, state: str
) -> None:
    path, fingerprint = root
    settings = replace(sound, bankid=peer(path, fingerprint))

    found = examine(settings, now=NOW + timedelta(days=days))

    assert {one.state for one in found if one.check == "bankid"} == {state}


def test_a_peer_that_does_not_answer_is_found(sound: Settings) -> None:
    def nobody() -> None:
        raise TemporaryError("The register does not answer.")

    found = examine(sound, now=NOW, peers={"register": nobody})

    assert any(one.message == "The register does not answer." for one in found)
