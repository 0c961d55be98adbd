"""Files are attached in rows: each stays with its own row, and none is lost."""

import re
from collections.abc import Mapping
from typing import Final

import pytest
from browsing import CHROMIUM, violations
from household import SARA

from formbuilder.visitor import Upload
from schemas.definition import Json
from tests.filling.filler import NEXT, Filler, one_section, publish
from tests.filling.window import Window
from tests.promises.city import City

FILE: Final = {
    "title": "Kvitto",
    "type": "string",
    "contentMediaType": "application/pdf",
}
TEXT: Final = {"title": "Vad köptes?", "type": "string"}


def rows(title: str, *required: str, **asked: Json) -> Json:
    row = {"type": "object", "required": list(required), "properties": asked}
    return {"title": title, "type": "array", "items": row}


CHILDREN = rows(
    "Barn", "name", "paper", name={**TEXT, "title": "Namn"}, paper={**FILE, "title": "Intyg"}
)  # fmt: skip
COSTS = rows(
    "Utlägg",
    "what",
    "receipt",
    what=TEXT,
    amount={"title": "Belopp", "type": "integer"},
    receipt=FILE,
    pictures={"title": "Bilder", "type": "array", "items": {**FILE, "title": "Bild"}},
    parts=rows(
        "Delar", part={**TEXT, "title": "Del"}, proof={**FILE, "title": "Bevis"}
    ),
)
LATER = {"type": "object", "properties": {"proof": {**FILE, "title": "Bevis"}}}
PAIR = {"title": "Underlag", "type": "array", "prefixItems": [{**TEXT, "title": "Sort"}, {**FILE, "title": "Underlag"}], "items": LATER}  # fmt: skip
FORM = one_section(
    "utlagg",
    "s",
    {
        "why": {**TEXT, "title": "Varför?"},
        "children": CHILDREN,
        "costs": COSTS,
        "pair": PAIR,
    },
    required=["why"],
    section={"ui": {"/s/children": {"row": "Barn"}, "/s/costs": {"row": "Utlägg"}}},
)

YES = {"required": ["has"], "properties": {"has": {"const": True}}}
FOLLOWED = one_section(
    "foljd",
    "s",
    {"has": {"title": "Finns intyg?", "type": "boolean"}},
    required=["has"],
)
FOLLOWED["sections"][0]["schema"]["allOf"] = [
    {"if": YES, "then": {"properties": {"paper": {**FILE, "title": "Intyg"}}}}
]


def paper(name: str) -> Upload:
    """Return a file that no other is like."""
    content = b"%PDF-1.7\n" + name.encode()
    return Upload(f"{name}.pdf", "application/pdf", content)


class Attaching(Filler):
    """Somebody without script on the page with the rows."""

    def attach(
        self,
        files: Mapping[str, Upload],
        button: tuple[str, str] = NEXT,
        cells: Mapping[str, str] | None = None,
    ) -> None:
        """Fill in cells, choose files and press a button, all of which are there."""
        form = self.page.form(field_name="_shown")
        chosen = [(f"s.{name}-new", one) for name, one in files.items()]
        assert {name for name, _ in chosen} <= set(form.files)
        assert button[0] == "_go" or button in form.buttons
        typed = {f"s.{name}": [one] for name, one in (cells or {}).items()}
        self.page = self.visitor.submit(form, typed, button=button, uploads=chosen)

    def shown(self) -> list[tuple[str, list[str]]]:
        """Return what stands of each row of children: its name and its files."""
        found = []
        for number, row in enumerate(self.page.tree.xpath("//ol/li[@data-row]")):
            said = self.holds(f"s.children.{number}.name")
            found.append((said[0], named(row)))
        return found

    def again(self) -> None:
        """Come to the page anew."""
        self.page = self.visitor.get(self.address)


def named(tree: Json) -> list[str]:
    """Return the names of the files that are shown to be kept."""
    files = tree.xpath(".//*[@class='fb-files__name']/bdi/text()")
    return [str(one) for one in files]


def kept(city: City) -> int:
    return len(list(city.town.tools.objects.names("ekvalla")))


