"""Run eark-validator, in its own environment, on a package; print its verdict as JSON.

It fetches vocabularies when imported; they lie in its wheel, so they are read there.
It exits 0 whatever it finds, so the report is read instead.
"""

import importlib.util
import json
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

SPEC = importlib.util.find_spec("eark_validator")
assert SPEC is not None
assert SPEC.origin is not None
VOCABULARIES = Path(SPEC.origin).parent / "ipxml" / "resources" / "vocabs"


def packaged(address: str) -> BinaryIO:
    """Open the vocabulary of that address from the wheel."""
    return (VOCABULARIES / address.rpartition("/")[2]).open("rb")


def rules(report: Any) -> Iterator[str]:
    """Yield the id of every rule broken, wherever it stands in the report."""
    if isinstance(report, dict):
        if report.get("severity") == "Error":
            yield report["rule_id"]
        for value in report.values():
            yield from rules(value)
    elif isinstance(report, list):
        for value in report:
            yield from rules(value)


def main(folder: str) -> None:
    """Validate one package and print the verdict."""
    urllib.request.urlopen = packaged  # type: ignore[assignment]  # see above
    from eark_validator.packages import PackageValidator  # noqa: PLC0415 - after it
    from eark_validator.specifications.specification import (  # noqa: PLC0415 - after it
        SpecificationVersion,
    )

    found = PackageValidator(Path(folder), SpecificationVersion.V2_1_0)
    report = json.loads(found.validation_report.model_dump_json())
    verdict = {
        "structure": report["structure"]["status"],
        "schema": report["metadata"]["schema_results"]["status"],
        "errors": sorted(set(rules(report))),
    }
    print(json.dumps(verdict))  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main(sys.argv[1])
