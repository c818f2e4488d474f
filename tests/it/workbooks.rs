//! Workbooks: cells as the sheet shows them, which sheet is read, and what is told of one that
//! cannot be.
//!
//! Those of real programs are in tests/fixtures/workbooks, with the script that made them.

mod refused;

use std::path::Path;

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::python;
use crate::support::workbook::{row, xlsx};

/// Octets of memory that reading a workbook within the bounds may take.
const MOST_MEMORY: f64 = 512.0 * 1024.0 * 1024.0;

const NO_STRINGS: (&str, u64) = ("<sst/>", 0);

const CAMPAIGN: &str = "\
[recipients]
file = 'FILE'

[message]
from = 'Registrar <registrar@uni.example>'
to = \"{{ row['电子邮箱'] }}\"
subject = '{{ score }}'
text = 'notice.txt'
";

fn kept(file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/workbooks");
    std::fs::read(folder.join(file)).expect("a kept workbook")
}

/// A bench with this workbook, whatever it is called.
fn file(name: &str, octets: impl AsRef<[u8]>) -> Bench {
    Bench::new().file(name, octets)
}

#[test]
fn cells_are_what_the_sheet_shows_and_calculate_as_what_they_are() {
    let notice = "\
{{ row['学号'] }} {{ fee }} {{ share }} {{ day }} {{ row['日期'] }} {{ at }} {{ moment }} {{ seat }} {{ card }} {{ double }}
{{ (fee * 2) | money }} {{ share * 100 }} {{ seat + 1 }} {{ day | iso }} {{ row['日期'] | date(format='%d.%m.%Y') }}
{{ at | iso }} {{ moment | iso }} {% if active %}active{% else %}gone{% endif %} {% if score > 1 %}passed{% endif %}
";
    for list in ["office.xlsx", "office.ods", "office.xls"] {
        let bench = file(list, kept(list))
            .campaign(&CAMPAIGN.replace("FILE", list))
            .file("notice.txt", notice);
        bench.run(&["send", "--dry-run"]).code(0);
        let Some(messages) = python::read_eml(&bench.eml("results/preview")) else {
            return;
        };
        let text = |message: &Value| message["parts"][0]["text"].as_str().map(str::to_owned);
        let texts: Vec<_> = messages.iter().filter_map(text).collect();
        let expected = [
            "000123 1,234.50 85% 3/9/2026 2026年3月9日 9:05 AM 2026-03-09 14:30 00007 100000000000007 175\n\
             2,469.00 85 8 2026-03-09 09.03.2026\n\
             09:05:00 2026-03-09T14:30:00 active passed\n",
            "000124 0.00 100% 12/31/2026 2026年12月31日 1:30 PM 2026-03-09 14:30 12345 123456789012345 200\n\
             0.00 100 12346 2026-12-31 31.12.2026\n\
             13:30:00 2026-03-09T14:30:00 gone passed\n",
            "000125 -20.00 13% 2/29/2024 2024年2月29日 12:00 AM 2026-03-09 14:30 00042 620000000000000 0.2\n\
             -40.00 12.5 43 2024-02-29 29.02.2024\n\
             00:00:00 2026-03-09T14:30:00 active \n",
        ];
        assert_eq!(texts, expected, "{list}");
    }
}

#[test]
fn the_sheet_is_chosen_by_name_or_number() {
    let bench = file("office.xlsx", kept("office.xlsx"));
    let read = |arguments: &[&str]| {
        let all = [&["columns", "office.xlsx"], arguments].concat();
        bench.run(&all)
    };
    read(&[])
        .code(0)
        .stdout_has("read: 名单; there are also Notes, Old, Empty")
        .stdout_has("row 3 names the columns")
        .stderr_has("the sheet \"名单\" is read; another sheet contains data, too: \"Old\"")
        .stderr_has("the cells O4 to O5 of the sheet \"名单\" are merged: only O4 has their value")
        .stderr_lacks("A1 to E1")
        .stderr_has("1 cell (R5) has no column name above it");
    for old in ["Old", "old ", "3"] {
        read(&["--sheet", old])
            .code(0)
            .stdout_has("read: Old; there are also")
            .stderr_lacks("is read;");
    }
    // Hidden, and asked for.
    read(&["--sheet", "Notes"]).code(0).stdout_has("not the list");
    read(&["--sheet", "Olds"])
        .code(2)
        .stderr_has("office.xlsx has no sheet `Olds`")
        .stderr_has("did you mean \"Old\"?")
        .stderr_has("its sheets are: \"Notes\", \"名单\", \"Old\", \"Empty\"");
    read(&["--sheet", "5"])
        .code(2)
        .stderr_has("office.xlsx has no sheet 5: it has 4 sheets");
    read(&["--sheet", "Empty"])
        .code(2)
        .stderr_has("the recipients file is empty");
}

/// A filter that was left on hides rows; they get mail all the same, unless somebody is told.
#[test]
fn hidden_rows_are_told_in_every_format() {
    for list in ["office.xlsx", "office.ods", "office.xls"] {
        file(list, kept(list))
            .run(&["columns", list])
            .code(0)
            .stdout_has("3 rows; row 3 names the columns")
            .stderr_has("row 6 of the sheet \"名单\" is hidden, but is read like the others")
            .stderr_has("select rows with where = ");
    }
    // What is hidden and empty is nobody, and a hidden column no row.
    let rows: String = (1..=40).map(|i| row(i, &[("A", "email"), ("B", "x")])).collect();
    let hide = |text: &str| text.replacen("<row r=\"3", "<row hidden=\"true\" r=\"3", 11);
    file("people.xlsx", xlsx(&hide(&rows), NO_STRINGS))
        .run(&["columns", "people.xlsx"])
        .code(0)
        .stderr_has("11 rows of the sheet \"List\" are hidden, but are read like the others: 3, 30, 31,")
        .stderr_has("38 and 1 more");
    let empty = row(1, &[("A", "email")]) + "<row r=\"2\" hidden=\"1\"><c r=\"A2\"/></row>";
    file("people.xlsx", xlsx(&empty, NO_STRINGS))
        .run(&["columns", "people.xlsx"])
        .code(0)
        .stderr_lacks("hidden");
}

