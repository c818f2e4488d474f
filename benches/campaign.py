"""The campaign that is sent: a notice of about 4 kB, text and HTML, filled in for each recipient."""

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import process
from comparison import Figures
from process import Failure, Run, Watch
from setting import Setting

SENDER = "registrar@uni.example"
FROM = f"Registrar <{SENDER}>"
SUBJECT = "{{ course }} moves to room {{ room }}"

COLUMNS = "email,name,course,teacher,day,hour,old_room,room,seat,group,number"
GIVEN = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Niklaus", "Adele", "Tony"]
FAMILY = ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Allen", "Wirth", "Goldberg"]
COURSES = ["Linear Algebra", "Operating Systems", "Compilers", "Numerics", "Logic & Sets", "Databases"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]

TEXT = """\
Dear {{ name }},

your course {{ course }} with {{ teacher }} moves to another room, for once.

    When:      {{ day }}, {{ hour }} (as always)
    Old room:  {{ old_room }}
    New room:  {{ room }}
    Your seat: {{ seat }}

The projector of {{ old_room }} is being repaired on that day. From the main
entrance take the stairs on the left, walk past the library, and room
{{ room }} is the third door after the reading room. Somebody will stand at the
stairs until a quarter past the hour and show the way.

The reading room is closed to the public while the lecture is on. Bags and
coats can be left at the cloakroom next to the stairs, which is open until six;
{{ room }} has no place for them. There is a lift behind the library's desk for
whoever needs one: ring twice, and the porter comes with the key.

Please bring the exercise sheet of group {{ group }} as usual and put it on the
desk before the lecture begins. Whoever cannot come tells us until the evening
before, at https://uni.example/leave/{{ number }}

Registrar's office
registrar@uni.example, extension 4711

You get this because you are enrolled in {{ course }}, group {{ group }}, with the
number {{ number }}. If that is not so any more, just answer this message.
"""

