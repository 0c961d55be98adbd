"""The population register from an operator's settings."""

from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar

from formbuilder.config import Settings
from formbuilder.identity.bankid.client import mutual_tls
from formbuilder.register.register import (
    PersonRecord,
    PopulationRegister,
    RegisterUnavailable,
)
from formbuilder.register.registers.skatteverket import Skatteverket, http_client
from schemas.errors import OperatorError


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


def _not_set() -> RegisterUnavailable:
    return RegisterUnavailable(
        "No population register is set. Set register.base_url and its client."
    )


def open_register(
    settings: Settings, *, clock: Callable[[], datetime]
) -> PopulationRegister:
    """Return the register that the settings name.

    Raises:
        OperatorError: a setting is missing.
    """
    peer = settings.register
    if peer is None:
        return NoRegister()
    if peer.client_secret_file is None or not peer.client_id or not peer.order:
        raise OperatorError(
            "register needs client_id, client_secret_file and order. Set them."
        )
    context = None
    if peer.ca_file is not None and peer.client_certificate is not None:
        context = mutual_tls(peer.ca_file, peer.client_certificate, peer.client_key)
    return Skatteverket(
        http_client(context),
        base_url=peer.base_url,
        client_id=peer.client_id,
        client_secret=peer.client_secret_file.read_text(encoding="utf-8").strip(),
        order=peer.order,
        clock=clock,
    )
