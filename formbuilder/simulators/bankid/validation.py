"""Whether a call to the simulated service is as BankID wants it, to the letter."""

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from formbuilder.simulators.bankid.refusals import invalid
from schemas.errors import InvalidAnswer
from schemas.personal_number import parse_personal_number

Json = Any
Check = Callable[[Json, str], None]

ORDERS: Final = ("auth", "sign", "phone/auth", "phone/sign")
VISIBLE: Final = {"auth": 1_500, "sign": 40_000}
NON_VISIBLE: Final = {"auth": 1_500, "sign": 200_000}
OID: Final = re.compile(r"[0-9]+(\.[0-9]+)*\Z")
WILD_OID: Final = re.compile(r"([0-9]+\.){4,}\*\Z")
DOMAIN: Final = re.compile(r"[a-z0-9.-]{3,253}\Z")
URL: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]+\Z", re.IGNORECASE)


def check_order(path: str, body: Mapping[str, Json]) -> None:
    """See that an order has what it must, and nothing that nobody knows.

    Raises:
        ApiRefusal: it has not; the details say which field.
    """
    kind = path.removeprefix("phone/")
    fields = _common(kind) | (_PHONE if path.startswith("phone/") else _DEVICE)
    _check(body, fields, "")
    required = ["callInitiator"] if path.startswith("phone/") else ["endUserIp"]
    if kind == "sign":
        required.append("userVisibleData")
    for name in required:
        if name not in body:
            raise invalid(f"{name} is required")
    if "web" in body and "app" in body:
        raise invalid("web and app exclude each other")
    if path.startswith("phone/") and not required_person(body):
        raise invalid("personalNumber is required")


def check_reference(body: Mapping[str, Json]) -> str:
    """Return the order a `collect` or `cancel` is about.

    Raises:
        ApiRefusal: it names none.
    """
    _check(body, {"orderRef": _text(1, 64)}, "")
    if "orderRef" not in body:
        raise invalid("orderRef is required")
    return str(body["orderRef"])


def required_person(body: Mapping[str, Json]) -> str | None:
    """Return who alone may do the order, if it says."""
    requirement = body.get("requirement") or {}
    found = requirement.get("personalNumber") or body.get("personalNumber")
    return str(found) if found else None


def _common(kind: str) -> dict[str, Check]:
    return {
        "userVisibleData": _base64(VISIBLE[kind]),
        "userNonVisibleData": _base64(NON_VISIBLE[kind]),
        "userVisibleDataFormat": _one_of("plaintext", "simpleMarkdownV1"),
        "requirement": _object(_REQUIREMENT),
    }


def _check(body: Mapping[str, Json], fields: Mapping[str, Check], where: str) -> None:
    for name, value in body.items():
        if name not in fields:
            raise invalid(f"unknown field {where}{name}")
        fields[name](value, where + name)


def _object(fields: Mapping[str, Check], *, least: int = 0) -> Check:
    def check(value: Json, name: str) -> None:
        if not isinstance(value, dict) or len(value) < least:
            raise invalid(f"{name} is not an object with members")
        _check(value, fields, f"{name}.")

    return check


def _text(shortest: int, longest: int, pattern: re.Pattern[str] | None = None) -> Check:
    def check(value: Json, name: str) -> None:
        if not isinstance(value, str) or not shortest <= len(value) <= longest:
            raise invalid(f"{name} is not a text of {shortest} to {longest} characters")
        if pattern is not None and not pattern.match(value):
            raise invalid(f"{name} is not of the right form")

    return check


def _base64(longest: int) -> Check:
    measure = _text(1, longest)

    def check(value: Json, name: str) -> None:
        measure(value, name)
        try:
            base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise invalid(f"{name} is not base64") from error

    return check


def _one_of(*values: str) -> Check:
    def check(value: Json, name: str) -> None:
        if value not in values:
            raise invalid(f"{name} is none of {', '.join(values)}")

    return check


def _yes_or_no(value: Json, name: str) -> None:
    if not isinstance(value, bool):
        raise invalid(f"{name} is neither true nor false")


def _address(value: Json, name: str) -> None:
    try:
        ipaddress.ip_address(value if isinstance(value, str) else "")
    except ValueError as error:
        raise invalid(f"{name} is not an IP address") from error


def _person(value: Json, name: str) -> None:
    _text(12, 12)(value, name)
    try:
        parse_personal_number(value, today=datetime.now(UTC).date())
    except InvalidAnswer as error:
        raise invalid(f"{name} is not a personal number") from error


def _policies(value: Json, name: str) -> None:
    if not isinstance(value, list) or not value:
        raise invalid(f"{name} is not a list")
    for policy in value:
        written = policy if isinstance(policy, str) else ""
        if not OID.match(written) and not WILD_OID.match(written):
            raise invalid(f"{name} holds what is not a policy")


def _risk(value: Json, name: str) -> None:
    # BankID's own sample writes it in capitals.
    _one_of("low", "moderate")(str(value).lower(), name)


_REQUIREMENT: Final[dict[str, Check]] = {
    "pinCode": _yes_or_no,
    "mrtd": _yes_or_no,
    "cardReader": _one_of("class1", "class2"),
    "certificatePolicies": _policies,
    "personalNumber": _person,
    "risk": _risk,
}
_DEVICE: Final[dict[str, Check]] = {
    "endUserIp": _address,
    "returnUrl": _text(1, 512, URL),
    "returnRisk": _yes_or_no,
    "web": _object(
        {
            "referringDomain": _text(3, 253, DOMAIN),
            "userAgent": _text(1, 256),
            "deviceIdentifier": _text(1, 64),
        },
        least=1,
    ),
    "app": _object(
        {
            "appIdentifier": _text(1, 256),
            "deviceOS": _text(1, 256),
            "deviceModelName": _text(1, 256),
            "deviceIdentifier": _text(1, 64),
        },
        least=1,
    ),
}
_PHONE: Final[dict[str, Check]] = {
    "callInitiator": _one_of("user", "RP"),
    "personalNumber": _person,
}
