"""Long lists: whether the speed holds, and the memory."""

from contextlib import ExitStack
from pathlib import Path

import servers
from campaign import Campaign, plain_relay
from comparison import Comparison, Goal, Line, Plan, Side
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


COMPARISONS = [Comparison("rows", lists)]
