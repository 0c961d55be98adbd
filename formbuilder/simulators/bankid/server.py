"""Starting and stopping the simulated BankID: the service and the phone."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path

from formbuilder.clock import Clock, utc_now
from formbuilder.simulators import refuse_production
from formbuilder.simulators.bankid.api import PREFIX, RelyingPartyApi
from formbuilder.simulators.bankid.control import Control
from formbuilder.simulators.bankid.faults import Faults
from formbuilder.simulators.bankid.orders import OrderBook
from formbuilder.simulators.bankid.phone import Phone
from formbuilder.simulators.bankid.phone_site import PhoneSite
from formbuilder.simulators.bankid.pki import Pki, open_pki
from formbuilder.simulators.clock import PushableClock
from formbuilder.simulators.http_server import LoopbackServer

ORGANISATION = "Ekvalla kommun"
ORGANISATION_NUMBER = "2021004748"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSimulator:
    """A simulated BankID that answers, and what a relying party needs to reach it."""

    base_url: str
    phone_url: str
    ca_file: Path
    client_cert: Path
    client_key: Path
    signing_root_file: Path
    pki: Pki = field(repr=False)
    clock: PushableClock = field(repr=False)
    _servers: tuple[LoopbackServer, ...] = field(repr=False)

    def stop(self) -> None:
        """Stop answering."""
        for server in self._servers:
            server.stop()


def start(
    directory: Path,
    *,
    environment: str,
    port: int = 0,
    phone_port: int = 0,
    clock: Clock = utc_now,
    organisation: str = ORGANISATION,
    organisation_number: str = ORGANISATION_NUMBER,
) -> RunningSimulator:
    """Start the service and the phone on loopback; port 0 takes a free one.

    The certificates lie in the directory and are made at the first start.

    Raises:
        PermanentError: this is production.
    """
    refuse_production(environment, "BankID")
    pki = open_pki(
        directory, organisation=organisation, organisation_number=organisation_number
    )
    time, faults = PushableClock(clock), Faults()
    book = OrderBook(time)
    service = LoopbackServer(
        RelyingPartyApi(book, faults).answer, port=port, context=_mutual_tls(pki)
    )
    app = Phone(book, pki)
    site = PhoneSite(app, Control(app, faults, time))
    phone = LoopbackServer(site.answer, port=phone_port)
    return RunningSimulator(
        base_url=f"https://127.0.0.1:{service.port}{PREFIX}",
        phone_url=f"http://127.0.0.1:{phone.port}/",
        ca_file=pki.file("server-root.pem"),
        client_cert=pki.file("rp.pem"),
        client_key=pki.file("rp.key"),
        signing_root_file=pki.file("signing-root.pem"),
        pki=pki,
        clock=time,
        _servers=(service, phone),
    )


def _mutual_tls(pki: Pki) -> ssl.SSLContext:
    """Demand a certificate from our own relying-party authority in the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(pki.file("server.pem"), pki.file("server.key"))
    context.load_verify_locations(cafile=pki.file("rp-root.pem"))
    context.verify_mode = ssl.CERT_REQUIRED
    return context
