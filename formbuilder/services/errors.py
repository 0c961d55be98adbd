"""What stops a service besides Refused: each names who must act and on what."""

from schemas.errors import ApplicantError, FormbuilderError


class ProtectedStop(FormbuilderError):  # noqa: N818 - a gate, not a fault
    """Somebody concerned is or may be protected: a neutral page and no draft."""


class StaleDraft(ApplicantError):  # noqa: N818 - what happened to the draft
    """Sections were signed by somebody else after this draft began."""

    def __init__(self, sections: tuple[str, ...]) -> None:
        self.sections = sections
        super().__init__(", ".join(sections))


class SourcesChanged(ApplicantError):  # noqa: N818 - what happened to a source
    """What the municipality or the register knows has changed: look again."""

    def __init__(self, pointers: tuple[str, ...]) -> None:
        self.pointers = pointers
        super().__init__(", ".join(pointers))


class OtherVersion(ApplicantError):  # noqa: N818 - what happened to the draft
    """Somebody else's answers came first, in another version of the form."""


class NothingToSend(ApplicantError):  # noqa: N818 - what was found
    """Everything in the draft has already been sent as it stands."""


class NewerDelivery(FormbuilderError):  # noqa: N818 - what happened meanwhile
    """Staff were about to act on a delivery that a newer one has replaced."""


class SigningRefused(ApplicantError):  # noqa: N818 - a verdict on evidence
    """The signature does not hold; nothing was sent and the answers are kept."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
