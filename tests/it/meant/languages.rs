//! Languages, accents and file names that are one to the eye.

use super::{campaign, texts};
use crate::support::bench::Bench;

/// A campaign whose `[recipients]` has these lines, too.
fn chosen(recipients: &str, people: &str, text: &str, message: &str) -> Bench {
    let file = format!(
        "[recipients]\nfile = 'people.csv'\n{recipients}\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
         to = '{{{{ email }}}}'\nsubject = 'Notice'\ntext = 'n.txt'\n{message}\n"
    );
    Bench::new()
        .campaign(&file)
        .csv("people.csv", people)
        .file("n.txt", text)
}

/// The same text in the form that Macs write.
fn apart(text: &str) -> String {
    let pairs = [
        ("é", "e\u{301}"),
        ("É", "E\u{301}"),
        ("ü", "u\u{308}"),
        ("ễ", "e\u{302}\u{303}"),
        ("έ", "ε\u{301}"),
        ("김", "\u{1100}\u{1175}\u{11b7}"),
        ("민", "\u{1106}\u{1175}\u{11ab}"),
        ("준", "\u{110c}\u{116e}\u{11ab}"),
        ("が", "か\u{3099}"),
    ];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (one, two)| text.replace(one, two))
}

#[test]
fn an_accent_is_one_in_conditions_columns_and_comparisons() {
    let people = format!(
        "email,Prénom,ville\nada@example.org,Ada,Orléans\nbob@example.org,Bob,{}\ncyd@example.org,Cyd,Nice\n",
        apart("Orléans")
    );
    let text = "{{ row['Prénom'] }}{% if ville == 'Orléans' %}!{% endif %}{% if ville in ['Orléans'] %}?{% endif %}\n";
    for (condition, text, people) in [
        ("ville == 'Orléans'".to_owned(), text.to_owned(), people.clone()),
        (apart("ville == 'Orléans'"), apart(text), people.clone()),
        (
            "ville == 'Orléans'".to_owned(),
            text.to_owned(),
            people.replace("Prénom", &apart("Prénom")),
        ),
        (
            "row['ville'] == 'Orléans'".to_owned(),
            apart(text),
            people.replace("Orléans", &apart("Orléans")),
        ),
    ] {
        let bench = chosen(&format!("where = \"{condition}\""), &people, &text, "");
        assert_eq!(texts(&bench), ["Ada!?", "Bob!?"], "{condition}");
    }
    // Other scripts; and what only looks alike is not the same.
    for (cell, literal, same) in [
        ("김민준", "김민준", true),
        ("Nguyễn", "Nguyễn", true),
        ("Ελένη Παπαδέα", "Ελένη Παπαδέα", true),
        ("ながさき", "ながさき", true),
        ("℡", "TEL", false),
        ("ﬁn", "fin", false),
        ("①", "1", false),
    ] {
        let people = format!("email,name\nada@example.org,{}\n", apart(cell));
        let text = format!("{{% if name == '{literal}' %}}yes{{% else %}}no{{% endif %}}\n");
        let expected = if same { "yes" } else { "no" };
        assert_eq!(texts(&campaign(people, &text, "")), [expected], "{cell}");
    }
}

#[test]
fn an_accent_is_one_in_keys_groups_and_columns_of_the_campaign() {
    let people = format!(
        "email,Né,name\nada@example.org,Zoé,A\nbob@example.org,{},B\n",
        apart("Zoé")
    );
    // The same key: a duplicate.
    let keyed = chosen(&format!("key = ['{}']", apart("Né")), &people, "{{ name }}\n", "");
    keyed.run(&["check"]).code(2).stderr_has("duplicate");
    // The same group: one message.
    let people = people.replace("bob@", "ada@");
    let text = "{% for r in rows %}{{ r.name }}{{ r['Né'] }} {% endfor %}\n";
    let grouped = chosen("group_by = ['email', 'Né']\nsort = ['Né']", &people, text, "");
    assert_eq!(texts(&grouped), ["AZoé BZoé "]);
    let people = "email,name\nada@example.org,Zoé\nbob@example.org,Bob\n";
    let only = chosen("key = ['name']", people, "{{ name }}\n", "");
    only.run(&["send", "--dry-run", "--only", &apart("Zoé")]).code(0);
    assert_eq!(only.eml("results/preview").len(), 1);
    // Two columns that nobody can tell apart.
    let people = format!("email,Né,{}\nada@example.org,A,B\n", apart("Né"));
    let two = campaign(people, "{{ row['Né'] }}\n", "");
    two.run(&["check"]).code(2).stderr_has("two columns are called");
}

