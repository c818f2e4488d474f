mod hostile;

use super::*;

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
                fault.problems.0.into_iter().map(|p| p.what).collect(),
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
    ] {
        assert_eq!(delimiter::detect(text.as_bytes()), delimiter, "{text}");
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
fn what_is_not_utf8_text_is_refused_with_the_mend() {
    for (bytes, word) in [
        (
            &b"email,name\na@x.test,\xcd\xf5\n"[..],
            "row 2, cell 2 is not UTF-8",
        ),
        (b"\xff\xfee\0", "UTF-16"),
        (b"PK\x03\x04....", "workbook"),
        (b"", "is empty"),
    ] {
        let words = refused(bytes);
        assert!(words.contains(word), "{words}");
        assert!(words.contains("help"), "{words}");
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
            "row 2 goes on after",
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
