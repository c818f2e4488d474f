use super::*;

const WORDS: [&[u8]; 22] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\\",
    b"\n",
    b"\r\n",
    b"\"email\"",
    b"\"a@x.test\"",
    b"null",
    b"true",
    b"-1.50e3",
    b"\\ud83d",
    b"\\u0000",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\x1b[2J",
    "\u{202e}".as_bytes(),
];

/// Whatever a file called .jsonl or .json holds: read as serde_json reads it, or refused.
#[test]
fn whatever_a_file_holds_is_read_as_the_library_reads_it_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    fuzzing::hold("json", &WORDS, |bytes| {
        let mut kinds = Vec::new();
        for name in ["people.jsonl", "people.json", "people"] {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let source = RecipientsSource {
                file: path,
                shown: name.to_owned(),
                ..RecipientsSource::default()
            };
            let kind = |problem: &Problem| -> String {
                assert!(
                    !problem.what.to_string().contains(char::is_control),
                    "{problem:?}"
                );
                let said = problem.to_string();
                assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
                problem
                    .what
                    .to_string()
                    .chars()
                    .filter(char::is_ascii_lowercase)
                    .take(24)
                    .collect()
            };
            let mut table = match Table::open(&source) {
                Ok(table) => table,
                Err(error) => {
                    kinds.extend(error.into_problems().0.iter().map(kind));
                    continue;
                }
            };
            if table.about().format == Format::Text {
                continue;
            }
            let columns = table.header().names.clone();
            let lines: Vec<&[u8]> = bytes
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(bytes)
                .split(|o| *o == b'\n')
                .collect();
            let is_lines = table.about().format == Format::JsonLines;
            let mut last = 0;
            for row in table.by_ref() {
                match row.unwrap() {
                    Ok(row) => {
                        assert!(row.number > last);
                        last = row.number;
                        assert_eq!(row.fields.len(), columns.len());
                        if !is_lines {
                            continue;
                        }
                        let line = lines[usize::try_from(row.number).unwrap() - 1];
                        // What lies deeper in a value is looked at less closely.
                        let line = std::str::from_utf8(line).unwrap();
                        assert!(
                            serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok(),
                            "{line}"
                        );
                        let object: serde_json::Map<String, serde_json::Value> =
                            serde_json::from_str(line).unwrap_or_default();
                        for (key, value) in &object {
                            // Names are trimmed, and may be alike then.
                            let alike = columns.iter().filter(|column| *column == key).count();
                            let named = columns.iter().position(|column| alike == 1 && column == key);
                            if let (Some(at), Some(text)) = (named, value.as_str()) {
                                assert_eq!(row.fields[at], text);
                            }
                        }
                    }
                    Err(fault) => {
                        assert!(fault.row.number > last);
                        last = fault.row.number;
                        kinds.extend(fault.problems.0.iter().map(kind));
                    }
                }
            }
        }
        kinds.sort();
        kinds.dedup();
        kinds
    });
}
