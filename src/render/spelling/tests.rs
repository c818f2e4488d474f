use super::*;
use crate::table::Header;

fn header(columns: &[&str]) -> Header {
    let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let mut header = Header::unknown("p.csv");
    header.names.clone_from(&columns);
    header.columns = columns;
    header
}

#[test]
fn places_are_those_of_what_was_written() {
    let text = "a ｛｛ 姓名 ｝｝ b {{ row[“x”] }}c{#d";
    let spelled = spelled(text, false, &header(&["email", "姓名"]));
    assert_eq!(
        spelled.text,
        "a {{ column_B }} b {{ row[\"x\"] }}c{% raw %}{#{% endraw %}d"
    );
    for (new, old) in [
        ("column_B", "姓名"),
        ("\"x\"", "“x”"),
        ("b ", "b "),
        ("{#", "{#"),
        ("d", "d"),
    ] {
        let start = spelled.text.rfind(new).unwrap();
        let span = spelled.changes.original(&(start..start + new.len()));
        assert_eq!(&text[span], old);
    }
}

#[test]
fn a_name_that_the_engine_cannot_take_comes_back() {
    let spelled = spelled("{{ 名 }}", false, &header(&["email"]));
    let name = spelled.text.trim_matches(|c| matches!(c, '{' | '}' | ' '));
    assert!(name.is_ascii());
    assert_eq!(written_name(name), "名");
    assert_eq!(written_name("_under"), "_under");
}

const WORDS: [&[u8]; 36] = [
    b"{{ ",
    b" }}",
    b"{% if ",
    b" %}",
    b"{% endif %}",
    b"{#",
    b"#}",
    b"name",
    b"First Name",
    b"row",
    b".",
    b"[",
    b"]",
    b"\"",
    b"'",
    b"\\",
    b"&quot;",
    b"&nbsp;",
    b"<b>",
    b"</b>",
    b"<style>",
    b"</style>",
    b"{% raw %}",
    b"{% endraw %}",
    b"in",
    b"|",
    b"\n",
    b"- ",
    "姓名".as_bytes(),
    "“".as_bytes(),
    "”".as_bytes(),
    "｛｛".as_bytes(),
    "｝｝".as_bytes(),
    "\u{a0}".as_bytes(),
    "≥".as_bytes(),
    b"}",
];

/// Whatever a template is, its places lie within it, and what has nothing to spell stays.
#[test]
fn whatever_a_template_is_places_lie_at_characters_of_it() {
    let header = header(&["email", "name", "First Name", "姓名", "row", "in"]);
    fuzzing::hold("spelling", &WORDS, |bytes| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut changed = 0;
        for markup in [false, true] {
            let spelled = spelled(&text, markup, &header);
            for (at, c) in spelled.text.char_indices() {
                let span = spelled.changes.original(&(at..at + c.len_utf8()));
                assert!(
                    text.get(span.clone()).is_some(),
                    "{text}\n{}\n{span:?}",
                    spelled.text
                );
            }
            for (_, span) in &spelled.doubts {
                assert!(text.get(span.clone()).is_some(), "{text}");
            }
            changed += usize::from(spelled.text != text);
        }
        let _ = spelled_expression(&text, &header);
        changed
    });
}