@pytest.fixture
def filler(city: City) -> Attaching:
    begun = Attaching.begin(city, FORM)
    begun.attach({}, cells={"why": "Resa"})
    begun.again()
    return begun


@pytest.fixture
def two(filler: Attaching) -> Attaching:
    """Two children, each with a paper."""
    filler.post({}, ("_add", "/s/children"))
    filler.attach(
        {"children.0.paper": paper("anna")},
        ("_add", "/s/children"),
        {"children.0.name": "Anna"},
    )
    filler.attach({"children.1.paper": paper("bo")}, cells={"children.1.name": "Bo"})
    filler.again()
    return filler


def test_a_file_in_a_row_is_there_when_one_comes_back(two: Attaching) -> None:
    assert two.shown() == [("Anna", ["anna.pdf"]), ("Bo", ["bo.pdf"])]


def test_the_answers_to_check_name_each_rows_file(two: Attaching) -> None:
    two.attach({})

    assert two.page.url.split("?")[0].endswith("/granska")
    assert "Namn: Anna, Intyg: anna.pdf" in two.page.text
    assert "Namn: Bo, Intyg: bo.pdf" in two.page.text


def test_a_moved_row_keeps_its_file(two: Attaching) -> None:
    two.post({}, ("_up", "/s/children/1"))
    here = two.shown()
    two.again()

    assert here == two.shown() == [("Bo", ["bo.pdf"]), ("Anna", ["anna.pdf"])]


def test_a_file_chosen_while_its_row_is_moved_goes_with_it(two: Attaching) -> None:
    two.attach({"children.1.paper": paper("new")}, ("_up", "/s/children/1"))

    assert two.shown() == [("Bo", ["new.pdf"]), ("Anna", ["anna.pdf"])]


def test_a_removed_rows_files_go_with_it(city: City, two: Attaching) -> None:
    before = kept(city)
    two.attach({"children.0.paper": paper("new")}, ("_remove", "/s/children/0"))

    assert (before, kept(city)) == (2, 1)
    assert two.shown() == [("Bo", ["bo.pdf"])]


def test_a_file_is_taken_from_its_row_alone(city: City, two: Attaching) -> None:
    two.post({}, ("_detach", "/s/children/0/paper/0"))
    two.again()

    assert two.shown() == [("Anna", []), ("Bo", ["bo.pdf"])]
    assert kept(city) == 1


def test_one_of_several_files_is_taken_and_the_others_stay(filler: Attaching) -> None:
    filler.post({}, ("_add", "/s/costs"))
    filler.attach({"costs.0.pictures": paper("ett")}, ("_add", "/s/costs/0/parts"))
    filler.attach({"costs.0.pictures": paper("två")}, ("_add", "/s/costs/0/parts"))
    filler.post({}, ("_detach", "/s/costs/0/pictures/0"))

    assert named(filler.page.tree) == ["två.pdf"]


def test_the_same_file_in_two_rows_stays_in_the_one_that_is_left(
    city: City, two: Attaching
) -> None:
    two.attach({"children.1.paper": paper("anna")})
    two.again()
    two.post({}, ("_remove", "/s/children/0"))
    two.again()

    assert two.shown() == [("Bo", ["anna.pdf"])]
    assert kept(city) == 1


def test_the_same_file_answers_two_questions_of_a_row(
    city: City, filler: Attaching
) -> None:
    filler.post({}, ("_add", "/s/costs"))
    filler.attach(
        {"costs.0.receipt": paper("k"), "costs.0.pictures": paper("k")},
        cells={"costs.0.what": "Färg"},
    )
    filler.again()
    filler.post({}, ("_edit", "/s/costs/0"))

    assert named(filler.page.tree) == ["k.pdf", "k.pdf"]
    assert kept(city) == 2


def test_a_file_that_is_missing_is_told_in_its_row(two: Attaching) -> None:
    two.post({}, ("_detach", "/s/children/1/paper/0"))
    two.attach({})

    assert list(two.page.errors) == ["q-s.children.1.paper"]


