"""A comparison: its sides, which are run in turn, and the lines that are read off them."""

import statistics
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from setting import Setting

Figures = dict[str, float]
"""What one run of a side measured: rates, seconds, octets."""

Samples = dict[str, list[float]]
"""What the counted rounds measured, under `side.figure`."""


@dataclass(frozen=True)
class Side:
    """One of those that are run in turn."""

    name: str
    run: Callable[[], Figures]
    warm: Callable[[], object] | None = None
    """A shorter run before the first counted one."""


@dataclass(frozen=True)
class Goal:
    """What a line is to reach: the median at least so much, or every round at most so much."""

    least: float | None = None
    most: float | None = None
    of_ratio: bool = True

    def met_by(self, values: list[float]) -> bool:
        if self.most is not None and max(values) > self.most:
            return False
        return self.least is None or statistics.median(values) >= self.least


@dataclass(frozen=True)
class Line:
    """One line of the table: a figure of ours, maybe beside another one."""

    title: str
    ours: str
    unit: str
    other: str | None = None
    against: str = ""
    """What the other figure is of."""
    goal: Goal | None = None


@dataclass(frozen=True)
class Plan:
    """What a comparison does in this setting."""

    sides: list[Side]
    lines: list[Line]
    most_rounds: int = 1000
    """For what takes long and hardly varies."""
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """A comparison by name; `prepare` starts its servers, which live as long as the stack."""

    name: str
    prepare: Callable[[Setting, ExitStack], Plan]


@dataclass(frozen=True)
class Row:
    """A line with its figures filled in."""

    line: Line
    ours: float
    other: float | None
    ratio: float | None
    low: float
    high: float
    verdict: str


def read_off(line: Line, samples: Samples) -> Row:
    """Fills a line in: medians, the median of the rounds' ratios, and how far these spread."""
    ours = samples[line.ours]
    others = samples[line.other] if line.other else None
    ratios = [mine / other for mine, other in zip(ours, others, strict=True)] if others else None
    spread = ratios or ours
    verdict = ""
    if line.goal:
        judged = ratios if ratios and line.goal.of_ratio else ours
        verdict = "ok" if line.goal.met_by(judged) else "SHORT"
    return Row(
        line=line,
        ours=statistics.median(ours),
        other=statistics.median(others) if others else None,
        ratio=statistics.median(ratios) if ratios else None,
        low=min(spread),
        high=max(spread),
        verdict=verdict,
    )
