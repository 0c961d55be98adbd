"""Published forms of each municipality: compiled once, pinned by version.

- `Forms.current(tenant, form_id) -> CompiledForm`, `.at(tenant, form_id, version)`
- `Forms.published(tenant) -> tuple[PublishedForm, ...]`
- `Forms.languages(tenant, form_id) -> Mapping[str, LanguageState]`
- `Forms.versions(tenant, form_id) -> tuple[FormVersion, ...]`
- `Forms.definition(tenant, form_id, version) -> FormDefinition`
- `Forms.publish(tenant, definition, by) -> FormVersion`, `.rollback(…)`
"""

import gc
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from formbuilder.audit import Event
from formbuilder.database import audit as audit_log
from formbuilder.database import forms
from formbuilder.database.connection import TenantConnection
from formbuilder.services.form_names import Named, definition_of, named
from formbuilder.services.tools import Tools
from schemas.catalogue import SOURCE_LANGUAGE
from schemas.checking import try_scenarios
from schemas.codes import CodeList
from schemas.compiling import CompiledForm, compile_form
from schemas.definition import FormDefinition, LanguageState
from schemas.errors import DefinitionRefused, Problem, Refused
from schemas.lately import Lately
from schemas.linting import lint
from schemas.local_time import LOCAL

KEPT: Final = 1_000_000
"""How many characters of definitions are kept compiled: some 100 small forms, or three
as large as a whole school start. A compiled form takes some ten times its text, half
of it outside Python, which is given back only when its circles are collected."""

GONE: Final = 2
"""How many forms may have gone before their memory is given back."""

SEEN_WITHIN: Final = timedelta(seconds=5)
"""How long a page may offer the languages its form had a moment ago."""

NAMED: Final = 1000
"""How many versions' names and languages are kept."""

