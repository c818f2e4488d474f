"""Sends a small mailing to real servers and prints the seconds. `benches/real` builds what is measured and calls it."""

import argparse
import dataclasses
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import line
import relays
from campaign import SENDER, Campaign, address, one_message, plain_relay
from line import Line
from peers import LENGTH
from process import Failure, say
from relays import Relay, Running
from setting import ROOT, Setting, target

CONNECTIONS = 10
ONE_WAY = 25
"""Milliseconds."""

LONGEST = {"quick": 10, "default": 20}
"""Seconds after which a run is ended."""

AFTER_A_FAILURE = 1
"""Seconds."""

WARM = 300
"""Messages at most."""

WHOLE = {"quick": 170, "default": 570}
"""Seconds after which nothing more is begun."""

OURS = ["mailshot", "again", "envelope", "off"]
PEERS = ["smtp-source", "smtplib", "lettre"]

Cell = float | str
"""Seconds, or why there are none."""


@dataclass
class Measured:
    """What one relay over one line came to."""

    relay: str
    line: str
    messages: int
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    sending: dict[str, list[float]] = field(default_factory=dict)
    """Of our own runs: from the first connection to the last reply, by their summary.json."""

    def add(self, name: str, cell: Cell) -> None:
        self.cells.setdefault(name, []).append(cell)

    def seconds(self, name: str) -> float | None:
        cells = self.cells.get(name, [])
        return statistics.median(cells) if cells and all(isinstance(cell, float) for cell in cells) else None

    def cell(self, name: str) -> str:
        seconds = self.seconds(name)
        if seconds is not None:
            return f"{seconds:.2f}"
        return next((cell for cell in self.cells.get(name, []) if isinstance(cell, str)), "")

    def share_of_best(self) -> float | None:
        """How fast the default sends where it knows the relay, of the best of its own three ways."""
        if any(self.seconds(name) is None for name in OURS[1:]):
            return None
        ways = [statistics.median(self.sending[name]) for name in OURS[1:]]
        return min(ways) / ways[0]


class Runs:
    """The runs of all senders at one relay over one line."""

    def __init__(self, setting: Setting, folder: Path, message: Path, far: Line, until: float, messages: int) -> None:
        self._setting, self._folder, self._message = setting, folder, message
        self._line, self._until, self._messages = far, until, messages
        self._number = 0
        self.faults: list[str] = []

    def of(self, relay: Relay) -> Measured:
        """Every sender in turn, round by round."""
        measured = Measured(relay.name, self._line.name, self._messages)
        for number in range(self._setting.rounds):
            # Nobody always comes when a server has had the most to do.
            names = [*OURS, *PEERS] if number % 2 == 0 else [*reversed(PEERS), *reversed(OURS[2:]), *OURS[:2]]
            if relay.anew:
                for some in [OURS[:2], *([name] for name in OURS[2:] + PEERS)]:
                    with relay.start(self._fresh(), self._messages) as running:
                        self._round(measured, running, some)
            else:
                with relay.start(self._fresh(), self._messages) as running:
                    self._warm(running)
                    self._round(measured, running, names)
        return measured

    def _warm(self, running: Running) -> None:
        """The first that a server is sent costs it more than what follows; that counts for nobody."""
        # Exim takes so few over a connection that some of these are refused.
        count = min(WARM, self._messages)
        words = [sys.executable, ROOT / "benches/smtplib_pool.py", running.port, 2, count, self._message]
        subprocess.run([str(word) for word in words], capture_output=True, timeout=60, check=False)
        quiet, now = -1, running.kept()
        while quiet != now:
            time.sleep(0.3)
            quiet, now = now, running.kept()

    def _round(self, measured: Measured, running: Running, names: list[str]) -> None:
        state = self._fresh()
        for name in names:
            say(f"{measured.relay}, {measured.line}: {name}", passing=True)
            if time.monotonic() > self._until:
                if name not in measured.cells:
                    measured.add(name, "no time")
                continue
            if any(isinstance(cell, str) for cell in measured.cells.get(name, [])):
                # It would only take its time again.
                continue
            before = running.kept()
            if name in OURS:
                cell = self._ours(measured, name, running, state)
            else:
                cell = self._seconds(self._peer(name, running))
            measured.add(name, cell)
            if isinstance(cell, str):
                # What it leaves behind is not to be counted as the next one's.
                time.sleep(AFTER_A_FAILURE)
                continue
            kept = running.settled(before, self._messages)
            if kept != self._messages:
                self.faults.append(f"{measured.relay}, {name}: {self._messages} were sent, and the relay has {kept}")

    def _ours(self, measured: Measured, name: str, running: Running, state: Path) -> Cell:
        """`again` knows what `mailshot` found out; the others know nothing."""
        relay = plain_relay(running.port, CONNECTIONS)
        if name in ["envelope", "off"]:
            relay += f'\npipelining = "{name}"'
            state = self._fresh()
        campaign = Campaign(self._setting, self._fresh(), self._messages, relay)
        cell = self._seconds(
            [self._setting.program, "send", campaign.folder, "--yes"],
            {"MAILSHOT_STATE": str(state), "MAILSHOT_CONFIG": str(state / "no-settings"), "NO_COLOR": "1"},
        )
        if isinstance(cell, float):
            summary = json.loads((campaign.folder / "results/summary.json").read_text(encoding="utf-8"))
            measured.sending.setdefault(name, []).append(summary["send_seconds"])
        shutil.rmtree(campaign.folder)
        return cell

    def _peer(self, name: str, running: Running) -> list[object]:
        port, count = running.port, self._messages
        if name == "smtp-source":
            return [
                "smtp-source", "-d", "-s", CONNECTIONS, "-l", LENGTH, "-m", count,
                "-f", SENDER, "-t", address(1), f"127.0.0.1:{port}",
            ]
        if name == "smtplib":
            return [sys.executable, ROOT / "benches/smtplib_pool.py", port, CONNECTIONS, count, self._message]
        return [
            self._setting.tools, "pool", "--port", port, "--connections", CONNECTIONS,
            "--messages", count, "--message", self._message,
        ]

    def _seconds(self, command: list[object], environment: dict[str, str] | None = None) -> Cell:
        """From the start of a program to its end, which comes after the last message was taken."""
        words = [str(word) for word in [*self._line.prefix, *command]]
        longest = LONGEST[self._setting.scale]
        began = time.monotonic()
        try:
            ended = subprocess.run(
                words, cwd=self._folder, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, errors="replace", timeout=longest, check=False,
            )
        except subprocess.TimeoutExpired:
            return f"> {longest}"
        if ended.returncode == 0:
            return time.monotonic() - began
        code = re.search(r"\b([45]\d\d)\b", ended.stderr)
        return f"gives up ({code[1]})" if code else "gives up"

    def _fresh(self) -> Path:
        self._number += 1
        return self._folder / str(self._number)


