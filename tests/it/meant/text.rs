//! Text that is broken before it comes here.

use std::fmt::Write as _;

use serde_json::Value;

use super::{campaign, texts};
use crate::support::bench::Bench;

/// What `check` says of a list with one row, which has these cells in columns `c0`, `c1` and so on: the
/// findings of each.
fn said_of(cells: &[&str]) -> Vec<Vec<Value>> {
    let (mut header, mut row, mut text) = ("email".to_owned(), "ada@example.org".to_owned(), String::new());
    for (column, cell) in cells.iter().enumerate() {
        let _ = write!(header, ",c{column}");
        let _ = write!(row, ",\"{cell}\"");
        let _ = writeln!(text, "{column} {{{{ c{column} }}}}");
    }
    let outcome = campaign(format!("{header}\n{row}\n"), &text, "").run(&["check", "--json"]);
    let document: Value = serde_json::from_str(&outcome.code(0).stdout).expect("JSON");
    let findings = document["findings"].as_array().expect("a list");
    let of = |column| {
        let name = format!("`c{column}`");
        let told = findings
            .iter()
            .filter(|finding| finding["what"].to_string().contains(&name));
        told.cloned().collect()
    };
    (0..cells.len()).map(of).collect()
}

/// The code of the only finding, and all of its words.
fn only(findings: &[Value]) -> (String, String) {
    match findings {
        [one] => (
            one["code"].as_str().unwrap_or_default().to_owned(),
            one.to_string(),
        ),
        _ => (format!("{} findings", findings.len()), String::new()),
    }
}

#[test]
fn what_a_spreadsheet_writes_for_no_value_is_told_in_every_language() {
    let errors = [
        "#N/A",
        "#NV",
        "#BEZUG!",
        "#WERT!",
        "#ZAHL!",
        "#N/D",
        "#NOM?",
        "#VALEUR!",
        "#¿NOMBRE?",
        "#¡REF!",
        "#Н/Д",
        "#ССЫЛКА!",
        "#ADR!",
        "#ARG!",
        "#N/D!",
        "#RIF!",
        "#N/B",
        "#VERW!",
        "#SAKNAS!",
        "#PUUTTUU!",
        "#NENÍ_K_DISPOZICI",
        "#HIÁNYZIK",
        "#YOK",
        "#BAŞV!",
        "#ΤΙΜΗ!",
        "#GETTING_DATA",
        "#FIELD!",
        "#BLOCKED!",
        "#ERROR!",
        "#SPILL!",
        "Err:502",
        "Err:508",
        "Błąd:504",
        "错误:502",
        "Loading...",
        "Loading…",
        "加载中",
        "正在加载...",
        "Wird geladen...",
        "Chargement...",
        "読み込んでいます...",
        "####",
        "###",
    ];
    for (cell, said) in errors.iter().zip(said_of(&errors)) {
        assert_eq!(only(&said).0, "formula-error", "{cell}");
    }
    let fine = [
        "#1!",
        "#hashtag",
        "C#",
        "#7",
        "Loading bay",
        "Loading",
        "1E5",
        "AT&T",
        "R&D;",
        "Errol: 502",
        "N/A",
        "6.02E+23",
        "“IRMÃ”",
        "JOÃO",
        "MÂNĂ",
        "Ânh",
        "Ærøskøbing",
        "Вікторія",
        "王小明",
        "김민준",
        "O'Neil",
        "T恤",
    ];
    for (cell, said) in fine.iter().zip(said_of(&fine)) {
        assert!(said.is_empty(), "{cell}: {said:?}");
    }
}

