"""An order request in BankID's own words."""

import base64
from typing import Any, Final

from formbuilder.identity.provider import OrderRequest
from schemas.errors import PermanentError

# Lengths count the base64 text.
VISIBLE_LIMIT: Final = {"login": 1_500, "sign": 40_000}
NON_VISIBLE_LIMIT: Final = {"login": 1_500, "sign": 200_000}
LONGEST_RETURN_URL: Final = 512
LONGEST_USER_AGENT: Final = 256
LONGEST_DEVICE_ID: Final = 64


def order_fields(request: OrderRequest) -> dict[str, Any]:
    """Return the JSON body of `auth` or `sign`.

    Raises:
        PermanentError: a text is longer than BankID takes, or a signature has none.
    """
    fields: dict[str, Any] = {"endUserIp": request.end_user_ip, "returnRisk": True}
    if request.purpose == "sign" and not request.visible_text:
        raise PermanentError("A signature needs a visible text. Give the order one.")
    if request.visible_text:
        fields["userVisibleData"] = _base64(
            request.visible_text.encode("utf-8"), VISIBLE_LIMIT[request.purpose]
        )
    if request.non_visible is not None:
        fields["userNonVisibleData"] = _base64(
            request.non_visible, NON_VISIBLE_LIMIT[request.purpose]
        )
    if request.person:
        fields["requirement"] = {"personalNumber": request.person}
    if request.return_url:
        if len(request.return_url) > LONGEST_RETURN_URL:
            raise PermanentError("The return address is longer than 512 characters.")
        fields["returnUrl"] = request.return_url
    web = _web(request)
    return fields | ({"web": web} if web else {})


def _web(request: OrderRequest) -> dict[str, str]:
    """Return what the risk assessment may know about the browser."""
    told = {
        "referringDomain": request.referring_domain.lower(),
        "userAgent": request.user_agent[:LONGEST_USER_AGENT],
        "deviceIdentifier": request.device_id[:LONGEST_DEVICE_ID],
    }
    return {name: value for name, value in told.items() if value}


def _base64(content: bytes, limit: int) -> str:
    text = base64.b64encode(content).decode("ascii")
    if len(text) > limit:
        raise PermanentError(
            f"The text to sign takes {len(text)} characters in base64, and BankID "
            f"takes {limit}. Make the form's declaration or titles shorter."
        )
    return text
