"""The documentation says what is there, all of it, and nothing that is not."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from archive.finding import Code
from archive.formats import BUILT_IN as FORMATS
from formbuilder.audit import Event
from formbuilder.cli import commands as cli
from formbuilder.config import Settings
from formbuilder.database import orders
from formbuilder.delivery.channels import BUILT_IN as CHANNELS
from formbuilder.delivery.channels.webhook import signature_headers
from formbuilder.settings_reading import KNOWN
from formbuilder.web.application import make
from formbuilder.web.house import House
from renderers.documents import BUILT_IN as DOCUMENTS
from schemas.checking import check
from schemas.field_types import BUILT_IN as FIELD_TYPES
from schemas.lint_rules import BUILT_IN as RULES
from schemas.messages import MESSAGES
from tests.docs import reading
from tests.docs.reading import PAGES, ROOT

every_page = pytest.mark.parametrize("page", PAGES, ids=reading.name)

TUTORIAL = ROOT / "docs" / "tutorial" / "build-a-form.md"
FB = re.compile(r"FB[0-9]{3}")


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
        for key, command in group.commands.items():
            yield from _leaves(command, *path, key)
    else:
        yield " ".join(path), group


LEAVES = dict(_leaves(cli))


@every_page
def test_every_command_that_is_named_exists_with_its_options(page: Path) -> None:
    wrong = [line for line in reading.commands(page) if not _can_be_called(line)]

    assert wrong == []


def _can_be_called(line: str) -> bool:
    words = re.sub(r"[\[\]]", " ", re.split(r" [#|>]|;|&&", line)[0]).split()
    here: click.Command = cli
    while words and isinstance(here, click.Group):
        if words[0] not in here.commands:
            return words[0].startswith(("-", "…")) or not words[0].isascii()
        here = here.commands[words.pop(0)]
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


def _section(page: str, heading: str) -> str:
    whole = reading.text(page)
    assert heading in whole
    return re.split(r"^##", whole.split(heading, 1)[1], maxsplit=1, flags=re.MULTILINE)[
        0
    ]


# Settings


def test_every_setting_is_in_the_reference() -> None:
    text = reading.text("docs/reference/settings.md")
    wanted = [f"`{key}`" for key in KNOWN] + [f"`{_variable(key)}`" for key in KNOWN]

    assert [name for name in wanted if name not in text] == []


def _variable(key: str) -> str:
    plain = "env" if key == "environment" else key
    return f"FORMBUILDER_{plain.replace('.', '_').upper()}"


@every_page
def test_no_setting_is_named_that_is_not_there(page: Path) -> None:
    known = {_variable(key) for key in KNOWN}
    known |= {"FORMBUILDER_CONFIG", "FORMBUILDER_TENANTS"}
    named = set(re.findall(r"FORMBUILDER_[A-Z_]+[A-Z]", page.read_text("utf-8")))

    assert sorted(named - known) == []


# Lint codes


def _codes() -> frozenset[str]:
    sources = [*(ROOT / "schemas").rglob("*.py"), *(ROOT / "formbuilder").rglob("*.py")]
    return frozenset(
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and FB.fullmatch(node.value)
    )


def _documented() -> dict[str, tuple[str, str]]:
    rows = re.findall(
        r"^\| (FB[0-9]{3}) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$",
        reading.text("docs/reference/lint-codes.md"),
        re.MULTILINE,
    )
    return {code: (severity, catches) for code, severity, catches in rows}


def test_the_lint_codes_that_are_documented_are_those_there_are() -> None:
    assert sorted(_codes()) == sorted(_documented())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_documented_as_it_says_itself(rule: Any) -> None:
    code, _, catches = str(rule.__doc__).splitlines()[0].partition(": ")

    severity, said = _documented()[code]
    assert (_severity(inspect.getsource(rule)), catches.casefold()) == (
        severity,
        said.casefold(),
    )


def _severity(source: str) -> str:
    if "strictness" in source:
        return "error, draft: warning"
    return "warning" if '"warning"' in source else "error"


# Addresses


def test_the_addresses_that_are_documented_are_those_there_are() -> None:
    settings = Settings(environment="test", home=Path("data"), keys=Path("keys"))
    nothing: Any = None
    house = House(
        settings=settings,
        services=nothing,
        keyring=nothing,
        sites={},
        directories={},
        clock=nothing,
        is_ready=nothing,
        metrics=nothing,
    )
    there = {
        (_blank(rule.rule), method)
        for rule in make(house).url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    documented = {
        (_blank(address.strip("`")), method)
        for address, methods, *_ in reading.table(
            "docs/reference/addresses.md", "address"
        )
        for method in methods.split(", ")
    }

    assert sorted(there) == sorted(documented)


def _blank(address: str) -> str:
    return re.sub(r"<[^>]+>", "<>", address)


# Ledger and audit


def _ledger_codes() -> frozenset[str]:
    """Return the codes that channels and the worker give, as far as they are fixed."""
    found = set()
    for source in (ROOT / "formbuilder").rglob("*.py"):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "")
                in ("ChannelRefused", "ChannelUnavailable", "_put_off")
                and node.args
            ):
                first = node.args[-1 if node.func.id == "_put_off" else 0]  # type: ignore[attr-defined]  # a Name, by the line above
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return frozenset(found)


def test_every_error_code_of_the_ledger_is_documented_and_no_other() -> None:
    rows = reading.table("docs/reference/ledger.md", "code")
    documented = {row[0].strip("`") for row in rows}

    assert sorted({*_ledger_codes(), "webhook_http_NNN"}) == sorted(documented)


def test_every_state_of_an_order_is_documented() -> None:
    rows = reading.table("docs/reference/ledger.md", "state")

    assert sorted(orders.STATES) == sorted(row[0].strip("`") for row in rows)


def test_every_audit_event_is_documented_as_written_or_reserved() -> None:
    text = reading.text("docs/reference/ledger.md").split("## Audit events")[1]
    written, _, reserved = text.partition("These names are reserved")
    sources = [path.read_text("utf-8") for path in (ROOT / "formbuilder").rglob("*.py")]
    used = set(re.findall(r"Event\.([A-Z_]+)", "\n".join(sources)))

    assert sorted(Event[name].value for name in used) == sorted(
        event.value for event in Event if f"`{event.value}`" in written
    )
    assert sorted(event.value for event in Event if event.name not in used) == sorted(
        event.value for event in Event if f"`{event.value}`" in reserved.split(".")[0]
    )


def test_every_finding_of_the_archive_is_documented() -> None:
    text = reading.text("docs/reference/archive-record.md")

    assert [c for c in Code.__args__ if f"`{c}`" not in text] == []


# The form definition and its parts


def _members(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for name, member in schema.get("properties", {}).items():
            yield name
            yield from _members(member)
        for key in ("then", "else", "items", "additionalProperties"):
            yield from _members(schema.get(key))
        for member in schema.get("$defs", {}).values():
            yield from _members(member)


@pytest.mark.parametrize(
    ("document", "page"),
    [("form-definition", "form-definition"), ("directory", "directory")],
)
def test_every_member_of_a_published_schema_is_in_its_reference(
    document: str, page: str
) -> None:
    text = reading.text(f"schemas/documents/{document}.schema.json")
    reference = reading.text(f"docs/reference/{page}.md")

    assert [
        member
        for member in dict.fromkeys(_members(json.loads(text)))
        if not re.search(rf"[`\"]{re.escape(member)}[`\":]", reference)
        and not re.search(rf"[`.\[]{re.escape(member)}[\].]", reference)
    ] == []


@pytest.mark.parametrize(
    ("parts", "page", "heading"),
    [
        (FIELD_TYPES, "form-definition", "field type"),
        (DOCUMENTS, "deliveries", "kind"),
        (CHANNELS, "deliveries", "channel"),
        (CHANNELS, "directory", "channel"),
        (FORMATS, "archive-record", "format"),
    ],
    ids=["field types", "documents", "channels", "channel settings", "formats"],
)
def test_every_part_is_documented_and_no_other(
    parts: tuple[Any, ...], page: str, heading: str
) -> None:
    rows = reading.table(f"docs/reference/{page}.md", heading)

    assert sorted(part.key for part in parts) == sorted(
        row[0].strip("`") for row in rows
    )


def test_every_code_a_scenario_may_expect_is_documented() -> None:
    text = reading.text("docs/reference/form-definition.md")

    assert [code for code in MESSAGES if f"`{code}`" not in text] == []


def test_the_receivers_recipe_accepts_our_signature_and_no_other() -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - for this test alone

    recipe = next(
        block.text
        for block in reading.blocks(ROOT / "docs/reference/deliveries.md")
        if block.language == "python"
    )
    made: dict[str, Any] = {}
    exec(recipe, made)  # noqa: S102 - the documented recipe itself
    secret = "whsec_" + "c2VjcmV0" * 4
    key = __import__("base64").b64decode("c2VjcmV0" * 4)
    at = datetime(2027, 2, 1, tzinfo=UTC)
    headers = signature_headers("0190a", b"{}", at=at, secrets=[b"other", key])

    assert made["is_genuine"](secret, headers, b"{}")
    assert not made["is_genuine"](secret, headers, b"{ }")


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