HTML = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ course }} moves to room {{ room }}</title>
<style>
  body { font-family: sans-serif; color: #222222; margin: 0; padding: 24px; }
  table { border-collapse: collapse; margin: 16px 0; }
  th { text-align: left; padding: 6px 24px 6px 0; font-weight: normal; color: #666666; }
  td { padding: 6px 0; }
  a { color: #8a1c1c; text-decoration: underline; }
  h1 { font-size: 20px; font-weight: bold; margin: 0 0 16px 0; }
  .new { font-weight: bold; color: #8a1c1c; }
  .small { font-size: 12px; color: #888888; border-top: 1px solid #cccccc; padding-top: 12px; }
</style>
</head>
<body>
<h1>{{ course }}: another room on {{ day }}</h1>
<p>Dear {{ name }},</p>
<p>your course <b>{{ course }}</b> with {{ teacher }} moves to another room, for once.</p>
<table>
  <tr><th>When</th><td>{{ day }}, {{ hour }} (as always)</td></tr>
  <tr><th>Old room</th><td>{{ old_room }}</td></tr>
  <tr><th>New room</th><td class="new">{{ room }}</td></tr>
  <tr><th>Your seat</th><td>{{ seat }}</td></tr>
</table>
<p>The projector of {{ old_room }} is being repaired on that day. From the main entrance
take the stairs on the left, walk past the library, and room {{ room }} is the third door
after the reading room. Somebody will stand at the stairs until a quarter past the hour
and show the way.</p>
<p>The reading room is closed to the public while the lecture is on. Bags and coats can be
left at the cloakroom next to the stairs, which is open until six; {{ room }} has no place
for them. There is a lift behind the library's desk for whoever needs one: ring twice, and
the porter comes with the key.</p>
<p>Please bring the exercise sheet of group {{ group }} as usual and put it on the desk
before the lecture begins. Whoever cannot come tells us until the evening before,
<a href="https://uni.example/leave/{{ number }}">on this page</a>.</p>
<p>Questions about the course itself go to {{ teacher }}, best in the office hour on
{{ day }}; questions about rooms and exams to us, by answering this message or in person at
the counter on the ground floor.</p>
<p>Registrar's office<br><a href="mailto:registrar@uni.example">registrar@uni.example</a></p>
<p class="small">You get this because you are enrolled in {{ course }}, group {{ group }}, with
the number {{ number }}. If that is not so any more, just answer this message.</p>
</body>
</html>
"""


def address(number: int) -> str:
    """The address of one recipient."""
    return f"p{number:07}@example.org"


def people(count: int) -> Iterator[str]:
    """The recipients file, line by line."""
    yield COLUMNS + "\n"
    for i in range(1, count + 1):
        name = f"{GIVEN[i % 10]} {FAMILY[i % 9]}"
        course, teacher, day = COURSES[i % 6], f"Prof. {FAMILY[i % 7]}", DAYS[i % 5]
        rooms = f"A{100 + i % 40},C{200 + i % 50}"
        yield f"{address(i)},{name},{course},{teacher},{day},{8 + i % 9}:15,{rooms},{i % 300},{i % 12},{i:08}\n"


@dataclass(frozen=True)
class Sent:
    """One run of `mailshot send`: seen from outside, and its own account."""

    run: Run
    summary: dict

    def figures(self, count: int) -> Figures:
        """Messages a second, octets on the wire for each, and the memory."""
        return {
            "phase": count / self.run.phase,
            "whole": count / self.run.seconds,
            "summary": count / self.summary["send_seconds"],
            "message": self.run.octets / count,
            "MiB": self.run.peak / 2**20,
        }


class Campaign:
    """A campaign's folder, and the program run on it as a user runs it."""

    def __init__(
        self, setting: Setting, folder: Path, count: int, relay: str, *, attachment: int = 0, message: str = "",
        styles: bool = False,
    ) -> None:
        self._setting = setting
        self.folder = folder
        self.count = count
        folder.mkdir(parents=True)
        with (folder / "people.csv").open("w", encoding="utf-8") as file:
            file.writelines(people(count))
        (folder / "notice.txt").write_text(TEXT, encoding="utf-8")
        (folder / "notice.html").write_text(HTML, encoding="utf-8")
        attach = ""
        if attachment:
            (folder / "scan.bin").write_bytes(random.Random(4711).randbytes(attachment))
            attach = 'attach = ["scan.bin"]\n'
        # Peers send the HTML unchanged, and so does the program, except in the row that measures the cost of styles.
        message += "" if styles else "inline_css = false\n"
        (folder / "mailshot.toml").write_text(
            f'[recipients]\nfile = "people.csv"\n\n'
            f'[message]\nfrom = "{FROM}"\nto = "{{{{ name }}}} <{{{{ email }}}}>"\nsubject = "{SUBJECT}"\n'
            f'text = "notice.txt"\nhtml = "notice.html"\n{attach}{message}\n'
            f"[relay.bench]\n{relay}\n{setting.relay}\n",
            encoding="utf-8",
        )

    def send(
        self, watch: Watch | None = None, *, limit: int | None = None, timeout: float = 120,
        environment: dict[str, str] | None = None,
    ) -> Sent:
        """Sends it from the beginning: what an earlier run left behind is removed before."""
        for leftover in [".mailshot", "results", "state"]:
            shutil.rmtree(self.folder / leftover, ignore_errors=True)
        some = ["--limit", limit] if limit else []
        run = self.program(["send", self.folder, "--yes", *some], watch, timeout, environment)
        summary = json.loads((self.folder / "results/summary.json").read_text(encoding="utf-8"))
        accepted, wanted = summary["statuses"]["accepted"], min(limit or self.count, self.count)
        if accepted != wanted:
            raise Failure(f"mailshot send: {accepted} of {wanted} messages were accepted\n{run.stderr}")
        return Sent(run, summary)

    def dry_run(self, output: Path, watch: Watch | None = None, limit: int | None = None) -> Run:
        """Writes the messages as files."""
        some = ["--limit", limit] if limit else []
        return self.program(["send", self.folder, "--dry-run", "--output", output, *some], watch)

    def program(
        self, arguments: list[object], watch: Watch | None = None, timeout: float = 120,
        environment: dict[str, str] | None = None,
    ) -> Run:
        surroundings = {
            "MAILSHOT_STATE": str(self.folder / "state"), "MAILSHOT_CONFIG": str(self.folder / "no-settings"),
            "NO_COLOR": "1", **(environment or {}),
        }
        return process.run(
            [self._setting.program, *arguments],
            watch=watch, cwd=self.folder, environment=surroundings, timeout=timeout,
        )


def plain_relay(port: int, connections: int) -> str:
    """A relay on this machine without TLS."""
    return f'server = "smtp+plain://127.0.0.1:{port}"\nconnections = {connections}'


def one_message(setting: Setting, folder: Path) -> Path:
    """A message of the campaign as a file, for those that send the same one again and again."""
    campaign = Campaign(setting, folder, 1, plain_relay(25, 1))
    campaign.dry_run(folder / "eml")
    (message,) = (folder / "eml").glob("*.eml")
    return message
