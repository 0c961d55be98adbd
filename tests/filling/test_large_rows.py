"""Large rows stand as lines of a table; one at a time is open, and none is lost."""

from copy import deepcopy

import pytest
from browsing import CHROMIUM, violations
from lxml import html

from schemas.definition import Json
from tests.filling.filler import Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

PET = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"title": "Vad heter djuret?", "type": "string"}},
}
PERSON = {
    "type": "object",
    "required": ["name", "born", "kind"],
    "properties": {
        "name": {"title": "Namn", "type": "string"},
        "born": {"title": "Födelseår", "type": "integer", "minimum": 1900},
        "kind": {
            "title": "Vad gör personen?",
            "oneOf": [
                {"const": "works", "title": "Arbetar"},
                {"const": "studies", "title": "Studerar"},
            ],
        },
        "about": {"title": "Något mer?", "type": "string", "maxLength": 500},
        "pets": {"title": "Vilka djur har personen?", "type": "array", "items": PET},
    },
    "if": {"required": ["kind"], "properties": {"kind": {"const": "works"}}},
    "then": {
        "required": ["work"],
        "properties": {"work": {"title": "Var?", "type": "string"}},
    },
}
AT = "/sections/home/schema/properties/all"
ARABIC = {
    "/sections/home/title": "الأسرة",
    f"{AT}/title": "من يسكن في المنزل؟",
    f"{AT}/items/properties/name/title": "الاسم",
    f"{AT}/items/properties/born/title": "سنة الميلاد",
    f"{AT}/items/properties/kind/title": "ماذا يفعل هذا الشخص؟",
    f"{AT}/items/properties/kind/oneOf/works/title": "يعمل",
    f"{AT}/items/properties/kind/oneOf/studies/title": "يدرس",
    f"{AT}/items/properties/about/title": "هل هناك شيء آخر؟",
    f"{AT}/items/properties/pets/title": "ما هي حيوانات هذا الشخص؟",
    "/sections/home/ui/~1home~1all/row": "شخص",
}
ALL = {
    "type": "array",
    "title": "Vilka bor i bostaden?",
    "minItems": 1,
    "items": PERSON,
}
FORM = one_section(
    "hushall",
    "home",
    {"all": ALL},
    required=["all"],
    section={
        "ui": {"/home/all": {"row": "Person"}, "/home/all/*/pets": {"row": "Djur"}}
    },
    translations={"ar": ARABIC},
)
RUT = {"name": "Rut Öberg", "born": "1980", "kind": "studies"}
BO = {"name": "Bo Ek", "born": "1975", "kind": "studies"}


class Pressing(Filler):
    """Somebody without script on the page with the table."""

    def press(self, button: str, value: str, at: int = 0, /, **cells: str) -> None:
        """Fill in cells of the open row and press a button that is there."""
        form = self.page.form(field_name="_shown")
        answers = {f"home.all.{at}.{n}": [said] for n, said in cells.items()}
        visible = self.page.tree.xpath("//*[not(@type='hidden')]/@name")
        assert answers.keys() <= set(visible)
        assert button == "_go" or (button, value) in form.buttons
        self.page = self.visitor.submit(form, answers, button=(button, value))

    def lines(self) -> list[list[str]]:
        """Return what the table says, line by line."""
        rows = self.page.tree.xpath("//table[@class='fb-list']/tbody/tr")
        return [
            [" ".join(one.text_content().split()) for one in row.xpath("./td/bdi")]
            for row in rows
        ]

    def opened(self) -> list[str]:
        return self.page.tree.xpath("//fieldset[@data-row]/@data-row")

    def stored(self) -> Json:
        """Return the answers that the page shows anew, from what was saved."""
        form = self.visitor.get(self.address).form(field_name="_shown")
        return {n: v for n, v in form.fields.items() if n.startswith("home.all.")}


@pytest.fixture
def filler(city: City) -> Pressing:
    return Pressing.begin(city, FORM)


@pytest.fixture
def two(filler: Pressing) -> Pressing:
    """Two people, the second one still open."""
    filler.press("_add", "/home/all", **RUT)
    filler.press("_edit", "/home/all/0", 1, **BO)
    filler.press("_edit", "/home/all/1")
    return filler


def test_the_first_row_is_open_and_makes_no_table(filler: Pressing) -> None:
    assert (filler.lines(), filler.opened()) == ([], ["/home/all/0"])


def test_an_added_row_is_open_and_the_others_are_lines(filler: Pressing) -> None:
    filler.press("_add", "/home/all", **RUT)

    assert filler.lines() == [["Rut Öberg", "1980", "Studerar"], ["–", "–", "–"]]
    assert filler.opened() == ["/home/all/1"]


