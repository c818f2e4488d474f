"""What goes nowhere: the check pass and the dry run, each beside the loop anybody would write."""

import itertools
import json
import shutil
from contextlib import ExitStack

import process
from campaign import FROM, SUBJECT, Campaign, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from process import OWN_WRITES, Run
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


def dry_run(setting: Setting, stack: ExitStack) -> Plan:
    """The bare loop writes the dry run's files, which it has read beforehand."""
    folder = setting.folder("dry-run")
    count = setting.pick(quick=2_000, default=20_000, long=100_000)
    campaign = Campaign(setting, folder / "campaign", count, plain_relay(25, 1))
    written, again = folder / "written", folder / "again"
    campaign.dry_run(written)

    def ours() -> Figures:
        shutil.rmtree(again, ignore_errors=True)
        run = campaign.dry_run(again, OWN_WRITES)
        return _files(run, count)

    def bare() -> Figures:
        shutil.rmtree(again, ignore_errors=True)
        run = process.run([setting.tools, "files", written, again])
        return {"whole": count / json.loads(run.stdout)["seconds"]}

    title = f"dry run of {count:,} rows"
    lines = [
        Line(title, "mailshot.whole", "files/s", "bare.whole", "bare loop", Goal(least=0.7)),
        Line(f"{title}, writing alone", "mailshot.phase", "files/s", "bare.whole", "bare loop"),
    ]
    left_out = [] if setting.long else ["dry run of 100,000 rows: --long"]
    return Plan([Side("mailshot", ours), Side("bare", bare)], lines, left_out=left_out)


def _files(run: Run, count: int) -> Figures:
    return {"whole": count / run.seconds, "phase": count / run.phase}


COMPARISONS = [Comparison("check", check), Comparison("dry run", dry_run)]