@pytest.mark.parametrize(
    "button", [NEXT, ("_up", "/s/children/1"), ("_add", "/s/children")]
)
def test_a_file_that_is_refused_is_told_in_its_row_and_no_other_is_lost(
    city: City, two: Attaching, button: tuple[str, str]
) -> None:
    bad = Upload("a.exe", "application/pdf", b"MZ\x90\x00" + b"\x00" * 400)
    two.attach(
        {"children.0.paper": bad, "children.1.paper": paper("new")},
        button,
        {"children.0.name": "Anna Ek"},
    )

    assert list(two.page.errors) == ["q-s.children.0.paper"]
    assert two.shown() == [("Anna Ek", ["anna.pdf"]), ("Bo", ["new.pdf"])]
    two.again()
    assert two.shown() == [("Anna Ek", ["anna.pdf"]), ("Bo", ["new.pdf"])]
    assert kept(city) == 2


def test_a_file_that_is_refused_in_an_empty_row_is_told_in_that_row(
    filler: Attaching,
) -> None:
    bad = Upload("a.exe", "application/pdf", b"MZ\x90\x00" + b"\x00" * 400)
    for _ in range(2):
        filler.post({}, ("_add", "/s/children"))
    filler.attach(
        {"children.0.paper": bad, "children.1.paper": paper("bo")},
        cells={"children.1.name": "Bo"},
    )

    assert list(filler.page.errors) == ["q-s.children.0.paper"]
    assert filler.shown() == [("", []), ("Bo", ["bo.pdf"])]


def test_a_row_left_half_typed_keeps_the_files_of_them_all(
    city: City, filler: Attaching
) -> None:
    filler.post({}, ("_add", "/s/costs"))
    filler.attach({"costs.0.receipt": paper("k")}, cells={"costs.0.what": "Färg"})
    filler.again()
    filler.post({}, ("_edit", "/s/costs/0"))
    filler.attach({}, cells={"costs.0.amount": "tolv"})
    before = kept(city)
    filler.again()
    filler.attach({}, cells={"costs.0.amount": "12"})
    filler.again()
    filler.post({}, ("_edit", "/s/costs/0"))

    assert (before, kept(city)) == (1, 1)
    assert named(filler.page.tree) == ["k.pdf"]


def test_a_closed_row_keeps_its_files_in_its_line(filler: Attaching) -> None:
    filler.post({}, ("_add", "/s/costs"))
    filler.attach(
        {"costs.0.receipt": paper("ett"), "costs.0.pictures": paper("två")},
        ("_close", "/s/costs/0"),
        {"costs.0.what": "Färg"},
    )
    line = " ".join(filler.page.tree.xpath("//tbody/tr/td/bdi/text()"))
    filler.post({}, ("_edit", "/s/costs/0"))
    filler.attach({"costs.0.pictures": paper("tre")}, ("_add", "/s/costs/0/parts"))
    filler.attach({"costs.0.parts.0.proof": paper("fyra")}, ("_add", "/s/costs"))
    filler.attach(
        {"costs.1.receipt": paper("fem")},
        ("_up", "/s/costs/1"),
        {"costs.1.what": "Penslar"},
    )
    filler.attach({})
    text = filler.page.text

    assert line == "Färg – ett.pdf"
    assert "Vad köptes?: Penslar" not in text  # a question needs no colon
    assert re.search(
        "Penslar, Kvitto: fem.pdf.*Färg, Kvitto: ett.pdf, Bilder: två.pdf, tre.pdf, "
        "Delar: Bevis: fyra.pdf",
        text,
    )


def test_a_file_says_how_large_it_is(filler: Attaching) -> None:
    large = b"%PDF-1.7\n".ljust(1_234_567, b"x")
    filler.attach({"pair.1": Upload("stor.pdf", "application/pdf", large)})
    filler.again()
    [shown] = filler.page.tree.xpath("//*[@class='fb-files__name']")

    assert " ".join(shown.text_content().split()) == "stor.pdf 1,2 MB"


def test_a_place_in_a_tuple_takes_a_file(filler: Attaching) -> None:
    filler.attach({"pair.1": paper("par")}, cells={"pair.0": "Avtal"})

    assert re.search("Sort: Avtal ?Underlag: par.pdf", filler.page.text)


