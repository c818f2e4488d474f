//! What filters make of the parts of a message, told by `check`: no words, hidden words, parts that differ, links
//! without words; and what they make nothing of.

use serde_json::Value;

use super::markup::body;
use crate::support::bench::Bench;

/// More than 400 letters.
const WORDS: &str = "The lecture moves to another room this week, and only this week: the projector of the old room is \
    repaired on that day. The new room is on the second floor of the building behind the library, and the way to it is \
    marked. Whoever cannot come may watch the recording, which is there from the evening on; the exercises are to be \
    handed in as always, on paper, before the lecture begins. Questions are answered by the registrar.";

/// Codes and places of what is said of a page and, where there is one, of a text.
fn said(bench: &Bench) -> Vec<String> {
    let outcome = bench.run(&["check", "--json"]);
    let document: Value = serde_json::from_str(&outcome.code(0).stdout).expect("JSON");
    let findings = document["findings"].as_array().expect("findings").iter();
    let codes = ["no-words", "hidden-text", "parts-differ", "link-without-words"];
    findings
        .filter(|finding| codes.iter().any(|code| finding["code"] == *code))
        .map(|finding| {
            format!("{} {}:{}", finding["code"], finding["file"], finding["line"]).replace('"', "")
        })
        .collect()
}

/// A campaign with a page, and a text of its own.
fn campaign() -> Bench {
    let line = "text = 'n.txt'\nhtml = 'n.html'\ninline = { a = 'x.png' }";
    let bench = body("email,x,empty\nada@example.org,xyz,\n", line, "n.html", "");
    bench.file("n.txt", WORDS).file("x.png", "x")
}

#[test]
fn words_that_are_hidden_are_told_where_they_stand() {
    // What stands in the second line of a page, and whether it is told.
    let cases = [
        ("<p style='font-size:1px'>Cheap watches</p>", true),
        ("<p style='font-size:0'>Cheap watches</p>", true),
        ("<span style=\"FONT-SIZE: 0px\">Cheap watches</span>", true),
        ("<p class=small>Cheap watches</p>", true),
        ("<p style='font-size:1px'><b>Cheap watches</b></p>", true),
        ("<p style='color:#fff;background:#ffffff'>Cheap watches</p>", true),
        ("<p style='color:white'>Cheap watches</p>", true),
        ("<p style='color:#fefefe'>Cheap watches</p>", true),
        (
            "<div style='background-color:#123456'><p style='color:rgb(18, 52, 86)'>Cheap watches</p></div>",
            true,
        ),
        (
            "<table bgcolor='#eeeeee'><tr><td><font color='#EEEEEE'>Cheap watches</font></table>",
            true,
        ),
        ("<p style='color:transparent'>Cheap watches</p>", true),
        (
            "<div style='display:none;font-size:1px;color:#fff;'>A preheader that SpamAssassin counts</div>",
            true,
        ),
        // A preheader as everybody writes it.
        (
            "<div style='display:none;max-height:0;overflow:hidden'>Preheader</div>",
            false,
        ),
        ("<div style='display:none;color:#fff'>Preheader</div>", false),
        (
            "<div style='display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;'>Preheader</div>",
            false,
        ),
        // What is only there for its looks, or has a size of its own.
        ("<td style='font-size:0'>&nbsp;</td>", false),
        (
            "<p style='font-size:1px;line-height:1px'>&#8203; &nbsp;</p>",
            false,
        ),
        (
            "<div style='font-size:0'><div style='font-size:13px'>Words</div></div>",
            false,
        ),
        (
            "<p style='font-size:1em'>Words</p><p style='font-size:100%'>Words</p>",
            false,
        ),
        ("<p style='font-size:10px'>Words</p>", false),
        // Seen on what is behind it.
        (
            "<table bgcolor='#12395b'><tr><td style='color:#fff'>Words</table>",
            false,
        ),
        (
            "<a style='background:#1a73e8;color:#ffffff' href='https://uni.example/'>Words</a>",
            false,
        ),
        (
            "<div style='background:#000'><p style='color:#fff'>Words</p></div>",
            false,
        ),
        (
            "<div style='background-image:url(https://uni.example/b.png)'><p style='color:#fff'>Words</p></div>",
            false,
        ),
        (
            "<table background='https://uni.example/b.png' bgcolor='#ffffff'><tr><td style='color:#fff'>Words</table>",
            false,
        ),
        (
            "<div style='background:linear-gradient(#000,#333)'><p style='color:#fff'>Words</p></div>",
            false,
        ),
        ("<p style='color:#999'>Words</p>", false),
        ("<p style='color:inherit'>Words</p>", false),
        ("<!-- <p style='font-size:1px'>Words</p> -->", false),
    ];
    let bench = campaign();
    for (line, told) in cases {
        let page = format!(
            "<html><head><style>.small{{font-size:1px}}</style></head><body><p>{WORDS}</p>\n{line}\n</body></html>"
        );
        bench.write("n.html", page);
        let expected: &[&str] = if told { &["hidden-text n.html:2"] } else { &[] };
        assert_eq!(said(&bench), expected, "{line}");
    }
    // A value stands in no line of the page.
    bench.write(
        "n.html",
        format!("<p style='font-size:0.5pt'>{{{{ x }}}}</p><p>{WORDS}</p>"),
    );
    assert_eq!(said(&bench), ["hidden-text n.html:null"]);
    bench.write(
        "n.html",
        format!("<p style='font-size:1px'>Cheap</p><p>{WORDS}</p>"),
    );
    bench
        .run(&["check"])
        .stderr_has("`Cheap` is in letters without size")
        .stderr_has("display:none; max-height:0; overflow:hidden");
}

