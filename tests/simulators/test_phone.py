"""The phone's pages work without JavaScript, for any tester."""

import httpx
import pytest
from lxml import html
from simulated import SARA, VISIBLE, login_request, sign_request


def page(answer: httpx.Response):
    return html.fromstring(answer.text)


def submit(hand, answer: httpx.Response, button: str, **fields: str) -> httpx.Response:
    form = page(answer).xpath("//form[@method='post']")[-1]
    return hand.http.post(form.get("action"), data=fields | {"do": button})


def opened(hand, bankid, order) -> httpx.Response:
    link = bankid.launch_url(order, True)
    return hand.http.get(link, follow_redirects=True)


def test_the_link_opens_the_order_and_shows_who_asks_for_what(hand, bankid):
    answer = opened(hand, bankid, bankid.start(sign_request()))

    assert "Ekvalla kommun" in answer.text
    assert page(answer).xpath("string(//pre)") == VISIBLE
    assert page(answer).xpath("string(//h1)") == "Skriv under"


def test_the_person_who_must_sign_is_chosen_already(hand, bankid):
    answer = opened(hand, bankid, bankid.start(sign_request()))

    assert page(answer).xpath("//input[@checked]/@value") == [SARA]


def test_approving_completes_and_offers_the_way_back(hand, bankid):
    back = "https://ekvalla.example.se/tillbaka?n=1&x=2"
    order = bankid.start(login_request(return_url=back))
    done = submit(hand, opened(hand, bankid, order), "approve", person=SARA)

    assert page(done).xpath("string(//h1)") == "Du har legitimerat dig."
    assert page(done).xpath("//a[@class='button']/@href") == [back]
    assert bankid.collect(order).identity.personal_number == SARA


def test_a_scanned_code_opens_the_order_and_offers_no_way_back(hand, bankid, simulator):
    back = "https://ekvalla.example.se/tillbaka"
    order = bankid.start(login_request(return_url=back))
    code = bankid.qr(order, simulator.clock())
    shown = hand.http.post("scan", data={"qr": code}, follow_redirects=True)
    done = submit(hand, shown, "approve", person=SARA)

    assert back not in done.text


@pytest.mark.parametrize(
    ("button", "hint"), [("cancel", "userCancel"), ("expire", "expiredTransaction")]
)
def test_the_other_buttons_fail_the_order(hand, bankid, button, hint):
    order = bankid.start(login_request())
    submit(hand, opened(hand, bankid, order), button)

    assert bankid.collect(order).hint == hint


def test_approving_as_nobody_asks_who_one_is(hand, bankid):
    answer = submit(
        hand, opened(hand, bankid, bankid.start(login_request())), "approve"
    )

    assert answer.status_code == 422
    assert page(answer).xpath("string(//*[@role='alert'])") == "Välj först vem du är."


def test_a_wrong_code_can_be_tried_again(hand, bankid):
    answer = submit(hand, opened(hand, bankid, bankid.start(login_request())), "wrong")

    assert "2 försök kvar" in answer.text


@pytest.mark.parametrize(
    ("age", "change"),
    [
        (0, lambda code: code[:-1] + ("0" if code[-1] != "0" else "1")),
        (9, lambda code: code),
        (0, lambda code: code.replace("bankid.", "bankid2.")),
        (0, lambda _: "bankid.x.0.x"),
        (0, lambda _: "hej"),
        (0, lambda code: "bankid." + code.split(".")[1] + ".²." + code.split(".")[3]),
    ],
)
def test_a_wrong_or_old_code_is_refused_with_words(
    hand, bankid, simulator, age, change
):
    order = bankid.start(login_request())
    code = change(bankid.qr(order, simulator.clock()))
    hand.push(age)
    answer = hand.http.post("scan", data={"qr": code})

    assert answer.status_code == 422
    assert page(answer).xpath("string(//*[@role='alert'])")


def test_the_first_page_lists_what_waits(hand, bankid):
    bankid.start(login_request())

    assert "Inloggning för Ekvalla kommun" in hand.http.get("").text


def test_hostile_text_is_shown_as_text(hand, bankid):
    text = "<script>alert(1)</script>"
    answer = opened(hand, bankid, bankid.start(login_request(visible_text=text)))

    assert page(answer).xpath("string(//pre)") == text
    assert not page(answer).xpath("//script")


def test_every_field_has_a_label_and_the_page_a_language(hand, bankid):
    for answer in (
        hand.http.get(""),
        opened(hand, bankid, bankid.start(login_request())),
    ):
        tree = page(answer)
        labelled = set(tree.xpath("//label/@for"))
        fields = tree.xpath("//input|//textarea")

        assert tree.get("lang") == "sv"
        assert len(tree.xpath("//h1")) == 1
        assert all(
            f.getparent().tag == "label" or f.get("id") in labelled for f in fields
        )


def test_an_unknown_order_and_page_are_said_so(hand):
    assert hand.http.get("order/made-up").status_code == 422
    assert hand.http.get("nothing").status_code == 404
    assert hand.http.get("?autostarttoken=made-up").status_code == 422


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_sites_page_cannot_press_its_buttons(hand, bankid, headers):
    order = bankid.start(login_request())
    answer = hand.http.post(
        f"_sim/orders/{order.reference}/approve",
        json={"personal_number": SARA},
        headers=headers,
    )

    assert answer.status_code == 421
    assert bankid.collect(order).hint == "outstandingTransaction"


def test_a_control_call_that_cannot_be_read_is_said_so(hand):
    assert hand.http.post("_sim/clock", content=b"{").status_code == 400
    assert hand.http.post("_sim/faults", json={"x": 1}).status_code == 400
    assert hand.http.post("_sim/nothing", json={}).status_code == 404
    assert hand.http.post("_sim/orders/x/approve", json={}).status_code == 409
