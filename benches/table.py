"""The table of ratios, for a terminal, for the README and for programs."""

import json
from dataclasses import dataclass
from pathlib import Path

from comparison import Goal, Row, Samples

HEAD = ["", "mailshot", "beside", "its figure", "ratio", "min-max", "goal", ""]
TO_THE_RIGHT = {1, 3, 4, 5, 6}
"""Columns of numbers."""


@dataclass(frozen=True)
class Table:
    """All that one call measured."""

    machine: str
    rows: list[Row]
    samples: dict[str, Samples]
    left_out: list[str]

    def text(self) -> str:
        """Aligned columns."""
        lines = [HEAD, *(_cells(row) for row in self.rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
        aligned = ["  ".join(_aligned(cell, i, widths[i]) for i, cell in enumerate(line)).rstrip() for line in lines]
        rule = "-" * max(map(len, aligned))
        return "\n".join([self.machine, "", aligned[0], rule, *aligned[1:], *self._notes()])

    def markdown(self) -> str:
        """For the README."""
        rule = ["---:" if i in TO_THE_RIGHT else "---" for i in range(len(HEAD))]
        lines = [HEAD, rule, *(_cells(row) for row in self.rows)]
        table = ["| " + " | ".join(line) + " |" for line in lines]
        return "\n".join([self.machine, "", *table, *self._notes()])

    def write_json(self, path: Path) -> None:
        """Everything, with what each round measured."""
        rows = [
            {
                "title": row.line.title, "unit": row.line.unit, "mailshot": row.ours,
                "beside": row.line.against or None, "other": row.other,
                "ratio": row.ratio, "min": row.low, "max": row.high,
                "goal": _goal(row.line.goal) or None, "verdict": row.verdict or None,
            }
            for row in self.rows
        ]
        everything = {"machine": self.machine, "rows": rows, "samples": self.samples, "left_out": self.left_out}
        path.write_text(json.dumps(everything, indent=2) + "\n", encoding="utf-8")

    def _notes(self) -> list[str]:
        return ["", *(f"Left out: {what}" for what in self.left_out)] if self.left_out else []


def _cells(row: Row) -> list[str]:
    line = row.line
    other = "" if row.other is None else f"{_number(row.other)} {line.unit}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    shown = _number if row.ratio is None else "{:.2f}".format
    spread = f"{shown(row.low)}-{shown(row.high)}" if row.low != row.high else ""
    return [
        line.title, f"{_number(row.ours)} {line.unit}", line.against, other,
        ratio, spread, _goal(line.goal), row.verdict,
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def _goal(goal: Goal | None) -> str:
    if goal is None:
        return ""
    return f"≥ {goal.least:g}" if goal.least is not None else f"≤ {goal.most:g}"


def _aligned(cell: str, column: int, width: int) -> str:
    return cell.rjust(width) if column in TO_THE_RIGHT else cell.ljust(width)
