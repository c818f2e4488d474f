"""A relay that is far away: 50 ms there and back, whatever the machine can do."""

from contextlib import ExitStack

import peers
import servers
from campaign import one_message
from comparison import Comparison, Goal, Line, Plan, Side
from setting import Setting
from throughput import mailshot

CONNECTIONS = 10
ONE_WAY = 25
"""Milliseconds."""

LIMIT = CONNECTIONS / (2 * ONE_WAY / 1000)
"""Messages a second at one round trip for each."""


def far_away(setting: Setting, stack: ExitStack) -> Plan:
    folder, sink = setting.folder("latency"), stack.enter_context(servers.sink())
    port = stack.enter_context(servers.proxy(setting, sink.port, ONE_WAY))
    message = one_message(setting, folder / "message")
    near = mailshot(setting, sink, folder, CONNECTIONS, setting.pick(quick=200, default=2_000, long=4_000), port=port)
    sides = [
        Side("mailshot", lambda: {**near.run(), "limit": LIMIT}),
        peers.smtp_source(sink, CONNECTIONS, setting.pick(quick=50, default=200, long=400), port=port),
        peers.lettre(setting, sink, message, CONNECTIONS, setting.pick(quick=50, default=200, long=400), port=port),
    ]
    # The line sets the time, so there is nothing to warm up.
    sides = [Side(side.name, side.run) for side in sides]
    title, ours = "50 ms round trip, 10 connections", "mailshot.phase"
    lines = [
        Line(title, ours, "msg/s", "mailshot.limit", "one round trip a message", Goal(least=0.85)),
        Line(title, ours, "msg/s", "smtp-source.phase", "smtp-source"),
        Line(title, ours, "msg/s", "lettre.phase", "lettre", Goal(least=4)),
    ]
    return Plan(sides, lines, most_rounds=10 if setting.long else 2)


COMPARISONS = [Comparison("round trip", far_away)]
