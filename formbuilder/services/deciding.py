"""What a signature leads to: the case after it and what each receiver is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from formbuilder.services.casebook import CaseFile
from formbuilder.services.tools import Tools
from schemas.acceptance import Acceptance, CaseState, Offer, accept
from schemas.accepted import accepted
from schemas.compiling import CompiledForm
from schemas.consent import Choice
from schemas.definition import Json, Receiver
from schemas.pointers import covers
from schemas.projection import Payload, project, reads, receivers
from schemas.snapshots import Change, Stream, changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The acceptance with every receiver's change and the payload behind it."""

    acceptance: Acceptance
    changes: tuple[Change, ...]
    payloads: Mapping[str, Payload | None]
    now: datetime


def decide(
    tools: Tools,
    tenant: str,
    form: CompiledForm,
    case_id: str,
    *,
    state: CaseState,
    streams: Mapping[str, Stream],
    header: Json,
    offers: Sequence[Offer],
    choices: Sequence[Choice],
    signer: str,
) -> Decision:
    """Return all that follows from the offers; nothing is stored."""
    now = tools.clock()
    acceptance = accept(state, offers, choices, signer=signer, now=now)
    payloads = snapshots(
        tools, tenant, form, case_id, state=acceptance.state, header=header, now=now
    )
    return Decision(
        acceptance=acceptance,
        changes=stream_changes(tools, tenant, case_id, streams, payloads),
        payloads=payloads,
        now=now,
    )


def snapshots(
    tools: Tools,
    tenant: str,
    form: CompiledForm,
    case_id: str,
    *,
    state: CaseState,
    header: Json,
    now: datetime,
) -> Mapping[str, Payload | None]:
    """Return every receiver's view of what has arrived.

    A view of what is sealed to its department is left out unless the answers were
    just given: nobody here can read them any more.
    """
    found = accepted(state, header, now)
    closed = _closed(state)
    return {
        receiver.id: project(
            form,
            receiver,
            found.shared,
            ref=tools.reference(tenant, case_id, receiver.department),
            own=found.own,
        )
        for receiver in receivers(form)
        if not _reads_any(form, receiver, closed)
    }


def stream_changes(
    tools: Tools,
    tenant: str,
    case_id: str,
    streams: Mapping[str, Stream],
    payloads: Mapping[str, Payload | None],
) -> tuple[Change, ...]:
    """Return the receivers whose view has new bytes."""

    def mac(receiver: str, content: bytes) -> str:
        place = f"payload/{case_id}/{receiver}"
        return tools.keyring.index(tenant, place, content.decode())

    written = {key: p.bytes() if p else None for key, p in payloads.items()}
    return changes(streams, written, mac)


def _closed(state: CaseState) -> tuple[str, ...]:
    """Return the fields whose answers count and cannot be read here."""
    return tuple(
        pointer
        for version in state.versions
        if version.is_current and version.answers is None
        for pointer in state.units[version.key].fields
    )


def _reads_any(form: CompiledForm, receiver: Receiver, fields: Sequence[str]) -> bool:
    return bool(fields) and any(
        covers(field, pointer) or covers(pointer, field)
        for pointer in reads(form, receiver)
        for field in fields
    )


def is_moved(
    case: CaseFile | None, against: Mapping[tuple[str, str, str], str]
) -> set[str]:
    """Return the sections where another version stands than the signer saw."""
    if case is None:
        return {section for (section, _, _), seen in against.items() if seen}
    found = set()
    for place, seen in against.items():
        version = case.state.waiting(place) or case.state.current(place)
        if (version.id if version else "") != seen:
            found.add(place[0])
    return found
