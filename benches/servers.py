"""The servers of the benchmarks. Each lives as long as the stack it is entered on."""

import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from process import Failure
from setting import ROOT, Setting

sys.path.insert(0, str(ROOT / "tests/servers"))
import serving  # noqa: E402

PATIENCE = 60
"""Seconds in which a server must be ready, or answer."""

FAREWELL = 20
"""Seconds in which it must have ended."""


@dataclass(frozen=True)
class Sink:
    """Postfix's smtp-sink: the fastest way to lose mail."""

    pid: int
    port: int


class Talkative:
    """A server that says in JSON lines how it is, until its stdin closes."""

    def __init__(self, command: list[object]) -> None:
        self._process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            self.said = self._line()
        except BaseException:
            self.close()
            raise

    @property
    def port(self) -> int:
        return self.said["port"]

    def ask(self) -> dict:
        """What it has to report."""
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return self._line()

    def close(self) -> None:
        self._process.stdin.close()
        try:
            self._process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _line(self) -> dict:
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
        line = self._process.stdout.readline() if ready else b""
        if not line:
            self._process.terminate()
            raise Failure(f"{self._process.args[0]} said nothing\n{self._process.stderr.read().decode()}".strip())
        return json.loads(line)



@contextmanager
def sink() -> Iterator[Sink]:
    """smtp-sink on a free port."""
    program = shutil.which("smtp-sink")
    if program is None:
        raise Failure("smtp-sink (of Debian's package postfix) is not installed: tests/run installs it")
    # Started as root it asks who to become.
    become = ["-u", "root"] if os.geteuid() == 0 else []
    for _ in range(5):
        (port,) = serving.free_ports(1)
        command = [program, *become, f"127.0.0.1:{port}", "1000"]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=_end_with_parent
        )
        if serving.wait_until(lambda port=port: serving.is_taken(port), process, 10):
            break
        _stop(process)
    else:
        raise Failure(f"smtp-sink did not start: {' '.join(command)}")
    try:
        yield Sink(process.pid, port)
    finally:
        _stop(process)


@contextmanager
def proxy(setting: Setting, to: int, delay: int) -> Iterator[int]:
    """A line with this many milliseconds each way; yields its near end's port."""
    server = Talkative([setting.tools, "proxy", "--to", to, "--delay", delay])
    try:
        yield server.port
    finally:
        server.close()


@contextmanager
def counting_sink(setting: Setting, trusted: Path | None = None) -> Iterator[Talkative]:
    """Our own sink, which notes when each message was complete; with TLS, `trusted` is written."""
    tls = ["--tls", trusted] if trusted else []
    server = Talkative([setting.tools, "sink", *tls])
    try:
        yield server
    finally:
        server.close()


@contextmanager
def postfix(folder: Path, users: list[str]) -> Iterator[Talkative]:
    """The test suite's Postfix, to which these addresses exist."""
    listed = folder / "users"
    listed.write_text("".join(f"{user}\n" for user in users), encoding="utf-8")
    command = [sys.executable, ROOT / "tests/servers/postfix", "--dir", folder / "postfix", "--users", listed]
    server = Talkative(command)
    try:
        yield server
    finally:
        server.close()


def _end_with_parent() -> None:
    """However the driver ends, the sink ends too (Linux)."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM, 0, 0, 0)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
