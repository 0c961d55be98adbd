"""Which link opens the app in which browser."""

import pytest

from formbuilder.identity.bankid.launch import launch_url

TOKEN = "46f6aa68-a520-49d8-9be7-f0726d038c26"
HTTPS = f"https://app.bankid.com/?autostarttoken={TOKEN}"
SCHEME = f"bankid:///?autostarttoken={TOKEN}&redirect=null"

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
)
ANDROID_CHROME = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/130.0 Mobile Safari/537.36"
)
ANDROID_FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"
ANDROID_SAMSUNG = (
    "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537"
)
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36"


@pytest.mark.parametrize(
    ("browser", "link"),
    [
        (IPHONE, HTTPS),
        (ANDROID_CHROME, HTTPS),
        (ANDROID_FIREFOX, SCHEME),
        (ANDROID_SAMSUNG, SCHEME),
        (WINDOWS, SCHEME),
        ("", SCHEME),
    ],
)
def test_each_browser_gets_the_link_it_hands_over(browser, link):
    assert launch_url(TOKEN, browser) == link


def test_a_simulator_is_reached_at_its_own_host_in_any_browser():
    host = "http://127.0.0.1:8001/"

    assert launch_url(TOKEN, IPHONE, host=host) == f"{host}?autostarttoken={TOKEN}"
