"""Everything the pages say to people can be said in English too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import catalogue

ROOT = Path(__file__).parents[2]
SAYING = frozenset({"say"})
MODULES = sorted((ROOT / "formbuilder" / "web").rglob("*.py"))


def said(path: Path) -> Iterator[str]:
    """Yield the literals that a module hands to the catalogue."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if name in SAYING and isinstance(first, ast.Constant):
            yield str(first.value)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_what_is_said_has_a_translation(path: Path) -> None:
    assert set() == set(said(path)) - set(catalogue.messages("en"))
