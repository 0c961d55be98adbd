"""The family a case is about, when nobody in it is here to ask."""

from formbuilder.database.cases import CaseRow
from formbuilder.services.content import read_header
from formbuilder.services.family import Families
from formbuilder.services.tools import Tools
from schemas.people import Family, Person


class FamiliesOfCases:
    """Finds families by the child's number, which lies sealed in the case."""

    def __init__(self, tools: Tools, families: Families) -> None:
        self._tools = tools
        self._families = families

    def of(self, tenant: str, row: CaseRow) -> Family:
        """Return the child and guardians as the register says today."""
        header = read_header(
            self._tools.keyring.open("cases", tenant, row.id, row.header_sealed)
        )
        found = self._families.by_child(tenant, header.child) if header.child else None
        return found or Family(guardians=(Person(key=row.opened_by),))
