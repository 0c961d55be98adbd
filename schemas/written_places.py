"""What a definition says in several places alike, each with its place."""

from collections.abc import Iterator

from schemas.definition import FormDefinition, Json, Prefill, SigningPolicy
from schemas.pointers import join


def prefills(definition: FormDefinition) -> Iterator[tuple[str, str, Prefill]]:
    """Yield every prefill: where it stands, the pointer, and what fills it in."""
    yield from (("/prefill", *one) for one in definition.prefill.items())
    for index, section in enumerate(definition.sections):
        at = join("sections", index, "prefill")
        yield from ((at, *one) for one in section.prefill.items())


def sign_conditions(definition: FormDefinition) -> Iterator[tuple[str, Json]]:
    """Yield the conditions under which answers ask for more signatures."""
    for at, policy in _policies(definition):
        if policy is not None and policy.all_when is not None:
            yield at + "/sign/all_when", policy.all_when


def _policies(definition: FormDefinition) -> Iterator[tuple[str, SigningPolicy | None]]:
    for index, section in enumerate(definition.sections):
        yield join("sections", index), section.sign
        for place, part in enumerate(section.parts):
            yield join("sections", index, "parts", place), part.sign
