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
        .stderr_has("there is `bob.PDF` in that folder");
}
