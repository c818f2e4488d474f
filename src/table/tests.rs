mod hostile;
mod titles;

use std::sync::Arc;

use super::*;
use crate::campaign::{Problem, RecipientsSource};

fn source(folder: &tempfile::TempDir, bytes: &[u8]) -> RecipientsSource {
    let file = folder.path().join("people.csv");
    std::fs::write(&file, bytes).unwrap();
    RecipientsSource {
        file,
        shown: "people.csv".to_owned(),
        ..RecipientsSource::default()
    }
}

fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let folder = tempfile::tempdir().unwrap();
    let table = Table::open(&source(&folder, bytes)).unwrap();
    table
        .map(|row| match row.unwrap() {
            Ok(row) => (row.number, row.fields),
            Err(fault) => (
                fault.row.number,
                fault.problems.0.into_iter().map(|p| p.what.to_string()).collect(),
            ),
        })
        .collect()
}

fn refused(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    match Table::open(&source(&folder, bytes)) {
        Ok(table) => {
            let mut rows = table.filter_map(Result::err);
            rows.next()
                .map(|e| e.into_problems().to_string())
                .unwrap_or_default()
        }
        Err(e) => e.into_problems().to_string(),
    }
}

fn strings(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_owned()).collect()
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_does_for_every_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "email,name\na@x.test,A\n\n\nb@x.test,\"B\nb\"\nc@x.test,C".replace('\n', end);
        let expected = [
            (2, strings(&["a@x.test", "A"])),
            (5, vec!["b@x.test".to_owned(), format!("B{end}b")]),
            (6, strings(&["c@x.test", "C"])),
        ];
        assert_eq!(rows(text.as_bytes()), expected, "{end:?}");
    }
}

#[test]
fn the_byte_order_mark_is_no_part_of_the_first_column() {
    for text in [
        "\u{feff}email,name\na@x.test,A\n",
        "\u{feff}\"email\",name\na@x.test,A\n",
        "\u{feff}\u{feff}\"email\",name\na@x.test,A\n",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let table = Table::open(&source(&folder, text.as_bytes())).unwrap();
        assert_eq!(table.header().columns, ["email", "name"]);
    }
}

#[test]
fn a_quoted_name_behind_the_byte_order_mark_may_hold_the_delimiter() {
    let folder = tempfile::tempdir().unwrap();
    let text = "\u{feff}\"Name, first\",email\nA,a@x.test\n";
    let table = Table::open(&source(&folder, text.as_bytes())).unwrap();
    assert_eq!(table.header().columns, ["Name, first", "email"]);
    assert!(refused("\u{feff}\"email,name\na@x.test,A\n".as_bytes()).contains("never closed"));
}

#[test]
fn the_delimiter_is_detected_on_quoted_data() {
    for (text, delimiter) in [
        ("email;name\na@x.test;\"Smith, Ada, B, C\"\n", b';'),
        ("email\tname\na@x.test\tSmith; Ada\n", b'\t'),
        ("email,name\na@x.test,\"a;b;c;d\"\nb@x.test,\"a;b;c\"\n", b','),
        ("email\na@x.test\n", b','),
        ("email|name\na@x.test|\"Smith, Ada\"\nb@x.test|B; b\n", b'|'),
        // With the comma, a closing quotation mark is in the middle of a cell.
        ("Last, first;email\n\"Smith, Ada\";a@x.test\n", b';'),
        ("name;score\na@x.test;1,5\nb@x.test;2,25\n", b';'),
        ("Students, autumn\n\nemail;name;no\na@x.test;A, a;1\n", b';'),
        ("to\na@x.test; b@x.test\nc@x.test; d@x.test\n", b','),
    ] {
        assert_eq!(delimiter::detect(text.as_bytes(), 1, b','), delimiter, "{text}");
    }
}

#[test]
fn a_ragged_row_is_a_fault_and_the_rest_goes_on() {
    let got = rows(b"email,name\na@x.test\nb@x.test,B,more\nc@x.test,C,,\n,\nd@x.test,D\n");
    assert_eq!(got[0].1[0], "this row has 1 cell, the header has 2");
    assert_eq!(got[1].1[0], "this row has 3 cells, the header has 2");
    assert_eq!(got[2], (4, strings(&["c@x.test", "C"])));
    assert_eq!(got[3], (6, strings(&["d@x.test", "D"])));
}

#[test]
fn own_columns_are_dropped_on_reading() {
    let got = rows(b"email,mailshot_status,name\na@x.test,rejected,A\n");
    assert_eq!(got, [(2, strings(&["a@x.test", "A"]))]);
}

