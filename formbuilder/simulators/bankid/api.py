"""The simulated service as relying parties see it: `/rp/v6.0/…`."""

import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any, Final

from cryptography import x509

from formbuilder.identity.evidence.verification import relying_party_name
from formbuilder.simulators.bankid.certificates import DISPLAY_NAME
from formbuilder.simulators.bankid.faults import CODES, Fault, Faults
from formbuilder.simulators.bankid.orders import Order, OrderBook, Owner
from formbuilder.simulators.bankid.refusals import ApiRefusal, invalid
from formbuilder.simulators.bankid.validation import (
    ORDERS,
    check_order,
    check_reference,
)
from formbuilder.simulators.http_server import Reply, Request

PREFIX: Final = "/rp/v6.0/"


class RelyingPartyApi:
    """Answers calls as BankID does, faults that were asked for included."""

    def __init__(self, book: OrderBook, faults: Faults) -> None:
        self._book = book
        self._faults = faults

    def answer(self, request: Request) -> Reply:
        """Answer one call."""
        path = request.path.removeprefix(PREFIX)
        fault = self._faults.take(path)
        try:
            if fault is not None:
                _suffer(fault)
            answer = self._call(request, path)
        except ApiRefusal as refusal:
            told = {"errorCode": refusal.code, "details": refusal.details}
            return _json(told, refusal.status)
        if fault is None:
            return _json(answer)
        if fault.html:
            page = b"<html><body>Bad gateway</body></html>"
            return Reply(status=502, body=page, media_type="text/html")
        return _json(_twisted(answer, fault), drop=fault.drop)

    def _call(self, request: Request, path: str) -> Mapping[str, Any]:
        if not request.path.startswith(PREFIX) or path not in (
            *ORDERS,
            "collect",
            "cancel",
        ):
            raise ApiRefusal(404, "notFound", "No such path")
        if request.method != "POST":
            raise ApiRefusal(405, "methodNotAllowed", "Only POST")
        if request.headers.get("content-type") != "application/json":
            raise ApiRefusal(415, "unsupportedMediaType", "Only application/json")
        body, owner = _object(request.body), _owner(request.certificate)
        if path == "collect":
            return _collected(self._book.collect(check_reference(body), owner))
        if path == "cancel":
            self._book.cancel(check_reference(body), owner)
            return {}
        check_order(path, body)
        return _started(self._book.start(path, body, owner))


def _suffer(fault: Fault) -> None:
    if fault.delay:
        time.sleep(fault.delay)
    if fault.error:
        raise ApiRefusal(CODES.get(fault.error, 400), fault.error, "as asked for")


def _twisted(answer: Mapping[str, Any], fault: Fault) -> dict[str, Any]:
    twisted = dict(answer)
    if fault.hint:
        twisted = {
            "orderRef": answer.get("orderRef"),
            "status": fault.status,
            "hintCode": fault.hint,
        }
    return twisted | ({"aFieldNobodyKnows": {"a": 1}} if fault.extra else {})


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as error:
        raise invalid("the body is not JSON") from error
    if not isinstance(found, dict):
        raise invalid("the body is not an object")
    return found


def _owner(der: bytes) -> Owner:
    certificate = x509.load_der_x509_certificate(der)
    names = certificate.subject.get_attributes_for_oid(DISPLAY_NAME)
    return Owner(
        fingerprint=hashlib.sha256(der).hexdigest(),
        relying_party=relying_party_name(certificate),
        display_name=str(names[0].value) if names else "",
    )


def _started(order: Order) -> dict[str, Any]:
    answer = {"orderRef": order.reference}
    if order.kind.startswith("phone/"):
        return answer
    return answer | {
        "autoStartToken": order.auto_start_token,
        "qrStartToken": order.qr_start_token,
        "qrStartSecret": order.qr_start_secret,
    }


def _collected(order: Order) -> dict[str, Any]:
    answer: dict[str, Any] = {"orderRef": order.reference, "status": order.status}
    if order.status == "complete":
        return answer | {"completionData": order.completion}
    return answer | {"hintCode": order.hint}


def _json(answer: Mapping[str, Any], status: int = 200, *, drop: bool = False) -> Reply:
    return Reply(status=status, body=json.dumps(answer).encode("utf-8"), drop=drop)
