"""What every view may reach: the services and the looks of each municipality."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from flask import current_app

from formbuilder.config import Settings
from formbuilder.keyring import Keyring
from formbuilder.services import Services
from renderers.html.site import Site
from schemas.directory import Directory

EXTENSION = "formbuilder"
T = TypeVar("T")


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
    found: House = behind(current_app).extensions[EXTENSION]
    return found


def behind(proxy: T) -> T:
    """Return what one of Flask's proxies stands for now.

    Each attribute asked of a proxy finds that anew, which costs as much as reading
    twenty of them; code that every request runs asks once.
    """
    found: T = proxy._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's documented way
    return found
