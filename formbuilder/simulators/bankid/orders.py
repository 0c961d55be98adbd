"""Orders at the simulated service, and the rules of time and ownership they obey."""

import base64
import hashlib
import hmac
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from formbuilder.clock import Clock
from formbuilder.simulators.bankid.refusals import ApiRefusal, invalid
from formbuilder.simulators.bankid.validation import required_person

Status = Literal["pending", "failed", "complete"]

PICK_UP: Final = timedelta(seconds=30)
FINISH: Final = timedelta(minutes=3)
COMPLETE_KEPT: Final = timedelta(minutes=3)
FAILED_KEPT: Final = timedelta(minutes=5)
UNTOUCHED_KEPT: Final = timedelta(minutes=3, seconds=10)
QR_TOLERANCE: Final = 5
WAITING: Final = "outstandingTransaction"


class PhoneRefusal(Exception):  # noqa: N818 - what the app tells its user
    """What the app will not do, said to the tester."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The service an order belongs to, as its certificate says."""

    fingerprint: str
    relying_party: str
    display_name: str


@dataclass(slots=True, kw_only=True)
class Order:
    """One order; it changes as the person and the clock do their part."""

    reference: str
    kind: str
    body: Mapping[str, Any]
    owner: Owner
    created_at: datetime
    auto_start_token: str
    qr_start_token: str
    qr_start_secret: str
    status: Status = "pending"
    hint: str = WAITING
    picked_up_at: datetime | None = None
    by_link: bool = False
    ended_at: datetime | None = None
    person: str | None = None
    wrong_codes: int = 0
    completion: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_signature(self) -> bool:
        """Tell whether the person signs rather than logs in."""
        return self.kind.endswith("sign")

    @property
    def required_person(self) -> str | None:
        """Return who alone may do it."""
        return required_person(self.body)

    @property
    def visible_text(self) -> str:
        """Return the text the person is shown."""
        return base64.b64decode(self.body.get("userVisibleData", "")).decode(
            "utf-8", "replace"
        )

    def end(self, status: Status, hint: str, at: datetime) -> None:
        """Let the order be over."""
        self.status, self.hint, self.ended_at = status, hint, at

    def settle(self, now: datetime) -> None:
        """Let time do what it does to an order nobody finishes."""
        if self.status != "pending":
            return
        if self.picked_up_at is None and not self.kind.startswith("phone/"):
            if now >= self.created_at + PICK_UP:
                self.end("failed", "startFailed", self.created_at + PICK_UP)
        elif now >= (self.picked_up_at or self.created_at) + FINISH:
            over = (self.picked_up_at or self.created_at) + FINISH
            self.end("failed", "expiredTransaction", over)

    def is_forgotten(self, now: datetime) -> bool:
        """Tell whether its result has waited too long to be collected."""
        if self.ended_at is None:
            return False
        if self.status == "complete":
            return now >= self.ended_at + COMPLETE_KEPT
        if self.picked_up_at is None and self.hint == "startFailed":
            return now >= self.created_at + UNTOUCHED_KEPT
        return now >= self.ended_at + FAILED_KEPT


