"""The official JSON Schema test suite, where somebody has it.

It lies outside the project: the folder is named by FORMBUILDER_CORPUS, or is
`shared/corpus` beside the checkout.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from reference_validator import reference_validator

from schemas.subschemas import compile_schema
from tests.schemas.verdicts import agree, compiled_places, known, reference_places

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CORPUS = Path(os.environ.get("FORMBUILDER_CORPUS", BESIDE)) / "suites"
SUITE = CORPUS / "JSON-Schema-Test-Suite"
DRAFT = SUITE / "draft2020-12"

pytestmark = pytest.mark.skipif(
    not DRAFT.exists(),
    reason="no JSON Schema test suite here: set FORMBUILDER_CORPUS to the folder "
    "with suites/",
)

# The suite takes formats for annotations where a dialect says no more; a form's
# formats are asserted, which these cases alone contradict.
ANNOTATED = "format.json"

OTHER_DRAFTS = frozenset({"cross-draft.json", "dependencies-compatibility.json"})
"""Optional: what earlier drafts meant, which the importer rewrites."""

Case = tuple[str, Any, Any]


def remotes() -> dict[str, Any]:
    folder = SUITE / "remotes"
    return {
        f"http://localhost:1234/{path.relative_to(folder).as_posix()}": _read(path)
        for path in sorted(folder.rglob("*.json"))
    }


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def cases(*paths: Path) -> Iterator[Case]:
    for path in paths:
        for group in _read(path):
            for case in group["tests"]:
                said = f"{path.name}: {group['description']}: {case['description']}"
                yield said, group["schema"], case


def mandatory() -> list[Path]:
    return sorted(DRAFT.glob("*.json"))


def formats() -> list[Path]:
    return sorted((DRAFT / "optional" / "format").glob("*.json"))


@pytest.fixture(scope="module")
def bundled() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(
        list(remotes().items()), draft=jsonschema_rs.Draft202012
    )


def wrong(found: Iterator[Case], bundled: Any, *, asserts_formats: bool) -> list[str]:
    return [
        said
        for said, schema, case in found
        if compile_schema(schema, bundled, asserts_formats=asserts_formats).is_valid(
            case["data"]
        )
        is not case["valid"]
    ]


def test_the_mandatory_part_holds_with_formats_asserted(bundled: Any) -> None:
    paths = [path for path in mandatory() if path.name != ANNOTATED]

    assert wrong(cases(*paths), bundled, asserts_formats=True) == []


def test_the_mandatory_part_holds_whole_with_formats_as_annotations(
    bundled: Any,
) -> None:
    assert len(list(cases(*mandatory()))) == 1299
    assert wrong(cases(*mandatory()), bundled, asserts_formats=False) == []


def test_every_optional_format_holds(bundled: Any) -> None:
    assert len(list(cases(*formats()))) == 764
    assert wrong(cases(*formats()), bundled, asserts_formats=True) == []


def test_the_reference_finds_the_same_places(bundled: Any) -> None:
    """Verdict and place; a dialect without validation is read by one of them only."""
    registry = known(remotes())
    apart = []
    paths = [p for p in sorted(DRAFT.rglob("*.json")) if p.name not in OTHER_DRAFTS]
    for said, schema, case in cases(*paths):
        compiled = compile_schema(schema, bundled)
        reference = reference_validator(schema, registry)
        one = compiled_places(compiled, case["data"])
        other = reference_places(reference, case["data"])
        if not agree(one, other):
            apart.append((said, one, other))

    assert [said for said, *_ in apart if "no validation" not in said] == []