def test_a_file_in_a_tuple_is_taken_away_and_nothing_moves(filler: Attaching) -> None:
    filler.attach({"pair.1": paper("par")}, cells={"pair.0": "Avtal"})
    filler.again()
    filler.post({}, ("_detach", "/s/pair/1/0"))

    assert (filler.holds("s.pair.0"), named(filler.page.tree)) == (["Avtal"], [])


def test_a_row_that_follows_a_tuples_positions_takes_a_file(filler: Attaching) -> None:
    filler.attach(
        {"pair.1": paper("par")}, ("_add", "/s/pair/~0from2"), {"pair.0": "Avtal"}
    )
    filler.attach({"pair.~0from2.0.proof": paper("mer")})
    text = filler.page.text
    filler.again()

    assert "Bevis: mer.pdf" in text
    assert named(filler.page.tree) == ["par.pdf", "mer.pdf"]


def test_a_file_that_is_refused_after_a_tuples_positions_is_told_there(
    filler: Attaching,
) -> None:
    bad = Upload("a.exe", "application/pdf", b"MZ\x90\x00" + b"\x00" * 400)
    filler.attach(
        {"pair.1": paper("par")}, ("_add", "/s/pair/~0from2"), {"pair.0": "Avtal"}
    )
    filler.attach({"pair.~0from2.0.proof": bad})

    assert list(filler.page.errors) == ["q-s.pair.~0from2.0.proof"]
    assert named(filler.page.tree) == ["par.pdf"]


def test_a_file_that_came_after_the_session_waits_with_its_row(city: City) -> None:
    publish(city, FORM)
    visitor, _ = city.logged_in(SARA)
    begun = visitor.submit(visitor.get("/e/utlagg").form(action="/borja"))
    known = Attaching(visitor, begun)
    known.post({}, ("_add", "/s/children"))
    city.town.clock.pass_(minutes=61)
    known.attach(
        {"children.0.paper": paper("anna")},
        cells={"children.0.name": "Anna", "why": "Resa"},
    )
    city.approve(visitor, known.page)
    known.again()

    assert known.shown() == [("Anna", ["anna.pdf"])]
    assert kept(city) == 1


@pytest.mark.parametrize("cell", ["children.0.paper", "costs.0.parts.0.proof"])
def test_a_file_that_was_attached_elsewhere_is_no_answer_in_a_row(
    two: Attaching, cell: str
) -> None:
    """A reference one has not attached to that question is taken from nobody."""
    mine = two.holds("s.children.0.paper")[0]
    made_up = f"sha256:{'0' * 64}"
    said = made_up if cell.startswith("children") else mine
    form = two.page.form(field_name="_shown")
    group = cell.partition(".")[0]
    body = {f"s.{cell}": [said], f"s.{group}.0.{'name' if group == 'children' else 'what'}": ["X"]}  # fmt: skip
    two.page = two.visitor.submit(form, body)
    two.again()

    assert "Bo" in two.holds("s.children.1.name")
    assert said not in two.holds(f"s.{cell}")


@pytest.mark.parametrize("cell", ["children.0.paper", "costs.0.receipt"])
def test_a_file_of_somebody_elses_is_no_answer_in_a_row(
    city: City, two: Attaching, cell: str
) -> None:
    theirs = two.holds("s.children.1.paper")
    visitor = city.visitor()
    start = visitor.get("/e/utlagg").form(action="/borja")
    other = Attaching(visitor, visitor.submit(start))
    name = cell.rpartition(".")[0] + (".name" if "children" in cell else ".what")
    form = other.page.form(field_name="_shown")
    visitor.submit(form, {"s.why": ["X"], f"s.{name}": ["X"], f"s.{cell}": theirs})
    other.again()
    two.again()

    assert theirs
    assert other.holds(f"s.{name}") == ["X"]
    assert other.holds(f"s.{cell}") == []
    assert two.holds("s.children.1.paper") == theirs


def test_a_reference_in_a_row_that_is_half_typed_is_not_taken_later(
    filler: Attaching,
) -> None:
    made_up = f"sha256:{'0' * 64}"
    form = filler.page.form(field_name="_shown")
    row = {"s.costs.0.what": ["X"], "s.costs.0.receipt": [made_up]}
    for amount in ("tolv", "12"):
        filler.visitor.submit(form, {**row, "s.costs.0.amount": [amount]})
    filler.again()

    assert filler.holds("s.costs.0.what") == ["X"]
    assert filler.holds("s.costs.0.receipt") == []


