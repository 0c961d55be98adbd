"""A person who first sends every page as it is, and then answers what is asked."""

from collections.abc import Iterable, Mapping, Sequence

import httpx

from formbuilder.filling import fill
from formbuilder.visitor import Page, PageForm, Upload, Visitor
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Question
from tests.promises.city import CERTIFICATE

NEXT = ("_go", "next")
TOKEN = "csrf_token"
PAPER = Upload("papper.pdf", "application/pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
UNPROCESSABLE = 422


class Careless(Visitor):
    """Keeps every page that came: by its address, empty, with faults and filled in."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__(client)
        self.seen: dict[str, bytes] = {}
        self._tried: set[str] = set()

    def get(self, address: str) -> Page:
        return self._keep(super().get(address))

    def submit(
        self,
        form: PageForm,
        answers: Mapping[str, Sequence[str]] | None = None,
        *,
        button: tuple[str, str] | None = None,
        uploads: Iterable[tuple[str, Upload]] = (),
    ) -> Page:
        if button == NEXT and _place(form.action) not in self._tried:
            self._tried.add(_place(form.action))
            nothing = {name: () for name in form.fields if name != TOKEN}
            self._keep(super().submit(form, nothing, button=button))
        page = super().submit(form, answers, button=button, uploads=uploads)
        return self._keep(page)

    def _keep(self, page: Page) -> Page:
        state = " with faults" if page.status == UNPROCESSABLE else ""
        self.seen.setdefault(_place(page.url) + state, page.content)
        return page

    def answer_all(self, page: Page, form: CompiledForm, answers: Json) -> Page:
        """Answer everything, then read every page again; return where answers are checked."""
        files = {at: _file(q) for at, q in form.questions.items() if q.kind == "file"}
        review = fill(self, page, form, answers, files)
        for address in dict.fromkeys(review.links("andra=1")):
            again = super().get(address)
            self.seen[f"{_place(again.url)} filled in"] = again.content
        return review


def _file(question: Question) -> Upload:
    accepted = question.field_type.control(question, "sv").data["accept"]
    return PAPER if "application/pdf" in accepted else CERTIFICATE


def _place(address: str) -> str:
    return httpx.URL(address).path
