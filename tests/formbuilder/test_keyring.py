import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.envelope import EnvelopeRefused
from formbuilder import key_pairs, keyring
from formbuilder.handles import KNOWN, Handles
from formbuilder.key_pairs import KeyPair
from formbuilder.keyring import DoesNotOpen, Keyring
from formbuilder.master_keys import FILE, KeysRefused
from schemas.errors import Refused

HERE = ("drafts", "ekvalla", "draft-1")


def test_what_was_sealed_opens_where_it_was_sealed(keys: Keyring) -> None:
    assert keys.open(*HERE, keys.seal(*HERE, b"nuts")) == b"nuts"


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("units", "ekvalla", "draft-1"),
        ("drafts", "nybro", "draft-1"),
        ("drafts", "ekvalla", "draft-2"),
    ],
)
def test_what_was_moved_elsewhere_does_not_open(
    keys: Keyring, elsewhere: tuple[str, str, str]
) -> None:
    sealed = keys.seal(*HERE, b"nuts")

    with pytest.raises(DoesNotOpen):
        keys.open(*elsewhere, sealed)


def test_no_changed_byte_goes_unnoticed(keys: Keyring) -> None:
    sealed = keys.seal(*HERE, b"nuts")

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(DoesNotOpen):
            keys.open(*HERE, bytes(changed))


def test_what_an_old_generation_sealed_still_opens(keys: Keyring) -> None:
    old = keys.seal(*HERE, b"old")
    keys.rotate()
    new = keys.seal(*HERE, b"new")

    assert [keyring.generation_of(s) for s in (old, new)] == [1, 2]
    assert [keys.open(*HERE, s) for s in (old, new)] == [b"old", b"new"]


def test_another_process_finds_the_generation_it_has_not_met(
    keys: Keyring, tmp_path: Path
) -> None:
    other = Keyring(tmp_path / "keys")
    other.rotate()

    assert keys.open(*HERE, other.seal(*HERE, b"nuts")) == b"nuts"


def test_a_destroyed_generation_opens_nothing(keys: Keyring) -> None:
    sealed = keys.seal(*HERE, b"nuts")
    keys.rotate()
    keys.destroy(1)

    with pytest.raises(DoesNotOpen, match="generation 1"):
        keys.open(*HERE, sealed)


def test_the_generation_in_use_cannot_be_destroyed(keys: Keyring) -> None:
    with pytest.raises(KeysRefused, match="rotate"):
        keys.destroy(1)


def test_a_person_is_found_again_after_a_rotation(keys: Keyring) -> None:
    before = keys.index("ekvalla", "person", "201701012393")
    keys.rotate()

    assert keys.index("ekvalla", "person", "201701012393") == before


def test_the_same_person_has_another_index_at_each_tenant(keys: Keyring) -> None:
    found = {
        keys.index(tenant, kind, "201701012393")
        for tenant in ("ekvalla", "nybro")
        for kind in ("person", "subject")
    }

    assert len(found) == 4


@pytest.mark.usefixtures("keys")
def test_key_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "keys").rglob("*")}

    assert modes == {0}


def test_a_sealed_department_opens_its_own_content_only(keys: Keyring) -> None:
    cms = keys.department_seal("ekvalla", "school_health", b"asthma")

    assert keys.department_open("ekvalla", "school_health", cms) == b"asthma"
    for tenant, department in (("ekvalla", "kitchen"), ("nybro", "school_health")):
        with pytest.raises(EnvelopeRefused):
            keys.department_open(tenant, department, cms)


def test_pairs_that_exist_are_never_made_anew(keys: Keyring) -> None:
    before = keys.department_certificate("ekvalla", "kitchen")

    made = keys.make_pairs(
        "ekvalla",
        ("kitchen", "transport"),
        now=before.not_valid_before_utc,
        with_escrow=True,
    )

    assert made == ("transport",)
    assert keys.department_certificate("ekvalla", "kitchen") == before


def archivists(folder: Path) -> KeyPair:
    """Return the archivist's own pair, which lies with the others in development."""
    return key_pairs.read(folder / "keys" / "ekvalla" / "archive" / "escrow")


def test_escrowed_keys_open_everything_on_a_new_machine(
    keys: Keyring, tmp_path: Path
) -> None:
    sealed = keys.seal(*HERE, b"nuts")
    escrowed, pair = keys.escrow("ekvalla"), archivists(tmp_path)

    recovered = keyring.recover(tmp_path / "new", escrowed, pair)

    assert recovered.open(*HERE, sealed) == b"nuts"


def test_recovery_never_overwrites_keys(keys: Keyring, tmp_path: Path) -> None:
    escrowed, pair = keys.escrow("ekvalla"), archivists(tmp_path)

    with pytest.raises(KeysRefused, match="has keys already"):
        keyring.recover(tmp_path / "keys", escrowed, pair)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl program")
def test_openssl_alone_opens_what_is_sealed_to_a_department(
    keys: Keyring, tmp_path: Path
) -> None:
    (tmp_path / "in.cms").write_bytes(
        keys.department_seal("ekvalla", "kitchen", b"nuts")
    )
    folder = tmp_path / "keys" / "ekvalla" / "departments"
    command = [
        "openssl",
        "cms",
        "-decrypt",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "in.cms",
        "-recip",
    ]

    opened = subprocess.run(  # noqa: S603 - a fixed command
        [*command, str(folder / "kitchen.crt"), "-inkey", str(folder / "kitchen.key")],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    assert opened.stdout == b"nuts"


def test_keys_that_are_missing_say_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(KeysRefused, match="formbuilder keys init"):
        Keyring(tmp_path)


@pytest.mark.parametrize("written", ["", "{}", '{"generations": {}}', "[1]", "\0"])
def test_a_damaged_key_file_is_refused_without_being_shown(
    tmp_path: Path, written: str
) -> None:
    (tmp_path / FILE).write_text(written)

    with pytest.raises(KeysRefused, match="recover"):
        Keyring(tmp_path)


def test_a_ring_shows_no_secret_of_its_own(keys: Keyring, tmp_path: Path) -> None:
    secret = (tmp_path / "keys" / FILE).read_text()[60:80]

    assert secret not in repr(keys)
    assert repr(vars(keys)["_keys"]) == "MasterKeys()"


def test_a_handle_is_the_same_all_session_and_another_in_the_next() -> None:
    first, again = (Handles(b"1" * 32).of("case-7") for _ in range(2))

    assert first == again
    assert Handles(b"2" * 32).of("case-7") != first
    assert "case" not in first


@given(made_up=st.text(max_size=80))
def test_no_made_up_handle_means_anything(made_up: str) -> None:
    with pytest.raises(Refused):
        Handles(b"1" * 32).behind(made_up)


def test_a_handle_of_another_session_is_refused() -> None:
    own, others = Handles(b"1" * 32), Handles(b"2" * 32)
    shown = own.of("case-7")

    assert own.behind(shown) == "case-7"
    with pytest.raises(Refused):
        others.behind(shown)


def test_a_session_keeps_so_many_opened_handles_and_no_more() -> None:
    handles = Handles(b"1" * 32)
    for number in range(KNOWN + 1):
        assert handles.behind(handles.of(str(number))) == str(number)

    assert len(handles._opened.keys()) == KNOWN


@pytest.mark.parametrize("name", ["../x", "A", "", "a/b", "å"])
def test_no_name_leaves_the_key_folder(keys: Keyring, name: str) -> None:
    with pytest.raises(KeysRefused):
        keys.department_certificate("ekvalla", name)
