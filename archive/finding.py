"""What is wrong with an archived record, said of the record by its name."""

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "record.missing",
    "record.altered",
    "record.unopenable",
    "record.unreadable",
    "record.another",
    "record.other-form",
    "file.altered",
    "file.missing",
    "file.unlisted",
    "signature.other-answers",
    "signature.other-files",
    "package.unknown",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found wrong; `path` is the file within the record, if it is one."""

    code: Code
    record: str
    message: str
    advice: str
    path: str = ""
