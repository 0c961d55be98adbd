"""What is left out for speed leaves the outcome as it was."""

from http import HTTPStatus
from urllib.parse import parse_qsl

import pytest
from flask import Flask, Request, Response
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.routing import MapAdapter, RequestRedirect
from werkzeug.test import EnvironBuilder

from formbuilder.web.lean import LeanFlask, LeanRequest, LeanResponse
from formbuilder.web.urlencoded import parsed

posted = st.text(alphabet="ab&=+%0A5Cåé;#", max_size=40)
sent = st.text(alphabet=st.characters(codec="ascii"), max_size=40) | st.text(
    alphabet='ab=; %"', max_size=12
)
PATHS = ("/a/b", "/\xc3\xa5", "/", "//a", "/a//b", "/a/../b", "/a/%2e")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_has_something_to_put_right_is_answered_as_flask_does(method: str) -> None:
    environ = EnvironBuilder("/", method=method).get_environ()
    with Flask("lean").test_request_context("/a/b"):
        for body, status, headers in (
            ("", 303, {"Location": "/å"}),
            ("", 303, {"Location": "/a?b=1"}),
            ("", 204, {}),
            ("något", 200, {"X-Own": "1"}),
        ):
            made = (LeanResponse, Response)
            ours, theirs = (
                one(body, status=status, headers=headers).get_wsgi_response(environ)
                for one in made
            )

            assert (b"".join(ours[0]), *ours[1:]) == (b"".join(theirs[0]), *theirs[1:])


def test_a_standing_header_gives_way_to_the_answers_own() -> None:
    answer = LeanResponse("", headers={"Cache-Control": "public"})
    answer.standing = [("cache-control", "no-store"), ("vary", "Cookie")]

    _, _, headers = answer.get_wsgi_response(EnvironBuilder("/").get_environ())

    assert [value for name, value in headers if name.lower() == "cache-control"] == [
        "public"
    ]
    assert ("vary", "Cookie") in headers


@given(body=posted)
def test_a_post_is_read_as_the_standard_library_reads_it(body: str) -> None:
    whole = MultiDict(parse_qsl(body, keep_blank_values=True))

    assert parsed(body.encode()) == whole
    assert list(parsed(body.encode())) == list(whole), "in the same order"


@given(cookie=sent)
def test_cookies_are_read_as_flask_reads_them(cookie: str) -> None:
    environ = {**EnvironBuilder("/").get_environ(), "HTTP_COOKIE": cookie}

    assert LeanRequest(environ).cookies == Request(environ).cookies


def test_a_cookie_that_is_no_utf_8_breaks_nothing() -> None:
    environ = {**EnvironBuilder("/").get_environ(), "HTTP_COOKIE": "a=\xff; b=1"}

    assert LeanRequest(environ).cookies["b"] == "1"


@pytest.mark.parametrize("path", PATHS)
def test_views_are_found_as_flask_finds_them(path: str) -> None:
    found = []
    for kind in (LeanFlask, Flask):
        app = kind("lean")
        app.add_url_rule("/<path:rest>", "all", lambda rest: rest)
        builder = EnvironBuilder("/", base_url="http://ort.example:8000/")
        environ = {**builder.get_environ(), "PATH_INFO": path, "QUERY_STRING": "x=1"}
        adapter = app.create_url_adapter(app.request_class(environ))
        assert adapter is not None
        built = adapter.build("all", {"rest": "x"}, force_external=True)
        found += [(_matched(adapter), built) for _ in range(2)]

    assert [one == found[-1] for one in found] == [True] * 4


def test_what_a_view_is_called_with_stays_as_it_was_for_the_next() -> None:
    app = LeanFlask("lean")

    @app.url_value_preprocessor
    def change(_endpoint: str | None, values: dict[str, str] | None) -> None:
        if values:
            values["rest"] += "!"

    app.add_url_rule("/<path:rest>", "all", lambda rest: rest)
    client = app.test_client()

    assert [client.get("/a").text for _ in range(2)] == ["a!", "a!"]
    assert client.post("/a").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert set(client.options("/a").allow) == {"GET", "HEAD", "OPTIONS"}


def _matched(adapter: MapAdapter) -> object:
    try:
        rule, values = adapter.match(return_rule=True)
    except RequestRedirect as way:
        return way.new_url
    except NotFound:
        return None
    return rule.endpoint, values
