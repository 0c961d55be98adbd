"""The Flask application: blueprints, guards and handlers over one house."""

from pathlib import Path

from flask import request, send_from_directory
from werkzeug.wrappers import Response

import renderers.html
from formbuilder.web import answering, cookies, errors, limits, security, visit
from formbuilder.web.answering import answering as answering_pages
from formbuilder.web.finishing import finishing
from formbuilder.web.guards import anyone
from formbuilder.web.house import EXTENSION, House
from formbuilder.web.inbox import inbox
from formbuilder.web.lean import PostProtection
from formbuilder.web.login import login
from formbuilder.web.mine import mine
from formbuilder.web.now import request_now
from formbuilder.web.operations import operations
from formbuilder.web.proxies import TrustedProxies
from formbuilder.web.safe_flask import SafeFlask
from formbuilder.web.starting import starting
from formbuilder.web.waiting import waiting

MAX_BODY = 64 * 1024 * 1024
STATIC = Path(renderers.html.__file__).parent / "static"


def make(house: House) -> SafeFlask:
    """Return the application that serves one installation."""
    app = SafeFlask("formbuilder", static_folder=None)
    app.extensions[EXTENSION] = house
    app.extensions[limits.EXTENSION] = limits.Limiter(clock=house.clock)
    app.session_interface = security.TenantCookieSigner()
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=5000,
        SESSION_COOKIE_NAME="__Host-form"
        if house.settings.environment == "production"
        else "form",
        SESSION_COOKIE_SECURE=house.settings.environment == "production",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SECRET_KEY="per-tenant",  # noqa: S106 - TenantCookieSigner has the keys
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the session cookie's SameSite does this
    )
    app.before_request(_begin)
    app.after_request(security.add_headers)
    errors.register(app)
    protection = PostProtection(app)
    # This view reads the body itself, and checks the token before any file in it.
    protection.exempt(answering.answer)
    for blueprint in (
        operations,
        starting,
        login,
        waiting,
        finishing,
        answering_pages,
        mine,
        inbox,
    ):
        app.register_blueprint(blueprint)
    app.add_url_rule("/static/<path:name>", "static", static)
    app.wsgi_app = TrustedProxies(  # type: ignore[method-assign]  # Flask's own way
        app.wsgi_app, house.settings.trusted_proxies
    )
    return app


def _begin() -> None:
    asked = request_now()
    if asked.blueprint != "operations" and asked.endpoint != "static":
        visit.begin()


@anyone
def static(name: str) -> Response:
    """Serve a built file of ours; its address changes with its content."""
    response = send_from_directory(STATIC, name, max_age=cookies.YEAR)
    if request.args.get("v"):
        response.cache_control.immutable = True
    response.cache_control.public = True
    return response