#[test]
fn text_that_was_read_wrongly_is_told_with_what_it_was() {
    let cases = [
        ("JosÃ© GarcÃ\u{ad}a", "José García"),
        ("Donâ€™t", "Don’t"),
        ("Ð˜Ð²Ð°Ð½", "Иван"),
        ("ÍõÐ¡Ã÷", "王小明"),
        ("JosÃƒÂ©", "José"),
        ("Jos√©", "José"),
        ("M├╝ller", "Müller"),
        ("Èâàí Ïåòðîâ", "Иван Петров"),
        ("±è¹ÎÁØ", "김민준"),
        ("¤ý¤p©ú", "王小明"),
        ("ŽR“c‘¾˜Y", "山田太郎"),
        ("JŸrgen", "Jürgen"),
        ("Ren‚", "René"),
        ("M眉ller", "Müller"),
        ("çŽ‹å°æ˜Ž", "王\u{fffd}明"),
        ("锟斤拷", "\u{fffd}"),
        ("M\u{fffd}ller", "\u{fffd}"),
        ("O&#39;Neil", "O'Neil"),
        ("M&uuml;ller", "Müller"),
        ("Fish &amp; Chips", "Fish & Chips"),
        ("=?UTF-8?B?546L?=", "王"),
        ("=?iso-8859-1?Q?Andr=E9?=", "André"),
    ];
    for ((cell, meant), said) in cases.iter().zip(said_of(&cases.map(|(cell, _)| cell))) {
        let (code, words) = only(&said);
        assert!(
            code == "broken-text" && words.contains(meant),
            "{cell}: {code} {words}"
        );
    }
    let numbers = ["4.20106E+17", "1,23E+15", "8.61381E+12", "4.2e+17"];
    for (cell, said) in numbers.iter().zip(said_of(&numbers)) {
        assert_eq!(only(&said).0, "lost-digits", "{cell}");
    }
}

#[test]
fn what_is_broken_counts_where_a_message_takes_it() {
    // In the address, the subject and the name of a file, though no text shows it.
    let people =
        "email,name,course,id,note,grade\nada@example.org,JosÃ©,#NV,4.20106E+17,M\u{fffd}ller,#REF!\n";
    let message = "attach = [{ path = 'n.txt', name = '{{ id }}.txt' }]";
    let bench = campaign(
        people,
        "{% if grade == \"#REF!\" %}none yet{% endif %}\n",
        message,
    )
    .file(
        "mailshot.toml",
        "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
         to = '{{ name }} <{{ email }}>'\nsubject = '{{ course }}'\ntext = 'n.txt'\n\
         attach = [{ path = 'n.txt', name = '{{ id }}.txt' }]\n",
    );
    let outcome = bench.run(&["check"]);
    outcome.code(0).stderr_has("José").stderr_has("column `course`");
    outcome
        .stderr_has("column `id`")
        .stderr_lacks("column `grade` holds");
    // Used nowhere: that is all that is said of it.
    outcome.stderr_lacks("column `note` holds");
}

#[test]
fn a_template_that_was_saved_wrongly_is_told() {
    let people = "email,name\nada@example.org,Ada\n";
    let bench = campaign(people, "Dear {{ name }},\nGrÃ¼Ãe aus MÃ¼nchen\n", "");
    bench
        .run(&["check"])
        .code(0)
        .stderr_has("n.txt:2")
        .stderr_has("München");
}

#[test]
fn control_characters_never_leave() {
    for (cell, meant) in [("Donâ\u{80}\u{99}t", "Don’t"), ("J\u{9f}rgen", "Jürgen")] {
        let people = format!("email,name\nada@example.org,{cell}\n");
        let outcome = campaign(people, "Dear {{ name }},\n", "").run(&["check"]);
        outcome
            .code(2)
            .stderr_has("control character U+00")
            .stderr_has(meant);
    }
    let people = "email,name\nada@example.org,Ada\n";
    let outcome = campaign(people, "Dear\u{85} {{ name }},\n", "").run(&["check"]);
    outcome.code(2).stderr_has("control character U+0085");
}

/// The greeting of each row of a list that is saved so, and what is said of the file.
fn read(octets: Vec<u8>, recipients: &str) -> (Vec<String>, String) {
    let file = format!(
        "[recipients]\nfile = 'people.csv'\n{recipients}\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
         to = '{{{{ email }}}}'\nsubject = 'Notice'\ntext = 'n.txt'\n"
    );
    let bench = Bench::new()
        .campaign(&file)
        .csv("people.csv", octets)
        .file("n.txt", "{{ name }}\n");
    let said = bench.run(&["check"]).stderr;
    (texts(&bench), said)
}

