"""Applications that do nothing but what no page could do without."""

from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path
from typing import Final

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from formbuilder.database import opening
from formbuilder.database.connection import TenantConnection
from formbuilder.database.writer import GroupWriter
from formbuilder.demo.town import TENANT

READY: Final = "a Flask view that returns the same bytes"
KEEPING: Final = "a Flask view that commits the same bytes"


def ready_made(pages: Mapping[str, bytes]) -> Flask:
    """Return an application whose pages are ready."""
    app = Flask("ready")
    add_ready(app, pages)
    return app


def add_ready(app: Flask, pages: Mapping[str, bytes]) -> None:
    """Let an application show pages that are ready."""

    @app.get("/<path:place>")
    def show(place: str) -> Response:
        return Response(pages[f"/{place}"], mimetype="text/html")


def committing(path: Path, content: bytes) -> tuple[Flask, Callable[[], None]]:
    """Return an application that only stores these bytes, and how to close it.

    It has a file of its own, opened as ours is and written by the same writer. The
    bytes are turned about every other time: SQLite writes nothing to the disk when a
    row is given what it holds already.
    """
    kept = cycle((content, content[::-1]))
    engine = opening.sqlite_writer(f"sqlite:///{path}")
    writer = GroupWriter(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (id INTEGER PRIMARY KEY, b)")
        connection.exec_driver_sql("INSERT INTO kept VALUES (1, x'')")
    app = Flask("committing")

    @app.post("/<path:_place>")
    def keep(_place: str) -> Answer:
        request.get_data()
        writer.write(TENANT, lambda tc: _store(tc, next(kept)))
        return redirect("/", 303)

    def close() -> None:
        writer.close()
        engine.dispose()

    return app, close


def _store(tc: TenantConnection, content: bytes) -> None:
    tc.connection.exec_driver_sql("UPDATE kept SET b = ? WHERE id = 1", (content,))
