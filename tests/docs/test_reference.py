"""The reference has every setting, code, address and part there is, and no other."""

import ast
import inspect
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.finding import Code
from archive.formats import BUILT_IN as FORMATS
from formbuilder.accessibility.rules import BUILT_IN as FOR_EVERYONE
from formbuilder.audit import Event
from formbuilder.config import Settings
from formbuilder.database import orders
from formbuilder.delivery.channels import BUILT_IN as CHANNELS
from formbuilder.delivery.channels.webhook import signature_headers
from formbuilder.services.replacing import EarlierFirst
from formbuilder.settings_reading import KNOWN
from formbuilder.web.application import make
from formbuilder.web.house import House
from renderers.documents import BUILT_IN as DOCUMENTS
from schemas.field_types import BUILT_IN as FIELD_TYPES
from schemas.lint_rules import BUILT_IN as RULES
from schemas.messages import MESSAGES
from tests.docs import reading
from tests.docs.reading import PAGES, ROOT

every_page = pytest.mark.parametrize("page", PAGES, ids=reading.name)

FB = re.compile(r"FB[0-9]{3}")


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


@pytest.mark.parametrize(
    "rule", [*RULES, *FOR_EVERYONE], ids=lambda rule: rule.__name__
)
def test_a_rule_is_documented_as_it_says_itself(rule: Any) -> None:
    code, _, catches = str(rule.__doc__).splitlines()[0].partition(": ")

    severity, said = _documented()[code]
    assert (_severity(inspect.getsource(rule)), catches.casefold()) == (
        severity,
        said.casefold(),
    )


def test_no_two_rules_share_a_code() -> None:
    codes = [str(rule.__doc__).partition(":")[0] for rule in RULES]

    assert sorted(set(codes)) == sorted(codes)


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

    given = {*_ledger_codes(), EarlierFirst.code, "webhook_http_NNN"}
    assert sorted(given) == sorted(documented)


def test_every_state_of_an_order_is_documented() -> None:
    rows = reading.table("docs/reference/ledger.md", "state")

    assert sorted(orders.STATES) == sorted(row[0].strip("`") for row in rows)


def test_every_audit_event_is_written_somewhere_and_documented() -> None:
    text = reading.text("docs/reference/ledger.md").split("## Audit events")[1]
    sources = [path.read_text("utf-8") for path in (ROOT / "formbuilder").rglob("*.py")]
    used = set(re.findall(r"Event\.([A-Z_]+)", "\n".join(sources)))

    assert sorted(event.name for event in Event) == sorted(used)
    assert [event.value for event in Event if f"`{event.value}`" not in text] == []


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
    recipe = next(
        block.text
        for block in reading.blocks(ROOT / "docs/reference/deliveries.md")
        if block.language == "python"
    )
    made: dict[str, Any] = {}
    exec(recipe, made)  # noqa: S102 - the documented recipe itself
    secret = "whsec_" + "c2VjcmV0" * 4
    key = b64decode("c2VjcmV0" * 4)
    at = datetime(2027, 2, 1, tzinfo=UTC)
    headers = signature_headers("0190a", b"{}", at=at, secrets=[b"other", key])

    assert made["is_genuine"](secret, headers, b"{}")
    assert not made["is_genuine"](secret, headers, b"{ }")
