"""The phone's port: pages for a tester, and a control interface for tests."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from formbuilder.simulators.bankid.faults import Faults
from formbuilder.simulators.bankid.orders import Order, PhoneRefusal
from formbuilder.simulators.bankid.phone import Phone
from formbuilder.simulators.bankid.phone_pages import done_page, order_page, start_page
from formbuilder.simulators.clock import PushableClock
from formbuilder.simulators.http_server import Reply, Request
from formbuilder.simulators.personas import with_bankid


class PhoneSite:
    """Answers a tester's browser under `/` and a test's calls under `/_sim/`."""

    def __init__(self, phone: Phone, faults: Faults, clock: PushableClock) -> None:
        self._phone = phone
        self._faults = faults
        self._clock = clock

    def answer(self, request: Request) -> Reply:
        """Answer one request; a page elsewhere cannot make a browser call us."""
        if not _is_ours(request):
            return _json({"error": "this host is not the simulator's"}, 421)
        path = urlsplit(request.path).path
        if path.startswith("/_sim/"):
            return self._control(request, path.removeprefix("/_sim/").split("/"))
        try:
            return self._page(request, path)
        except PhoneRefusal as refusal:
            return _html(start_page(self._phone.book.all(), str(refusal)), 422)

    def _page(self, request: Request, path: str) -> Reply:
        form = parse_qs(request.body.decode("utf-8", "replace"))
        if path == "/" and request.method in ("GET", "HEAD"):
            return self._opened(parse_qs(urlsplit(request.path).query))
        if path == "/scan" and request.method == "POST":
            order = self._phone.book.scan(_first(form, "qr"))
            return _see_other(f"/order/{order.auto_start_token}")
        if path.startswith("/order/"):
            order = self._phone.order(path.removeprefix("/order/"))
            if request.method == "POST":
                return self._decided(order, _first(form, "do"), _first(form, "person"))
            return _html(order_page(order, with_bankid()))
        return _html(start_page(self._phone.book.all(), "Sidan finns inte."), 404)

    def _opened(self, query: Mapping[str, list[str]]) -> Reply:
        token = _first(query, "autostarttoken")
        if not token:
            return _html(start_page(self._phone.book.all()))
        order = self._phone.order(token)
        self._phone.book.pick_up(order, by_link=not _first(query, "qr"))
        return _see_other(f"/order/{order.auto_start_token}")

    def _decided(self, order: Order, what: str, person: str) -> Reply:
        if what == "approve" and not person:
            told = "Välj först vem du är."
            return _html(order_page(order, with_bankid(), error=told), 422)
        acts: dict[str, Callable[[], str]] = {
            "approve": lambda: self._phone.approve(order, person),
            "cancel": lambda: self._phone.cancel(order),
            "wrong": lambda: self._phone.wrong_code(order),
            "expire": lambda: self._phone.expire(order),
        }
        act = acts.get(what)
        if act is None:
            return _html(order_page(order, with_bankid(), person), 422)
        try:
            said = act()
        except PhoneRefusal as refusal:
            return _html(order_page(order, with_bankid(), person, str(refusal)), 422)
        if order.status == "pending":
            return _html(order_page(order, with_bankid(), person, said), 422)
        return _html(done_page(order, said))

    def _control(self, request: Request, parts: list[str]) -> Reply:
        try:
            body = json.loads(request.body or b"{}")
            return self._controlled(request.method, parts, body)
        except PhoneRefusal as refusal:
            return _json({"error": str(refusal)}, 409)
        except (ValueError, TypeError, KeyError) as error:
            return _json({"error": f"the call cannot be read: {error}"}, 400)

    def _controlled(
        self, method: str, parts: list[str], body: Mapping[str, Any]
    ) -> Reply:
        match method, parts:
            case "GET", ["orders"]:
                return _json([_shown(order) for order in self._phone.book.all()])
            case "POST", ["orders", reference, act]:
                return self._act(self._phone.order(reference), act, body)
            case "POST", ["scan"]:
                return _json(_shown(self._phone.book.scan(str(body["qr"]))))
            case "POST", ["clock"]:
                self._clock.push(float(body["advance"]))
                return _json({"now": self._clock().isoformat()})
            case "POST", ["faults"]:
                self._faults.add(body)
                return _json({})
            case "DELETE", ["faults"]:
                self._faults.clear()
                return _json({})
        return _json({"error": "there is no such control"}, 404)

    def _act(self, order: Order, act: str, body: Mapping[str, Any]) -> Reply:
        match act:
            case "start":
                self._phone.book.pick_up(order, by_link=True)
            case "choose":
                self._phone.choose(order, str(body["personal_number"]))
            case "approve":
                self._phone.approve(order, str(body["personal_number"]))
            case "cancel":
                self._phone.cancel(order)
            case "wrong-code":
                self._phone.wrong_code(order)
            case "fail":
                self._phone.book.fail(order, str(body["hint"]))
            case "wait":
                self._phone.book.wait(order, str(body["hint"]))
            case _:
                return _json({"error": "there is no such act"}, 404)
        return _json(_shown(order))


def _shown(order: Order) -> dict[str, Any]:
    return {
        "reference": order.reference,
        "kind": order.kind,
        "status": order.status,
        "hint": order.hint,
        "organisation": order.owner.display_name,
        "visible_text": order.visible_text,
        "required_person": order.required_person,
        "auto_start_token": order.auto_start_token,
        "created_at": order.created_at.isoformat(),
    }


def _is_ours(request: Request) -> bool:
    """Tell whether the call names this host, and comes from no other site's page."""
    host = request.headers.get("host", "").rsplit(":", 1)[0]
    site = request.headers.get("sec-fetch-site", "none")
    own = site in ("none", "same-origin") or request.method in ("GET", "HEAD")
    return host in ("127.0.0.1", "localhost", "[::1]") and own


def _first(values: Mapping[str, list[str]], name: str) -> str:
    return values.get(name, [""])[0]


def _html(content: bytes, status: int = 200) -> Reply:
    policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
    return Reply(
        status=status,
        body=content,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"},
    )


def _json(content: Any, status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps(content).encode("utf-8"))


def _see_other(address: str) -> Reply:
    return Reply(status=303, headers={"Location": address})
