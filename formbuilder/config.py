"""The operator's settings: one frozen value, read once and refused when wrong."""

import ipaddress
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from formbuilder.settings_reading import (
    Bad,
    address,
    networks,
    refuse_unknown,
    strings,
    text,
    written,
    yes_or_no,
)
from schemas.errors import OperatorError

Environment = Literal["production", "development", "test"]
ENVIRONMENTS: tuple[Environment, ...] = ("production", "development", "test")
LOOPBACK = ("127.0.0.0/8", "::1")


class SettingsRefused(OperatorError):  # noqa: N818 - a verdict, not a fault of ours
    """Settings the service cannot start with, with every reason at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """One municipality of the installation and the hosts it answers on."""

    key: str
    hosts: tuple[str, ...]
    directory: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSettings:
    """How another service is reached over mutual TLS.

    `signing_roots` are the certificates that signatures must chain to;
    `fingerprints` are the SHA-256 of the roots (TLS and signing) that the operator
    has compared with the issuer's. `launch_host` is where BankID's app is started;
    `client_id`, `client_secret_file` and `order` are the register's OAuth 2.0 client
    and the municipality's order number.
    """

    base_url: str
    ca_file: Path | None = None
    client_certificate: Path | None = None
    client_key: Path | None = None
    signing_roots: tuple[Path, ...] = ()
    fingerprints: tuple[str, ...] = ()
    launch_host: str = ""
    client_id: str = ""
    client_secret_file: Path | None = None
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an operator decides."""

    environment: Environment = "production"
    home: Path
    keys: Path
    database_url: str = ""
    bind: str = "127.0.0.1:8000"
    trusted_proxies: tuple[str, ...] = ()
    metrics_from: tuple[str, ...] = LOOPBACK
    plugins: tuple[str, ...] = ()
    simulators: bool = False
    clamav: str = ""
    tenants: tuple[Tenant, ...] = ()
    bankid: PeerSettings | None = None
    register: PeerSettings | None = None

    @property
    def database(self) -> str:
        """Return where the database is; beside the objects unless said otherwise."""
        return self.database_url or f"sqlite:///{self.home / 'formbuilder.sqlite3'}"

    @property
    def is_embedded(self) -> bool:
        """Say whether one process must do everything (SQLite)."""
        return self.database.startswith("sqlite")

    @property
    def address(self) -> tuple[str, int]:
        """Return the host and the port to listen on."""
        host, _, port = self.bind.rpartition(":")
        return host.strip("[]"), int(port)

    def tenant_of(self, host: str) -> Tenant | None:
        """Return whose host this is; the port does not matter."""
        name = host.lower().rsplit(":", 1)[0] if not host.endswith("]") else host
        for tenant in self.tenants:
            if name in tenant.hosts:
                return tenant
        return None

    def tenant(self, key: str) -> Tenant:
        """Return the tenant of that key.

        Raises:
            SettingsRefused: there is none.
        """
        for tenant in self.tenants:
            if tenant.key == key:
                return tenant
        known = ", ".join(t.key for t in self.tenants) or "none"
        raise SettingsRefused(f"There is no tenant “{key}”. The tenants are: {known}.")


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment, and from the file it names.

    A variable wins over the file. Raises:
        SettingsRefused: with everything that is wrong.
    """
    environ = os.environ if environ is None else environ
    try:
        values = written(environ)
        refuse_unknown(values)
        settings = _settings(values)
    except Bad as bad:
        raise SettingsRefused(str(bad)) from bad
    problems = refusals(settings)
    if problems:
        raise SettingsRefused("\n".join(problems))
    return settings


def listed_plugins(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Read which plugins are listed, also where no service is set up.

    Raises:
        SettingsRefused: the settings cannot be read.
    """
    environ = os.environ if environ is None else environ
    try:
        return strings(written(environ), "plugins")
    except Bad as bad:
        raise SettingsRefused(str(bad)) from bad


def _settings(values: Mapping[str, Any]) -> Settings:
    environment = text(values, "environment", "production")
    if environment not in ENVIRONMENTS:
        raise Bad(
            f"environment is “{environment}”. Write one of {', '.join(ENVIRONMENTS)}."
        )
    return Settings(
        environment=environment,
        home=_path(values, "home"),
        keys=_path(values, "keys"),
        database_url=text(values, "database_url", ""),
        bind=address(values, "bind", "127.0.0.1:8000"),
        trusted_proxies=networks(values, "trusted_proxies"),
        metrics_from=networks(values, "metrics_from", LOOPBACK),
        plugins=strings(values, "plugins"),
        simulators=yes_or_no(values, "simulators"),
        clamav=_clamav(values),
        tenants=_tenants(values),
        bankid=_peer(values, "bankid"),
        register=_peer(values, "register"),
    )


