//! Which files of a campaign no spreadsheet hands out, and which nobody does.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::bench::Bench;

const TOML: &str = r#"name = "room"

[recipients]
file = "people.csv"
suppress = ["gone.csv"]

[message]
from = "registrar@uni.example"
subject = "News"
text = "notice.txt"
ATTACH

[relay.here]
server = "smtps://smtp.uni.example"
user = "registrar"
password = { file = "pw" }
ca_file = "ca.pem"
"#;

fn bench() -> Bench {
    let bench = Bench::new()
        .campaign(&TOML.replace("ATTACH", ""))
        .file("notice.txt", "Hello\n")
        .file("gone.csv", "email\neve@example.org\n")
        .file("ca.pem", "-----BEGIN CERTIFICATE-----\n")
        .file("map.txt", "map\n")
        .file(
            "old.txt",
            "-----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----\n",
        )
        .file("letters/1.txt", "letter\n")
        .file(".env", "SECRET=1\n")
        .file(
            "other.toml",
            "[relay.other]\nserver = 'smtps://smtp.uni.example'\nuser = 'a'\npassword = { file = 'other-pw' }\n",
        )
        .file(".mailshot/room.db", "ledger")
        .file("results/report.csv", "email\n");
    private(&bench, "pw", "hunter2\n");
    private(&bench, "other-pw", "hunter3\n");
    bench
}

fn private(bench: &Bench, name: &str, text: &str) {
    bench.write(name, text);
    fs::set_permissions(bench.path(name), fs::Permissions::from_mode(0o600)).expect("the mode");
}

fn people(bench: &Bench, file: &str) {
    bench.write("people.csv", format!("email,_attach\nada@example.org,{file}\n"));
}

#[test]
fn a_cell_hands_out_no_secret_ledger_list_or_campaign() {
    let bench = bench();
    symlink("pw", bench.path("by-link.txt")).expect("a link");
    symlink(".mailshot", bench.path("by-folder")).expect("a link");
    fs::hard_link(bench.path("pw"), bench.path("hard.txt")).expect("a second name");
    fs::hard_link(bench.path(".mailshot/room.db"), bench.path("hard.db")).expect("a second name");
    let whole = bench.path("pw").canonicalize().expect("its path");
    let template = TOML.replace("ATTACH", "attach = [\"{{ row['_attach'] }}\"]");
    for (file, words) in [
        ("pw", "contains a secret"),
        ("./letters/../pw", "is outside"),
        (whole.to_str().expect("a path"), "contains a secret"),
        ("by-link.txt", "contains a secret"),
        ("hard.txt", "contains a secret"),
        ("other-pw", "contains a secret"),
        ("old.txt", "contains a secret"),
        ("mailshot.toml", "is a campaign file"),
        ("other.toml", "is a campaign file"),
        ("people.csv", "is a list of this campaign"),
        ("gone.csv", "is a list of this campaign"),
        (".mailshot/room.db", "belongs to mailshot"),
        ("by-folder/room.db", "belongs to mailshot"),
        ("hard.db", "belongs to mailshot"),
        ("results/report.csv", "belongs to mailshot"),
        (".env", "is hidden"),
    ] {
        people(&bench, file);
        bench.write("mailshot.toml", TOML.replace("ATTACH", ""));
        bench
            .run(&["check"])
            .code(2)
            .stderr_has(&format!("the attachment `{file}` of this row"))
            .stderr_has(words);
        bench.write("mailshot.toml", &template);
        bench.run(&["send", "--dry-run"]).code(2).stderr_has(words);
    }
    assert!(!bench.path("results/preview").exists());
    bench.write("mailshot.toml", TOML.replace("ATTACH", ""));
    for file in ["map.txt", "letters/1.txt", "ca.pem", "notice.txt"] {
        people(&bench, file);
        bench
            .run(&["check"])
            .code(0)
            .stderr_has("Column `_attach` attaches 1 file to 1 message.");
    }
}

#[test]
fn what_the_campaign_itself_names_goes_out_unless_it_is_a_secret() {
    let bench = bench();
    bench.write("people.csv", "email\nada@example.org\n");
    for file in ["gone.csv", "people.csv", "results/report.csv"] {
        bench.write(
            "mailshot.toml",
            TOML.replace("ATTACH", &format!("attach = ['{file}']")),
        );
        bench.run(&["check"]).code(0);
    }
    for attach in ["attach = ['pw']", "inline = { logo = 'pw' }"] {
        bench.write("mailshot.toml", TOML.replace("ATTACH", attach));
        bench.run(&["check"]).code(2).stderr_has("contains a secret");
    }
    bench.write(
        "mailshot.toml",
        TOML.replace("\"notice.txt\"", "\"pw\"").replace("ATTACH", ""),
    );
    bench.run(&["check"]).code(2).stderr_has("it contains a secret");
    bench
        .run(&["check", "--lang", "zh"])
        .code(2)
        .stderr_has("：含有机密");
    bench.write("mailshot.toml", TOML.replace("ATTACH", ""));
    // Nor is a line of it shown, as a warning would.
    private(&bench, "pw", "{hunter2}\n{name}\n");
    bench.write("notice.txt", "{% include \"pw\" %}\n");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("it contains a secret")
        .stderr_lacks("hunter2");
}

#[test]
fn an_include_leads_neither_out_of_the_campaign_nor_back() {
    let bench = bench();
    bench.write("people.csv", "email\nada@example.org\n");
    symlink("/etc/hostname", bench.path("host.txt")).expect("a link");
    for text in ["{% include \"host.txt\" %}\n", "{% extends \"host.txt\" %}\n"] {
        bench.write("notice.txt", text);
        bench
            .run(&["check"])
            .code(2)
            .stderr_has("`host.txt` is not below the campaign's folder")
            .stderr_has("it is a link to another place");
    }
    bench.write("notice.txt", "{% include \"b.txt\" %}\n");
    bench.write("b.txt", "{% include \"c.txt\" %}\n");
    for (text, words) in [
        (
            "{% include \"b.txt\" %}\n",
            "a template includes itself: b.txt → c.txt → b.txt",
        ),
        (
            "{% include \"notice.txt\" %}\n",
            "a template includes itself: notice.txt → b.txt → c.txt → notice.txt",
        ),
    ] {
        bench.write("c.txt", text);
        bench
            .run(&["check"])
            .code(2)
            .stderr_has(words)
            .stderr_has("1 error. Nothing was sent.")
            .stderr_lacks("Unknown template");
    }
    // Twice is no circle.
    bench.write("c.txt", "c\n");
    bench.write(
        "notice.txt",
        "{% include \"b.txt\" %}{% include \"c.txt\" %}{% include \"b.txt\" %}\n",
    );
    bench.run(&["check"]).code(0);
}

#[test]
fn copies_are_counted_before_anything_goes_out() {
    let bench = bench();
    let many: Vec<_> = (0..25).map(|n| format!("c{n}@example.org")).collect();
    let rows = format!(
        "email,_cc\nada@example.org,{}\nbob@example.org,\n",
        many.join(";")
    );
    bench.write("people.csv", rows);
    let toml = TOML.replace("ATTACH", "bcc = \"head@uni.example\"");
    bench.write("mailshot.toml", toml);
    bench
        .run(&["check"])
        .code(0)
        .stderr_has("Column `_cc` adds copies to 1 message.")
        .stderr_has("27 copies are sent in addition, by Cc and Bcc.")
        .stderr_has("Every message also goes to head@uni.example (Bcc).")
        .stderr_has("1 message has 20 copies or more, at most 26.");
}
