"""A program run to its end, measured from outside.

How long a sending phase takes is seen at the server, the same way for every sender: what the
server has read (`rchar` in /proc/PID/io) is looked at every two milliseconds, and the phase is
from when it first grew to when it last did. The server does nothing for it.
"""

import itertools
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

EVERY = 0.002
"""Seconds between two looks."""

PEAK_EVERY = 10
"""Looks from one look at the memory to the next."""

GRACE = 0.05
"""How long a server may still read after the sender has gone."""


class Failure(Exception):
    """A run that did not do what it was to do, in words."""


@dataclass(frozen=True)
class Watch:
    """Whose counter is looked at."""

    pid: int | None
    """`None`: the program's own."""
    counter: str


def reads_of(server: int) -> Watch:
    """What a server reads."""
    return Watch(server, "rchar")


OWN_WRITES = Watch(None, "wchar")


@dataclass(frozen=True)
class Run:
    """What was seen of one run."""

    seconds: float
    """From start to exit."""
    phase: float
    """From the watched counter's first growth to its last."""
    octets: int
    """How much it grew."""
    peak: int
    """The largest resident size, in octets."""
    stdout: str
    stderr: str


class Window:
    """The time during which a counter grows."""

    def __init__(self, pid: int, counter: str) -> None:
        self._io = os.open(f"/proc/{pid}/io", os.O_RDONLY)
        self._label = f"{counter}: ".encode()
        self._last = self._start = self._count()
        self._first_growth = self._last_growth = 0.0

    def look(self) -> None:
        try:
            count = self._count()
        except OSError:  # It has ended.
            return
        if count != self._last:
            self._last_growth = time.perf_counter()
            self._first_growth = self._first_growth or self._last_growth
            self._last = count

    @property
    def seconds(self) -> float:
        return self._last_growth - self._first_growth

    @property
    def growth(self) -> int:
        return self._last - self._start

    def close(self) -> None:
        os.close(self._io)

    def _count(self) -> int:
        _, found, rest = os.pread(self._io, 512, 0).partition(self._label)
        return int(rest.split(b"\n", 1)[0]) if found else self._last


def run(
    command: list[object],
    *,
    watch: Watch | None = None,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
    timeout: float = 120,
) -> Run:
    """Runs a program to its end; a failed one raises what it said."""
    words = [str(word) for word in command]
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        began = time.perf_counter()
        child = subprocess.Popen(
            words, cwd=cwd, env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
        )
        seconds, peak, window = _attend(child, watch, began, timeout)
        said = [_text(stdout), _text(stderr)]
    if child.returncode != 0:
        raise Failure(f"{' '.join(words)}: exit code {child.returncode}\n" + "\n".join(said).strip())
    phase, octets = (window.seconds, window.growth) if window else (seconds, 0)
    return Run(seconds, phase, octets, peak, *said)


class Peak:
    """The largest resident size so far.

    `ru_maxrss` would be exact to the last moment, but it begins with what this process had when
    it forked, which is more than the program itself takes.
    """

    def __init__(self, pid: int) -> None:
        self._status = os.open(f"/proc/{pid}/status", os.O_RDONLY)
        self.octets = 0

    def look(self) -> None:
        try:
            _, found, rest = os.pread(self._status, 4096, 0).partition(b"VmHWM:")
        except OSError:  # It has ended.
            return
        if found:
            self.octets = int(rest.split(maxsplit=1)[0]) * 1024

    def close(self) -> None:
        os.close(self._status)


def _attend(
    child: subprocess.Popen[bytes], watch: Watch | None, began: float, timeout: float
) -> tuple[float, int, Window | None]:
    """Looks until the program has ended; its duration, its peak and the watched window."""
    window = Window(watch.pid or child.pid, watch.counter) if watch else None
    peak = Peak(child.pid)
    try:
        for look in itertools.count():
            ended, status = os.waitpid(child.pid, os.WNOHANG)
            seconds = time.perf_counter() - began
            if ended:
                break
            if seconds > timeout:
                child.kill()
                child.wait()
                raise Failure(f"{child.args}: not done after {timeout:.0f} s")
            if window:
                window.look()
            if look % PEAK_EVERY == 0:
                peak.look()
            time.sleep(EVERY)
        child.returncode = os.waitstatus_to_exitcode(status)
        if window and watch and watch.pid:
            _look_on(window)
        return seconds, peak.octets, window
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        raise
    finally:
        peak.close()
        if window:
            window.close()


def _look_on(window: Window) -> None:
    """What was still under way at the sender's end counts as well."""
    until = time.perf_counter() + GRACE
    while time.perf_counter() < until:
        window.look()
        time.sleep(EVERY)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def say(text: str, *, passing: bool = False) -> None:
    """To a person, on stderr; what is passing only on a terminal."""
    if not sys.stderr.isatty():
        if not passing:
            print(text, file=sys.stderr, flush=True)
        return
    print(f"\r\x1b[K{text}", end="" if passing else "\n", file=sys.stderr, flush=True)