#[test]
fn columns_without_a_name_of_their_own_are_known_by_their_letter() {
    let folder = tempfile::tempdir().unwrap();
    let text = b"email,,name,name,,\na@x.test,x,A,B,,\n";
    let table = Table::open(&source(&folder, text)).unwrap();
    let header = Arc::clone(table.header());
    assert_eq!(header.columns, ["email", "column_B", "column_C", "column_D"]);
    assert_eq!(header.names, ["email", "", "name", "name"]);
    assert_eq!(header.ambiguous("name"), ["column_C", "column_D"]);
    assert!(header.ambiguous("email").is_empty());
    let rows: Vec<_> = table.map(|row| row.unwrap().unwrap().fields).collect();
    assert_eq!(rows, [strings(&["a@x.test", "x", "A", "B"])]);
}

#[test]
fn what_is_no_table_is_refused_with_the_mend() {
    for (bytes, word) in [
        (
            &b"email,n\xffme\n\xe4\xbd\xa0@x.test,\n"[..],
            "in the header, row 1: this cell is not valid UTF-8",
        ),
        (b"PK\x03\x04....", "workbook"),
        (b"", "is empty"),
    ] {
        let words = refused(bytes);
        assert!(words.contains(word), "{words}");
        assert!(words.contains("hint"), "{words}");
    }
}

#[test]
fn an_unclosed_quote_costs_bounded_memory() {
    let mut text = b"email,name\na@x.test,\"A\n".to_vec();
    while text.len() < LONGEST_AND_MORE {
        text.extend_from_slice(b"b@x.test,B\n");
    }
    let words = refused(&text);
    assert!(words.contains("row 2 is larger than 16 MiB"), "{words}");
}

#[test]
fn a_quotation_mark_too_many_swallows_nobody() {
    for (rows, word) in [
        (
            "a@x.test,A\nb@x.test,\"B\nc@x.test,C\n",
            "row 3 opens a quotation mark",
        ),
        ("a@x.test,A\nb@x.test,\"B", "row 3 opens a quotation mark"),
        // The next mark closes it, two rows later.
        (
            "b@x.test,\"B\nc@x.test,C\nd@x.test,\"D\"\ne@x.test,E\n",
            "row 2 continues after",
        ),
        ("b@x.test,\"B\"\"\nc@x.test,C\n", "row 2 opens a quotation mark"),
    ] {
        let words = refused(format!("email,name\n{rows}").as_bytes());
        assert!(words.contains(word), "{rows}: {words}");
    }
    let fine = "email,name\r\na@x.test,\"A \"\"B\"\"\" \r\n\"b@x.test\",5\" pipe\r\nc@x.test,\"\"\r\nd@x.test,\"\"\"\"";
    let got = rows(fine.as_bytes());
    assert_eq!(got.len(), 4, "{got:?}");
    assert_eq!(got[1].1[1], "5\" pipe");
    assert_eq!(got[3].1[1], "\"");
}

const LONGEST_AND_MORE: usize = records::LONGEST + (1 << 20);

#[test]
fn columns_are_lettered_as_in_a_spreadsheet() {
    assert_eq!(
        [0, 25, 26, 27, 701, 702].map(letter),
        ["A", "Z", "AA", "AB", "ZZ", "AAA"].map(String::from)
    );
}

#[test]
fn where_cr_ends_rows_a_bare_lf_is_a_line_break() {
    let got = rows(b"email|name|note\ra@x.test|A|one\ntwo\r\rb@x.test|B|\rc@x.test|C|x");
    assert_eq!(got[0], (2, strings(&["a@x.test", "A", "one\ntwo"])));
    assert_eq!((got[1].0, got[2].0), (4, 5));
    // Files joined of two kinds: every row is one.
    assert_eq!(
        rows(b"email,name\ra@x.test,A\rb@x.test,B\nc@x.test,C\nd@x.test,D\n").len(),
        4
    );
}

