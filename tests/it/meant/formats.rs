//! Cells of workbooks are what the sheet shows, and what it does not show is told.
//!
//! `table/workbook/tests/formats.rs` has thousands of codes; here are those of one list, all the way.

use std::fmt::Write as _;
use std::path::Path;

use super::texts;
use crate::support::bench::Bench;
use crate::support::workbook::{row, sheets, zipped};

const CAMPAIGN: &str = "[recipients]\nfile = 'FILE'\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
to = '{{ email }}'\nsubject = 'Notice'\ntext = 'n.txt'\n";

fn bench(file: &str, octets: impl AsRef<[u8]>, text: &str) -> Bench {
    Bench::new()
        .campaign(&CAMPAIGN.replace("FILE", file))
        .file(file, octets)
        .file("n.txt", text)
}

/// A workbook with one value a row in column B, each in a format of its own: its code, the inside of
/// its `<c>`.
fn formatted(cells: &[(&str, String)]) -> Vec<u8> {
    let escaped = |text: &str| {
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
    };
    let (mut formats, mut styles, mut rows) = (
        String::new(),
        String::new(),
        row(1, &[("A", "email"), ("B", "v")]),
    );
    for (at, (code, inside)) in cells.iter().enumerate() {
        let (id, number) = (164 + at, at + 2);
        let _ = write!(
            formats,
            "<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>",
            escaped(code)
        );
        let _ = write!(styles, "<xf numFmtId=\"{id}\"/>");
        let _ = write!(
            rows,
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>p{number}@example.org</t></is></c><c r=\"B{number}\" s=\"{at}\" {inside}</c></row>"
        );
    }
    let styles = format!(
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
    );
    let sheet = worksheet("", &rows);
    sheets(&[("List", &sheet)], &[("xl/styles.xml", &styles)])
}

fn worksheet(columns: &str, rows: &str) -> String {
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{columns}<sheetData>{rows}</sheetData></worksheet>"
    )
}

