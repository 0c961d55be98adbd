"""The documentation's pages: links, sentences, JSON, commands, glossary."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from formbuilder.cli import commands as cli
from schemas.checking import check
from tests.docs import reading
from tests.docs.reading import PAGES, ROOT

every_page = pytest.mark.parametrize("page", PAGES, ids=reading.name)

TUTORIAL = ROOT / "docs" / "tutorial" / "build-a-form.md"


# Pages


@every_page
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    lost = [link for link in reading.links(page) if not _is_there(page, link)]

    assert lost == []


def _is_there(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if anchor and target.suffix == ".md":
        return target.is_file() and anchor in reading.anchors(target)
    return target.exists()


@every_page
def test_there_is_one_sentence_on_each_line(page: Path) -> None:
    lines = [
        line
        for line in reading.prose(page).splitlines()
        if not line.startswith(("|", "#"))
        and re.search(r"[.!?] [A-ZÅÄÖ]", _plain(line))
    ]

    assert lines == []


def _plain(line: str) -> str:
    """Return a line without its number in a list and without code."""
    return reading.SPAN.sub("x", re.sub(r"^ *[0-9]+\. ", "", line))


@every_page
def test_every_json_block_is_json(page: Path) -> None:
    for block in reading.blocks(page):
        if block.language == "json":
            json.loads(block.text)


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    listed = {(index.parent / link).resolve() for link in reading.links(index)}

    assert [
        reading.name(page)
        for page in PAGES
        if page.parent != ROOT and page != index and page not in listed
    ] == []


@every_page
def test_every_whole_definition_passes_check(page: Path) -> None:
    if page == TUTORIAL:  # its unfinished ones are checked step by step
        return
    directory = (ROOT / "examples" / "directory.toml").read_text(encoding="utf-8")
    for block in reading.blocks(page):
        if block.language == "json" and '"urn:formbuilder:form-definition:1"' in (
            block.text
        ):
            found = check(block.text, file=page.name, directory_text=directory)
            assert [p.message for p in found if p.severity == "error"] == []


def test_the_section_in_the_readme_is_one_that_can_be_published() -> None:
    section = next(
        block.text
        for block in reading.blocks(ROOT / "README.md")
        if block.language == "json"
    )
    name = {"type": "string", "readOnly": True}
    names = {"given_name": {"title": "Förnamn", **name}, "family_name": {**name}}
    form = {
        "id": "skolstart",
        "title": "Skolstart",
        "identity": {"about": "child"},
        "schema": {
            "type": "object",
            "properties": {"child": {"type": "object", "properties": names}},
        },
        "sections": [json.loads(section)],
    }
    directory = reading.text("examples/directory.toml")

    found = check(json.dumps(form), directory_text=directory)

    assert [p.message for p in found] == []
    assert len(section.splitlines()) == 8


# Commands


def _leaves(group: click.Command, *path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        for key in group.list_commands(click.Context(group)):
            yield from _leaves(_command(group, key), *path, key)
    else:
        yield " ".join(path), group


def _command(group: click.Group, name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


LEAVES = dict(_leaves(cli))


@every_page
def test_every_command_that_is_named_exists_with_its_options(page: Path) -> None:
    wrong = [line for line in reading.commands(page) if not _can_be_called(line)]

    assert wrong == []


def _can_be_called(line: str) -> bool:
    words = re.sub(r"[\[\]]", " ", re.split(r" [#|>]|;|&&", line)[0]).split()
    here: click.Command = cli
    while words and isinstance(here, click.Group):
        if words[0] not in here.list_commands(click.Context(here)):
            return words[0].startswith(("-", "…")) or not words[0].isascii()
        here = _command(here, words.pop(0))
    known = {"--help", *(o for p in here.params for o in (*p.opts, *p.secondary_opts))}
    return all(w.split("=")[0] in known for w in words if w.startswith("--"))


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_is_in_the_reference_with_all_its_options(name: str) -> None:
    section = _section("docs/reference/commands.md", f"### formbuilder {name}\n")
    options = {
        option
        for parameter in LEAVES[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }

    assert sorted(o for o in options - {"--help"} if o not in section) == []


@pytest.mark.parametrize("name", LEAVES)
def test_a_command_speaks_of_itself_in_one_language(name: str) -> None:
    shown = LEAVES[name].get_help(click.Context(LEAVES[name], info_name=name))
    own = re.sub(r"“[^”]*”|\([^)]*\)|2 år", "", shown)

    assert re.findall(r"\w*[åäöÅÄÖ]\w*", own) == []


def _section(page: str, heading: str) -> str:
    whole = reading.text(page)
    assert heading in whole
    return re.split(r"^##", whole.split(heading, 1)[1], maxsplit=1, flags=re.MULTILINE)[
        0
    ]


# The glossary


def _terms() -> list[str]:
    return [row[0] for row in reading.table("docs/glossary.md", "English")]


def test_the_glossary_has_each_word_once_in_order() -> None:
    assert sorted(set(_terms())) == _terms()


def test_every_contract_has_its_word_in_the_glossary() -> None:
    packages = ("schemas", "renderers", "archive", "formbuilder")
    contracts = {
        path.stem.replace("_", " ")
        for package in packages
        for path in (ROOT / package).rglob("*.py")
        if (path.parent / f"{path.stem}s" / "__init__.py").is_file()
    }

    words = {word for term in _terms() for word in (term, term.rpartition(" ")[2])}
    assert sorted(contracts - words) == []
