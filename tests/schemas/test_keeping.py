"""What is kept with a form is found once, and gone with it."""

import gc
import weakref

from schemas.compiling import CompiledForm, compile_form
from schemas.keeping import kept_with_form
from tests.schemas.forms import definition, section


def _form() -> CompiledForm:
    return compile_form(definition(section("s", {"a": {"type": "string"}})))


def test_it_is_found_once_for_each_form_and_argument() -> None:
    asked = []
    kept = kept_with_form(lambda _form, pointer: asked.append(pointer) or pointer)
    one, other = _form(), _form()

    found = [kept(one, "/a"), kept(one, "/a"), kept(one, "/b"), kept(other, "/a")]

    assert (found, asked) == (["/a", "/a", "/b", "/a"], ["/a", "/b", "/a"])


def test_it_does_not_keep_the_form_alive() -> None:
    kept = kept_with_form(lambda form: len(form.questions))
    form = _form()
    kept(form)
    remembered = weakref.ref(form)

    del form
    gc.collect()

    assert remembered() is None
