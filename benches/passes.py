"""What goes nowhere: the check pass and the dry run, each beside the loop anybody would write."""

import itertools
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import process
from campaign import FROM, SUBJECT, Campaign, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from process import OWN_WRITES
from setting import Setting


def check(setting: Setting, stack: ExitStack) -> Plan:
    """Both in one process, which of them goes first changing from round to round."""
    folder = setting.folder("check")
    count = setting.pick(quick=10_000, default=200_000, long=1_000_000)
    campaign = Campaign(setting, folder / "campaign", count, plain_relay(25, 1))
    small = Campaign(setting, folder / "warm-up", 2_000, plain_relay(25, 1))
    order = itertools.cycle([[], ["--bare-first"]])

    def once() -> Figures:
        command = [
            setting.tools, "check", campaign.folder, "--from", FROM, "--subject", SUBJECT,
            "--warm-up", small.folder, *next(order),
        ]
        took = json.loads(process.run(command, timeout=600).stdout)
        return {name: took[name]["rows"] / took[name]["seconds"] for name in ["mailshot", "bare"]}

    title = f"check of {count:,} rows"
    line = Line(title, "check.mailshot", "rows/s", "check.bare", "bare loop", Goal(least=1.5))
    left_out = [] if setting.long else ["check of 1,000,000 rows: --long"]
    return Plan([Side("check", once)], [line], most_rounds=3, left_out=left_out)


def encodings(setting: Setting, stack: ExitStack) -> Plan:
    """The same people, with Chinese names, once in UTF-8 and once as Excel in China writes them."""
    folder = setting.folder("encodings")
    count = setting.pick(quick=10_000, default=200_000)
    sides = [_check_of(setting, folder, count, encoding) for encoding in ["GB18030", "UTF-8"]]
    title = f"check of {count:,} rows in GB18030"
    line = Line(title, "GB18030.check", "rows/s", "UTF-8.check", "UTF-8", Goal(least=0.8))
    return Plan(sides, [line], most_rounds=5)


def _check_of(setting: Setting, folder: Path, count: int, encoding: str) -> Side:
    campaign = Campaign(setting, folder / encoding, count, plain_relay(25, 1))
    people = campaign.folder / "people.csv"
    rows = people.read_text(encoding="utf-8")
    for latin, chinese in [("Ada", "王小明"), ("Alan", "李娜"), ("Grace", "张伟"), ("Prof.", "教授")]:
        rows = rows.replace(f",{latin} ", f",{chinese} ")
    people.write_text(rows, encoding=encoding)
    return Side(encoding, lambda: {"check": count / campaign.program(["check", campaign.folder]).seconds})


def dry_run(setting: Setting, stack: ExitStack) -> Plan:
    """The bare loop writes the dry run's files, which it has read beforehand."""
    folder = setting.folder("dry-run")
    count = setting.pick(quick=2_000, default=20_000, long=100_000)
    campaign = Campaign(setting, folder / "campaign", count, plain_relay(25, 1))
    written, outputs = folder / "written", outputs_in(folder)
    campaign.dry_run(written)

    def ours() -> Figures:
        run = campaign.dry_run(next(outputs), OWN_WRITES)
        return {"whole": count / run.seconds, "phase": count / run.phase}

    def bare() -> Figures:
        run = process.run([setting.tools, "files", written, next(outputs)])
        return {"whole": count / json.loads(run.stdout)["seconds"]}

    title = f"dry run of {count:,} rows"
    lines = [
        Line(title, "mailshot.whole", "files/s", "bare.whole", "bare loop", Goal(least=0.7)),
        Line(f"{title}, writing alone", "mailshot.phase", "files/s", "bare.whole", "bare loop"),
    ]
    # Every run's files stay until the end: 6 GB in the long form.
    left_out = [] if setting.long else ["dry run of 100,000 rows: --long"]
    sides = [Side("mailshot", ours), Side("bare", bare)]
    return Plan(sides, lines, most_rounds=3 if setting.long else 5, left_out=left_out)


def outputs_in(folder: Path) -> Iterator[Path]:
    """A new folder for each run, on a disk that has nothing left to write.

    Nothing is removed between the runs: ext4 looks for free space ever longer where many files have
    just been deleted, which makes whoever comes next several times slower.
    """
    for number in itertools.count():
        os.sync()
        yield folder / f"output-{number}"


COMPARISONS = [Comparison("check", check), Comparison("encodings", encodings), Comparison("dry run", dry_run)]
