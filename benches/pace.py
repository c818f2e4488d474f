"""Whether a rate is kept: the times of the dots, by the server's clock."""

from contextlib import ExitStack

import servers
from campaign import Campaign, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from setting import Setting

RATE = 50
"""Messages a second."""


def rate(setting: Setting, stack: ExitStack) -> Plan:
    seconds = setting.pick(quick=3, default=10, long=30)
    sink = stack.enter_context(servers.counting_sink(setting))
    relay = f'{plain_relay(sink.port, 20)}\nrate = "{RATE}/s"'
    campaign = Campaign(setting, setting.folder("rate") / "campaign", RATE * seconds, relay)

    def send() -> Figures:
        campaign.send()
        dots = sink.ask()["dots"]
        return {"most": most_in_a_second(dots), "average": (len(dots) - 1) / (dots[-1] - dots[0])}

    title = f'rate "{RATE}/s", 20 connections, {seconds} s'
    lines = [
        Line(f"{title}: most in a second", "mailshot.most", "msg", goal=Goal(most=RATE)),
        Line(f"{title}: average", "mailshot.average", "msg/s", goal=Goal(least=48.5)),
    ]
    return Plan([Side("mailshot", send)], lines, most_rounds=1)


def most_in_a_second(dots: list[float]) -> int:
    """The largest count in any window from a moment, which belongs to it, to a second later, which does not."""
    most = first = 0
    for last, moment in enumerate(dots):
        while dots[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


COMPARISONS = [Comparison("rate", rate)]
