"""The same value has the same bytes, and a digest says nothing without its salt."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.canonical import canonical, digest, manifest, section_digest

SALT = bytes(range(32))


@given(st.dictionaries(st.text(max_size=3), st.integers(-99, 99) | st.text(max_size=3)))
def test_the_order_of_members_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))

    assert canonical(turned) == canonical(value)
    assert json.loads(canonical(value)) == value


def test_the_known_digest_of_an_empty_object() -> None:
    assert (
        digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )


def test_another_salt_gives_another_digest() -> None:
    assert section_digest(SALT, {"a": 1}) != section_digest(SALT[::-1], {"a": 1})


@pytest.mark.parametrize("salt", [b"", SALT[:31], SALT + b"x"])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="32"):
        section_digest(salt, {})


def test_a_manifest_is_canonical_and_tells_a_yes_from_a_no() -> None:
    made = manifest(
        form="f",
        version="v",
        case="c",
        sections={"b": "2", "a": "1"},
        declined={"c": "3"},
    )

    assert made == canonical(json.loads(made))
    assert json.loads(made)["sections"] == {"a": "1", "b": "2"}
    assert json.loads(made)["declined"] == {"c": "3"}
