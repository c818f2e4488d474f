//! One list, saved in every way that people have: the messages are the same, octet for octet.
//!
//! The files and the script that made them are in tests/fixtures/same-list.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::bench::Bench;

/// Uses every column, the numbers as numbers.
const NOTICE: &str = "\
Dear {{ name }} ({{ row['學生'] }}),

{{ course }} on {{ date }} at {{ time }}: {{ score }} points{% if score >= 60 %}, passed{% endif %}.
Fee {{ fee }} ({{ fee * 2 | round }} for two), share {{ share }}, active {{ active }}.
Phone {{ phone }}, card {{ card }}.
{{ note }}
";

const CAMPAIGN: &str = "\
name = 'same-list'

[recipients]
file = 'FILE'

[message]
from = 'Registrar <registrar@uni.example>'
subject = '{{ course }}, {{ name }}'
text = 'notice.txt'
";

/// The messages of a list, by their recipients.
fn messages(campaign: &str, notice: &str, list: &str) -> BTreeMap<String, Vec<u8>> {
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/same-list");
    let bench = Bench::new()
        .campaign(&campaign.replace("FILE", list))
        .file(list, std::fs::read(lists.join(list)).expect("a list"))
        .file("notice.txt", notice)
        .env("SOURCE_DATE_EPOCH", "1772000000");
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    let messages = files.iter().map(|file| {
        let name = file.file_name().expect("a file").to_string_lossy().into_owned();
        let (_, address) = name.split_once('-').expect("row and address");
        (address.to_owned(), std::fs::read(file).expect("a message"))
    });
    messages.collect()
}

#[test]
fn one_list_saved_in_every_way_makes_the_same_messages() {
    let expected = messages(CAMPAIGN, NOTICE, "utf8.csv");
    assert_eq!(expected.len(), 500);
    let mut wrong = Vec::new();
    for list in [
        "openpyxl.xlsx",
        "libreoffice.xlsx",
        "libreoffice.xls",
        "libreoffice.ods",
        "odfpy.ods",
        "libreoffice.csv",
        "bom.csv",
        "gb18030.csv",
        "big5.csv",
        "shift_jis.csv",
        "utf16le.txt",
        "utf16be.txt",
        "tab.tsv",
        "semicolon.csv",
        "pipe.csv",
        "list.jsonl",
        "list.json",
        "list.db",
    ] {
        let found = messages(CAMPAIGN, NOTICE, list);
        assert_eq!(found.len(), 500, "{list}");
        let differs = found
            .iter()
            .find(|(address, message)| expected.get(*address) != Some(message));
        if let Some((address, message)) = differs {
            let before = expected
                .get(address)
                .map(|m| String::from_utf8_lossy(m).into_owned());
            wrong.push(format!(
                "{list}: {address}\n{}\ninstead of\n{}",
                String::from_utf8_lossy(message),
                before.unwrap_or_default()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_list_in_windows_1252_makes_the_same_messages() {
    let notice = "{{ Name }}\n{{ row['Straße'] }}\n";
    let campaign = CAMPAIGN.replace("{{ course }}, {{ name }}", "{{ Name }}");
    let expected = messages(&campaign, notice, "latin-utf8.csv");
    assert_eq!(expected.len(), 500);
    assert_eq!(messages(&campaign, notice, "latin-windows-1252.csv"), expected);
}
