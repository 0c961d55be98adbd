from pathlib import Path

import pytest

from archive.envelope import open_with_key
from archive.keys import new_record_key
from archive.sealing import deposit, object_name
from archive.store import AlreadyStored, NotStored, Store
from archive.stores import BUILT_IN
from archive.stores.local import LocalStore
from schemas.errors import PermanentError, TemporaryError


@pytest.fixture(params=BUILT_IN, ids=lambda part: part.key)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    kept: Store = request.param(tmp_path / "archive")
    return kept


def test_what_is_put_can_be_got(store: Store) -> None:
    store.put("norrby/0190a.pdf.cms", b"sealed")

    assert store.get("norrby/0190a.pdf.cms") == b"sealed"


def test_a_name_is_written_once(store: Store) -> None:
    store.put("norrby/0190a.pdf.cms", b"first")

    with pytest.raises(AlreadyStored):
        store.put("norrby/0190a.pdf.cms", b"second")
    assert store.get("norrby/0190a.pdf.cms") == b"first"


def test_what_was_never_put_is_not_there(store: Store) -> None:
    with pytest.raises(NotStored):
        store.get("norrby/0190a.pdf.cms")
    with pytest.raises(NotStored):
        store.remove("norrby/0190a.pdf.cms")


def test_names_are_listed_by_tenant_in_order(store: Store) -> None:
    for name in ("norrby/2.cms", "norrby/1.cms", "soderby/1.cms"):
        store.put(name, b"x")

    assert list(store.names("norrby/")) == ["norrby/1.cms", "norrby/2.cms"]


def test_what_is_removed_is_gone(store: Store) -> None:
    store.put("norrby/1.cms", b"x")

    store.remove("norrby/1.cms")

    assert list(store.names()) == []


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a//b", "A", "a/..", "a\n", "", "a/.b", "å"]
)
def test_a_name_that_could_leave_the_store_is_refused(store: Store, name: str) -> None:
    with pytest.raises(PermanentError, match="name"):
        store.put(name, b"x")


def test_a_record_is_deposited_open_to_its_key_alone(store: Store) -> None:
    key = new_record_key("0190a")

    done = deposit(store, object_name("norrby", "0190a"), b"%PDF", key)

    assert open_with_key(store.get(done.name), key.key, key.key_id) == b"%PDF"


def test_depositing_again_finds_what_lies_there(store: Store) -> None:
    key = new_record_key("0190a")
    first = deposit(store, "norrby/0190a.pdf.cms", b"%PDF", key)

    assert first == deposit(store, "norrby/0190a.pdf.cms", b"%PDF", key)


def test_another_document_under_the_same_name_is_refused(store: Store) -> None:
    key = new_record_key("0190a")
    deposit(store, "norrby/0190a.pdf.cms", b"%PDF", key)

    with pytest.raises(PermanentError, match="another document"):
        deposit(store, "norrby/0190a.pdf.cms", b"%PDF other", key)


def test_the_folder_says_how_to_open_a_record_with_openssl(tmp_path: Path) -> None:
    LocalStore(tmp_path).put("norrby/1.cms", b"x")

    readme = (tmp_path / "README.txt").read_text(encoding="utf-8")

    assert "-secretkeyid" in readme
    assert "-recip" in readme


def test_an_unfinished_file_is_no_record(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put("norrby/1.cms", b"x")
    (tmp_path / "norrby" / ".unfinished-0").write_bytes(b"half")

    assert list(store.names()) == ["norrby/1.cms"]


def test_nothing_unfinished_is_left_behind(tmp_path: Path) -> None:
    LocalStore(tmp_path).put("norrby/1.cms", b"x")

    assert [path.name for path in (tmp_path / "norrby").iterdir()] == ["1.cms"]


def test_files_are_the_services_own(tmp_path: Path) -> None:
    LocalStore(tmp_path / "a").put("norrby/1.cms", b"x")

    assert (tmp_path / "a/norrby/1.cms").stat().st_mode & 0o077 == 0
    assert (tmp_path / "a/norrby").stat().st_mode & 0o077 == 0


def test_a_disk_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "norrby").write_text("a file where a folder should be")

    with pytest.raises((TemporaryError, NotStored)):
        LocalStore(tmp_path).put("norrby/1.cms", b"x")