const GERMAN: &[u8] = b"email;name\rada@example.org;J\x9frgen M\x9fller\rbob@example.org;K\x8athe Gro\xa7\r";
const FRENCH: &[u8] = b"email;name\r\nada@example.org;Fran\x87ois Lef\x8avre\r\nbob@example.org;H\x82l\x8ane B\x82rard\r\ncyd@example.org;Beno\x8ct Ch\x83teau\r\n";
const POLISH: &[u8] = b"email;name\r\nada@example.org;\x9dukasz Wi\x98niewski\r\nbob@example.org;Ma\x88gorzata D\xa5browska\r\n";
const POLISH_MAC: &[u8] =
    b"email;name\rada@example.org;\xfcukasz Wi\xe6niewski\rbob@example.org;Ma\xb8gorzata D\x88browska\r";
const RUSSIAN: &[u8] = b"email;name\r\nada@example.org;\x88\xa2\xa0\xad \x8f\xa5\xe2\xe0\xae\xa2\r\n";
const RUSSIAN_MAC: &[u8] = b"email;name\rada@example.org;\x88\xe2\xe0\xed \x8f\xe5\xf2\xf0\xee\xe2\r";

#[test]
fn pages_of_the_mac_and_of_dos_are_read_right() {
    for (octets, names, page) in [
        (GERMAN, &["Jürgen Müller", "Käthe Groß"][..], "macintosh"),
        (
            FRENCH,
            &["François Lefèvre", "Hélène Bérard", "Benoît Château"],
            "cp850",
        ),
        (POLISH, &["Łukasz Wiśniewski", "Małgorzata Dąbrowska"], "cp852"),
        (
            POLISH_MAC,
            &["Łukasz Wiśniewski", "Małgorzata Dąbrowska"],
            "MacCE",
        ),
        (RUSSIAN, &["Иван Петров"], "IBM866"),
        (RUSSIAN_MAC, &["Иван Петров"], "x-mac-cyrillic"),
    ] {
        let (read, said) = read(octets.to_vec(), "");
        assert_eq!(read, names, "{said}");
        assert!(said.contains(&format!("read as {page}")), "{said}");
    }
}

#[test]
fn an_encoding_is_called_what_people_call_it() {
    for (said, octets) in [
        ("MacRoman", GERMAN),
        ("Mac OS Roman", GERMAN),
        ("cp850", FRENCH),
        ("DOS 850", FRENCH),
        ("DOS", FRENCH),
        ("OEM", FRENCH),
        ("ANSI", b"email;name\nada@example.org;J\xfcrgen\n"),
        ("latin1", b"email;name\nada@example.org;J\xfcrgen\n"),
        (
            "utf-8-sig",
            b"\xef\xbb\xbfemail;name\nada@example.org;J\xc3\xbcrgen\n",
        ),
        ("UTF-8 BOM", b"email;name\nada@example.org;J\xc3\xbcrgen\n"),
        ("cp936", b"email;name\nada@example.org;\xcd\xf5\xd0\xa1\xc3\xf7\n"),
        ("MS949", b"email;name\nada@example.org;\xb1\xe8\xb9\xce\xc1\xd8\n"),
    ] {
        let (read, _) = read(octets.to_vec(), &format!("encoding = '{said}'"));
        let first = read.first().map(String::as_str);
        let expected = ["Jürgen Müller", "François Lefèvre", "Jürgen", "王小明", "김민준"];
        assert!(
            first.is_some_and(|name| expected.contains(&name)),
            "{said}: {read:?}"
        );
    }
    let people = "email,name\nada@example.org,Ada\n";
    let bench = campaign(people, "{{ name }}\n", "");
    bench
        .run(&["check", "--encoding", "Mac Romain"])
        .code(2)
        .stderr_has("MacRoman");
    bench.run(&["check", "--encoding", "UTF-8 with BOM"]).code(0);
}

