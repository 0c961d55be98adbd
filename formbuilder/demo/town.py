"""A municipality on this machine: simulators, keys, forms and the service itself."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import httpx

from formbuilder.app import open_installation, read_directory
from formbuilder.config import Settings, load
from formbuilder.database.upgrading import upgrade
from formbuilder.demo.receiver import WebhookReceiver
from formbuilder.keyring import create
from formbuilder.services.forms import Forms
from formbuilder.simulators import register as register_server
from formbuilder.simulators.bankid import server as bankid_server
from formbuilder.simulators.bankid.server import RunningSimulator
from formbuilder.simulators.register import RunningRegister
from schemas.errors import DefinitionRefused, OperatorError
from schemas.parsing import parse_definition
from schemas.section_files import folder_reader

TENANT: Final = "ekvalla"
FORM: Final = "skolstart"
FORMS: Final = (
    "skolstart.json",
    "felanmalan.json",
    "bygglovsfraga.json",
    "foreningsbidrag.json",
)
PLACEHOLDER: Final = "http://127.0.0.1:8790/it"
READY_WITHIN: Final = 90.0
STOPPED_WITHIN: Final = 15.0
LOWEST_PORT: Final = 20_000
PORTS: Final = 12_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A prepared municipality: where it answers, and what its peers are."""

    home: Path
    url: str
    phone_url: str
    register_url: str
    environment: Mapping[str, str]
    settings: Settings
    webhooks: WebhookReceiver

    def start_service(self) -> subprocess.Popen[bytes]:
        """Start the web in a process group of its own, and wait for it.

        On SQLite the same process delivers; on PostgreSQL `start_worker` does. Raises:
            OperatorError: it does not answer in time; its log says why.
        """
        how = ("--embedded",) if self.settings.is_embedded else ("--workers", "2")
        with ExitStack() as undone:
            process = self._start("serve", *how)
            undone.callback(stop, process)
            self._wait_for(process)
            undone.pop_all()
        return process

    def _wait_for(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if httpx.get(f"{self.url}/readyz", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise OperatorError(
            f"The service did not start. Read {self.home / 'service.log'}."
        )

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start a process that delivers and archives (PostgreSQL)."""
        return self._start("work")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return leashed(self.home / "service.log", self.environment, *command)


def leashed(
    log: Path, environment: Mapping[str, str], *command: str
) -> subprocess.Popen[bytes]:
    """Start `formbuilder` in a process group of its own that ends with this process."""
    with log.open("ab") as written:
        return subprocess.Popen(  # noqa: S603 - a command of our own
            [sys.executable, "-m", "formbuilder.cli.leashed", *command],
            env={**os.environ, **environment},
            stdin=_leash()[0],
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@cache
def _leash() -> tuple[int, int]:
    """Return a pipe that nobody writes to; it is closed when this process ends."""
    return os.pipe()


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the service and everything it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def town(
    home: Path, examples: Path, *, port: int = 0, database_url: str = ""
) -> Iterator[Town]:
    """Prepare a municipality in a folder, run its peers, and stop them after.

    Its data lie in an SQLite file there unless an empty PostgreSQL database is named.
    """
    home.mkdir(parents=True, exist_ok=True)
    peers = home / "peers"
    bankid = bankid_server.start(peers / "bankid", environment="development")
    register = register_server.start(environment="development")
    webhooks = WebhookReceiver()
    secret = peers / "register.secret"
    secret.write_text(register.client_secret, encoding="utf-8")
    secret.chmod(0o600)
    directory = _copied_directory(examples, home, webhooks)
    address = f"127.0.0.1:{port or free_port()}"
    environment = {
        "FORMBUILDER_ENV": "development",
        "FORMBUILDER_HOME": str(home / "data"),
        "FORMBUILDER_KEYS": str(home / "keys"),
        "FORMBUILDER_BIND": address,
        "FORMBUILDER_SIMULATORS": "true",
        "FORMBUILDER_TENANTS": f"127.0.0.1={TENANT}:{directory},"
        f"localhost={TENANT}:{directory}",
        "FORMBUILDER_REGISTER_CLIENT_SECRET_FILE": str(secret),
        **_peers(bankid, register),
    }
    if database_url:
        environment["FORMBUILDER_DATABASE_URL"] = database_url
    settings = load(environment)
    try:
        prepare(settings, examples)
        yield Town(
            home=home,
            url=f"http://{address}",
            phone_url=bankid.phone_url,
            register_url=register.base_url,
            environment=environment,
            settings=settings,
            webhooks=webhooks,
        )
    finally:
        for peer in (bankid, register, webhooks):
            peer.stop()


def _peers(bankid: RunningSimulator, register: RunningRegister) -> dict[str, str]:
    """Return how the simulators are reached, as settings."""
    return {
        "FORMBUILDER_BANKID_BASE_URL": bankid.base_url,
        "FORMBUILDER_BANKID_CA_FILE": str(bankid.ca_file),
        "FORMBUILDER_BANKID_CLIENT_CERTIFICATE": str(bankid.client_cert),
        "FORMBUILDER_BANKID_CLIENT_KEY": str(bankid.client_key),
        "FORMBUILDER_BANKID_SIGNING_ROOTS": str(bankid.signing_root_file),
        "FORMBUILDER_BANKID_LAUNCH_HOST": bankid.phone_url,
        "FORMBUILDER_REGISTER_BASE_URL": register.base_url,
        "FORMBUILDER_REGISTER_CLIENT_ID": register.client_id,
        "FORMBUILDER_REGISTER_ORDER": register.order,
    }


def _copied_directory(examples: Path, home: Path, webhooks: WebhookReceiver) -> Path:
    """Copy the municipality's files, with our webhook receiver as IT's."""
    folder = home / TENANT
    folder.mkdir(exist_ok=True)
    text = (examples / "directory.toml").read_text(encoding="utf-8")
    directory = folder / "directory.toml"
    directory.write_text(text.replace(PLACEHOLDER, webhooks.url), encoding="utf-8")
    placements = (examples / "placements.toml").read_text(encoding="utf-8")
    (folder / "placements.toml").write_text(placements, encoding="utf-8")
    return directory


def prepare(settings: Settings, examples: Path) -> None:
    """Make keys and tables, and publish the example forms; safe to repeat."""
    settings.home.mkdir(parents=True, exist_ok=True)
    keyring = create(settings.keys)
    for tenant in settings.tenants:
        keyring.make_pairs(
            tenant.key,
            read_directory(tenant).departments,
            now=datetime.now(UTC),
            with_escrow=True,
        )
    upgrade(settings)
    installation = open_installation(settings)
    try:
        for name in FORMS:
            publish(installation.services.forms, examples / name)
    finally:
        installation.close()


def publish(forms: Forms, path: Path) -> None:
    """Publish one definition file."""
    parsed = parse_definition(
        path.read_text(encoding="utf-8"),
        file=str(path),
        read=folder_reader(path.parent),
    )
    if parsed.definition is None:
        raise DefinitionRefused(parsed.problems)
    forms.publish(TENANT, parsed.definition, "demo")


def free_port() -> int:
    """Return a port nobody listens on now, below those that connections are given.

    One of those could be some connection's own before the service listens on it.
    """
    while True:
        port = LOWEST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
