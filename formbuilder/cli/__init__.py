"""The `formbuilder` command: one group of commands for each of its users."""

from typing import Any

import click

from formbuilder.cli.archivist import COMMANDS as ARCHIVIST
from formbuilder.cli.authoring import COMMANDS as AUTHORING
from formbuilder.cli.keys import COMMANDS as KEYS
from formbuilder.cli.ledger import COMMANDS as LEDGER
from formbuilder.cli.operating import COMMANDS as OPERATING
from formbuilder.cli.serving import COMMANDS as SERVING
from schemas.errors import DefinitionRefused, FormbuilderError, Refused


class Commands(click.Group):
    """The commands; deliberate errors are one message and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and say what went wrong to whoever must act."""
        try:
            found: Any = super().invoke(ctx)
        except DefinitionRefused as refused:
            for problem in refused.problems:
                place = f"{problem.file}:{problem.line}:{problem.column}"
                click.echo(f"{place} {problem.code} {problem.message}", err=True)
        except Refused as refused:
            click.echo(f"Finns inte: {refused.reason}", err=True)
        except FormbuilderError as error:
            click.echo(str(error), err=True)
        else:
            return found
        return ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="formbuilder")
def commands() -> None:
    """E-services from one JSON definition, from the form to the archive."""


for command in (*AUTHORING, *SERVING, *LEDGER, *ARCHIVIST, *KEYS, *OPERATING):
    commands.add_command(command)


def main() -> None:
    """Run the command."""
    commands(prog_name="formbuilder")
