"""The links that open the BankID app on the device somebody holds."""

import re
from typing import Final
from urllib.parse import quote

LAUNCH_HOST: Final = "https://app.bankid.com/"
SCHEME: Final = "bankid:///"

# An https link is handed over to the app by Safari on iOS, and by Chrome and Edge on
# Android; elsewhere only the app's own scheme opens it.
APPLE: Final = re.compile(r"\b(iPhone|iPad|iPod)\b")
ANDROID: Final = re.compile(r"\bAndroid\b")
HANDS_OVER_ON_ANDROID: Final = re.compile(r"\b(Chrome|EdgA)/")
OWN_SCHEME_ON_ANDROID: Final = re.compile(r"\b(SamsungBrowser|OPR|Firefox)/")


def launch_url(token: str, user_agent: str, *, host: str = LAUNCH_HOST) -> str:
    """Return the link to offer in this browser.

    A simulator is reached at its own `host`, whatever the browser.
    """
    if host != LAUNCH_HOST or _hands_over(user_agent):
        return f"{host}?autostarttoken={quote(token)}"
    return f"{SCHEME}?autostarttoken={quote(token)}&redirect=null"


def _hands_over(user_agent: str) -> bool:
    if APPLE.search(user_agent):
        return True
    return bool(
        ANDROID.search(user_agent)
        and HANDS_OVER_ON_ANDROID.search(user_agent)
        and not OWN_SCHEME_ON_ANDROID.search(user_agent)
    )
