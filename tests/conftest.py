import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Let pass the one warning that is not ours to mend.

    WeasyPrint opens its colour profile once per PDF and leaves closing it to the
    interpreter; nothing is lost by that.
    """
    config.addinivalue_line(
        "filterwarnings",
        "ignore:(?s).*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning",
    )
