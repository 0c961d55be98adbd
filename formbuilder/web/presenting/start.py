"""The front page, a form's start page and the pages about the site, as views."""

from collections.abc import Iterable

from flask import abort

from formbuilder.services.forms import PublishedForm
from formbuilder.web.presenting.audience import department_title, seen_by
from formbuilder.web.visit import session, surroundings, visit
from renderers.html.page_parts import (
    Action,
    Block,
    Choice,
    Fact,
    Link,
    PrivacyPart,
    SectionOffer,
)
from renderers.html.views import HomePage, MessagePage, StartPage
from schemas.compiling import CompiledForm
from schemas.definition import Section, SigningPolicy
from schemas.journey import author_pages
from schemas.privacy import Disclosure, Notice, notices
from schemas.privacy_words import articles, kept
from schemas.titles import form_text, section_text
from schemas.tongues import like, listed

QUESTIONS_A_MINUTE = 6


def home_page(forms: Iterable[PublishedForm]) -> HomePage:
    """Return the list of services."""
    say = visit().say
    return HomePage(
        title=say("E-tjänster"),
        around=surroundings(),
        introduction=say(
            "Här gör du dina ärenden hos {municipality}.",
            municipality=visit().directory.municipality.name,
        ),
        services=tuple(
            Choice(
                title=form.title,
                detail=form.description,
                href=f"/e/{form.id}",
                language="" if form.language == visit().language else form.language,
            )
            for form in forms
        ),
    )


