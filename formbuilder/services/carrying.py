"""Uploaded files on their way to a department: found, named and read when they go.

A name on the way is made of the column it answers, so that it fits every channel
and tells nothing that is not addressed; what its sender called it goes beside.
"""

import re
from collections.abc import Callable, Iterator

from formbuilder.delivery.bundle import Listed
from formbuilder.delivery.channel import Attached, ChannelRefused
from formbuilder.services.files import Files
from formbuilder.services.following import Following
from formbuilder.services.order_content import OrderContent
from formbuilder.services.upload import Upload


class Carrying:
    """Brings the files that an order's columns name."""

    def __init__(self, files: Files, following: Following) -> None:
        self._files = files
        self._following = following

    def files(
        self, tenant: str, order_id: str, content: OrderContent
    ) -> tuple[Attached, ...]:
        """Return the order's files, each to be read once it is its turn.

        Raises:
            PermanentError: one is not there any more.
        """
        if not content.files:
            return ()
        found = self._files.find(
            tenant,
            self._case(tenant, order_id),
            [(file.pointer, file.reference) for file in content.files],
            content.department,
        )
        return tuple(
            Attached(
                name=safe_name(file.column, number, upload.ending),
                original_name=upload.name,
                column=file.column,
                reference=file.reference,
                media_type=upload.media_type,
                size=upload.size,
                read=self._reader(tenant, upload),
            )
            for number, (file, upload) in enumerate(
                zip(content.files, found, strict=True), start=1
            )
        )

    def read(
        self, tenant: str, department: str, order_id: str, file: Listed
    ) -> Iterator[bytes]:
        """Yield the bytes of a file that was delivered to a department's inbox."""
        case_id = self._case(tenant, order_id)
        answers = [("", file.reference)]
        [upload] = self._files.find(tenant, case_id, answers, department)
        return self._files.read(tenant, upload)

    def _case(self, tenant: str, order_id: str) -> str:
        found = self._following.case(tenant, order_id)
        if found is None:
            raise ChannelRefused(
                "case_gone",
                f"The case of order {order_id} is gone. Restore the database from a "
                "backup.",
            )
        return found.case_id

    def _reader(self, tenant: str, upload: Upload) -> Callable[[], Iterator[bytes]]:
        return lambda: self._files.read(tenant, upload)


def safe_name(column: str, number: int, ending: str) -> str:
    """Return what a file is called on its way, in plain ASCII.

    >>> safe_name("diet.certificate", 1, ".pdf"), safe_name("intyg/å", 2, ".png")
    ('diet-certificate-1.pdf', 'intyg-2.png')
    """
    words = re.findall("[A-Za-z0-9]+", column)
    return f"{'-'.join([*words, str(number)])[-60:]}{ending}"
