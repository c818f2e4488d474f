mod hostile;

use super::super::{Format, Header, RowFault, Table};
use super::*;

struct File {
    folder: tempfile::TempDir,
    source: RecipientsSource,
}

fn file(name: &str, bytes: impl AsRef<[u8]>) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let source = RecipientsSource {
        file: path,
        shown: name.to_owned(),
        ..RecipientsSource::default()
    };
    File { folder, source }
}

/// Columns; rows by number, a faulty one as its problems.
fn read(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
    let file = file(name, bytes);
    let mut table = Table::open(&file.source).unwrap_or_else(|e| panic!("{}", e.into_problems()));
    let columns = table.header().columns.clone();
    let rows = table.by_ref().map(|row| match row.unwrap() {
        Ok(row) => (row.number, row.fields),
        Err(RowFault { row, problems }) => (
            row.number,
            problems.0.into_iter().map(|p| p.what.to_string()).collect(),
        ),
    });
    let rows = rows.collect();
    let digest = table.digest().unwrap();
    let whole: [u8; 32] = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(
        std::fs::read(&file.source.file).unwrap(),
    ))
    .into();
    assert_eq!(digest, whole);
    drop(file.folder);
    (columns, rows)
}

fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let file = file(name, bytes);
    match Table::open(&file.source) {
        Ok(table) => panic!("read, with {:?}", table.header().columns),
        Err(error) => error.into_problems().to_string(),
    }
}

fn format(name: &str, bytes: impl AsRef<[u8]>) -> Format {
    Table::open(&file(name, bytes).source).unwrap().about().format
}

fn strings(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_owned()).collect()
}

#[test]
fn columns_are_the_keys_in_the_order_in_which_they_appear() {
    let lines = "{\"email\":\"a@x.test\",\"name\":\"A\"}\n\n{\"room\":\"101\",\"email\":\"b@x.test\"}\r\n{}\n{\"x\":1}";
    let (columns, rows) = read("people.jsonl", lines);
    assert_eq!(columns, ["email", "name", "room", "x"]);
    assert_eq!(
        rows,
        [
            (1, strings(&["a@x.test", "A", "", ""])),
            (3, strings(&["b@x.test", "", "101", ""])),
            (5, strings(&["", "", "", "1"])),
        ]
    );
    let list = "[{\"email\":\"a@x.test\",\"name\":\"A\"},{\"room\":\"101\",\"email\":\"b@x.test\"},\n\n{},{\"x\":1}]\n";
    let (same, rows) = read("people.json", list);
    assert_eq!(same, columns);
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 4]);
}

#[test]
fn values_stay_as_they_are_written() {
    let text = r#"{"id": 12345678901234567890, "price": 1.50, "e": 1E5, "yes": true, "no": false, "nothing": null,
        "list": [1, "a b", {"c" : "d \" e"}], "text": "a\n\u738b\ud83d\ude00", "": "nameless"}"#;
    let expected = strings(&[
        "12345678901234567890",
        "1.50",
        "1E5",
        "TRUE",
        "FALSE",
        "",
        r#"[1,"a b",{"c":"d \" e"}]"#,
        "a\n王😀",
        "nameless",
    ]);
    let (columns, rows) = read("people.jsonl", text.replace("\n", " "));
    assert_eq!(columns.last().unwrap(), "column_I");
    assert_eq!(rows, [(1, expected.clone())]);
    assert_eq!(read("people.json", format!("[{text}]")).1, [(1, expected)]);
}

