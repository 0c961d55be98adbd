import base64
import json
import ssl
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from formbuilder.delivery.addresses import target
from formbuilder.delivery.channel import (
    ChannelRefused,
    ChannelTools,
    ChannelUnavailable,
    Delivery,
)
from formbuilder.delivery.channels.webhook import Webhook
from tests.formbuilder.delivery.conftest import Listener


def call(tools: ChannelTools, listener: Listener, delivery: Delivery) -> None:
    Webhook(tools).deliver(replace(delivery, settings={"url": listener.url}))


def now_tools(tools: ChannelTools) -> ChannelTools:
    """The independent verifier compares with the machine's own clock."""
    return replace(tools, clock=lambda: datetime.now(UTC))


def test_an_independent_library_accepts_the_signature(
    tools: ChannelTools, listener: Listener, delivery: Delivery
) -> None:
    call(now_tools(tools), listener, delivery)
    headers, body = listener.calls[0]
    secret = tools.keyring.webhook_secrets("ekvalla", "kitchen")[0]

    message = Verifier(secret).verify(body, headers)

    assert message["data"]["payload"] == {"avoid": ["nötter"]}
    [document] = message["data"]["documents"]
    assert base64.b64decode(document["content"]) == b"a;b\n1;2\n"


def test_a_receiver_with_the_old_secret_still_accepts_after_a_rotation(
    tools: ChannelTools, listener: Listener, delivery: Delivery
) -> None:
    old = tools.keyring.webhook_secrets("ekvalla", "kitchen")[0]
    tools.keyring.rotate()
    call(now_tools(tools), listener, delivery)
    headers, body = listener.calls[0]

    assert Verifier(old).verify(body, headers)["type"] == "delivery"


def test_another_departments_secret_does_not_verify(
    tools: ChannelTools, listener: Listener, delivery: Delivery
) -> None:
    call(now_tools(tools), listener, delivery)
    headers, body = listener.calls[0]
    other = tools.keyring.webhook_secrets("ekvalla", "school_health")[0]

    with pytest.raises(WebhookVerificationError):
        Verifier(other).verify(body, headers)


def test_the_body_is_the_same_at_every_try(
    tools: ChannelTools, listener: Listener, delivery: Delivery
) -> None:
    for _ in range(2):
        call(tools, listener, delivery)

    assert listener.calls[0][1] == listener.calls[1][1]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_what_may_pass_is_tried_again(
    tools: ChannelTools, listener: Listener, delivery: Delivery, status: int
) -> None:
    listener.status = status

    with pytest.raises(ChannelUnavailable) as failure:
        call(tools, listener, delivery)
    assert failure.value.code == f"webhook_http_{status}"


@pytest.mark.parametrize("status", [302, 400, 401, 404, 410, 422])
def test_what_will_not_pass_is_failed_and_no_redirect_followed(
    tools: ChannelTools, listener: Listener, delivery: Delivery, status: int
) -> None:
    listener.status = status

    with pytest.raises(ChannelRefused) as failure:
        call(tools, listener, delivery)
    assert failure.value.code == f"webhook_http_{status}"
    assert len(listener.calls) == 1


def test_a_sealed_department_gets_no_payload_in_clear(
    tools: ChannelTools, listener: Listener, delivery: Delivery
) -> None:
    call(tools, listener, replace(delivery, is_sealed=True))

    message = json.loads(listener.calls[0][1])
    names = [document["name"] for document in message["data"]["documents"]]
    assert "payload" not in message["data"]
    assert names == ["payload.json.cms", "kitchen.csv.cms"]


NOT_PUBLIC = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104 - what is refused
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "2001:db8::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "not-an-address",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_only_public_addresses_are_called(address: str) -> None:
    with pytest.raises(ChannelRefused) as failure:
        target(
            "https://kok.example.se/",
            resolve=lambda _host, _port: [address],
            allow_loopback=False,
        )
    assert failure.value.code == "webhook_address_refused"


def test_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(ChannelRefused):
        target(
            "https://kok.example.se/",
            resolve=lambda _host, _port: ["193.10.1.1", "10.0.0.1"],
            allow_loopback=True,
        )


def test_a_rebinding_name_is_resolved_once_and_the_checked_address_used() -> None:
    answers = iter([["193.10.1.1"], ["127.0.0.1"]])

    where = target(
        "https://kok.example.se:8443/hook?a=1",
        resolve=lambda _host, _port: next(answers),
        allow_loopback=False,
    )

    assert where.url == "https://193.10.1.1:8443/hook?a=1"
    assert (where.host, where.host_header) == ("kok.example.se", "kok.example.se:8443")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://kok.example.se/",
        "https:///path",
        "https://user:password@kok.example.se/",
        "https://kok.example.se:99999/",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    with pytest.raises(ChannelRefused) as failure:
        target(url, resolve=lambda _host, _port: ["193.10.1.1"], allow_loopback=True)
    assert failure.value.code == "webhook_url"


@pytest.mark.parametrize("allow_loopback", [True, False])
def test_public_addresses_are_called_over_https_only(allow_loopback: bool) -> None:
    with pytest.raises(ChannelRefused) as failure:
        target(
            "http://kok.example.se/",
            resolve=lambda _host, _port: ["193.10.1.1"],
            allow_loopback=allow_loopback,
        )
    assert failure.value.code == "webhook_not_https"


def test_loopback_is_refused_in_production(
    tools: ChannelTools, listener: Listener, delivery: Delivery
) -> None:
    production = replace(
        tools, settings=replace(tools.settings, environment="production")
    )

    with pytest.raises(ChannelRefused):
        call(production, listener, delivery)
    assert listener.calls == []


def test_a_name_that_does_not_resolve_is_tried_again() -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError

    with pytest.raises(ChannelUnavailable) as failure:
        target("https://x.example.se", resolve=nowhere, allow_loopback=False)
    assert failure.value.code == "webhook_unresolved"


def test_certificates_are_checked_against_the_name(tools: ChannelTools) -> None:
    tls = Webhook(tools)._tls

    assert (tls.check_hostname, tls.verify_mode) == (True, ssl.CERT_REQUIRED)
