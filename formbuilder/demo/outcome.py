"""What came of a walk: every department's deliveries, and the archive's records."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archive.formats import BUILT_IN
from formbuilder.app import Installation, open_installation
from formbuilder.database import inbox
from formbuilder.database.inbox import InboxRow
from formbuilder.delivery import bundle
from formbuilder.delivery.bundle import Listed
from formbuilder.demo.town import FORM, TENANT, Town
from formbuilder.services.archivist import Archivist
from formbuilder.services.carrying import Carrying
from formbuilder.services.files import Files
from formbuilder.services.following import Following
from schemas.projection import receivers
from schemas.representation import Representation


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One delivery as its department got it."""

    department: str
    receiver: str
    channel: str
    version: int
    files: tuple[Representation, ...]

    @property
    def columns(self) -> dict[str, Any]:
        """Return the payload's columns by name."""
        payload = next(f for f in self.files if f.name == "payload.json")
        content = json.loads(payload.content)
        return {column["name"]: column["value"] for column in content["columns"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """One record, with what its verification found."""

    id: str
    name: str
    findings: tuple[str, ...]
    package: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that was delivered and archived."""

    received: tuple[Received, ...]
    archived: tuple[Archived, ...]
    addressed: frozenset[str] = frozenset()  # departments that some answers would reach

    @property
    def silent(self) -> tuple[str, ...]:
        """Return the departments that this family's answers did not reach."""
        return tuple(sorted(self.addressed - {one.department for one in self.received}))

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield receiver, view, channel and what it got, for a table."""
        for one in self.received:
            got = ", ".join(
                f"{name}={json.dumps(value, ensure_ascii=False)}"
                for name, value in one.columns.items()
                if value not in (None, "", [])
            )
            channel = f"{one.channel} v{one.version}"
            yield one.department, one.receiver, channel, got

    def missing(self) -> list[str]:
        """Return what should be there and is not, or is and should not be."""
        reached = {one.department for one in self.received}
        wrong = [f"leverans till {key}" for key in sorted(EXPECTED - reached)]
        wrong += [f"ingen leverans till {key}" for key in sorted(UNEXPECTED & reached)]
        wrong += [
            f"{record.name}: {finding}"
            for record in self.archived
            for finding in record.findings
        ]
        return wrong if self.archived else [*wrong, "arkivposter"]

    def write(self, folder: Path, steps: list[str]) -> None:
        """Leave the files of DESIGN §5: receivers, archive and walk.json."""
        for one in self.received:
            place = folder / "receivers" / one.department
            place = place / f"{one.receiver}-v{one.version}-{one.channel}"
            place.mkdir(parents=True, exist_ok=True)
            for file in one.files:
                (place / file.name).write_bytes(file.content)
        for record in self.archived:
            for path, content in record.package:
                target = folder / "archive" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        told = {
            "steps": steps,
            "receivers": [
                {"department": d, "view": v, "channel": c, "columns": one.columns}
                for (d, v, c, _), one in zip(self.rows(), self.received, strict=True)
            ],
            "archive": [
                {"id": r.id, "name": r.name, "findings": list(r.findings)}
                for r in self.archived
            ],
        }
        text = json.dumps(told, ensure_ascii=False, indent=2)
        (folder / "walk.json").write_text(text, encoding="utf-8")


EXPECTED: Final = frozenset(
    {"placement", "school_office", "class_teacher", "kitchen", "school_health", "it"}
)
"""The departments that this family's answers must reach."""

UNEXPECTED: Final = frozenset({"communication", "finance"})
"""The departments that must not hear of this family: no photos, no leisure place."""


def outcome(town: Town) -> Outcome:
    """Collect what the departments and the archive hold now."""
    installation = open_installation(town.settings)
    try:
        return Outcome(
            received=(
                *_inboxes(installation),
                *_folders(installation),
                *_webhooks(town),
            ),
            archived=tuple(_archived(installation)),
            addressed=frozenset(
                receiver.department
                for receiver in receivers(
                    installation.services.forms.current(TENANT, FORM)
                )
            ),
        )
    finally:
        installation.close()


def _inboxes(installation: Installation) -> Iterator[Received]:
    tools = installation.tools
    departments = tools.directories[TENANT].departments
    carrying = Carrying(Files(tools), Following(tools))
    with installation.database.read(TENANT) as tc:
        rows = {key: inbox.of_department(tc, key) for key in departments}
    for key, department in departments.items():
        for row in rows[key]:
            opened = bundle.unseal(
                installation.tools.keyring,
                tenant=TENANT,
                department=key,
                order_id=row.order_id,
                sealed=row.content_sealed,
                is_sealed=department.sealed,
            )
            payload = Representation(
                name="payload.json",
                media_type="application/json",
                content=opened.payload,
            )
            yield Received(
                department=key,
                receiver=row.receiver,
                channel="inbox",
                version=row.version,
                files=(
                    payload,
                    *opened.documents,
                    *(_taken(carrying, row, file) for file in opened.files),
                ),
            )


def _taken(carrying: Carrying, row: InboxRow, file: Listed) -> Representation:
    content = b"".join(carrying.read(TENANT, row.department, row.order_id, file))
    return Representation(name=file.name, media_type=file.media_type, content=content)


def _folders(installation: Installation) -> Iterator[Received]:
    home = installation.settings.home
    for key, department in installation.tools.directories[TENANT].departments.items():
        settings = department.channels.get("folder")
        if settings is None:
            continue
        base = home / str(settings.get("path", f"delivered/{key}"))
        for place in sorted(base.glob("*")) if base.is_dir() else ():
            files = tuple(
                Representation(name=file.name, media_type="", content=file.read_bytes())
                for file in sorted(place.iterdir())
            )
            payload = next(f for f in files if f.name == "payload.json")
            content = json.loads(payload.content)
            yield Received(
                department=key,
                receiver=content["receiver"],
                channel="folder",
                version=int(content.get("version", 1)),
                files=files,
            )


def _webhooks(town: Town) -> Iterator[Received]:
    for message in town.webhooks.received.values():
        body = message["data"]
        payload = json.dumps(body["payload"], ensure_ascii=False).encode()
        yield Received(
            department="it",
            receiver=body["receiver"],
            channel="webhook",
            version=int(body["version"]),
            files=(
                Representation(
                    name="payload.json", media_type="application/json", content=payload
                ),
            ),
        )


def _archived(installation: Installation) -> Iterator[Archived]:
    archivist = Archivist(
        installation.tools, installation.services.archiving, installation.store
    )
    package = BUILT_IN[0]()
    for row in archivist.records(TENANT):
        record = archivist.open(TENANT, row.id)
        yield Archived(
            id=row.id,
            name=record.name,
            findings=tuple(
                f"{f.code}: {f.message}" for f in archivist.verify(TENANT, row.id)
            ),
            package=tuple(package.files(record)),
        )
