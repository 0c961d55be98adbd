"""What the scanner has not read goes no further than the draft, and nothing is lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest
from household import AMIR, FATIMA
from school_start import ALLERGY, NUTS
from town import Town, compiled_once, found_town

from formbuilder.scanning.scanner import Scanner
from formbuilder.scanning.scanners.clamav import ClamAV
from formbuilder.services import build
from formbuilder.services.drafts import Draft
from formbuilder.services.session import Session
from formbuilder.services.upload import Upload
from schemas.errors import InvalidAnswer, InvalidSubmission
from tests.clamd import MALWARE, a_place_for_clamd, clamd

PDF = b"%PDF-1.7\n" + b"%" * 70_000
BAD = PDF + MALWARE
DIET = "/diet/certificate"


@dataclass
class Sending:
    """Fatima with a certificate, in a town that scans."""

    town: Town
    place: Path
    session: Session

    def attach(self, draft: Draft, content: bytes) -> Upload:
        return self.town.services.drafts.attach(
            self.session,
            draft.id,
            DIET,
            "intyg.pdf",
            "application/pdf",
            iter([content]),
        )

    def answered(self, content: bytes) -> Draft:
        draft = self.town.answered(self.session, AMIR, NUTS)
        upload = self.attach(draft, content)
        diet = {**ALLERGY, "certificate": upload.value}
        return self.town.fill(self.session, draft, NUTS | {"diet": diet})

    def refused(self, draft: Draft) -> set[tuple[str, str]]:
        with pytest.raises(InvalidSubmission) as refusal:
            self.town.sign(self.session, draft)
        return {(p.pointer, p.code) for p in refusal.value.problems}


@pytest.fixture
def sending(tmp_path: Path) -> Iterator[Sending]:
    with a_place_for_clamd() as place:
        town = found_town(tmp_path, ClamAV(str(place)))
        town.publish()
        yield Sending(town=town, place=place, session=town.session(FATIMA))
        town.database.close()


def test_malware_is_refused_and_nothing_of_it_is_kept(sending: Sending) -> None:
    draft = sending.town.answered(sending.session, AMIR, NUTS)

    with clamd(sending.place), pytest.raises(InvalidAnswer, match="file-malware"):
        sending.attach(draft, BAD)

    assert sending.town.services.drafts.uploads(sending.session, draft.id) == ()
    assert sending.town.tools.objects is not None
    assert list(sending.town.tools.objects.names("ekvalla")) == []


def test_a_file_waits_in_the_draft_until_the_scanner_answers(sending: Sending) -> None:
    draft = sending.answered(PDF)

    assert sending.refused(draft) == {(DIET, "file-waiting")}
    with clamd(sending.place):
        assert sending.town.sign(sending.session, draft).reference


def test_a_file_that_turns_out_bad_is_destroyed_and_its_sender_told(
    sending: Sending,
) -> None:
    draft = sending.answered(BAD)
    with clamd(sending.place):
        sending.town.services.tidy("ekvalla")

    assert sending.refused(draft) == {(DIET, "file-stopped")}
    [upload] = sending.town.services.drafts.uploads(sending.session, draft.id)
    assert upload.is_stopped
    assert sending.town.tools.objects is not None
    assert list(sending.town.tools.objects.names("ekvalla")) == []


def test_a_file_that_is_gone_keeps_no_other_waiting(sending: Sending) -> None:
    draft = sending.town.answered(sending.session, AMIR, NUTS)
    gone, there = sending.attach(draft, PDF), sending.attach(draft, PDF + b"%")
    assert sending.town.tools.objects is not None
    sending.town.tools.objects.remove("ekvalla", gone.object_name)

    with clamd(sending.place):
        sending.town.services.tidy("ekvalla")

    found = sending.town.services.drafts.uploads(sending.session, draft.id)
    assert {one.id: one.is_waiting for one in found} == {gone.id: True, there.id: False}


def test_another_file_may_take_its_place(sending: Sending) -> None:
    draft = sending.answered(BAD)

    with clamd(sending.place):
        sending.town.services.tidy("ekvalla")
        diet = {**ALLERGY, "certificate": sending.attach(draft, PDF).value}
        draft = sending.town.fill(sending.session, draft, NUTS | {"diet": diet})
        assert sending.town.sign(sending.session, draft).reference


def test_what_nobody_looked_at_is_read_once_there_is_a_scanner(tmp_path: Path) -> None:
    town = found_town(tmp_path)
    town.publish()
    session = town.session(FATIMA)
    draft = town.answered(session, AMIR, NUTS)
    attached = town.services.drafts.attach(
        session, draft.id, DIET, "a.pdf", "application/pdf", iter([BAD])
    )

    with a_place_for_clamd() as place, clamd(place):
        tools = replace(town.tools, scanner=ClamAV(str(place)))
        files = build(tools, town.store, compiled_once).files
        [before] = files.of("ekvalla", draft.id)
        files.scan_waiting("ekvalla")
        [after] = files.of("ekvalla", draft.id)
    town.database.close()

    assert not attached.is_waiting
    assert (before.is_waiting, before.is_stopped) == (True, False)
    assert (after.is_waiting, after.is_stopped) == (False, True)


def test_a_scanner_that_does_not_answer_is_asked_once_for_all_files(
    sending: Sending,
) -> None:
    draft = sending.answered(PDF)
    sending.attach(draft, PDF + b"another")
    asked = Counting(sending.town.tools.scanner)
    tools = replace(sending.town.tools, scanner=asked)

    found = build(tools, sending.town.store, compiled_once).files.scanned(
        "ekvalla", draft.id
    )

    assert [one.is_waiting for one in found] == [True, True]
    assert asked.times == 1


@dataclass
class Counting:
    """A scanner that counts how often it is asked."""

    scanner: Scanner
    times: int = 0
    key: ClassVar[str] = "clamav"

    def scan(self, pieces: Iterable[bytes]) -> str:
        self.times += 1
        return self.scanner.scan(pieces)

    def version(self) -> str:
        return self.scanner.version()
