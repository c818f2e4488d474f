//! What a cell answers: yes and no, in every language, and only where the column holds nothing else.

use crate::support::bench::Bench;

use super::{campaign, texts};

/// What people and spreadsheet programs write for yes and for no.
const ANSWERS: &[(&str, &str)] = &[
    ("yes", "no"),
    ("Y", "N"),
    ("TRUE", "FALSE"),
    ("WAHR", "FALSCH"),
    ("VRAI", "FAUX"),
    ("VERDADERO", "FALSO"),
    ("VERO", "FALSO"),
    ("VERDADEIRO", "FALSO"),
    ("WAAR", "ONWAAR"),
    ("SAND", "FALSK"),
    ("SANT", "FALSKT"),
    ("SANN", "USANN"),
    ("TOSI", "EPÄTOSI"),
    ("PRAWDA", "FAŁSZ"),
    ("PRAVDA", "NEPRAVDA"),
    ("IGAZ", "HAMIS"),
    ("DOĞRU", "YANLIŞ"),
    ("ИСТИНА", "ЛОЖЬ"),
    ("ІСТИНА", "ХИБНІСТЬ"),
    ("ΑΛΗΘΕΣ", "ΨΕΥΔΕΣ"),
    ("ADEVĂRAT", "FALS"),
    ("CERT", "FALS"),
    ("TÕENE", "VÄÄR"),
    ("PATIESS", "APLAMS"),
    ("TEISINGA", "KLAIDINGA"),
    ("BENAR", "SALAH"),
    ("ja", "nein"),
    ("J", "N"),
    ("ja", "nee"),
    ("Ja", "Nej"),
    ("ja", "nei"),
    ("oui", "non"),
    ("O", "N"),
    ("sí", "no"),
    ("S", "N"),
    ("si", "no"),
    ("sim", "não"),
    ("sim", "na\u{303}o"),
    ("tak", "nie"),
    ("T", "N"),
    ("ano", "ne"),
    ("áno", "nie"),
    ("igen", "nem"),
    ("da", "nu"),
    ("да", "нет"),
    ("Да", "Не"),
    ("так", "ні"),
    ("ναι", "όχι"),
    ("ΝΑΙ", "ΟΧΙ"),
    ("evet", "hayır"),
    ("EVET", "HAYIR"),
    ("E", "H"),
    ("kyllä", "ei"),
    ("taip", "ne"),
    ("jā", "nē"),
    ("ya", "tidak"),
    ("có", "không"),
    ("はい", "いいえ"),
    ("예", "아니요"),
    ("是", "否"),
    ("是的", "不是"),
    ("对", "错"),
    ("有", "无"),
    ("有", "沒有"),
    ("真", "假"),
    ("نعم", "لا"),
    ("כן", "לא"),
    ("✓", "✗"),
    ("✔", "✘"),
    ("☑", "☐"),
    ("☒", "☐"),
    ("✅", "❌"),
    ("○", "×"),
    ("○", "x"),
    ("●", "○"),
    ("O", "X"),
    ("√", "×"),
    ("on", "off"),
    ("checked", "unchecked"),
    ("x", "-"),
    ("x", ""),
    ("yes", "-"),
    ("1", "0"),
    ("ja", "0"),
    ("T", "F"),
    ("Ja.", "Nein!"),
    ("ＹＥＳ", "ＮＯ"),
];

/// A list whose columns are these, of rows with these cells in them.
fn table(columns: impl Iterator<Item = Vec<String>>) -> (String, usize) {
    let columns: Vec<Vec<String>> = columns.collect();
    let header: String = (0..columns.len()).map(|at| format!(",c{at}")).collect();
    let mut people = format!("email{header}\n");
    for row in 0..columns[0].len() {
        let cells: String = columns.iter().map(|column| format!(",{}", column[row])).collect();
        people += &format!("p{row}@example.org{cells}\n");
    }
    (people, columns.len())
}

