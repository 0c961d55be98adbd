"""`script/demo`: run the town for a person in a browser, or walk it through."""

import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path

import click

from formbuilder.app import configure_logs
from formbuilder.demo.town import Town, stop, town
from formbuilder.demo.walk import walk
from formbuilder.simulators.personas import printed

EXAMPLES = Path("examples")
PORT = 8080


@click.command()
@click.option(
    "--walk", "is_walk", is_flag=True, help="Spela en familj, utan webbläsare."
)
@click.option("--out", type=click.Path(path_type=Path), help="Lämna resultatet här.")
@click.option("--port", default=PORT, help="Port för webben.")
@click.option("--home", type=click.Path(path_type=Path), default=Path("var/demo"))
def main(is_walk: bool, out: Path | None, port: int, home: Path) -> None:
    """Run the whole service with simulators on this machine."""
    configure_logs()
    # To be told to stop is to be interrupted: what was started is stopped too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if is_walk:
        sys.exit(_walk(out))
    _stay(home, port)


def _walk(out: Path | None) -> int:
    home = Path(tempfile.mkdtemp(prefix="formbuilder-walk-"))
    try:
        with town(home, EXAMPLES) as place:
            process = place.start_service()
            try:
                done = walk(place, click.echo)
            finally:
                stop(process)
        click.echo("")
        for department, view, channel, got in done.outcome.rows():
            click.echo(f"{department:<20} {view:<32} {channel:<12} {got[:160]}")
        for department in done.outcome.silent:
            click.echo(f"{department:<20} –{'':<31} {'–':<12} ingenting")
        click.echo("")
        for record in done.outcome.archived:
            verdict = "; ".join(record.findings) or "verifierad"
            click.echo(f"{record.name:<60} {verdict}")
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            done.outcome.write(out, done.steps)
        missing = done.outcome.missing()
        for line in missing:
            click.echo(f"SAKNAS: {line}", err=True)
        return 1 if missing else 0
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _stay(home: Path, port: int) -> None:
    with town(home.absolute(), EXAMPLES, port=port) as place:
        process = place.start_service()
        try:
            _tell(place)
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("")
        finally:
            stop(process)


def _tell(place: Town) -> None:
    """Say where to go and who to be."""
    click.echo(f"\nE-tjänsterna:      {place.url}/e/skolstart")
    click.echo(f"Telefonen:         {place.phone_url}")
    click.echo(f"Avdelningarna:     {place.url}/inkorg\n")
    click.echo("Välj en testperson i telefonen:\n")
    for line in printed():
        click.echo(f"  {line}")
    click.echo("\nAvsluta med Ctrl-C.")


main()
