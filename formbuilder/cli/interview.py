"""What `new` asks about a form, one thing at a time, past what options have said."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from formbuilder.cli.asking import ask, ask_read, choose, choose_many, insist
from formbuilder.cli.interview_words import (
    ABOUT,
    FOR_A_CHILD,
    FOR_ONESELF,
    FROM,
    GDPR,
    KIND_TITLES,
    PRESERVE,
    SIGN,
)
from schemas.directory import Directory
from schemas.sketching import (
    CHOICES,
    Question,
    Receiver,
    Sketch,
    read_length,
    read_options,
)

F = TypeVar("F", bound=Callable[..., Any])


def options_of(helps: Mapping[str, str]) -> Callable[[F], F]:
    """Add an option with a text for each name, in their order."""

    def add(function: F) -> F:
        for name, said in reversed(list(helps.items())):
            option = click.option(f"--{name.replace('_', '-')}", name, help=said)
            function = option(function)
        return function

    return add


@dataclass(frozen=True, slots=True)
class Interview:
    """What options said, what the directory knows, and whether one may ask the rest."""

    said: Mapping[str, Any]
    town: Directory | None
    may_ask: bool

    def sketch(self) -> Sketch:
        """Return everything that is said, in the order it is asked for."""
        title = self._title()
        about = self._chosen("about", "Vem handlar svaren om?", ABOUT, default="self")
        sign = self._sign(about)
        questions = self._questions()
        law = dict(self._law())
        return Sketch(
            id=self.said["id"],
            title=title,
            about=about,
            sign=sign,
            questions=questions,
            receivers=self._receivers(law["controller"]),
            **law,
        )

    def _text(self, key: str, question: str, hint: str = "") -> str:
        if key in self.said or not self.may_ask:
            return str(self.said.get(key, "")).strip()
        return ask(question, hint or "Enter: vet inte än")

    def _chosen(
        self, key: str, question: str, options: Mapping[str, str], default: str = ""
    ) -> str:
        if key in self.said or not self.may_ask:
            return str(self.said.get(key, default))
        return choose(question, options, default=default)

    def _title(self) -> str:
        if "title" in self.said:
            return str(self.said["title"])
        if not self.may_ask:
            raise click.UsageError("Skriv formulärets rubrik med --title.")
        return insist("Vad heter formuläret?", "till exempel Felanmälan")

    def _sign(self, about: str) -> str:
        if about == "nobody" and "sign" not in self.said:
            return "none"
        offered = FOR_A_CHILD if about == "child" else FOR_ONESELF
        titles = {key: SIGN[key] for key in offered}
        default = "all" if about == "child" else "one"
        return self._chosen("sign", "Vem skriver under?", titles, default)

    def _questions(self) -> Sequence[Question]:
        if "questions" in self.said:
            return tuple(self.said["questions"])
        if not self.may_ask:
            raise click.UsageError("Skriv minst en fråga med --question.")
        return tuple(_questions())

    def _law(self) -> Iterator[tuple[str, Any]]:
        yield "purpose", self._text("purpose", "Varför behövs uppgifterna?")
        basis = "Vilken rättslig grund finns det?"
        yield "gdpr", self._chosen("gdpr", basis, GDPR)
        sensitive = "Visar svaren hälsa, religion eller något annat känsligt?"
        no = "undantaget, till exempel 9.2 g; Enter: nej"
        yield "special", self._text("special", sensitive, no)
        yield "national", self._text("national", "Vilken lag och paragraf?")
        yield "controller", self._controller()
        yield (
            "record_type",
            self._text("record_type", "Vad kallas handlingen i arkivet?"),
        )
        yield "classification", self._text("classification", "Vilken klassificering?")
        yield from self._retention()

    def _retention(self) -> Iterator[tuple[str, Any]]:
        kept = self._kept()
        yield "preserve", kept == PRESERVE
        yield "keep", "" if kept == PRESERVE else kept
        if kept and kept != PRESERVE:
            start = "Vad räknas tiden från?"
            yield "from_", self._chosen("from", start, FROM, default="arrival")
        decision = "Vilket beslut säger det?"
        yield "decision", self._text("decision", decision) if kept else ""

    def _kept(self) -> str:
        advice = "Skriv till exempel 2 år, 6 månader, P1Y eller bevaras."
        if "keep" in self.said or not self.may_ask:
            said = str(self.said.get("keep", ""))
            if said and not _length(said):
                raise click.UsageError(f"”{said}” är ingen tid. {advice}")
            return _length(said)
        hint = "2 år, 6 månader eller bevaras; Enter: vet inte än"
        return ask_read("Hur länge sparas svaren?", hint, _length, advice=advice)

    def _controller(self) -> str:
        question = "Vilken nämnd ansvarar för uppgifterna?"
        if self.town is None:
            return self._text("controller", question, "nyckel; Enter: vet inte än")
        names = {key: one.name for key, one in self.town.controllers.items()}
        return self._chosen("controller", question, names)

    def _receivers(self, controller: str) -> tuple[Receiver, ...]:
        return tuple(
            Receiver(department=key, disclosure_basis=self._basis(key, controller))
            for key in self._departments()
        )

    def _departments(self) -> tuple[str, ...]:
        if "departments" in self.said or not self.may_ask:
            return tuple(self.said.get("departments", ()))
        question = "Vilka avdelningar får svaren?"
        if self.town is None:
            said = ask(question, "nycklar med komma mellan; Enter: vet inte än")
            return tuple(one.strip() for one in said.split(",") if one.strip())
        titles = {key: one.title for key, one in self.town.departments.items()}
        return choose_many(question, titles)

    def _basis(self, key: str, controller: str) -> str:
        department = self.town.departments.get(key) if self.town else None
        if department is None or not controller or department.controller == controller:
            return ""
        name = department.title
        if "disclosure_basis" in self.said or not self.may_ask:
            return str(self.said.get("disclosure_basis", ""))
        return insist(f"{name} hör till en annan nämnd. Varför får den svaren?")


def _length(said: str) -> str:
    return PRESERVE if said.strip().lower() == PRESERVE else read_length(said)


def _questions() -> Iterator[Question]:
    """Ask for questions until there are no more."""
    yield _question(insist("Vad är den första frågan?", "som den som svarar ser den"))
    while title := ask("Vad är nästa fråga?", "Enter: inga fler"):
        yield _question(title)


def _question(title: str) -> Question:
    kind = choose("Vad är svaret?", KIND_TITLES, default="text")
    options = _options() if kind in CHOICES else ()
    must = choose("Måste den ha ett svar?", {"yes": "Ja", "no": "Nej"}, default="yes")
    return Question(kind=kind, title=title, options=options, is_required=must == "yes")


def _options() -> tuple[str, ...]:
    while not (found := read_options(insist("Svar att välja bland", "Gata | Park"))):
        click.echo("Skriv svaren med | mellan.")
    return found