def main() -> int:
    given = arguments()
    chosen = [one for one in relays.RELAYS if any(pattern in one.name for pattern in given.only or [""])]
    if given.list:
        print("\n".join(one.name for one in chosen))
        return 0
    if not chosen:
        print("no server is called that; --list names them", file=sys.stderr)
        return 2
    scratch = target() / f"bench-{os.getpid()}"
    scratch.mkdir(parents=True)
    # Postfix's processes run as users of their own and must be able to pass.
    scratch.chmod(0o755)
    try:
        scale = "quick" if given.quick else "default"
        measured, notes, faults = measure(chosen, Setting(scale, given.rounds or (1 if given.quick else 2), "", scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(table(measured, markdown=given.markdown))
    for words in [*notes, *faults]:
        print(words)
    if given.json:
        rows = [dataclasses.asdict(row) for row in measured]
        given.json.write_text(json.dumps({"rows": rows, "notes": notes, "faults": faults}, indent=2) + "\n")
    return 1 if faults else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benches/real", description="Seconds until a real server has a mailing.")
    parser.add_argument("--only", action="append", metavar="PATTERN", help="servers with this in their name")
    parser.add_argument("--list", action="store_true", help="name the servers and end")
    parser.add_argument("--quick", action="store_true", help="60 messages, 1 round")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds near the server (default 2); one far away")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured to FILE")
    return parser.parse_args()


def measure(chosen: list[Relay], setting: Setting) -> tuple[list[Measured], list[str], list[str]]:
    """Near first, then far away; what cannot be had here is named."""
    until = time.monotonic() + WHOLE[setting.scale]
    message = one_message(setting, setting.scratch / "message")
    measured: list[Measured] = []
    notes, faults = [], []
    present = []
    for relay in chosen:
        why = relays.missing(relay, setting.folder(f"missing-{len(notes) + len(present)}") / "relay")
        if why:
            notes.append(f"Left out: {relay.name}: {why}")
        else:
            present.append(relay)
    lines = [(line.LOOPBACK, setting.pick(quick=60, default=300), setting.rounds)]
    with ExitStack() as stack:
        if line.can_be_had():
            lines.append((stack.enter_context(line.far_away(ONE_WAY)), setting.pick(quick=60, default=200), 1))
        else:
            notes.append(f"Left out: {2 * ONE_WAY} ms there and back: a long line needs root")
        for far, messages, rounds in lines:
            for relay in present:
                where = Setting(setting.scale, rounds, "", setting.scratch)
                runs = Runs(where, setting.folder(f"runs-{len(measured)}"), message, far, until, messages)
                try:
                    measured.append(runs.of(relay))
                except Failure as failure:
                    faults.append(f"{relay.name}: {failure}")
                faults += runs.faults
    return measured, notes, faults


def table(measured: list[Measured], *, markdown: bool) -> str:
    """A table for each line."""
    blocks = []
    for name in dict.fromkeys(row.line for row in measured):
        rows = [row for row in measured if row.line == name]
        head = ["server", *OURS, "of best", *PEERS]
        cells = [head, *(_cells(row) for row in rows)]
        title = f"{rows[0].messages} messages over {CONNECTIONS} connections, {name}; seconds"
        blocks += [title, "", *(_markdown(cells) if markdown else _aligned(cells)), ""]
    return "\n".join(blocks)


def _cells(row: Measured) -> list[str]:
    share = row.share_of_best()
    best = "" if share is None else f"{share:.2f}"
    return [row.relay, *map(row.cell, OURS), best, *map(row.cell, PEERS)]


def _aligned(lines: list[list[str]]) -> list[str]:
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths)))
            for line in lines]


def _markdown(lines: list[list[str]]) -> list[str]:
    rule = ["---", *("---:" for _ in lines[0][1:])]
    return ["| " + " | ".join(line) + " |" for line in [lines[0], rule, *lines[1:]]]


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
