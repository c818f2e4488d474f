"""The peers: other senders, each a side that is seen at the server as mailshot is."""

import sys
from pathlib import Path

import process
from campaign import FROM, HTML, SENDER, SUBJECT, TEXT, address, people
from comparison import Figures, Side
from process import reads_of
from setting import ROOT, Setting
from servers import Sink

LENGTH = 4096
"""Octets of a message's content."""


def smtp_source(sink: Sink, connections: int, count: int, *, port: int | None = None, length: int = LENGTH) -> Side:
    """Postfix's load generator: one canned message, connections kept."""

    def send(messages: int) -> Figures:
        command = [
            "smtp-source", "-d", "-s", connections, "-l", length, "-m", messages,
            "-f", SENDER, "-t", address(1), f"127.0.0.1:{port or sink.port}",
        ]
        run = process.run(command, watch=reads_of(sink.pid))
        return rates(run, messages)

    return Side("smtp-source", lambda: send(count), lambda: send(min(count, 100 * connections)))


def lettre(
    setting: Setting, sink: Sink, message: Path, connections: int, count: int, *, port: int | None = None
) -> Side:
    """lettre's pooled transport, a pool as large as the connections."""

    def send(messages: int) -> Figures:
        command = [
            setting.tools, "pool", "--port", port or sink.port, "--connections", connections,
            "--messages", messages, "--message", message,
        ]
        return rates(process.run(command, watch=reads_of(sink.pid)), messages)

    return Side("lettre", lambda: send(count), lambda: send(connections))


def smtplib(sink: Sink, message: Path, count: int) -> Side:
    """Python's smtplib, one connection."""

    def send(messages: int) -> Figures:
        command = [sys.executable, ROOT / "benches/smtplib_sender.py", sink.port, messages, message]
        return rates(process.run(command, watch=reads_of(sink.pid)), messages)

    return Side("smtplib", lambda: send(count), lambda: send(50))


def mailmerge(setting: Setting, sink: Sink, folder: Path, count: int) -> Side:
    """mailmerge, which connects for each message, with the same templates and rows."""
    folder.mkdir()
    (folder / "mailmerge_server.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {sink.port}\n")
    with (folder / "mailmerge_database.csv").open("w", encoding="utf-8") as file:
        file.writelines(people(count))
    (folder / "mailmerge_template.txt").write_text(
        f"TO: {{{{ name }}}} <{{{{ email }}}}>\nSUBJECT: {SUBJECT}\nFROM: {FROM}\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/alternative; boundary="boundary"\n\n'
        f"--boundary\nContent-Type: text/plain; charset=us-ascii\n\n{TEXT}\n"
        f"--boundary\nContent-Type: text/html; charset=us-ascii\n\n{HTML}\n--boundary--\n",
        encoding="utf-8",
    )

    def send(limit: list[object], messages: int) -> Figures:
        command = [setting.mailmerge, "--no-dry-run", *limit, "--output-format", "text"]
        return rates(process.run(command, watch=reads_of(sink.pid), cwd=folder), messages)

    return Side("mailmerge", lambda: send(["--no-limit"], count), lambda: send(["--limit", 5], 5))


def rates(run: process.Run, messages: int) -> Figures:
    """Messages and octets a second."""
    return {
        "phase": messages / run.phase,
        "whole": messages / run.seconds,
        "octets": run.octets / run.phase / 1e6,
        "message": run.octets / messages,
    }
