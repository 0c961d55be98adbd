"""How a setting is written: in the environment or in TOML, under one name."""

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

PREFIX = "FORMBUILDER_"
_OURS = {"FORMBUILDER_CONFIG"}
_RENAMED = {"env": "environment"}

_PEER = ("base_url", "ca_file", "client_certificate", "client_key", "fingerprints")
_BANKID = (*_PEER, "signing_roots", "launch_host")
_REGISTER = (*_PEER, "client_id", "client_secret_file", "order")
_PLAIN = (
    "environment",
    "home",
    "keys",
    "database_url",
    "bind",
    "trusted_proxies",
    "metrics_from",
    "plugins",
    "simulators",
    "clamav",
)
KNOWN = (
    *_PLAIN,
    *(f"bankid.{key}" for key in _BANKID),
    *(f"register.{key}" for key in _REGISTER),
)
_TENANT = ("hosts", "directory")
HIGHEST_PORT = 65535


class Bad(ValueError):  # noqa: N818 - becomes SettingsRefused in config
    """One setting that cannot be read, and what to write instead."""


def written(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return every setting in the environment and in the file it names; it wins."""
    return flatten(_file(environ)) | from_environment(environ)


def _file(environ: Mapping[str, str]) -> dict[str, Any]:
    name = environ.get("FORMBUILDER_CONFIG")
    if not name:
        return {}
    try:
        return tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise Bad(
            f"FORMBUILDER_CONFIG: {name} cannot be read ({error.strerror}). "
            "Name a TOML file that this user may read."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Bad(f"{name} is not TOML: {error}. Mend that place.") from error


def flatten(document: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return a TOML document as one level of dotted names.

    >>> flatten({"bankid": {"base_url": "https://x"}})
    {'bankid.base_url': 'https://x'}
    """
    flat: dict[str, Any] = {}
    for key, value in document.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the FORMBUILDER_ variables under the names the file has.

    >>> from_environment({"FORMBUILDER_BANKID_BASE_URL": "https://x", "PATH": "/"})
    {'bankid.base_url': 'https://x'}
    """
    values: dict[str, Any] = {}
    for variable, value in environ.items():
        if not variable.startswith(PREFIX) or variable in _OURS or value == "":
            continue
        key = variable.removeprefix(PREFIX).lower()
        if key == "tenants":
            values |= _tenants(value)
            continue
        for group in ("bankid", "register"):
            if key.startswith(f"{group}_"):
                key = f"{group}.{key.removeprefix(f'{group}_')}"
        values[_RENAMED.get(key, key)] = value
    return values


def _tenants(written: str) -> dict[str, Any]:
    """Read `host=key:directory` items, a comma between them."""
    hosts: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for item in filter(None, (part.strip() for part in written.split(","))):
        host, equals, rest = item.partition("=")
        key, colon, directory = rest.partition(":")
        if not (equals and colon and host and key and directory):
            raise Bad(
                f"FORMBUILDER_TENANTS has “{item}”. Write host=key:directory.toml, "
                "a comma between tenants."
            )
        hosts.setdefault(key.strip(), []).append(host.strip())
        values[f"tenants.{key.strip()}.directory"] = directory.strip()
    return values | {f"tenants.{key}.hosts": names for key, names in hosts.items()}


def refuse_unknown(values: Mapping[str, Any]) -> None:
    """Refuse every setting we do not have, by name, with the nearest we have.

    Raises:
        Bad: with all of them.
    """
    unknown = [key for key in values if not _is_known(key)]
    if unknown:
        raise Bad(" ".join(_advice(key) for key in sorted(unknown)))


def _is_known(key: str) -> bool:
    parts = key.split(".")
    return key in KNOWN or (
        parts[0] == "tenants" and len(parts) == 3 and parts[2] in _TENANT  # noqa: PLR2004 - tenants.KEY.NAME
    )


def _advice(key: str) -> str:
    near = get_close_matches(key, KNOWN, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(KNOWN)}."
    return f"There is no setting “{key}”. {hint}"


def text(values: Mapping[str, Any], key: str, default: str) -> str:
    """Return a setting that is one text."""
    value = values.get(key, default)
    if not isinstance(value, str):
        raise Bad(f"{key} is not text. Put it in quotation marks.")
    return value


def address(values: Mapping[str, Any], key: str, default: str) -> str:
    """Return a setting that is a host and a port."""
    written = text(values, key, default)
    found = re.fullmatch(r"(?:[^\[\]:]+|\[[^\[\]]+\]):([0-9]{1,5})", written)
    if found is None or int(found[1]) > HIGHEST_PORT:
        raise Bad(
            f"{key} is “{written}”. Write an address and a port, such as "
            "127.0.0.1:8000 or [::1]:8000."
        )
    return written


def networks(
    values: Mapping[str, Any], key: str, default: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return a setting that is a list of addresses or networks."""
    found = strings(values, key) if key in values else default
    for one in found:
        try:
            ipaddress.ip_network(one, strict=False)
        except ValueError as error:
            raise Bad(
                f"{key} has “{one}”. Write addresses or networks, such as "
                "192.0.2.7 or 192.0.2.0/24."
            ) from error
    return found


def strings(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a setting that is a list of texts; in a variable, commas part them."""
    value = values.get(key, [])
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise Bad(f'{key} is not a list of texts. Write ["one", "two"].')
    return tuple(value)


def yes_or_no(values: Mapping[str, Any], key: str) -> bool:
    """Return a setting that is on or off, off unless said otherwise."""
    value = values.get(key, False)
    if isinstance(value, bool):
        return value
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise Bad(f"{key} is “{value}”. Write true or false.")
