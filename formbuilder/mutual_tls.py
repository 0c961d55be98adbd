"""Showing our certificate to a peer whose root we have pinned."""

import ssl
from pathlib import Path


def mutual_tls(
    ca_file: Path, certificate: Path, key: Path | None = None
) -> ssl.SSLContext:
    """Trust this one root, never the machine's, and show our certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cafile=ca_file)
    context.load_cert_chain(certificate, key)
    return context