/// Whether each column holds, by `1` and `0`, in each message.
fn asked(people: &str, columns: usize, ask: impl Fn(String) -> String) -> Vec<Vec<bool>> {
    let text: String = (0..columns).map(|at| ask(format!("c{at}"))).collect();
    let found = texts(&campaign(people, &text, ""));
    found
        .iter()
        .map(|text| text.bytes().map(|octet| octet == b'1').collect())
        .collect()
}

#[test]
fn a_no_is_no_in_every_language() {
    let column = |(yes, no): &(&str, &str)| vec![(*yes).to_owned(), (*no).to_owned(), String::new()];
    let (people, columns) = table(ANSWERS.iter().map(column));
    let asks: [fn(String) -> String; 6] = [
        |name| format!("{{% if {name} %}}1{{% else %}}0{{% endif %}}"),
        |name| format!("{{{{ 0 if not {name} else 1 }}}}"),
        |name| format!("{{% if {name} == true %}}1{{% else %}}0{{% endif %}}"),
        |name| format!("{{% if {name} != false %}}1{{% else %}}0{{% endif %}}"),
        |name| format!("{{% set x = {name} %}}{{% if x %}}1{{% else %}}0{{% endif %}}"),
        |name| {
            format!("{{% for x in [{name}] %}}{{% if x | trim %}}1{{% else %}}0{{% endif %}}{{% endfor %}}")
        },
    ];
    for ask in asks {
        let found = asked(&people, columns, ask);
        for (at, (yes, no)) in ANSWERS.iter().enumerate() {
            let answers: Vec<_> = found.iter().map(|message| message[at]).collect();
            assert_eq!(
                answers,
                [true, false, false],
                "{yes} / {no}: {}",
                ask("c".to_owned())
            );
        }
    }
}

#[test]
fn a_column_of_no_alone_is_no() {
    let alone = ANSWERS
        .iter()
        .filter(|(_, no)| !matches!(*no, "x" | "F" | "H" | "○" | "X"));
    let column = |(_, no): &(&str, &str)| vec![(*no).to_owned(), String::new()];
    let (people, columns) = table(alone.clone().map(column));
    let found = asked(&people, columns, |name| {
        format!("{{% if {name} %}}1{{% else %}}0{{% endif %}}")
    });
    for (at, (_, no)) in alone.enumerate() {
        assert!(!found[0][at], "{no}");
    }
}

/// Norway, a family called No, a direction: words that look like an answer beside words that do not.
#[test]
fn a_word_among_others_is_a_word() {
    let columns: &[(&str, [&str; 4])] = &[
        ("Country", ["NO", "SE", "DK", "NO"]),
        ("land", ["NO", "NO", "NO", "NO"]),
        ("last_name", ["No", "Smith", "Li", "Faux"]),
        ("surname", ["No", "No", "No", "No"]),
        ("prénom", ["Ja", "Ne", "Salah", "Sai"]),
        ("姓名", ["无", "王", "李", "不"]),
        ("where_to", ["NO", "SE", "DK", "FI"]),
        ("wind", ["N", "S", "W", "E"]),
        ("ost", ["N", "O", "S", "W"]),
        ("grade", ["A", "N", "B", "C"]),
        ("sprache", ["no", "en", "de", "sv"]),
        ("prov", ["ON", "BC", "NO", "QC"]),
        ("phone", ["-", "123", "-", "456"]),
        ("formula", ["Room 1", "Room 2", "Room 1", "n/a"]),
        ("ticks", ["x", "x", "X", "x"]),
        ("sex", ["F", "M", "F", "F"]),
    ];
    let header: String = columns.iter().map(|(name, _)| format!(",{name}")).collect();
    let mut people = format!("email{header}\n");
    for row in 0..4 {
        let cells: String = columns
            .iter()
            .map(|(_, cells)| format!(",{}", cells[row]))
            .collect();
        people += &format!("p{row}@example.org{cells}\n");
    }
    let text: String = columns
        .iter()
        .map(|(name, _)| format!("{{% if row['{name}'] %}}1{{% else %}}0{{% endif %}}"))
        .collect();
    for text in texts(&campaign(&people, &text, "")) {
        for ((name, _), answer) in columns.iter().zip(text.chars()) {
            assert_eq!(answer, '1', "{name}");
        }
    }
    // What a formula yields for FALSE is no beside whatever it yields otherwise.
    let found = texts(&campaign(
        "email,room\na@example.org,FALSE\nb@example.org,Room 3\n",
        "{% if room %}{{ room }}{% else %}none{% endif %}",
        "",
    ));
    assert_eq!(found, ["none", "Room 3"]);
}

