import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from archive.envelope import CertificateRecipient, open_with_key, seal
from archive.keys import (
    escrow_table,
    new_record_key,
    read_escrow_table,
    unwrap,
    wrap,
)
from schemas.errors import PermanentError
from tests.keyholders import Holder

MASTER = b"m" * 32


def test_a_key_comes_back_from_under_its_master_key() -> None:
    key = new_record_key("0190a")

    assert key == unwrap(wrap(key, MASTER), MASTER, key_id="0190a:1")


def test_a_key_under_another_master_key_is_refused_with_advice() -> None:
    wrapped = wrap(new_record_key("0190a"), MASTER)

    with pytest.raises(PermanentError, match="escrow"):
        unwrap(wrapped, b"x" * 32, key_id="0190a:1")


def test_the_escrow_table_gives_every_key_back(archivist: Holder) -> None:
    keys = [new_record_key("0190a"), new_record_key("0190b", 2)]

    found = read_escrow_table(escrow_table(keys, archivist[1]), *archivist)

    assert {key.key_id: key for key in keys} == found


def test_an_archivist_with_openssl_alone_gets_from_the_table_to_a_record(
    tmp_path: Path, archivist: Holder
) -> None:
    private, certificate = archivist
    key = new_record_key("0190a")
    (tmp_path / "table.cms").write_bytes(escrow_table([key], certificate))
    (tmp_path / "record.cms").write_bytes(seal(b"record", [key.recipient]))
    (tmp_path / "c.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "c.key").write_bytes(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )

    opened = _openssl(tmp_path, "table.cms", "-recip", "c.pem", "-inkey", "c.key")
    (key_id, secret), *_ = json.loads(opened)["keys"].items()
    record = _openssl(
        tmp_path,
        "record.cms",
        "-secretkeyid",
        key_id.encode().hex(),
        "-secretkey",
        secret,
    )

    assert record == b"record"


def test_what_is_no_escrow_table_is_refused(archivist: Holder) -> None:
    sealed = seal(b"[]", [CertificateRecipient(certificate=archivist[1])])

    with pytest.raises((PermanentError, ValueError)):
        read_escrow_table(sealed, *archivist)


def test_a_key_never_prints_itself() -> None:
    key = new_record_key("0190a")

    assert repr(key.key) not in repr(key)


def test_a_wrapped_key_opens_the_envelope_it_was_made_for() -> None:
    key = new_record_key("0190a")
    envelope = seal(b"record", [key.recipient])

    again = unwrap(wrap(key, MASTER), MASTER, key_id=key.key_id)

    assert open_with_key(envelope, again.key, again.key_id) == b"record"


def _openssl(folder: Path, name: str, *arguments: str) -> bytes:
    done = subprocess.run(  # noqa: S603 - fixed arguments
        ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER",  # noqa: S607 - the operator's openssl is the point
         "-in", name, *arguments],
        capture_output=True,
        check=True,
        cwd=folder,
    )  # fmt: skip
    return done.stdout
