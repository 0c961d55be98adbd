from hypothesis import given
from hypothesis import strategies as st

from schemas.definition import FormDefinition, Identity, Part, Section, SigningPolicy
from schemas.units import Unit, combine, header_answers, unit_answers, units_of

DIET = Section(
    id="diet",
    title="Kost",
    schema={},
    sign=SigningPolicy(first="all", change="all"),
    arrive_when="all_signatures",
    parts=(
        Part(
            id="safety",
            fields=("/diet/avoid", "/diet/acute"),
            sign=SigningPolicy(first="one_notify", change="one_notify"),
            arrive_when="first_signature",
        ),
    ),
)
CONTACTS = Section(
    id="contacts",
    title="Kontakt",
    schema={},
    parts=(
        Part(id="own", fields=("/contacts/mobile",), for_="each_guardian"),
        Part(id="phones", fields=("/contacts/ice/*/phone",)),
    ),
)
PHOTO = Section(
    id="photo",
    title="Bild",
    schema={},
    sign=SigningPolicy(first="all_or_no", change="all_or_no"),
    consents={"/photo/web": "publish.web"},
)
FORM = FormDefinition(
    id="f",
    title="F",
    language="sv",
    identity=Identity(),
    schema={},
    sections=(DIET, CONTACTS, PHOTO),
    version="1",
    document={},
)
ANSWERS = {
    "child": {"given_name": "Alva"},
    "diet": {"need": True, "avoid": ["egg"], "acute": True},
    "contacts": {
        "mobile": "1",
        "ice": [{"name": "Bo", "phone": "2"}, {"name": "Eva", "phone": "3"}],
    },
    "photo": {"web": True},
}


def named(section, part=""):
    return next(unit for unit in units_of(FORM) if unit.key == (section, part))


def test_every_section_is_its_parts_and_a_rest():
    assert [
        ("diet", "safety"),
        ("diet", ""),
        ("contacts", "own"),
        ("contacts", "phones"),
        ("contacts", ""),
        ("photo", ""),
    ] == [u.key for u in units_of(FORM)]


def test_a_part_has_its_own_answers_only():
    assert {"diet": {"avoid": ["egg"], "acute": True}} == unit_answers(
        named("diet", "safety"), ANSWERS
    )


def test_the_rest_has_what_no_part_took():
    assert {"diet": {"need": True}} == unit_answers(named("diet"), ANSWERS)


def test_items_keep_their_places_when_a_part_takes_one_column():
    assert {"contacts": {"ice": [{"phone": "2"}, {"phone": "3"}]}} == unit_answers(
        named("contacts", "phones"), ANSWERS
    )


def test_the_header_is_what_no_section_owns():
    assert {"child": {"given_name": "Alva"}} == header_answers(FORM, ANSWERS)


def test_all_units_and_the_header_together_are_the_answers():
    pieces = [unit_answers(unit, ANSWERS) for unit in units_of(FORM)]

    assert ANSWERS == combine([header_answers(FORM, ANSWERS), *pieces])


def test_a_part_that_goes_ahead_of_its_section_is_a_safeguard():
    assert [("diet", "safety")] == [
        unit.key for unit in units_of(FORM) if unit.is_safeguard
    ]


def test_joint_consent_is_each_guardians_own_word():
    assert (True, True) == (named("photo").is_joint_consent, named("photo").is_own)


def test_a_part_says_only_what_it_changes():
    assert ("each_guardian", "first_signature") == (
        named("contacts", "own").scope,
        named("contacts", "own").arrive_when,
    )


json = st.recursive(
    st.booleans() | st.text(max_size=3),
    lambda c: (
        st.lists(c, max_size=3) | st.dictionaries(st.sampled_from("abc"), c, max_size=3)
    ),
    max_leaves=8,
)


@given(json)
def test_a_unit_of_everything_has_everything(document):
    everything = Unit(section="", part="", title="", fields=("",))

    assert document == unit_answers(everything, document)
