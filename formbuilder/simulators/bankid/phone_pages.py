"""The phone's pages: plain HTML that works with a keyboard and a screen reader."""

from collections.abc import Sequence
from html import escape
from typing import Final

from formbuilder.simulators.bankid.orders import Order
from formbuilder.simulators.persona import Persona

STYLE: Final = """
body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;color:#111;background:#f4f4f0}
main{max-width:34rem;margin:0 auto;padding:1rem;background:#fff;min-height:90vh}
.mark{background:#7a1f1f;color:#fff;margin:0;padding:.5rem 1rem;font-weight:700}
h1{font-size:1.5rem}fieldset{border:1px solid #767676;margin:1rem 0;padding:1rem}
label{display:block;padding:.5rem 0}small{display:block;color:#444}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #767676;padding:1rem}
textarea,input[type=text]{font:inherit;width:100%;box-sizing:border-box}
button,.button{font:inherit;padding:.75rem 1.25rem;margin:.25rem .25rem .25rem 0;
border:2px solid #183e4f;background:#183e4f;color:#fff;text-decoration:none;
display:inline-block;min-height:44px}
button.other{background:#fff;color:#183e4f}
:focus-visible{outline:3px solid #b35a00;outline-offset:2px}
.error{border:3px solid #7a1f1f;padding:1rem}
"""


def page(title: str, body: str) -> bytes:
    """Return a whole page."""
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} – BankID-simulator</title><style>{STYLE}</style></head>"
        '<body><p class="mark">SIMULATOR: inget riktigt BankID</p>'
        f'<main><h1 id="top">{escape(title)}</h1>{body}</main></body></html>'
    ).encode()


def start_page(orders: Sequence[Order], error: str = "") -> bytes:
    """Return where an order is picked up: by its code, or from the list."""
    waiting = "".join(
        f'<li><a href="/?autostarttoken={escape(order.auto_start_token)}&amp;qr=1">'
        f"{escape(_what(order))} för {escape(order.owner.display_name)}, "
        f"kl. {order.created_at:%H:%M:%S} UTC</a></li>"
        for order in orders
        if order.status == "pending"
    )
    listed = (
        f"<ul>{waiting}</ul>" if waiting else "<p>Ingen begäran väntar just nu.</p>"
    )
    return page(
        "Testtelefonen",
        f"{_error(error)}<h2>Läs av en QR-kod</h2>"
        '<form method="post" action="/scan"><label for="qr">Text i QR-koden, börjar med '
        '<code>bankid.</code></label><textarea id="qr" name="qr" rows="3" required '
        'autocomplete="off"></textarea><button>Läs av</button></form>'
        f"<h2>Begäran som väntar</h2>{listed}"
        '<p><a href="/">Uppdatera listan</a></p>',
    )


def order_page(
    order: Order, people: Sequence[Persona], chosen: str = "", error: str = ""
) -> bytes:
    """Return what the app shows: who asks, for what, and what one can do."""
    verb = "Skriv under" if order.is_signature else "Legitimera dig"
    text = order.visible_text
    shown = f"<h2>Det du {'skriver under' if order.is_signature else 'läser'}</h2>"
    shown += f"<pre>{escape(text)}</pre>" if text else "<p>Ingen text.</p>"
    hidden = order.body.get("userNonVisibleData")
    if hidden:
        shown += (
            f"<p><small>Osynliga uppgifter: {len(hidden)} tecken base64.</small></p>"
        )
    options = "".join(
        _option(one, one.number == (chosen or order.required_person)) for one in people
    )
    return page(
        verb,
        f"{_error(error)}<p><strong>{escape(order.owner.display_name)}</strong> vill att "
        f"du {'skriver under' if order.is_signature else 'legitimerar dig'}.</p>{shown}"
        f'<form method="post" action="/order/{escape(order.auto_start_token)}">'
        f"<fieldset><legend>Vem är du?</legend>{options}</fieldset>"
        f'<button name="do" value="approve">{verb}</button>'
        '<button class="other" name="do" value="cancel">Avbryt</button>'
        '<button class="other" name="do" value="wrong">Skriv fel kod</button>'
        '<button class="other" name="do" value="expire">Låt tiden gå ut</button></form>',
    )


def done_page(order: Order, said: str) -> bytes:
    """Return how it went, and the way back to the service for one who came by link."""
    address = order.body.get("returnUrl", "")
    back = "<p>Gå tillbaka till e-tjänsten. Den märker det själv.</p>"
    if order.by_link and address.startswith(("http://", "https://")):
        back = (
            f'<p><a class="button" href="{escape(address)}" '
            'referrerpolicy="no-referrer">Tillbaka till e-tjänsten</a></p>'
        )
    return page(said, f'{back}<p><a href="/">Till telefonens början</a></p>')


def _what(order: Order) -> str:
    return "Underskrift" if order.is_signature else "Inloggning"


def _option(one: Persona, is_chosen: bool) -> str:
    checked = " checked" if is_chosen else ""
    return (
        f'<label><input type="radio" name="person" value="{escape(one.number)}"{checked}> '
        f"{escape(one.name)}, {escape(one.number)}<small>{escape(one.story)}</small></label>"
    )


def _error(text: str) -> str:
    return (
        f'<div class="error" role="alert"><p>{escape(text)}</p></div>' if text else ""
    )
