use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1251, WINDOWS_1252,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

mod found_again;

/// A file in a folder of its own.
struct Kept {
    _folder: tempfile::TempDir,
    source: RecipientsSource,
}

fn kept(name: &str, octets: &[u8]) -> Kept {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, octets).unwrap();
    Kept {
        source: RecipientsSource {
            file,
            shown: name.to_owned(),
            ..RecipientsSource::default()
        },
        _folder: folder,
    }
}

/// What a pass yields, and why it ended before the file did.
struct Pass {
    index: RowIndex,
    rows: Vec<Yielded>,
    error: Option<String>,
}

fn pass(source: &RecipientsSource, marks: Marks) -> Result<Pass, TableError> {
    let mut table = Table::open(source)?;
    table.marks = marks;
    let (mut rows, mut error) = (Vec::new(), None);
    for row in table.by_ref() {
        match row {
            Ok(row) => rows.push(row),
            Err(met) => error = Some(met.into_problems().to_string()),
        }
    }
    Ok(Pass {
        index: RowIndex::of(&table),
        rows,
        error,
    })
}

impl Pass {
    fn last(&self) -> u64 {
        self.rows.last().map_or(0, number_of)
    }

    /// Holds the row with this number against that of the pass.
    fn hold(&self, number: u64) {
        let expected = self.rows.iter().find(|row| number_of(row) == number);
        match self.index.row(number) {
            Ok(row) => {
                assert_eq!(row.as_ref(), expected, "row {number}");
                assert!(self.error.is_none() || number <= self.last(), "row {number}");
            }
            Err(met) => {
                let met = met.into_problems().to_string();
                assert!(number > self.last(), "row {number}: {met}");
                assert_eq!(Some(met), self.error, "row {number}");
            }
        }
    }

    /// The same for every row, including faulty ones, and without another pass.
    fn hold_all(&self) {
        let known = Arc::clone(&self.index.known.lock().unwrap());
        for number in 1..=self.last() + 3 {
            self.hold(number);
        }
        let still = Arc::clone(&self.index.known.lock().unwrap());
        assert!(self.rows.is_empty() || Arc::ptr_eq(&known, &still));
    }
}

const ENCODINGS: [&Encoding; 13] = [
    UTF_8,
    UTF_16LE,
    UTF_16BE,
    GB18030,
    GBK,
    BIG5,
    SHIFT_JIS,
    EUC_JP,
    EUC_KR,
    ISO_2022_JP,
    WINDOWS_1251,
    WINDOWS_1252,
    encoding_rs::X_USER_DEFINED,
];

/// Stands for octets that are not text, or change how what follows is read.
const STRANGE: char = '\u{e000}';

fn encoded(text: &str, encoding: &'static Encoding, strange: &[u8]) -> Vec<u8> {
    let mut octets = Vec::new();
    for (at, part) in text.split(STRANGE).enumerate() {
        if at > 0 {
            octets.extend_from_slice(strange);
        }
        if encoding == UTF_16LE {
            octets.extend(part.encode_utf16().flat_map(u16::to_le_bytes));
        } else if encoding == UTF_16BE {
            octets.extend(part.encode_utf16().flat_map(u16::to_be_bytes));
        } else {
            octets.extend_from_slice(&encoding.encode(part).0);
        }
    }
    octets
}

/// A row as it is in the file, without its end.
fn line(delimiter: char) -> impl Strategy<Value = String> {
    let cell = select(vec![
        "",
        " ",
        "a@x.test",
        "Ada",
        "王小明",
        "山田 太郎",
        "ﾔﾏﾀﾞ",
        "Jürgen",
        "Юлия",
        "김",
        "😀",
        "¥ and ~ and \\",
        "two\nlines",
        "of\r\ntwo\r",
        "say \"hi\"",
        "a, b; c\td",
        "#1",
        "\u{e000}",
        "x\u{e000}y",
    ]);
    let cell = (cell, any::<bool>()).prop_map(move |(text, quoted)| {
        let plain = !text.contains(['"', '\n', '\r', delimiter]);
        if plain && !quoted {
            text.to_owned()
        } else {
            format!("\"{}\"", text.replace('"', "\"\""))
        }
    });
    let cells = |many| vec(cell.clone(), many).prop_map(move |cells| cells.join(&delimiter.to_string()));
    prop_oneof![
        8 => cells(3..4),
        2 => cells(1..5),
        2 => select(vec!["", "# a comment, or a row", ",,", "\u{feff}a@x.test,A,B"]).prop_map(str::to_owned),
        // A quotation mark too many ends the reading.
        1 => select(vec!["a@x.test,\"A\"B,C", "\u{feff}\"a@x.test\",A,B", "Ada"]).prop_map(str::to_owned),
    ]
}

#[derive(Debug, Clone)]
struct TextCase {
    source: RecipientsSource,
    octets: Vec<u8>,
    stride: u64,
}

fn text_case() -> impl Strategy<Value = TextCase> {
    let delimiter = select(vec![',', ';', '\t', '|']);
    delimiter.prop_flat_map(|delimiter| {
        (
            select(ENCODINGS.to_vec()),
            select(vec![
                "",
                "",
                "sep=DELIMITER\n",
                "# of autumn\n",
                "\n\n",
                "Students of autumn\n\n",
            ]),
            vec(line(delimiter), 0..40),
            select(vec!["\n", "\r\n", "\r", "\r\r\n"]),
            select(vec![
                &b"\xff"[..],
                b"\x81",
                b"\x1b(J",
                b"\x1b$B",
                b"\x1b(I",
                b"\x1b(",
                b"\x81\x30",
                b"\xd8\x00",
            ]),
            select(vec![1, 40, 1000]),
            any::<[bool; 3]>(),
        )
            .prop_map(
                move |(encoding, above, rows, end, strange, stride, [mark, named, ends])| {
                    let between = delimiter.to_string();
                    let header = format!("email{between}name{between}note\n");
                    let mut text = above.replace("DELIMITER", &between) + &header;
                    text.push_str(&rows.join("\n"));
                    if ends {
                        text.push('\n');
                    }
                    let mut text = text.replace('\n', end);
                    if mark {
                        text.insert(0, '\u{feff}');
                    }
                    TextCase {
                        source: RecipientsSource {
                            encoding: named.then_some(encoding.into()),
                            delimiter: named.then_some(u8::try_from(delimiter).unwrap()),
                            ..RecipientsSource::default()
                        },
                        octets: encoded(&text, encoding, strange),
                        stride,
                    }
                },
            )
    })
}

