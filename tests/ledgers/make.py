"""What a version of mailshot leaves behind, kept for those that come after it.

    python3 tests/ledgers/make.py target/debug/mailshot tests/ledgers/version-3

The second argument is a folder that holds `campaign/`. A copy of it is sent,
three mailings of it, to a relay that lives in this script, and what the program
leaves is written beside it: `ledger.sql` (.mailshot/notice.db), `accounts.sql`
(accounts.db), `suppressed.csv` and `unsubscribe.key`. Databases are kept as
SQL, so that a person can read them; the names of this machine are replaced.
Run it with the version that is to be kept, before its tables change, and keep
what it wrote as it is afterwards: a folder is never made anew.
"""

import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PORT = 2525  # The account's name in accounts.sql holds it; tests replace it.
KEY = "07" * 32
BOOT = "a365e0b7-454d-41dd-820b-b22ffb163187"


class Relay:
    """Accepts, refuses, defers, and goes away, by whom a message is for."""

    def __init__(self):
        self.contents = []  # (the first recipient, the content)
        self.deadly = None  # (a recipient, whom to kill when its content is there)
        self.listener = socket.create_server(("127.0.0.1", PORT))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        lines = connection.makefile("rb")
        say = lambda text: connection.sendall(text.encode() + b"\r\n")
        recipients = []
        say("220 relay.example ready")
        while line := lines.readline():
            verb = line.decode().strip()
            if verb.startswith("EHLO"):
                say("250-relay.example\r\n250-PIPELINING\r\n250 8BITMIME")
            elif verb.startswith("MAIL"):
                recipients = []
                say("250 2.1.0 ok")
            elif verb.startswith("RCPT"):
                address = verb.split("<")[1].split(">")[0]
                if address.startswith(("cyd@", "gone@")):
                    say("550 5.1.1 no such user")
                elif address.startswith("dan@"):
                    say("451 4.3.0 try again later")
                else:
                    recipients.append(address)
                    say("250 2.1.5 ok")
            elif verb == "DATA":
                if not recipients:
                    say("554 5.5.1 nobody to send to")
                    continue
                say("354 go on")
                content = b""
                while (line := lines.readline()) not in (b".\r\n", b""):
                    content += line
                who = recipients[0]
                self.contents.append((who, content.decode()))
                if self.deadly and who == self.deadly[0]:
                    self.deadly[1].send_signal(signal.SIGKILL)
                    return
                if who.startswith("bob@"):
                    connection.close()
                    return
                # As Haraka: what comes behind the end of a content is refused.
                select.select([connection], [], [], 0.2)
                say("250 2.0.0 taken")
                connection.setblocking(False)
                behind = lines.peek()
                connection.setblocking(True)
                for _ in range(behind.count(b"\n")):
                    lines.readline()
                    say("503 5.5.1 wait for the reply")
            elif verb == "QUIT":
                say("221 2.0.0 bye")
                break
            else:
                say("250 2.0.0 ok")
        connection.close()


def dump(path):
    """A database as SQL, with what says whose it is; without this machine's names."""
    database = sqlite3.connect(path)
    lines = ["PRAGMA foreign_keys = OFF;", *database.iterdump()]
    for pragma in ("application_id", "user_version"):
        (value,) = database.execute(f"PRAGMA {pragma}").fetchone()
        lines.insert(-1, f"PRAGMA {pragma} = {value};")
    text = "\n".join(lines) + "\n"
    text = text.replace(f"'{socket.gethostname()}'", "'office'")
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return text.replace(boot, BOOT)


def main():
    program, kept = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    relay = Relay()
    with tempfile.TemporaryDirectory() as root:
        root = Path(root)
        state, campaign = root / "state", root / "campaign"
        shutil.copytree(kept / "campaign", campaign)
        state.mkdir()
        (state / "unsubscribe.key").write_text(KEY + "\n")
        environment = {
            "MAILSHOT_STATE": str(state), "MAILSHOT_CONFIG": str(root / "no-settings"),
            "HOME": str(root), "PATH": "/usr/bin:/bin",
        }

        def start(*arguments):
            return subprocess.Popen([program, *arguments], cwd=campaign, env=environment)

        def run(code, *arguments):
            assert start(*arguments).wait() == code, arguments

        people = (campaign / "people.csv").read_text()
        toml = (campaign / "mailshot.toml").read_text()

        # A mailing that was purged; long enough to learn what the relay's pipelining can do.
        (campaign / "mailshot.toml").write_text(toml.replace('group_by = "email"\n', ""))
        (campaign / "notice.txt").write_text("Dear {{ name }}, welcome.\n")
        rows = [f"p{number}@example.org,Person {number},\n" for number in range(1, 21)]
        (campaign / "people.csv").write_text("".join(["email,name,cc\n", *rows]))
        run(0, "send", "--yes")
        run(0, "purge", "--mailing", "1", "--yes")

        # One that is finished: somebody twice, somebody refused, somebody in doubt and settled.
        (campaign / "people.csv").write_text(
            "email,name,cc\nada@example.org,Ada,\nbob@example.org,Bob,\ncyd@example.org,Cyd,\n"
            "ada@example.org,Ada,\nkim@example.org,Kim,\n"
        )
        run(1, "send", "--yes", "--new", "--skip-duplicates")
        run(0, "settle", "bob@example.org", "--sent")
        content = next(content for who, content in relay.contents if who.startswith("kim@"))
        token = re.search(r"leave\?who=([a-z2-7]{26})", content).group(1)
        run(0, "unsubscribe", token, "@spam.test")

        # One that is going on: one run about some, then one that was killed.
        (campaign / "people.csv").write_text(people)
        (campaign / "mailshot.toml").write_text(toml)
        shutil.copy(kept / "campaign" / "notice.txt", campaign)
        choice = ["--yes", "--skip-invalid", "--where", "name != 'Iva'"]
        run(1, "send", "--new", "--limit", "6", *choice)
        killed = start("send", *choice)
        relay.deadly = ("eve@example.org", killed)
        assert killed.wait() == -signal.SIGKILL

        (kept / "ledger.sql").write_text(dump(campaign / ".mailshot" / "notice.db"))
        (kept / "accounts.sql").write_text(dump(state / "accounts.db"))
        for name in ("suppressed.csv", "unsubscribe.key"):
            shutil.copyfile(state / name, kept / name)


if __name__ == "__main__":
    main()
