//! Recipients files as spreadsheet programs write them: encodings, delimiters, titles, column names.

use std::collections::BTreeMap;
use std::fs;

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1252};

use crate::support::bench::Bench;

const TO: &str = "to = '{{ name }} <{{ email }}>'";

/// A campaign with these rows, and these lines below `[recipients]` and `[message]`.
fn bench(rows: impl AsRef<[u8]>, recipients: &str, to: &str) -> Bench {
    Bench::new()
        .campaign(&format!(
            "name = 'news'\n[recipients]\nfile = 'people.csv'\n{recipients}\n[message]\nfrom = 'registrar@uni.example'\n\
             {to}\nsubject = 'News'\ntext = 'body.txt'\n"
        ))
        .csv("people.csv", rows)
        .file("body.txt", "Dear {{ name }},\n\nthere is news.\n")
        .env("SOURCE_DATE_EPOCH", "1700000000")
}

/// The messages of a dry run, by file name.
fn messages(bench: &Bench) -> BTreeMap<String, Vec<u8>> {
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview").into_iter();
    files
        .map(|file| {
            let name = file.file_name().expect("a file").to_string_lossy().into_owned();
            (name, fs::read(file).expect("a message"))
        })
        .collect()
}

fn utf_16(text: &str, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    let units = mark.into_iter().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_file_in_any_encoding_makes_the_messages_that_utf_8_makes() {
    let cases: [(&'static Encoding, &str, &str); 5] = [
        (GBK, "GB18030", "王小明"),
        (BIG5, "Big5", "陳美玲"),
        (SHIFT_JIS, "Shift_JIS", "佐藤花子"),
        (EUC_KR, "EUC-KR", "김철수"),
        (WINDOWS_1252, "windows-1252", "Jürgen Groß"),
    ];
    for (encoding, said, name) in cases {
        let rows = format!("email,name\nada@example.org,Ada\nb@example.org,{name}\n");
        let wanted = messages(&bench(&rows, "", TO));
        assert_eq!(wanted.len(), 2);
        let octets = encoding.encode(&rows).0.into_owned();
        let read = bench(&octets, "", TO);
        let note = format!("people.csv: read as {said}; encoding = \"…\" below [recipients] changes that");
        for command in [&["check"][..], &["send", "--dry-run"], &["send", "--sandbox"]] {
            let outcome = read.run(command);
            let lines = outcome.code(0).stderr.matches(&note).count();
            assert_eq!(lines, 1, "{command:?}: {}", outcome.stderr);
        }
        read.run(&["-q", "check"]).code(0).stderr_lacks("read as");
        assert_eq!(messages(&read), wanted, "{said}");
        // Who knows better says so, and needs no note.
        let named = bench(&octets, &format!("encoding = '{}'", encoding.name()), TO);
        named.run(&["check"]).code(0).stderr_lacks("read as");
        assert_eq!(messages(&named), wanted, "{said}");
        for mark in [true, false] {
            let read = bench(utf_16(&rows.replace(',', "\t"), mark), "", TO);
            read.run(&["check"]).code(0).stderr_has("read as UTF-16LE");
            assert_eq!(messages(&read), wanted, "{name} in UTF-16");
        }
    }
    bench("email,name\na@example.org,王\n", "", TO)
        .run(&["check"])
        .code(0)
        .stderr_lacks("read as");
}

#[test]
fn octets_that_mean_nothing_cost_their_rows_alone() {
    let mut rows = b"email,name\nada@example.org,Ada\nwang@example.org,\xcd\xf5\n".to_vec();
    for (i, name) in ["王小明", "李娜", "张伟"].iter().enumerate() {
        rows.extend_from_slice(format!("p{i}@example.org,{name}\n").as_bytes());
    }
    rows.extend_from_slice(b"j\xfcrgen@example.org,J\xfcrgen\nlast@example.org,Last\n");
    let bench = bench(&rows, "", TO);
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("this cell is not valid UTF-8, the encoding of this file")
        .stderr_has("name, cell B3")
        .stderr_has("email, cell A7")
        .stderr_has("name, cell B7")
        .stderr_has("J\u{fffd}rgen")
        .stderr_has("encoding = \"gb18030\" below [recipients]");
    bench.run(&["send", "--dry-run"]).code(2);
    bench.run(&["send", "--dry-run", "--skip-invalid"]).code(1);
    assert_eq!(bench.eml("results/preview").len(), 5);
    bench.run(&["send", "--sandbox", "--skip-invalid"]).code(1);
    let faults = bench.table("results/faults.csv");
    let cells: Vec<_> = faults
        .iter()
        .map(|fault| (fault["row"].as_str(), fault["column"].as_str()))
        .collect();
    assert_eq!(
        cells,
        [("3", "name"), ("7", "email"), ("7", "name")],
        "{faults:?}"
    );
}

#[test]
fn what_a_spreadsheet_program_writes_above_the_header_is_no_row() {
    let wanted = messages(&bench(
        "email,name\n\n\n\na@example.org,A\nb@example.org,\"B, b\"\n",
        "",
        TO,
    ));
    assert_eq!(wanted.len(), 2);
    for (rows, recipients, note) in [
        (
            "sep=;\r\n\r\n# a list\r\nemail;name\r\na@example.org;A\r\nb@example.org;B, b\r\n",
            "",
            "",
        ),
        (
            "\u{feff}sep=|\n\n\nemail|name\na@example.org|A\nb@example.org|B, b\n",
            "",
            "",
        ),
        (
            "Students of the term,\n,\nas of today,\nemail,name\na@example.org,A\nb@example.org,\"B, b\"\n",
            "",
            "people.csv: row 1 is a title, row 4 names the columns",
        ),
        (
            "Students; term\nx\ny\nemail,name\na@example.org,A\nb@example.org,\"B, b\"\n",
            "header_row = 4",
            "",
        ),
    ] {
        let read = bench(rows, recipients, TO);
        let outcome = read.run(&["check"]);
        outcome.code(0).stderr_has(note);
        assert_eq!(messages(&read), wanted, "{rows}");
    }
    // Not certain: said once, and not of every row.
    let rows = "Students of the term\n\nKontakt,name\na@example.org,A\nb@example.org,B\n";
    let to = "to = '{{ Kontakt }}'";
    bench(rows, "", to)
        .run(&["check"])
        .code(2)
        .stderr_has("write header_row = 3 below [recipients]")
        .stderr_lacks("cells");
    bench(rows, "header_row = 3", to).run(&["check"]).code(0);
}

#[test]
fn the_column_of_addresses_is_found_by_its_name() {
    let wanted = messages(&bench("email,name\na@example.org,王\nb@example.org,B\n", "", ""));
    for name in [
        "E-Mail",
        "Mail",
        "EMAIL",
        "电子邮件",
        "邮箱",
        "電子郵件",
        "メール",
        "이메일",
        "Correo electrónico",
    ] {
        let read = bench(
            format!("{name},name\na@example.org,王\nb@example.org,B\n"),
            "",
            "",
        );
        read.run(&["check"]).code(0).stderr_has(&format!(
            "people.csv: messages go to the addresses in column `{name}`; to = \"…\" below [message] changes that"
        ));
        assert_eq!(messages(&read), wanted, "{name}");
    }
    // `email` goes before all others, and what is given before everything.
    let both = "email,name,E-Mail\na@example.org,A,x@example.org\n";
    let usual = bench(both, "", "");
    usual.run(&["check"]).code(0).stderr_lacks("mails go to");
    let given = bench(both, "", "to = \"{{ row['E-Mail'] }}\"");
    given
        .run(&["send", "--dry-run"])
        .code(0)
        .stderr_lacks("mails go to");
    assert!(bench_has(&given, "To: x@example.org"));
    bench("邮箱,name,E-Mail\na@example.org,A,x@example.org\n", "", "")
        .run(&["check"])
        .code(2)
        .stderr_has("several columns of people.csv may contain the addresses: `邮箱`, `E-Mail`")
        .stderr_has("to = \"{{ 邮箱 }}\" or to = \"{{ row['E-Mail'] }}\"");
    bench("Kontakt,name\na@example.org,A\n", "", "")
        .run(&["check"])
        .code(2)
        .stderr_has("no column of people.csv is called `email` or something similar, but `Kontakt` contains addresses")
        .stderr_has("write below [message]: to = \"{{ Kontakt }}\"");
}

fn bench_has(bench: &Bench, text: &str) -> bool {
    messages(bench)
        .values()
        .any(|message| String::from_utf8_lossy(message).contains(text))
}

#[test]
fn a_name_of_two_columns_is_asked_about() {
    let rows = "name,email,phone,email\nA,a@example.org,1,x@example.org\n";
    bench(rows, "", TO)
        .run(&["check"])
        .code(2)
        .stderr_has("two columns are called `email`")
        .stderr_has("write {{ column_B }} or {{ column_D }}");
    bench(rows, "", "to = '{{ column_D }}'").run(&["check"]).code(0);
}

#[test]
fn a_list_of_who_left_may_be_in_any_encoding() {
    let rows = "email,name\na@example.org,A\nb@example.org,B\n";
    let list = "email,姓名\r\nb@example.org,王小明\r\n";
    for octets in [GBK.encode(list).0.into_owned(), utf_16(list, true)] {
        let bench = bench(rows, "suppress = ['left.csv']", TO).file("left.csv", octets);
        let messages = messages(&bench);
        assert_eq!(messages.len(), 1, "{:?}", messages.keys());
    }
}
