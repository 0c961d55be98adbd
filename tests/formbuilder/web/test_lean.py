"""What is left out for speed leaves the outcome as it was."""

from flask import Flask
from werkzeug.test import EnvironBuilder

from formbuilder.web.lean import LeanResponse


def test_headers_of_what_has_no_length_are_put_right() -> None:
    app = Flask("lean")
    with app.test_request_context("/a/b"):
        moved = LeanResponse("", status=303, headers={"Location": "/å"})
        empty = LeanResponse("", status=204)
        environ = EnvironBuilder("/").get_environ()

        assert moved.get_wsgi_headers(environ)["Location"] == "/%C3%A5"
        assert "Content-Length" not in empty.get_wsgi_headers(environ)