#[test]
fn a_broken_line_is_a_fault_of_its_row_and_the_others_go_on() {
    let lines = [
        r#"{"email": "a@x.test"}"#,
        r#"{"email": nope}"#,
        r#"{"email": "b@x.test","#,
        "[1]",
        r#"{"email": "c@x.test"} {"email": "d@x.test"}"#,
        r#"{"email": "e@x.test", "email": "f@x.test"}"#,
        r#"{"email": "\ud83d"}"#,
        r#"{"王": 1 "x": 2}"#,
        r#"{"email": "g@x.test", "only_here": 1,}"#,
        r#"{"email": "h@x.test"}"#,
    ];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend(b"\n{\"email\": \"\xcd\xf5\"}\n");
    let (columns, rows) = read("people.jsonl", bytes);
    assert_eq!(columns, ["email"]);
    let rows: Vec<String> = rows
        .into_iter()
        .map(|(n, cells)| format!("{n} {}", cells.join("; ")))
        .collect();
    assert_eq!(
        rows,
        [
            "1 a@x.test",
            "2 this line is not JSON: a value is expected (column 11, at `nope}`)",
            "3 this line is not JSON: it ends too early (column 22, at the end)",
            "4 this line is a list, not an object",
            "5 this line is not JSON: something follows after its end (column 23, at `{\"email\": \"d@x.test\"`)",
            "6 this key occurs twice in the object",
            "7 the text of this value is not JSON: a text contains half a character (\\ud800 to \\udfff without the other half)",
            "8 this line is not JSON: it contains an error (expected `,` or `}`) (column 9, at `\"x\": 2}`)",
            "9 this line is not JSON: there is a comma before a closing bracket (column 38, at `}`)",
            "10 h@x.test",
            "11 line 11 is not UTF-8 text, from byte 12 on",
        ]
    );
}

#[test]
fn what_a_file_is_is_told_by_what_it_holds() {
    let object = "{\"email\":\"a@x.test\"}";
    for (name, text, expected) in [
        ("-", format!("{object}\n{object}\n"), Format::JsonLines),
        ("-", format!("\u{feff} \n{object}\n{object}\n"), Format::JsonLines),
        ("people.txt", format!("[{object}, {object}]"), Format::Json),
        ("people.json", format!("{object}\n{object}\n"), Format::JsonLines),
        ("people.json", object.to_owned(), Format::JsonLines),
        (
            "people.csv",
            format!("{{\"broken\n{object}\n{object}"),
            Format::JsonLines,
        ),
        (
            "-",
            format!("{{\"count\": 1, \"data\": [{object}], \"other\": [1, 2], \"more\": {{}}}}"),
            Format::Json,
        ),
        // Bracketed names of a spreadsheet.
        (
            "people.csv",
            "[email],[name]\na@x.test,A\n".to_owned(),
            Format::Text,
        ),
        (
            "people.csv",
            "{email},{name}\na@x.test,A\n".to_owned(),
            Format::Text,
        ),
        ("people.csv", "[1],email\n2,a@x.test\n".to_owned(), Format::Text),
        ("people.csv", "[],email\n2,a@x.test\n".to_owned(), Format::Text),
        ("people.csv", "{},email\n2,a@x.test\n".to_owned(), Format::Text),
        ("people.csv", "[email]\na@x.test\n".to_owned(), Format::Text),
    ] {
        assert_eq!(format(name, &text), expected, "{text}");
    }
}

#[test]
fn a_line_longer_than_what_is_looked_at_first_is_still_a_line() {
    let long = "x".repeat(100_000);
    let line = format!("{{\"email\":\"a@x.test\",\"text\":\"{long}\"}}\n");
    let (columns, rows) = read("-", line.repeat(3));
    assert_eq!(columns, ["email", "text"]);
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3]);
    // The same, as a list in an object.
    let (columns, rows) = read("-", format!("{{\"data\": [{}]}}", [line.as_str(); 3].join(",")));
    assert_eq!((columns.len(), rows.len()), (2, 3));
}

