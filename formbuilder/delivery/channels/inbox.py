"""The department's inbox in this service, which its staff open in the browser."""

from typing import ClassVar

from formbuilder.database import inbox
from formbuilder.database.connection import TenantConnection
from formbuilder.delivery import bundle
from formbuilder.delivery.channel import ChannelTools, Delivery, Receipt


class Inbox:
    """A row for each delivery, sealed to its department."""

    key: ClassVar[str] = "inbox"

    def __init__(self, tools: ChannelTools) -> None:
        self._tools = tools

    def deliver(self, delivery: Delivery) -> Receipt:
        """Put the delivery into the inbox unless it lies there already."""
        row = inbox.InboxRow(
            id=self._tools.new_id(),
            order_id=delivery.id,
            department=delivery.department,
            receiver=delivery.receiver,
            ref=delivery.ref,
            version=delivery.version,
            content_sealed=bundle.seal(self._tools.keyring, delivery),
            received_at=self._tools.clock(),
        )

        def store(tc: TenantConnection) -> bool:
            return inbox.insert_once(tc, row)

        return Receipt(is_first=self._tools.database.write(delivery.tenant, store))
