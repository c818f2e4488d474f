"""What goes nowhere: the check pass and the dry run, each beside the loop anybody would write."""

import itertools
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from xml.sax.saxutils import escape

import process
from campaign import FROM, SUBJECT, Campaign, plain_relay
from comparison import Comparison, Figures, Goal, Line, Plan, Side
from process import OWN_WRITES
from setting import Setting


def check(setting: Setting, stack: ExitStack) -> Plan:
    """Both in one process, which of them goes first changing from round to round."""
    folder = setting.folder("check")
    count = setting.pick(quick=10_000, default=200_000, long=1_000_000)
    campaign = Campaign(setting, folder / "campaign", count, plain_relay(25, 1))
    small = Campaign(setting, folder / "warm-up", 2_000, plain_relay(25, 1))
    order = itertools.cycle([[], ["--bare-first"]])

    def once() -> Figures:
        command = [
            setting.tools, "check", campaign.folder, "--from", FROM, "--subject", SUBJECT,
            "--warm-up", small.folder, *next(order),
        ]
        took = json.loads(process.run(command, timeout=600).stdout)
        return {name: took[name]["rows"] / took[name]["seconds"] for name in ["mailshot", "bare"]}

    title = f"check of {count:,} rows"
    line = Line(title, "check.mailshot", "rows/s", "check.bare", "bare loop", Goal(least=1.5))
    left_out = [] if setting.long else ["check of 1,000,000 rows: --long"]
    return Plan([Side("check", once)], [line], most_rounds=3, left_out=left_out)


def encodings(setting: Setting, stack: ExitStack) -> Plan:
    """The same people, with Chinese names, once in UTF-8 and once as Excel in China writes them."""
    folder = setting.folder("encodings")
    count = setting.pick(quick=10_000, default=200_000, long=1_000_000)
    sides = [_check_of(setting, folder, count, encoding) for encoding in ["GB18030", "UTF-8"]]
    title = f"check of {count:,} rows in GB18030"
    lines = [
        Line(title, "GB18030.check", "rows/s", "UTF-8.check", "UTF-8", Goal(least=0.8)),
        Line(f"{title}, memory", "GB18030.MiB", "MiB", "UTF-8.MiB", "UTF-8", Goal(most=1.25)),
    ]
    left_out = [] if setting.long else ["check of 1,000,000 rows in GB18030: --long"]
    return Plan(sides, lines, most_rounds=5, left_out=left_out)


def workbooks(setting: Setting, stack: ExitStack) -> Plan:
    """The same people as an Excel workbook, their texts shared as Excel writes them."""
    folder = setting.folder("workbooks")
    count = setting.pick(quick=10_000, default=200_000)
    csv, xlsx = (Campaign(setting, folder / kind, count, plain_relay(25, 1)) for kind in ["csv", "xlsx"])
    people = xlsx.folder / "people.csv"
    write_workbook(people.read_text(encoding="utf-8").splitlines(), people)
    sides = [Side("csv", lambda: _checked(csv, count)), Side("xlsx", lambda: _checked(xlsx, count))]
    title = f"check of {count:,} rows of a workbook"
    lines = [
        Line(title, "xlsx.check", "rows/s", "csv.check", "CSV"),
        Line(f"{title}, memory", "xlsx.MiB", "MiB", goal=Goal(most=512)),
    ]
    return Plan(sides, lines, most_rounds=3)


def write_workbook(rows: list[str], path: Path) -> None:
    """Rows of comma-separated cells as an .xlsx, every text once."""
    texts: dict[str, int] = {}
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"

    def relations(*targets: tuple[str, str]) -> str:
        each = (
            f'<Relationship Id="rId{number}" Type="{types}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
        return f'<Relationships xmlns="{package}">{"".join(each)}</Relationships>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
        sheets = '<sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets>'
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{types}">{sheets}</workbook>')
        parts = relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
        book.writestr("xl/_rels/workbook.xml.rels", parts)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for number, row in enumerate(rows, 1):
                cells = (
                    f'<c r="{chr(65 + at)}{number}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'
                    for at, text in enumerate(row.split(","))
                )
                sheet.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')


def _check_of(setting: Setting, folder: Path, count: int, encoding: str) -> Side:
    campaign = Campaign(setting, folder / encoding, count, plain_relay(25, 1))
    people = campaign.folder / "people.csv"
    people.write_text(in_chinese(people.read_text(encoding="utf-8")), encoding=encoding)
    return Side(encoding, lambda: _checked(campaign, count))


def in_chinese(rows: str) -> str:
    """The same rows, of which some have Chinese names."""
    for latin, chinese in [("Ada", "王小明"), ("Alan", "李娜"), ("Grace", "张伟"), ("Prof.", "教授")]:
        rows = rows.replace(f",{latin} ", f",{chinese} ")
    return rows


def _checked(campaign: Campaign, count: int) -> Figures:
    run = campaign.program(["check", campaign.folder])
    return {"check": count / run.seconds, "MiB": run.peak / 2**20}


def dry_run(setting: Setting, stack: ExitStack) -> Plan:
    """The bare loop writes the dry run's files, which it has read beforehand."""
    folder = setting.folder("dry-run")
    count = setting.pick(quick=2_000, default=20_000, long=100_000)
    campaign = Campaign(setting, folder / "campaign", count, plain_relay(25, 1))
    written, outputs = folder / "written", outputs_in(folder)
    campaign.dry_run(written)

    def ours() -> Figures:
        run = campaign.dry_run(next(outputs), OWN_WRITES)
        return {"whole": count / run.seconds, "phase": count / run.phase}

    def bare() -> Figures:
        run = process.run([setting.tools, "files", written, next(outputs)])
        return {"whole": count / json.loads(run.stdout)["seconds"]}

    title = f"dry run of {count:,} rows"
    lines = [
        Line(title, "mailshot.whole", "files/s", "bare.whole", "bare loop", Goal(least=0.7)),
        Line(f"{title}, writing alone", "mailshot.phase", "files/s", "bare.whole", "bare loop"),
    ]
    # Every run's files stay until the end: 6 GB in the long form.
    left_out = [] if setting.long else ["dry run of 100,000 rows: --long"]
    sides = [Side("mailshot", ours), Side("bare", bare)]
    return Plan(sides, lines, most_rounds=3 if setting.long else 5, left_out=left_out)


def outputs_in(folder: Path) -> Iterator[Path]:
    """A new folder for each run, on a disk that has nothing left to write.

    Nothing is removed between the runs: ext4 looks for free space ever longer where many files have
    just been deleted, which makes the next run several times slower.
    """
    for number in itertools.count():
        os.sync()
        yield folder / f"output-{number}"


COMPARISONS = [
    Comparison("check", check),
    Comparison("encodings", encodings),
    Comparison("workbooks", workbooks),
    Comparison("dry run", dry_run),
]
