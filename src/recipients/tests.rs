mod hostile;

use crate::campaign::{AddressField, MessagePlan, MessageTemplate, Place, RecipientsSource, Text};
use crate::render::Compiler;

use super::*;
use std::path::Path;

fn text(value: &str) -> Text {
    Text {
        value: value.to_owned(),
        place: Place::in_file("mailshot.toml", value.into(), 0..value.len()),
    }
}

fn source(file: &Path, key: &[Text]) -> RecipientsSource {
    RecipientsSource {
        file: file.to_owned(),
        shown: "people.csv".to_owned(),
        delimiter: Some(b','),
        key: key.to_vec(),
        ..RecipientsSource::default()
    }
}

fn plan(to: &str) -> MessagePlan {
    MessagePlan {
        from: text("Registrar <registrar@uni.example>"),
        sender: None,
        to: text(to),
        to_by_default: false,
        cc: None,
        bcc: None,
        reply_to: None,
        return_path: None,
        subject: text("x"),
        text: None,
        html: None,
        markdown: None,
        inline_css: true,
        inline: Vec::new(),
        calendar: None,
        attach: Vec::new(),
        attach_root: std::path::PathBuf::new(),
        dkim: Vec::new(),
        headers: Vec::new(),
        unsubscribe: None,
        dsn: None,
    }
}

struct Case {
    to: &'static str,
    cc: Option<&'static str>,
    csv: String,
    key: Vec<Text>,
}

impl Case {
    fn new(to: &'static str, csv: &str) -> Self {
        Self {
            to,
            cc: None,
            csv: csv.to_owned(),
            key: Vec::new(),
        }
    }

    fn recipients(&self) -> Vec<Result<Recipient, String>> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people.csv");
        std::fs::write(&file, &self.csv).unwrap();
        let source = source(&file, &self.key);
        let plan = MessagePlan {
            cc: self.cc.map(text),
            ..plan(self.to)
        };
        let table = crate::table::Table::open(&source).unwrap();
        let mut compiler = Compiler::new(Path::new(""));
        let addressing = match Addressing::compile(&mut compiler, &addresses(&plan), &source, table.header())
        {
            Ok(addressing) => addressing,
            Err(problems) => return vec![Err(problems.to_string())],
        };
        let templates = compiler.finish(table.header(), "test").unwrap();
        table
            .map(|row| {
                let row = row.unwrap().unwrap();
                addressing
                    .recipient(&templates, &mut templates.context(&row), &super::unnamed)
                    .map_err(|p| p.to_string())
            })
            .collect()
    }
}

#[test]
fn a_cell_stays_a_name_whatever_it_holds() {
    let names = [
        "O'Neil, \"Bob\"",
        "x> , evil@example.net, <y",
        "王小明（张三）",
        "{{ email }}",
    ];
    let mut csv = String::from("email,name\n");
    for name in names {
        csv.push_str(&format!("ada@example.org,\"{}\"\n", name.replace('"', "\"\"")));
    }
    let got = Case::new("{{ name }} <{{ email }}>", &csv).recipients();
    for (recipient, name) in got.iter().zip(names) {
        let to = &recipient.as_ref().unwrap().to;
        assert_eq!(
            (to.name.as_deref(), to.email.as_ref()),
            (Some(name), "ada@example.org")
        );
        assert_eq!(recipient.as_ref().unwrap().envelope_recipients().len(), 1);
    }
}

#[test]
fn a_cell_with_a_line_break_cannot_reach_a_header() {
    let got = Case::new(
        "{{ name }} <{{ email }}>",
        "email,name\nada@example.org,\"Ada\nBcc: eve@example.net\"\n",
    )
    .recipients();
    let words = got[0].as_ref().unwrap_err();
    assert!(words.contains("line break"), "{words}");
    assert!(words.contains("people.csv:2:17"), "{words}");
}

#[test]
fn bad_addresses_are_shown_in_their_cell() {
    let got = Case::new(
        "{{ email }}",
        "name,email\nAda,ada.example.org\nBob,\nEve,\"a@x.test, b@x.test\"\n",
    )
    .recipients();
    let words: Vec<_> = got.iter().map(|r| r.as_ref().unwrap_err()).collect();
    assert!(
        words[0].contains("people.csv:2:5") && words[0].contains("@ is missing"),
        "{}",
        words[0]
    );
    assert!(
        words[1].contains("people.csv:3:5") && words[1].contains("is empty"),
        "{}",
        words[1]
    );
    assert!(words[2].contains("several addresses"), "{}", words[2]);
}

#[test]
fn a_bare_cell_may_hold_a_list_and_may_be_empty() {
    let mut case = Case::new(
        "{{ email }}",
        "email,tutor\na@x.test,\"b@x.test; C <c@x.test>, a@x.test\"\nd@x.test,\n",
    );
    case.cc = Some("{{ tutor }}");
    let got = case.recipients();
    let first = got[0].as_ref().unwrap();
    assert_eq!(first.cc.len(), 3);
    assert_eq!(
        first.envelope_recipients().len(),
        3,
        "one copy for who stands in To and Cc"
    );
    assert!(got[1].as_ref().unwrap().cc.is_empty());
}

#[test]
fn keys_may_be_columns() {
    let mut case = Case::new("{{ email }}", "email,course\na@x.test,Maths\n");
    case.key = vec![text("email"), text("course")];
    assert_eq!(
        case.recipients()[0].as_ref().unwrap().key.as_str(),
        "a@x.test|Maths"
    );
    case.key = vec![text("cuorse")];
    let words = case.recipients()[0].clone().unwrap_err();
    assert!(words.contains("did you mean `course`?"), "{words}");
}

#[test]
fn a_template_with_two_mailboxes_is_no_to() {
    let words = Case::new("Smith, {{ name }} <{{ email }}>", "email,name\na@x.test,A\n").recipients()[0]
        .clone()
        .unwrap_err();
    assert!(words.contains("must be one mailbox"), "{words}");
}

#[test]
fn separators_alone_are_no_to() {
    let words = Case::new(" ; ,", "email,name\na@x.test,A\n").recipients()[0]
        .clone()
        .unwrap_err();
    assert!(
        words.contains("must be one mailbox, but it contains none"),
        "{words}"
    );
}

#[test]
fn a_quoted_phrase_is_read_without_its_backslashes() {
    let got = Case::new(
        "\"Ada \\\"the first\\\" \\\\ L.\" <{{ email }}>",
        "email\nada@example.org\n",
    )
    .recipients();
    let name = got[0].as_ref().unwrap().to.name.as_deref();
    assert_eq!(name, Some("Ada \"the first\" \\ L."));
}

fn addresses(plan: &MessagePlan) -> Vec<(AddressField, &Text)> {
    let addresses = plan
        .templates()
        .into_iter()
        .filter_map(|template| match template {
            MessageTemplate::Address(field, text) => Some((field, text)),
            MessageTemplate::Subject(_)
            | MessageTemplate::Header(..)
            | MessageTemplate::File { .. }
            | MessageTemplate::Body(..)
            | MessageTemplate::UnsubscribeUrl(_)
            | MessageTemplate::UnsubscribeMailto(_) => None,
        });
    addresses.collect()
}
