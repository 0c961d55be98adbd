"""The register an operator's settings open, and what they may not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from formbuilder.config import PeerSettings, Settings
from formbuilder.register.connecting import connect_register, open_register
from formbuilder.register.register import RegisterRefused, RegisterUnavailable
from formbuilder.simulators.register import RunningRegister

SARA = "198604222383"


def peer_of(running: RunningRegister, folder: Path) -> PeerSettings:
    secret = folder / "secret"
    secret.write_text(running.client_secret + "\n", encoding="utf-8")
    return PeerSettings(
        base_url=running.base_url,
        client_id=running.client_id,
        client_secret_file=secret,
        order=running.order,
    )


def settings_of(folder: Path, peer: PeerSettings | None) -> Settings:
    return Settings(home=folder, keys=folder, environment="test", register=peer)


def test_settings_open_the_register(running, tmp_path):
    register = open_register(settings_of(tmp_path, peer_of(running, tmp_path)))
    found = register.person(SARA)
    register.close()

    assert found.name == "Sara Lindqvist"


@pytest.mark.parametrize(
    "ask",
    [
        lambda register: register.person(SARA),
        lambda register: register.children_of(SARA, date(2027, 4, 1)),
        lambda register: register.guardians_of(SARA, date(2027, 4, 1)),
    ],
)
def test_without_a_register_nobody_is_let_in(tmp_path, ask):
    with pytest.raises(RegisterUnavailable, match="No population register"):
        ask(open_register(settings_of(tmp_path, None)))


def test_production_refuses_a_register_on_this_machine(running, tmp_path):
    with pytest.raises(RegisterRefused, match="simulator"):
        connect_register(peer_of(running, tmp_path), environment="production")


@pytest.mark.parametrize(
    "address", ["http://register.example.se/", "", "register.example.se"]
)
def test_an_address_without_tls_is_refused(running, tmp_path, address):
    peer = replace(peer_of(running, tmp_path), base_url=address)

    with pytest.raises(RegisterRefused, match="https"):
        connect_register(peer, environment="test")


@pytest.mark.parametrize(
    "missing", [{"client_id": ""}, {"order": ""}, {"client_secret_file": None}]
)
def test_a_missing_setting_is_named(running, tmp_path, missing):
    peer = replace(peer_of(running, tmp_path), **missing)

    with pytest.raises(RegisterRefused, match=next(iter(missing))):
        connect_register(peer, environment="test")


def test_a_secret_that_cannot_be_read_is_named(running, tmp_path):
    peer = replace(peer_of(running, tmp_path), client_secret_file=tmp_path / "gone")

    with pytest.raises(RegisterRefused, match="gone"):
        connect_register(peer, environment="test")
