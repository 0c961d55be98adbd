import pytest

from tests.commanded import MISUSED, REFUSED, Operator

LISTED = {
    "id",
    "kind",
    "state",
    "receiver",
    "channel",
    "version",
    "attempts",
    "error_code",
    "created_at",
}


def test_the_ledger_lists_every_order_with_the_documented_keys(
    operator: Operator,
) -> None:
    listed = operator.run("deliveries", "list", "--json")

    assert {frozenset(row) for row in listed.json} == {frozenset(LISTED)}
    assert {row["state"] for row in listed.json} == {"done"}


def test_the_ledger_is_narrowed_by_department_and_state(operator: Operator) -> None:
    listed = operator.run(
        "deliveries", "list", "--json", "--department", "kitchen", "--state", "done"
    )

    assert [row["receiver"] for row in listed.json] == ["diet.kitchen"]
    assert operator.run("deliveries", "list", "--json", "--state", "failed").json == []


def test_an_order_is_shown_without_what_it_holds(operator: Operator) -> None:
    [order] = operator.run(
        "deliveries", "list", "--json", "--department", "kitchen"
    ).json

    shown = operator.run("deliveries", "show", order["id"])

    assert (shown.json["department"], shown.json["state"]) == ("kitchen", "done")
    assert "ALLERGI" not in shown.out


def test_a_delivered_order_is_due_again_after_replay(copied: Operator) -> None:
    [order] = copied.run("deliveries", "list", "--json", "--department", "kitchen").json

    replayed = copied.run("deliveries", "replay", order["id"])

    shown = copied.run("deliveries", "show", order["id"])
    assert (replayed.status, shown.json["state"] == "done") == (0, False)


def test_an_order_that_is_done_is_not_retried(operator: Operator) -> None:
    [order] = operator.run(
        "deliveries", "list", "--json", "--department", "kitchen"
    ).json

    assert REFUSED == operator.run("deliveries", "retry", order["id"]).refused


@pytest.mark.parametrize("command", ["show", "retry", "replay"])
def test_an_unknown_order_is_said_to_be_so(operator: Operator, command: str) -> None:
    assert REFUSED == operator.run("deliveries", command, "ffff").refused


@pytest.mark.parametrize("words", [("--state", "lost"), ("--limit", "0")])
def test_wrong_use_exits_2(operator: Operator, words: tuple[str, str]) -> None:
    assert MISUSED == operator.run("deliveries", "list", *words).refused
