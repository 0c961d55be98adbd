"""Questions that nobody divided into pages, divided: an object of some size is a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from schemas.importing.layout import Group
from schemas.pointers import covers, join, parts

MOST: Final = 20
"""Questions on a page, about: one more starts a new page."""

FEW: Final = 4
"""An object with fewer questions stands among others instead of on its own page."""

ROWS: Final = 4
"""A table counts as this many questions."""


@dataclass(slots=True)
class Branch:
    """An object of the answers, or one question, and what lies in it.

    `is_named` if its name alone can stand for everything in it, in that order.
    """

    pointer: str
    members: dict[str, "Branch"] = field(default_factory=dict)
    is_table: bool = False
    is_named: bool = True

    @property
    def weight(self) -> int:
        """Return how much of a page it fills."""
        if self.is_table:
            return ROWS
        return sum(one.weight for one in self.members.values()) or 1


def outline(pointers: Iterable[str]) -> Branch:
    """Return the pointers as a tree; a table is one leaf of it."""
    root = Branch("")
    for pointer in pointers:
        here = root
        segments = parts(pointer)
        for end, name in enumerate(segments, start=1):
            if name == "*":
                here.is_table = True
                break
            here = here.members.setdefault(name, Branch(join(*segments[:end])))
    return root


def ordered(
    root: Branch,
    order: Mapping[str, tuple[str, ...]],
    divided: frozenset[str] = frozenset(),
) -> Branch:
    """Return the tree with its members in the order an author gave; `*` is the rest.

    `divided` are objects some of whose questions stand elsewhere.
    """
    wanted = order.get(root.pointer, ())
    rest = [name for name in root.members if name not in wanted]
    names = [
        name
        for one in (wanted if "*" in wanted else (*wanted, "*"))
        for name in (rest if one == "*" else [one] if one in root.members else [])
    ]
    members = {name: ordered(root.members[name], order, divided) for name in names}
    return Branch(
        root.pointer,
        members,
        is_table=root.is_table,
        is_named=not (wanted or root.pointer in divided)
        and all(member.is_named for member in members.values()),
    )


def pages(root: Branch, titles: Mapping[str, str]) -> tuple[Group, ...]:
    """Divide a tree of questions; `titles` are the objects', by pointer."""
    return tuple(_numbered(_pages(root, titles, ()), titles))


def own_title(group: Group, titles: Mapping[str, str]) -> str:
    """Return what a page can be called after what it asks: its only question, if one."""
    return titles.get(group.fields[0], "") if len(group.fields) == 1 else ""


def leaves(branch: Branch) -> tuple[str, ...]:
    """Return the questions of a branch in order, all of them by its name if they can."""
    if branch.is_table or not branch.members or branch.is_named:
        return (branch.pointer,)
    return tuple(one for member in branch.members.values() for one in leaves(member))


def unplaced(
    pointer: str, placed: Sequence[str], leaves: Iterable[str]
) -> tuple[str, ...]:
    """Return the pointer, or what lies in it and has no place yet."""
    if any(covers(one, pointer) for one in placed):
        return ()
    if not any(covers(pointer, one) for one in placed):
        return (pointer,)
    inside = (leaf for leaf in leaves if covers(pointer, leaf))
    return tuple(
        leaf for leaf in inside if not any(covers(one, leaf) for one in placed)
    )


def _pages(
    branch: Branch, titles: Mapping[str, str], above: tuple[str, ...]
) -> Iterator[Group]:
    title = ": ".join((*above, titles[branch.pointer])) if branch.pointer else ""
    within = (*above, titles[branch.pointer]) if branch.pointer else ()
    run: list[str] = []
    weight = 0
    for member in branch.members.values():
        stands_alone = bool(member.members) and member.weight >= FEW
        if run and (stands_alone or weight + member.weight > MOST):
            yield Group(fields=tuple(run), title=title)
            run, weight = [], 0
        if not stands_alone:
            run += leaves(member)
            weight += member.weight
        elif member.weight > MOST:
            yield from _pages(member, titles, within)
        else:
            name = ": ".join((*within, titles[member.pointer]))
            yield Group(fields=leaves(member), title=name)
    if run:
        yield Group(fields=tuple(run), title=title)


def _numbered(groups: Iterable[Group], titles: Mapping[str, str]) -> Iterator[Group]:
    """Yield the pages, the second of the same title with its own, or its number."""
    seen: dict[str, int] = {}
    for group in groups:
        seen[group.title] = seen.get(group.title, 0) + 1
        title, number = group.title, seen[group.title]
        if title and number > 1:
            own = own_title(group, titles)
            title = f"{title}: {own}" if own else f"{title} ({number})"
        yield replace(group, title=title)
