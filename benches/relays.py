"""Real servers as relays: how each is started, and how what it has taken is counted."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import servers
from campaign import address
from process import Failure
from setting import ROOT, target

SERVERS = ROOT / "tests/servers"

PATIENCE = 20
"""Seconds in which a relay must have dealt with what it took."""


@dataclass(frozen=True)
class Running:
    """A relay that is up."""

    port: int
    _file: Path
    _mark: str

    def kept(self) -> int:
        """How many messages it has dealt with."""
        try:
            text = self._file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return 0
        return sum(self._mark in line for line in text.splitlines())

    def settled(self, before: int, wanted: int) -> int:
        """How many came since, once they are as many as wanted, or no more come."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.kept() - before < wanted:
            time.sleep(0.05)
        return self.kept() - before


@dataclass(frozen=True)
class Relay:
    """A server in one of its forms."""

    name: str
    command: Callable[[Path, int], list[object]]
    """How it is started in a folder, for this many recipients."""
    port: str = "plain"
    counted_in: str = "kept"
    """Which of the files it names has a line for each message."""
    mark: str = ""
    """What that line has in it."""
    anew: bool = False
    """It remembers whom it knows: every sender meets it for the first time."""

    @contextmanager
    def start(self, folder: Path, recipients: int) -> Iterator[Running]:
        """Starts it; it ends with the block."""
        server = servers.Talkative(self.command(folder, recipients))
        try:
            said = server.said
            yield Running(said["ports"][self.port], Path(said[self.counted_in]), self.mark)
        finally:
            server.close()


def _postfix(folder: Path, recipients: int) -> list[object]:
    listed = folder.with_name(folder.name + "-users")
    listed.write_text("".join(f"{address(number)}\n" for number in range(1, recipients + 1)), encoding="utf-8")
    return [sys.executable, SERVERS / "postfix", "--dir", folder, "--users", listed]


def _script(name: str, *more: str) -> Callable[[Path, int], list[object]]:
    return lambda folder, _: [sys.executable, SERVERS / name, "--dir", folder, *more]


def _exim(folder: Path, _: int) -> list[object]:
    return [
        sys.executable, ROOT / "benches/exim.py", "--dir", folder, "--unpacked", exim_unpacked(),
        "--set", "smtp_accept_max_per_connection = 20",
    ]


def exim_unpacked() -> Path:
    """Where benches/real unpacks Exim's packages."""
    return target() / "exim"


DELIVERED = "status=sent"

RELAYS = [
    Relay("Postfix", _postfix, "plain", "log", DELIVERED),
    Relay("Postfix, 3 processes", _postfix, "few", "log", DELIVERED),
    Relay("Postfix, 3 connections a client", _postfix, "counted", "log", DELIVERED),
    Relay("Postfix behind postscreen", _postfix, "screened", "log", DELIVERED, anew=True),
    Relay("Exim, 20 messages a connection", _exim, "plain", "log", " <= "),
    Relay("chasquid", _script("chasquid")),
    Relay("Net::Server::Mail", _script("net_server_mail")),
    Relay("Haraka", _script("haraka", "--level", "warn")),
]


def missing(relay: Relay, folder: Path) -> str | None:
    """Why it cannot be started here; `None` where it can."""
    try:
        with relay.start(folder, 1):
            return None
    except (Failure, subprocess.SubprocessError) as failure:
        return str(failure).splitlines()[-1]
