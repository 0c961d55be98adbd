import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from archive.envelope import open_with_key
from archive.finding import Finding
from archive.format import ArchiveFormat
from archive.formats import BUILT_IN, archive_format
from archive.keys import RecordKey, new_record_key
from archive.metadata import attachments, metadata
from archive.packaging.readme import readme
from archive.reading import read_record
from archive.record import DECLINED, SIGNED, ArchiveRecord, SignatureEvidence
from archive.sealing import deposit
from archive.stores.local import LocalStore
from archive.verification import (
    is_covered,
    verify_document,
    verify_package,
    verify_stored,
)
from schemas.canonical import manifest, section_digest
from schemas.definition import Retention
from tests.archived import ANSWERS, SALT, document_of, record
from tests.eark import UNSATISFIABLE, VALIDATOR, verdict

every_format = pytest.mark.parametrize(
    "kind", [part() for part in BUILT_IN], ids=lambda part: part.key
)


@pytest.fixture(scope="module")
def whole() -> ArchiveRecord:
    made = record(is_test=True)
    return made.represented_by(document_of(made))


DIGEST = section_digest(SALT, json.loads(ANSWERS))


def resigned(
    signature: SignatureEvidence,
    sections: dict[str, str],
    declined: dict[str, str] | None = None,
) -> SignatureEvidence:
    """Return the signature as if it stood on another manifest."""
    other = manifest(
        form="f", version="v", case="c", sections=sections, declined=declined
    )
    return replace(signature, manifest=other)


def written(kind: ArchiveFormat, made: ArchiveRecord, folder: Path) -> Path:
    for name, content in kind.files(made):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "norrby-0190a"


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


@every_format
def test_the_same_record_gives_the_same_package(
    kind: ArchiveFormat, whole: ArchiveRecord
) -> None:
    assert list(kind.files(whole)) == list(kind.files(whole))


@every_format
def test_a_package_just_written_is_found_right(
    kind: ArchiveFormat, whole: ArchiveRecord, tmp_path: Path
) -> None:
    assert verify_package(written(kind, whole, tmp_path)) == ()


@every_format
def test_every_file_that_is_altered_is_found_by_its_record(
    kind: ArchiveFormat, whole: ArchiveRecord, tmp_path: Path
) -> None:
    folder = written(kind, whole, tmp_path)

    missed = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        half = len(content) // 2
        path.write_bytes(
            content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]
        )
        found = verify_package(folder)
        if not found or {f.record for f in found} != {"norrby-0190a"}:
            missed.append(path.name)
        path.write_bytes(content)

    assert missed == []


@every_format
def test_a_lost_file_and_an_added_one_are_found(
    kind: ArchiveFormat, whole: ArchiveRecord, tmp_path: Path
) -> None:
    folder = written(kind, whole, tmp_path)
    lost = next(folder.rglob("svar.json"))
    lost.rename(lost.with_name("annat.json"))

    assert {"file.missing", "file.unlisted"} <= codes(verify_package(folder))


@every_format
def test_paths_stay_in_one_plain_folder(
    kind: ArchiveFormat, whole: ArchiveRecord
) -> None:
    names = [name for name, _ in kind.files(whole)]

    assert all(name.startswith("norrby-0190a/") for name in names)
    assert all(name.isascii() and ".." not in name for name in names)
    assert len(names) == len(set(names))


@every_format
def test_a_format_is_found_by_its_key(kind: ArchiveFormat) -> None:
    assert archive_format(kind.key).key == kind.key


def test_a_folder_of_something_else_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")

    assert codes(verify_package(tmp_path)) == {"package.unknown"}


def test_sha256sum_agrees_with_the_folder(whole: ArchiveRecord, tmp_path: Path) -> None:
    folder = written(archive_format("folder"), whole, tmp_path)

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],  # noqa: S607 - the archivist's own program
        cwd=folder,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(
    not VALIDATOR.exists(), reason="eark-validator is missing: run script/setup-eark"
)
def test_eark_validator_accepts_the_package(
    whole: ArchiveRecord, tmp_path: Path
) -> None:
    folder = written(archive_format("eark"), whole, tmp_path)

    report = verdict(folder)

    assert report["structure"] == "WellFormed"
    assert report["schema"] == "VALID"
    assert set(report["errors"]) <= UNSATISFIABLE


@pytest.mark.skipif(
    not VALIDATOR.exists(), reason="eark-validator is missing: run script/setup-eark"
)
def test_eark_validator_refuses_a_package_without_its_agent(
    whole: ArchiveRecord, tmp_path: Path
) -> None:
    folder = written(archive_format("eark"), whole, tmp_path)
    mets = folder / "METS.xml"
    mets.write_bytes(mets.read_bytes().replace(b'ROLE="CREATOR"', b'ROLE="EDITOR"'))

    assert "CSIP11" in verdict(folder)["errors"]


def test_a_record_reads_back_from_its_document(whole: ArchiveRecord) -> None:
    assert read_record(whole.representations[0].content) == whole


def test_metadata_follows_its_published_schema() -> None:
    schema = json.loads(
        Path("schemas/documents/archive-record.schema.json").read_text("utf-8")
    )
    Draft202012Validator.check_schema(schema)

    assert (
        list(Draft202012Validator(schema).iter_errors(json.loads(metadata(record()))))
        == []
    )


