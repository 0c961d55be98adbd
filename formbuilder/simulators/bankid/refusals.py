"""What the simulated service answers when it will not do something."""


class ApiRefusal(Exception):  # noqa: N818 - an answer, not a fault
    """An error answer in BankID's shape."""

    def __init__(self, status: int, code: str, details: str) -> None:
        self.status, self.code, self.details = status, code, details
        super().__init__(details)


def invalid(details: str) -> ApiRefusal:
    """Return the answer to a call that is not as it must be."""
    return ApiRefusal(400, "invalidParameters", details)