#[test]
fn a_link_without_words_is_told_where_its_picture_stands() {
    let cases = [
        (
            "<a href='https://uni.example/'><img src='cid:a' alt=''></a>",
            true,
        ),
        ("<a href='https://uni.example/'><img src='cid:a' alt></a>", true),
        (
            "<a href='https://uni.example/'>&nbsp;<img src='cid:a' alt=' '> </a>",
            true,
        ),
        (
            "<a href='{{ x }}'><table><tr><td><img src='cid:a' alt=''></table></a>",
            true,
        ),
        (
            "<a href='mailto:a@uni.example'><b><img src='cid:a' alt=''></b></a>",
            true,
        ),
        (
            "<a href='https://uni.example/'>{% if x %}<img src='cid:a' alt=''>{% endif %}</a>",
            true,
        ),
        (
            "<a href='https://uni.example/'><img src='cid:a' alt='The map'></a>",
            false,
        ),
        (
            "<a href='https://uni.example/'><img src='cid:a' alt='{{ x }}'></a>",
            false,
        ),
        (
            "<a href='https://uni.example/'><img src='cid:a' alt=''>The map</a>",
            false,
        ),
        (
            "<a href='https://uni.example/'><img src='cid:a' alt=''>{{ x }}</a>",
            false,
        ),
        (
            "<a href='https://uni.example/' aria-label='The map'><img src='cid:a' alt=''></a>",
            false,
        ),
        (
            "<a href='https://uni.example/' title='The map'><img src='cid:a' alt=''></a>",
            false,
        ),
        ("<a href='#top'><img src='cid:a' alt=''></a>", false),
        ("<a name=top><img src='cid:a' alt=''></a>", false),
        ("<img src='cid:a' alt=''>", false),
        (
            "<!-- <a href='https://uni.example/'><img src='cid:a' alt=''></a> -->",
            false,
        ),
        // The words beside it lead to the same.
        (
            "<a href='https://uni.example/'><img src='cid:a' alt=''></a><a href='https://uni.example/'>Read more</a>",
            false,
        ),
        // No `alt` at all is told as that.
        ("<a href='https://uni.example/'><img src='cid:a'></a>", false),
    ];
    let bench = campaign();
    for (line, told) in cases {
        bench.write("n.html", format!("<p>{WORDS}</p>\n{line}\n"));
        let expected: &[&str] = if told {
            &["link-without-words n.html:2"]
        } else {
            &[]
        };
        assert_eq!(said(&bench), expected, "{line}");
    }
}

