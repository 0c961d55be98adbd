"""Stand-ins on this machine for the services we depend on; never in production."""

from schemas.errors import PermanentError


def refuse_production(environment: str, name: str) -> None:
    """Stop a simulator from starting where real people log in.

    Raises:
        PermanentError: the environment is production.
    """
    if environment == "production":
        raise PermanentError(
            f"The {name} simulator does not start in production, where nobody may be "
            "a test person. Set FORMBUILDER_ENV=development on a machine for trials."
        )
