"""What every view may reach: the services and the looks of each municipality."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from formbuilder.config import Settings
from formbuilder.keyring import Keyring
from formbuilder.services import Services
from formbuilder.web.now import app_now
from renderers.html.site import Site
from schemas.directory import Directory

EXTENSION = "formbuilder"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One running installation, as the web sees it."""

    settings: Settings
    services: Services
    keyring: Keyring
    sites: Mapping[str, Site]
    directories: Mapping[str, Directory]
    clock: Callable[[], datetime]
    is_ready: Callable[[], bool]
    metrics: Callable[[], bytes]


def house() -> House:
    """Return the installation this application serves."""
    found: House = app_now().extensions[EXTENSION]
    return found
