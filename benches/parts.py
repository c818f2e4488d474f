"""Pictures in the HTML and files of each row's own: messages a second, beside the same octets as one canned message."""

import random
from contextlib import ExitStack
from pathlib import Path

import peers
import servers
from campaign import HTML, Campaign, plain_relay
from comparison import Comparison, Figures, Line, Plan, Side
from process import reads_of
from servers import Sink
from setting import Setting

CONNECTIONS = 10
SIZE = 16 << 10

INLINE = 'inline = { logo = "logo.png" }\n'
OWN = 'attach = [{ path = "letters/{{ number }}.bin", name = "{{ name }}.bin" }]\n'


def inline(setting: Setting, stack: ExitStack) -> Plan:
    """A picture of 16 KiB that everybody's HTML shows."""
    folder, sink = setting.folder("inline"), stack.enter_context(servers.sink())
    campaign = _campaign(setting, sink, folder, INLINE)
    picture = b"\x89PNG\r\n\x1a\n" + random.Random(4711).randbytes(SIZE - 8)
    (campaign.folder / "logo.png").write_bytes(picture)
    html = HTML.replace("<h1>", '<img src="cid:logo" alt="University">\n<h1>')
    (campaign.folder / "notice.html").write_text(html, encoding="utf-8")
    return _plan("inline picture of 16 KiB", campaign, sink)


def own(setting: Setting, stack: ExitStack) -> Plan:
    """A file of 16 KiB of each recipient's own."""
    folder, sink = setting.folder("own"), stack.enter_context(servers.sink())
    campaign = _campaign(setting, sink, folder, OWN)
    letters = campaign.folder / "letters"
    letters.mkdir()
    octets = random.Random(4711)
    for number in range(1, campaign.count + 1):
        (letters / f"{number:08}.bin").write_bytes(octets.randbytes(SIZE))
    return _plan("16 KiB file of each row's own", campaign, sink)


def styles(setting: Setting, stack: ExitStack) -> Plan:
    """A style sheet written into the elements of every message, beside the unchanged HTML."""
    folder = setting.folder("styles")
    count = setting.pick(quick=10_000, default=100_000)
    sides = []
    for name, inlined in [("written", True), ("left", False)]:
        campaign = Campaign(setting, folder / name, count, plain_relay(25, 1), styles=inlined)

        def check(campaign: Campaign = campaign) -> Figures:
            return {"whole": count / campaign.program(["check", campaign.folder]).seconds}

        sides.append(Side(name, check))
    line = Line("check, styles written into elements", "written.whole", "rows/s", "left.whole", "unchanged HTML")
    return Plan(sides, [line])


def _campaign(setting: Setting, sink: Sink, folder: Path, message: str) -> Campaign:
    count = setting.pick(quick=500, default=5_000)
    return Campaign(setting, folder / "campaign", count, plain_relay(sink.port, CONNECTIONS), message=message)


def _plan(title: str, campaign: Campaign, sink: Sink) -> Plan:
    def send(limit: int | None = None) -> Figures:
        return campaign.send(reads_of(sink.pid), limit=limit).figures(limit or campaign.count)

    # What base64 makes of the file, and the rest of the message.
    length = SIZE * 4 // 3 + 6_000
    sides = [
        Side("mailshot", send, lambda: send(20 * CONNECTIONS)),
        peers.smtp_source(sink, CONNECTIONS, campaign.count, length=length),
    ]
    lines = [
        Line(f"{title}, sending", "mailshot.phase", "msg/s", "smtp-source.phase", "smtp-source"),
        Line(f"{title}, whole run", "mailshot.whole", "msg/s", "smtp-source.whole", "smtp-source"),
        Line(f"{title}, octets a message", "mailshot.message", "B"),
    ]
    return Plan(sides, lines)


COMPARISONS = [Comparison("inline picture", inline), Comparison("own attachment", own), Comparison("styles", styles)]
