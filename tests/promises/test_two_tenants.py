"""What one municipality, session or person was given opens nothing anywhere else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from household import COOK, JOHAN, SARA

from formbuilder.visitor import Visitor
from tests.promises.city import City, founded

MADE_UP = "A" * 64


@dataclass(frozen=True)
class Door:
    """An address, or a field of a form, with a handle in it."""

    kind: str
    path: str
    method: str = "GET"
    field: str = ""

    def knock(self, visitor: Visitor, shown: str) -> httpx.Response:
        path = self.path.replace("HANDLE", shown)
        if self.method == "GET":
            return visitor.client.get(path)
        fields = {"csrf_token": token_of(visitor)}
        if self.field:
            fields[self.field] = shown
        return visitor.client.post(path, data=fields)


DOORS = [
    Door("draft", "/e/skolstart/kost?d=HANDLE"),
    Door("draft", "/e/skolstart/kost?d=HANDLE", "POST"),
    Door("draft", "/e/skolstart/granska?d=HANDLE"),
    Door("draft", "/e/skolstart/granska?d=HANDLE", "POST"),
    Door("draft", "/mina/utkast/HANDLE"),
    Door("draft", "/mina/utkast/HANDLE/ny-version", "POST"),
    Door("draft", "/mina/utkast/HANDLE/ta-bort", "POST"),
    Door("child", "/e/skolstart/borja", "POST", "child"),
    Door("case", "/e/skolstart/kvitto/HANDLE"),
    Door("case", "/mina/HANDLE"),
    Door("case", "/mina/HANDLE/kvitto.pdf"),
    Door("case", "/mina/HANDLE/skriv-under", "POST"),
    Door("case", "/mina/HANDLE/avboj", "POST"),
    Door("case", "/mina/HANDLE/angra", "POST"),
    Door("parked", "/e/skolstart/fortsatt/HANDLE"),
    Door("order", "/legitimera/HANDLE"),
    Door("order", "/legitimera/HANDLE/status"),
    Door("order", "/legitimera/HANDLE/qr.svg"),
    Door("order", "/legitimera/HANDLE/avbryt", "POST"),
    Door("nonce", "/legitimera/ater?n=HANDLE"),
    Door("item", "/inkorg/kitchen/HANDLE"),
    Door("item", "/inkorg/kitchen/HANDLE/bekrafta", "POST"),
]
STRANGERS = ["the other municipality", "another session", "another person"]


def token_of(visitor: Visitor) -> str:
    page = visitor.get("/logga-in")
    return page.form(action="/logga-in").fields["csrf_token"][0]


@dataclass
class Replays:
    """What Sara and the cook were given in Ekvalla, and who tries it elsewhere."""

    city: City
    given: dict[str, str]
    tokens: dict[str, str]
    strangers: dict[str, Visitor]
    at_work: dict[str, Visitor]


@pytest.fixture(scope="module")
def replays(
    tmp_path_factory: pytest.TempPathFactory, prepared: Path
) -> Iterator[Replays]:
    with founded(tmp_path_factory.mktemp("replays"), prepared) as city:
        sara, given = everything_given(city)
        cook, _ = city.logged_in(COOK, "/inkorg")
        listing = cook.get("/inkorg/kitchen")
        items = [a for a in listing.links("/inkorg/kitchen/") if "/export." not in a]
        given["item"] = items[0].rsplit("/", maxsplit=1)[-1]
        yield Replays(
            city=city,
            given=given,
            tokens={
                "citizen": sara.client.cookies["citizen"],
                "flow": sara.client.cookies["flow"],
                "form": sara.client.cookies["form"],
                "staff": cook.client.cookies["staff"],
                "csrf": token_of(sara),
            },
            strangers={
                "the other municipality": city.logged_in(SARA, tenant="nybro")[0],
                "another session": city.logged_in(SARA)[0],
                "another person": city.logged_in(JOHAN)[0],
            },
            at_work={
                "the other municipality": city.logged_in(
                    COOK, "/inkorg", tenant="nybro"
                )[0],
                "another session": city.logged_in(COOK, "/inkorg")[0],
            },
        )


def everything_given(city: City) -> tuple[Visitor, dict[str, str]]:
    """Walk Sara through everything that gives her a handle."""
    sara, review = city.filled()
    receipt = city.signed(sara, review)
    city.town.work()
    given = {"case": urlsplit(receipt.url).path.rsplit("/", maxsplit=1)[-1]}
    choosing = sara.get("/e/skolstart/valj-barn")
    choice = choosing.form(action="/borja", field_name="child")
    given["child"] = choice.fields["child"][0]
    draft = sara.submit(choice)
    given["draft"] = parse_qs(urlsplit(draft.url).query)["d"][0]
    given |= unfinished_order(city, sara)
    given["parked"] = late_post(city, sara, given["draft"])
    return sara, given


def unfinished_order(city: City, sara: Visitor) -> dict[str, str]:
    city.town.bankid.is_slow = True
    waiting = sara.submit(sara.get("/logga-in").form(action="/logga-in"))
    city.town.bankid.is_slow = False
    asked = city.town.bankid.requests[-1].return_url
    return {
        "order": urlsplit(waiting.url).path.rsplit("/", maxsplit=1)[-1],
        "nonce": parse_qs(urlsplit(asked).query)["n"][0],
    }


def late_post(city: City, sara: Visitor, draft: str) -> str:
    """Post after the session, and return what the kept post is called."""
    page = sara.get(f"/e/skolstart/intyg?d={draft}")
    form = page.form(field_name="diet.note")
    city.town.clock.pass_(minutes=61)
    asked = sara.submit(form)
    to = parse_qs(urlsplit(asked.url).query)["to"][0]
    city.approve(sara, sara.get("/logga-in?to=/mina"))
    return to.rsplit("/", maxsplit=1)[-1]


def said(answer: httpx.Response, shown: str) -> tuple[int, str]:
    """Return an answer without what is new in each: token, nonce and the address."""
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)
    text = re.sub(r'nonce="[^"]*"', "", text)
    return answer.status_code, text.replace(shown, "")


TRIED = [
    pytest.param(door, who, id=f"{door.method} {door.path} {who}")
    for door in DOORS
    for who in STRANGERS
    # The staff of a department share its items.
    if not (door.kind == "item" and who == "another person")
]


@pytest.mark.parametrize(("door", "who"), TRIED)
def test_a_foreign_handle_and_a_made_up_one_get_the_same_404(
    replays: Replays, door: Door, who: str
) -> None:
    visitors = replays.at_work if door.kind == "item" else replays.strangers
    visitor, shown = visitors[who], replays.given[door.kind]
    tenant = "nybro" if who == "the other municipality" else "ekvalla"
    before = len(replays.city.audited(tenant))
    foreign = door.knock(visitor, shown)
    made_up = door.knock(visitor, MADE_UP)

    assert foreign.status_code == 404
    assert said(foreign, shown) == said(made_up, MADE_UP)
    assert len(replays.city.audited(tenant)) == before + 2


LASTING = [d for d in DOORS if d.method == "GET" and d.kind in ("draft", "case")]


@pytest.mark.parametrize("door", LASTING, ids=lambda d: d.path)
def test_what_was_given_opens_where_it_was_given(replays: Replays, door: Door) -> None:
    visitor = replays.city.visitor()
    visitor.client.cookies.update(
        {name: replays.tokens[name] for name in ("citizen", "flow", "form")}
    )
    found = visitor.get(door.path.replace("HANDLE", replays.given[door.kind]))

    assert found.status == 200


@pytest.mark.parametrize(
    ("cookie", "address"), [("citizen", "/mina"), ("staff", "/inkorg/kitchen")]
)
def test_a_session_is_nothing_at_the_other_municipality(
    replays: Replays, cookie: str, address: str
) -> None:
    visitor = replays.city.visitor("nybro")
    visitor.client.cookies.set(cookie, replays.tokens[cookie])
    answer = visitor.client.get(address)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/logga-in")


def test_a_form_token_is_nothing_at_the_other_municipality(replays: Replays) -> None:
    visitor = replays.city.visitor("nybro")
    visitor.client.cookies.set("form", replays.tokens["form"])
    answer = visitor.client.post(
        "/logga-in", data={"csrf_token": replays.tokens["csrf"]}
    )

    assert answer.status_code == 400


def test_a_started_order_is_nothing_at_the_other_municipality(
    replays: Replays,
) -> None:
    visitor = replays.city.visitor("nybro")
    visitor.client.cookies.set("flow", replays.tokens["flow"])
    answer = visitor.client.get(f"/legitimera/{replays.given['order']}")

    assert answer.status_code == 404
    assert "unknown_order" in replays.city.audited("nybro")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "ekvalla.test.evil.example",
        "ekvalla.test:80@evil.example",
        "ekvalla.test, nybro.test",
        "",
        "[::1]",
        "ekvalla.test.",
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/e/skolstart", "/mina", "/logga-in", "/finns-ej"]
)
def test_an_unknown_host_is_told_nothing(
    replays: Replays, host: str, path: str
) -> None:
    answer = replays.city.visitor().client.get(path, headers={"host": host})

    assert (answer.status_code, answer.text) == (404, "404\n")
    assert "set-cookie" not in answer.headers


def test_a_forwarded_host_is_believed_from_nobody_unnamed(replays: Replays) -> None:
    answer = replays.city.visitor().client.get(
        "/e/skolstart", headers={"x-forwarded-host": "nybro.test"}
    )
    unknown = replays.city.visitor().client.get(
        "/", headers={"host": "evil.example", "x-forwarded-host": "ekvalla.test"}
    )

    assert answer.status_code == 200
    assert unknown.status_code == 404