#[test]
fn a_cell_is_what_the_sheet_shows_and_calculates_as_what_it_is() {
    let number = |value: f64| format!("><v>{value}</v>");
    let text = |value: &str| format!("t=\"inlineStr\"><is><t>{value}</t></is>");
    let cases = [
        ("d.m.yyyy h:mm", number(46_090.999_999_999_97), "10.3.2026 0:00"),
        ("#,##0,\"K\"", number(1_234_567.0), "1,235K"),
        ("0,\"k\"", number(1_500.0), "2k"),
        ("0.00", number(1.005), "1.01"),
        ("0.00", number(10.155), "10.16"),
        ("0.00", number(150.075), "150.08"),
        ("0.00", number(652.685), "652.69"),
        ("0%", number(0.145), "15%"),
        ("0%", number(0.565), "57%"),
        ("0%", number(0.575), "58%"),
        ("0.0%", number(0.0725), "7.3%"),
        ("[$-407]d. mmmm yyyy", number(46_090.0), "9. März 2026"),
        ("[$-40C]dddd d mmmm yyyy", number(46_090.0), "lundi 9 mars 2026"),
        ("[$-419]d mmmm yyyy", number(46_090.0), "9 марта 2026"),
        ("[$-pl-PL]d mmmm", number(46_090.0), "9 marca"),
        (
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
            number(46_090.0),
            "令和8年3月9日",
        ),
        // The D of D07 asks for the digits of Thai (Microsoft, "Changing Numeral Shapes in Excel").
        ("[$-D07041E]d mmmm yyyy", number(46_090.0), "๙ มีนาคม ๒๕๖๙"),
        ("[$-107041E]d mmmm yyyy", number(46_090.0), "9 มีนาคม 2569"),
        (
            "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
            number(46_090.0),
            "二〇二六年三月九日",
        ),
        ("b2d/m/yyyy", number(46_090.0), "2026-03-09"),
        (";;;", number(5.0), ""),
        (";;;", text("abc"), ""),
        (";;;", "t=\"b\"><v>1</v>".to_owned(), ""),
        ("\"Dr. \"@", text("abc"), "Dr. abc"),
        ("@\"!\"", text("text"), "text!"),
        ("_(@_)", "t=\"str\"><f>A1</f><v>text</v>".to_owned(), "text"),
        ("General", number(1.0 / 3.0), "0.333333333"),
        // Dates that stand in the file as text.
        (
            "yyyy-mm-dd",
            "t=\"d\"><v>2026-03-09T00:00:00.000</v>".to_owned(),
            "2026-03-09",
        ),
        ("d.m.yyyy", "t=\"d\"><v>2026-03-09</v>".to_owned(), "9.3.2026"),
        (
            "d/m/yyyy h:mm",
            "t=\"d\"><v>2026-03-09T18:30:00Z</v>".to_owned(),
            "9/3/2026 18:30",
        ),
        (
            "General",
            "t=\"d\"><v>2026-03-09T00:00:00.000</v>".to_owned(),
            "2026-03-09",
        ),
        ("h:mm", "t=\"d\"><v>18:30:00</v>".to_owned(), "18:30"),
    ];
    let cells = cases.each_ref().map(|(code, inside, _)| (*code, inside.clone()));
    let shows = bench("people.xlsx", formatted(&cells), "[{{ v }}]");
    shows.run(&["check"]).code(0).stderr_has(
        "1 cell (B21) is read as a plain date (year-month-day), because the sheet shows it in a calendar that is not supported here",
    );
    let shown = texts(&shows);
    assert_eq!(shown.len(), cases.len());
    for ((code, inside, expected), shown) in cases.iter().zip(shown) {
        assert_eq!(shown, format!("[{expected}]"), "{code}: {inside}");
    }
    // What is shown and what is calculated with are of one number.
    let dates = [
        (
            "d.m.yyyy h:mm",
            number(46_090.999_999_999_97),
            "10.3.2026 0:00 2026-03-10",
        ),
        ("[$-407]d. mmmm yyyy", number(46_090.0), "9. März 2026 2026-03-09"),
        (
            "d/m/yyyy h:mm",
            "t=\"d\"><v>2026-03-09T18:30:00Z</v>".to_owned(),
            "9/3/2026 18:30 2026-03-09T18:30:00",
        ),
        ("h:mm", "t=\"d\"><v>18:30:00</v>".to_owned(), "18:30 18:30:00"),
        (
            "General",
            "t=\"d\"><v>2026-03-09T00:00:00.000</v>".to_owned(),
            "2026-03-09 2026-03-09",
        ),
    ];
    let cells = dates.each_ref().map(|(code, inside, _)| (*code, inside.clone()));
    let shown = texts(&bench("people.xlsx", formatted(&cells), "{{ v }} {{ v | iso }}"));
    assert_eq!(shown, dates.map(|(_, _, expected)| expected));
}

fn kept(file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    std::fs::read(folder.join(file)).expect("a kept file")
}

/// The cells of one list as LibreOffice saves them in both of the older formats.
#[test]
fn every_kind_of_workbook_shows_the_same() {
    let lines = String::from_utf8(kept("libreoffice.tsv")).expect("text");
    let expected: Vec<&str> = lines.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    // What stands otherwise in a file of LibreOffice: the code that it writes, or what .ods shows.
    let otherwise = ["9 3月 2026", "9/ maaliskuuta 2026", "9 de marzo de 2026"];
    for list in ["formats.xls", "formats.ods"] {
        let bench = bench(list, kept(list), "{{ shown }}{# {{ old }} #}");
        let shown = texts(&bench);
        assert_eq!(shown.len(), expected.len(), "{list}");
        let wrong: Vec<_> = (2..)
            .zip(shown.iter().zip(&expected))
            .filter(|(_, (shown, expected))| {
                shown.trim() != **expected && !otherwise.contains(&shown.as_str())
            })
            // .ods has numbers without an exponent: a narrow column is no reason for one.
            .filter(|(_, (_, expected))| list == "formats.xls" || !expected.contains("E"))
            .collect();
        assert!(wrong.is_empty(), "{list}: {wrong:?}");
        bench
            .run(&["check"])
            .code(0)
            .stderr_has("the column `old` (C) of the sheet \"Sheet\" is hidden, but is read like the others");
    }
}

