"""What the report's tables are counted with: means with their intervals, and how scores tell apart.

Python's own ``statistics`` holds all of it but the area under the curve, which is one line by its
definition; a library of statistics would weigh more than everything else here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, median, stdev

FEWEST_SHOWN = 5
"""Of fewer people nothing is shown, zero apart (our own rule)."""

FEWEST_FOR_AN_INTERVAL = 30
"""Of fewer answers no mean with an interval is given.

The report leaves out 11 and 22 and gives 123 (2020:40, Vaikuttavuuden arviointi 2.2); thirty is our
own choice between them: from there on the normal distribution stands for Student's.
"""

_HALF_WIDTH = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Spread:
    """Scores of a group in short. ``sd``: of a sample (n - 1). ``low`` to ``high``: 95 %."""

    n: int
    mean: float
    sd: float
    median: float

    @property
    def low(self) -> float:
        return self.mean - _HALF_WIDTH * self.sd / sqrt(self.n)

    @property
    def high(self) -> float:
        return self.mean + _HALF_WIDTH * self.sd / sqrt(self.n)


def spread(scores: Sequence[int], *, fewest: int) -> Spread | None:
    """The scores in short; None where there are fewer than ``fewest``, which is at least two."""
    if len(scores) < fewest:
        return None
    return Spread(len(scores), fmean(scores), stdev(scores), float(median(scores)))


def area_under_curve(reached: Sequence[int], others: Sequence[int]) -> float:
    """How well a score tells two groups apart: 0.5 not at all, 1 wholly.

    The share of pairs in which the one who reached it scored higher; of equals, half (Mann and
    Whitney's U over all pairs). Raises ``ValueError`` where a group is empty.
    """
    if not reached or not others:
        raise ValueError("Both groups need somebody in them.")
    below = sorted(others)
    halves = sum(bisect_left(below, score) + bisect_right(below, score) for score in reached)
    return halves / (2 * len(reached) * len(others))
