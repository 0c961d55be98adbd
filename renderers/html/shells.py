"""The page around the questions, drawn once for each page of a form and language.

What is somebody's own stands in holes: the addresses with the draft's handle, the name
of who is logged in, the form token, the nonce and the questions themselves. What is
wrong with the answers is told on a page that is drawn for that one time.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from renderers.html.holes import Pierced, hole, pierced
from renderers.html.views import FormPage
from schemas.lately import Lately

KEPT: Final = 256
"""How many shells a site keeps, of some 7 kB each."""

Render = Callable[[FormPage, Mapping[str, str]], str]


class Shells:
    """The shells drawn last, by everything that stands in them but what is in holes."""

    def __init__(self) -> None:
        self._drawn: Lately[tuple[FormPage, str, bool], Pierced] = Lately(KEPT)

    def page(
        self, view: FormPage, language: str, render: Render, own: Mapping[str, str]
    ) -> str:
        """Return the page, with what is this request's own in its shell.

        `own` holds `csrf_token`, `nonce` and the `questions` as HTML.
        """
        if view.faults:
            return render(view, own)
        shell = _shell(view)
        drawn = self._drawn.get(
            (shell, language, bool(own["nonce"])),
            lambda: pierced(render(shell, _holes(own))),
        )
        around = view.around
        return drawn.filled(
            {
                **own,
                "action": view.action,
                "back": view.back,
                "person": around.person,
                "address": around.address,
                "address?": around.address,
            }
        )


def _shell(view: FormPage) -> FormPage:
    """Return the view with holes for all that is somebody's own."""
    around = view.around
    # Another language's address goes on with & where there is a query already.
    address = "address?" if "?" in around.address else "address"
    return replace(
        view,
        fields=(),
        action=hole("action"),
        back=view.back and hole("back"),
        around=replace(
            around,
            address=hole(address),
            person=around.person and hole("person"),
        ),
    )


def _holes(own: Mapping[str, str]) -> dict[str, str]:
    # Without a nonce the page has no attribute for it, so that is part of the key.
    return {name: hole(name) for name in own} | {
        "nonce": own["nonce"] and hole("nonce")
    }
