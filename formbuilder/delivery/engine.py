"""The contract of an engine: who calls the worker, when, in which process."""

from typing import ClassVar, Protocol

from formbuilder.delivery.worker import Workshop


class DeliveryEngine(Protocol):
    """Calls `process_order` for every due order, sooner or later.

    The order rows are the truth. An engine may forget everything and be killed at
    any moment: what is due is found again in the rows.
    """

    key: ClassVar[str]

    def __init__(self, shop: Workshop) -> None: ...

    def start(self) -> None:
        """Begin to work, in threads of this process."""

    def stop(self) -> None:
        """Finish what is under way, give back the rest, and end."""

    def wake(self, tenant: str) -> None:
        """Say that a commit has just left orders; looking is then not put off."""