#[test]
fn files_are_found_whatever_form_their_accents_have() {
    let people = format!(
        "email,nom,_attach\nada@example.org,Zoé,extra/Zoé.txt\nbob@example.org,김민준,\ncyd@example.org,{},\n",
        apart("André")
    );
    let text = "{% include 'pièces/pied é.txt' %}\n";
    let bench = chosen(
        "",
        &people,
        &text.replace('è', "e"),
        "attach = ['letters/{{ nom }}.txt', 'plané.txt']",
    );
    for name in ["Zoé", "김민준"] {
        bench.write(&format!("letters/{}.txt", apart(name)), "x");
    }
    bench.write("letters/André.txt", "x");
    bench.write(&format!("extra/{}.txt", apart("Zoé")), "x");
    bench.write(&apart("plané.txt"), "x");
    bench.write(&apart("pieces/pied é.txt"), "foot");
    assert_eq!(texts(&bench), ["foot", "foot", "foot"]);
    // Another case is another name; the nearest is told.
    let people = "email,nom\nada@example.org,Bob\n";
    let bench = chosen("", people, "Hello\n", "attach = ['{{ nom }}.pdf']");
    bench.write("bob.PDF", "x");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("that folder has `bob.PDF`");
    let bench = chosen("", people, "{% include 'foot.txt' %}\n", "");
    bench.write("Foot.TXT", "x");
    let outcome = bench.run(&["check"]);
    outcome.code(2).stderr_has("that folder has `Foot.TXT`");
}

#[test]
fn an_accent_is_one_in_the_keys_of_objects() {
    let rows = format!(
        "{{\"email\": \"ada@example.org\", \"Prénom\": \"Ada\"}}\n{{\"email\": \"bob@example.org\", \"{}\": \"Bob\"}}\n",
        apart("Prénom")
    );
    let bench = chosen("", "", "{{ row['Prénom'] }}\n", "").file("people.jsonl", rows);
    let file = bench.read("mailshot.toml").replace("people.csv", "people.jsonl");
    bench.write("mailshot.toml", file);
    assert_eq!(texts(&bench), ["Ada", "Bob"]);
}

/// What each of the values of `_lang` gets, of templates that hold their own language; and what is said.
fn spoken(values: &[&str], languages: &[&str]) -> (Vec<String>, String) {
    let mut people = "email,_lang\n".to_owned();
    for (row, value) in values.iter().enumerate() {
        people.push_str(&format!("p{row:02}@example.org,{value}\n"));
    }
    let bench = campaign(people, "any\n", "");
    for language in languages {
        bench.write(&format!("n.{language}.txt"), format!("{language}\n"));
    }
    let said = bench.run(&["check"]).stderr.clone();
    (texts(&bench), said)
}

