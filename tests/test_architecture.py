"""Guards that no single module can keep: registration, guards, headers, sizes."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from formbuilder.app import Installation, web
from formbuilder.config import SettingsRefused, load
from formbuilder.web.guards import WHO
from schemas import lint_rules
from schemas.messages import MESSAGES
from tests.promises.city import City, founded, prepare

ROOT = Path(__file__).parents[1]
PACKAGES = ("formbuilder", "schemas", "renderers", "archive")
PARTS = (
    "schemas.field_types",
    "renderers.documents",
    "archive.formats",
    "archive.stores",
    "formbuilder.delivery.channels",
    "formbuilder.delivery.engines",
    "formbuilder.identity.providers",
    "formbuilder.register.registers",
)
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("guarded")
    prepare(folder / "prepared")
    with founded(folder / "city", folder / "prepared") as found:
        yield found


def in_production(city: City) -> Flask:
    """Return the same municipalities as they would be served to the public."""
    town = city.town
    return web(
        Installation(
            settings=replace(city.settings, environment="production"),
            database=town.database,
            tools=town.tools,
            services=town.services,
            store=town.store,
            clock=town.clock,
        )
    )


# Modules


def modules() -> list[Path]:
    return [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]


def test_no_module_is_longer_than_one_can_read() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > LONGEST_MODULE
    }

    assert long == {}


def test_no_function_is_longer_than_one_can_hold() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 >= LONGEST_FUNCTION
        # A migration is a list of tables, read from top to bottom.
        and "migrations" not in path.parts
    }

    assert long == {}


@pytest.mark.parametrize("folder", PARTS)
def test_every_part_on_disk_is_registered(folder: str) -> None:
    package = importlib.import_module(folder)
    named = {name for name in files_of(package) if holds_part(f"{folder}.{name}")}

    assert named
    assert named == {home(part) for part in package.BUILT_IN}


def test_every_lint_rule_on_disk_is_registered() -> None:
    rules = {
        rule
        for name in files_of(lint_rules)
        for rule in importlib.import_module(f"schemas.lint_rules.{name}").RULES
    }

    assert rules == set(lint_rules.BUILT_IN)


def files_of(package: ModuleType) -> set[str]:
    folder = Path(str(package.__file__)).parent
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


def holds_part(name: str) -> bool:
    """Tell whether a module holds a part: a class of its own with a key."""
    module = importlib.import_module(name)
    return any(
        isinstance(thing, type)
        and "key" in vars(thing)
        and thing.__module__ == module.__name__
        for thing in vars(module).values()
    )


def home(part: object) -> str:
    """Return the file a registered part lives in."""
    kind = part if isinstance(part, type) else type(part)
    return kind.__module__.rsplit(".", maxsplit=1)[-1]


def test_every_refusal_of_an_answer_has_its_words() -> None:
    codes = {
        code
        for path in modules()
        for code in re.findall(r'InvalidAnswer\(\s*"([^"]+)"', path.read_text())
    }

    assert codes
    assert codes <= {*MESSAGES, "required"}  # REQUIRED has the words by kind.


# Routes


def test_every_route_says_who_may_call_it(city: City) -> None:
    silent = [
        rule.rule
        for rule in city.app.url_map.iter_rules()
        if not getattr(city.app.view_functions[rule.endpoint], WHO, "")
    ]

    assert silent == []


def test_only_these_are_open_to_everybody(city: City) -> None:
    """Widen this list on purpose only: whatever is not here asks who one is."""
    open_to_all = {
        rule.rule
        for rule in city.app.url_map.iter_rules()
        if getattr(city.app.view_functions[rule.endpoint], WHO) == "anyone"
    }

    assert open_to_all <= {
        *("/", "/om/<subject>", "/e/<form_id>", "/e/<form_id>/borja"),
        *("/logga-in", "/logga-in/tid", "/logga-ut", "/static/<path:name>"),
        *("/legitimera/ater", "/legitimera/<shown>", "/legitimera/<shown>/status"),
        *("/legitimera/<shown>/qr.svg", "/legitimera/<shown>/avbryt"),
        *("/healthz", "/readyz", "/metrics"),
    }


def test_what_changes_something_is_posted(city: City) -> None:
    """A link must never be enough: GET and HEAD change nothing for anybody."""
    both = {
        rule.rule
        for rule in city.app.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set())
    }

    assert both == set()


# Headers and cookies


ANSWERS = {
    "page": ("GET", "/e/skolstart", {}, 200),
    "redirect": ("GET", "/mina", {}, 303),
    "not there": ("GET", "/finns-inte", {}, 404),
    "no token": ("POST", "/logga-in", {}, 400),
    "wrong method": ("GET", "/logga-ut", {}, 405),
    "too large": ("POST", "/logga-in", {"content-length": str(2**40)}, 413),
    "unknown host": ("GET", "/", {"host": "evil.example"}, 404),
    "alive": ("GET", "/healthz", {}, 200),
    "figures": ("GET", "/metrics", {}, 200),
    "static": ("GET", "/static/base.css", {}, 200),
    "no such static": ("GET", "/static/../app.py", {}, 404),
    "crash": ("GET", "/sprucken", {}, 500),
    "slow down": ("GET", "/lugn", {}, 429),
}


@pytest.fixture(scope="module")
def served(city: City) -> Flask:
    app = in_production(city)

    def broken() -> str:
        raise ZeroDivisionError

    def calm() -> str:
        raise TooManyRequests

    app.add_url_rule("/sprucken", "broken", broken)
    app.add_url_rule("/lugn", "calm", calm)
    return app


@pytest.fixture
def public(served: Flask) -> Iterator[httpx.Client]:
    """A browser nobody has used."""
    with httpx.Client(
        transport=httpx.WSGITransport(app=served), base_url="https://ekvalla.test"
    ) as client:
        yield client


@pytest.mark.parametrize("name", ANSWERS)
def test_every_kind_of_answer_has_the_security_headers(
    public: httpx.Client, name: str
) -> None:
    method, path, headers, status = ANSWERS[name]
    answer = public.request(method, path, headers=headers)
    policy = answer.headers["content-security-policy"]

    assert answer.status_code == status
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize("name", sorted(set(ANSWERS) - {"static", "no such static"}))
def test_no_answer_but_a_built_file_is_kept_by_anyone(
    public: httpx.Client, name: str
) -> None:
    method, path, headers, _ = ANSWERS[name]
    answer = public.request(method, path, headers=headers)

    assert answer.headers["cache-control"] == "no-store"


def test_each_page_has_its_own_nonce(public: httpx.Client) -> None:
    first, second = (
        public.get("/e/skolstart").headers["content-security-policy"] for _ in range(2)
    )

    assert first != second


def test_a_built_file_never_changes_at_its_address(public: httpx.Client) -> None:
    page = public.get("/e/skolstart").text
    addresses = set(re.findall(r'"(/static/[^"]+)"', page))

    assert addresses
    for address in addresses:
        answer = public.get(address)
        assert "?v=" in address
        assert "immutable" in answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers


def test_every_cookie_is_for_our_host_over_https_only(public: httpx.Client) -> None:
    answers = [public.get("/logga-in?lang=en")]
    token = re.search(r'csrf_token" value="([^"]+)"', answers[0].text)
    assert token
    answers.append(
        public.post(
            "/e/felanmalan/borja",
            data={"csrf_token": token[1]},
            headers={"referer": "https://ekvalla.test/"},
        )
    )
    set_cookies = [c for a in answers for c in a.headers.get_list("set-cookie")]

    assert {c.partition("=")[0] for c in set_cookies} == {
        *("__Host-form", "__Host-language", "__Host-citizen"),
    }
    for cookie in set_cookies:
        assert "; Secure" in cookie
        assert "; HttpOnly" in cookie
        assert "; SameSite=Lax" in cookie
        assert "; Path=/" in cookie
        assert "Domain" not in cookie


# Production


def production(folder: Path, **changes: str) -> dict[str, str]:
    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    return {
        "FORMBUILDER_HOME": str(folder / "home"),
        "FORMBUILDER_KEYS": str(keys),
        "FORMBUILDER_TENANTS": f"ekvalla.test=ekvalla:{folder / 'e.toml'}",
    } | {f"FORMBUILDER_{name.upper()}": value for name, value in changes.items()}


def test_sound_settings_are_production(tmp_path: Path) -> None:
    assert load(production(tmp_path)).environment == "production"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"simulators": "true"}, "simulators"),
        ({"bankid_base_url": "https://127.0.0.1:8443/rp/v6.0/"}, "bankid.base_url"),
        ({"bankid_base_url": "https://localhost/rp/v6.0/"}, "bankid.base_url"),
        ({"register_base_url": "http://127.0.0.1:9000"}, "register.base_url"),
        ({"keys": "HOME/keys"}, "lies inside home"),
    ],
)
def test_production_refuses_what_is_for_trying(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    changes = {k: v.replace("HOME", str(tmp_path / "home")) for k, v in changes.items()}

    with pytest.raises(SettingsRefused, match=words):
        load(production(tmp_path, **changes))
