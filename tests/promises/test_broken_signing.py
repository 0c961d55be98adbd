"""Signing that does not end well leads back to the answers, and sends nothing."""

from tests.promises.city import City


def test_a_signature_cancelled_on_the_phone_leads_back_with_the_answers(
    city: City,
) -> None:
    visitor, page = city.answered()
    city.town.bankid.ends = "userCancel"
    back = city.signed(visitor, page)

    assert "/granska" in back.url
    assert "Du avbröt i BankID-appen" in back.text
    assert "Adrenalin" in back.text or "Jordnöt" in back.text
    city.town.bankid.ends = ""
    assert "Tack" in city.signed(visitor, back).text


def test_a_signature_that_takes_too_long_leads_back(city: City) -> None:
    visitor, page = city.answered()
    city.town.bankid.is_slow = True
    waiting = city.signed(visitor, page)
    city.town.clock.pass_(minutes=11)
    back = visitor.get(waiting.url)

    assert "/granska" in back.url
    assert "Tiden gick ut" in back.text


def test_evidence_that_does_not_hold_sends_nothing(city: City) -> None:
    visitor, page = city.answered()
    city.town.bankid.is_forged = True
    back = city.signed(visitor, page)

    assert "Underskriften gick inte att kontrollera" in back.text
    assert city.town.orders() == []


def test_an_eid_service_that_is_down_keeps_the_answers(city: City) -> None:
    visitor, page = city.answered()
    city.town.bankid.refuses = "maintenance"
    back = city.signed(visitor, page)

    assert "BankID har ett tekniskt fel" in back.text
    assert back.form(action="/granska")


def test_the_receipt_is_there_again_when_the_answer_was_lost(city: City) -> None:
    visitor, page = city.answered()
    form = page.form(action="/granska")
    answer = visitor.client.post(form.action, data=dict(form.fields))
    waiting = answer.headers["location"]
    first = visitor.get(waiting)
    again = visitor.get(waiting)

    assert "Tack" in first.text
    assert again.url == first.url
