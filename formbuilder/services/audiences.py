"""Which departments read what of a form: the same for as long as the version lives."""

from collections.abc import Mapping

from schemas.compiling import CompiledForm
from schemas.directory import Directory
from schemas.keeping import kept_with_form
from schemas.pointers import covers
from schemas.projection import reads, receivers
from schemas.units import Unit, units_of

Key = tuple[str, str]


@kept_with_form
def departments_by_unit(form: CompiledForm) -> Mapping[Key, tuple[str, ...]]:
    """Return the departments that read anything of each unit, in the form's order."""
    found: dict[Key, dict[str, None]] = {u.key: {} for u in units_of(form.definition)}
    for receiver in receivers(form):
        pointers = reads(form, receiver)
        for unit in units_of(form.definition):
            if any(_touches(unit, pointer) for pointer in pointers):
                found[unit.key][receiver.department] = None
    return {key: tuple(departments) for key, departments in found.items()}


@kept_with_form
def readers(form: CompiledForm, pointer: str) -> tuple[str, ...]:
    """Return the departments that read an answer, rows as `*`, in the form's order."""
    return tuple(
        dict.fromkeys(
            receiver.department
            for receiver in receivers(form)
            if any(
                covers(read, pointer) or covers(pointer, read)
                for read in reads(form, receiver)
            )
        )
    )


@kept_with_form
def readers_of_all(form: CompiledForm) -> Mapping[str, tuple[str, ...]]:
    """Return the departments that read each answer, by its question's pointer."""
    return {pointer: readers(form, pointer) for pointer in form.questions}


@kept_with_form
def departments(form: CompiledForm) -> tuple[str, ...]:
    """Return the departments that read anything, in the form's order."""
    return tuple(dict.fromkeys(receiver.department for receiver in receivers(form)))


def titles_of(
    form: CompiledForm, unit: Unit, directory: Directory, language: str = "sv"
) -> tuple[str, ...]:
    """Return what the departments that read a unit are called."""
    return tuple(
        directory.departments[key].title_in(language)
        for key in departments_by_unit(form)[unit.key]
        if key in directory.departments
    )


def sealed_sections(form: CompiledForm, directory: Directory) -> Mapping[str, str]:
    """Return the department by section, where all who read it are one sealed one."""
    readers: dict[str, set[str]] = {}
    for (section, _), departments in departments_by_unit(form).items():
        readers.setdefault(section, set()).update(departments)
    return {
        section: only
        for section, departments in readers.items()
        if len(departments) == 1
        for only in departments
        if only in directory.departments and directory.departments[only].sealed
    }


def _touches(unit: Unit, pointer: str) -> bool:
    """Tell whether a pointer reads something of the unit, or all of it at once."""
    return unit.holds(pointer) or any(covers(pointer, f) for f in unit.fields)
