"""The command line as an operator uses it: a program, its words, its exit status."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from formbuilder.cli import commands


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refused(self) -> tuple[int, bool]:
        """Its status, and whether it says why."""
        return self.status, bool(self.err.strip())


REFUSED = (1, True)
"""A clear message and exit status 1."""
MISUSED = (2, True)
"""A command that was written wrongly."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody with settings who runs commands."""

    environment: Mapping[str, str]

    @property
    def home(self) -> Path:
        return Path(self.environment["FORMBUILDER_HOME"])

    @property
    def keys(self) -> Path:
        return Path(self.environment["FORMBUILDER_KEYS"])

    @property
    def url(self) -> str:
        return f"http://{self.environment['FORMBUILDER_BIND']}"

    def of(self, **settings: object) -> "Operator":
        """Return an operator with other settings; an empty one is left out."""
        named = {f"FORMBUILDER_{k.upper()}": str(v) for k, v in settings.items()}
        merged = {**self.environment, **named}
        return replace(self, environment={k: v for k, v in merged.items() if v})

    def run(self, *words: object) -> Done:
        """Run `formbuilder` with these words."""
        done = CliRunner().invoke(
            commands, [str(word) for word in words], env=self.environment
        )
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(status=done.exit_code, out=done.stdout, err=done.stderr)


def shell(line: str, folder: Path) -> None:
    """Run a line that an operator was told to run."""
    subprocess.run(  # noqa: S603 - the line under test
        ["/bin/sh", "-ec", line], cwd=folder, check=True, capture_output=True
    )
