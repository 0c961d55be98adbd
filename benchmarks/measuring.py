"""Ours and its floor in turns, and what one costs in terms of the other."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

WARM_UP: Final = 3
ROUND_SECONDS: Final = 0.1
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
    """One comparison. `ratio` is our speed as a share of the floor's: 1 is as fast.

    `cpu` is the same share counted in processor time, which a busy machine changes
    less than it changes the clock on the wall.
    """

    name: str
    floor: str
    rounds: int
    unit: str
    ours: Spread
    floors: Spread
    ratio: Spread
    cpu: Spread | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the figure as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two things that are measured in turns.

    `before` puts things in order ahead of each call, and is not part of its time.
    `cpu` tells the processor time used so far by the process that does the work.
    """

    work: Work
    before: Work | None = None
    cpu: Callable[[], float] = time.process_time


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
    found = figure(name, floor_name, [[wall for wall, _ in pair] for pair in times])
    shares = [floors / ours for (_, ours), (_, floors) in times if ours]
    return replace(found, cpu=spread(shares) if shares else None)


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


def _mean(side: Side, calls: int) -> tuple[float, float]:
    """Return what one call took on the wall and of the processor."""
    if side.before is not None:
        side.before()
    work, used, start = side.work, side.cpu(), time.perf_counter()
    for _ in range(calls):
        work()
    wall = time.perf_counter() - start
    return wall / calls, (side.cpu() - used) / calls


def _once(side: Side) -> float:
    if side.before is not None:
        side.before()
    start = time.perf_counter()
    side.work()
    return time.perf_counter() - start
