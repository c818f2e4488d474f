//! What an author means by a name, a cell, a comparison, a format, an invitation, a style or a link is
//! what the recipient sees, or `check` stops and asks. One file a kind; each is a table of cases.

mod addresses;
mod cells;
mod comparisons;
mod embedded;
mod filters;
mod formats;
mod invitations;
mod languages;
mod leftovers;
mod links;
mod looks;
mod markup;
mod names;
mod ordinary;
mod pasted;
mod pictures;
mod said;
mod sums;
mod tables;
mod text;
mod wordless;

use std::fs;

use mail_parser::MessageParser;

use crate::support::bench::Bench;

/// A campaign in one folder: `people.csv`, the text `n.txt`, and lines for `[message]`.
fn campaign(people: impl AsRef<[u8]>, text: &str, message: &str) -> Bench {
    let file = format!(
        "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
         to = '{{{{ email }}}}'\nsubject = 'Notice'\ntext = 'n.txt'\n{message}\n"
    );
    Bench::new()
        .campaign(&file)
        .csv("people.csv", people)
        .file("n.txt", text)
}

/// Lines of a text, each between equal signs, and what each row makes of them.
fn lines(people: &str, cases: &[(&str, &[&str])]) {
    let text: String = cases
        .iter()
        .map(|(template, _)| format!("={template}=\n"))
        .collect();
    let found = texts(&campaign(people, &text, ""));
    for (at, (template, expected)) in cases.iter().enumerate() {
        let line = |text: &String| text.split('\n').nth(at).unwrap_or_default().to_owned();
        let lines: Vec<_> = found.iter().map(line).collect();
        let expected: Vec<_> = expected.iter().map(|line| format!("={line}=")).collect();
        assert_eq!(lines, expected, "{template}");
    }
}

/// The text part of each message of a dry run, in the order of the rows, without the last line end.
fn texts(bench: &Bench) -> Vec<String> {
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    let text = |file| {
        let octets = fs::read(file).expect("the message");
        let message = MessageParser::new().parse(&octets).expect("a message");
        let text = message.body_text(0).unwrap_or_default();
        text.trim_end_matches(['\r', '\n']).replace("\r\n", "\n")
    };
    files.into_iter().map(text).collect()
}
