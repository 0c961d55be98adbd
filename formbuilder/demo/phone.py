"""A hand on the simulated phone: finds the order a page shows, and approves it."""

import time
from typing import Final
from urllib.parse import parse_qs, urlsplit

import httpx

from formbuilder.visitor import LostVisitor, Page, Visitor

WAITS: Final = 200


class PhoneInHand:
    """Acts on the simulator's control API as a person does on their phone."""

    def __init__(self, phone_url: str) -> None:
        self._client = httpx.Client(base_url=phone_url, timeout=30, trust_env=False)

    def close(self) -> None:
        """Put the phone away."""
        self._client.close()

    def approve(self, visitor: Visitor, page: Page, person: str) -> Page:
        """Start the app from the page's link, approve, and follow where it leads.

        Raises:
            LostVisitor: the page shows no order, or it never ends.
        """
        order = self.order(page)
        for act in ("start", "approve"):
            self.act(order, act, {"personal_number": person})
        return self.wait(visitor, page)

    def order(self, page: Page) -> str:
        """Return the order that the page's launch link belongs to."""
        links = page.links("autostarttoken=")
        if not links:
            raise LostVisitor(f"{page.url} has no link to the app: {page.text[:200]}")
        token = parse_qs(urlsplit(links[0]).query)["autostarttoken"][0]
        orders = self._client.get("/_sim/orders").raise_for_status().json()
        return next(
            str(order["reference"])
            for order in orders
            if order["auto_start_token"] == token
        )

    def act(self, order: str, act: str, body: dict[str, str]) -> None:
        """Do something to an order."""
        answer = self._client.post(f"/_sim/orders/{order}/{act}", json=body)
        answer.raise_for_status()

    def wait(self, visitor: Visitor, page: Page) -> Page:
        """Reload the waiting page, as a browser without script does."""
        for _ in range(WAITS):
            page = visitor.get(page.url)
            if "/legitimera/" not in page.url or not page.links("autostarttoken="):
                return page
            time.sleep(0.1)
        raise LostVisitor(f"{page.url} waits for ever")