/// Whoever hid a column may have put another in its place.
#[test]
fn hidden_columns_are_told() {
    let header = row(
        1,
        &[
            ("A", "email"),
            ("B", "name"),
            ("C", "E-Mail"),
            ("D", "x"),
            ("F", "y"),
        ],
    );
    let people = row(
        2,
        &[
            ("A", "old@example.org"),
            ("B", "Ada"),
            ("C", "new@example.org"),
            ("D", "1"),
        ],
    );
    let with = |columns: &str| {
        let sheet = worksheet(&format!("<cols>{columns}</cols>"), &(header.clone() + &people));
        bench(
            "people.xlsx",
            sheets(&[("List", &sheet)], &[]),
            "{{ name }}{{ x }}{{ y }}{{ row['E-Mail'] }}",
        )
    };
    for (columns, told) in [
        (
            "<col min=\"1\" max=\"1\" hidden=\"1\"/>",
            "the column `email` (A) of the sheet \"List\" is hidden, but is read like the others",
        ),
        (
            "<col min=\"1\" max=\"1\" width=\"0\" hidden=\"true\"/><col min=\"4\" max=\"16384\" hidden=\"1\"/>",
            "3 columns of the sheet \"List\" are hidden, but are read like the others: `email` (A), `x` (D), `y` (F)",
        ),
    ] {
        with(columns).run(&["check"]).code(0).stderr_has(told);
        with(columns)
            .run(&["columns", "people.xlsx"])
            .code(0)
            .stderr_has(told);
    }
    for quiet in [
        "<col min=\"1\" max=\"1\" hidden=\"0\"/>",
        // Beyond the names, and where there is none.
        "<col min=\"7\" max=\"16384\" hidden=\"1\"/><col min=\"5\" max=\"5\" hidden=\"1\"/>",
    ] {
        with(quiet).run(&["check"]).code(0).stderr_lacks("hidden");
    }
}

/// What is missing in one sheet may stand in another.
#[test]
fn further_sheets_are_told_where_the_first_has_no_addresses() {
    let text = |cells: &[&[(&str, &str)]]| {
        let rows: String = (1..)
            .zip(cells)
            .map(|(number, cells)| row(number, cells))
            .collect();
        worksheet("", &rows)
    };
    let list = text(&[
        &[("A", "email"), ("B", "name")],
        &[("A", "ada@example.org"), ("B", "Ada")],
    ]);
    for (name, first) in [
        (
            "Read me",
            text(&[
                &[("A", "Course"), ("B", "Updated")],
                &[("A", "Algebra"), ("B", "today")],
            ]),
        ),
        (
            "Export Summary",
            text(&[
                &[("A", "Sheet Name"), ("B", "Table")],
                &[("A", "List"), ("B", "T 1")],
            ]),
        ),
        (
            "说明",
            text(&[
                &[("A", "填写说明"), ("B", "日期")],
                &[("A", "请填写"), ("B", "三月")],
            ]),
        ),
    ] {
        let octets = sheets(&[(name, &first), ("List", &list)], &[]);
        bench("people.xlsx", &octets, "{{ name }}")
            .run(&["check"])
            .code(2)
            .stderr_has(&format!(
                "the sheet \"{name}\" is read; another sheet contains data, too: \"List\""
            ));
        let told = bench("people.xlsx", &octets, "{{ name }}").campaign(
            &CAMPAIGN
                .replace("FILE", "people.xlsx")
                .replace("[message]", "sheet = 'List'\n[message]"),
        );
        told.run(&["check"]).code(0).stderr_lacks("is read;");
    }
}

