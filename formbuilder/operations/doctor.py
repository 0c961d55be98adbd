"""Test everything the service needs, and say how to mend what is amiss."""

import importlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection

from formbuilder import key_pairs, master_keys
from formbuilder.config import Settings, Tenant, readable_by_others, refusals
from formbuilder.database import guarding
from formbuilder.database.database import Database
from formbuilder.database.opening import Unreachable
from formbuilder.database.upgrading import is_current, reading_engine_for
from formbuilder.files import make_folder, write_whole
from formbuilder.operations.audit_chains import audit_chains
from formbuilder.operations.certificates import certificates
from formbuilder.operations.finding import Finding, failed, ok, warning
from formbuilder.scanning.opening import open_scanner
from formbuilder.scanning.scanner import ScannerUnavailable
from schemas.directory import Directory, parse_directory
from schemas.errors import DefinitionRefused, OperatorError

_ROWS = "row-level security"
_LOW = 2 * 1024**3
_PDF_LIBRARIES = (
    "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


def examine(
    settings: Settings,
    *,
    now: datetime,
    peers: Mapping[str, Callable[[], object]] | None = None,
) -> tuple[Finding, ...]:
    """Run every check; `peers` are calls that reach other services, by name."""
    return (
        *_settings(settings),
        *_keys(settings),
        *_database(settings),
        *_disk(settings),
        _pdf(),
        _scanner(settings),
        *_directories(settings),
        *certificates(settings, now=now),
        *_peers(peers or {}),
    )


def _settings(settings: Settings) -> Iterator[Finding]:
    problems = refusals(settings)
    for problem in problems:
        yield failed("settings", problem, "Change that setting.")
    if not settings.tenants:
        yield failed(
            "settings",
            "There is no tenant.",
            "Set FORMBUILDER_TENANTS to host=key:directory.toml.",
        )
    elif not problems:
        yield ok("settings", f"The environment is {settings.environment}.")


def _keys(settings: Settings) -> Iterator[Finding]:
    try:
        keys = master_keys.read(settings.keys)
    except OperatorError as error:
        yield failed("keys", str(error), "Run: formbuilder keys init")
        return
    if readable := readable_by_others(settings.keys):
        yield failed(
            "keys",
            f"Others may read {readable[0]}.",
            f"Run: chmod -R go-rwx {settings.keys}",
        )
        return
    yield ok("keys", f"Generation {keys.newest} seals.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        Database(settings).close()
        engine = reading_engine_for(settings.database)
        try:
            with engine.connect() as connection:
                current = is_current(connection)
                guards = tuple(_guards(connection))
        finally:
            engine.dispose()
    except Unreachable as error:
        yield failed("database", str(error), "Mend that, then run this again.")
        return
    except OperatorError as error:
        yield failed("database", str(error), "Run: formbuilder db upgrade")
        return
    if not current:
        yield failed(
            "database",
            "The tables are those of another version.",
            "Run: formbuilder db upgrade",
        )
        return
    yield ok("database", "It opens and is up to date.")
    yield from guards
    yield from audit_chains(settings)


def _guards(connection: Connection) -> Iterator[Finding]:
    """Look behind the service's own filters: each row belongs to one tenant."""
    if connection.dialect.name != "postgresql":
        return
    if role := guarding.role_above(connection):
        yield failed(
            _ROWS,
            f"The role {role} stands above row-level security.",
            f"Run as the database's owner: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS; "
            "or give the service a role of its own.",
        )
    elif lacking := guarding.unguarded(connection):
        yield failed(
            _ROWS,
            f"Row-level security is off for {', '.join(lacking)}.",
            "Run: formbuilder db upgrade",
        )
    else:
        yield ok(_ROWS, "It is on, and holds the service's role.")


def _disk(settings: Settings) -> Iterator[Finding]:
    for name in ("objects", "archive"):
        folder = settings.home / name
        probe = folder / ".probe"
        try:
            make_folder(folder)
            write_whole(probe, b"probe")
            probe.unlink()
        except OSError as error:
            yield failed(
                name,
                f"{folder} cannot be written ({error.strerror}).",
                "Mount it and give this user the right to write there.",
            )
            continue
        free = shutil.disk_usage(folder).free
        if free < _LOW:
            yield warning(
                name, f"{free // 1024**2} MiB are free.", "Make room on that disk."
            )
        else:
            yield ok(name, f"{free // 1024**3} GiB are free.")


def _pdf() -> Finding:
    try:
        importlib.import_module("weasyprint")
    except (OSError, ImportError) as error:
        return failed(
            "documents",
            f"PDF cannot be made ({type(error).__name__}); archive orders wait.",
            f"Run: {_PDF_LIBRARIES}",
        )
    return ok("documents", "PDF can be made.")


def _scanner(settings: Settings) -> Finding:
    """Ask the malware scanner for its version; production should have one."""
    if not settings.clamav:
        unscanned = "Files that people attach are not scanned for malware."
        if settings.environment != "production":
            return ok("scanner", unscanned)
        return warning(
            "scanner",
            unscanned,
            "Install clamav-daemon and set FORMBUILDER_CLAMAV to its socket.",
        )
    try:
        version = open_scanner(settings).version()
    except ScannerUnavailable as error:
        return failed("scanner", str(error), "Start clamav-daemon; files wait.")
    return ok("scanner", f"{version} answers.")


def _directories(settings: Settings) -> Iterator[Finding]:
    for tenant in settings.tenants:
        check = f"directory {tenant.key}"
        try:
            directory = parse_directory(
                tenant.directory.read_text(encoding="utf-8"), str(tenant.directory)
            )
        except OSError as error:
            yield failed(
                check,
                f"{tenant.directory} cannot be read ({error.strerror}).",
                f"Set tenants.{tenant.key}.directory to the municipality's file.",
            )
        except DefinitionRefused as error:
            yield failed(
                check, str(error), f"Run: formbuilder check {tenant.directory}"
            )
        else:
            yield from _pairs(settings, tenant, directory)


def _pairs(
    settings: Settings, tenant: Tenant, directory: Directory
) -> Iterator[Finding]:
    """Look for the key pair of each department, and for the archivist's."""
    folder, lacking = settings.keys / tenant.key, []
    for place in (*(f"departments/{key}" for key in directory.departments), _ESCROW):
        try:
            key_pairs.read_certificate(folder / place)
        except OperatorError:
            lacking.append(place)
    if lacking:
        yield failed(
            f"directory {tenant.key}",
            f"No certificate for {', '.join(lacking)}.",
            "Run: formbuilder keys init; in production the archivist makes "
            f"{_ESCROW}.crt and keeps its key.",
        )
        return
    yield ok(
        f"directory {tenant.key}",
        f"{len(directory.departments)} departments, each with its certificate.",
    )


_ESCROW = "archive/escrow"


def _peers(peers: Mapping[str, Callable[[], object]]) -> Iterator[Finding]:
    for name, reach in peers.items():
        try:
            reach()
        except OperatorError as error:
            yield failed(name, str(error), f"Check {name}.base_url and the network.")
        else:
            yield ok(name, "It answers.")
