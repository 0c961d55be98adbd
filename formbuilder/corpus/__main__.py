"""`script/corpus DIR`: print what becomes of every case of a corpus."""

import sys
from pathlib import Path

import click

from formbuilder.corpus.case import read_cases
from formbuilder.corpus.running import SECONDS, run
from formbuilder.corpus.table import lines, summary


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--only", default="", help="Cases whose names contain this.")
@click.option("--original", is_flag=True, help="Schemas in the draft they came in.")
@click.option("--plain", is_flag=True, help="Leave the UI schemas out.")
@click.option("--details", is_flag=True, help="Every problem and every difference.")
@click.option("--seconds", default=SECONDS, help="The longest a case may take.")
def main(
    folder: Path,
    only: str,
    original: bool,
    plain: bool,
    details: bool,
    seconds: float,
) -> None:
    """Take every case of a corpus through import, check and try."""
    cases = [c for c in read_cases(folder, original=original) if only in c.name]
    outcomes = []
    for case in cases:
        outcomes.append(run(case, with_ui=not plain, seconds=seconds))
        for line in lines(outcomes[-1], details=details):
            click.echo(line)
    for line in summary(outcomes):
        click.echo(line)
    bad = any(one.fate in ("crash", "slow") for one in outcomes)
    sys.exit(1 if bad else 0)


main()
