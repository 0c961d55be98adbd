"""Questions on a terminal, in Swedish: an empty line leaves a blank."""

from collections.abc import Callable, Mapping

import click


def ask(question: str, hint: str = "", *, default: str = "") -> str:
    """Return what is answered; the default for an empty line."""
    shown = f"{question} ({hint})" if hint else question
    said: str = click.prompt(shown, default=default, show_default=bool(default))
    return said.strip()


def insist(question: str, hint: str = "", *, default: str = "") -> str:
    """Return what is answered, and ask until something is."""
    while not (said := ask(question, hint, default=default)):
        click.echo("Skriv något här. Det går att ändra sedan.")
    return said


def ask_read(
    question: str, hint: str, read: Callable[[str], str], *, advice: str
) -> str:
    """Return what an answer is read as; empty for an empty line."""
    while said := ask(question, hint):
        if found := read(said):
            return found
        click.echo(advice)
    return ""


def choose(question: str, options: Mapping[str, str], *, default: str = "") -> str:
    """Return the key of one of the options; without a default it may be left blank."""
    keys = list(options)
    click.echo(question)
    _list(options)
    first = str(keys.index(default) + 1) if default else ""
    while said := ask("Siffra", "" if default else "Enter: vet inte än", default=first):
        if said in options:
            return said
        if said.isdecimal() and 0 < int(said) <= len(keys):
            return keys[int(said) - 1]
        click.echo(f"Skriv en siffra från 1 till {len(keys)}.")
    return ""


def choose_many(question: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of any of the options, in the order they are said."""
    keys = list(options)
    click.echo(question)
    _list(options)
    while said := ask("Siffror med komma mellan", "Enter: vet inte än"):
        words = [word.strip() for word in said.split(",") if word.strip()]
        if all(word.isdecimal() and 0 < int(word) <= len(keys) for word in words):
            return tuple(dict.fromkeys(keys[int(word) - 1] for word in words))
        click.echo(f"Skriv siffror från 1 till {len(keys)}, till exempel 1, 2.")
    return ()


def _list(options: Mapping[str, str]) -> None:
    for number, title in enumerate(options.values(), start=1):
        click.echo(f"  {number:>2}  {title}")
