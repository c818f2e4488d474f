"""Long lists: whether the speed holds, the memory, and a row far behind by its number."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import process
import servers
from campaign import Campaign, people, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from passes import in_chinese, write_workbook
from process import reads_of
from servers import Sink
from setting import Setting

MILLION = 1_000_000


def lists(setting: Setting, stack: ExitStack) -> Plan:
    folder, sink = setting.folder("rows"), stack.enter_context(servers.sink())
    small, large = setting.pick(quick=1_000, default=20_000), setting.pick(quick=5_000, default=200_000)
    sizes = [small, large, *([MILLION] if setting.long else [])]
    sides = [_side(setting, sink, folder, size) for size in sizes]
    lines = [_memory(small), *_lines(small, large, least=None, most=64)]
    if setting.long:
        lines += _lines(small, MILLION, least=0.9, most=128)
    left_out = [] if setting.long else ["sending to 1,000,000 rows: --long"]
    return Plan(sides, lines, most_rounds=1, left_out=left_out)


def _side(setting: Setting, sink: Sink, folder: Path, size: int) -> Side:
    campaign = Campaign(setting, folder / str(size), size, plain_relay(sink.port, 10))
    return Side(_name(size), lambda: campaign.send(reads_of(sink.pid), timeout=900).figures(size))


def _lines(small: int, size: int, *, least: float | None, most: float) -> list[Line]:
    name = _name(size)
    goal = Goal(least=least) if least else None
    return [
        Line(f"{name}, sending", f"{name}.phase", "msg/s", f"{_name(small)}.phase", _name(small), goal),
        Line(f"{name}, memory", f"{name}.MiB", "MiB", goal=Goal(most=most)),
    ]


def _memory(size: int) -> Line:
    return Line(f"{_name(size)}, memory", f"{_name(size)}.MiB", "MiB")


def _name(size: int) -> str:
    return f"{size:,} rows"


def by_number(setting: Setting, stack: ExitStack) -> Plan:
    """A row by its number, when a pass over the file is over. Workbooks have no index, and are as long as they get."""
    folder = setting.folder("row")
    count = setting.pick(quick=10_000, default=200_000, long=MILLION)
    files = [
        ("CSV", "csv", people(count), "utf-8"),
        ("TSV", "tsv", (line.replace(",", "\t") for line in people(count)), "utf-8"),
        ("JSON lines", "jsonl", _objects(count), "utf-8"),
        ("GB18030", "csv", map(in_chinese, people(count)), "gb18030"),
    ]
    sides, lines = [], []
    for name, suffix, rows, encoding in files:
        path = folder / f"{name}.{suffix}"
        with path.open("w", encoding=encoding) as file:
            file.writelines(rows)
        sides.append(_row(setting, name, path, count))
        lines += _row_lines(name, count, most=50, memory=32)
    cells = min(count, 200_000)
    write_workbook([line.rstrip("\n") for line in people(cells)], folder / "people.xlsx")
    sides.append(_row(setting, "xlsx", folder / "people.xlsx", cells, times=2))
    lines += _row_lines("xlsx", cells)
    left_out = [] if setting.long else ["row 900,000 of 1,000,000: --long"]
    return Plan(sides, lines, most_rounds=3, left_out=left_out)


def _objects(count: int) -> Iterable[str]:
    rows = (line.rstrip("\n").split(",") for line in people(count))
    columns = next(rows)
    return (json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)


def _row(setting: Setting, name: str, path: Path, count: int, times: int = 10) -> Side:
    def once() -> Figures:
        command = [setting.tools, "row", path, count * 9 // 10, "--times", times]
        run = process.run(command, timeout=600)
        took = json.loads(run.stdout)
        return {"pass": count / took["pass"], "row": took["row"] * 1000, "MiB": run.peak / 2**20}

    return Side(name, once)


def _row_lines(name: str, count: int, *, most: float | None = None, memory: float | None = None) -> list[Line]:
    title = f"row {count * 9 // 10:,} of {count:,}, {name}"
    return [
        Line(title, f"{name}.row", "ms", goal=Goal(most=most) if most else None),
        Line(f"{title}, the pass before", f"{name}.pass", "rows/s"),
        Line(f"{title}, memory", f"{name}.MiB", "MiB", goal=Goal(most=memory) if memory else None),
    ]


COMPARISONS = [Comparison("rows", lists), Comparison("row by number", by_number)]
