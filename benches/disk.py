"""What the disk can do, to judge the other figures by."""

import json
import shutil
from contextlib import ExitStack

import process
from comparison import Comparison, Figures, Line, Plan, Side
from setting import Setting


def commits(setting: Setting, stack: ExitStack) -> Plan:
    folder = setting.scratch / "disk"
    seconds = 0.3 if setting.quick else 1.0

    def once() -> Figures:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return json.loads(process.run([setting.tools, "commits", folder, "--seconds", seconds]).stdout)

    lines = [
        Line("disk: SQLite commits, WAL, synchronous=FULL", "disk.sqlite", "a second"),
        Line("disk: 4 kB appended, fdatasync", "disk.fdatasync", "a second"),
    ]
    return Plan([Side("disk", once)], lines)


COMPARISONS = [Comparison("disk", commits)]
