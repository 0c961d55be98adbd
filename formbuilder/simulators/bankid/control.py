"""The phone's control interface under `/_sim/`, for tests and rehearsals."""

import json
from collections.abc import Mapping
from typing import Any, Final

from formbuilder.simulators.bankid.faults import Faults
from formbuilder.simulators.bankid.orders import Order, PhoneRefusal
from formbuilder.simulators.bankid.phone import Phone
from formbuilder.simulators.clock import PushableClock
from formbuilder.simulators.http_server import Reply, Request

CONTROL: Final = "/_sim/"


class Control:
    """Lets a test do at once what a person, time or bad luck would do."""

    def __init__(self, phone: Phone, faults: Faults, clock: PushableClock) -> None:
        self._phone = phone
        self._faults = faults
        self._clock = clock

    def answer(self, request: Request, parts: list[str]) -> Reply:
        """Answer one call; `parts` is the path after `/_sim/`."""
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
                told: Any = [_shown(order) for order in self._phone.book.all()]
            case "POST", ["orders", reference, act]:
                return self._act(self._phone.order(reference), act, body)
            case "POST", ["scan"]:
                told = _shown(self._phone.book.scan(str(body["qr"])))
            case "POST", ["clock"]:
                self._clock.push(float(body["advance"]))
                told = {"now": self._clock().isoformat()}
            case "POST", ["faults"]:
                self._faults.add(body)
                told = {}
            case "DELETE", ["faults"]:
                self._faults.clear()
                told = {}
            case _:
                return _json({"error": "there is no such control"}, 404)
        return _json(told)

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


def _json(content: Any, status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps(content).encode("utf-8"))
