//! Pictures that a page names by their files are sent with the message.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::program::Outcome;

use super::markup::body;

/// As many words as a page with pictures needs.
const WORDS: &str = "The lecture moves to another room this week, and only this week: the projector of the old room is \
    repaired on that day. The new room is on the second floor of the building behind the library, and the way to it is \
    marked. Whoever cannot come may watch the recording, which is there from the evening on; the exercises are to be \
    handed in as always, on paper, before the lecture begins. Questions are answered by the registrar, by mail or on the \
    telephone, every day from nine to twelve.";

/// The smallest picture that every program knows, another one for each number.
fn gif(number: u8) -> Vec<u8> {
    let mut octets = b"GIF89a\x01\x00\x01\x00\x80\x00\x00".to_vec();
    octets.extend([number, number, number, 255, 255, 255]);
    octets.extend(b"!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;");
    octets
}

fn shows(people: &str, page: &str) -> Bench {
    let line = "text = 'n.txt'\nhtml = 'n.html'";
    let bench = body(people, line, "n.html", &format!("{page}<p>{WORDS}</p>")).file("n.txt", WORDS);
    for (name, number) in [
        ("images/logo.gif", 1),
        ("images/my map.gif", 2),
        ("images/校徽.gif", 3),
        ("photos/1.gif", 4),
        ("photos/2.gif", 5),
        ("logo.gif", 6),
    ] {
        picture(&bench, name, number);
    }
    bench
}

fn picture(bench: &Bench, name: &str, number: u8) {
    let path = bench.path(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, gif(number)).expect("a picture");
}

const ONE: &str = "email,name,photo\nada@example.org,Ada,1\n";

/// The messages of a dry run, each with its soft line breaks joined.
fn messages(bench: &Bench) -> Vec<String> {
    bench.run(&["send", "--dry-run"]).code(0);
    let read = |path: &Path| fs::read(path).expect("a message");
    let mut files = bench.eml("results/preview");
    files.sort();
    files
        .iter()
        .map(|path| {
            let octets = read(path);
            String::from_utf8_lossy(&octets)
                .replace("=\r\n", "")
                .replace("=3D", "=")
        })
        .collect()
}

/// The names of the pictures in a message, in their order.
fn parts(message: &str) -> Vec<&str> {
    let ids = message.split("Content-ID: <").skip(1);
    ids.filter_map(|id| id.split('>').next()).collect()
}

