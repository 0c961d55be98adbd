"""How a simulated person finishes an order: names, device and the evidence."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from formbuilder.simulators.bankid.certificates import issue_person
from formbuilder.simulators.bankid.evidence import Act, sign_act, vouch
from formbuilder.simulators.bankid.orders import Order, PhoneRefusal
from formbuilder.simulators.bankid.pki import Pki
from formbuilder.simulators.persona import Persona
from formbuilder.simulators.personas import persona
from schemas.errors import InvalidAnswer
from schemas.personal_number import parse_personal_number

Completion = Mapping[str, Any]


def find_person(number: str) -> Persona:
    """Return who a number is on the phone; an unknown one gets a plain name.

    Raises:
        PhoneRefusal: nobody with that number can have BankID.
    """
    try:
        found = parse_personal_number(number, today=datetime.now(UTC).date())
    except InvalidAnswer as error:
        raise PhoneRefusal(
            "Skriv ett riktigt personnummer med tolv siffror."
        ) from error
    known = persona(found.value)
    if found.kind == "coordination" or (known is not None and not known.has_bankid):
        raise PhoneRefusal("Personen har inget BankID. Välj någon annan.")
    return known or Persona(found.value, "Test", "Person", "other", "")


def finish(pki: Pki, who: Persona) -> Callable[[Order, datetime], Completion]:
    """Return how this person completes an order."""

    def complete(order: Order, at: datetime) -> Completion:
        holder = issue_person(
            pki.customers,
            pki.person_key,
            number=who.number,
            given=who.given,
            family=who.family,
            signs=order.is_signature,
            at=at,
        )
        uhi = _hardware_id(who)
        act = Act(
            function="Signing" if order.is_signature else "Identification",
            visible=order.body.get("userVisibleData"),
            visible_format=order.body.get("userVisibleDataFormat"),
            non_visible=order.body.get("userNonVisibleData"),
            relying_party=order.owner.relying_party,
            display_name=order.owner.display_name,
            uhi=uhi,
        )
        signature = sign_act(act, holder, pki.chain)
        answer = vouch(pki, holder.certificate, signature, at)
        return _completion(order, who, at) | {
            "signature": base64.b64encode(signature).decode("ascii"),
            "ocspResponse": base64.b64encode(answer).decode("ascii"),
        }

    return complete


def _completion(order: Order, who: Persona, at: datetime) -> dict[str, Any]:
    requirement = order.body.get("requirement") or {}
    device = {"ipAddress": order.body.get("endUserIp", "127.0.0.1")}
    if who.bankid != "no_hardware_id":
        device["uhi"] = _hardware_id(who)
    told: dict[str, Any] = {
        "user": {
            "personalNumber": who.number,
            # Banks often write names in capitals.
            "name": who.name.upper(),
            "givenName": who.given.upper(),
            "surname": who.family.upper(),
        },
        "device": device,
        "bankIdIssueDate": f"{at:%Y-%m-%d}Z",
    }
    if requirement.get("mrtd"):
        told["stepUp"] = {"mrtd": True}
    if order.body.get("returnRisk") or requirement.get("risk"):
        told["risk"] = "high" if who.bankid == "risky" else "low"
    return told


def _hardware_id(who: Persona) -> str:
    return hashlib.sha256(f"phone of {who.number}".encode()).hexdigest()[:28]
