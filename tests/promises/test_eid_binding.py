"""A log-in or signature is worth something to the browser that began it, and once."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from household import JOHAN, SARA
from school_start import PLAIN

from formbuilder.visitor import Page, Visitor
from tests.installed import NOW
from tests.promises.city import City

HERE, ELSEWHERE = "203.0.113.9", "198.51.100.7"


def started(
    city: City, visitor: Visitor, *, here: bool, to: str = "/mina", by: str = SARA
) -> Page:
    """Begin to log in, while the phone is still thinking."""
    city.town.bankid.is_slow = True
    city.town.bankid.approved_by = by
    forms = [f for f in visitor.get(f"/logga-in?to={to}").forms() if f.offers("to")]
    page = visitor.submit(next(f for f in forms if f.offers("here") is here))
    city.town.bankid.is_slow = False
    city.town.clock.pass_(seconds=5)
    return page


def way_back(city: City) -> str:
    """Return where the app was told to lead."""
    parts = urlsplit(city.town.bankid.requests[-1].return_url)
    return f"{parts.path}?{parts.query}"


# Session fixation


def test_logging_in_gives_a_session_nobody_could_have_chosen(city: City) -> None:
    visitor = city.visitor()
    visitor.client.cookies.set("citizen", "chosen-by-somebody-else")
    city.logged_in(visitor=visitor)
    stranger = city.visitor()
    stranger.client.cookies.set("citizen", "chosen-by-somebody-else")

    assert "/logga-in" in stranger.get("/mina").url


def test_the_session_before_ends_when_a_new_one_begins(city: City) -> None:
    visitor, _ = city.logged_in()
    before = visitor.client.cookies["citizen"]
    city.logged_in(visitor=visitor)
    stranger = city.visitor()
    stranger.client.cookies.set("citizen", before)

    assert visitor.client.cookies["citizen"] != before
    assert "/logga-in" in stranger.get("/mina").url


def test_an_anonymous_session_is_not_raised_to_a_persons(city: City) -> None:
    visitor = city.visitor()
    visitor.submit(visitor.get("/e/felanmalan").form(action="/borja"))
    before = visitor.client.cookies["citizen"]
    city.logged_in(visitor=visitor)
    stranger = city.visitor()
    stranger.client.cookies.set("citizen", before)

    assert "/logga-in" in stranger.get("/mina").url


def test_logging_out_ends_the_session_itself(city: City) -> None:
    visitor, page = city.logged_in()
    before = visitor.client.cookies["citizen"]
    visitor.submit(page.form(action="/logga-ut"))
    stranger = city.visitor()
    stranger.client.cookies.set("citizen", before)

    assert "/logga-in" in stranger.get("/mina").url
    assert "citizen" not in visitor.client.cookies


@pytest.mark.parametrize("address", ["/logga-ut", "/logga-in", "/e/felanmalan/borja"])
def test_no_other_site_makes_a_browser_act(city: City, address: str) -> None:
    visitor, _ = city.logged_in()

    assert visitor.client.post(address).status_code == 400
    assert visitor.get("/mina").url.endswith("/mina")


def test_logging_out_takes_a_button(city: City) -> None:
    visitor, _ = city.logged_in()

    assert visitor.get("/logga-ut").status == 405
    assert visitor.get("/mina").url.endswith("/mina")


# Whose order


def test_an_order_is_followed_by_its_own_browser_only(city: City) -> None:
    page = started(city, city.visitor(), here=True)

    assert city.visitor().get(page.url).status == 404


def test_an_order_on_this_device_gives_no_code_and_one_elsewhere_no_link(
    city: City,
) -> None:
    visitor = city.visitor()
    here = started(city, visitor, here=True)
    elsewhere = started(city, visitor, here=False)

    assert here.links("bankid:")
    assert not here.tree.xpath("//img[contains(@src, 'qr.svg')]")
    assert visitor.client.get(f"{here.url}/qr.svg").status_code == 404
    assert elsewhere.tree.xpath("//img[contains(@src, 'qr.svg')]")
    assert not elsewhere.links("bankid:")
    city.town.bankid.is_slow = True
    assert not visitor.get(f"{elsewhere.url}?har=1").links("bankid:")


def test_a_link_sent_to_somebody_else_logs_nobody_in(city: City) -> None:
    attacker, victim = city.visitor(address=HERE), city.visitor(address=ELSEWHERE)
    page = started(city, attacker, here=True)
    city.town.bankid.device_ip = ELSEWHERE  # the victim approved on their own phone
    waiting = attacker.get(page.url)
    led_back = victim.get(way_back(city))

    assert "leder tillbaka hit" in waiting.text
    assert led_back.status == 404
    assert "citizen" not in attacker.client.cookies
    assert "citizen" not in victim.client.cookies
    assert "/legitimera/" in attacker.get(page.url).url


def test_a_link_sent_to_somebody_else_signs_nothing(city: City) -> None:
    visitor, page = city.answered(answers=PLAIN)
    city.town.bankid.device_ip = ELSEWHERE
    waiting = city.signed(visitor, page)

    assert "/legitimera/" in waiting.url
    assert city.town.orders() == []


def test_the_app_leads_back_to_the_browser_that_began(city: City) -> None:
    visitor = city.visitor(address=HERE)
    started(city, visitor, here=True)
    city.town.bankid.device_ip = ELSEWHERE  # the mobile network has another address
    come = visitor.get(way_back(city))

    assert come.url.endswith("/mina")


def test_the_way_back_alone_proves_nothing(city: City) -> None:
    visitor = city.visitor(address=HERE)
    started(city, visitor, here=True)
    city.town.bankid.is_slow = True
    come = visitor.get(way_back(city))

    assert "/legitimera/" in come.url
    assert "citizen" not in visitor.client.cookies


def test_a_guessed_way_back_is_refused(city: City) -> None:
    visitor = city.visitor(address=HERE)
    started(city, visitor, here=True)

    assert visitor.get("/legitimera/ater?n=guessed").status == 404
    assert visitor.get("/legitimera/ater").status == 404
    assert city.audited()[:2] == ["other_browser", "other_browser"]


def test_the_same_household_is_one_address(city: City) -> None:
    visitor = city.visitor(address="2001:db8:1:2::7")
    page = started(city, visitor, here=True)
    city.town.bankid.device_ip = "2001:db8:1:2:aaaa::1"

    assert visitor.get(page.url).url.endswith("/mina")


def test_the_nonce_is_long_and_lies_nowhere_in_clear(city: City) -> None:
    started(city, city.visitor(), here=True)
    [nonce] = parse_qs(urlsplit(way_back(city)).query)["n"]

    assert len(nonce) >= 32
    for path in city.settings.home.rglob("*"):
        assert path.is_dir() or nonce.encode() not in path.read_bytes()


def test_another_device_is_told_no_way_back(city: City) -> None:
    started(city, city.visitor(), here=False)

    assert city.town.bankid.requests[-1].return_url == ""


# Evidence


def test_evidence_is_checked_against_when_it_was_received(city: City) -> None:
    visitor = city.visitor()
    page = started(city, visitor, here=True)
    visitor.client.get(f"{page.url}/status")
    city.town.clock.pass_(minutes=3)
    come = visitor.get(page.url)

    assert come.url.endswith("/mina")
    assert city.town.bankid.verified == [NOW + timedelta(seconds=5)]


def test_a_signature_is_checked_against_when_it_was_received(city: City) -> None:
    visitor, page = city.answered(answers=PLAIN)
    at = city.town.clock()
    answer = visitor.client.post(
        page.form(action="/granska").action,
        data=dict(page.form(action="/granska").fields),
    )
    visitor.client.get(f"{answer.headers['location']}/status")
    city.town.clock.pass_(minutes=3)
    come = visitor.get(answer.headers["location"])

    assert "Tack" in come.text
    assert city.town.bankid.verified[-1] == at


def test_a_log_in_whose_evidence_does_not_hold_is_none(city: City) -> None:
    city.town.bankid.is_forged = True
    visitor, page = city.logged_in()

    assert "/logga-in" in page.url
    assert "Något oväntat hände" in page.text
    assert "citizen" not in visitor.client.cookies


def test_a_result_nobody_takes_is_nobodys(city: City) -> None:
    visitor = city.visitor()
    page = started(city, visitor, here=True)
    visitor.client.get(f"{page.url}/status")
    city.town.clock.pass_(minutes=16)
    come = visitor.get(page.url)

    assert "Tiden gick ut" in come.text
    assert "citizen" not in visitor.client.cookies


def test_a_cancelled_order_is_not_taken_up_again(city: City) -> None:
    visitor = city.visitor()
    page = started(city, visitor, here=True)
    visitor.submit(page.form(action="/avbryt"))
    come = visitor.get(page.url)

    assert "citizen" not in visitor.client.cookies
    assert "/logga-in" in come.url


# Where one goes


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%0d%0aSet-Cookie:x=1",
        "javascript:alert(1)",
        " //evil.example",
        "/\t/evil.example",
    ],
)
def test_one_is_led_nowhere_else(city: City, target: str) -> None:
    visitor = city.visitor()
    page = visitor.get("/logga-in?to=/")
    form = page.form(action="/logga-in")
    city.town.bankid.approved_by = JOHAN
    come = visitor.submit(form, {"to": [target]})

    assert urlsplit(come.url).netloc == "ekvalla.test"
    assert "x" not in visitor.client.cookies
