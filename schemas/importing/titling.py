"""Which mentions of a question need a title for it to be asked."""

from schemas.mentions import Mention


def untitled(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return what must be given a title for its question to be asked.

    The first mention where none defines it; else every branch of a union that says
    something of it while only other branches define it.
    """
    saying = [m for m in mentions if m.schema is not False]
    definers = [m for m in saying if m.defines]
    if not definers:
        return tuple(saying[:1])
    return tuple(
        one
        for one in saying
        if not one.defines
        and one.guards
        and all(guard.kind == "branch" for guard in one.guards)
        and not any(set(d.guards) <= set(one.guards) for d in definers)
    )
