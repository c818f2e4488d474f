//! Any contents of templates and cells, and any octets at the gate.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mail_parser::{Address, MessageParser};

use super::*;

use crate::campaign::{Campaign, Overrides, Problems, Reserved};
use crate::table::{Row, Table};

const WORDS: [&[u8]; 38] = [
    b"\n---\n",
    b"\r\n.\r\n",
    b"\n.\n",
    b"\r.\r",
    b"\r\n..\r\n",
    b"\r\n\r\n",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\x0b",
    b"\x0c",
    b"\x1b",
    b"\x7f",
    b"\t",
    b" ",
    b".",
    b"=",
    b"=3D",
    b"=?utf-8?q?=0A?=",
    b"\r\nBcc: eve@example.net",
    b"Content-Type: text/html\r\n\r\n",
    b"--",
    b"From ",
    b"\"",
    b"\\",
    b"{{ name }}",
    b"{{ note }}",
    b"{{ note | upper }}",
    b"{% for x in [1,2] %}{{ x }}{% endfor %}",
    b"{% if name %}",
    b"{% endif %}",
    b"{{ \"{{\" }}",
    b"<script>",
    "\u{85}\u{2028}\u{2029}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{738b}\u{5c0f}".as_bytes(),
    "\u{1f30e}".as_bytes(),
];

/// The fields a message may have, and how often.
const FIELDS: [(&str, usize); 12] = [
    ("From", 1),
    ("To", 1),
    ("Cc", 1),
    ("Date", 1),
    ("Message-ID", 1),
    ("X-Mailshot-Id", 1),
    ("Subject", 1),
    ("X-Note", 1),
    ("MIME-Version", 1),
    ("Content-Type", 1),
    ("Content-Transfer-Encoding", 1),
    ("Content-Disposition", 0),
];

const CAMPAIGN: &str = r#"
[recipients]
file = "people.csv"
[message]
from = "Registrar <registrar@uni.example>"
to = "{{ name }} <{{ email }}>"
cc = "{{ tutor }}"
subject = "x"
text = "body.txt"
html = "body.html"
attach = [{ path = "map.png", name = "{{ name }}.png" }, "map.png"]
headers = { "X-Note" = "{{ note }}" }
"#;

/// The slow and obvious way to look at octets: line by line.
fn may_leave(octets: &[u8]) -> bool {
    let lines: Vec<&[u8]> = octets.split(|b| *b == b'\n').collect();
    let (last, whole) = lines.split_last().expect("one line at least");
    let plain = |line: &[u8]| !line.contains(&b'\r') && !line.contains(&0) && line.len() <= 998;
    let whole = whole
        .iter()
        .all(|line| line.strip_suffix(b"\r").is_some_and(plain));
    // The header ends at the first empty line that has a line before it.
    let header = lines
        .iter()
        .skip(1)
        .position(|line| *line == b"\r")
        .map(|end| &lines[..=end]);
    let calm = |b: &u8| matches!(b, b'\t' | b'\r') || (*b >= 0x20 && *b != 0x7f);
    let calm = header.is_some_and(|header| header.iter().all(|line| line.iter().all(calm)));
    whole && calm && last.is_empty()
}

/// Holds the octets of a composed message against what was asked for.
fn is_sound(content: &Content, to: &lettre::message::Mailbox, subject: Option<&str>) {
    let octets = content.to_vec();
    let shown = || octets.escape_ascii().to_string();
    assert!(may_leave(&octets), "{}", shown());
    for (place, shared) in &content.shared {
        assert!(
            !shared.starts_with(b".") && !shared.windows(3).any(|w| w == b"\r\n."),
            "{}",
            shown()
        );
        assert!(content.own[..*place].ends_with(b"\r\n"), "{}", shown());
    }
    let header = octets
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("the header's end");
    let header = String::from_utf8_lossy(&octets[..header]).into_owned();
    let mut fields = FIELDS.to_vec();
    for line in header.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let name = line.split(':').next().unwrap_or_default();
        let known = fields
            .iter_mut()
            .find(|(field, left)| *field == name && *left > 0);
        known
            .unwrap_or_else(|| panic!("a field of nobody's: {line:?}\n{header}"))
            .1 -= 1;
    }
    let read = MessageParser::default()
        .parse(&octets)
        .unwrap_or_else(|| panic!("{}", shown()));
    let Some(Address::List(list)) = read.to() else {
        panic!("no list of mailboxes: {header}");
    };
    let [one] = list.as_slice() else {
        panic!("{} mailboxes: {header}", list.len());
    };
    assert_eq!(one.address(), Some(to.email.to_string().as_str()), "{header}");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let name = to.name.as_deref().unwrap_or_default();
    assert_eq!(words(one.name().unwrap_or_default()), words(name), "{header}");
    let decoded = [
        one.name(),
        read.subject(),
        read.header_raw("X-Note").map(str::trim),
    ];
    for text in decoded.into_iter().flatten() {
        // Folded lines are one to a reader.
        let text = text.replace("\r\n ", " ").replace("\r\n\t", " ");
        assert!(
            !text.contains(char::is_control),
            "a control character in a field: {header}"
        );
    }
    if let Some(subject) = subject {
        assert_eq!(
            words(read.subject().unwrap_or_default()),
            words(subject),
            "{header}"
        );
    }
    assert_eq!(read.attachment_count(), 2, "{}", shown());
}

