"""What the accessibility rules look at: a form's pages, and where their words stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import html
from lxml.html import HtmlElement

from formbuilder.accessibility.drawing import SITE, DrawnPage, draw, whole_pages
from renderers.html.plain_fields import field_id
from schemas.compiling import CompiledForm
from schemas.definition import Json
from schemas.field_type import Question
from schemas.lint_subject import Subject
from schemas.mentions import Mention
from schemas.pointers import get, join
from schemas.translatable import read_by_people, translated_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Something the author wrote for people, and its place in the definition."""

    at: str
    text: str

    @property
    def what(self) -> str:
        """Return the member it stands in: `title`, `help` and so on."""
        return self.at.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenQuestion:
    """A question as it is drawn, and the place that asks it."""

    question: Question
    at: str
    tree: HtmlElement


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """A page as it is drawn, its place, and its questions."""

    at: str
    title: str
    tree: HtmlElement
    questions: tuple[SeenQuestion, ...]

    def place_of(self, element: HtmlElement) -> str:
        """Return the place of the question an element stands in, else the page's."""
        ids = {field_id(one.question.name): one.at for one in self.questions}
        around = [element, *element.iterancestors()]
        return next((ids[e.get("id")] for e in around if e.get("id") in ids), self.at)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A form, drawn in its own language with all that it may ask."""

    subject: Subject
    form: CompiledForm

    @cached_property
    def pages(self) -> tuple[SeenPage, ...]:
        """Return every page, in order."""
        language = self.subject.definition.language
        drawn = draw(self.form, whole_pages(self.form), language)
        return tuple(self._page(page, language) for page in drawn)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Return everything the author wrote for people who answer."""
        return tuple(
            Text(at=at + place, text=written)
            for at, document, _ in translated_files(self.subject.definition)
            for _, place in read_by_people(document)
            if isinstance(written := get(document, place), str)
        )

    def _page(self, drawn: DrawnPage, language: str) -> SeenPage:
        shown = drawn.shown
        questions = tuple(
            SeenQuestion(
                question=question,
                at=self.place(question),
                tree=html.fragment_fromstring(
                    SITE.show_field(field, language=language), create_parent="div"
                ),
            )
            for question, field in zip(shown.questions, drawn.view.fields, strict=True)
        )
        return SeenPage(
            at=self._pages[shown.section.id, shown.page.id],
            title=drawn.view.title,
            tree=html.document_fromstring(drawn.html).find(".//main"),
            questions=questions,
        )

    @cached_property
    def _pages(self) -> Mapping[tuple[str, str], str]:
        """Return the place of each page; a section without any is one page itself."""
        found = {(s.id, s.id): at for at, s in self.subject.sections()}
        return found | {(s.id, page.id): at for at, s, page in self.subject.pages}

    def mentions(self, question: Question) -> Sequence[Mention]:
        """Return the schemas that speak of a question, rows as one."""
        pointer = self.form.asking.numbered.general(question.pointer)
        return self.subject.trace.by_pointer.get(pointer, ())

    def place(self, question: Question) -> str:
        """Return where a question is asked: the first schema that defines it."""
        mentions = self.mentions(question)
        asking = [mention.at for mention in mentions if mention.defines]
        if asking:
            return asking[0]
        return next(
            (at for at, s in self.subject.sections() if s.id == question.section), ""
        )

    def place_of_title(self, question: Question) -> str:
        """Return where a question's title stands, else the question."""
        return self._member(self.place(question), "title")

    def _member(self, at: str, name: str) -> str:
        return f"{at}/{name}" if self.subject.written(f"{at}/{name}") else at

    def translations(self) -> Iterator[tuple[str, str, Text]]:
        """Yield language, translation and the text it translates."""
        for at, document, translations in translated_files(self.subject.definition):
            own: Json = {
                name: get(document, at) for name, at in read_by_people(document)
            }
            for language, given in translations.items():
                for name, translated in given.items():
                    if isinstance(own.get(name), str):
                        place = at + join("translations", language, name)
                        yield language, translated, Text(at=place, text=own[name])


def words_of(element: HtmlElement) -> str:
    """Return what is read out of an element, on one line."""
    return " ".join(element.text_content().split())
