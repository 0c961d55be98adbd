"""Which sections only one department may ever read, from their submission on."""

from collections.abc import Mapping

from schemas.compiling import CompiledForm
from schemas.directory import Directory
from schemas.pointers import covers
from schemas.projection import reads, receivers
from schemas.units import Unit, units_of


def sealed_sections(form: CompiledForm, directory: Directory) -> Mapping[str, str]:
    """Return the department by section, where all who read it are one sealed one."""
    found = {}
    for section, departments in _readers(form).items():
        only = next(iter(departments)) if len(departments) == 1 else ""
        department = directory.departments.get(only)
        if department is not None and department.sealed:
            found[section] = only
    return found


def _readers(form: CompiledForm) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    units = units_of(form.definition)
    for receiver in receivers(form):
        for pointer in reads(form, receiver):
            for unit in units:
                if _touches(unit, pointer):
                    found.setdefault(unit.section, set()).add(receiver.department)
    return found


def _touches(unit: Unit, pointer: str) -> bool:
    """Tell whether a pointer reads something of the unit, or all of it at once."""
    return any(covers(f, pointer) or covers(pointer, f) for f in unit.fields)
