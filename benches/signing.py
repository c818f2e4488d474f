"""Signatures: how many a second, beside lettre's own; and what they cost a campaign."""

import json
from contextlib import ExitStack

import process
import servers
from campaign import Campaign, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from process import reads_of
from setting import Setting

CONNECTIONS = 10

DKIM = 'dkim = { domain = "uni.example", selector = "s1", key = { file = "dkim.pem" } }\n'


def signatures(setting: Setting, stack: ExitStack) -> Plan:
    """The signing alone, in one process, in turn for a fifth of a second each."""
    folder = setting.folder("signatures")
    campaign = Campaign(setting, folder / "campaign", 1, plain_relay(25, 1))
    seconds = setting.pick(quick=1, default=3)

    def once() -> Figures:
        command = [setting.tools, "sign", campaign.folder, "--seconds", seconds]
        return json.loads(process.run(command).stdout)

    lines = [
        Line("DKIM, RSA-2048, one core", "sign.rsa", "msg/s", "sign.lettre", "lettre", Goal(least=3.5)),
        Line("DKIM, RSA-2048, all cores", "sign.rsa_all_cores", "msg/s", "sign.rsa", "one core"),
        Line("DKIM, Ed25519, one core", "sign.ed25519", "msg/s", "sign.rsa", "RSA-2048"),
    ]
    return Plan([Side("sign", once)], lines)


def signed_campaign(setting: Setting, stack: ExitStack) -> Plan:
    """A campaign with a signature beside the same without."""
    folder, sink = setting.folder("signed"), stack.enter_context(servers.sink())
    count = setting.pick(quick=2_000, default=20_000)
    relay = plain_relay(sink.port, CONNECTIONS)
    sides = []
    for name, more in [("signed", DKIM), ("unsigned", "")]:
        campaign = Campaign(setting, folder / name, count, relay, message=more)
        if more:
            campaign.program(["dkim", "new", "--domain", "uni.example", "--output", campaign.folder / "dkim.pem"])
        sides.append(_side(name, campaign, sink.pid))
    title = f"signed, {CONNECTIONS} connections"
    lines = [
        Line(f"{title}, sending", "signed.phase", "msg/s", "unsigned.phase", "unsigned"),
        Line(f"{title}, whole run", "signed.whole", "msg/s", "unsigned.whole", "unsigned"),
    ]
    return Plan(sides, lines)


def _side(name: str, campaign: Campaign, server: int) -> Side:
    def send(limit: int | None = None) -> Figures:
        return campaign.send(reads_of(server), limit=limit).figures(limit or campaign.count)

    return Side(name, send, lambda: send(100 * CONNECTIONS))


COMPARISONS = [Comparison("signatures", signatures), Comparison("signed campaign", signed_campaign)]