class OrderBook:
    """Every order there is; safe to use from many threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._orders: dict[str, Order] = {}
        self._lock = threading.RLock()

    def start(self, kind: str, body: Mapping[str, Any], owner: Owner) -> Order:
        """Open an order.

        Raises:
            ApiRefusal: the person it names is busy with another.
        """
        with self._lock:
            self._refuse_second(required_person(body))
            order = Order(
                reference=str(uuid.uuid4()),
                kind=kind,
                body=body,
                owner=owner,
                created_at=self._clock(),
                auto_start_token=str(uuid.uuid4()),
                qr_start_token=str(uuid.uuid4()),
                qr_start_secret=str(uuid.uuid4()),
            )
            if kind.startswith("phone/"):
                order.hint = "userCallConfirm"
            self._orders[order.reference] = order
            return order

    def collect(self, reference: str, owner: Owner) -> Order:
        """Return how an order goes; one that is over is given once.

        Raises:
            ApiRefusal: there is none of this owner's.
        """
        with self._lock:
            order = self._owned(reference, owner)
            if order.status != "pending":
                del self._orders[reference]
            return order

    def cancel(self, reference: str, owner: Owner) -> None:
        """Forget an order.

        Raises:
            ApiRefusal: there is none of this owner's, or it is over.
        """
        with self._lock:
            order = self._owned(reference, owner)
            if order.status != "pending":
                raise invalid("No such order")
            del self._orders[reference]

    def all(self) -> tuple[Order, ...]:
        """Return every order, as the time has made them."""
        with self._lock:
            now = self._clock()
            for order in tuple(self._orders.values()):
                order.settle(now)
                if order.is_forgotten(now):
                    del self._orders[order.reference]
            return tuple(self._orders.values())

    def find(self, reference: str) -> Order | None:
        """Return an order by its reference or its start token."""
        return next(
            (o for o in self.all() if reference in (o.reference, o.auto_start_token)),
            None,
        )

    def scan(self, text: str) -> Order:
        """Return the order a QR code is for, and count it as picked up.

        Raises:
            PhoneRefusal: the code is wrong, old or from another second.
        """
        parts = text.strip().split(".")
        if len(parts) != 4 or parts[0] != "bankid" or not _is_number(parts[2]):  # noqa: PLR2004 - the parts of a code
            raise PhoneRefusal("Texten är ingen QR-kod från BankID.")
        with self._lock:
            order = next((o for o in self.all() if o.qr_start_token == parts[1]), None)
            if order is None:
                raise PhoneRefusal("Koden hör inte till någon begäran som pågår.")
            secret = order.qr_start_secret.encode("ascii")
            right = hmac.new(secret, parts[2].encode("ascii"), hashlib.sha256)
            if not hmac.compare_digest(right.hexdigest(), parts[3]):
                raise PhoneRefusal("Koden är inte äkta: den är räknad med fel nyckel.")
            age = int((self._clock() - order.created_at).total_seconds())
            if abs(age - int(parts[2])) > QR_TOLERANCE:
                raise PhoneRefusal("Koden är från en annan sekund. Läs av den nya.")
            return self.pick_up(order, by_link=False)

    def pick_up(self, order: Order, *, by_link: bool) -> Order:
        """Count an order as opened in the app.

        Raises:
            PhoneRefusal: it is over.
        """
        with self._lock:
            self._pending(order)
            if order.picked_up_at is None:
                order.picked_up_at = self._clock()
                order.by_link = by_link
                order.hint = "started" if by_link else "userSign"
            return order

    def choose(self, order: Order, person: str) -> None:
        """Let a person take the order; any other they had open is cancelled.

        Raises:
            PhoneRefusal: it is over, or for somebody else.
        """
        with self._lock:
            self.pick_up(order, by_link=order.by_link)
            if order.required_person not in (None, person):
                raise PhoneRefusal(
                    "Begäran gäller en annan person. Välj den som är inloggad."
                )
            for other in self.all():
                if other is not order and other.person == person:
                    self._end_pending(other, "cancelled")
            order.person = person
            order.hint = "userSign"

    def complete(
        self, order: Order, make: Callable[[Order, datetime], Mapping[str, Any]]
    ) -> None:
        """Let the person finish.

        Raises:
            PhoneRefusal: it is over.
        """
        with self._lock:
            self._pending(order)
            now = self._clock()
            order.completion = make(order, now)
            order.end("complete", "", now)

    def fail(self, order: Order, hint: str) -> None:
        """Let the order fail.

        Raises:
            PhoneRefusal: it is over.
        """
        with self._lock:
            self._pending(order)
            order.end("failed", hint, self._clock())

    def wait(self, order: Order, hint: str) -> None:
        """Let a pending order say something else.

        Raises:
            PhoneRefusal: it is over.
        """
        with self._lock:
            self._pending(order)
            order.picked_up_at = order.picked_up_at or self._clock()
            order.hint = hint

    def _pending(self, order: Order) -> None:
        order.settle(self._clock())
        if order.status != "pending" or order.reference not in self._orders:
            raise PhoneRefusal("Begäran är redan avslutad. Börja om i e-tjänsten.")

    def _end_pending(self, order: Order, hint: str) -> None:
        if order.status == "pending":
            order.end("failed", hint, self._clock())

    def _owned(self, reference: str, owner: Owner) -> Order:
        order = next((o for o in self.all() if o.reference == reference), None)
        if order is None or order.owner.fingerprint != owner.fingerprint:
            raise invalid("No such order")
        return order

    def _refuse_second(self, person: str | None) -> None:
        """Stop both orders when one that names a person finds them busy."""
        busy = [
            order
            for order in self.all()
            if person
            and order.status == "pending"
            and person in (order.person, order.required_person)
        ]
        for order in busy:
            self._end_pending(order, "cancelled")
        if busy:
            raise ApiRefusal(
                400, "alreadyInProgress", "Order already in progress for this user"
            )


def _is_number(text: str) -> bool:
    """Tell whether a text is ASCII digits; `isdigit` alone takes superscripts too."""
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - an order never gets that old
