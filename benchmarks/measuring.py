"""Ours and its floor in turns, and what one costs in terms of the other."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

WARM_UP: Final = 3
ROUND_SECONDS: Final = 0.15
MOST_CALLS: Final = 2000

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The median of some rounds, with the lowest and the highest."""

    median: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One comparison. `ratio` is our speed as a share of the floor's: 1 is as fast."""

    name: str
    floor: str
    rounds: int
    unit: str
    ours: Spread
    floors: Spread
    ratio: Spread

    def to_json(self) -> dict[str, Any]:
        """Return the figure as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two things that are measured in turns.

    `before` puts things in order ahead of each call, and is not part of its time.
    """

    work: Work
    before: Work | None = None


def side_by_side(
    name: str, floor_name: str, ours: Side, floor: Side, *, rounds: int
) -> Figure:
    """Measure both in turns; each round gives one ratio."""
    sides = (ours, floor)
    for side in sides:
        for _ in range(WARM_UP):
            _once(side)
    calls = [_calls(side) for side in sides]
    times = [
        [_mean(side, count) for side, count in zip(sides, calls, strict=True)]
        for _ in range(rounds)
    ]
    return figure(name, floor_name, times)


def figure(
    name: str,
    floor_name: str,
    pairs: Sequence[Sequence[float]],
    *,
    unit: str = "ms",
    scale: float = 1000.0,
) -> Figure:
    """Return the figure of pairs that were measured in turns: ours, then the floor's."""
    return Figure(
        name=name,
        floor=floor_name,
        rounds=len(pairs),
        unit=unit,
        ours=spread([ours * scale for ours, _ in pairs]),
        floors=spread([floor * scale for _, floor in pairs]),
        ratio=spread([floor / ours for ours, floor in pairs]),
    )


def spread(values: Sequence[float]) -> Spread:
    """Return the values' median and both ends.

    >>> spread([3.0, 1.0, 2.0])
    Spread(median=2.0, lowest=1.0, highest=3.0)
    """
    return Spread(
        median=statistics.median(values), lowest=min(values), highest=max(values)
    )


def _calls(side: Side) -> int:
    """Return how many calls fill a round: a short one is measured many times."""
    if side.before is not None:
        return 1
    fastest = min(_once(side) for _ in range(WARM_UP))
    return max(1, min(MOST_CALLS, int(ROUND_SECONDS / fastest)))


def _mean(side: Side, calls: int) -> float:
    if side.before is not None:
        return _once(side)
    work, start = side.work, time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - start) / calls


def _once(side: Side) -> float:
    if side.before is not None:
        side.before()
    start = time.perf_counter()
    side.work()
    return time.perf_counter() - start