def test_one_comes_to_the_row_one_asked_for_without_script(two: Pressing) -> None:
    assert two.page.tree.xpath("//*[@autofocus]/@data-row") == ["/home/all/1"]


def test_each_press_saves_and_a_closed_row_loses_nothing(two: Pressing) -> None:
    two.press("_edit", "/home/all/0", 1, about="Bor här på helgerna.")
    stored = two.stored()
    two.press("_edit", "/home/all/1")

    assert stored["home.all.1.about"] == ["Bor här på helgerna."]
    assert stored["home.all.0.name"] == ["Rut Öberg"]
    (box,) = two.page.tree.xpath("//textarea[@name='home.all.1.about']")
    assert box.text.strip() == "Bor här på helgerna."


def test_lines_are_moved_and_taken_away_with_the_open_row_kept_open(
    two: Pressing,
) -> None:
    two.press("_up", "/home/all/1")
    moved, opened = two.lines(), two.opened()
    two.press("_remove", "/home/all/1")

    assert [line[0] for line in moved] == ["Bo Ek", "Rut Öberg"]
    assert opened == ["/home/all/0"]
    assert not two.lines()
    assert "home.all.1.name" not in two.stored()


def test_a_button_says_which_row_it_is_about(two: Pressing) -> None:
    (button,) = two.page.tree.xpath("//button[@name='_edit']")

    assert button.text_content() == "Ändra: Person 1, Rut Öberg"


def test_a_column_nobody_has_translated_says_its_language(city: City) -> None:
    form = deepcopy(FORM)
    del form["translations"]["ar"][f"{AT}/items/properties/born/title"]
    filler = Pressing.begin(city, form)
    filler.press("_add", "/home/all", **RUT)
    filler.press("_edit", "/home/all/0")
    page = filler.visitor.get(f"{filler.address}&lang=ar")
    heads = page.tree.xpath("//table[@class='fb-list']//th[@scope='col']")

    assert [one.xpath("./span/@lang") for one in heads][:3] == [[], [], ["sv"]]


def test_a_row_that_is_done_becomes_a_line(two: Pressing) -> None:
    two.press("_close", "/home/all/1")

    assert two.opened() == []
    assert [line[0] for line in two.lines()] == ["Rut Öberg", "Bo Ek"]


def test_an_empty_row_that_is_closed_is_gone(two: Pressing) -> None:
    two.press("_add", "/home/all")
    two.press("_close", "/home/all/2")

    assert len(two.lines()) == 2


def test_what_a_row_lacks_is_told_when_it_is_done(two: Pressing) -> None:
    two.press("_close", "/home/all/1", 1, kind="works")
    asked, first = two.opened(), dict(two.page.errors)
    two.press("_close", "/home/all/1")

    assert (asked, first) == (["/home/all/1"], {}), "it was not asked before"
    assert two.opened() == ["/home/all/1"]
    assert list(two.page.errors) == ["q-home.all.1.work"]


def test_what_a_row_cannot_be_is_told_when_it_is_done(two: Pressing) -> None:
    two.press("_close", "/home/all/1", 1, born="åttio")

    assert list(two.page.errors) == ["q-home.all.1.born"]
    (box,) = two.page.tree.xpath("//input[@name='home.all.1.born']")
    assert box.get("value") == "åttio"


@pytest.mark.parametrize("typed", [{"kind": "works"}, {"born": "åttio"}, {"name": ""}])
def test_a_script_is_not_told_that_its_own_group_is_new(
    two: Pressing, typed: dict[str, str]
) -> None:
    form = two.page.form(field_name="_shown")
    cells = {f"home.all.1.{name}": [said] for name, said in typed.items()}
    part = two.visitor.client.post(
        form.action,
        data={**form.fields, **cells, "_close": "/home/all/1"},
        headers={"Formbuilder-Part": "questions"},
    )
    (said,) = html.fromstring(part.text).xpath("//@data-said")

    assert "Nytt på sidan" not in said
    assert said.startswith("Sparat" if "kind" in typed else "Fel: Person 2, ")


def test_a_closed_row_that_is_unfinished_says_so(two: Pressing) -> None:
    two.press("_edit", "/home/all/0", 1, born="åttio")
    heads = two.page.tree.xpath("//th[@scope='row']")

    assert ["Inte klar" in one.text_content() for one in heads] == [False, True]


def test_a_mistake_in_a_closed_row_opens_it_and_is_linked_to(two: Pressing) -> None:
    two.press("_edit", "/home/all/0", 1, born="1875")
    two.press("_go", "next")
    target = next(iter(two.page.errors))

    assert two.opened() == ["/home/all/1"]
    assert target == "q-home.all.1.born"
    assert two.page.tree.xpath("//input[@id=$id]", id=target)


