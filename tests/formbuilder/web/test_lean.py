"""What is left out for speed leaves the outcome as it was."""

import pytest
from flask import Flask, Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from formbuilder.web.lean import LeanRequest, LeanResponse

tokens = st.text("abcXYZ019-_.=", max_size=12)
names = st.text("abcXYZ019-_", min_size=1, max_size=8)
cookies = st.lists(st.tuples(names, tokens), max_size=5)


@given(sent=cookies, joint=st.sampled_from(("; ", ";", " ; ")))
def test_plain_cookies_are_those_werkzeug_reads(
    sent: list[tuple[str, str]], joint: str
) -> None:
    header = joint.join(f"{name}={value}" for name, value in sent)

    assert as_flask_reads(header) == as_read(header)


@pytest.mark.parametrize("header", ['a="b\\054 c"; d=e', "a=å; b=c", "a", ""])
def test_other_cookies_are_left_to_werkzeug(header: str) -> None:
    assert as_flask_reads(header) == as_read(header)


def test_headers_of_what_has_no_length_are_put_right() -> None:
    app = Flask("lean")
    with app.test_request_context("/a/b"):
        moved = LeanResponse("", status=303, headers={"Location": "/å"})
        empty = LeanResponse("", status=204)
        environ = EnvironBuilder("/").get_environ()

        assert moved.get_wsgi_headers(environ)["Location"] == "/%C3%A5"
        assert "Content-Length" not in empty.get_wsgi_headers(environ)


def as_read(header: str) -> dict[str, str]:
    return LeanRequest({"HTTP_COOKIE": header}).cookies.to_dict()


def as_flask_reads(header: str) -> dict[str, str]:
    return Request({"HTTP_COOKIE": header}).cookies.to_dict()
