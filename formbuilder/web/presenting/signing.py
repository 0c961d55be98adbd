"""The buttons that ask for a signature: the app is here, or on another device."""

from formbuilder.web.visit import visit
from renderers.html.page_parts import Action


def sign_here(address: str) -> Action:
    """Return the button for an app on this device."""
    label = visit().say("Skriv under med BankID")
    return Action(label=label, href=address, hidden={"here": "1"})


def sign_elsewhere(address: str) -> Action:
    """Return the button for an app on another device, which reads a QR code."""
    label = visit().say("Skriv under med BankID på en annan enhet")
    return Action(label=label, href=address, style="secondary")