/// An object of a list, or something else where one should be.
fn object() -> impl Strategy<Value = String> {
    select(vec![
        r#"{"email": "a@x.test", "name": "Ada"}"#,
        r#"{ "name" : "王小明",   "email":"b@x.test" }"#,
        r#"{"email":"c@x.test","tags":[1, {"a" : "]},"}]}"#,
        r#"{"email":"d@x.test","email":"e@x.test"}"#,
        r#"{"email":"\ud800"}"#,
        r#"{"score":1.50}"#,
        "{}",
        "17",
        r#""text, [with] {brackets}""#,
        "[1,2]",
        "null",
    ])
    .prop_map(str::to_owned)
}

fn lines_case() -> impl Strategy<Value = (Vec<u8>, u64)> {
    let broken = select(vec![
        "",
        "  ",
        "{",
        "{\"email\":\"a@x.test\"},",
        "not JSON",
        "STRANGE",
    ]);
    let line = prop_oneof![4 => object(), 1 => broken.prop_map(str::to_owned)];
    (
        vec(line, 0..40),
        select(vec!["\n", "\r\n", "\n\n"]),
        select(vec![1, 100]),
        any::<bool>(),
    )
        .prop_map(|(lines, end, stride, mark)| {
            let mark = if mark { "\u{feff}" } else { "" };
            let text = format!("{mark}{{\"email\":\"a@x.test\"}}{end}{}", lines.join(end));
            let parts: Vec<&[u8]> = text.split("STRANGE").map(str::as_bytes).collect();
            (parts.join(&b"\xff{}"[..]), stride)
        })
}

fn list_case() -> impl Strategy<Value = (Vec<u8>, u64)> {
    let around = select(vec![
        ("", ""),
        ("\u{feff} ", "\n"),
        (
            "{\"at\": [1, [2]], \"people\" :",
            ", \"more\": {\"a\":[3]}, \"ids\": [1,2,3]}\n",
        ),
        ("{\n\"people\":\n", "}"),
    ]);
    let between = select(vec![",", ", ", ",\n", "\n  ,\r\n\n"]);
    (vec((object(), between), 0..40), around, select(vec![1, 100])).prop_map(
        |(elements, (above, below), stride)| {
            let elements: String = elements
                .iter()
                .flat_map(|(object, between)| [between, object.as_str()])
                .collect();
            let text = format!("{above}[ {{\"email\":\"a@x.test\"}}{elements}\n]{below}");
            (text.into_bytes(), stride)
        },
    )
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_row_of_text_by_its_number_is_that_of_a_pass(case in text_case()) {
        let mut kept = kept("people.csv", &case.octets);
        kept.source.encoding = case.source.encoding;
        kept.source.delimiter = case.source.delimiter;
        // Whether it is read at all is another test's.
        if let Ok(pass) = pass(&kept.source, Marks::new(case.stride, 16)) {
            pass.hold_all();
        }
    }

    #[test]
    fn a_line_of_json_by_its_number_is_that_of_a_pass((octets, stride) in lines_case()) {
        let kept = kept("people.jsonl", &octets);
        pass(&kept.source, Marks::new(stride, 16)).unwrap().hold_all();
    }

    #[test]
    fn an_element_of_json_by_its_number_is_that_of_a_pass((octets, stride) in list_case()) {
        let kept = kept("people.json", &octets);
        pass(&kept.source, Marks::new(stride, 16)).unwrap().hold_all();
    }
}

/// Decoders begin in the middle only where a buffer of them ended: files larger than that.
#[test]
fn rows_of_large_files_are_found_in_every_encoding() {
    for encoding in ENCODINGS {
        let mut text = "email,name,note\r\n".to_owned();
        for row in 0..4000 {
            let name = ["王小明", "山田 太郎 \u{e000}", "Jürgen", "김 😀", "Юлия"][row % 5];
            // Few rows are so strange that the others can be read.
            let name = if row % 97 == 1 {
                name.to_owned()
            } else {
                name.replace(STRANGE, "")
            };
            text += &format!(
                "p{row}@x.test,{name},\"of two\nlines {}\"\r\n",
                "x".repeat(row % 61)
            );
            if row % 13 == 0 {
                text += "\r\n";
            }
        }
        let strange: &[u8] = if encoding == ISO_2022_JP {
            b"\x1b(J\x5c"
        } else {
            b"\x81\xff"
        };
        let mut kept = kept("people.csv", &encoded(&text, encoding, strange));
        kept.source.encoding = Some(encoding.into());
        let pass = pass(&kept.source, Marks::default()).unwrap();
        assert_eq!(pass.rows.len(), 4000, "{}", encoding.name());
        let marks = pass.index.known.lock().unwrap().marks.clone();
        assert!(
            marks.before(4000).is_some_and(|mark| mark.octet > 1 << 16),
            "{}",
            encoding.name()
        );
        for number in (1..=pass.last() + 1).step_by(37) {
            pass.hold(number);
        }
    }
}