def test_a_row_that_is_not_there_changes_nothing(two: Pressing) -> None:
    before = two.lines()
    form = two.page.form(field_name="_shown")
    for button in ("_edit", "_close", "_up", "_remove"):
        for row in ("/home/all/9", "/home/all/x", "/home/all/²", "/home", "x"):
            page = two.visitor.submit(form, button=(button, row))
            assert page.status == 200

    assert two.lines() == before


def test_rows_within_an_open_row_come_and_stay(two: Pressing) -> None:
    two.press("_add", "/home/all/1/pets")
    two.press("_close", "/home/all/1", 1, **{"pets.0.name": "Misse"})

    assert two.stored()["home.all.1.pets.0.name"] == ["Misse"]


def test_fifty_rows_are_lines_of_one_page(city: City) -> None:
    filler = Pressing.begin(city, FORM)
    for row in range(50):
        filler.press("_add" if row < 49 else "_close", _button(row), row, **RUT)
    form = filler.page.form(field_name="_shown")

    assert len(filler.lines()) == 50
    assert filler.opened() == []
    assert ("_add", "/home/all") not in form.buttons
    assert len([n for n in filler.stored() if n.endswith(".name")]) == 50


def _button(row: int) -> str:
    return "/home/all" if row < 49 else "/home/all/49"


# With script, on a phone

in_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages"),
]


@pytest.fixture
def filled(window: Window) -> Window:
    """Two people filled in with script, the second one open."""
    page = window.page
    publish(window.city, FORM)
    window.open("hushall", "")
    for row, person in enumerate((RUT, BO)):
        if row:
            page.locator("[name=_add][value='/home/all']").click()
            window.rest()
        page.locator(f"[name='home.all.{row}.name']").fill(person["name"])
        page.locator(f"[name='home.all.{row}.born']").fill(person["born"])
        page.locator(f"[name='home.all.{row}.kind'][value=studies]").check()
        window.rest()
    return window


def focus(window: Window) -> str:
    found = "document.activeElement"
    return str(window.page.evaluate(f"{found}.dataset.row || {found}.value"))


class TestWithScript:
    """The same where script runs, by keyboard."""

    pytestmark = in_chromium

    def test_the_focus_goes_where_one_goes_on(self, filled: Window) -> None:
        page, seen = filled.page, [focus(filled)]
        for name, key in (("_edit", "Enter"), ("_close", "Space")):
            page.locator(f"[name={name}][value='/home/all/0']").press(key)
            filled.rest()
            seen.append(focus(filled))

        assert seen[1:] == ["/home/all/0", "/home/all/0"]
        assert page.evaluate("document.activeElement.name") == "_edit"

    def test_what_an_unfinished_row_lacks_is_told_and_gone_to(
        self, filled: Window
    ) -> None:
        page, row = filled.page, "home.all.2"
        page.locator("[name=_add][value='/home/all']").click()
        filled.rest()
        page.locator(f"[name='{row}.name']").fill("Ulla Berg")
        page.locator(f"[name='{row}.born']").fill("1950")
        page.locator("[name=_close]").press("Enter")
        filled.rest()
        said = page.locator("[data-live]").inner_text()

        assert page.evaluate("document.activeElement.name") == f"{row}.kind"
        assert said.startswith("Fel: Person 3, Vad gör personen?")
        assert filled.page.locator(".govuk-error-message").count() == 1

    def test_a_refused_part_is_posted_whole_by_the_same_button(
        self, filled: Window
    ) -> None:
        page = filled.page
        page.route(
            "**/e/**",
            lambda route: (
                route.fulfill(status=500)
                if "formbuilder-part" in route.request.headers
                else route.continue_()
            ),
        )
        remove = page.locator("[name=_remove][value='/home/all/0']")
        with page.expect_navigation():
            remove.click()

        assert "/granska" not in page.url
        assert page.locator("[name='home.all.0.name']").input_value() == "Bo Ek"
        assert page.locator("[name='home.all.1.name']").count() == 0

    def test_the_line_follows_what_is_typed(self, filled: Window) -> None:
        filled.page.locator("[name='home.all.1.name']").fill("Bo Eker")
        filled.rest()
        cell = filled.page.get_by_role("cell", name="Bo Eker", exact=True)
        cell.wait_for()

        assert cell.count() == 1

    @pytest.mark.parametrize("language", ["sv", "ar"])
    @pytest.mark.parametrize("width", [320, 1280])
    def test_it_can_be_seen_and_heard(
        self, filled: Window, language: str, width: int
    ) -> None:
        page = filled.page
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{page.url}&lang={language}")
        page.locator("[name=_edit]").last.click()
        filled.rest()
        filled.look(f"lines-{language}-{width}")

        assert page.get_by_role("table").count() == 1
        assert page.get_by_role("rowheader").count() == 2
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
