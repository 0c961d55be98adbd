"""Orders carried out: a snapshot becomes a delivery, an accepted version a record.

- `Fulfil.delivery(tenant, order) -> Delivery`: opens the order, renders its documents.
- `Fulfil.archive(tenant, order) -> None`: makes and verifies the archive record;
  doing it twice makes one record.
- `Fulfil.expire_consents(tenant, since) -> int`: tells everyone told yes that a
  consent's time is out.
"""

from collections.abc import Mapping, Sequence

from formbuilder.database.orders import OrderRow
from formbuilder.delivery.channel import Attached, ChannelRefused, Delivery
from formbuilder.services.archiving import Archiving
from formbuilder.services.carrying import Carrying
from formbuilder.services.concealing import Concealing
from formbuilder.services.expiring import Expiring
from formbuilder.services.following import Following
from formbuilder.services.order_content import OrderContent, open_for, read_order
from formbuilder.services.tools import Tools
from renderers.document import Cell, DocumentInput
from renderers.documents import CODED, document
from schemas.definition import Json
from schemas.representation import Representation


class Fulfil:
    """What a worker does with an order."""

    def __init__(
        self,
        tools: Tools,
        archiving: Archiving,
        expiring: Expiring,
        following: Following,
        concealing: Concealing,
        carrying: Carrying,
    ) -> None:
        self._tools = tools
        self._archiving = archiving
        self._following = following
        self._concealing = concealing
        self._carrying = carrying
        self.expire_consents = expiring.expire

    def delivery(self, tenant: str, order: OrderRow) -> Delivery:
        """Return what the order's channel is to deliver.

        Raises:
            ChannelRefused: the family has become protected; nothing leaves the house.
            PermanentError: an uploaded file is not there any more.
        """
        self._stop_if_concealed(tenant, order)
        department = order.department or ""
        content = read_order(
            open_for(self._tools, tenant, department, order.id, order.content_sealed)
        )
        directory = self._tools.directories[tenant]
        which = directory.departments[department]
        files = self._carrying.files(tenant, order.id, content)
        return Delivery(
            id=order.id,
            tenant=tenant,
            department=department,
            receiver=content.receiver,
            ref=content.ref,
            version=order.version,
            created_at=order.created_at,
            payload=content.to_bytes(),
            documents=self._documents(tenant, content, files),
            files=files,
            settings=which.channels.get(order.channel or "", {}),
            is_sealed=which.sealed,
        )

    def archive(self, tenant: str, order: OrderRow) -> None:
        """Make the record of the order's version, unless there is one already."""
        self._archiving.archive(tenant, order)

    def _stop_if_concealed(self, tenant: str, order: OrderRow) -> None:
        case = self._following.case(tenant, order.id)
        if case is None or not case.child:
            return
        if not self._concealing.is_open(tenant, case.child):
            raise ChannelRefused(
                "concealed",
                "The register no longer lets this case be delivered. Ask the school "
                f"to handle it in person; then: formbuilder deliveries retry {order.id}.",
            )

    def _documents(
        self, tenant: str, content: OrderContent, files: Sequence[Attached]
    ) -> tuple[Representation, ...]:
        """Return the columns in words, for machines as codes; files by their names here."""
        names = {file.reference: file.name for file in files}
        coded = _cells(content, {}, names)
        worded = _cells(content, content.words, names)
        return tuple(
            document(key).render(self._input(tenant, content, cells))
            for key in content.documents
            for cells in (coded if key in CODED else worded,)
        )

    def _input(
        self, tenant: str, content: OrderContent, cells: tuple[Cell, ...]
    ) -> DocumentInput:
        return DocumentInput(
            id=f"{content.ref}/{content.receiver}/{content.version}",
            name=f"{content.receiver.replace('.', '-')}-{content.ref[:8]}"
            f"-{content.version}",
            title=content.title,
            made_at=content.arrived_at,
            municipality=self._tools.directories[tenant].municipality.name,
            arrived_at=content.arrived_at,
            records=(cells,) if not content.is_ended else (),
        )


def _cells(
    content: OrderContent, words: Mapping[str, Json], names: Mapping[str, str]
) -> tuple[Cell, ...]:
    """Return the columns with their words where there are any."""
    return tuple(
        Cell(name=name, title=title, value=_renamed(words.get(name, value), names))
        for name, title, value in content.columns
    )


def _renamed(value: Json, names: Mapping[str, str]) -> Json:
    """Return a column's value with the names of files for their references."""
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if isinstance(value, Mapping):
        return {name: _renamed(member, names) for name, member in value.items()}
    if not isinstance(value, str):
        return value
    for reference, name in names.items():
        value = value.replace(reference, name)
    return value
