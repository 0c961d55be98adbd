import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from archive.envelope import (
    CertificateRecipient,
    EnvelopeRefused,
    KeyRecipient,
    open_with_certificate,
    open_with_key,
    seal,
)
from schemas.errors import PermanentError
from tests.keyholders import Holder

KEY = bytes(range(32))
RECORD = KeyRecipient(key_id="0190a:1", key=KEY)
TEXT = "Alva tål inte jordnötter. 🥜".encode()


def openssl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - fixed arguments
        ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", *arguments],  # noqa: S607 - the operator's openssl is the point
        capture_output=True,
        check=False,
    )


@given(st.binary(max_size=2000))
def test_what_is_sealed_for_a_key_opens_with_that_key(data: bytes) -> None:
    envelope = seal(data, [RECORD])

    assert data == open_with_key(envelope, KEY, "0190a:1")


def test_what_is_sealed_for_a_certificate_opens_with_its_key(
    school_health: Holder,
) -> None:
    key, certificate = school_health
    envelope = seal(TEXT, [CertificateRecipient(certificate=certificate)])

    assert open_with_certificate(envelope, key, certificate) == TEXT


def test_each_of_several_recipients_opens_it(
    school_health: Holder, archivist: Holder
) -> None:
    recipients = [
        RECORD,
        *(CertificateRecipient(certificate=c) for _, c in (school_health, archivist)),
    ]
    envelope = seal(TEXT, recipients)

    opened = {open_with_key(envelope, KEY)}
    opened |= {open_with_certificate(envelope, *h) for h in (school_health, archivist)}

    assert {TEXT} == opened


def test_another_key_is_refused() -> None:
    with pytest.raises(EnvelopeRefused):
        open_with_key(seal(TEXT, [RECORD]), bytes(32))


def test_another_key_id_is_refused() -> None:
    with pytest.raises(EnvelopeRefused, match="not addressed"):
        open_with_key(seal(TEXT, [RECORD]), KEY, "0190a:2")


def test_another_certificate_is_refused(
    school_health: Holder, archivist: Holder
) -> None:
    envelope = seal(TEXT, [CertificateRecipient(certificate=school_health[1])])

    with pytest.raises(EnvelopeRefused, match="not addressed"):
        open_with_certificate(envelope, *archivist)


def test_an_envelope_for_nobody_is_never_made() -> None:
    with pytest.raises(PermanentError, match="recipient"):
        seal(TEXT, [])


@pytest.mark.parametrize("flip", [0x01, 0x80])
def test_no_byte_for_a_key_can_change_unnoticed(flip: int) -> None:
    envelope = seal(TEXT, [RECORD])

    opened = []
    for position in range(len(envelope)):
        altered = bytearray(envelope)
        altered[position] ^= flip
        try:
            open_with_key(bytes(altered), KEY, "0190a:1")
        except EnvelopeRefused:
            continue
        opened.append(position)

    assert opened == []


@pytest.mark.parametrize("flip", [0x01, 0x80])
def test_no_byte_for_a_certificate_can_change_unnoticed(
    school_health: Holder, flip: int
) -> None:
    key, certificate = school_health
    envelope = seal(TEXT, [CertificateRecipient(certificate=certificate)])

    opened = []
    for position in range(len(envelope)):
        altered = bytearray(envelope)
        altered[position] ^= flip
        try:
            open_with_certificate(bytes(altered), key, certificate)
        except EnvelopeRefused:
            continue
        opened.append(position)

    assert opened == []


@given(st.binary(max_size=400))
def test_anything_that_is_no_envelope_is_refused(data: bytes) -> None:
    with pytest.raises(EnvelopeRefused):
        open_with_key(data, KEY)


def test_bytes_after_the_envelope_are_refused() -> None:
    with pytest.raises(EnvelopeRefused):
        open_with_key(seal(TEXT, [RECORD]) + b"\0", KEY)


def test_a_recipient_never_prints_its_key() -> None:
    assert KEY.hex() not in repr(RECORD).lower()
    assert repr(KEY) not in repr(RECORD)


def test_openssl_alone_opens_it_with_the_key(tmp_path: Path) -> None:
    sealed = tmp_path / "record.pdf.cms"
    sealed.write_bytes(seal(TEXT, [RECORD]))

    done = openssl(
        "-in", str(sealed), "-secretkey", KEY.hex(), "-secretkeyid", b"0190a:1".hex()
    )  # fmt: skip

    assert done.stdout == TEXT, done.stderr


@pytest.mark.parametrize("holder", ["school_health", "archivist"])
def test_openssl_alone_opens_it_with_the_certificate(
    tmp_path: Path, holder: str, request: pytest.FixtureRequest
) -> None:
    key, certificate = request.getfixturevalue(holder)
    sealed, pem, secret = (tmp_path / n for n in ("r.cms", "c.pem", "c.key"))
    recipients = [RECORD, CertificateRecipient(certificate=certificate)]
    sealed.write_bytes(seal(TEXT, recipients))
    pem.write_bytes(certificate.public_bytes(Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )

    done = openssl("-in", str(sealed), "-recip", str(pem), "-inkey", str(secret))

    assert done.stdout == TEXT, done.stderr


def test_openssl_refuses_a_flipped_byte(tmp_path: Path) -> None:
    envelope = bytearray(seal(TEXT, [RECORD]))
    envelope[-20] ^= 1
    sealed = tmp_path / "record.pdf.cms"
    sealed.write_bytes(bytes(envelope))

    done = openssl(
        "-in", str(sealed), "-secretkey", KEY.hex(), "-secretkeyid", b"0190a:1".hex()
    )  # fmt: skip

    assert done.returncode != 0
