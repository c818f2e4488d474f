"""What every test server does the same way.

A server is a child of one test. It prints one line of JSON on stdout when it
is ready (where it listens, where it keeps what it got), and lives until its
stdin closes: a test that panics, or is killed, closes it without doing
anything. Problems go to stderr in words, with exit code 3 when a program is
not installed: the test may then skip itself. Exit code 4 says that tests/run does
not install it on such a machine: then the test skips itself even where every
test is asked for.
"""

import ctypes
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time

NOT_INSTALLED = 3
NOT_FOR_THIS_MACHINE = 4


def not_installed(words):
    """Ends the server: the machine lacks what it needs."""
    print(words, file=sys.stderr)
    raise SystemExit(NOT_INSTALLED)


def not_for_this_machine(words):
    """Ends the server: the machine lacks what nobody installs for a test."""
    print(words, file=sys.stderr)
    raise SystemExit(NOT_FOR_THIS_MACHINE)


def fail(words):
    """Ends the server: what it needs is there, but it does not work."""
    print(words, file=sys.stderr)
    raise SystemExit(1)


def free_ports(count):
    """Ports of 127.0.0.1 that were free a moment ago.

    They lie below the range the kernel hands out by itself (32768 and up on
    Linux), so no client that connects meanwhile can be given one. Another test may
    still take one first: whoever starts a server on them has to try again.
    """
    found = set()
    while len(found) < count:
        port = random.randrange(15000, 32000)
        if not is_taken(port):
            found.add(port)
    return list(found)


def is_taken(port):
    """Whether somebody listens there, found out without connecting.

    A connection would show in the server's log, and tests count connections.
    With SO_REUSEADDR, binding fails only while another socket listens.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def wait_until(condition, process, seconds):
    """Looks again and again until the condition holds.

    False when the process ended first or the time is over.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if condition():
            return True
        time.sleep(0.01)
    return False


def start(command, **options):
    """Starts a program that ends when this one does, however that ends."""
    if sys.platform == "linux":
        # What the program leaves behind when it ends becomes our child, for stop() to collect.
        pr_set_child_subreaper = 36
        ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, **options)
    process.guard = _guard(process.pid)
    return process


def _guard(pid):
    """A process of its own that ends the program when we die, even by SIGKILL.

    It waits at a pipe: a byte means that all is in order, the end of the pipe
    that we are gone. (Linux's PR_SET_PDEATHSIG does not survive Postfix's
    change of user.) Returns the end to write to.
    """
    ours, end = os.pipe()
    if os.fork():
        os.close(ours)
        return end
    try:
        os.setsid()
        os.close(end)
        for inherited in (0, 1, 2):
            os.close(inherited)
        if not os.read(ours, 1):
            os.kill(pid, signal.SIGTERM)
    finally:
        os._exit(0)


def announce(**facts):
    """The one line of JSON on stdout."""
    print(json.dumps(facts), flush=True)


def until_stdin_closes():
    """Returns when the test is through: stdin at its end, or SIGTERM or SIGINT."""

    def stop(_number, _frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        read_to_the_end_of_stdin()
    except KeyboardInterrupt:
        pass


def read_to_the_end_of_stdin():
    """Blocks until the test closes our stdin."""
    while os.read(0, 4096):
        pass


def stop(process, seconds=10):
    """SIGTERM, a bounded wait, then SIGKILL; and the same wait for its own children."""
    os.write(process.guard, b".")
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.01)
