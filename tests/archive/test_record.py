import json
from dataclasses import replace
from datetime import date

import pytest

from archive.metadata import attachments, metadata, record_of
from archive.record import evidence_files
from schemas.definition import Retention
from schemas.errors import PermanentError
from tests.archived import record


def test_a_record_is_read_back_from_its_files_without_loss() -> None:
    rule = Retention(keep="P1Y", from_="event:returned", event="Datorn är återlämnad")
    written = record(dispose_after=date(2028, 6, 30), retention=rule)

    assert written == record_of({file.name: file for file in attachments(written)})


def test_a_record_from_before_the_words_of_code_lists_were_kept_is_read() -> None:
    older = {file.name: file for file in attachments(record())}
    said = json.loads(older["metadata.json"].content)
    del said["code_lists"]
    content = json.dumps(said).encode()
    older["metadata.json"] = replace(older["metadata.json"], content=content)

    assert record_of(older).code_lists == ()


def test_the_same_record_has_the_same_metadata_bytes() -> None:
    assert metadata(record()) == metadata(record())


def test_every_file_is_described_with_its_digest() -> None:
    described = {entry["name"] for entry in json.loads(metadata(record()))["files"]}

    assert {file.name for file in evidence_files(record())} == described


def test_files_that_are_no_record_are_refused() -> None:
    files = {file.name: file for file in attachments(record())}
    del files["metadata.json"]

    with pytest.raises(PermanentError, match="no archive record"):
        record_of(files)
