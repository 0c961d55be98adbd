"""Every kind of page, as a browser and a screen reader meet it."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from sample_pages import HOSTILE, PAGES, THEME, form

from renderers.html.site import HERE, Site, template_environment
from schemas import catalogue

SITE = Site(THEME)
TEMPLATES = sorted(
    path
    for folder in ("templates", "widgets")
    for path in Path(str(HERE), folder).iterdir()
)
WORDS = re.compile(r"""\b_\((?:"([^"]*)"|'([^']*)')""")


def page(name: str, language: str = "sv") -> html.HtmlElement:
    text = SITE.render(
        PAGES[name], language=language, csrf_token="the-token", nonce="n0"
    )
    return html.document_fromstring(text.decode())


every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_ids_are_unique(name: str) -> None:
    ids = page(name).xpath("//@id")

    assert sorted(set(ids)) == sorted(ids)


@every_page
def test_every_control_has_a_label(name: str) -> None:
    tree = page(name)

    def is_labelled(control: html.HtmlElement) -> object:
        own = control.get("aria-label") or control.get("id")
        return own and (
            control.get("aria-label")
            or tree.xpath("//label[@for=$id][normalize-space()]", id=control.get("id"))
        )

    controls = tree.xpath("//input[not(@type='hidden')] | //select | //textarea")

    assert [html.tostring(c) for c in controls if not is_labelled(c)] == []


@every_page
def test_every_reference_inside_the_page_leads_somewhere(name: str) -> None:
    tree = page(name)
    wanted = [h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")]
    for attribute in ("aria-describedby", "aria-labelledby"):
        wanted += [one for ids in tree.xpath(f"//@{attribute}") for one in ids.split()]

    assert set() == set(wanted) - set(tree.xpath("//@id"))


@every_page
def test_a_strict_content_security_policy_is_enough(name: str) -> None:
    tree = page(name)

    assert tree.xpath("//style | //@style | //script[not(@src)]") == []
    assert [a for a in tree.xpath("//@*") if a.attrname.startswith("on")] == []


@every_page
def test_every_form_that_posts_carries_the_token(name: str) -> None:
    forms = page(name).xpath("//form[@method='post']")

    assert len(forms) == len(
        [
            f
            for f in forms
            if f.xpath(".//input[@name='csrf_token' and @value='the-token']")
        ]
    )


@every_page
def test_there_is_one_heading_of_the_first_level(name: str) -> None:
    assert len(page(name).xpath("//h1")) == 1


@every_page
def test_headings_skip_no_level(name: str) -> None:
    levels = [int(h.tag[1]) for h in page(name).xpath("//h1|//h2|//h3|//h4")]

    in_order = [b - a for a, b in itertools.pairwise(levels)]

    assert [step for step in in_order if step > 1] == []


@every_page
@pytest.mark.parametrize(
    ("language", "direction"), [("sv", "ltr"), ("en", "ltr"), ("ar", "rtl")]
)
def test_the_page_says_its_language_and_direction(
    name: str, language: str, direction: str
) -> None:
    root = page(name, language)

    assert (language, direction) == (root.get("lang"), root.get("dir"))


def test_hostile_text_stays_text() -> None:
    tree = page("hostile")

    assert HOSTILE in tree.xpath("string(//h1)")
    assert tree.xpath("//img | //body//script") == []
    assert "49" not in tree.xpath("string(//h1)")


def test_what_was_typed_stays_text() -> None:
    messages = {"/diet/need": HOSTILE}
    view = form("yes_no", "long_text", title="x", messages=messages)

    text = SITE.render(view, language="sv").decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_page_with_faults_says_so_first_in_its_title() -> None:
    title = page("form_faults").xpath("string(//title)")

    assert title.startswith("Fel: ")


def test_the_summary_leads_to_each_control_that_is_wrong() -> None:
    tree = page("form_faults")
    links = tree.xpath("//div[contains(@class, 'error-summary')]//a/@href")

    assert links == ["#q-diet.need", "#q-diet.milk"]
    assert [tree.get_element_by_id(h[1:]).tag for h in links] == ["input", "input"]


def test_a_message_is_announced_with_its_control() -> None:
    field = page("form_leisure").get_element_by_id("q-leisure.week.tue.fetch")

    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "q-leisure.week.tue.fetch/error"


def test_a_single_question_is_the_heading() -> None:
    tree = page("form_single")

    assert len(tree.xpath("//legend//h1")) == 1


def test_enter_saves_and_never_removes_a_row() -> None:
    first = page("form_contacts").xpath("//form[@id='page']//button")[0]

    assert (first.get("name"), first.get("value")) == ("_go", "next")


def test_waiting_pages_reload_themselves_without_script() -> None:
    assert page("eid_qr").xpath(
        "//noscript/meta[@http-equiv='refresh' and @content='2']"
    )
    assert not page("eid_failed").xpath("//meta[@http-equiv='refresh']")


def test_the_app_is_opened_by_a_plain_link() -> None:
    link = page("eid_sign").xpath("//a[starts-with(@href, 'bankid:///')]")[0]

    assert link.get("referrerpolicy") == "origin"


def test_other_languages_are_one_link_away() -> None:
    link = page("review").xpath("//header//a[@hreflang='en']")[0]

    assert (
        link.get("href"),
        link.get("lang"),
    ) == ("/e/skolstart/granska?lang=en", "en")


@pytest.mark.parametrize(
    ("environment", "banners"), [("production", 0), ("development", 1), ("test", 1)]
)
def test_only_production_looks_like_production(environment: str, banners: int) -> None:
    text = Site(THEME, environment).render(PAGES["home"], language="sv")

    assert banners == text.count(b'class="fb-test"')


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_fixed_word_is_translated(template: Path) -> None:
    said = {a or b for a, b in WORDS.findall(template.read_text(encoding="utf-8"))}

    assert set() == said - set(catalogue.messages("en"))


def test_english_pages_have_english_around_them() -> None:
    text = SITE.render(PAGES["form_faults"], language="en")

    assert b"Error: " in text
    assert b"Save and continue" in text


def test_what_is_compiled_for_a_language_serves_every_municipality() -> None:
    sites = [Site(replace(THEME, municipality=name)) for name in ("Ekvalla", "Nybro")]
    drawn = [one.render(PAGES["home"], language="sv").decode() for one in sites]
    codes = [
        template_environment(language).get_template("home.html").root_render_func
        for language in ("sv", "sv", "en")
    ]

    assert [("Nybro" in one, "Ekvalla" in one) for one in drawn] == [
        (False, True),
        (True, False),
    ]
    assert codes[0].__code__ is codes[1].__code__
    assert codes[0].__code__ is not codes[2].__code__
