#!/usr/bin/env python3
"""Lists as programs of ordinary people save them, where that is no UTF-8 text.

    make.py            makes anew the files of lists/ that are named here

Needs openpyxl. What it makes is kept, so the tests need neither.
"""

import datetime
import pathlib

LISTS = pathlib.Path(__file__).parent / "lists"


def text(name, encoding, end, lines):
    (LISTS / name).write_bytes("".join(line + end for line in lines).encode(encoding))


def workbook(name, title, header, rows, formats, more=None):
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    # Two runs make the same file.
    book.properties.created = book.properties.modified = datetime.datetime(2026, 1, 1)
    sheet = book.active
    sheet.title = title
    sheet.append(header)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append(row)
        for column, cell in zip(header, sheet[sheet.max_row]):
            cell.number_format = formats.get(column, "General")
    sheet.freeze_panes = "A2"
    if more:
        more(book)
    book.save(LISTS / name)


# The members of a German club: Excel's "CSV (Trennzeichen-getrennt)".
text("01-verein/Mitglieder.csv", "cp1252", "\r\n", [
    "Mitgl.-Nr.;Anrede;Vorname;Nachname;Geburtsdatum;E-Mail;IBAN;Beitrag;bezahlt;Ehrenmitglied",
    "0017;Frau;Änne;Groß;09.03.1958;aenne@example.org;DE02 1203 0000 0000 2020 51;60,00 €;ja;nein",
    "0042;Herr;Jürgen;Müller-Lüdenscheidt;24.12.1980;juergen@example.org;DE02 5001 0517 0137 0750 30;60,00 €;nein;nein",
    "0105;Frau;Şükran;Nein;01.07.2001;suekran@example.org;DE02100500000054540402;30,00 €;nein;ja".replace("Ş", "S"),
    "0106;Herr;Jörg;\"Weiß; von\";31.01.1999;joerg@example.org;DE02300209000106531065;30,00 €;ja;nein",
])

# A class list of a Chinese school, saved by WPS as CSV.
text("02-banji/成绩单.csv", "gbk", "\r\n", [
    "学号,姓名,班级,电子邮箱,平时成绩,期末成绩,是否补考,备注",
    "2025100101,王小明（张三）,计科2501班,wangxiaoming@example.org,85,91,否,",
    "2025100102,欧阳雪,计科2501班,ouyangxue@example.org,60,48,是,带学生证！",
    "2025100103,无名,软件2502班,wuming@example.org,72.5,66,否,①交作业 ②签到",
    "2025100104,阿依古丽·买买提,软件2502班,ayguli@example.org,90,99,否,—",
])

# A Japanese list of people who come, or not.
text("09-shusseki/出席者.csv", "cp932", "\r\n", [
    "番号,氏名,フリガナ,メールアドレス,部署,出席,備考",
    "1,田中 太郎,タナカ タロウ,tanaka@example.org,営業①課,はい,",
    "2,髙橋 花子,タカハシ ハナコ,takahashi@example.org,総務部,いいえ,欠席します。",
    "3,ソ・ジソプ,ソ ジソプ,seo@example.org,㈱表 開発部,はい,車椅子・通訳",
])

# A US school's list of what is owed.
workbook("10-school/Fees.xlsx", "Fees 2026", [
    "Student", "Parent", "Email", "Phone", "ZIP", "Apt", "Course", "Note", "Fee", "Due", "Paid", "Discount",
], [
    ["Ada", "Mr. O'Neil", "oneil@example.org", "(555) 010-0199", 1234, "#2", "C# 101", "R&D club 🚀", 1250, datetime.date(2026, 3, 9), False, 0.5],
    ["Bo", "Ms. Null", "null@example.org", "+1 555 010 0142", 90210, "4B", "Art, History", "50% off!", 89.5, datetime.date(2026, 4, 1), True, 0],
    ["Cy", "Dr. True", "true@example.org", "555-010-0123", 501, "#10", "A&P II", None, 0, datetime.date(2026, 12, 24), True, 0.125],
], {"ZIP": "00000", "Fee": "$#,##0.00", "Due": "mmmm d, yyyy", "Discount": "0%"})


def notes(book):
    book.create_sheet("Tabelle2")
    hidden = book.create_sheet("Auswahl")
    hidden.append(["ja"])
    hidden.append(["nein"])
    hidden.sheet_state = "hidden"


# Offers of an Austrian craftsman, with prices and dates as his Excel shows them.
workbook("12-angebote/Angebote.xlsx", "Angebote", [
    "Firma", "Ansprechpartner", "Mail", "Netto", "USt", "Termin", "Uhrzeit", "Anfahrt km", "Art.-Nr.",
], [
    ["Bäckerei Süß & Söhne", "Frau Ida Süß", "ida@example.org", 1234.5, 0.2, datetime.date(2026, 3, 9), datetime.time(9, 30), 12.5, "007-A"],
    ["ÖAMTC-Tankstelle", "Herr No", "no@example.org", 89, 0.2, datetime.date(2026, 5, 1), datetime.time(14, 0), 3, "1E5"],
    ["Café Größenwahn", "Team", "team@example.org", 1050000.005, 0.1, datetime.date(2027, 1, 15), datetime.time(8, 5), 140, "#12"],
], {
    "Netto": '#,##0.00\\ "€"', "USt": "0%", "Termin": "[$-407]d. mmmm yyyy", "Uhrzeit": "hh:mm",
    "Anfahrt km": '0.0" km"', "Art.-Nr.": "@",
}, notes)
