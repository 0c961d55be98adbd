"""What the commands share: the tenant, files, and how lists are printed."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from formbuilder.config import Settings
from formbuilder.files import write_whole
from schemas.errors import OperatorError
from schemas.local_time import LOCAL

F = TypeVar("F", bound=Callable[..., Any])


def tenant_option(function: F) -> F:
    """Add `--tenant`, which may be left out where there is one municipality."""
    return click.option("--tenant", default="", help="The municipality's key.")(
        function
    )


def json_option(function: F) -> F:
    """Add `--json`: stable keys for machines, described in docs/reference."""
    return click.option("--json", "as_json", is_flag=True, help="Print as JSON.")(
        function
    )


def tenant_key(settings: Settings, wanted: str) -> str:
    """Return the tenant that was asked for, or the only one.

    Raises:
        OperatorError: it must be said which.
    """
    if wanted:
        return settings.tenant(wanted).key
    if len(settings.tenants) == 1:
        return settings.tenants[0].key
    known = ", ".join(tenant.key for tenant in settings.tenants) or "none"
    raise OperatorError(f"Say which municipality with --tenant. There are: {known}.")


def show_rows(
    columns: Sequence[str], rows: Sequence[Sequence[object]], *, as_json: bool
) -> None:
    """Print a list as aligned lines, or as JSON objects.

    Lines are for people and say when in Sweden; JSON is for programs and says UTC.
    """
    if as_json:
        listed = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2, default=str))
        return
    table = [tuple(columns), *(tuple(map(_cell, row)) for row in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(columns))]
    for row in table:
        line = "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        )
        click.echo(line.rstrip())


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M}"
    return str(value or "")


def read_file(path: Path) -> bytes:
    """Read a file that was named on the command line.

    Raises:
        OperatorError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be read ({error.strerror}). Name a file that is there."
        ) from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file for this user alone; its folder is made if it is not there.

    Raises:
        OperatorError: it cannot be written.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be written ({error.strerror}). Name a place where this "
            "user may write."
        ) from error