#[test]
fn a_header_of_two_rows_and_names_with_characters_that_nobody_sees() {
    let rows = [
        row(1, &[("A", "Name"), ("B", "Contact")]),
        row(
            2,
            &[
                ("A", "x"),
                ("B", "\u{feff}e-mail\u{200b}"),
                ("C", "First\u{a0}Name"),
            ],
        ),
        row(
            3,
            &[
                ("A", "Ada"),
                ("B", "\u{202a}ada@example.org\u{202c}"),
                ("C", "Ada"),
            ],
        ),
        "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"B1:C1\"/></mergeCells><sheetData>".to_owned(),
    ];
    let bench = file("people.xlsx", xlsx(&rows.concat(), NO_STRINGS));
    bench
        .run(&["columns", "people.xlsx"])
        .code(0)
        .stdout_has("row 2 names the columns")
        .stderr_lacks("merged");
    bench
        .run(&["columns", "people.xlsx", "--header-row", "1"])
        .code(0)
        .stderr_has("row 1, which names the columns, has merged cells (B1 to C1)")
        .stderr_has("header_row = 2 below [recipients]");
    bench
        .run(&["columns", "people.xlsx", "--header-row", "2"])
        .code(0)
        .stdout_has("{{ row['e-mail'] }}")
        .stdout_has("{{ row['First Name'] }}")
        .stdout_has("addresses ")
        .stderr_lacks("merged");
    // On a list of who is not to be written to, it is the same address.
    bench
        .campaign("[recipients]\nfile = 'people.csv'\nsuppress = ['gone.txt']\n[message]\nfrom = 'a@uni.example'\nsubject = 'x'\ntext = 'notice.txt'\n")
        .file("notice.txt", "x")
        .csv("people.csv", "email\nada@example.org\n")
        .file("gone.txt", "\u{200b}mailto:ada@example.org\n")
        .run(&["check"])
        .code(0)
        .stderr_has("1 suppressed");
}

#[test]
fn a_title_above_the_names_is_told_or_asked_about() {
    let title = |names: [&str; 2]| {
        xlsx(
            &[
                row(2, &[("A", "Students of the autumn term")]),
                row(4, &[("A", names[0]), ("B", names[1])]),
                row(5, &[("A", "ada@example.org"), ("B", "Ada")]),
            ]
            .concat(),
            NO_STRINGS,
        )
    };
    file("people.xlsx", title(["email", "name"]))
        .run(&["columns", "people.xlsx"])
        .code(0)
        .stdout_has("1 row; row 4 names the columns");
    let doubtful = file("people.xlsx", title(["who", "name"]));
    doubtful
        .run(&["columns", "people.xlsx"])
        .code(2)
        .stderr_has("row 2 looks like a title, and row 4 like the names of the columns")
        .stderr_has("write header_row = 4 below [recipients]");
    doubtful
        .run(&["columns", "people.xlsx", "--header-row", "4"])
        .code(0)
        .stdout_has("{{ who }}");
}

#[test]
fn formulas_without_a_value_and_formulas_that_failed_are_told_by_their_cells() {
    file("uncalculated.xlsx", kept("uncalculated.xlsx"))
        .run(&["columns", "uncalculated.xlsx"])
        .code(1)
        .stdout_has("3 rows, 2 of them cannot be read")
        .stderr_has("this cell contains a formula whose value was never calculated")
        .stderr_has("total, cell C2 of sheet Sheet")
        .stderr_has("total, cell C4 of sheet Sheet")
        .stderr_has("open the file in the spreadsheet program and save it there");
    // One whose value is no text at all was calculated.
    let calculated = row(1, &[("A", "email"), ("B", "name")])
        + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>a@example.org</t></is></c>\
           <c r=\"B2\" t=\"str\"><f>IF(1=1,&quot;&quot;)</f><v></v></c></row>";
    file("people.xlsx", xlsx(&calculated, NO_STRINGS))
        .run(&["columns", "people.xlsx"])
        .code(0)
        .stdout_has("1 row; row 1");
    let bench = file("office.xlsx", kept("office.xlsx"))
        .campaign(&CAMPAIGN.replace("FILE", "office.xlsx"))
        .file("notice.txt", "{{ lookup }}\n");
    bench
        .run(&["check"])
        .code(0)
        .stderr_has("warning[formula-error]: the column `lookup` holds an error value")
        .stderr_has("lookup, cell N4 of sheet 名单");
}

/// Charts are parts of their sheet's stream, with numbers of their own.
#[test]
fn a_chart_before_the_list_changes_nothing_in_it() {
    file("charts.xls", kept("charts.xls"))
        .run(&["columns", "charts.xls", "--sheet", "List"])
        .code(0)
        .stdout_has("9.3.2026")
        .stdout_has("50%");
}

#[test]
fn days_are_counted_from_1904_where_the_file_says_so() {
    file("since1904.xlsx", kept("since1904.xlsx"))
        .run(&["columns", "since1904.xlsx"])
        .code(0)
        .stdout_has("2026-03-09");
}
