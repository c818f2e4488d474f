//! Sixty-six recipients whose names and addresses go wrong wherever something can.

use unicode_normalization::UnicodeNormalization;

/// A row of `people.csv`.
pub(super) struct Person {
    pub(super) id: String,
    /// As messages have it: with its accents composed.
    pub(super) name: String,
    /// As it stands in the cell.
    cell: String,
    /// As it stands in the cell.
    pub(super) written: String,
    /// As it goes over the wire: the domain in A-labels.
    pub(super) address: String,
    /// The name of the file this one gets.
    pub(super) file: String,
    pub(super) language: &'static str,
    /// A list of mailboxes as it stands in the cell, and what it says.
    pub(super) copies: &'static str,
    pub(super) copied: &'static [(&'static str, &'static str)],
}

impl Person {
    /// What is in this one's own file.
    pub(super) fn letter(&self) -> Vec<u8> {
        format!("\u{feff}for {}\r\nand,\nnobody\relse\n.\n", self.name).into_bytes()
    }

    /// The picture of this one alone.
    pub(super) fn photo(&self) -> Vec<u8> {
        let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
        picture.extend((0..=255).cycle().take(2000 + self.id.len()));
        picture.extend(self.id.as_bytes());
        picture
    }
}

const NAMES: [&str; 44] = [
    "Ada Lovelace",
    "O'Neil, \"Bob\"",
    "Smith; Ada: (Dr.) [x] \\ y",
    "x> , evil@example.net, <y",
    "=?utf-8?q?x?=",
    "Ada =?utf-8?b?eA==?= Lovelace",
    "Ada =?utf-8?b?eA==?= =?utf-8?b?eA==?=",
    "\u{1f469}\u{200d}\u{1f3eb} Ada \u{1f1e8}\u{1f1f3}",
    "Zoe\u{308} Mu\u{308}ller",
    "Zo\u{eb} M\u{fc}ller",
    "\u{645}\u{631}\u{64a}\u{645} \u{627}\u{644}\u{62d}\u{633}\u{646}",
    "\u{5e9}\u{5b8}\u{5dc}\u{5d5}\u{5b9}\u{5dd}\u{200f} Cohen",
    "\u{2067}\u{645}\u{631}\u{64a}\u{645}\u{2069} (Dr.)",
    "\u{738b}\u{5c0f}\u{660e}\u{ff08}\u{5f20}\u{4e09}\u{ff09}",
    "\u{738b}  \u{5c0f}\u{660e}",
    "two  spaces   here",
    "\u{ae40}\u{bbfc}\u{c900}",
    "\u{915}\u{94d}\u{937}\u{924}\u{94d}\u{930}\u{93f}\u{92f}",
    "\u{e17}\u{e35}\u{e48}\u{e23}\u{e31}\u{e01}",
    "a\u{a0}b\u{200b}c\u{feff}d",
    "{{ email }}",
    "{% if x %} {# y #}",
    "Dr. J.R. Ada",
    "\"Ada\"",
    "\"",
    "\\",
    "ada@example.org",
    "Ada <ada@example.org>",
    "<b>bold</b> & co <script>",
    "&lt;Ada&gt; &amp; &#39;",
    "*Ada* _under_ `code` [x](y)",
    "# Ada | Lovelace | 1. ~~x~~",
    "https://uni.example/?a=b&c=%C3%A9#x",
    ".",
    "-",
    "--",
    "NULL",
    "=1+1",
    "From Ada: To",
    "\u{130}stanbul Stra\u{df}e \u{fb03}",
    "\u{1d4d0}\u{1d4ed}\u{1d4ea}",
    "Ad\u{e1}m, Ba\u{142}ucki; x",
    "(Ada)",
    "Ada,",
];

const LANGUAGES: [&str; 5] = ["", "zh", "zh-TW", "AR", "xx"];

const COPIES: [(&str, &[(&str, &str)]); 4] = [
    ("", &[]),
    ("tutor@uni.example", &[("", "tutor@uni.example")]),
    (
        "\"Tutor, \\\"T\\\"\" <t@uni.example>; \u{738b} <w@\u{4f8b}\u{5b50}.example>",
        &[
            ("Tutor, \"T\"", "t@uni.example"),
            ("\u{738b}", "w@xn--fsqu00a.example"),
        ],
    ),
    (
        "a1@uni.example,a2@uni.example,a3@uni.example,a4@uni.example,a5@uni.example,a6@uni.example,\"a b\"@uni.example",
        &[
            ("", "a1@uni.example"),
            ("", "a2@uni.example"),
            ("", "a3@uni.example"),
            ("", "a4@uni.example"),
            ("", "a5@uni.example"),
            ("", "a6@uni.example"),
            ("", "\"a b\"@uni.example"),
        ],
    ),
];