def start_page(form: CompiledForm) -> StartPage:
    """Return what the form is, what one needs and who gets what."""
    say, language, definition = visit().say, visit().language, form.definition
    description = form_text(definition, "description", language)
    minutes = max(2, len(form.questions) // QUESTIONS_A_MINUTE // 2)
    return StartPage(
        title=form_text(definition, "title", language),
        around=surroundings(service=form_text(definition, "title", language)),
        introduction=tuple(
            like(paragraph, description)
            for paragraph in description.split("\n\n")
            if paragraph
        ),
        minutes=minutes,
        needs=tuple(_needs(form)),
        needs_maybe=tuple(_papers(form)),
        replaces=tuple(
            section_text(definition, s, "replaces", language)
            for s in definition.sections
            if s.replaces
        ),
        sections=tuple(_offer(form, section) for section in definition.sections),
        privacy=tuple(_privacy(form)),
        privacy_general=(
            say(
                "Du har rätt att få veta vilka uppgifter vi har om dig och att få fel "
                "rättade. Du kan klaga hos Integritetsskyddsmyndigheten, imy.se."
            ),
            say(
                "Dataskyddsombud: {email}",
                email=visit().directory.municipality.data_protection_officer.email,
            ),
        ),
        begin=_begin(form),
        can_return=definition.identity.assurance != "none",
        otherwise=say(
            "Kan du inte använda e-tjänsten? Ring {phone}. Har någon i familjen "
            "skyddade personuppgifter ska ni alltid ringa i stället.",
            phone=visit().phone,
        ),
    )


def _begin(form: CompiledForm) -> Action | Link:
    say, identity, who = visit().say, form.definition.identity, session()
    base = f"/e/{form.definition.id}"
    if identity.about == "child":
        return Link(text=say("Börja"), href=f"{base}/valj-barn")
    is_known = who is not None and who.is_known
    if identity.assurance == "none" or is_known:
        return Action(label=say("Börja"), href=f"{base}/borja")
    return Link(text=say("Logga in och börja"), href=f"/logga-in?to={base}/borja")


def _needs(form: CompiledForm) -> Iterable[str]:
    say = visit().say
    if form.definition.identity.assurance != "none":
        yield say("BankID")
    if any(section.sign.first == "all" for section in form.definition.sections):
        yield say("Den andra vårdnadshavaren behöver också logga in och skriva under.")


def _papers(form: CompiledForm) -> Iterable[str]:
    """Yield the files that some are asked for."""
    for question in form.questions.values():
        if question.kind == "file":
            yield question.title_in(visit().language)


def _offer(form: CompiledForm, section: Section) -> SectionOffer:
    definition, language = form.definition, visit().language
    fields = [
        pointer
        for one, page in author_pages(form)
        if one is section
        for pointer in page.fields
    ]
    return SectionOffer(
        title=section_text(definition, section, "title", language),
        description=section_text(definition, section, "description", language),
        replaces=section_text(definition, section, "replaces", language),
        purpose=section_text(definition, section, "purpose", language),
        seen_by=seen_by(form, fields),
        signers=_signers(section.sign) if definition.identity.about == "child" else "",
        voluntary=section.voluntary,
    )


def _signers(policy: SigningPolicy) -> str:
    say = visit().say
    told = {
        "none": say("Behöver inte skrivas under."),
        "one": say("En vårdnadshavare skriver under."),
        "one_notify": say("En vårdnadshavare skriver under. Den andra får veta det."),
        "all": say("Alla vårdnadshavare skriver under."),
        "all_or_no": say("Alla vårdnadshavare måste säga ja. Annars gäller nej."),
        "resident": say("Den som barnet bor hos skriver under."),
    }[policy.first]
    if policy.all_when is None:
        return told
    return f"{told} {say('För vissa svar behöver alla vårdnadshavare skriva under.')}"


def _privacy(form: CompiledForm) -> Iterable[PrivacyPart]:
    for notice in notices(form, visit().language):
        yield PrivacyPart(title=notice.title, facts=tuple(_facts(notice)))


def _facts(notice: Notice) -> Iterable[Fact]:
    """Return what GDPR article 13 wants told about a section, as term and text."""
    say, language = visit().say, visit().language
    controller = visit().directory.controllers.get(notice.controller)
    if controller is not None:
        yield say("Ansvarig"), controller.name_in(language)
    yield say("Därför behöver vi svaren"), notice.purpose
    if notice.legal_basis is not None:
        law = notice.legal_basis
        yield say("Rättslig grund"), (articles(law, language), law.national)
    told = listed(map(_told, notice.disclosures), language, between="; ")
    yield say("Vem som får svaren"), told
    rules = dict.fromkeys(kept(rule, language) for rule in notice.retention)
    yield say("Så länge sparas de"), "; ".join(rules)
    needed = say("Frivilligt.") if notice.voluntary else ""
    yield say("Om du inte svarar"), (needed, notice.if_not_answered)


def _told(disclosure: Disclosure) -> str:
    title = department_title(disclosure.department)
    columns = listed(disclosure.columns, visit().language)
    said = [title, like(columns.lower(), columns)] if columns else [title]
    return listed(said, visit().language, between=": ")


def about_page(subject: str) -> MessagePage:
    """Return the page about accessibility, personal data or cookies."""
    say, contact = visit().say, visit().directory.municipality.contact
    pages = {
        "tillganglighet": (
            say("Tillgänglighet"),
            (
                say(
                    "Vi vill att alla ska kunna använda e-tjänsterna. De ska följa "
                    "WCAG 2.2 på nivå AA."
                ),
                say(
                    "Hittar du något som inte fungerar för dig? Skriv till {email} "
                    "eller ring {phone}.",
                    email=contact.email,
                    phone=visit().phone,
                ),
                say("Myndigheten för digital förvaltning har tillsyn över lagen."),
            ),
        ),
        "personuppgifter": (
            say("Så använder vi personuppgifter"),
            (
                say(
                    "Varje del av ett formulär går bara till dem som behöver den. På "
                    "formulärets första sida står vem som får vad, varför och hur "
                    "länge det sparas."
                ),
                say("Frågor: {email}", email=contact.email),
            ),
        ),
        "kakor": (
            say("Kakor"),
            (
                say(
                    "Vi använder bara kakor som behövs: för att du ska vara inloggad, "
                    "för ditt språkval och för att skydda formulären."
                ),
            ),
        ),
    }
    if subject not in pages:
        abort(404)
    title, paragraphs = pages[subject]
    return MessagePage(
        title=title, around=surroundings(), blocks=(Block(paragraphs=paragraphs),)
    )
