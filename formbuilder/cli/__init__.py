"""The `formbuilder` command: one group of commands for each of its users."""

from pkgutil import resolve_name
from typing import Any, Final

import click

from schemas.errors import DefinitionRefused, FormbuilderError, Refused

LISTED: Final = {
    "new": (
        "new:new",
        "Start a definition by asking; what is not answered is left as marked blanks.",
    ),
    "check": (
        "authoring:check",
        "Report everything wrong with definitions and directories; exit 0 clean, 1 problems.",
    ),
    "import": (
        "importing:import_",
        "Make a definition from a JSON Schema; what has no equal is listed.",
    ),
    "schema": (
        "authoring:schema",
        "Print the whole answer schema, bundled: standard JSON Schema 2020-12.",
    ),
    "privacy": (
        "privacy:privacy",
        "Print the record of processing activities (registerförteckning) of definitions.",
    ),
    "try": (
        "trying:try_",
        "Fill a form in with these answers through its pages, in memory.",
    ),
    "publish": (
        "publishing:publish",
        "Check a definition and publish it as the form's current version.",
    ),
    "versions": ("publishing:versions", "List the versions of a form, oldest first."),
    "rollback": ("publishing:rollback", "Make an earlier version current again."),
    "serve": (
        "serving:serve",
        "Serve the web; with --embedded deliver and archive in the same process.",
    ),
    "work": (
        "serving:work",
        "Deliver and archive until stopped (PostgreSQL; any number may run).",
    ),
    "simulate": (
        "serving:simulate",
        "Run a loopback peer for development; refused in production.",
    ),
    "deliveries": (
        "ledger:deliveries",
        "The ledger: what has been delivered and archived, and what has not.",
    ),
    "archive": (
        "archivist:archive",
        "The archive: find, verify, open and take out records.",
    ),
    "keys": ("keys:keys", "The keys: their making, turning and safe-keeping."),
    "db": ("operating:db", "The database."),
    "backup": (
        "operating:backup",
        "Copy database, uploads and archive into an empty folder; never a key.",
    ),
    "restore": (
        "operating:restore",
        "Put a backup into an empty home and database, after checking all of it.",
    ),
    "doctor": (
        "operating:doctor",
        "Test everything the service needs, and say how to mend what is wrong.",
    ),
}
"""Every command: where it is, and what it says of itself.

A command is imported when it is run: an author who checks a form does not wait for
the database, the web and the archive.
"""


class Commands(click.Group):
    """The commands; deliberate errors are one message and exit status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names, by who uses them."""
        return list(LISTED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of that name."""
        if cmd_name not in LISTED:
            return None
        place, _ = LISTED[cmd_name]
        found = resolve_name(f"formbuilder.cli.{place}")
        return found if isinstance(found, click.Command) else None

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what each says of itself, without importing it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in LISTED.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and say what went wrong to whoever must act."""
        try:
            found: Any = super().invoke(ctx)
        except DefinitionRefused as refused:
            for problem in refused.problems:
                place = f"{problem.file}:{problem.line}:{problem.column}"
                where = f"{place} {problem.code} {problem.pointer or '/'}"
                click.echo(f"{where}: {problem.message} {problem.advice}", err=True)
        except Refused as refused:
            click.echo(f"Finns inte: {refused.reason}", err=True)
        except FormbuilderError as error:
            click.echo(str(error), err=True)
        except OSError as error:
            if error.filename is None:  # no file that somebody named
                raise
            click.echo(
                f"{error.filename} cannot be used ({error.strerror}). Name a place that "
                "is there and where this user may write.",
                err=True,
            )
        else:
            return found
        return ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="formbuilder")
def commands() -> None:
    """E-services from one JSON definition, from the form to the archive."""


def main() -> None:
    """Run the command."""
    commands(prog_name="formbuilder")