def _path(values: Mapping[str, Any], key: str) -> Path:
    written = text(values, key, "")
    if not written:
        raise Bad(f"{key} is not set. Set FORMBUILDER_{key.upper()} to a folder.")
    return Path(written).expanduser().absolute()


def _clamav(values: Mapping[str, Any]) -> str:
    address = text(values, "clamav", "")
    is_socket, port = address.startswith("/"), address.rpartition(":")[2]
    if address and not is_socket and not (":" in address and port.isdecimal()):
        raise Bad(
            f"clamav is “{address}”. Write host:port, or the path of clamd's socket, "
            "such as /run/clamav/clamd.ctl."
        )
    return address


def _tenants(values: Mapping[str, Any]) -> tuple[Tenant, ...]:
    keys = sorted({k.split(".")[1] for k in values if k.startswith("tenants.")})
    return tuple(
        Tenant(
            key=key,
            hosts=tuple(h.lower() for h in strings(values, f"tenants.{key}.hosts")),
            directory=_path(values, f"tenants.{key}.directory"),
        )
        for key in keys
    )


def _peer(values: Mapping[str, Any], name: str) -> PeerSettings | None:
    if not any(key.startswith(f"{name}.") for key in values):
        return None

    def file(key: str) -> Path | None:
        written = text(values, f"{name}.{key}", "")
        return Path(written).expanduser().absolute() if written else None

    return PeerSettings(
        base_url=text(values, f"{name}.base_url", ""),
        ca_file=file("ca_file"),
        client_certificate=file("client_certificate"),
        client_key=file("client_key"),
        signing_roots=tuple(
            Path(p).expanduser().absolute()
            for p in strings(values, f"{name}.signing_roots")
        ),
        fingerprints=strings(values, f"{name}.fingerprints"),
        launch_host=text(values, f"{name}.launch_host", ""),
        client_id=text(values, f"{name}.client_id", ""),
        client_secret_file=file("client_secret_file"),
        order=text(values, f"{name}.order", ""),
    )


def refusals(settings: Settings) -> list[str]:
    """Say why the service may not run with these settings; nothing when it may."""
    problems = list(_shared_hosts(settings))
    if settings.environment == "production":
        problems += _production(settings)
    elif not _is_loopback(settings.bind):
        problems.append(
            f"bind is “{settings.bind}” in {settings.environment}, which answers on "
            "loopback only. Write 127.0.0.1:PORT, or set FORMBUILDER_ENV=production."
        )
    return problems


def _shared_hosts(settings: Settings) -> list[str]:
    owners: dict[str, str] = {}
    return [
        f"The host “{host}” belongs to both “{first}” and “{tenant.key}”. "
        "Give each tenant hosts of its own."
        for tenant in settings.tenants
        for host in tenant.hosts
        if (first := owners.setdefault(host, tenant.key)) != tenant.key
    ]


def _production(settings: Settings) -> list[str]:
    problems = []
    if settings.simulators:
        problems.append(
            "simulators is on in production, where nobody may log in as a test "
            "person. Remove it."
        )
    if settings.keys.resolve().is_relative_to(settings.home.resolve()):
        problems.append(
            f"keys ({settings.keys}) lies inside home ({settings.home}), so that one "
            "copied folder would give away both lock and key. Move it elsewhere."
        )
    problems += [
        f"{path} can be read by others. Run: chmod -R go-rwx {settings.keys}"
        for path in readable_by_others(settings.keys)
    ]
    problems += [
        f"{name}.base_url “{peer.base_url}” is on this machine, where only a "
        "simulator is. Write the real service's address."
        for name, peer in (("bankid", settings.bankid), ("register", settings.register))
        if peer is not None and _is_loopback(peer.base_url.split("//", 1)[-1])
    ]
    return problems


def readable_by_others(folder: Path) -> list[Path]:
    """Return what in the key folder anyone but its owner may read or enter."""
    if not folder.exists():
        return []
    return [
        path
        for path in (folder, *sorted(folder.rglob("*")))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
        and not (path.is_file() and path.suffix == ".crt")
    ]


def _is_loopback(address: str) -> bool:
    host = address.split("/", 1)[0].rsplit(":", 1)[0].strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
