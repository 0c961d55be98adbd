"""The QR code that changes every second, so that a picture of it is worth nothing."""

import hashlib
import hmac
import io
from typing import Final

import segno

LIFETIME: Final = 30
"""Seconds in which an order must be picked up; a later code is never right."""
QUIET_ZONE: Final = 4


def payload(token: str, secret: str, seconds: int) -> str:
    """Return the text of the code so many whole seconds after the order's answer."""
    moment = str(seconds)
    code = hmac.new(secret.encode("ascii"), moment.encode("ascii"), hashlib.sha256)
    return f"bankid.{token}.{moment}.{code.hexdigest()}"


def svg(text: str, *, scale: int = 6) -> str:
    """Draw any text as a QR code, always black on white, with its quiet zone."""
    out = io.BytesIO()
    segno.make(text, error="l", micro=False).save(
        out,
        kind="svg",
        scale=scale,
        border=QUIET_ZONE,
        light="#ffffff",
        xmldecl=False,
        omitsize=True,
        svgclass="qr",
    )
    return out.getvalue().decode("utf-8").strip()