#[test]
fn a_message_without_words_is_told() {
    let long = "<td style='padding:0 0 0 0'></td>".repeat(120);
    let poster = "<a href='https://uni.example/'><img src='cid:a' alt='x' width=600 height=800></a>";
    let cases = [
        ("<img src='cid:a' alt='x'>".to_owned(), true),
        (
            "<img src='cid:a' alt='x'><p>Come to the concert on Friday evening</p>".to_owned(),
            true,
        ),
        (format!("<img src='cid:a' alt='{WORDS}'>"), true),
        (
            format!("<img src='cid:a' alt='x'><p style='display:none'>{WORDS}</p>"),
            true,
        ),
        (
            format!("<img src='cid:a' alt='x'><p>Unsubscribe</p><table><tr>{long}</table>"),
            true,
        ),
        (
            format!(
                "{poster}<p>Frühlingskonzert am Freitagabend; Eintrittskarten an der Abendkasse oder online, Studierende ermäßigt</p><table><tr>{long}</table>"
            ),
            true,
        ),
        (format!("<img src='cid:a' alt='x'><p>{WORDS}</p>"), false),
        (format!("<p>{WORDS}</p>"), false),
        ("<p>Short, but no picture</p>".to_owned(), false),
        (
            "<p>Short</p><img src='https://uni.example/t.gif' width=1 height=1 alt=''>".to_owned(),
            false,
        ),
        (
            format!("<img src='cid:a' alt='x'><p>{}</p>", "请带上门票".repeat(30)),
            false,
        ),
        // A page of a design program: filters see it as one.
        (
            format!(
                "<img src='cid:a' alt='x' width=180><p>{}</p><table><tr>{long}</table>",
                "Rowing begins again. ".repeat(8)
            ),
            false,
        ),
    ];
    let bench = campaign();
    for (page, told) in &cases {
        bench.write("n.html", page);
        let expected: &[&str] = if *told { &["no-words n.html:null"] } else { &[] };
        let mut found = said(&bench);
        found.retain(|one| one.starts_with("no-words"));
        assert_eq!(found, expected, "{page}");
    }
    // Its text part alone.
    bench.write("n.html", "<p>Short</p>");
    for text in ["{{ empty }}", " {{ empty }}\n\n"] {
        bench.write("n.txt", text);
        assert_eq!(said(&bench), ["no-words n.txt:null"], "{text:?}");
    }
    // One that is made of a page in which there is nothing.
    let bench = body(
        "email\nada@example.org\n",
        "html = 'n.html'",
        "n.html",
        "<img src='https://uni.example/p.png' alt=''>",
    );
    assert_eq!(said(&bench), ["no-words n.html:null"]);
}

#[test]
fn parts_that_say_something_else_are_told() {
    let page = format!("<h1>Notice</h1><p>{WORDS}</p>");
    let bench = campaign();
    bench.write("n.html", &page);
    for (text, told) in [
        ("Please look at the HTML.", true),
        ("x", true),
        (
            "Der Unterricht findet diese Woche in einem anderen Raum statt, und nur diese Woche.",
            true,
        ),
        (WORDS, false),
        (&WORDS.to_uppercase(), false),
        (&WORDS[..WORDS.len() / 4], false),
        (&WORDS.replace(' ', "\n"), false),
    ] {
        bench.write("n.txt", text);
        let expected: &[&str] = if told { &["parts-differ n.txt:null"] } else { &[] };
        assert_eq!(said(&bench), expected, "{text}");
    }
    // Of little, nothing can be said.
    bench.write("n.html", "<p>See you on Friday at the concert</p>");
    bench.write("n.txt", "Bis Freitag");
    assert_eq!(said(&bench), [""; 0]);
    // Chinese has no blanks.
    let words = "本周的课换到教二楼三百零五教室上，只换这一次，请同学们互相转告，准时到场。".repeat(2);
    bench.write("n.html", format!("<p>{words}</p>"));
    for (text, told) in [(words.as_str(), false), ("详见网页", true)] {
        bench.write("n.txt", text);
        let expected: &[&str] = if told { &["parts-differ n.txt:null"] } else { &[] };
        assert_eq!(said(&bench), expected, "{text}");
    }
    // What is made of the page says what the page says.
    let made = body("email\nada@example.org\n", "html = 'n.html'", "n.html", &page);
    assert_eq!(said(&made), [""; 0]);
}
