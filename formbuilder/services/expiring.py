"""Consents whose time is out: a yes becomes a no without anybody saying so."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from formbuilder.audit import Event
from formbuilder.database import cases, consents, orders, streams
from formbuilder.database.connection import TenantConnection
from formbuilder.services.auditing import record
from formbuilder.services.casebook import CaseFile, load
from formbuilder.services.deciding import snapshots, stream_changes
from formbuilder.services.families_of_cases import FamiliesOfCases
from formbuilder.services.forms import Forms
from formbuilder.services.ordering import delivery_orders
from formbuilder.services.recording import CaseMoved
from formbuilder.services.tools import Tools
from schemas.compiling import CompiledForm
from schemas.projection import receivers
from schemas.snapshots import Change


class Expiring:
    """Tells receivers what no longer holds."""

    def __init__(self, tools: Tools, forms: Forms, families: FamiliesOfCases) -> None:
        self._tools = tools
        self._forms = forms
        self._families = families

    def expire(self, tenant: str, since: datetime) -> int:
        """Send new snapshots for consents that ran out after `since`; return how many.

        Doing it again sends nothing: the bytes are then the last ones sent.
        """
        now = self._tools.clock()
        with self._tools.database.read(tenant) as tc:
            found = consents.run_out(tc, after=since, until=now)
        return sum(self._renew(tenant, case_id, now) for case_id in found)

    def _renew(self, tenant: str, case_id: str, now: datetime) -> int:
        with self._tools.database.read(tenant) as tc:
            row = cases.get(tc, case_id)
        if row is None:
            return 0
        form = self._forms.at(tenant, row.form_id, row.version)
        family = self._families.of(tenant, row)
        case = load(self._tools, tenant, case_id, form.definition, family)
        return self._told(tenant, form, case, now) if case else 0

    def _told(
        self, tenant: str, form: CompiledForm, case: CaseFile, now: datetime
    ) -> int:
        payloads = snapshots(
            self._tools,
            tenant,
            form,
            case.row.id,
            state=case.state,
            header=case.header,
            now=now,
        )
        changes = stream_changes(
            self._tools, tenant, case.row.id, case.streams, payloads
        )
        ids = {
            c.receiver: c.stream.id if c.stream else self._tools.new_id()
            for c in changes
        }
        rows = delivery_orders(
            self._tools,
            tenant,
            form,
            case.row.id,
            changes=changes,
            payloads=payloads,
            stream_ids=ids,
            now=now,
        )
        if not changes:
            return 0

        def work(tc: TenantConnection) -> None:
            self._store(tc, form, case, changes, ids=ids, now=now)
            orders.insert_many(tc, tuple(rows))

        try:
            self._tools.database.write(tenant, work)
        except CaseMoved:
            return 0  # somebody has just signed; the next round looks again
        return len(changes)

    def _store(
        self,
        tc: TenantConnection,
        form: CompiledForm,
        case: CaseFile,
        changes: Sequence[Change],
        *,
        ids: Mapping[str, str],
        now: datetime,
    ) -> None:
        """Store what is told from now on, unless the case has moved meanwhile."""
        departments = {r.id: r.department for r in receivers(form)}
        cases.hold(tc, case.row.id)
        if cases.state_token(tc, case.row.id) != case.token:
            raise CaseMoved
        for change in changes:
            streams.save(
                tc,
                change,
                stream_id=ids[change.receiver],
                case_id=case.row.id,
                department=departments[change.receiver],
                now=now,
            )
        record(
            self._tools,
            tc,
            Event.CONSENT_WITHDRAWN,
            about=case.row.id,
            reason="expired",
        )