#[test]
fn a_column_that_has_both_is_asked_about() {
    let columns = [
        ["yes", "no", "partially"],
        ["nein", "ja", "vielleicht"],
        ["non", "peut-être", "oui"],
        ["Y", "N", "?"],
        ["否", "是", "待定"],
        ["no", "paid", "pending"],
        ["No", "none of your business", "call me"],
    ];
    for cells in columns {
        let [a, b, c] = cells;
        let people = format!("email,paid\na@example.org,{a}\nb@example.org,{b}\nc@example.org,{c}\n");
        for text in [
            "{% if paid %}x{% endif %}",
            "{% if paid == true %}x{% endif %}",
            "{% set p = paid %}{% if not p %}x{% endif %}",
        ] {
            campaign(&people, text, "")
                .run(&["check"])
                .code(2)
                .stderr_has("it is not certain when `paid` is true: the column has `")
                .stderr_has("n.txt:1:")
                .stderr_has("{% if paid != '' %}");
        }
        // What is advised works.
        for advised in [
            "{% if paid == 'yes' %}x{% endif %}",
            "{% if paid != '' %}x{% endif %}",
        ] {
            campaign(&people, advised, "").run(&["check"]).code(0);
        }
    }
    let where_ = "[recipients]\nfile = 'people.csv'\nwhere = 'paid'\n[message]\nfrom = 'r@uni.example'\n\
        subject = 's'\ntext = 'n.txt'\n";
    Bench::new()
        .campaign(where_)
        .csv(
            "people.csv",
            "email,paid\na@example.org,yes\nb@example.org,no\nc@example.org,maybe\n",
        )
        .file("n.txt", "x\n")
        .run(&["check"])
        .code(2)
        .stderr_has("it is not certain when `paid` is true");
    let skip = "email,_skip\na@example.org,no\nb@example.org,on holiday\nc@example.org,\n";
    campaign(skip, "x\n", "")
        .run(&["check"])
        .code(2)
        .stderr_has("`_skip` does not say clearly whether this row is skipped: the column has `no` (row 2) and `on holiday` (row 3)");
}

#[test]
fn skip_is_asked_in_every_language_and_says_so_when_nobody_is_left() {
    for no in [
        "non", "nein", "nee", "não", "нет", "否", "FAŁSZ", "off", "✗", "n", "0", "-",
    ] {
        let people = format!("email,_skip\na@example.org,{no}\nb@example.org,{no}\nc@example.org,\n");
        campaign(&people, "x\n", "")
            .run(&["check"])
            .code(0)
            .stderr_has("3 messages ");
    }
    let all = "email,_skip,city\na@example.org,x,Oslo\nb@example.org,ja,Oslo\n";
    campaign(all, "x\n", "")
        .run(&["check"])
        .code(2)
        .stderr_has("all 2 rows are left out by the column `_skip`")
        .stderr_lacks("has a header and no rows");
    let filtered = |condition: &str, people: &str| {
        Bench::new()
            .campaign(&format!(
                "[recipients]\nfile = 'people.csv'\nwhere = \"{condition}\"\n[message]\nfrom = 'r@uni.example'\n\
                 subject = 's'\ntext = 'n.txt'\n"
            ))
            .csv("people.csv", people)
            .file("n.txt", "x\n")
    };
    filtered("city == 'Bergen'", "email,city\na@example.org,Oslo\n")
        .run(&["check"])
        .code(2)
        .stderr_has("the only row is left out: it does not match `where`")
        .stderr_has("mailshot.toml:3:");
    filtered("city == 'Bergen'", all)
        .run(&["check"])
        .code(2)
        .stderr_has("all 2 rows are left out by `where` or by the column `_skip`");
}
