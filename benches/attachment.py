"""A large attachment that everybody gets: octets a second, and the memory it takes."""

from contextlib import ExitStack

import peers
import servers
from campaign import Campaign, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from process import reads_of
from setting import Setting

SIZE = 1 << 20
ON_THE_WIRE = 1_400_000
"""About what base64 makes of it."""


def shared(setting: Setting, stack: ExitStack) -> Plan:
    folder, sink = setting.folder("attachment"), stack.enter_context(servers.sink())
    count = setting.pick(quick=50, default=500)
    campaign = Campaign(setting, folder / "campaign", count, plain_relay(sink.port, 10), attachment=SIZE)

    def send(limit: int | None = None) -> Figures:
        sent = campaign.send(reads_of(sink.pid), limit=limit)
        return {"octets": sent.run.octets / sent.run.phase / 1e6, "MiB": sent.run.peak / 2**20}

    sides = [
        Side("mailshot", send, lambda: send(20)),
        peers.smtp_source(sink, 10, count, length=ON_THE_WIRE),
    ]
    title = "1 MiB attachment, 10 connections"
    lines = [
        Line(f"{title}, sending", "mailshot.octets", "MB/s", "smtp-source.octets", "smtp-source", Goal(least=0.8)),
        Line(f"{title}, memory", "mailshot.MiB", "MiB", goal=Goal(most=128)),
    ]
    return Plan(sides, lines)


COMPARISONS = [Comparison("attachment", shared)]