#[test]
fn everybody_gets_the_nearest_language() {
    let values = [
        "zh-Hant-TW",
        "zh-TW",
        "ZH_hk",
        "zh-Hans-CN",
        "zh-SG",
        "de-CH-1996",
        "de_AT.UTF-8",
        "DEU",
        "no",
        "fr",
        "",
    ];
    let found = [
        "zh-Hant", "zh-Hant", "zh-Hant", "zh", "zh", "de", "de", "de", "nb", "any", "any",
    ];
    let (texts, said) = spoken(&values, &["zh-Hant", "zh", "de", "nb"]);
    assert_eq!(texts, found);
    assert!(!said.contains("warning[language]: `"), "{said}");
    // Nobody in Taipei gets the simplified text of Beijing, nor the other way round.
    assert_eq!(
        spoken(&["zh-TW", "zh-CN", "zh"], &["zh-Hans"]).0,
        ["any", "zh-Hans", "zh-Hans"]
    );
    assert_eq!(
        spoken(&["zh-TW", "zh-CN", "zh-MO"], &["zh-TW"]).0,
        ["zh-TW", "any", "zh-TW"]
    );
    assert_eq!(
        spoken(&["sr-Latn-RS", "sr", "pt"], &["sr-Latn", "sr", "pt-BR"]).0,
        ["sr-Latn", "sr", "pt-BR"]
    );
    let bench = campaign("email,_lang\nada@example.org,zh-TW\n", "any\n", "");
    bench.write("n.zh.txt", "您好，请看这个\n");
    bench
        .run(&["check"])
        .code(0)
        .stderr_has("`zh-TW` in the column `_lang` gets the text for `zh`");
    bench.write("n.zh.txt", "您好，請看這個\n");
    bench.run(&["check"]).code(0).stderr_lacks("zh-TW");
}

#[test]
fn what_is_no_tag_is_understood_or_told_once() {
    let values = [
        "中文",
        "Deutsch",
        "cn",
        "jp",
        "英文",
        "Deutsch",
        "klingon",
        "繁體中文",
        "English (US)",
        "klingon",
        "xx",
    ];
    let (texts, said) = spoken(&values, &["zh", "zh-Hant", "de", "en"]);
    let found = [
        "zh", "de", "zh", "any", "en", "de", "any", "zh-Hant", "en", "any", "any",
    ];
    assert_eq!(texts, found, "{said}");
    for told in [
        "`中文` in the column `_lang` is read as the language `zh`",
        "`Deutsch` in the column `_lang` is read as the language `de`",
        "`cn` in the column `_lang` is read as the language `zh`",
        "`jp` in the column `_lang` is read as the language `ja`",
        "`klingon` in the column `_lang` is not a language",
        "`xx` in the column `_lang` is not a language",
    ] {
        assert_eq!(said.matches(told).count(), 1, "{told}: {said}");
    }
    // Templates may be called whatever rows say.
    assert_eq!(spoken(&["formal", "du"], &["formal", "du"]).0, ["formal", "du"]);
}

#[test]
fn what_is_included_speaks_the_same_language() {
    let people = "email,_lang\na@example.org,zh-TW\nb@example.org,de\nc@example.org,\nd@example.org,fr-CA\n";
    let text = "any {% include \"parts/foot.txt\" %}\n";
    let html = "html = 'n.html'";
    let bench = campaign(people, text, html);
    bench.write("n.html", "<p>any {% include \"parts/foot.html\" %}</p>\n");
    bench.write("n.de.txt", "de {% include \"parts/foot.txt\" %}\n");
    bench.write("parts/foot.txt", "foot {% include \"parts/sign.txt\" %}");
    bench.write("parts/foot.zh-Hant.txt", "hant {% include \"parts/sign.txt\" %}");
    bench.write("parts/foot.html", "<b>foot</b>");
    bench.write("parts/foot.fr.html", "<b>pied & {{ _lang }}</b>");
    bench.write("parts/sign.txt", "sign");
    bench.write("parts/sign.de.txt", "gez.");
    assert_eq!(
        texts(&bench),
        ["any hant sign", "de foot gez.", "any foot sign", "any foot sign"]
    );
    let html: Vec<bool> = bench
        .eml("results/preview")
        .into_iter()
        .map(|file| std::fs::read_to_string(file).expect("a message").contains("pied"))
        .collect();
    assert_eq!(html, [false, false, false, true]);
    // What is wrong in one is told at its own place.
    bench.write("parts/foot.zh-Hant.txt", "one\ntwo {{ nobody }}\n");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("parts/foot.zh-Hant.txt:2:8");
}
