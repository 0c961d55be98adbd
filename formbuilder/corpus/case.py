"""One case of a corpus: a schema, its layout, and answers known to be right or wrong."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from schemas.definition import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """Answers with their label; `leaves_out` are root keywords it does not count."""

    answers: Json
    is_valid: bool
    note: str = ""
    leaves_out: frozenset[str] = frozenset()
    is_disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A schema as its author wrote it or as the corpus has it, ready to import."""

    name: str
    schema: Json
    ui: Json = None
    instances: tuple[Instance, ...] = ()
    quirks: tuple[str, ...] = ()

    def without(self, keywords: frozenset[str]) -> Json:
        """Return the schema without some of its root keywords."""
        if not keywords:
            return self.schema
        return {name: one for name, one in self.schema.items() if name not in keywords}


def read_cases(folder: Path, *, original: bool = False) -> Iterator[Case]:
    """Yield the cases of a folder; with `original`, in the draft they came in."""
    marks = _quirks(folder)
    inner = folder / "cases"
    for path in sorted((inner if inner.is_dir() else folder).glob("*.json")):
        if path.name != "index.json":
            yield read_case(path, marks.get(path.stem, ()), original=original)


def read_case(
    path: Path, quirks: tuple[str, ...] = (), *, original: bool = False
) -> Case:
    """Return the case in a file."""
    found = json.loads(path.read_text(encoding="utf-8"))
    schema = found["schema"]
    if original and found.get("schema_original"):
        schema = found["schema_original"]
    variants = found.get("variants", {})
    return Case(
        name=path.stem,
        schema=schema,
        ui=(found.get("ui") or {}).get("value"),
        instances=tuple(_instance(one, variants) for one in found.get("instances", ())),
        quirks=quirks,
    )


def _instance(found: Mapping[str, Json], variants: Mapping[str, Json]) -> Instance:
    variant = variants.get(found.get("variant", ""), {})
    return Instance(
        answers=found["data"],
        is_valid=found["valid"],
        note=found.get("note", ""),
        leaves_out=frozenset(variant.get("delete", ())),
        is_disputed=bool(found.get("depends_on")),
    )


def _quirks(folder: Path) -> dict[str, tuple[str, ...]]:
    index = folder / "index.json"
    if not index.is_file():
        return {}
    listed = json.loads(index.read_text(encoding="utf-8"))["cases"]
    return {one["name"]: tuple(one.get("quirks", ())) for one in listed}
