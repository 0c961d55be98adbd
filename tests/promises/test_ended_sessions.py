"""What is sent after a session has ended waits, sealed, for its own person."""

from household import JOHAN, SARA

from formbuilder.visitor import Page, Visitor
from tests.promises.city import City
from tests.promises.places import NEWER, assert_nothing_in_clear, at


def late_post(city: City, page: Page, visitor: Visitor, minutes: int = 61) -> Page:
    """Answer a page after the session has ended."""
    city.town.clock.pass_(minutes=minutes)
    form = page.form(field_name="diet.note")
    return visitor.submit(
        form,
        {"diet.note": ["HEMLIGTSVAR"]},
        uploads=[("diet.certificate-new", NEWER)],
    )


def note(visitor: Visitor, address: str) -> list[str]:
    page = visitor.get(address)
    return list(page.form(field_name="diet.note").fields["diet.note"])


def test_an_answer_after_the_session_waits_until_its_person_is_back(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    asked = late_post(city, page, visitor)
    assert "/logga-in" in asked.url
    assert "loggats ut" in asked.text

    come = city.approve(visitor, asked)

    assert come.status == 200
    assert "/granska" in come.url or "/e/skolstart/" in come.url
    assert note(visitor, page.url) == ["HEMLIGTSVAR"]
    assert b"nytt.png" in visitor.get(page.url).content


def test_a_late_answer_lies_sealed(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    late_post(city, page, visitor)

    assert_nothing_in_clear(city.settings.home, b"HEMLIGTSVAR")
    assert_nothing_in_clear(city.settings.home, NEWER.content)


def test_somebody_else_who_logs_in_gets_nothing(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    asked = late_post(city, page, visitor)
    come = city.approve(visitor, asked, JOHAN)

    assert b"HEMLIGTSVAR" not in come.content
    assert visitor.get(page.url).status == 404
    other, _ = city.logged_in(SARA)
    resumed = other.get(other.get("/mina").links("/mina/utkast/")[0])
    assert note(other, at("intyg", resumed)) == [""]


def test_a_late_answer_is_destroyed_after_half_an_hour(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    before = list(city.town.tools.objects.names("ekvalla"))
    asked = late_post(city, page, visitor)
    city.town.clock.pass_(minutes=31)
    city.approve(visitor, asked)

    assert note(visitor, page.url) == [""]
    assert list(city.town.tools.objects.names("ekvalla")) == before


def test_a_late_answer_without_our_token_is_not_kept(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    city.town.clock.pass_(minutes=61)
    form = page.form(field_name="diet.note")
    answer = visitor.client.post(
        form.action, data={"diet.note": "X", "csrf_token": "made-up"}
    )

    assert answer.status_code == 400


def test_an_open_page_still_means_the_same_after_a_new_login(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    city.town.clock.pass_(minutes=61)
    asked = visitor.get(page.url)
    come = city.approve(visitor, asked)

    assert come.url == page.url


def test_long_after_one_comes_to_ones_own_pages(
    city: City, certificate: tuple[Visitor, Page]
) -> None:
    visitor, page = certificate
    city.town.clock.pass_(hours=20)
    city.town.services.tidy("ekvalla")
    come = city.approve(visitor, visitor.get(page.url))

    assert come.url.endswith("/mina")
    assert "Sparat, inte skickat" in come.text
