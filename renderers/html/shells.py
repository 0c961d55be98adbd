"""The page around the questions, drawn once for each page of a form and language.

What is somebody's own stands in holes: the addresses with the draft's handle, the name
of who is logged in, the form token, the nonce and the questions themselves. What is
wrong with the answers is told on a page that is drawn for that one time.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Final

from renderers.html.holes import Pierced, hole, pierced
from renderers.html.surroundings import Surroundings
from renderers.html.views import FormPage
from schemas.lately import Lately

KEPT: Final = 256
"""How many shells a site keeps, of some 7 kB each."""

OWN: Final = frozenset({"fields", "frames", "action", "back"})
OWN_AROUND: Final = frozenset({"address", "person"})
"""What of a page, and of what stands around it, is somebody's own: the holes."""

_shared = attrgetter(
    *(one.name for one in fields(FormPage) if one.name not in OWN | {"around"}),
    *(
        f"around.{one.name}"
        for one in fields(Surroundings)
        if one.name not in OWN_AROUND
    ),
)
"""All the rest, of which a shell is made."""

Render = Callable[[FormPage, str, Mapping[str, str]], str]


class Shells:
    """The shells drawn last, by everything that stands in them but what is in holes."""

    def __init__(self) -> None:
        self._drawn: Lately[tuple[object, ...], Pierced] = Lately(KEPT)

    def page(
        self,
        view: FormPage,
        language: str,
        render: Render,
        own: Mapping[str, str],
        questions: bytes,
    ) -> bytes:
        """Return the page, with what is this request's own in its shell.

        `own` holds `csrf_token` and `nonce`.
        """
        around = view.around
        # Another language's address goes on with & where there is a query already.
        address = "address?" if "?" in around.address else "address"
        drawn = self._drawn.get(
            (
                language,
                address,
                bool(own["nonce"]),
                bool(view.back),
                bool(around.person),
                _shared(view),
            ),
            lambda: pierced(render(_shell(view, address), language, _holes(own))),
        )
        return drawn.filled(
            {
                **own,
                "questions": questions,
                "action": view.action,
                "back": view.back,
                "person": around.person,
                address: around.address,
            }
        )


def _shell(view: FormPage, address: str) -> FormPage:
    """Return the view with holes for all that is somebody's own."""
    return replace(
        view,
        fields=(),
        frames=(),
        action=hole("action"),
        back=view.back and hole("back"),
        around=replace(
            view.around,
            address=hole(address),
            person=view.around.person and hole("person"),
        ),
    )


def _holes(own: Mapping[str, str]) -> dict[str, str]:
    # Without a nonce the page has no attribute for it, so that is part of the key.
    return {
        **{name: hole(name) for name in own},
        "nonce": own["nonce"] and hole("nonce"),
        "questions": hole("questions"),
    }
