"""The figures are for the house's own machines; others find no such page."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from formbuilder.config import Settings
from formbuilder.web.application import make
from formbuilder.web.house import House

FIGURES = b"formbuilder_orders 1\n"
WATCHER = "192.0.2.7"


def served(**settings: Any) -> Flask:
    nothing: Any = None
    return make(
        House(
            settings=Settings(
                environment="test", home=Path("data"), keys=Path("keys"), **settings
            ),
            services=nothing,
            keyring=nothing,
            sites={},
            directories={},
            clock=nothing,
            is_ready=nothing,
            metrics=lambda: FIGURES,
        )
    )


def asked(app: Flask, peer: str, **headers: str) -> tuple[int, bytes]:
    answer = app.test_client().get(
        "/metrics",
        environ_base={"REMOTE_ADDR": peer},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    return answer.status_code, answer.data


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_reads_the_figures(peer: str) -> None:
    assert (200, FIGURES) == asked(served(), peer)


@pytest.mark.parametrize("peer", [WATCHER, "10.0.0.1", "2001:db8::7", "", "unix:"])
def test_nobody_else_does_unless_they_are_named(peer: str) -> None:
    assert (404, b"404\n") == asked(served(), peer)


def test_those_who_are_named_read_them() -> None:
    app = served(metrics_from=("192.0.2.0/24",))

    assert (200, FIGURES) == asked(app, WATCHER)
    assert (404, b"404\n") == asked(app, "127.0.0.1")


@pytest.mark.parametrize("trusted", [(), ("127.0.0.1",)])
@pytest.mark.parametrize(
    "header",
    [
        {"X_Forwarded_For": "198.51.100.9"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_Host": "ekvalla.test"},
        {"X_Real_IP": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
    ],
)
def test_what_a_proxy_brings_does_not_pass(
    trusted: tuple[str, ...], header: dict[str, str]
) -> None:
    app = served(trusted_proxies=trusted)

    assert (404, b"404\n") == asked(app, "127.0.0.1", **header)
