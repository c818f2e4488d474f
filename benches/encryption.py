"""What TLS costs, at a sink of ours that counts dots with TLS and without; and a real Postfix."""

from contextlib import ExitStack
from pathlib import Path

import servers
from campaign import Campaign, address, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from process import Failure
from servers import Talkative
from setting import Setting

CONNECTIONS = 10


def tls(setting: Setting, stack: ExitStack) -> Plan:
    folder = setting.folder("tls")
    count = setting.pick(quick=2_000, default=20_000)
    authority = folder / "authority.pem"
    encrypted = stack.enter_context(servers.counting_sink(setting, authority))
    plain = stack.enter_context(servers.counting_sink(setting))
    relay = _relay(encrypted.port, authority)
    sides = [
        _side("TLS", Campaign(setting, folder / "encrypted", count, relay), encrypted),
        _side("plain", Campaign(setting, folder / "plain", count, plain_relay(plain.port, CONNECTIONS)), plain),
    ]
    title, goal = "TLS, 10 connections, sending", Goal(least=0.8)
    line = Line(title, "TLS.phase", "msg/s", "plain.phase", "mailshot, no TLS", goal)
    return Plan(sides, [line])


def postfix(setting: Setting, stack: ExitStack) -> Plan:
    """A figure only: the rate is Postfix's."""
    folder = setting.folder("postfix")
    count = setting.pick(quick=100, default=2_000)
    try:
        users = [address(number) for number in range(1, count + 1)]
        relay = stack.enter_context(servers.postfix(folder, users))
    except Failure as failure:
        return Plan([], [], left_out=[f"Postfix with TLS: {failure}"])
    user, password = relay.said["user"], relay.said["password"]
    login = f'\nuser = "{user}"\npassword = {{ env = "BENCH_PASSWORD" }}'
    campaign = Campaign(
        setting, folder / "campaign", count, _relay(relay.said["ports"]["smtps"], Path(relay.said["ca"])) + login
    )

    def send() -> Figures:
        return {"summary": count / campaign.send(environment={"BENCH_PASSWORD": password}).summary["send_seconds"]}

    line = Line("Postfix with TLS, 10 connections", "mailshot.summary", "msg/s")
    return Plan([Side("mailshot", send)], [line], most_rounds=1)


def _side(name: str, campaign: Campaign, sink: Talkative) -> Side:
    def send(limit: int | None = None) -> Figures:
        campaign.send(limit=limit)
        dots = sink.ask()["dots"]
        return {"phase": len(dots) / (dots[-1] - dots[0])}

    return Side(name, send, lambda: send(100 * CONNECTIONS))


def _relay(port: int, authority: Path) -> str:
    return f'server = "smtps://localhost:{port}"\nconnections = {CONNECTIONS}\nca_file = "{authority}"'


COMPARISONS = [Comparison("TLS", tls), Comparison("Postfix", postfix)]