#[test]
fn what_is_no_list_of_objects_says_what_it_is() {
    for (text, words) in [
        ("[]", "this JSON list is empty"),
        ("{\n\"a\": 1\n}", "this JSON object contains no list of objects"),
        ("[1]", "element 1 (line 1, column 2) is a number, not an object"),
        ("[{}]", "the objects of this list are empty"),
        ("7", "this JSON file is neither a list nor an object"),
        (
            "{\"a\":[{\"x\":1}],\"b\":[{\"x\":1},{}]}",
            "several lists: `a` (1 object), `b` (2 objects)",
        ),
        (
            "[{\"email\":\"a@x.test\"},\n {\"email\": oops}]",
            "people.json:2:12",
        ),
        ("[{\"email\":\"a@x.test\"}", "it ends too early"),
        ("[{\"email\":\"a@x.test\"}]\n\n x", "people.json:3:2"),
        ("{\n\"email\":\"a@x.test\"\n}\n{\n}", "jq -c . people.json"),
        ("email,name\na@x.test,A\n", "people.json:1:1"),
        ("", "it ends too early"),
    ] {
        let said = refused("people.json", text);
        assert!(said.contains(words), "{text}\n{said}");
    }
    let said = refused("people.jsonl", "email,name\na@x.test,A\n");
    assert!(said.contains("line 1 is not JSON"), "{said}");
    assert!(refused("people.ndjson", "\n").contains("this file contains no object"));
}

#[test]
fn elements_that_are_no_rows_are_faults_of_theirs() {
    let text = "[\n  {\"email\": \"a@x.test\"},\n  7,\n  {\"email\": \"b@x.test\", \"email\": \"\"}\n]";
    let (_, rows) = read("people.json", text);
    assert_eq!(
        rows,
        [
            (1, strings(&["a@x.test"])),
            (
                2,
                strings(&["element 2 (line 3, column 3) is a number, not an object"])
            ),
            (3, strings(&["this key occurs twice in the object"])),
        ]
    );
}

#[test]
fn utf_16_is_refused_with_what_to_do() {
    let text = "[{\"email\":\"a@x.test\"}]";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        [&[0xff, 0xfe], little.as_slice()].concat(),
        [&[0xfe, 0xff], big.as_slice()].concat(),
        little,
        big,
    ] {
        assert!(refused("people.csv", bytes).contains("JSON files are UTF-8"));
    }
}

#[test]
fn rows_have_a_largest_size() {
    let long = "x".repeat(17 << 20);
    let line = format!("{{\"email\":\"a@x.test\"}}\n{{\"email\":\"{long}\"}}\n");
    assert!(refused("people.jsonl", line).contains("line 2 is larger than 16 MiB"));
    let list = format!("[{{\"email\":\"a@x.test\"}},\n {{\"email\":\"{long}\"}}]");
    assert!(refused("people.json", list).contains("the element at line 2, column 2 is larger than 16 MiB"));
    let many: Vec<String> = (0..17_000).map(|i| format!("\"k{i}\":1")).collect();
    assert!(
        refused("people.jsonl", format!("{{{}}}\n", many.join(",")))
            .contains("more than 16,384 different keys")
    );
}

#[test]
fn settings_of_spreadsheets_are_left_aside_with_a_warning() {
    let mut file = file("people.jsonl", "{\"email\":\"a@x.test\"}");
    file.source.delimiter = Some(b';');
    file.source.header_row = Some(3);
    let table = Table::open(&file.source).unwrap();
    let said: Vec<_> = table
        .about()
        .warnings
        .iter()
        .map(|w| w.what.to_string())
        .collect();
    assert_eq!(
        said,
        [
            "`delimiter` has no effect on this kind of file (JSON, one object a line) and is ignored",
            "`header_row` has no effect on this kind of file (JSON, one object a line) and is ignored"
        ]
    );
    let header: &Header = table.header();
    assert!(header.letter_of(0).is_none() && header.row.is_none());
}

/// Dropping a table that was read in part ends its thread, and so the process may go on.
#[test]
fn a_list_may_be_left_in_the_middle() {
    let object = "{\"email\":\"a@x.test\"},".repeat(10_000);
    let file = file("people.json", format!("[{object}{{}}]"));
    let mut table = Table::open(&file.source).unwrap();
    assert_eq!(table.next().unwrap().unwrap().unwrap().number, 1);
    assert!(table.digest().is_none());
}
