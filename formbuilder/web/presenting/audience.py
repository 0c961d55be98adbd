"""Who will see an answer: the departments whose views read it."""

from collections.abc import Iterable

from formbuilder.web.visit import visit
from schemas.compiling import CompiledForm
from schemas.pointers import covers, general
from schemas.projection import reads, receivers


def department_title(key: str) -> str:
    """Return a department's name in the visitor's language."""
    department = visit().directory.departments.get(key)
    if department is None:
        return key
    return department.titles.get(visit().language, department.title)


def seen_by(form: CompiledForm, pointers: Iterable[str]) -> tuple[str, ...]:
    """Return the departments that any of these answers goes to, in the form's order."""
    wanted = tuple(general(pointer) for pointer in pointers)
    found = {
        receiver.department: department_title(receiver.department)
        for receiver in receivers(form)
        if any(
            covers(read, pointer) or covers(pointer, read)
            for read in reads(form, receiver)
            for pointer in wanted
        )
    }
    return tuple(found.values())
