//! Pictures: those that a page asks for go along, and those that many mail programs do not show are told.

use std::fs;

use serde_json::Value;

use super::markup::body;

/// As many words as a page with pictures needs.
const WORDS: &str = "The lecture moves to another room this week, and only this week: the projector of the old room is \
    repaired on that day. The new room is on the second floor of the building behind the library, and the way to it is \
    marked. Whoever cannot come may watch the recording, which is there from the evening on; the exercises are to be \
    handed in as always, on paper, before the lecture begins. Questions are answered by the registrar, by mail or on the \
    telephone, every day from nine to twelve.";

#[test]
fn pictures_are_known_by_any_spelling_of_their_names() {
    let page = "<IMG SRC=\"CID:logo\" ALT=x><img src='cid:b%67' alt=x><td background='Cid:%62ack'>\
                <p style=\"background:url('cid:css')\">x</p><style>b{background:url(CID:sheet)}</style><b>x</b>";
    let page = format!("{page}<p>{WORDS}</p>");
    let pictures = ["logo", "bg", "back", "css", "sheet"];
    let inline = pictures.map(|name| format!("{name} = 'x.png'")).join(", ");
    let line = format!("text = 'n.txt'\nhtml = 'n.html'\ninline = {{ {inline} }}");
    let bench = body("email\nada@example.org\n", &line, "n.html", &page)
        .file("n.txt", WORDS)
        .file("x.png", "x");
    bench.run(&["check"]).code(0).stderr_lacks("warning");
    bench.run(&["send", "--dry-run"]).code(0);
    let octets = bench
        .eml("results/preview")
        .into_iter()
        .map(|file| fs::read(file).expect("a message"));
    let message = octets
        .map(|octets| String::from_utf8_lossy(&octets).into_owned())
        .collect::<String>();
    for picture in pictures {
        assert!(
            message.contains(&format!("Content-ID: <{picture}>")),
            "{picture}\n{message}"
        );
    }
    bench.write(
        "n.html",
        page.replace("b%67", "b%68").replace("cid:css", "cid:cs"),
    );
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("there is no embedded image `bh` to show here")
        .stderr_has("there is no embedded image `cs` to show here")
        .stderr_has("did you mean `cid:css`?");
}

#[test]
fn a_picture_that_gmail_and_outlook_do_not_show_is_told() {
    // What the page asks for, and the code of what is said of it.
    let cases = [
        (
            "<img alt=x src='data:image/png;base64,iVBORw0KGgo='>",
            "embedded-image",
        ),
        (
            "<p style=\"background:url(data:image/gif;base64,R0lGODlhAQABAAAAACw=)\">x</p>",
            "embedded-image",
        ),
        (
            "<style>p{background-image:url(\"DATA:image/png;base64,iVBORw0KGgo=\")}</style>",
            "embedded-image",
        ),
        ("<img alt=x src='https://uni.example/logo.svg'>", "svg-image"),
        ("<img alt=x src='https://uni.example/LOGO.SVG?v=2'>", "svg-image"),
        ("<svg width=9 height=9><path d='M0 0L9 9'/></svg>", "svg-image"),
        ("<img alt=x src='/img/logo.png'>", "relative-image"),
        ("<img alt=x src='//uni.example/logo.png'>", "relative-image"),
        ("<img alt=x src='blob:https://web.example/1'>", "relative-image"),
        ("<p style='background:url(/img/bg.png)'>x</p>", "relative-image"),
        ("<th background='/bg.png'>x</th>", "relative-image"),
        (
            "<p style=\"background:url('http://uni.example/bg.png')\">x</p>",
            "insecure-image",
        ),
        ("<img alt=x src='https://uni.example/logo.png'>", ""),
        (
            "<p style=\"background:url('https://uni.example/a(1).png?x=a.svg')\">x</p>",
            "",
        ),
        (
            "<style>@import url(fonts.css);@font-face{font-family:F;src:url(data:font/woff2;base64,AA) format('woff2')}</style>",
            "",
        ),
        ("<a href='data:text/plain,x'>x</a>", ""),
    ];
    let line = "text = 'n.txt'\nhtml = 'n.html'";
    let bench = body(
        "email,photo\nada@example.org,https://uni.example/ada.png\n",
        line,
        "n.html",
        "",
    )
    .file("n.txt", format!("{{{{ photo }}}} {WORDS}"));
    let said = |page: &str| -> Vec<String> {
        bench.write("n.html", format!("{page}<p>{WORDS}</p>"));
        let outcome = bench.run(&["check", "--json"]);
        let document: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
        let findings = document["findings"].as_array().expect("findings").iter();
        findings
            .map(|finding| finding["code"].as_str().expect("a code").to_owned())
            .collect()
    };
    for (page, code) in cases {
        let expected: Vec<&str> = [code].into_iter().filter(|code| !code.is_empty()).collect();
        assert_eq!(said(page), expected, "{page}");
    }
    bench.write(
        "people.csv",
        "email,photo\nada@example.org,\"data:image/png;base64,AA\"\n",
    );
    assert_eq!(said("<img alt=x src=\"{{ photo }}\">"), ["embedded-image"]);
    bench.write("people.csv", "email,photo\nada@example.org,x\n");
    assert_eq!(said("<img alt=x src=\"{{ photo }}\">"), ["picture-missing"]);
    bench.write("logo.svg", "<svg/>");
    bench.write(
        "mailshot.toml",
        bench.read("mailshot.toml") + "inline = { logo = 'logo.svg' }\n",
    );
    assert_eq!(said("<img alt=x src='cid:logo'>"), ["svg-image"]);
}