Compiler = Callable[[FormDefinition, Mapping[str, CodeList]], CompiledForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedForm:
    """A form that can be answered now, its texts in `language`."""

    id: str
    title: str
    version: str
    since: datetime
    by: str
    about: str = "self"
    assurance: str = "substantial"
    description: str = ""
    language: str = SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion:
    """One version of a form."""

    version: str
    published_at: datetime
    published_by: str
    is_current: bool


class Forms:
    """Finds and publishes forms."""

    def __init__(self, tools: Tools, compiler: Compiler = compile_form) -> None:
        self._tools = tools
        self._compiler = compiler
        self._compiled: Lately[tuple[str, str, str, date], CompiledForm] = Lately(
            KEPT, let_go=self._collect
        )
        self._gone = 0
        self._named: Lately[tuple[str, str, str], Named] = Lately(NAMED)
        self._languages: Lately[tuple[str, str, float], Mapping[str, LanguageState]] = (
            Lately(NAMED)
        )

    def current(self, tenant: str, form_id: str) -> CompiledForm:
        """Return the form that new answers meet.

        Raises:
            Refused: there is none.
        """
        with self._tools.database.read(tenant) as tc:
            found = forms.current(tc, form_id)
        if found is None:
            raise Refused("unknown_form")
        return self._compile(tenant, found)

    def at(self, tenant: str, form_id: str, version: str) -> CompiledForm:
        """Return the version a draft or case is pinned to.

        Raises:
            Refused: there is none.
        """
        compiled = self._compiled.known((tenant, form_id, version, self._today()))
        if compiled is not None:
            return compiled
        return self._compile(tenant, self._stored(tenant, form_id, version))

    def definition(self, tenant: str, form_id: str, version: str) -> FormDefinition:
        """Return a version as its author wrote it."""
        return self.at(tenant, form_id, version).definition

    def published(self, tenant: str, language: str = "sv") -> tuple[PublishedForm, ...]:
        """Return every form that can be answered now, by title."""
        with self._tools.database.read(tenant) as tc:
            found = forms.all_current(tc)
        listed = []
        for current in found:
            name = self._name(tenant, current.form_id, current.version)
            listed.append(
                PublishedForm(
                    id=current.form_id,
                    title=name.title_in(language),
                    version=current.version,
                    since=current.since,
                    by=current.by,
                    about=name.about,
                    assurance=name.assurance,
                    description=name.description_in(language),
                    language=language
                    if language in name.languages
                    else next(iter(name.languages)),
                )
            )
        return tuple(sorted(listed, key=lambda form: form.title))

    def languages(self, tenant: str, form_id: str) -> Mapping[str, LanguageState]:
        """Return the languages of the form that new answers meet; none, if none does.

        What another process published counts from the next `SEEN_WITHIN`.
        """
        time = self._tools.clock().timestamp() // SEEN_WITHIN.total_seconds()
        key = (tenant, form_id, time)
        # Anybody may ask for an id of any length: a long one counts as several.
        weight = 1 + len(form_id) // 100
        return self._languages.get(key, lambda: self._spoken(tenant, form_id), weight)

    def _spoken(self, tenant: str, form_id: str) -> Mapping[str, LanguageState]:
        with self._tools.database.read(tenant) as tc:
            since = forms.history(tc, form_id)
        return self._name(tenant, form_id, since[-1].version).languages if since else {}

    def versions(self, tenant: str, form_id: str) -> tuple[FormVersion, ...]:
        """Return every version of a form, oldest first."""
        with self._tools.database.read(tenant) as tc:
            found, current = forms.versions(tc, form_id), forms.current(tc, form_id)
        return tuple(
            FormVersion(
                version=one.version,
                published_at=one.published_at,
                published_by=one.published_by,
                is_current=current is not None and one.version == current.version,
            )
            for one in found
        )

    def publish(self, tenant: str, definition: FormDefinition, by: str) -> FormVersion:
        """Store a version and let new answers meet it.

        Raises:
            DefinitionRefused: it has errors, or is a draft with blanks.
        """
        self._refuse(tenant, definition)
        now = self._tools.clock()
        stored = forms.FormVersion(
            form_id=definition.id,
            version=definition.version,
            document=json.dumps(definition.document, ensure_ascii=False),
            published_at=now,
            published_by=by,
        )

        def work(tc: TenantConnection) -> None:
            forms.publish(tc, stored)
            self._make_current(
                tc, definition.id, definition.version, by, Event.FORM_PUBLISHED
            )

        self._tools.database.write(tenant, work)
        self._languages.clear()
        return self._version(tenant, definition.id, definition.version)

    def rollback(self, tenant: str, form_id: str, version: str, by: str) -> FormVersion:
        """Let new answers meet an earlier version; drafts keep the one they have.

        Raises:
            PermanentError: it was never published.
        """
        self._tools.database.write(
            tenant,
            lambda tc: self._make_current(
                tc, form_id, version, by, Event.FORM_ROLLED_BACK
            ),
        )
        self._languages.clear()
        return self._version(tenant, form_id, version)

    def _make_current(
        self, tc: TenantConnection, form_id: str, version: str, by: str, event: Event
    ) -> None:
        now = self._tools.clock()
        current = forms.CurrentForm(
            id=self._tools.new_id(), form_id=form_id, version=version, since=now, by=by
        )
        forms.make_current(tc, current)
        detail = {"form": form_id, "version": version}
        audit_log.record(tc, event=event, at=now, actor_key=by, detail=detail)

    def _version(self, tenant: str, form_id: str, version: str) -> FormVersion:
        found = self.versions(tenant, form_id)
        return next(one for one in found if one.version == version)

    def _refuse(self, tenant: str, definition: FormDefinition) -> None:
        directory = self._tools.directories[tenant]
        problems = list(lint(definition, directory, channels=self._tools.channels))
        if definition.is_draft:
            problems.append(_blanks())
        if not any(problem.severity == "error" for problem in problems):
            problems += try_scenarios(definition, directory)
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors:
            raise DefinitionRefused(errors)

    def _compile(self, tenant: str, form: forms.FormVersion) -> CompiledForm:
        def make() -> CompiledForm:
            definition = definition_of(form)
            return self._compiler(definition, self._code_lists(tenant, definition))

        key = (tenant, form.form_id, form.version, self._today())
        return self._compiled.get(key, make, len(form.document))

    def _collect(self) -> None:
        """Give back what forms that had to go took, a few at a time."""
        self._gone += 1
        if self._gone % GONE == 0:
            gc.collect()

    def _name(self, tenant: str, form_id: str, version: str) -> Named:
        key = (tenant, form_id, version)
        return self._named.get(key, lambda: named(definition_of(self._stored(*key))))

    def _stored(self, tenant: str, form_id: str, version: str) -> forms.FormVersion:
        with self._tools.database.read(tenant) as tc:
            found = forms.get(tc, form_id, version)
        if found is None:
            raise Refused("unknown_form")
        return found

    def _code_lists(
        self, tenant: str, definition: FormDefinition
    ) -> Mapping[str, CodeList]:
        """Return each code list with what may be chosen on the day its form says."""
        directory = self._tools.directories[tenant]
        found = {}
        for urn, codes in directory.code_lists.items():
            source = str(definition.codes.get(urn, {}).get("valid_at", ""))
            day = directory.settings.get(source.removeprefix("settings:"))
            at = date.fromisoformat(day) if isinstance(day, str) else self._today()
            found[urn] = replace(codes, entries=codes.valid(at))
        return found

    def _today(self) -> date:
        return self._tools.clock().astimezone(LOCAL).date()


def _blanks() -> Problem:
    return Problem(
        code="FB182",
        pointer="",
        message="Definitionen är ett utkast med tomma platser.",
        advice="Fyll i mottagare och rättslig grund, och kör check utan --draft.",
    )