def test_a_reference_that_is_not_taken_leaves_the_file_that_was_there(
    city: City,
) -> None:
    filler = Attaching.begin(city, FOLLOWED)
    filler.post({"s.has": ["true"]})
    filler.attach({"paper": paper("anna")})
    filler.again()
    form = filler.page.form(field_name="_shown")
    filler.visitor.submit(form, {"s.paper": [f"sha256:{'0' * 64}"]})
    filler.again()

    assert named(filler.page.tree) == ["anna.pdf"]
    assert kept(city) == 1


KINDS = {"title": "Bevis", "type": "array", "items": {"oneOf": [{**TEXT, "title": "I ord"}, {"title": "På papper", "type": "object", "required": ["proof"], "properties": {"proof": {**FILE, "title": "Bevis"}}}]}}  # fmt: skip


@pytest.fixture
def proving(city: City) -> Attaching:
    asked = {"why": {**TEXT, "title": "Varför?"}, "proofs": {**KINDS, "minItems": 1}}
    return Attaching.begin(city, one_section("bevis", "s", asked, required=["proofs"]))


def test_a_file_waits_with_the_kind_that_is_not_chosen(
    city: City, proving: Attaching
) -> None:
    row = "proofs.0.~0as"
    proving.attach({f"{row}1.proof": paper("anna")}, cells={row: "1"})
    proving.again()
    proving.attach({}, cells={row: "0"})
    proving.attach({}, cells={f"{row}0": "Sett"})
    assert "anna.pdf" not in proving.page.text
    proving.again()
    proving.attach({}, cells={row: "1"})

    assert "anna.pdf" in proving.page.text
    assert kept(city) == 1


def test_a_reference_that_waits_in_a_kind_is_not_taken_later(
    proving: Attaching,
) -> None:
    row, made_up = "s.proofs.0.~0as", f"sha256:{'0' * 64}"
    form = proving.page.form(field_name="_shown")
    for chosen in ("0", "1"):
        typed = {row: [chosen], f"{row}0": ["Sett"], f"{row}1.proof": [made_up]}
        proving.visitor.submit(form, typed)
    proving.again()

    assert made_up not in str(proving.page.form(field_name="_shown").fields)


@pytest.mark.parametrize(
    "name", ["s.children.*.paper", "s.children.0.name", "s.costs.x.receipt", "s.no.0.f"]
)
def test_nothing_else_in_a_row_takes_a_file(
    city: City, filler: Attaching, name: str
) -> None:
    form = filler.page.form(field_name="_shown")
    filler.visitor.submit(form, uploads=[(f"{name}-new", paper("x"))])

    assert kept(city) == 0


def test_a_file_for_a_row_that_cannot_be_is_not_kept(
    city: City, filler: Attaching
) -> None:
    form = filler.page.form(field_name="_shown")
    far = "s.children.99999999999999999999.paper-new"
    filler.visitor.submit(form, uploads=[(far, paper("x"))])

    assert kept(city) == 0


@pytest.fixture
def shown(window: Window) -> Window:
    publish(window.city, FORM)
    window.open("utlagg", "")
    window.page.locator("[name='s.why']").fill("Resa")
    window.rest()
    return window


def choose(window: Window, name: str, file: Upload) -> None:
    window.page.set_input_files(
        f"[name='s.{name}-new']",
        {"name": file.name, "mimeType": file.media_type, "buffer": file.content},
    )


def press(window: Window, name: str, value: str) -> None:
    window.page.locator(f"[name={name}][value='{value}']").last.click()
    window.rest()


def row(window: Window, pointer: str) -> list[str]:
    found = window.page.locator(f"[data-row='{pointer}'] .fb-files__name > bdi")
    return found.all_inner_texts()