#[test]
fn utf_32_is_read_with_a_mark_and_without() {
    let text = "email;name\nada@example.org;王 Jürgen 😀\n";
    let little = |text: &str| {
        text.chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect::<Vec<_>>()
    };
    let big = |text: &str| {
        text.chars()
            .flat_map(|c| u32::from(c).to_be_bytes())
            .collect::<Vec<_>>()
    };
    let marked = format!("\u{feff}{text}");
    for octets in [little(text), big(text), little(&marked), big(&marked)] {
        assert_eq!(read(octets, "").0, ["王 Jürgen 😀"]);
    }
}

#[test]
fn rows_of_two_encodings_are_each_read_right_or_are_a_fault() {
    let two = b"email,name\nada@example.org,M\xc3\xbcller\nbob@example.org,J\xfcrgen\n";
    let (names, said) = read(two.to_vec(), "");
    assert_eq!(names, ["Müller", "Jürgen"], "{said}");
    assert!(
        said.contains("read as UTF-8, and the lines that are not UTF-8 as windows-1252"),
        "{said}"
    );
    let chinese = b"email,name\nada@example.org,\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e\nbob@example.org,\xc0\xee\xc0\xd7\n";
    assert_eq!(read(chinese.to_vec(), "").0, ["王小明", "李雷"]);
    let mac = b"email,name\nada@example.org,M\xc3\xbcller\nbob@example.org,J\x9frgen\n";
    assert_eq!(read(mac.to_vec(), "").0, ["Müller", "Jürgen"]);
    let hungarian = b"email,name\nada@example.org,Sz\xc5\x91ke\nbob@example.org,K\xf5szegi\n";
    assert_eq!(read(hungarian.to_vec(), "").0, ["Szőke", "Kőszegi"]);
    // MacRoman, in which few words of Danish are told from those of Baltic pages.
    let danish = b"email,name\nada@example.org,S\xc3\xb8ren\nbob@example.org,J\xbfrgen \xafstergaard\n";
    let bench = campaign(danish, "{{ name }}\n", "");
    bench.run(&["check"]).code(2).stderr_has("is not valid UTF-8");
    // Both on one line, and a character of UTF-8 that was cut off.
    for odd in [&b"M\xc3\xbcller,K\xf6ln"[..], b"Ren\xc3,Ulm"] {
        let people = [
            b"email,name,city\nada@example.org,M\xc3\xbcller,Ulm\nbob@example.org,",
            odd,
            b"\n",
        ]
        .concat();
        let bench = campaign(people, "{{ name }} {{ city }}\n", "");
        bench.run(&["check"]).code(2).stderr_has("is not valid UTF-8");
    }
}

#[test]
fn what_may_be_in_several_encodings_is_asked() {
    let octets = b"email;name\r\nada@example.org;Fran\x87ois Lef\x8avre\r\n";
    let bench = campaign(octets, "{{ name }}\n", "");
    let outcome = bench.run(&["check"]);
    outcome
        .code(2)
        .stderr_has("encoding = \"cp850\" below [recipients] reads: François Lefèvre");
    outcome.stderr_has("encoding = \"macintosh\" below [recipients] reads: Franáois Lefävre");
}

#[test]
fn an_octet_that_means_nothing_in_its_page_is_a_fault() {
    let octets = b"email;name\nada@example.org;J\xfcrgen\nbob@example.org;Z\x81\x81k\xe9\n";
    let file = "[recipients]\nfile = 'people.csv'\nencoding = 'windows-1252'\n[message]\nfrom = 'r@uni.example'\n\
                to = '{{ email }}'\nsubject = 'Notice'\ntext = 'n.txt'\n";
    let bench = Bench::new()
        .campaign(file)
        .csv("people.csv", octets)
        .file("n.txt", "{{ name }}\n");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("is not valid windows-1252");
}