/// Names of 300 characters and more, with spaces and without.
fn long_names() -> Vec<String> {
    vec![
        "a".repeat(300),
        "Ada Lovelace ".repeat(24).trim().to_owned(),
        "\u{738b}".repeat(300),
        "\u{738b}\u{5c0f}\u{660e} ".repeat(75).trim().to_owned(),
        "\u{645}\u{631}\u{64a}\u{645} ".repeat(60).trim().to_owned(),
        "\u{5e9}\u{5dc}\u{5d5}".repeat(100),
        "\u{1f30e}".repeat(300),
        "e\u{301}".repeat(150),
        "\"".repeat(300),
        "\\ ".repeat(150).trim().to_owned(),
        "Mar\u{ed}a Jos\u{e9} N\u{fa}\u{f1}ez "
            .repeat(16)
            .trim()
            .to_owned(),
        "a,b;c:d@e ".repeat(30).trim().to_owned(),
        "=?".repeat(150),
        "O'Neil-".repeat(43),
    ]
}

/// The address of the `i`th, as written and as it goes over the wire.
fn address(i: usize) -> (String, String) {
    let same = |address: String| (address.clone(), address);
    let idn =
        |local: &str, written: &str, wire: &str| (format!("{local}@{written}"), format!("{local}@{wire}"));
    match i % 13 {
        0 => same(format!("a.b+tag-{i}@example.org")),
        1 => same(format!("\"a b {i}\"@example.org")),
        2 => same(format!("o'neil{i}@example.org")),
        3 => same(format!("!#$%&'*+/=?^_`{{|}}~-{i}@example.org")),
        4 => same(format!("{}{i:02}@example.org", "a".repeat(62))),
        5 => same(format!(
            "u{i}@{}.{}.{}.example",
            "a".repeat(63),
            "b".repeat(63),
            "c".repeat(50)
        )),
        6 => idn(
            &format!("u{i}"),
            "\u{4f8b}\u{5b50}.example",
            "xn--fsqu00a.example",
        ),
        7 => idn(&format!("u{i}"), "b\u{fc}cher.example", "xn--bcher-kva.example"),
        8 => same(format!("Upper{i}@Example.ORG")),
        9 => same(format!("\u{7528}\u{6237}{i}@example.org")),
        10 => same(format!("u{i}@[192.0.2.1]")),
        11 => same(format!("\"a,b;{i}\"@example.org")),
        _ => same(format!("u{i}@mail.sub.example.org")),
    }
}

/// The name of the file that the `i`th gets.
fn file(i: usize, name: &str) -> String {
    let name: String = name.chars().filter(|c| !matches!(c, '/' | '\\')).collect();
    let name = name.trim();
    match i % 4 {
        0 => format!("\u{901a}\u{77e5} \u{7b2c}{i}\u{5468}.csv"),
        1 => format!("{i} \u{1f600}; \"x\".csv"),
        _ => format!("{i} {name}.csv"),
    }
}

/// All of them.
pub(super) fn people() -> Vec<Person> {
    let plain = NAMES.iter().map(|name| (*name).to_owned());
    let names: Vec<String> = plain.chain(long_names()).collect();
    let mut people = Vec::new();
    for i in 0..66 {
        let cell = names[i % names.len()].clone();
        let name: String = cell.nfc().collect();
        let (written, address) = address(i);
        let (copies, copied) = COPIES[i % COPIES.len()];
        people.push(Person {
            id: format!("p{i}"),
            file: file(i, &name),
            name,
            cell,
            written,
            address,
            language: LANGUAGES[i % LANGUAGES.len()],
            copies,
            copied,
        });
    }
    people
}

/// `people.csv`.
pub(super) fn table(people: &[Person]) -> Vec<u8> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    let header = ["id", "name", "email", "file", "_lang", "copies"];
    rows.write_record(header).expect("the header");
    for one in people {
        let row = [
            &one.id,
            &one.cell,
            &one.written,
            &one.file,
            one.language,
            one.copies,
        ];
        rows.write_record(row).expect("a row");
    }
    rows.into_inner().expect("the rows")
}