#[test]
fn what_stands_above_the_header_is_no_row_and_counts() {
    for (text, first) in [
        ("sep=;\r\nemail;name\r\na@x.test;A\r\n", 3),
        (
            "\u{feff}sep=|\r\n\r\n# the list; 2026\r\nemail|name\r\na@x.test|A\r\n",
            5,
        ),
        ("\n\n# it's, \"quoted\nemail,name\na@x.test,A\n", 5),
        ("# of, autumn\nemail,name\na@x.test,A\n", 3),
        // A title with an empty row below it.
        ("Students\n\nemail,name\na@x.test,A\n", 4),
        ("Students,\nof the term,\nE-Mail,name\na@x.test,A\n", 4),
    ] {
        let got = rows(text.as_bytes());
        assert_eq!(got, [(first, strings(&["a@x.test", "A"]))], "{text}");
    }
    // Below the header, such a line is a row; and a header may begin so.
    assert_eq!(
        rows(b"email,name\n#a@x.test,A\n"),
        [(2, strings(&["#a@x.test", "A"]))]
    );
    for text in ["#,email\n1,a@x.test\n", "#no,email\n1,a@x.test\n"] {
        assert_eq!(
            rows(text.as_bytes()),
            [(2, strings(&["1", "a@x.test"]))],
            "{text}"
        );
    }
}

#[test]
fn a_delimiter_that_is_named_wins() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = source(&folder, b"sep=;\nemail,name;x\na@x.test,A;x\n");
    source.delimiter = Some(b',');
    let table = Table::open(&source).unwrap();
    assert_eq!(table.header().columns, ["email", "name;x"]);
}

#[test]
fn the_delimiter_is_that_of_the_rows_from_the_header_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = source(&folder, b"a, b, c\nd, e, f\nemail;name\na@x.test;A\nb@x.test;B\n");
    source.header_row = Some(3);
    let table = Table::open(&source).unwrap();
    assert_eq!((table.header().delimiter, table.header().row), (';', Some(3)));
    assert_eq!(table.count(), 2);
}

#[test]
fn a_name_in_tsv_means_tabs() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = source(&folder, b"email\tname, first\na@x.test\tA, a\n");
    source.shown = "people.TSV".to_owned();
    assert_eq!(Table::open(&source).unwrap().header().delimiter, '\t');
}

#[test]
fn a_title_in_doubt_is_asked_about_once() {
    let words = refused(b"Students\n\naddress,name\na@x.test,A\nb@x.test,B\n");
    assert!(words.contains("row 1 looks like a title, and row 3"), "{words}");
    assert!(
        words.contains("write header_row = 3 below [recipients]"),
        "{words}"
    );
    // One column, or a header that names one of several, is not a title.
    assert_eq!(rows(b"to\na@x.test\n").len(), 1);
    assert_eq!(rows(b"email,,\nnot an address,B,\nc@x.test,C,\n").len(), 2);
    assert_eq!(rows(b"address,,\na@x.test,B,\nc@x.test,C,\n").len(), 2);
}

#[test]
fn what_dos_ends_a_file_with_is_blank_alone_and_a_part_of_a_cell_in_front_of_it() {
    let read = rows(b"email\na@example.org\n\x1a\n\x1ab@example.org\n\x1a");
    let expected = [
        (2, strings(&["a@example.org"])),
        (4, strings(&["\u{1a}b@example.org"])),
    ];
    assert_eq!(read, expected);
    let read = rows(b"email\n\"a\x1a\"\n\"\x1a\"\n\"b\x1a\"\x1a\x1a\nc\x1a\x1a");
    let cells: Vec<_> = read.iter().map(|(_, cells)| cells[0].as_str()).collect();
    assert_eq!(cells, ["a\u{1a}", "\u{1a}", "b\u{1a}", "c"]);
}

#[test]
fn octets_that_are_not_text_are_a_fault_of_their_cell() {
    let folder = tempfile::tempdir().unwrap();
    let text = [&b"email,name,city\na@x.test,\xe7\x8e\x8b\xe6\x98\x8e,\xe4\xb8\x8a\xe6\xb5\xb7\nb@x.test,J\xffrgen,K\xffln\n"[..], "c@x.test,王小明,上海\n".as_bytes()].concat();
    let table = Table::open(&source(&folder, &text)).unwrap();
    assert_eq!(table.header().encoding, "UTF-8");
    let rows: Vec<_> = table.map(Result::unwrap).collect();
    assert!(rows[0].is_ok() && rows[2].is_ok());
    let fault = rows[1].as_ref().unwrap_err();
    assert_eq!(
        fault.row.fields,
        strings(&["b@x.test", "J\u{fffd}rgen", "K\u{fffd}ln"])
    );
    let cells = fault
        .problems
        .0
        .iter()
        .map(|p| p.place.as_ref().unwrap().cell.as_ref().unwrap().letter.as_str());
    assert_eq!(cells.collect::<Vec<_>>(), ["B", "C"]);
    assert!(
        fault.problems.0[0]
            .what
            .to_string()
            .contains("is not valid UTF-8")
    );
}
