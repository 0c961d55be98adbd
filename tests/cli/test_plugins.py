"""A channel from another distribution: known to `check` and `publish` once it is listed."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commanded import Operator

EXAMPLES = Path(__file__).parents[2] / "examples"
CHANNEL = """
class Pigeon:
    key = "pigeon"

    def __init__(self, tools):
        self.tools = tools

    def deliver(self, delivery):
        raise NotImplementedError
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A distribution that offers a channel, where Python finds it."""
    place = tmp_path / "site"
    named = place / "example_pigeon-1.0.dist-info"
    named.mkdir(parents=True)
    (place / "example_pigeon.py").write_text(CHANNEL)
    (named / "METADATA").write_text("Name: example-pigeon\nVersion: 1.0\n")
    (named / "entry_points.txt").write_text(
        "[formbuilder.delivery_channels]\npigeon = example_pigeon:Pigeon\n"
    )
    monkeypatch.syspath_prepend(str(place))
    yield
    sys.modules.pop("example_pigeon", None)


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    """The fault report, delivered by pigeon."""
    form = json.loads((EXAMPLES / "felanmalan.json").read_text())
    form["sections"][0]["receivers"][0]["channels"] = ["pigeon"]
    department = form["sections"][0]["receivers"][0]["department"]
    path = tmp_path / "felanmalan.json"
    path.write_text(json.dumps(form))
    shutil.copy(EXAMPLES / "directory.toml", tmp_path / "directory.toml")
    with (tmp_path / "directory.toml").open("a") as directory:
        directory.write(f"\n[departments.{department}.channels.pigeon]\nloft = 1\n")
    return path


def codes(said: str) -> set[str]:
    return {problem["code"] for problem in json.loads(said)}


@pytest.mark.usefixtures("installed")
def test_check_knows_a_channel_that_is_listed(definition: Path) -> None:
    done = Operator({"FORMBUILDER_PLUGINS": "pigeon"}).run(
        "check", definition, "--json"
    )

    assert (done.status, codes(done.out) & {"FB157"}) == (0, set())


@pytest.mark.usefixtures("installed")
def test_check_refuses_a_channel_that_is_merely_installed(definition: Path) -> None:
    done = Operator({}).run("check", definition, "--json")

    assert (done.status, codes(done.out) & {"FB157"}) == (1, {"FB157"})


@pytest.mark.usefixtures("installed")
def test_publish_knows_a_channel_that_is_listed(
    copied: Operator, definition: Path, tmp_path: Path
) -> None:
    tenant, _, _ = copied.environment["FORMBUILDER_TENANTS"].rpartition(":")
    operator = copied.of(tenants=f"{tenant}:{tmp_path / 'directory.toml'}")
    refused = operator.run("publish", definition)
    done = operator.of(plugins="pigeon").run("publish", definition)

    assert (refused.status, "FB157" in refused.err + refused.out) == (1, True)
    assert (done.status, done.err) == (0, "")
