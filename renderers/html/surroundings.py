"""What stands around every page: who is here, where else they can go, in what language."""

from dataclasses import dataclass

from renderers.html.page_parts import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around every page: who is logged in, where else one can go.

    `address` is the page's own path, for the language switch: it becomes
    `<address>?lang=en`, for each of `languages`. `log_out` is an address that is
    posted to. `is_unread` says that a machine translated what the page says, and
    that nobody has read it.
    """

    address: str = "/"
    languages: tuple[str, ...] = ()
    is_unread: bool = False
    person: str = ""
    log_out: str = ""
    session: str = ""  # where script asks how long the log-in lasts
    navigation: tuple[Link, ...] = ()
    service: str = ""  # the form's name, shown beside the municipality's
    service_href: str = ""
