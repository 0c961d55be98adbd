"""The phone's pages, answered without JavaScript."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from formbuilder.simulators.bankid.control import CONTROL, Control
from formbuilder.simulators.bankid.orders import Order, PhoneRefusal
from formbuilder.simulators.bankid.phone import Phone
from formbuilder.simulators.bankid.phone_pages import done_page, order_page, start_page
from formbuilder.simulators.http_server import Reply, Request
from formbuilder.simulators.personas import with_bankid


class PhoneSite:
    """Answers a tester's browser, and hands on what a test calls under `/_sim/`."""

    def __init__(self, phone: Phone, control: Control) -> None:
        self._phone = phone
        self._control = control

    def answer(self, request: Request) -> Reply:
        """Answer one request; a page elsewhere cannot make a browser call us."""
        if not _is_ours(request):
            return Reply(status=421, body=b"this host is not the simulator's")
        path = urlsplit(request.path).path
        if path.startswith(CONTROL):
            return self._control.answer(request, path.removeprefix(CONTROL).split("/"))
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
            return self._order(request.method, path.removeprefix("/order/"), form)
        return _html(start_page(self._phone.book.all(), "Sidan finns inte."), 404)

    def _order(self, method: str, token: str, form: Mapping[str, list[str]]) -> Reply:
        order = self._phone.order(token)
        if method == "POST":
            return self._decided(order, _first(form, "do"), _first(form, "person"))
        return _html(order_page(order, with_bankid()))

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
        try:
            said = act() if act is not None else ""
        except PhoneRefusal as refusal:
            said = str(refusal)
            return _html(order_page(order, with_bankid(), person, said), 422)
        if order.status == "pending":
            return _html(order_page(order, with_bankid(), person, said), 422)
        return _html(done_page(order, said))


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


def _see_other(address: str) -> Reply:
    return Reply(status=303, headers={"Location": address})