@pytest.fixture
def stored(
    whole: ArchiveRecord, tmp_path: Path
) -> tuple[LocalStore, RecordKey, str, str]:
    store, key = LocalStore(tmp_path), new_record_key(whole.id)
    document = whole.representations[0].content
    done = deposit(store, "norrby/0190a.pdf.cms", document, key)
    return store, key, done.name, done.envelope_sha256


Stored = tuple[LocalStore, RecordKey, str, str]


def test_a_stored_record_is_found_right(stored: Stored) -> None:
    store, key, name, sha256 = stored

    found = verify_stored(
        store, name, sha256=sha256, record_id="0190a",
        opener=lambda e: open_with_key(e, key.key, key.key_id),
    )  # fmt: skip

    assert found == ()


def test_one_byte_altered_in_the_store_is_found_by_name(stored: Stored) -> None:
    store, key, name, sha256 = stored
    path = store.root / name
    content = path.read_bytes()
    path.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])

    found = verify_stored(
        store, name, sha256=sha256,
        opener=lambda e: open_with_key(e, key.key, key.key_id),
    )  # fmt: skip

    assert {"record.altered", "record.unopenable"} == codes(found)
    assert {name} == {finding.record for finding in found}


def test_a_byte_altered_is_found_without_any_key(stored: Stored) -> None:
    store, _, name, sha256 = stored
    (store.root / name).write_bytes(b"\0" + store.get(name)[1:])

    found = verify_stored(store, name, sha256=sha256, opener=None)

    assert {"record.altered"} == codes(found)


def test_a_record_that_is_gone_is_found_by_name(stored: Stored) -> None:
    store, _, name, sha256 = stored
    store.remove(name)

    found = verify_stored(store, name, sha256=sha256, opener=None)

    assert [("record.missing", name)] == [(f.code, f.record) for f in found]


def test_a_record_put_in_anothers_place_is_found(stored: Stored) -> None:
    store, key, name, sha256 = stored

    found = verify_stored(
        store, name, sha256=sha256, record_id="0190b",
        opener=lambda e: open_with_key(e, key.key, key.key_id),
    )  # fmt: skip

    assert {"record.another"} == codes(found)


def test_answers_that_nobody_signed_are_found() -> None:
    made = record(answers=ANSWERS.replace(b"peanut", b"egg"))

    found = verify_document(document_of(made).content, name="0190a")

    assert {"signature.other-answers"} == codes(found)
    assert len(found) == 2


def test_a_file_that_the_signed_answers_do_not_name_is_found() -> None:
    other = replace(record().files[0], content=b"Another")
    made = record(files=(other,))

    found = verify_document(document_of(made).content, name="0190a")

    assert [("signature.other-files", "bilaga-1-intyg.txt")] == [
        (f.code, f.path) for f in found
    ]


def test_the_second_version_under_one_signature_is_signed_too() -> None:
    made = record()
    signed = [
        resigned(s, {"diet": "0" * 64, "diet 2": DIGEST}) for s in made.signatures
    ]
    unsigned = [
        resigned(s, {"diet": "0" * 64, "diet/2": DIGEST}) for s in made.signatures
    ]

    assert all(is_covered(made, signature) for signature in signed)
    assert not any(is_covered(made, signature) for signature in unsigned)


def test_a_no_is_no_yes() -> None:
    made = record()
    yes = made.signatures[0]
    no = replace(yes, decision=DECLINED)
    said_no = resigned(no, {}, {"diet": DIGEST})

    assert is_covered(made, said_no)
    assert not is_covered(made, no)
    assert not is_covered(made, replace(said_no, decision=SIGNED))


@every_format
def test_no_file_is_named_after_anybody(
    kind: ArchiveFormat, whole: ArchiveRecord
) -> None:
    known = whole.about.subject
    assert known is not None
    names = " ".join(name for name, _ in kind.files(whole)).lower()

    for person in (known, *whole.about.guardians, *whole.signatures):
        assert person.personal_number not in names
        assert not any(word in names.split("-") for word in person.name.lower().split())


def test_answers_that_were_sent_without_a_signature_need_none() -> None:
    sent = replace(record().signatures[0], signature=b"", ocsp=b"", manifest=b"")
    made = record(signatures=(sent,))

    assert verify_document(document_of(made).content, name="0190a") == ()


def test_a_form_that_is_not_the_one_answered_is_found() -> None:
    made = record(form_document=b'{"id":"annat"}')

    found = verify_document(document_of(made).content, name="0190a")

    assert codes(found) == {"record.other-form"}


def test_what_is_no_document_is_found() -> None:
    assert {"record.unreadable"} == codes(verify_document(b"%PDF", name="0190a"))


@pytest.mark.verapdf
def test_the_record_is_a_valid_archive_document(whole: ArchiveRecord) -> None:
    from tests.verapdf import validate  # noqa: PLC0415 - Java starts here only

    document = whole.representations[0].content

    assert validate(document, "3a").broken == {}
    assert validate(document, "ua1").broken == {}


def test_attachments_come_in_name_order() -> None:
    names = [file.name for file in attachments(record())]

    assert sorted(names) == names


def test_the_note_beside_a_package_says_in_words_how_long_it_is_kept(
    whole: ArchiveRecord,
) -> None:
    rule = Retention(keep="P1M", from_="school_year_end", decision="BUN 2027/1")
    said = readme(replace(whole, retention=rule)).decode()

    assert "Bevarande eller gallring: 1 månad efter läsårets slut. Beslut: BUN" in said
