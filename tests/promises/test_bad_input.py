"""Whatever is typed or posted, the answer says what to do, and nothing is lost."""

import pytest
from school_start import PLAIN
from structlog.testing import capture_logs

from formbuilder.visitor import Page, Visitor
from formbuilder.web.multipart import MAX_ROWS
from formbuilder.web.urlencoded import MAX_FIELDS
from tests.promises.city import City
from tests.promises.places import at

# Personal numbers


@pytest.fixture
def household(city: City) -> tuple[Visitor, Page]:
    """The page that asks for the personal number of an adult at home."""
    leisure = {
        "want": True,
        "from": "2027-08-18",
        "need": "work",
        "schedule": {"monday": {"from": "07:30", "to": "16:00"}},
        "two_weeks": False,
        "household": "with_other",
        "highest_fee": True,
    }
    return city.filled(answers=PLAIN | {"leisure": leisure})


@pytest.mark.parametrize(
    "typed",
    [
        "198604222384",  # wrong check digit
        "１９８６０４２２２３８３",
        "١٩٨٦٠٤٢٢٢٣٨٣",
        "198604222383\n",
        "8604222383",
        "00000000-0000",
    ],
)
def test_a_personal_number_that_is_none_is_said_so_at_its_question(
    household: tuple[Visitor, Page], typed: str
) -> None:
    visitor, page = household
    form = page.form(field_name="leisure.adult_number")
    told = visitor.submit(form, {"leisure.adult_number": [typed]})

    assert told.status == 422
    assert any("adult_number" in field for field in told.errors)
    kept = told.form(field_name="leisure.household")
    assert kept.fields["leisure.household"] == ["with_other"]


def test_a_right_personal_number_goes_on(household: tuple[Visitor, Page]) -> None:
    visitor, page = household
    form = page.form(field_name="leisure.adult_number")
    told = visitor.submit(form, {"leisure.adult_number": ["19850309-2390"]})

    assert told.status == 200
    assert not told.errors


# Tokens, addresses and words


@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_post_without_our_token_is_explained(city: City, token: str) -> None:
    visitor, page = city.begun()
    shown = page.form(action="/e/")
    changed = {name: list(values) for name, values in shown.fields.items()}
    changed["csrf_token"] = [token]
    told = visitor._arrive(visitor.client.post(shown.action, data=changed), "POST")

    assert told.status == 400
    assert "ladda om sidan" in told.text


def test_a_token_of_another_browser_is_worth_nothing(city: City) -> None:
    visitor, page = city.begun()
    other = city.visitor().get("/logga-in").form(action="/logga-in")
    fields = dict(page.form(action="/e/").fields)
    fields["csrf_token"] = other.fields["csrf_token"]

    assert visitor.client.post(page.url, data=fields).status_code == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=grans", b"--grans\r\nContent-Dispo"),
        ("multipart/form-data; boundary=grans", b"no boundary at all"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary*=utf-8''%E2%82%AC", b"x"),
        (
            "multipart/form-data; boundary=grans",
            b"--grans\r\nX: 1\r\n\r\nx\r\n--grans--",
        ),
        ("application/json", b'{"a": 1}'),
        ("application/x-www-form-urlencoded", b"\xff%ff=%00"),
    ],
)
def test_a_broken_body_is_explained(city: City, content_type: str, body: bytes) -> None:
    visitor, page = city.begun()
    answer = visitor.client.post(
        page.url, content=body, headers={"content-type": content_type}
    )

    assert answer.status_code == 400
    assert "Något i formuläret kom inte fram" in answer.text


@pytest.mark.parametrize(
    "fields",
    [{"x" + ".a" * 5000: "1"}, {"_add": "/x" * 5000}, {"_unasked": "x." * 5000}],
)
@pytest.mark.parametrize("files", [None, {"x": ("x.pdf", b"")}])
def test_a_name_longer_than_any_is_refused(
    city: City, fields: dict[str, str], files: dict[str, tuple[str, bytes]] | None
) -> None:
    visitor, page = city.begun()
    form = {**page.form(action="/e/").fields, **fields}
    answer = visitor.client.post(page.url, data=form, files=files)

    assert answer.status_code == 400
    assert "Något i formuläret kom inte fram" in answer.text


@pytest.mark.parametrize("files", [None, {"x": ("x.pdf", b"")}])
def test_a_post_of_more_fields_than_any_form_has_is_refused(
    city: City, files: dict[str, tuple[str, bytes]] | None
) -> None:
    visitor, page = city.begun()
    form = dict(page.form(action="/e/").fields)
    statuses = []
    for count in (MAX_FIELDS // 2, MAX_FIELDS):
        data = {**form, "x": [""] * count}
        answer = visitor.client.post(page.url, data=data, files=files)
        statuses.append(answer.status_code)

    assert statuses == [422, 413]


@pytest.mark.parametrize("name", ["x.{}.a", "x.0.y.{}-day", "x.{}"])
def test_a_post_of_more_rows_than_any_form_has_is_refused(
    city: City, name: str
) -> None:
    visitor, page = city.begun()
    form = dict(page.form(action="/e/").fields)
    statuses = []
    for count in (MAX_ROWS - 1, MAX_ROWS + 1):
        data = {**form, **{name.format(row): [""] for row in range(count)}}
        statuses.append(visitor.client.post(page.url, data=data).status_code)

    assert statuses == [422, 413]


def test_a_page_that_is_not_there_leads_to_one_that_is(city: City) -> None:
    visitor, page = city.begun()
    found = visitor.get(at("finns-inte", page))

    assert found.status == 200
    assert found.url == page.url


def test_too_many_orders_are_slowed_down(city: City) -> None:
    visitor = city.visitor()
    city.town.bankid.is_slow = True
    statuses = []
    for _ in range(12):
        form = visitor.get("/logga-in").form(action="/logga-in")
        statuses.append(visitor.submit(form).status)

    assert statuses[:10] == [200] * 10
    assert statuses[10:] == [429] * 2
    city.town.clock.pass_(minutes=2)
    form = visitor.get("/logga-in").form(action="/logga-in")
    assert visitor.submit(form).status == 200


# What the municipality says


def test_what_nobody_may_say_is_ignored_and_its_pointer_logged(city: City) -> None:
    visitor, page = city.begun()
    shown = page.form(action="/e/")
    forged = {**shown.fields, "child.given_name": ["CANARY"]}
    with capture_logs() as logged:
        visitor.client.post(shown.action, data=forged)

    told = [line for line in logged if line["event"] == "read_only_posted"]
    assert [line["pointers"] for line in told] == [["/child/given_name"]]
    assert "CANARY" not in str(logged)
    assert "CANARY" not in visitor.get(page.url).text
