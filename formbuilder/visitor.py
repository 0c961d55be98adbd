"""A person with a browser but no JavaScript: reads pages and posts their forms.

Used to rehearse a form in memory and to walk the whole service over real HTTP.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import html

MAX_REDIRECTS: Final = 10


class LostVisitor(Exception):  # noqa: N818 - what happened, not a fault of a kind
    """The page did not have what a person would need to go on."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person would pick in a file field."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PageForm:
    """A form as the page shows it, with the values its fields have now."""

    action: str
    fields: Mapping[str, list[str]]
    choices: Mapping[str, tuple[str, ...]]
    files: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]
    text: str = ""

    def offers(self, name: str) -> bool:
        """Tell whether the form has a control of this name."""
        return name in self.fields or name in self.choices or name in self.files


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: address, status and the parsed document."""

    url: str
    status: int
    content: bytes
    media_type: str
    _tree: list[html.HtmlElement] = field(default_factory=list)

    @property
    def tree(self) -> html.HtmlElement:
        """Return the document, parsed once."""
        if not self._tree:
            self._tree.append(html.document_fromstring(self.content.decode("utf-8")))
        return self._tree[0]

    @property
    def text(self) -> str:
        """Return the words of the page's main part, on one line."""
        main = self.tree.xpath("//main") or [self.tree]
        return " ".join(main[0].text_content().split())

    @property
    def title(self) -> str:
        """Return the document's title."""
        return " ".join((self.tree.findtext(".//title") or "").split())

    @property
    def errors(self) -> dict[str, str]:
        """Return the error summary: the field's id and what it says."""
        summary = "//*[contains(@class,'error-summary')]"
        links = self.tree.xpath(f"{summary}//a[starts-with(@href,'#')]")
        return {a.get("href")[1:]: " ".join(a.text_content().split()) for a in links}

    def links(self, containing: str = "") -> list[str]:
        """Return absolute addresses of links whose address holds this."""
        found = [a.get("href") for a in self.tree.xpath("//a[@href]")]
        return [urljoin(self.url, href) for href in found if containing in href]

    def forms(self) -> list[PageForm]:
        """Return the page's forms in order."""
        return [read_form(self.url, element) for element in self.tree.xpath("//form")]

    def form(self, *, action: str = "", field_name: str = "") -> PageForm:
        """Return the first form with this in its address and this control.

        Raises:
            LostVisitor: if the page has no such form.
        """
        for form in self.forms():
            path = urlsplit(form.action).path
            if action in path and (not field_name or form.offers(field_name)):
                return form
        raise LostVisitor(
            f"{self.url} ({self.status}) has no form for {action or field_name!r}: "
            f"{self.text[:300]}"
        )


def read_form(url: str, element: html.HtmlElement) -> PageForm:
    """Return a form element as a browser has it before anybody types."""
    fields: dict[str, list[str]] = {}
    choices: dict[str, list[str]] = {}
    files: list[str] = []
    buttons: list[tuple[str, str]] = []
    for control in element.xpath(".//input|.//select|.//textarea|.//button"):
        name, kind = control.get("name") or "", control.get("type", "")
        if control.tag == "button" or kind == "submit":
            buttons.append((name, control.get("value") or ""))
        elif not name or control.get("disabled") is not None:
            continue
        elif kind == "file":
            files.append(name)
        elif kind in ("radio", "checkbox"):
            choices.setdefault(name, []).append(control.get("value", "on"))
            if control.get("checked") is not None:
                fields.setdefault(name, []).append(control.get("value", "on"))
        elif control.tag == "select":
            options = [o.get("value", o.text or "") for o in control.xpath(".//option")]
            choices.setdefault(name, []).extend(options)
            chosen = control.xpath(".//option[@selected]/@value")
            fields.setdefault(name, []).extend(chosen or options[:1])
        elif control.tag == "textarea":
            # HTML drops the newline that a textarea begins with.
            fields.setdefault(name, []).append((control.text or "").removeprefix("\n"))
        else:
            fields.setdefault(name, []).append(control.get("value") or "")
    return PageForm(
        action=urljoin(url, element.get("action") or url),
        fields=fields,
        choices={name: tuple(values) for name, values in choices.items()},
        files=tuple(files),
        buttons=tuple(buttons),
        text=" ".join(element.text_content().split()),
    )


class Visitor:
    """One browser: its cookies, the page it stands on, and the way it came."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.visited: list[tuple[str, str, int]] = []

    def get(self, address: str) -> Page:
        """Go to an address, following redirects."""
        return self._arrive(self.client.get(address), "GET")

    def submit(
        self,
        form: PageForm,
        answers: Mapping[str, Sequence[str]] | None = None,
        *,
        button: tuple[str, str] | None = None,
        uploads: Iterable[tuple[str, Upload]] = (),
    ) -> Page:
        """Fill in controls by name, press a button and follow where it leads.

        Without a named button the form's first nameless one is pressed.
        """
        body = {name: list(values) for name, values in form.fields.items()}
        body |= {name: list(values) for name, values in (answers or {}).items()}
        if button is not None:
            body[button[0]] = [button[1]]
        files = [(n, (u.name, u.content, u.media_type)) for n, u in uploads]
        if form.files and not files:
            files = [(form.files[0], ("", b"", "application/octet-stream"))]
        if files:
            response = self.client.post(form.action, data=body, files=files)
        else:
            response = self.client.post(form.action, data=body)
        return self._arrive(response, "POST")

    def _arrive(self, response: httpx.Response, method: str) -> Page:
        for _ in range(MAX_REDIRECTS):
            self.visited.append((method, response.url.path, response.status_code))
            if not response.is_redirect:
                media_type = response.headers.get("content-type", "").split(";")[0]
                return Page(
                    str(response.url),
                    response.status_code,
                    response.content,
                    media_type,
                )
            target = urljoin(str(response.url), response.headers["location"])
            method, response = "GET", self.client.get(target)
        raise LostVisitor(f"{response.url} redirects for ever")
