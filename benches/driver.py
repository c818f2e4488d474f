"""Runs the comparisons and prints the table. `benches/run` builds what is measured and calls it."""

import argparse
import os
import shutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import attachment
import disk
import encryption
import latency
import pace
import parts
import passes
import rows
import signing
import throughput
from comparison import Comparison, Plan, Row, Samples, read_off
from process import Failure, say
from setting import Setting, target
from table import Table

COMPARISONS: list[Comparison] = [
    *throughput.COMPARISONS,
    *latency.COMPARISONS,
    *attachment.COMPARISONS,
    *parts.COMPARISONS,
    *rows.COMPARISONS,
    *passes.COMPARISONS,
    *encryption.COMPARISONS,
    *signing.COMPARISONS,
    *pace.COMPARISONS,
    *disk.COMPARISONS,
]

ROUNDS = 5


def main() -> int:
    given = arguments()
    chosen = [one for one in COMPARISONS if any(pattern in one.name for pattern in given.only or [""])]
    if given.list:
        print("\n".join(one.name for one in chosen))
        return 0
    if not chosen:
        print("no comparison is called that; --list names them", file=sys.stderr)
        return 2
    scratch = target() / f"bench-{os.getpid()}"
    scratch.mkdir(parents=True)
    # Postfix's processes run as users of their own and must be able to pass.
    scratch.chmod(0o755)
    try:
        table, failed = measure(chosen, setting(given, scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(table.markdown() if given.markdown else table.text())
    if given.json:
        table.write_json(given.json)
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benches/run", description="mailshot beside its peers, as ratios.")
    parser.add_argument("--rounds", type=int, metavar="N", help=f"rounds of each comparison (default {ROUNDS})")
    parser.add_argument("--only", action="append", metavar="PATTERN", help="comparisons with this in their name")
    parser.add_argument("--list", action="store_true", help="name the comparisons and end")
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument("--quick", dest="scale", action="store_const", const="quick", help="small counts, 1 round")
    scale.add_argument("--long", dest="scale", action="store_const", const="long", help="also a million rows")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured to FILE")
    parser.add_argument(
        "--relay", default="", metavar="LINES", help="more lines for the campaigns' relay: 'pipelining = \"envelope\"'"
    )
    return parser.parse_args()


def setting(given: argparse.Namespace, scratch: Path) -> Setting:
    scale = given.scale or "default"
    rounds = given.rounds or (1 if scale == "quick" else ROUNDS)
    return Setting(scale, max(1, rounds), given.relay, scratch)


def measure(chosen: list[Comparison], where: Setting) -> tuple[Table, bool]:
    """Runs one comparison after the other; one that fails is named and the others go on."""
    filled: list[Row] = []
    all_samples: dict[str, Samples] = {}
    left_out: list[str] = []
    failed = False
    for comparison in chosen:
        began = time.monotonic()
        try:
            with ExitStack() as stack:
                plan = comparison.prepare(where, stack)
                samples = rounds(comparison.name, plan, where)
        except Failure as failure:
            failed = True
            say(f"{comparison.name}: FAILED\n{failure}")
            left_out.append(f"{comparison.name}: it failed")
            continue
        filled += [read_off(line, samples) for line in plan.lines]
        all_samples[comparison.name] = samples
        left_out += plan.left_out
        say(f"{comparison.name}: {time.monotonic() - began:.0f} s")
    return Table(machine(where), filled, all_samples, left_out), failed


def rounds(name: str, plan: Plan, where: Setting) -> Samples:
    """A warm-up that does not count, then each side in turn, again and again."""
    samples: Samples = {}
    if not where.quick:
        for side in plan.sides:
            if side.warm:
                side.warm()
    count = min(where.rounds, plan.most_rounds)
    for number in range(1, count + 1):
        for side in plan.sides:
            say(f"{name}: round {number} of {count}, {side.name}", passing=True)
            for figure, value in side.run().items():
                samples.setdefault(f"{side.name}.{figure}", []).append(value)
    return samples


def machine(where: Setting) -> str:
    """What it was measured on."""
    cores = len(os.sched_getaffinity(0))
    form = {"quick": "the quick form, whose figures say little", "default": "the default form", "long": "the long form"}
    return f"Loopback, {cores} cores; medians of {where.rounds} rounds at most; {form[where.scale]}."


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
