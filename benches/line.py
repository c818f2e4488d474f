"""A long line: 127.0.0.1 seen from far away, each packet under way for so long, whatever the machine can do.

It delays packets, not octets that a proxy has read and writes again: connections, acknowledgements and closed
windows are those of the two ends' own kernels, as between two machines. A program that answers in several small
packets waits for acknowledgements over the whole line, which a proxy would hide.

    line.py MILLISECONDS

It needs root and a network name space of the caller's own (`unshare --net`), whose loopback it takes the addresses
from: there the servers live. It makes a second one, in which 127.0.0.1 is reached over the line and nothing else is.
One line of JSON names a process in it, for nsenter(1); the line lives until stdin closes.
"""

import ctypes
import fcntl
import json
import os
import select
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import servers
from process import Failure

NEAR, FAR = "127.0.0.1", "127.0.0.2"
NAME = "line"
TUN = "/dev/net/tun"
OUTSIDE = "MACHINES_NAME_SPACE"
"""The variable in which the caller says from which network name space it came."""

LARGEST = 1 << 16
"""Octets of a packet."""


@dataclass(frozen=True)
class Line:
    """How a program is run at its far end."""

    name: str
    prefix: list[str]


LOOPBACK = Line("no delay", [])


@contextmanager
def far_away(milliseconds: int) -> Iterator[Line]:
    """A line with this many milliseconds each way."""
    if not can_be_had():
        raise Failure("a long line needs root, /dev/net/tun and a network name space of its own")
    process = servers.Talkative([sys.executable, __file__, milliseconds])
    try:
        yield Line(f"{2 * milliseconds} ms there and back", ["nsenter", f"--net=/proc/{process.said['pid']}/ns/net"])
    finally:
        process.close()


def can_be_had() -> bool:
    """Never in the machine's own name space, whose loopback is everybody's."""
    outside = os.environ.get(OUTSIDE)
    own = outside is not None and outside != os.readlink("/proc/self/ns/net")
    return own and os.geteuid() == 0 and os.path.exists(TUN)


def main() -> None:
    near = device(NEAR)
    ip("route", "add", f"{FAR}/32", "dev", NAME, "src", NEAR)
    # The far end's address must not belong to this machine: all of 127 does, by default.
    ip("route", "del", "local", "127.0.0.0/8", "dev", "lo", "table", "local")
    leave_name_space()
    far = device(FAR)
    ip("address", "add", f"{FAR}/32", "dev", NAME)
    ip("route", "add", f"{NEAR}/32", "dev", NAME, "src", FAR)
    print(json.dumps({"pid": os.getpid()}), flush=True)
    carry(near, far, float(sys.argv[1]) / 1000)


def carry(near: int, far: int, delay: float) -> None:
    """Each packet at one end comes out at the other one, so much later, in order."""
    under_way: deque[tuple[float, int, bytes]] = deque()
    while True:
        wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        ready, _, _ = select.select([near, far, 0], [], [], wait)
        if 0 in ready and not os.read(0, LARGEST):
            return
        for end in ready:
            if end != 0:
                under_way.append((time.monotonic() + delay, far if end == near else near, os.read(end, LARGEST)))
        while under_way and under_way[0][0] <= time.monotonic():
            _, end, packet = under_way.popleft()
            os.write(end, packet)


def device(address: str) -> int:
    """An end of the line, in the name space this process is in."""
    set_interface, tun, without_information = 0x400454CA, 0x0001, 0x1000
    end = os.open(TUN, os.O_RDWR)
    fcntl.ioctl(end, set_interface, struct.pack("16sH22x", NAME.encode(), tun | without_information))
    ip("link", "set", NAME, "up", "txqueuelen", "2000")
    for scope in ["all", NAME]:
        # Addresses of loopback on another device.
        setting(scope, "route_localnet", 1)
        setting(scope, "rp_filter", 0)
    return end


def ip(*words: str) -> None:
    """ip(8)."""
    subprocess.run(["ip", *words], check=True, stdin=subprocess.DEVNULL)


def setting(scope: str, name: str, value: int) -> None:
    """One of the kernel's settings of a device."""
    with open(f"/proc/sys/net/ipv4/conf/{scope}/{name}", "w", encoding="ascii") as file:
        file.write(str(value))


def leave_name_space() -> None:
    """From here on this process is in a new network name space."""
    new_net = 0x40000000
    if ctypes.CDLL(None, use_errno=True).unshare(new_net) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


if __name__ == "__main__":
    main()
