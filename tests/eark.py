"""What eark-validator, the independent program, says of a package."""

import json
import subprocess
from pathlib import Path
from typing import Any

VALIDATOR = Path(".venv-eark/bin/python")
UNSATISFIABLE = frozenset({"SIP14"})
"""Nothing can pass it: it wants an attribute without namespace that METS forbids."""


def verdict(folder: Path) -> dict[str, Any]:
    """Return its verdict on structure and schema, and the rules it finds broken."""
    done = subprocess.run(  # noqa: S603 - our own program
        [VALIDATOR, "tests/eark_report.py", folder], capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