fn codes(outcome: &Outcome) -> Vec<String> {
    let document: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let findings = document["findings"].as_array().expect("findings").iter();
    findings
        .map(|finding| finding["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn a_picture_is_sent_however_the_page_names_it() {
    for address in [
        "src=\"images/logo.gif\"",
        "src='./images/logo.gif'",
        "src=images/logo.gif",
        "SRC=\" images\\logo.gif \"",
        "src=\"images/my%20map.gif\"",
        "src=\"images/my map.gif\"",
        "src=\"images/校徽.gif\"",
        "src=\"images/%E6%A0%A1%E5%BE%BD.gif\"",
        "src=\"photos/../images/logo.gif\"",
        "src=\"images/logo.gif?v=2\"",
        "src=\"file:images/logo.gif\"",
        "src=\"{{ 'images' }}/logo.gif\"",
    ] {
        let bench = shows(ONE, &format!("<img alt=x {address}>"));
        let checked = bench.run(&["check", "--json"]);
        checked.code(0);
        assert_eq!(codes(&checked), ["unused-column"], "{address}");
        let message = messages(&bench).remove(0);
        let parts = parts(&message);
        assert_eq!(parts.len(), 1, "{address}\n{message}");
        assert!(
            message.contains(&format!("cid:{}", parts[0])),
            "{address}\n{message}"
        );
        assert!(message.contains("Content-Type: multipart/related"), "{message}");
        assert!(message.contains("Content-Disposition: inline"), "{message}");
    }
}

#[test]
fn styles_backgrounds_and_what_outlook_reads_name_pictures_too() {
    let page = "<style>p{background:url(images/logo.gif)}</style><table><tr><td background=\"photos/1.gif\">\
                <p style=\"background:url('images/my map.gif')\">x</p></td></tr></table>\
                <!--[if mso]><v:fill src=\"photos/1.gif\"/><v:image src=\"none.gif\"/><![endif]-->\
                <img alt=x srcset=\"photos/1.gif 1x, photos/2.gif 2x\" src=\"images/logo.gif\">\
                <img alt=x src=\"https://uni.example/x.png\"><img alt=x src=\"images/logo.gif\">";
    let bench = shows(ONE, page);
    bench.run(&["check"]).code(0);
    let message = messages(&bench).remove(0);
    let parts = parts(&message);
    assert_eq!(parts.len(), 3, "one part for each picture\n{message}");
    for gone in ["images/logo.gif", "photos/1.gif", "my map.gif'", "srcset"] {
        assert!(!message.contains(gone), "{gone}\n{message}");
    }
    for kept in ["src=\"none.gif\"", "src=\"https://uni.example/x.png\""] {
        assert!(message.contains(kept), "{kept}\n{message}");
    }
}

#[test]
fn markdown_and_files_that_are_included_name_pictures_too() {
    let bench = shows(ONE, "");
    let config = bench
        .read("mailshot.toml")
        .replace("text = 'n.txt'\nhtml = 'n.html'", "markdown = 'pages/n.md'");
    bench.write("mailshot.toml", config);
    picture(&bench, "pages/beside.gif", 9);
    bench.write(
        "pages/n.md",
        format!(
            "![beside](beside.gif) ![校徽](images/校徽.gif) ![map][map] {{% include \"pages/foot.md\" %}}\n\n\
             ![photo](photos/{{{{ photo }}}}.gif) `![no](none.gif) <img src=\"none.gif\">`\n\n[map]: <images/my map.gif>\n\n{WORDS}\n"
        ),
    );
    bench.write("pages/foot.md", "<img src=\"../images/logo.gif\" alt=\"x\">\n");
    bench.run(&["check"]).code(0).stderr_lacks("error");
    let message = messages(&bench).remove(0);
    assert_eq!(parts(&message).len(), 5, "{message}");
}

#[test]
fn each_recipient_gets_their_own_picture() {
    let people = "email,name,photo\nada@example.org,Ada,photos/1.gif\nbob@example.org,Bob,photos/2.gif\n\
                  cy@example.org,Cy,https://uni.example/cy.gif\ndan@example.org,Dan,\n";
    let page = "{% if photo %}<img alt=\"{{ name }}\" src=\"{{ photo }}\">{% endif %}";
    let bench = shows(people, page);
    let messages = messages(&bench);
    let of: Vec<Vec<&str>> = messages.iter().map(|message| parts(message)).collect();
    assert_eq!(of.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 0, 0]);
    assert_ne!(of[0], of[1]);
    assert!(messages[2].contains("src=\"https://uni.example/cy.gif\""));
    bench.write("people.csv", people.replace("photos/2.gif", "photos/3.gif"));
    let outcome = bench.run(&["check"]);
    outcome
        .code(2)
        .stderr_has("error[picture-missing]: the picture `photos/3.gif` of this row cannot be used: it does not exist")
        .stderr_has("people.csv:3:21");
}

#[test]
fn a_picture_that_is_not_there_is_an_error_with_the_one_that_was_meant() {
    let cases = [
        ("images/Logo.gif", "did you mean `images/logo.gif`?"),
        ("img/logo.gif", "did you mean `"),
        ("images/logo.png", "did you mean `images/logo.gif`?"),
        ("校徽.gif", "did you mean `images/校徽.gif`?"),
        ("images/mymap.gif", "did you mean `images/my map.gif`?"),
        ("nowhere-at-all.png", "put the picture beside the HTML file"),
    ];
    for (written, hint) in cases {
        let bench = shows(
            ONE,
            &format!("<p>{{{{ name }}}}</p>\n<img alt=x src=\"{written}\">"),
        );
        let outcome = bench.run(&["check"]);
        outcome
            .code(2)
            .stderr_has(&format!(
                "error[picture-missing]: the picture `{written}` cannot be used: it does not exist\n"
            ))
            .stderr_has("--> n.html:2:17\n")
            .stderr_has(hint);
        bench.run(&["send", "--sandbox"]).code(2);
    }
    // The rows are looked at in the same go.
    let bench = shows(
        "email\nada@example.org\nbob.example.org\n",
        "<img alt=x src='no.png'>",
    );
    let outcome = bench.run(&["check", "--json"]);
    assert_eq!(codes(&outcome), ["picture-missing", "bad-address"], "{outcome}");
}

#[test]
fn a_page_shows_no_file_that_is_not_for_everybody() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("x.gif"), gif(1)).expect("a picture");
    let elsewhere = outside.path().join("x.gif").display().to_string();
    let cases = [
        ("people.csv", "it is not a picture"),
        ("mailshot.toml", "it is not a picture"),
        ("n.txt", "it is not a picture"),
        ("../x.gif", "it is outside the campaign's folder"),
        (".hidden/x.gif", "hidden"),
        ("C:\\Users\\ada\\none.gif", "it is outside the campaign's folder"),
        (
            "file:///C:/Users/ada/none.gif",
            "it is outside the campaign's folder",
        ),
    ];
    for (written, why) in cases {
        let bench = shows(ONE, &format!("<img alt=x src='{written}'>"));
        picture(&bench, ".hidden/x.gif", 1);
        bench
            .run(&["check"])
            .code(2)
            .stderr_has(&format!("the picture `{written}` cannot be used: "))
            .stderr_has(why);
    }
    let page = format!("<img alt=x src='file://{elsewhere}'>");
    shows(ONE, &page)
        .run(&["check"])
        .code(2)
        .stderr_has("it is outside the campaign's folder");
    #[cfg(unix)]
    {
        let bench = shows(ONE, "<img alt=x src='link.gif'>");
        std::os::unix::fs::symlink(&elsewhere, bench.path("link.gif")).expect("a link");
        bench
            .run(&["check"])
            .code(2)
            .stderr_has("it is outside the campaign's folder");
    }
    // By its whole path, a file of the folder is one of it.
    let bench = shows(ONE, "");
    let whole = bench.path("images/logo.gif");
    bench.write(
        "n.html",
        format!("<img alt=x src='file://{}'><p>{WORDS}</p>", whole.display()),
    );
    assert_eq!(parts(&messages(&bench)[0]).len(), 1);
}

#[test]
fn a_picture_that_changed_is_changed_content() {
    let bench = shows(
        "email\nada@example.org\nbob@example.org\n",
        "<img alt=x src='images/logo.gif'>",
    );
    let peer = Peer::policy(|_| None);
    let config = bench.read("mailshot.toml");
    let relay = format!("[relay.here]\nserver = '{}'\n", peer.url());
    bench.write("mailshot.toml", config + &relay);
    bench.run(&["send", "--yes", "--limit", "1"]).code(0);
    picture(&bench, "images/logo.gif", 77);
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("images/logo.gif has changed");
    picture(&bench, "images/logo.gif", 1);
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().recipients(), ["ada@example.org", "bob@example.org"]);
}
