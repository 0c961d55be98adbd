"""Pages from views: one template environment for each language, nothing per request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from renderers.html.compiled import COMPILED
from renderers.html.drawn_fields import AnsweredField, Shown, Way
from renderers.html.form_part import FormPart
from renderers.html.legends import Frame
from renderers.html.prose import prose
from renderers.html.shells import Shells
from renderers.html.spoken import lang_of, said, said_after_each_other
from renderers.html.surroundings import Surroundings
from renderers.html.theme import Theme
from renderers.html.views import FormPage, View
from schemas import catalogue
from schemas.inside import colon
from schemas.tongues import direction, own_name

CLOSING: Final = b"</div>"
HERE: Final = files("renderers.html")
WIDGETS: Final = tuple(
    sorted(
        entry.name.removesuffix(".html")
        for entry in HERE.joinpath("widgets").iterdir()
        if entry.name.endswith(".html") and entry.name != "around.html"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    direction: str
    href: str


@dataclass(frozen=True)
class Site:
    """One municipality's pages. `environment` other than production shows a banner."""

    theme: Theme
    environment: str = "production"
    _environments: dict[str, Environment] = field(default_factory=dict, repr=False)
    _shells: Shells = field(default_factory=Shells, repr=False)

    def render(
        self, view: View, *, language: str, csrf_token: str = "", nonce: str = ""
    ) -> bytes:
        """Return the page as HTML, in the language, with the token in its forms."""
        own = {"csrf_token": csrf_token, "nonce": nonce}
        if not isinstance(view, FormPage):
            return self.draw(view, language, own).encode()
        questions = in_place(
            self._in(language), view.fields, view.is_heading, view.frames
        )
        if view.faults or isinstance(view, FormPart):
            asked = Markup(questions.decode())  # noqa: S704 - templates drew all of it
            return self.draw(view, language, {**own, "questions": asked}).encode()
        return self._shells.page(view, language, self.draw, own, questions)

    def draw(self, view: View, language: str, own: Mapping[str, str]) -> str:
        """Return a page drawn whole, this one time, with what is the request's own."""
        template = self._in(language).get_template(view.template)
        languages = _links(view.around)
        return template.render(view=view, languages=languages, **own)

    def show_field(self, shown: Shown, *, language: str, heading: bool = False) -> str:
        """Return one question alone, as HTML."""
        return show(self._in(language), shown, heading=heading)

    def _in(self, language: str) -> Environment:
        if language not in self._environments:
            self._environments[language] = self._environment(language)
        return self._environments[language]

    def _environment(self, language: str) -> Environment:
        made = template_environment(language)
        made.globals.update(
            theme=self.theme,
            direction=direction(language),
            is_test=self.environment != "production",
        )
        return made


def template_environment(language: str) -> Environment:
    """Return an environment whose fixed words are in the language."""
    made = Environment(
        loader=FileSystemLoader([str(HERE.joinpath("templates")), str(HERE)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED[language],
    )
    made.filters.update(
        said=said, colon=colon, listed=partial(said_after_each_other, language=language)
    )
    made.globals.update(
        _=_words(language),
        lang_of=lang_of,
        language=language,
        direction_of=direction,
        static=static_address,
        prose=prose,
        show=partial(show, made),
        show_part=partial(show, made),
    )
    return made


def show(environment: Environment, shown: Shown, heading: object = False) -> Markup:
    """Return a question drawn by its widget."""
    if isinstance(shown, AnsweredField):
        draw, way = partial(show, environment), _way(environment, bool(heading))
        return Markup(shown.html(draw, way).decode())  # noqa: S704 - a template drew it
    widget = "read_only" if shown.read_only else shown.widget
    module = environment.get_template(f"widgets/{widget}.html").module
    macro: Callable[..., str] = module.show  # type: ignore[attr-defined]  # a macro
    return Markup(macro(shown, bool(heading)))  # noqa: S704 - the macro has escaped it


def in_place(
    environment: Environment,
    fields: Iterable[Shown],
    heading: bool,
    frames: Sequence[Frame] = (),
) -> bytes:
    """Return a page's questions, each in its place, which posts that it was asked."""
    draw, way = partial(show, environment), _way(environment, heading)
    found: list[bytes] = []
    for index, one in enumerate(fields):
        if frames:
            found.append(frames[index][0].encode())
        if isinstance(one, AnsweredField):
            found += (one.drawn.opening, one.html(draw, way), CLOSING)
        else:
            found += (one.opening.encode(), draw(one, heading).encode(), CLOSING)
        if frames:
            found.append(frames[index][1].encode())
    return b"".join(found)


def _way(environment: Environment, heading: bool) -> Way:
    return str(environment.globals["language"]), heading


@cache
def static_address(name: str) -> str:
    """Return the address of a static file, which changes when its content does."""
    return f"/static/{name}?v={sums().get(name, 'x')[:12]}"


@cache
def sums() -> dict[str, str]:
    """Return the SHA-384 of every static file, as the build wrote them."""
    listed = HERE.joinpath("static", "SHA384SUMS").read_text(encoding="utf-8")
    pairs = (line.split("  ", maxsplit=1) for line in listed.splitlines() if line)
    return {name: digest for digest, name in pairs}


def _links(around: Surroundings) -> tuple[LanguageLink, ...]:
    joint = "&" if "?" in around.address else "?"
    return tuple(
        LanguageLink(
            code=code,
            name=own_name(code),
            direction=direction(code),
            href=f"{around.address}{joint}lang={code}",
        )
        for code in around.languages
    )


def _words(language: str) -> Callable[..., str]:
    def translate(swedish: str, **values: object) -> str:
        return catalogue.text(swedish, language, **values)

    return translate