#[test]
fn whatever_templates_and_cells_hold_what_leaves_is_one_sound_message() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, octets: &[u8]| std::fs::write(folder.path().join(name), octets).unwrap();
    write("mailshot.toml", CAMPAIGN.as_bytes());
    write("people.csv", b"name,email,tutor,note\n");
    write("map.png", b"\x89PNG\r\n.\r\n\0");
    write("body.txt", b"x");
    write("body.html", b"x");
    let (campaign, problems) = Campaign::load(folder.path(), &Overrides::default());
    let campaign = campaign.unwrap_or_else(|| panic!("{problems}"));
    let table = Table::open(&campaign.recipients).unwrap();
    let mailing = MailingId::of_dry_run("hostile");
    fuzzing::hold("wire", &WORDS, |octets| {
        assert_eq!(
            gate::pass(octets).is_ok(),
            may_leave(octets),
            "{:?}",
            gate::pass(octets)
        );
        // The parts of an input are separated by lines `---`: subject, text, HTML, then the cells.
        let text = String::from_utf8_lossy(octets);
        let mut parts = text.split("\n---\n").map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        let mut campaign = campaign.clone();
        let (subject, plain, html) = (next(), next(), next());
        let given = [next(), next(), next(), next()];
        let cells = |note: &str| {
            let mut fields = given.to_vec();
            if fields[1].is_empty() {
                fields[1] = "ada@example.org".to_owned();
            }
            fields[3].push_str(note);
            Row::new(2, fields)
        };
        let mut kinds = BTreeSet::new();
        // Once what the input says, once all of it in a cell of sound templates.
        for (subject, plain, html, row) in [
            (subject.as_str(), plain.as_str(), html.as_str(), cells("")),
            ("{{ name }}", "{{ note }}", "<p>{{ note }}</p>", cells(&text)),
            ("x", text.as_ref(), text.as_ref(), cells("")),
        ] {
            campaign.message.subject.value = subject.to_owned();
            campaign.message.subject.place.text = subject.into();
            campaign.message.subject.place.span = 0..subject.len();
            write("body.txt", plain.as_bytes());
            write("body.html", html.as_bytes());
            let composed =
                compile(&campaign, table.header(), Reserved::default()).and_then(|(audience, composer)| {
                    let stamp = Stamp::new(mailing);
                    match audience.addressed(&row, &|key| stamp.token(key)) {
                        Ok(addressed) => composer
                            .compose(&addressed, &stamp, Timestamp::UNIX_EPOCH, &mut |_| {})
                            .map(|message| (addressed.recipient, message)),
                        Err(unaddressed) => Err(composer.faults(unaddressed, &mut |_| {})),
                    }
                });
            match composed {
                Ok((recipient, message)) => {
                    let subject = (subject == "{{ name }}").then(|| row.fields[0].trim());
                    is_sound(&message.content, &recipient.to, subject);
                    kinds.insert(format!("{:?}", message.content.len().checked_ilog2()));
                }
                Err(Problems(problems)) => {
                    assert!(!problems.is_empty(), "no message, and no word why");
                    for problem in problems {
                        assert!(
                            !problem.what.to_string().contains("inside a library"),
                            "{problem}"
                        );
                        kinds.insert(
                            problem
                                .what
                                .to_string()
                                .chars()
                                .filter(|c| c.is_ascii_lowercase())
                                .take(24)
                                .collect(),
                        );
                    }
                }
            }
        }
        (gate::pass(octets).map_err(|e| std::mem::discriminant(&e)), kinds)
    });
}