/// Google Sheets has a box in every row that there is.
#[test]
fn rows_of_unticked_boxes_are_blank_rows_and_said_once() {
    let boxes = |word: &str| {
        let mut people = "email,name,came\nada@example.org,Ada,TRUE\nbob@example.org,Bob,FALSE\n".to_owned();
        people.extend(std::iter::repeat_n(format!(",,{word}\n"), 40));
        super::campaign(people, "{{ name }} {% if came %}came{% endif %}", "")
    };
    for word in ["FALSE", "FALSCH", "false", "FAUX", "ЛОЖЬ", "\"FALSE\""] {
        let bench = boxes(word);
        bench
            .run(&["check"])
            .code(0)
            .stderr_has("40 rows (first: row 4) contain only FALSE and are ignored like empty rows")
            .stderr_has("2 rows checked");
        assert_eq!(texts(&bench).len(), 2);
    }
    let one = super::campaign(
        "email,name,came\nada@example.org,Ada,TRUE\n,,FALSE\n",
        "{{ name }}{{ came }}",
        "",
    );
    one.run(&["check"])
        .code(0)
        .stderr_has("1 row (row 3) contains only FALSE and is ignored like an empty row");
    // Whoever has a name and no address is somebody.
    let named = super::campaign(
        "email,name,came\nada@example.org,Ada,TRUE\n,Bob,FALSE\n",
        "{{ name }}{{ came }}",
        "",
    );
    named.run(&["check"]).code(2).stderr_has("is empty");
}

/// Ctrl-Z behind the last row.
#[test]
fn the_end_mark_of_dos_is_no_row() {
    for people in [
        "email,name\r\nada@example.org,Ada\r\n\u{1a}",
        "email,name\r\nada@example.org,Ada\u{1a}",
        "email,name\r\nada@example.org,\"Ada\"\u{1a}",
        "email,name\r\nada@example.org,Ada\r\n\u{1a}\r\n",
        "email,name\r\nada@example.org,Ada\r\n\u{1a}\u{1a}\u{1a}",
        "email;name\nada@example.org;Ada\n\u{1a}",
    ] {
        let bench = super::campaign(people, "[{{ name }}]", "");
        bench.run(&["check"]).code(0).stderr_has("1 row checked");
        assert_eq!(texts(&bench), ["[Ada]"], "{people:?}");
    }
}

/// A table about the report stands above that of the people.
#[test]
fn the_row_that_names_the_columns_is_found_below_a_report() {
    let zoom = "Attendee Report\nReport Generated:,2026-03-09 10:00\nTopic,Webinar ID,Actual Start Time,Unique Viewers\n\
        Algebra,811 222,2026-03-09 09:00,2\nHost Details\nAttended,User Name,Email,Join Time\n\
        Yes,Host,host@uni.example,09:00\nAttendee Details\nAttended,User Name,Email,Join Time\n\
        Yes,Ada,ada@example.org,09:01\nYes,Bob,bob@example.org,09:02\n";
    let meeting = "Report of the meeting\nTopic,Algebra\nMeeting ID,811 222\nDuration,60\n\
        Participants,2\n\nName,Email,Duration\nAda,ada@example.org,60\nBob,bob@example.org,55\n";
    let told = super::campaign(zoom, "{{ row['Email'] }}", "");
    told.run(&["check"])
        .code(2)
        .stderr_has("row 1 looks like a title, and row 9 like the names of the columns")
        .stderr_has("write header_row = 9 below [recipients]");
    // Where everything above is shorter than the names, and one of them is known.
    let read = super::campaign(meeting, "{{ row['Name'] }} {{ row['Duration'] }}", "").campaign(
        &CAMPAIGN
            .replace("FILE", "people.csv")
            .replace("to = '{{ email }}'\n", ""),
    );
    assert_eq!(texts(&read), ["Ada 60", "Bob 55"]);
}

/// Names of parts as programs of .NET wrote them.
#[test]
fn a_workbook_with_backslashes_in_its_names_is_read() {
    let sheet = worksheet(
        "",
        &(row(1, &[("A", "email"), ("B", "name")]) + &row(2, &[("A", "ada@example.org"), ("B", "Ada")])),
    );
    let octets = sheets(&[("List", &sheet)], &[]);
    let bench = bench("people.xlsx", backslashed(&octets), "[{{ name }}]");
    assert_eq!(texts(&bench), ["[Ada]"]);
}

/// The archive with the names of its parts written so.
fn backslashed(octets: &[u8]) -> Vec<u8> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(octets)).expect("an archive");
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        parts.push((part.name().expect("a name").replace('/', "\\"), text));
    }
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str(), 0))
        .collect();
    zipped(&parts)
}
