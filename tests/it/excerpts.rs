//! The line of a row that is shown under a finding: the file's own, with the caret at its cell.

use encoding_rs::{GB18030, UTF_16LE};

use crate::support::bench::Bench;
#[cfg(unix)]
use crate::support::terminal::at_a_terminal_of;

/// A campaign for this file, that calculates with `fee`.
fn bench(people: impl AsRef<[u8]>, recipients: &str) -> Bench {
    Bench::new()
        .campaign(&format!(
            "[recipients]\nfile = 'people.csv'\n{recipients}\n\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
             to = '{{{{ email }}}}'\nsubject = 'Your fee'\ntext = 'notice.txt'\n"
        ))
        .csv("people.csv", people)
        .file("notice.txt", "{% for r in rows %}{{ r.fee + 1 }}{% endfor %}\n")
}

/// What is shown of a row: its place, its line and its carets.
fn shown(place: &str, line: &str, carets: &str, label: &str) -> String {
    let row = place.split(':').nth(1).unwrap_or_default();
    let blank = " ".repeat(row.len());
    let label = if label.is_empty() {
        String::new()
    } else {
        format!(" {label}")
    };
    format!("{blank}--> {place}\n{blank} |\n{row} | {line}\n{blank} | {carets}{label}\n")
}

#[test]
fn a_row_is_shown_as_the_file_has_it() {
    for (people, recipients, expected) in [
        // Quotation marks that the cell needs, and others.
        (
            "email,fee\nbob@example.org,\"1,234.50\"\n",
            "",
            shown(
                "people.csv:2:17",
                "bob@example.org,\"1,234.50\"",
                "                ^^^^^^^^^^",
                "fee, cell B2",
            ),
        ),
        (
            "\"email\",\"name\",\"fee\"\r\n\"bob@example.org\",\"Bob \"\"B\"\", Jr.\",\"n/a\"\r\n",
            "",
            shown(
                "people.csv:2:36",
                "\"bob@example.org\",\"Bob \"\"B\"\", Jr.\",\"n/a\"",
                "                                   ^^^^^",
                "fee, cell C2",
            ),
        ),
        // Cells too many, and too few.
        (
            "email,fee\nbob@example.org,\"1\",234.50\n",
            "",
            shown(
                "people.csv:2:1",
                "bob@example.org,\"1\",234.50",
                "^^^^^^^^^^^^^^^^^^^^^^^^^^",
                "",
            ),
        ),
        (
            "email,fee,note\nbob@example.org,\"1\"\n",
            "",
            shown(
                "people.csv:2:1",
                "bob@example.org,\"1\"",
                "^^^^^^^^^^^^^^^^^^^",
                "",
            ),
        ),
        // A row of several lines is shown on one.
        (
            "email,note,fee\nbob@example.org,\"two\nlines\",n/a\n",
            "",
            shown(
                "people.csv:2:29",
                "bob@example.org,\"two lines\",n/a",
                "                            ^^^",
                "fee, cell C2",
            ),
        ),
        // Columns of ours are no columns, and stand in the line.
        (
            "email,mailshot_status,fee\nbob@example.org,failed,n/a\n",
            "",
            shown(
                "people.csv:2:24",
                "bob@example.org,failed,n/a",
                "                       ^^^",
                "fee, cell C2",
            ),
        ),
        // In another order, and several rows of one message.
        (
            "email,fee\n\"bob@example.org\",\"n/a\"\n\"ada@example.org\",\"1\"\n",
            "sort = 'email'\ngroup_by = 'email'",
            shown(
                "people.csv:2:19",
                "\"bob@example.org\",\"n/a\"",
                "                  ^^^^^",
                "fee, cell B2",
            ),
        ),
        (
            "email;fee\n\"bob@example.org\";n/a\n",
            "",
            shown(
                "people.csv:2:19",
                "\"bob@example.org\";n/a",
                "                  ^^^",
                "fee, cell B2",
            ),
        ),
        (
            "email,fee\r\"bob@example.org\",n/a\r",
            "",
            shown(
                "people.csv:2:19",
                "\"bob@example.org\",n/a",
                "                  ^^^",
                "fee, cell B2",
            ),
        ),
    ] {
        bench(people, recipients)
            .run(&["check"])
            .code(2)
            .stderr_has(&expected);
    }
}

/// In whatever encoding the file is, its line is shown in the terminal's.
#[test]
fn a_row_of_another_encoding_is_shown_with_its_quotation_marks() {
    let people = "email,姓名,fee\n\"wang@example.org\",\"王小明\",\"１，２３４\"\n";
    let (gb18030, _, _) = GB18030.encode(people);
    let utf_16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(people.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (octets, encoding) in [
        (people.as_bytes().to_vec(), "utf-8"),
        (gb18030.into_owned(), "gb18030"),
        (utf_16, UTF_16LE.name()),
    ] {
        bench(octets, &format!("encoding = '{encoding}'"))
            .run(&["check"])
            .code(2)
            .stderr_has("people.csv:2:26\n")
            .stderr_has("2 | \"wang@example.org\",\"王小明\",\"１，２３４\"\n")
            .stderr_has("^ fee, cell C2");
    }
}

/// The lines of a list of who left, too.
#[test]
fn a_line_of_a_suppression_list_is_shown_as_the_file_has_it() {
    for (list, expected) in [
        (
            "email,note\n\"ada@example.org\",\"left, 2025\"\n\"bob@example@org\",\"x\"\n",
            shown(
                "left.csv:3:1",
                "\"bob@example@org\",\"x\"",
                "^^^^^^^^^^^^^^^^^",
                "",
            ),
        ),
        (
            "email;note\n\"left; \"\"2025\"\"\";x;\"y\"\n",
            shown(
                "left.csv:2:1",
                "\"left; \"\"2025\"\"\";x;\"y\"",
                "^^^^^^^^^^^^^^^^^^^^^^",
                "",
            ),
        ),
    ] {
        bench("email,fee\nada@example.org,1\n", "suppress = ['left.csv']")
            .csv("left.csv", list)
            .run(&["check"])
            .code(2)
            .stderr_has(&expected);
    }
}

/// A long line is cut for the screen, so that the caret stays below its cell.
#[cfg(unix)]
#[test]
fn no_line_of_an_excerpt_is_wider_than_the_screen() {
    for (columns, name) in [(80, "Bob"), (60, "\u{738b}")] {
        let long = format!("{} ", name.repeat(3)).repeat(40);
        let bench = bench(
            format!("email,address,fee,more\nbob@example.org,{long},n/a,{long}\n"),
            "",
        );
        let Some((code, screen)) = at_a_terminal_of(columns, &bench, &[], &["check"]) else {
            return;
        };
        assert_eq!(code, 2, "{screen}");
        assert!(
            screen.contains("n/a") && screen.contains("fee, cell C2"),
            "{screen}"
        );
        let wide = |c: char| {
            if u32::from(c) > 0x1100 && c != '\u{2026}' {
                2
            } else {
                1
            }
        };
        let mut shown = screen.lines().filter(|line| line.contains(" | "));
        let too_wide = shown.find(|line| line.chars().map(wide).sum::<usize>() > columns);
        assert_eq!(too_wide, None, "{screen}");
    }
}
