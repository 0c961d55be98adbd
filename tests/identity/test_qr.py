"""The animated QR code."""

from lxml import etree

from formbuilder.identity.bankid.qr import payload, svg

# The example of BankID's own sample code.
TOKEN = "67df3917-fa0d-44e5-b327-edcc928297f8"
SECRET = "d28db9a7-4cde-429e-a983-359be676944c"


def code(seconds: int) -> str:
    return payload(TOKEN, SECRET, seconds)


def test_the_codes_of_the_first_seconds_are_the_published_ones():
    ends = [(c[:8], c[-4:]) for c in (code(t).split(".")[3] for t in range(3))]

    assert ends == [("dc69358e", "9bf8"), ("949d559b", "bce2"), ("a9e5ec59", "b3f3")]


def test_a_code_names_the_token_and_the_second_but_not_the_secret():
    assert code(2).startswith(f"bankid.{TOKEN}.2.")
    assert SECRET not in code(2)


def test_the_drawing_is_black_on_white_with_a_quiet_zone_and_no_text():
    root = etree.fromstring(svg(code(0)))
    width = int(root.get("viewBox").split()[2])

    assert root.tag.endswith("svg")
    assert "#fff" in svg(code(0))
    assert width >= 8
    assert TOKEN not in svg(code(0))
