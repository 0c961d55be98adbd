"""Audit events of the services: codes and ids only, in the transaction they record."""

from formbuilder.audit import Event
from formbuilder.database import audit as audit_log
from formbuilder.database.connection import TenantConnection
from formbuilder.services.errors import ProtectedStop
from formbuilder.services.session import Session
from formbuilder.services.tools import Tools
from schemas.errors import Refused

LONGEST_ID = 64


def record(
    tools: Tools,
    tc: TenantConnection,
    event: Event,
    *,
    actor: str = "",
    about: str = "",
    **codes: str,
) -> None:
    """Write one event; `codes` are stable words, never answers or names."""
    audit_log.record(
        tc,
        event=event,
        at=tools.clock(),
        actor_key=actor or None,
        object_id=about[:LONGEST_ID] or None,
        detail=dict(codes) or None,
    )


def note(
    tools: Tools,
    tenant: str,
    event: Event,
    *,
    actor: str = "",
    about: str = "",
    **codes: str,
) -> None:
    """Write one event in a transaction of its own."""
    tools.database.write(
        tenant, lambda tc: record(tools, tc, event, actor=actor, about=about, **codes)
    )


def refuse(tools: Tools, session: Session, reason: str, about: str = "") -> Refused:
    """Write down what was refused to whom and return the refusal to raise."""
    note(
        tools,
        session.tenant,
        Event.REFUSED,
        actor=session.person_key,
        about=about,
        reason=reason,
    )
    return Refused(reason)


def stop(tools: Tools, session: Session) -> ProtectedStop:
    """Write down that the gate stopped somebody and return the stop to raise.

    The event does not say whom in the family it was for.
    """
    note(tools, session.tenant, Event.GATE_STOPPED, actor=session.person_key)
    return ProtectedStop()
