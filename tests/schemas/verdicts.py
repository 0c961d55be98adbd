"""What two validators found wrong, written so that it can be compared."""

from typing import Any

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from schemas.pointers import join
from schemas.published import registry
from schemas.validation import keyword_of

Place = tuple[str, str]
"""A pointer and the keyword that failed there."""

COUNTED = {"minContains": "contains", "maxContains": "contains"}


def known(documents: dict[str, Any]) -> Registry[Any]:
    """Return what the reference validator may refer to."""
    return registry().with_resources(
        (uri, DRAFT202012.create_resource(document))
        for uri, document in documents.items()
    )


def compiled_places(validator: Any, value: Any) -> set[Place]:
    """Return where the compiled validator finds fault."""
    found = set()
    for error in validator.iter_errors(value):
        keyword = keyword_of(error)
        found.add((join(*error.instance_path), COUNTED.get(keyword, keyword)))
    return found


def reference_places(validator: Any, value: Any) -> set[Place]:
    """Return where the reference finds fault."""
    found = set()
    for error in validator.iter_errors(value):
        keyword = "refused" if error.validator is None else str(error.validator)
        found.add((join(*error.absolute_path), COUNTED.get(keyword, keyword)))
    return found


def agree(compiled: set[Place], reference: set[Place]) -> bool:
    """Tell whether both found the same places.

    A `false` schema is reported at the member it refuses by one and at the object
    or list around it by the other, where `"items": false` also has its own name.
    """
    refused = {p for p, keyword in compiled if keyword == "refused"}
    around = {p for p, keyword in reference if keyword in ("refused", "items")}
    rest = {one for one in compiled if one[1] != "refused"}
    others = {one for one in reference if one[1] not in ("refused", "items")}
    return (
        rest == others
        and all(p in around or p.rpartition("/")[0] in around for p in refused)
        and all(
            any(p in (one, one.rpartition("/")[0]) for one in refused) for p in around
        )
    )
