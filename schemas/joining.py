"""What a reference in one resource is the address of."""

from urllib.parse import urljoin


def joined(base: str, reference: str) -> str:
    """Resolve a reference, also against a URN, which urljoin does not know.

    What is no address leads nowhere: it is left as it is written.

    >>> joined("urn:formbuilder:f:diet", "#/$defs/acute")
    'urn:formbuilder:f:diet#/$defs/acute'
    >>> joined("https://example.se/a.json", "https://[b")
    'https://[b'
    """
    if reference.startswith("#"):
        return base + reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
