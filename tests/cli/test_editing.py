"""`schema --of`: what an author points an editor at."""

import json

import pytest
from click.testing import CliRunner

from formbuilder.cli import commands
from schemas.editing import FOR_EDITORS


@pytest.mark.parametrize("of", FOR_EDITORS)
def test_what_an_editor_reads_is_printed(of: str) -> None:
    result = CliRunner().invoke(commands, ["schema", "--of", of])

    assert (result.exit_code, json.loads(result.stdout)) == (0, FOR_EDITORS[of]())
