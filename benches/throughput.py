"""Messages a second over loopback: few connections and many, beside other senders."""

from contextlib import ExitStack
from pathlib import Path

import peers
import servers
from campaign import Campaign, one_message, plain_relay
from comparison import Comparison, Goal, Line, Plan, Side
from process import reads_of
from servers import Sink
from setting import Setting


def one_connection(setting: Setting, stack: ExitStack) -> Plan:
    """Everybody's simplest case, and the only one most senders have.

    Counts are not too small: for a tenth of a second client and server may share a core and answer
    each other five times as fast as later, when the kernel has given each a core of its own.
    """
    folder, sink = setting.folder("one"), stack.enter_context(servers.sink())
    message = one_message(setting, folder / "message")
    count = setting.pick(quick=2_000, default=5_000)
    sides = [
        mailshot(setting, sink, folder, 1, count),
        peers.smtp_source(sink, 1, count),
        peers.smtplib(sink, message, count),
        peers.lettre(setting, sink, message, 1, setting.pick(quick=10, default=50)),
    ]
    lines = sending_lines("1 connection", least=2.0)
    lines += [_beside("1 connection", "smtplib"), _beside("1 connection", "lettre")]
    left_out = []
    if setting.mailmerge.exists():
        sides.append(peers.mailmerge(setting, sink, folder / "mailmerge", setting.pick(quick=50, default=500)))
        lines.append(_beside("1 connection", "mailmerge"))
    else:
        left_out.append("mailmerge: it could not be installed")
    return Plan(sides, lines, left_out=left_out)


def ten_connections(setting: Setting, stack: ExitStack) -> Plan:
    """The case a campaign file most likely asks for."""
    folder, sink = setting.folder("ten"), stack.enter_context(servers.sink())
    message = one_message(setting, folder / "message")
    count = setting.pick(quick=2_000, default=20_000)
    sides = [
        mailshot(setting, sink, folder, 10, count),
        peers.smtp_source(sink, 10, count),
        peers.lettre(setting, sink, message, 10, setting.pick(quick=100, default=600)),
    ]
    lines = sending_lines("10 connections", least=1.0, least_whole=0.7)
    lines.append(_beside("10 connections", "lettre", least=80))
    lines.append(Line("10 connections, by summary.json", "mailshot.summary", "msg/s"))
    return Plan(sides, lines)


def fifty_connections(setting: Setting, stack: ExitStack) -> Plan:
    """More connections than any relay likes."""
    folder, sink = setting.folder("fifty"), stack.enter_context(servers.sink())
    count = setting.pick(quick=2_000, default=20_000)
    sides = [mailshot(setting, sink, folder, 50, count), peers.smtp_source(sink, 50, count)]
    return Plan(sides, sending_lines("50 connections"))


def mailshot(
    setting: Setting, sink: Sink, folder: Path, connections: int, count: int, *, port: int | None = None
) -> Side:
    """The program, from the command line to its exit."""
    campaign = Campaign(setting, folder / "campaign", count, plain_relay(port or sink.port, connections))

    def warm() -> None:
        campaign.send(reads_of(sink.pid), limit=100 * connections)

    return Side("mailshot", lambda: campaign.send(reads_of(sink.pid)).figures(count), warm)


def sending_lines(title: str, *, least: float | None = None, least_whole: float | None = None) -> list[Line]:
    """The sending phase and the whole run beside smtp-source's."""
    return [
        _beside(title, "smtp-source", least=least),
        Line(
            f"{title}, whole run", "mailshot.whole", "msg/s", "smtp-source.whole", "smtp-source",
            Goal(least=least_whole) if least_whole else None,
        ),
    ]


def _beside(title: str, peer: str, *, least: float | None = None) -> Line:
    goal = Goal(least=least) if least else None
    return Line(f"{title}, sending", "mailshot.phase", "msg/s", f"{peer}.phase", peer, goal)


COMPARISONS = [
    Comparison("10 connections", ten_connections),
    Comparison("1 connection", one_connection),
    Comparison("50 connections", fifty_connections),
]
