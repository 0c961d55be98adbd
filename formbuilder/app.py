"""The composition root: settings become one running installation; nothing is global."""

import logging
import os
import random
import secrets
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import structlog
from flask import Flask

from archive.stores.local import LocalStore
from formbuilder import metrics, safe_logs
from formbuilder.clock import Clock, utc_now
from formbuilder.config import Settings, Tenant
from formbuilder.database.database import Database
from formbuilder.delivery.addresses import system_resolve
from formbuilder.delivery.channel import ChannelTools
from formbuilder.delivery.channels import enabled, offered
from formbuilder.delivery.engine import DeliveryEngine
from formbuilder.delivery.engines import engine_for
from formbuilder.delivery.worker import workshop
from formbuilder.identifiers import new_id
from formbuilder.identity.connecting import open_bankid
from formbuilder.identity.provider import IdentityProvider
from formbuilder.keyring import Keyring
from formbuilder.objects import ObjectStore
from formbuilder.placements import read_placements
from formbuilder.register.connecting import open_register
from formbuilder.scanning.opening import open_scanner
from formbuilder.services import Services, build
from formbuilder.services.tools import Tools
from formbuilder.web.application import make
from formbuilder.web.house import House
from renderers.html.page_parts import Link
from renderers.html.site import Site
from renderers.html.theme import Theme
from schemas.directory import Directory, parse_directory
from schemas.errors import OperatorError

TIDIED_EVERY: Final = 600.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything of one installation, opened."""

    settings: Settings
    database: Database
    tools: Tools
    services: Services
    store: LocalStore
    clock: Clock

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def read_directory(tenant: Tenant) -> Directory:
    """Read a municipality's directory.

    Raises:
        OperatorError: the file is not there.
        DefinitionRefused: it is wrong, with every problem.
    """
    try:
        text = tenant.directory.read_text(encoding="utf-8")
    except OSError as error:
        raise OperatorError(
            f"The directory of {tenant.key}, {tenant.directory}, cannot be read "
            f"({error.strerror}). Set tenants.{tenant.key}.directory to the file."
        ) from error
    return parse_directory(text, file=str(tenant.directory))


def open_installation(settings: Settings, *, clock: Clock = utc_now) -> Installation:
    """Open the database, keys, stores and peers that the settings name.

    Raises:
        OperatorError: something is missing or may not be used here.
    """
    database = Database(settings)
    keyring = Keyring(settings.keys)
    directories = {tenant.key: read_directory(tenant) for tenant in settings.tenants}
    placements = read_placements({t.key: t.directory for t in settings.tenants})
    tools = Tools(
        database=database,
        keyring=keyring,
        clock=clock,
        new_id=new_id,
        token_bytes=secrets.token_bytes,
        register=open_register(settings, clock=clock),
        providers=open_providers(settings, clock),
        directories=directories,
        placements=placements,
        objects=ObjectStore(settings.home / "objects"),
        scanner=open_scanner(settings),
        channels=frozenset(part.key for part in offered(settings.plugins)),
        is_test=settings.environment != "production",
    )
    store = LocalStore(settings.home / "archive")
    return Installation(
        settings=settings,
        database=database,
        tools=tools,
        services=build(tools, store),
        store=store,
        clock=clock,
    )


def open_providers(settings: Settings, clock: Clock) -> Mapping[str, IdentityProvider]:
    """Return every identity provider that the settings name.

    Raises:
        RootRefused: one may not be used in this environment.
    """
    bankid = open_bankid(settings, clock=clock)
    return {bankid.key: bankid} if bankid is not None else {}


def engine(installation: Installation) -> DeliveryEngine:
    """Return the engine that carries out this installation's orders."""
    tools = installation.tools
    settings = installation.settings
    channels = enabled(
        ChannelTools(
            settings=settings,
            database=tools.database,
            keyring=tools.keyring,
            clock=tools.clock,
            new_id=tools.new_id,
            resolve=system_resolve,
        ),
        offered(settings.plugins),
    )
    shop = workshop(
        name=f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}",
        database=tools.database,
        channels=channels,
        fulfil=installation.services.fulfil.delivery,
        archive=installation.services.fulfil.archive,
        clock=tools.clock,
        fraction=random.random,
    )
    return engine_for(settings)(shop)


def web(installation: Installation) -> Flask:
    """Return the web application of an installation."""
    tools, settings = installation.tools, installation.settings
    return make(
        House(
            settings=settings,
            services=installation.services,
            keyring=tools.keyring,
            sites={
                key: Site(theme=theme(directory), environment=settings.environment)
                for key, directory in tools.directories.items()
            },
            directories=tools.directories,
            clock=installation.clock,
            is_ready=lambda: metrics.is_ready(tools.database),
            metrics=lambda: metrics.figures(tools.database),
        )
    )


def theme(directory: Directory) -> Theme:
    """Return how a municipality's pages look."""
    contact = directory.municipality.contact
    links = (Link(text=_host(contact.web), href=contact.web),) if contact.web else ()
    return Theme(
        municipality=directory.municipality.name,
        phone=contact.phone,
        email=contact.email,
        links=links,
    )


def _host(address: str) -> str:
    """Return a web address as people say it."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def configure_logs() -> None:
    """Write events as lines of JSON; other libraries' warnings without their data."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        # A logger that is kept goes on as it was configured when it was first used.
        cache_logger_on_first_use=False,
    )
    safe_logs.install()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)


def keep_tidy(installation: Installation) -> None:
    """Destroy what is too old every ten minutes, in a thread that ends with us."""

    def tidy() -> None:
        while True:
            for tenant in installation.settings.tenants:
                try:
                    installation.services.tidy(tenant.key)
                except Exception as error:  # noqa: BLE001 - the next round must come
                    log.warning("tidy_failed", kind=type(error).__name__)
            time.sleep(TIDIED_EVERY)

    threading.Thread(target=tidy, name="tidy", daemon=True).start()
