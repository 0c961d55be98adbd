"""The population register as an operator's settings describe it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import urlsplit

from formbuilder.clock import utc_now
from formbuilder.config import Environment, PeerSettings, Settings
from formbuilder.mutual_tls import mutual_tls
from formbuilder.register.register import (
    PersonRecord,
    PopulationRegister,
    RegisterRefused,
    RegisterUnavailable,
)
from formbuilder.register.registers.skatteverket import (
    Skatteverket,
    http_client,
)

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


class NoRegister:
    """Stands where no register is set: nobody is known, so nobody is let in."""

    key: ClassVar[str] = "none"

    def person(self, personal_number: str) -> PersonRecord | None:
        """Refuse: who somebody is cannot be told."""
        raise _not_set()

    def children_of(self, personal_number: str, on: date) -> tuple[PersonRecord, ...]:
        """Refuse: whose child it is cannot be told."""
        raise _not_set()

    def guardians_of(self, child: str, on: date) -> tuple[PersonRecord, ...]:
        """Refuse: who decides about the child cannot be told."""
        raise _not_set()


def open_register(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now
) -> PopulationRegister:
    """Return the register the settings name, or one that knows nobody.

    Raises:
        RegisterRefused: a setting is missing or may not be used here.
    """
    if settings.register is None:
        return NoRegister()
    return connect_register(
        settings.register, environment=settings.environment, clock=clock
    )


def connect_register(
    peer: PeerSettings,
    *,
    environment: Environment,
    clock: Callable[[], datetime] = utc_now,
) -> Skatteverket:
    """Return Skatteverket's register ready to be asked; nothing is sent yet.

    Raises:
        RegisterRefused: a setting is missing or may not be used here.
    """
    _check_address(peer.base_url, environment)
    if peer.client_secret_file is None or not peer.client_id or not peer.order:
        raise RegisterRefused(
            "The register has no client_id, client_secret_file or order, so nobody's "
            "guardians can be known. Set the three that Skatteverket gave you."
        )
    context = None
    if peer.ca_file is not None and peer.client_certificate is not None:
        context = mutual_tls(peer.ca_file, peer.client_certificate, peer.client_key)
    return Skatteverket(
        http_client(context),
        base_url=peer.base_url,
        client_id=peer.client_id,
        client_secret=_secret(peer.client_secret_file),
        order=peer.order,
        clock=clock,
    )


def _secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterRefused(
            f"register.client_secret_file {file} cannot be read. Name a text file that "
            "this user may read."
        ) from error


def _not_set() -> RegisterUnavailable:
    return RegisterUnavailable(
        "No population register is set. Set register.base_url and its client."
    )


def _check_address(address: str, environment: Environment) -> None:
    parts = urlsplit(address)
    is_here = parts.hostname in LOOPBACK
    if environment == "production" and is_here:
        raise RegisterRefused(
            f"register.base_url is “{address}”, a simulator on this machine, and this "
            "is production. Write Skatteverket's address."
        )
    if not parts.hostname or (parts.scheme != "https" and not is_here):
        raise RegisterRefused(
            f"register.base_url is “{address}”. Write an address that begins with https."
        )
