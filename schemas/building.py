"""Frozen values from a document that follows the published schema.

Blanks an importer left, and what a broken document lacks, become empty values, so
that the linter can name them together with everything else.
"""

import hashlib
from collections.abc import Mapping

import rfc8785

from schemas.definition import (
    ArchiveRule,
    FormDefinition,
    Identity,
    Json,
    LanguageState,
    LegalBasis,
    Page,
    Part,
    Prefill,
    Receiver,
    Retention,
    Scenario,
    Section,
    SigningPolicy,
    ViewField,
)
from schemas.pointers import join, parts


def build_form(
    document: Json, *, version: str, files: Mapping[int, str], is_draft: bool
) -> FormDefinition:
    """Return the definition; `files` says which file a section was read from."""
    return FormDefinition(
        id=document["id"],
        title=document["title"],
        language=document.get("language", "sv"),
        identity=Identity(**document.get("identity", {})),
        schema=document.get("schema", {"type": "object"}),
        sections=tuple(
            build_section(section, file=files.get(index, ""))
            for index, section in enumerate(document["sections"])
        ),
        version=version,
        document=document,
        description=document.get("description", ""),
        declaration=document.get("declaration", ""),
        ui=document.get("ui", {}),
        prefill=_prefill(document.get("prefill", {})),
        codes=document.get("codes", {}),
        receivers=_receivers(document["id"], document.get("receivers", ())),
        drafts_keep=document.get("drafts", {}).get("keep", "P30D"),
        scenarios=tuple(_scenario(s) for s in document.get("scenarios", ())),
        translations=document.get("translations", {}),
        languages=_languages(document),
        is_draft=is_draft,
    )


def _languages(document: Json) -> dict[str, LanguageState]:
    """Return the languages a form says it has, else those it has translations to."""
    if "languages" in document:
        said = document["languages"].items()
        return {code: one.get("state", "reviewed") for code, one in said}
    source = document.get("language", "sv")
    files = (document, *document["sections"])
    found = dict.fromkeys(code for one in files for code in one.get("translations", {}))
    return {code: "reviewed" for code in found if code != source}


def version_of(document: Json) -> str:
    """Return the content hash of a document: SHA-256 of its RFC 8785 form."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def build_section(section: Json, *, file: str) -> Section:
    """Return one section; without pages it has one that shows all of it."""
    fields = tuple(section.get("fields", ()))
    shown = fields or (join(section["id"]),)
    everything = {"id": section["id"].replace("_", "-"), "title": section["title"]}
    return Section(
        id=section["id"],
        title=section["title"],
        schema=section.get("schema"),
        description=section.get("description", ""),
        replaces=section.get("replaces", ""),
        for_=section.get("for", "child"),
        sign=_signing(section.get("sign", "one")),
        arrive_when=section.get("arrive_when", "first_signature"),
        parts=tuple(_part(part) for part in section.get("parts", ())),
        ui=section.get("ui", {}),
        pages=tuple(
            _page(page)
            for page in section.get("pages", [{**everything, "fields": shown}])
        ),
        fields=fields,
        asked_when=section.get("asked_when"),
        across=section.get("across"),
        consents={
            pointer: given if isinstance(given, str) else given["purpose"]
            for pointer, given in section.get("consents", {}).items()
        },
        consents_until={
            pointer: given["until"]
            for pointer, given in section.get("consents", {}).items()
            if isinstance(given, Mapping) and given.get("until")
        },
        controller=section.get("controller", ""),
        purpose=section.get("purpose", ""),
        voluntary=section.get("voluntary", False),
        if_not_answered=section.get("if_not_answered", ""),
        legal_basis=_legal_basis(section.get("legal_basis")),
        secrecy=section.get("secrecy", ""),
        archive=_archive(section.get("archive")),
        receivers=_receivers(section["id"], section.get("receivers", ())),
        prefill=_prefill(section.get("prefill", {})),
        translations=section.get("translations", {}),
        file=file,
    )


def _signing(sign: Json) -> SigningPolicy:
    if isinstance(sign, str):
        return SigningPolicy(first=sign, change=sign)  # type: ignore[arg-type]  # the published schema lists the words
    return SigningPolicy(
        first=sign["first"], change=sign["change"], all_when=sign.get("all_when")
    )


def _part(part: Json) -> Part:
    return Part(
        id=part["id"],
        fields=tuple(part["fields"]),
        for_=part.get("for"),
        sign=_signing(part["sign"]) if "sign" in part else None,
        arrive_when=part.get("arrive_when"),
        retention=_retention(part["retention"]) if "retention" in part else None,
        title=part.get("title", ""),
    )


def _page(page: Json) -> Page:
    return Page(
        id=page["id"],
        title=page["title"],
        fields=tuple(page["fields"]),
        description=page.get("description", ""),
    )


def _legal_basis(basis: Json) -> LegalBasis | None:
    return LegalBasis(**basis) if basis and basis.get("gdpr") else None


def _archive(rule: Json) -> ArchiveRule | None:
    if not rule or not rule["record_type"]:
        return None
    return ArchiveRule(
        record_type=rule["record_type"],
        classification=rule["classification"],
        retention=_retention(rule["retention"]),
    )


def _retention(retention: Json) -> Retention:
    return Retention(
        keep=retention.get("keep", ""),
        from_=retention.get("from", "arrival"),
        decision=retention.get("decision", ""),
        preserve=retention.get("preserve", False),
        event=retention.get("event", ""),
    )


def _prefill(prefill: Json) -> dict[str, Prefill]:
    return {
        pointer: Prefill(
            from_=source["from"],
            edit=source.get("edit", "always"),
            confirm=source.get("confirm", False),
        )
        for pointer, source in prefill.items()
    }


def _receivers(owner: str, receivers: Json) -> tuple[Receiver, ...]:
    return tuple(
        Receiver(
            id=f"{owner}.{receiver.get('id', receiver['department'])}",
            department=receiver["department"],
            fields=tuple(_view_field(field) for field in receiver["fields"]),
            only_when=receiver.get("only_when"),
            documents=tuple(receiver.get("documents", ("json",))),
            channels=tuple(receiver.get("channels", ("inbox",))),
            disclosure_basis=receiver.get("disclosure_basis", ""),
            title=receiver.get("title", ""),
        )
        for receiver in receivers
    )


def _view_field(field: Json) -> ViewField:
    if isinstance(field, str):
        return ViewField(name=column_name(field), pointer=field)
    if "is" in field:
        return ViewField(
            name=field["name"], title=field.get("title", ""), is_=field["is"]
        )
    if "classify" in field:
        codes = tuple((one["code"], one["when"]) for one in field["classify"])
        return ViewField(
            name=field["name"], title=field.get("title", ""), classify=codes
        )
    if "live" in field:
        name = field.get("name", field["live"].partition(":")[2])
        return ViewField(name=name, title=field.get("title", ""), live=field["live"])
    [(pointer, shaped)] = field.items()
    return ViewField(
        name=shaped.get("name", column_name(pointer)),
        title=shaped.get("title", ""),
        pointer=pointer,
        shape=shaped.get("as"),
    )


def column_name(pointer: str) -> str:
    """Return what a receiver calls the answer at a pointer.

    >>> column_name("/contacts/ice/*/phone")
    'contacts.ice.phone'
    """
    return ".".join(part for part in parts(pointer) if part != "*")


def _scenario(scenario: Json) -> Scenario:
    return Scenario(
        name=scenario["name"],
        at=scenario.get("at", ""),
        facts=scenario.get("facts", {}),
        answers=scenario["answers"],
        expect=scenario["expect"],
        own=scenario.get("own", {}),
    )
