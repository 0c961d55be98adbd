"""What the service does, one module for each errand; the web only asks.

`build(tools, store)` puts every service together; nothing in here is global.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from archive.store import Store
from formbuilder.services.acting import Acting
from formbuilder.services.archiving import Archiving
from formbuilder.services.carrying import Carrying
from formbuilder.services.concealing import Concealing
from formbuilder.services.drafts import Draft, Drafts
from formbuilder.services.expiring import Expiring
from formbuilder.services.families_of_cases import FamiliesOfCases
from formbuilder.services.family import Families
from formbuilder.services.files import Files
from formbuilder.services.following import Following
from formbuilder.services.forms import Compiler, Forms
from formbuilder.services.fulfil import Fulfil
from formbuilder.services.identify import Identify
from formbuilder.services.inbox import Inbox
from formbuilder.services.mine import Mine
from formbuilder.services.opened import Opened
from formbuilder.services.parking import Parking
from formbuilder.services.reading import Reading
from formbuilder.services.receipts import Receipts
from formbuilder.services.receiver_views import ReceiverViews
from formbuilder.services.renewing import Renewing
from formbuilder.services.review import Reviews
from formbuilder.services.sessions import Sessions
from formbuilder.services.sign import Sign
from formbuilder.services.tools import Tools
from schemas.compiling import compile_form

LOOKED_BACK: Final = timedelta(days=7)
"""How far back consents that ran out are looked for, should nobody have been here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One of each service."""

    tools: Tools
    forms: Forms
    sessions: Sessions
    identify: Identify
    family: Families
    drafts: Drafts
    renewing: Renewing
    files: Files
    review: Reviews
    sign: Sign
    mine: Mine
    inbox: Inbox
    receipts: Receipts
    fulfil: Fulfil
    archiving: Archiving
    parking: Parking

    def tidy(self, tenant: str) -> None:
        """Destroy what is too old and tell what has run out; to be done often."""
        self.drafts.prune(tenant)
        self.files.scan_waiting(tenant)
        self.parking.prune(tenant)
        self.identify.prune(tenant)
        self.sessions.prune(tenant)
        if self.tools.objects is not None:
            self.tools.objects.clear_unfinished()
        since = self.tools.clock() - LOOKED_BACK
        self.fulfil.expire_consents(tenant, since)


def build(tools: Tools, store: Store, compiler: Compiler = compile_form) -> Services:
    """Return the services of one installation."""
    forms, families, files = Forms(tools, compiler), Families(tools), Files(tools)
    opened: Opened[Draft] = Opened(tools.clock)
    parking, sessions = Parking(tools, files), Sessions(tools, opened.forget)
    following = Following(tools)
    identify = Identify(tools, sessions)
    drafts = Drafts(tools, forms, families, files, opened)
    reading, acting = Reading(tools, forms, families), Acting(tools, forms, families)
    receipts = Receipts(tools, reading)
    sign = Sign(tools, drafts, identify, acting, receipts)
    concealing = Concealing(tools, families, following)
    archiving = Archiving(tools, forms, files, store)
    carrying = Carrying(files, following)
    expiring = Expiring(tools, forms, FamiliesOfCases(tools, families))
    return Services(
        tools=tools,
        forms=forms,
        sessions=sessions,
        identify=identify,
        family=families,
        drafts=drafts,
        renewing=Renewing(tools, forms, drafts),
        files=files,
        review=Reviews(tools, drafts, sign),
        sign=sign,
        mine=Mine(tools, reading, drafts, sign, acting),
        inbox=Inbox(tools, concealing, ReceiverViews(forms, following), carrying),
        receipts=receipts,
        fulfil=Fulfil(tools, archiving, expiring, following, concealing, carrying),
        archiving=archiving,
        parking=parking,
    )
