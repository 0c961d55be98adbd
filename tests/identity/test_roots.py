"""Which roots are trusted where."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import bankid as pybankid
import pytest
from simulated import peer_of

from formbuilder.config import Settings
from formbuilder.identity.connecting import connect_bankid, open_bankid
from formbuilder.identity.roots import (
    RootRefused,
    fingerprint,
    load_roots,
    read_certificates,
)
from formbuilder.simulators import refuse_production
from schemas.errors import OperatorError, PermanentError

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PUBLIC = Path(pybankid.__file__).parent / "certs"
PRODUCTION_TLS = PUBLIC / "appapi2.bankid.com.pem"
TEST_TLS = PUBLIC / "appapi2.test.bankid.com.pem"


def load(file, environment="production", fingerprints=()):
    return load_roots(
        [file], environment=environment, fingerprints=fingerprints, at=NOW
    )


def printed(file) -> str:
    plain = fingerprint(read_certificates(file)[0]).upper()
    return ":".join(plain[i : i + 2] for i in range(0, len(plain), 2))


def test_production_takes_a_root_whose_fingerprint_was_compared():
    (root,) = load(PRODUCTION_TLS, fingerprints=[printed(PRODUCTION_TLS)])

    assert "BankID SSL Root CA v1" in root.subject.rfc4514_string()


def test_production_refuses_a_root_nobody_compared():
    with pytest.raises(RootRefused, match=r"bankid\.fingerprints"):
        load(PRODUCTION_TLS)


def test_production_refuses_the_test_root_even_when_compared():
    with pytest.raises(RootRefused, match="test root"):
        load(TEST_TLS, fingerprints=[printed(TEST_TLS)])


def test_production_refuses_a_simulators_root_even_when_compared(simulator):
    file = simulator.signing_root_file

    with pytest.raises(RootRefused, match="test root"):
        load(file, fingerprints=[printed(file)])


def test_development_takes_a_simulators_root(simulator):
    assert len(load(simulator.signing_root_file, "development")) == 1


def test_the_reason_says_how_to_mend_it(simulator):
    with pytest.raises(OperatorError, match=r"bankid\.signing_roots"):
        load(simulator.signing_root_file)


def test_a_root_out_of_date_is_refused():
    with pytest.raises(RootRefused, match="valid from"):
        load(PUBLIC / "appapi.bankid.com.pem", "development")


def test_a_certificate_that_is_no_root_is_refused(simulator):
    with pytest.raises(RootRefused, match="no root"):
        load(simulator.client_cert, "development")


@pytest.mark.parametrize("content", [b"", b"not a certificate"])
def test_a_file_without_a_certificate_is_refused(tmp_path, content):
    file = tmp_path / "root.pem"
    file.write_bytes(content)

    with pytest.raises(RootRefused, match="holds no certificate"):
        load(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RootRefused, match=r"root\.pem"):
        load(tmp_path / "root.pem")


def test_production_refuses_the_whole_simulator(simulator):
    with pytest.raises(RootRefused, match="test root"):
        connect_bankid(
            replace(peer_of(simulator), launch_host=""), environment="production"
        )


def test_production_refuses_bankids_public_test_certificate(simulator):
    peer = replace(
        peer_of(simulator),
        launch_host="",
        base_url="https://appapi2.bankid.com/rp/v6.0/",
        ca_file=PRODUCTION_TLS,
        signing_roots=(PRODUCTION_TLS,),
        client_certificate=PUBLIC / "FPTestcert5_20240610.pem",
        fingerprints=(printed(PRODUCTION_TLS),),
    )

    with pytest.raises(RootRefused, match="test certificate"):
        connect_bankid(peer, environment="production")


def test_production_refuses_bankids_test_service(simulator):
    peer = replace(
        peer_of(simulator), base_url="https://appapi2.test.bankid.com/rp/v6.0/"
    )

    with pytest.raises(RootRefused, match="test service"):
        connect_bankid(peer, environment="production")


@pytest.mark.parametrize("missing", ["ca_file", "client_certificate"])
def test_a_missing_setting_is_named(simulator, missing):
    peer = replace(peer_of(simulator), **{missing: None})

    with pytest.raises(RootRefused, match=missing):
        connect_bankid(peer, environment="test")


def test_without_signing_roots_log_in_is_off(simulator):
    with pytest.raises(RootRefused, match="signing_roots"):
        connect_bankid(
            replace(peer_of(simulator), signing_roots=()), environment="test"
        )


def test_an_address_without_tls_is_refused(simulator):
    peer = replace(peer_of(simulator), base_url="http://127.0.0.1/rp/v6.0/")

    with pytest.raises(RootRefused, match="https"):
        connect_bankid(peer, environment="test")


def test_no_simulator_starts_in_production():
    with pytest.raises(PermanentError, match="does not start in production"):
        refuse_production("production", "BankID")


def test_production_starts_the_real_app_only(simulator):
    peer = replace(peer_of(simulator), base_url="https://appapi2.bankid.com/rp/v6.0/")

    with pytest.raises(RootRefused, match="launch_host"):
        connect_bankid(peer, environment="production")


def test_settings_without_bankid_leave_it_out(tmp_path):
    settings = Settings(home=tmp_path, keys=tmp_path, environment="test")

    assert open_bankid(settings) is None


def test_settings_with_bankid_open_it(simulator, tmp_path):
    settings = Settings(
        home=tmp_path, keys=tmp_path, environment="test", bankid=peer_of(simulator)
    )
    provider = open_bankid(settings)
    provider.close()

    assert provider.key == "bankid"
