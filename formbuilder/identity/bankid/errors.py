"""BankID's error codes, as errors of ours named by who must act."""

from collections.abc import Mapping
from typing import Any, Final

from formbuilder.identity.provider import IdentityUnavailable, OrderRefused

# The case of `maintenance` differs between BankID's own pages: compare without it.
TEMPORARY: Final = ("requestTimeout", "internalError", "maintenance")
PERMANENT: Final = (
    "alreadyInProgress",
    "invalidParameters",
    "unauthorized",
    "notFound",
    "methodNotAllowed",
    "unsupportedMediaType",
)
BY_LOWER_CASE: Final = {code.lower(): code for code in (*TEMPORARY, *PERMANENT)}
BY_STATUS: Final = {
    400: "invalidParameters",
    401: "unauthorized",
    403: "unauthorized",
    404: "notFound",
    405: "methodNotAllowed",
    408: "requestTimeout",
    415: "unsupportedMediaType",
    503: "maintenance",
}
LONGEST_DETAIL: Final = 200


def error_for(
    status: int, answer: Mapping[str, Any]
) -> IdentityUnavailable | OrderRefused:
    """Return the error an answer stands for, by its code or else by its status."""
    said = answer.get("errorCode")
    code = BY_LOWER_CASE.get(str(said).lower()) or BY_STATUS.get(
        status, "internalError"
    )
    details = _without_digits(str(answer.get("details", "")))
    return (
        IdentityUnavailable(code, details)
        if code in TEMPORARY
        else OrderRefused(code, details)
    )


def _without_digits(details: str) -> str:
    """Return details fit for a log: a personal number may stand in them."""
    shown = "".join("#" if c.isdigit() else c for c in details if c.isprintable())
    return shown[:LONGEST_DETAIL]
