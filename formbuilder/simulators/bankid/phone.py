"""What a tester does on the phone: pick up an order, be somebody, and decide."""

from formbuilder.simulators.bankid.orders import Order, OrderBook, PhoneRefusal
from formbuilder.simulators.bankid.people import find_person, finish
from formbuilder.simulators.bankid.pki import Pki
from formbuilder.simulators.persona import Persona

WRONG_CODES: int = 3


class Phone:
    """The app, as far as the service sees it."""

    def __init__(self, book: OrderBook, pki: Pki) -> None:
        self._book = book
        self._pki = pki

    @property
    def book(self) -> OrderBook:
        """Return the orders it can see."""
        return self._book

    def choose(self, order: Order, number: str) -> Persona:
        """Be somebody.

        Raises:
            PhoneRefusal: nobody can be them, or not for this order.
        """
        who = find_person(number)
        self._book.choose(order, who.number)
        return who

    def approve(self, order: Order, number: str) -> str:
        """Do what the order asks and return what the app says then.

        Raises:
            PhoneRefusal: the app will not.
        """
        who = self.choose(order, number)
        requirement = order.body.get("requirement") or {}
        if who.bankid == "blocked":
            self._book.fail(order, "certificateErr")
            return "Ditt BankID är spärrat."
        if who.bankid == "old_app" and order.body.get("returnUrl") and order.by_link:
            self._book.fail(order, "notSupportedByUserApp")
            return "Appen är för gammal. Uppdatera den."
        if who.bankid == "risky" and requirement.get("risk"):
            self._book.fail(order, "transactionRiskBlocked")
            return "Begäran stoppades för din säkerhet."
        self._book.complete(order, finish(self._pki, who))
        return (
            "Du har skrivit under." if order.is_signature else "Du har legitimerat dig."
        )

    def cancel(self, order: Order) -> str:
        """Press cancel.

        Raises:
            PhoneRefusal: it is over.
        """
        self._book.fail(order, "userCancel")
        return "Du avbröt."

    def wrong_code(self, order: Order) -> str:
        """Type the wrong code; the third time the BankID is blocked.

        Raises:
            PhoneRefusal: it is over.
        """
        self._book.pick_up(order, by_link=order.by_link)
        order.wrong_codes += 1
        if order.wrong_codes < WRONG_CODES:
            return f"Fel kod. {WRONG_CODES - order.wrong_codes} försök kvar."
        self._book.fail(order, "certificateErr")
        return "Fel kod tre gånger: ditt BankID är spärrat."

    def expire(self, order: Order) -> str:
        """Do nothing until the time is out.

        Raises:
            PhoneRefusal: it is over.
        """
        self._book.fail(order, "expiredTransaction")
        return "Tiden gick ut."

    def order(self, reference: str) -> Order:
        """Return an order by its reference or start token.

        Raises:
            PhoneRefusal: there is none.
        """
        order = self._book.find(reference)
        if order is None:
            raise PhoneRefusal("Det finns ingen sådan begäran. Börja om i e-tjänsten.")
        return order
