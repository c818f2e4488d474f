//! Which column holds the addresses.

use crate::support::bench::Bench;

/// A campaign without `to`, of one list.
fn without_to(people: &str) -> Bench {
    let file = "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
                subject = 'Notice'\ntext = 'n.txt'\n";
    Bench::new()
        .campaign(file)
        .csv("people.csv", people)
        .file("n.txt", "x")
}

/// Columns of exports, whose names are known in whatever language and with whatever is written around
/// them. (`table/address_names.rs` tries many more of them.)
#[test]
fn columns_of_exports_are_known() {
    for name in [
        "Primary Email",
        "E-mail 1 - Value",
        "RecipientEmail",
        "Attendee Email",
        "E-mailadres",
        "Endereço de e-mail",
        "Электронная почта",
        "邮箱（必填）",
        "*电子邮箱",
        "邮箱:",
        "3、请输入您的邮箱地址：",
        "Username",
    ] {
        let bench = without_to(&format!("name,{name},E-mail 2 - Value\nAda,ada@example.org,\n"));
        bench
            .run(&["send", "--dry-run"])
            .code(0)
            .stderr_has(&format!("messages go to the addresses in column `{name}`"));
        assert!(
            bench.eml("results/preview")[0].ends_with("000002-ada@example.org.eml"),
            "{name}"
        );
    }
}

/// The line that is offered is pasted, and works.
#[track_caller]
fn offered(people: &str, words: &str) {
    let bench = without_to(people);
    let outcome = bench.run(&["check"]);
    outcome.code(2).stderr_has(words);
    let line = outcome
        .stderr
        .split("write below [message]: ")
        .nth(1)
        .expect("what to write");
    let line = line
        .lines()
        .next()
        .expect("a line")
        .split(" or to = ")
        .next()
        .expect("the first");
    let toml = bench.read("mailshot.toml");
    bench.write("mailshot.toml", format!("{toml}{line}\n"));
    bench.run(&["send", "--dry-run"]).code(0);
    assert!(
        bench.eml("results/preview")[0].ends_with("000002-ada@example.org.eml"),
        "{line}"
    );
}

#[test]
fn a_column_full_of_addresses_is_offered_by_name() {
    offered(
        "Kontakt,name\nada@example.org,Ada\n",
        "but `Kontakt` contains addresses",
    );
    offered(
        "name,Wer ist's?\nAda,Ada <ada@example.org>\n",
        "but `Wer ist's?` contains addresses",
    );
    // Of somebody else, it is not used without being asked for.
    offered(
        "name,Parent email\nAda,ada@example.org\n",
        "but `Parent email` contains addresses",
    );
    offered(
        "Student Email,Tutor Email\nada@example.org,bob@example.org\n",
        "may contain the addresses: `Student Email`, `Tutor Email`",
    );
    offered(
        "E-Mail,Mail\nada@example.org,bob@example.org\n",
        "may contain the addresses: `E-Mail`, `Mail`",
    );
    offered(
        ",name\nada@example.org,Ada\n",
        "but `column_A` contains addresses",
    );
    offered(
        "E-Mail,Secondary Email\n,ada@example.org\n",
        "the column `E-Mail` of people.csv is empty, and `Secondary Email` contains addresses",
    );
    offered(
        "email,name,E-Mail\n,Ada,ada@example.org\n,Bob,bob@example.org\n",
        "the column `email` of people.csv is empty, and `E-Mail` contains addresses",
    );
}

#[test]
fn columns_tells_which_column_it_is() {
    let bench = without_to("name,E-mail 1 - Value\nAda,ada@example.org\n");
    for of in [".", "people.csv"] {
        let columns = bench.run(&["columns", of]);
        columns
            .code(0)
            .stdout_has("* `to` is filled in from E-mail 1 - Value");
    }
}

#[test]
fn where_no_cell_is_an_address_nothing_is_offered() {
    without_to("ada@example.org,Ada\nbob@example.org,Bob\n")
        .run(&["check"])
        .code(2)
        .stderr_has("names no columns: it contains ada@example.org");
    without_to("Kontakt,name\nada,Ada\n")
        .run(&["check"])
        .code(2)
        .stderr_has("no column of people.csv is called `email` or something similar\n")
        .stderr_has("the columns are: Kontakt, name");
}
