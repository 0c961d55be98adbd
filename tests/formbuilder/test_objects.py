import hashlib
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from formbuilder.objects import FRAME, ObjectDamaged, ObjectStore, StoredObject
from schemas.errors import InvalidAnswer

PDF = b"%PDF-1.7\n" + b"Peanuts make the child very ill. " * 5000
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(64)
ACCEPT = ("application/pdf", "image/*")


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return ObjectStore(tmp_path / "objects")


def pieces(content: bytes, size: int = 1000) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def put(store: ObjectStore, content: bytes, limit: int = 10**7) -> StoredObject:
    return store.put("ekvalla", pieces(content), accept=ACCEPT, max_bytes=limit)


def test_a_file_comes_back_as_it_was_sent(store: ObjectStore) -> None:
    stored = put(store, PDF)

    assert b"".join(store.read("ekvalla", stored.name, stored.key)) == PDF
    assert (stored.size, stored.media_type) == (len(PDF), "application/pdf")
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize("size", [1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 200_000])
def test_files_of_every_length_come_back(store: ObjectStore, size: int) -> None:
    content = (b"%PDF-1.7" + bytes(size))[:size] if size > 8 else b"a"

    stored = store.put("e", pieces(content, 777), accept=(), max_bytes=10**6)

    assert b"".join(store.read("e", stored.name, stored.key)) == content


def test_nothing_of_it_lies_in_clear_on_the_disk(
    store: ObjectStore, tmp_path: Path
) -> None:
    put(store, PDF)

    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert b"Peanuts" not in files[0]
    assert b"%PDF-1." not in files[0]


@pytest.mark.parametrize(
    ("content", "limit", "code"),
    [
        (b"", 100, "file-empty"),
        (PDF, 1000, "file-too-large"),
        (b"MZ\x90\0" + bytes(100), 10**6, "file-type"),
        (b"<html><script>", 10**6, "file-type"),
        (bytes(100), 10**6, "file-type"),
    ],
)
def test_what_may_not_be_uploaded_leaves_nothing_behind(
    store: ObjectStore, tmp_path: Path, content: bytes, limit: int, code: str
) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        put(store, content, limit)

    assert refusal.value.code == code
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_too_large_file_is_refused_before_it_has_all_come(
    store: ObjectStore,
) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield PDF[:50_000]

    with pytest.raises(InvalidAnswer):
        store.put("e", endless(), accept=(), max_bytes=1_000_000)
    assert read <= 21


def test_a_client_that_hangs_up_leaves_nothing_behind(
    store: ObjectStore, tmp_path: Path
) -> None:
    def cut_off() -> Iterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(Exception, match="upload"):
        store.put("e", cut_off(), accept=(), max_bytes=10**7)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_large_file_is_never_whole_in_memory(store: ObjectStore) -> None:
    def large() -> Iterator[bytes]:
        yield b"%PDF-1.7"
        for _ in range(1000):
            yield bytes(100_000)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stored = store.put("e", large(), accept=(), max_bytes=10**9)
    size = sum(len(piece) for piece in store.read("e", stored.name, stored.key))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    assert size == 100_000_008
    assert grown < 20_000


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
    ],
)
def test_the_type_is_what_the_content_shows(
    store: ObjectStore, content: bytes, shown: str
) -> None:
    assert put(store, content).media_type == shown


def test_text_may_be_accepted_as_a_table(store: ObjectStore) -> None:
    stored = store.put("e", [b"a;b\n\xc3\xa5;2\n"], accept=("text/csv",), max_bytes=100)

    assert stored.media_type == "text/csv"


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(place=st.integers(0, 400_000), cut=st.booleans())
def test_no_change_or_cut_goes_unnoticed(
    store: ObjectStore, tmp_path: Path, place: int, cut: bool
) -> None:
    stored = put(store, PDF)
    [path] = [p for p in tmp_path.rglob("*") if p.is_file()]
    sealed = bytearray(path.read_bytes())
    place %= len(sealed)
    if cut:
        del sealed[place:]
    else:
        sealed[place] ^= 1
    path.write_bytes(sealed)

    with pytest.raises(ObjectDamaged):
        list(store.read("ekvalla", stored.name, stored.key))
    store.remove("ekvalla", stored.name)


def test_an_object_renamed_to_another_does_not_open(store: ObjectStore) -> None:
    one, other = put(store, PDF), put(store, PDF)
    paths = [store._path("ekvalla", stored.name) for stored in (one, other)]
    paths[0].rename(paths[1])

    with pytest.raises(ObjectDamaged):
        list(store.read("ekvalla", other.name, one.key))


def test_no_name_leaves_the_folder(store: ObjectStore) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        list(store.read("ekvalla", "../../etc/passwd", bytes(32)))