def are_empty(window: Window) -> bool:
    """Tell whether no box has a file that is not sent."""
    tell = "boxes => boxes.every(box => !box.files.length)"
    return bool(window.page.eval_on_selector_all("[type=file]", tell))


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="install Chromium to see the pages")
class TestWithScript:
    """The same where script runs, on a phone."""

    def test_a_file_follows_its_row_when_rows_are_added_and_moved(
        self, shown: Window
    ) -> None:
        page = shown.page
        for number, name in enumerate(("anna", "bo")):
            press(shown, "_add", "/s/children")
            page.locator(f"[name='s.children.{number}.name']").fill(name)
            shown.rest()
            choose(shown, f"children.{number}.paper", paper(name))
        press(shown, "_up", "/s/children/1")
        is_sent = are_empty(shown)
        here = [row(shown, f"/s/children/{number}") for number in (0, 1)]
        shown.look("row-files-moved-360")
        faults = violations(page)
        page.reload()

        assert here == [["bo.pdf"], ["anna.pdf"]]
        assert is_sent
        assert here == [row(shown, f"/s/children/{number}") for number in (0, 1)]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert faults == []

    def test_a_row_that_is_closed_sends_its_file_and_shows_it_again(
        self, shown: Window
    ) -> None:
        page = shown.page
        press(shown, "_add", "/s/costs")
        page.locator("[name='s.costs.0.what']").fill("Färg")
        choose(shown, "costs.0.receipt", paper("kvitto"))
        shown.look("row-files-open-360")
        press(shown, "_close", "/s/costs/0")
        line = page.locator("td bdi").all_inner_texts()
        shown.look("row-files-closed-360")
        press(shown, "_edit", "/s/costs/0")

        assert line == ["Färg", "–", "kvitto.pdf"]
        assert row(shown, "/s/costs/0") == ["kvitto.pdf"]

    def test_a_file_chosen_in_another_group_is_sent_once_and_its_box_emptied(
        self, shown: Window
    ) -> None:
        press(shown, "_add", "/s/children")
        choose(shown, "children.0.paper", paper("anna"))
        press(shown, "_add", "/s/costs")

        assert row(shown, "/s/children/0") == ["anna.pdf"]
        assert are_empty(shown)

    def test_a_file_waits_while_one_writes(self, shown: Window) -> None:
        page = shown.page
        press(shown, "_add", "/s/children")
        choose(shown, "children.0.paper", paper("anna"))
        page.locator("[name='s.children.0.name']").fill("Anna")
        shown.rest()
        with page.expect_navigation():
            page.click(".fb-buttons [value=next]")

        assert "Namn: Anna, Intyg: anna.pdf" in page.inner_text("main")

    def test_a_file_that_is_taken_away_leaves_the_focus_at_its_box(
        self, shown: Window
    ) -> None:
        page = shown.page
        press(shown, "_add", "/s/children")
        choose(shown, "children.0.paper", paper("anna"))
        press(shown, "_add", "/s/children")
        press(shown, "_detach", "/s/children/0/paper/0")

        assert row(shown, "/s/children/0") == []
        assert page.evaluate("document.activeElement.name") == "s.children.0.paper-new"

    def test_a_file_that_comes_to_be_asked_for_goes_with_the_page(
        self, window: Window
    ) -> None:
        page = window.page
        publish(window.city, FOLLOWED)
        window.open("foljd", "")
        page.check("[name='s.has'][value=true]")
        window.rest()
        page.set_input_files(
            "[name='s.paper-new']",
            {
                "name": "anna.pdf",
                "mimeType": "application/pdf",
                "buffer": b"%PDF-1.7 a",
            },
        )
        with page.expect_navigation():
            page.click(".fb-buttons [value=next]")

        assert "anna.pdf" in page.inner_text("main")

    def test_a_file_that_is_refused_is_told_and_gone_to(self, shown: Window) -> None:
        page = shown.page
        press(shown, "_add", "/s/children")
        choose(
            shown,
            "children.0.paper",
            Upload("a.pdf", "application/pdf", b"MZ no picture"),
        )
        press(shown, "_add", "/s/children")

        assert page.locator("[data-row]").count() == 1
        assert page.evaluate("document.activeElement.name") == "s.children.0.paper-new"
        assert page.locator("[data-live]").inner_text().startswith("Fel: Barn 1, Intyg")
