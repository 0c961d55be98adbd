"""What operators' machines ask: alive, ready, figures."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from formbuilder.web.guards import anyone
from formbuilder.web.house import house
from formbuilder.web.proxies import is_direct

operations = Blueprint("operations", __name__)


@operations.get("/healthz")
@anyone
def healthz() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@operations.get("/readyz")
@anyone
def readyz() -> Response:
    """Say whether the database answers too."""
    is_ready = house().is_ready()
    return Response(
        "ok\n" if is_ready else "the database does not answer\n",
        status=200 if is_ready else 503,
        mimetype="text/plain",
    )


@operations.get("/metrics")
@anyone
def metrics() -> Response:
    """Return the figures in the Prometheus text format, where they may be read."""
    if not is_direct(request.environ, house().settings.metrics_from):
        raise NotFound
    return Response(house().metrics(), mimetype="text/plain; version=0.0.4")
