//! What `mailshot check` finds: every mistake of a campaign that is full of
//! them, each once and where it stands, and nothing in one that is right.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::bench::Bench;
use crate::support::peer::policy::Policy;
use crate::support::program::Outcome;

/// The line between errors and warnings.
const BETWEEN: &str = "warnings (these do not prevent sending)";

const MISTAKES: &str = "tests/fixtures/mistakes";

fn document(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}\n{outcome}"))
}

/// `code file:line:column rows`, one for each finding.
fn told(document: &Value) -> Vec<String> {
    let findings = document["findings"].as_array().expect("a list of findings");
    findings
        .iter()
        .map(|finding| {
            let place = format!("{}:{}:{}", finding["file"], finding["line"], finding["column"]);
            format!(
                "{} {} {} {}",
                finding["severity"], finding["code"], place, finding["first_rows"]
            )
            .replace('"', "")
        })
        .collect()
}

fn codes(document: &Value) -> Vec<&str> {
    let findings = document["findings"].as_array().expect("a list of findings");
    findings
        .iter()
        .map(|finding| finding["code"].as_str().expect("a code"))
        .collect()
}

#[test]
fn a_campaign_full_of_mistakes_has_each_of_them_named_and_nothing_else() {
    let bench = Bench::new().copy_of(MISTAKES);
    let outcome = bench.run(&["check", "--json"]);
    outcome.code(2);
    let document = document(&outcome);
    let expected = [
        "error attachment people.csv:13:72 [13]",
        "error attachment people.csv:14:72 [14]",
        "error bad-address people.csv:15:1 [15]",
        "error ragged-row people.csv:16:1 [16]",
        "error control-character people.csv:18:24 [18]",
        "error unknown-column notice.html:12:44 [3]",
        "error duplicate-recipients people.csv:null:null [17]",
        "warning missing-text-part ./mailshot.toml:11:9 []",
        "warning unsafe-value notice.html:6:37 []",
        "warning relative-link notice.html:8:13 []",
        "warning relative-image notice.html:4:19 []",
        "warning insecure-link notice.html:8:60 []",
        "warning insecure-image notice.html:10:11 []",
        "warning image-without-alt notice.html:11:1 []",
        "warning leftover notice.html:7:19 []",
        "warning empty-cell people.csv:4:33 [4]",
        "warning formula-error people.csv:9:33 [9]",
        "warning leftover people.csv:10:37 [10]",
        "warning insecure-link people.csv:11:46 [11]",
        "warning empty-greeting people.csv:6:17 [6]",
        "warning empty-subject ./mailshot.toml:10:12 [5]",
        "warning clipped-html notice.html:null:null [12]",
        "warning domain-typo people.csv:7:1 [7]",
        "warning domain-typo people.csv:8:1 [8]",
        "note unused-column people.csv:1:12 []",
        "warning from-not-account ./mailshot.toml:8:9 []",
        "warning from-of-another-provider ./mailshot.toml:8:9 []",
        "warning over-quota ./mailshot.toml:14:1 []",
    ];
    assert!(expected.len() >= 25);
    assert_eq!(told(&document), expected, "{outcome}");
    assert_eq!(document["campaign"], "mistakes");
    assert_eq!(document["rows"], 17);
    assert_eq!(document["recipients"], 11);
    assert_eq!(document["errors"], 7);
    assert_eq!(
        (&document["warnings"], &document["notes"]),
        (&json!(20), &json!(1))
    );
    assert_eq!(document["estimate_seconds"], json!(172_800.0));
    for count in ["octets", "largest"] {
        assert!(document[count].as_u64() > Some(100_000), "{count}: {document}");
    }
    for finding in document["findings"].as_array().expect("a list") {
        let help = finding["help"].as_array().expect("a list of mends");
        assert!(!help.is_empty(), "no mend: {finding}");
        assert!(finding["rows"].as_u64() == Some(1), "{finding}");
    }

    // The page says the same: first what stops the sending.
    let page = bench.run(&["check"]);
    page.code(2);
    assert_eq!(page.stdout, "");
    assert_eq!(page.stderr, outcome.stderr);
    let (errors, warnings) = page
        .stderr
        .split_once(BETWEEN)
        .expect("errors and warnings apart");
    let count = |text: &str, word: &str| text.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((count(errors, "error["), count(errors, "warning[")), (7, 0));
    assert_eq!((count(warnings, "error["), count(warnings, "warning[")), (0, 20));
    page.stderr_has("17 rows checked: 7 errors, 20 warnings. Nothing was sent.");
}

#[test]
fn nothing_is_found_in_an_example_or_a_starter() {
    for campaign in crate::examples::folders() {
        let bench = Bench::new().copy_of(&campaign);
        let outcome = bench.run(&["check", "--json"]);
        outcome.code(0);
        let document = document(&outcome);
        assert_eq!(document["findings"], json!([]), "{}", campaign.display());
        assert_eq!(
            (&document["errors"], &document["warnings"]),
            (&json!(0), &json!(0))
        );
        assert!(document["recipients"].as_u64() >= Some(3), "{document}");
    }
}

const GOOD: &str = "name = 'good'\n[recipients]\nfile = 'people.csv'\n[message]\n\
                    from = 'registrar@uni.example'\nsubject = 'Room change'\ntext = 'notice.txt'\n";

/// As many words as a page with pictures needs.
const WORDS: &str = "The lecture moves to another room this week, and only this week: the projector of the old room is \
    repaired on that day. The new room is on the second floor of the building behind the library, and the way to it is \
    marked. Whoever cannot come may watch the recording, which is there from the evening on; the exercises are to be \
    handed in as always, on paper, before the lecture begins. Questions are answered by the registrar.\n";

/// What looks like a mistake and is none.
#[test]
fn what_somebody_meant_is_not_found_fault_with() {
    let html = r##"<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<style>@media print{a{color:red}} .x{width:100%} /* {name} */</style>
<script type="application/ld+json">{"a":{"b":"http://uni.example"}}</script></head><body>
<!--[if mso]><img src="spacer.gif"><a href="x"><![endif]-->
<p>Bonjour !</p><p>Hello,</p><p>Dear {{ name or "all" }},</p><p>Liebe, Glaube, Hoffnung</p>
{% if nick %}<p>Dear {{ nick }},</p>{% endif %}
<p>{{ note | escape | replace(from="x", to="<br>") | safe }}{{ "<b>" | safe }}</p>
<p>{% raw %}print(f"{name} {{ name }} }}"){% endraw %} 5% or 10% of {it}</p>
<a href="#top">t</a><a href="mailto:a@uni.example">m</a><a href="tel:+491">t</a><a name="top"></a>
<a href="{{ page }}">p</a><a href="https://uni.example/{{ row["学号"] }}">q</a>
<a {% if page %}href="{{ page }}"{% endif %}>r</a>
<img src="cid:logo" alt=""><img alt='x' src="{% if nick %}https://a.example/x.png{% else %}https://a.example/y.png{% endif %}">
{% for one in others %}{{ one }}{% endfor %}{% set extra = 1 %}{{ extra }}
</body></html>
"##;
    let html = html.replace("</body>", &format!("<p>{WORDS}</p></body>"));
    let bench = Bench::new()
        .campaign(&format!("{GOOD}html = 'notice.html'\ninline = {{ logo = 'logo.png' }}\ncc = '{{{{ tutor }}}}'\n[recipients.x]\n").replace("[recipients.x]\n", ""))
        .file("notice.html", html)
        .file("logo.png", "x")
        .file(
            "notice.txt",
            "Dear {{ name or \"all\" }},\n\nBonjour !\nHello,\nthe set {x, y} << 3, 100%} no: {% raw %}100%}{% endraw %}\nhttps://uni.example\n"
                .replace("100%} no: ", "")
                + WORDS,
        )
        .csv(
            "people.csv",
            "email,name,nick,note,page,学号,tutor,others,_skip\n\
             ada@gmail.com,Ada,,x,https://uni.example/a,1,,a,\n\
             bob@hotmail.co.uk,,Bo,x,mailto:bob@uni.example,2,tutor@uni.example,b,\n\
             cy@email.com,Null,,x,https://uni.example/c,3,,c,\n\
             dee@vip.163.com,Dee,,x,https://uni.example/d,4,,d,\n\
             eve@outlook.de,Eve,,#1 of all,https://uni.example/e,5,,e,\n",
        );
    let outcome = bench.run(&["check", "--json"]);
    outcome.code(0);
    assert_eq!(codes(&document(&outcome)), Vec::<&str>::new(), "{outcome}");
    // A row taken whole may use any column.
    bench.write("notice.txt", "{% for cell in row %}{{ cell }}{% endfor %}\n");
    bench.write("people.csv", "email,unheard\nada@example.org,x\n");
    bench.write("mailshot.toml", GOOD);
    let outcome = bench.run(&["check", "--json"]);
    assert_eq!(codes(&document(&outcome)), Vec::<&str>::new(), "{outcome}");
}

#[test]
fn warnings_alone_stop_nothing_and_are_short_where_one_sends() {
    let rows: String = (1..=40).fold("email,name,phone\n".to_owned(), |mut rows, n| {
        let name = if n % 2 == 0 { "" } else { "Ada" };
        let _ = writeln!(rows, "a{n}@example.org,{name},555");
        rows
    });
    let bench = Bench::new().campaign(GOOD).csv("people.csv", rows).file(
        "notice.txt",
        "Dear {{ name }},\n\nsee http://uni.example/a and http://uni.example/b.\n",
    );
    let outcome = bench.run(&["check", "--json"]);
    outcome
        .code(0)
        .stderr_lacks(BETWEEN)
        .stderr_has("(in 20 rows: 3, 5, 7, 9, 11, …)")
        .stderr_has("also at 3:30")
        .stderr_has("40 rows checked: 40 messages")
        .stderr_has("note[unused-column]: the column `phone` is not used anywhere\n")
        .stderr_has("3 warnings.");
    let document = document(&outcome);
    assert_eq!(
        told(&document),
        [
            "warning insecure-link notice.txt:3:5 []",
            "warning empty-cell people.csv:3:16 [3,5,7,9,11]",
            "warning empty-greeting people.csv:3:16 [3,5,7,9,11]",
            "note unused-column people.csv:1:12 []",
        ]
    );
    assert_eq!(
        (&document["warnings"], &document["notes"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(document["findings"][1]["rows"], 20);
    assert_eq!(document["estimate_seconds"], json!(null), "no relay, no time");
    let sent = bench.run(&["send", "--sandbox"]);
    sent.code(0)
        .stderr_lacks("unused-column")
        .stderr_has("(people.csv:3:16), 20 rows\n")
        .stderr_lacks("hint:");
}

#[test]
fn a_template_that_does_not_compile_hides_no_other_mistake() {
    let bench = Bench::new()
        .campaign(&format!("{GOOD}html = 'notice.html'\nattach = ['map.png']\n"))
        .csv("people.csv", "email,name,phone\nada@example.org,Ada,555\n")
        .file("notice.txt", "Dear {{ name,\n")
        .file(
            "notice.html",
            "<p>Dear {{ nmae }},</p>\n<img src='logo.png' alt=''>\n{% set x = 1 %}{{ x }}{{ nick | default(value='') }}\n",
        );
    let outcome = bench.run(&["check", "--json"]);
    outcome.code(2).stderr_has("4 errors. Nothing was sent.");
    let document = document(&outcome);
    let mut codes = codes(&document);
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "attachment",
            "picture-missing",
            "template",
            "unknown-column",
            "unused-column"
        ],
        "{outcome}"
    );
    assert_eq!(
        (&document["rows"], &document["campaign"]),
        (&json!(null), &json!("good"))
    );
    // The campaign file itself, and one that is not there.
    bench.write("mailshot.toml", GOOD.replace("subject", "subjet"));
    let outcome = bench.run(&["check", "--json"]);
    outcome.code(2);
    assert_eq!(
        self::codes(&self::document(&outcome))[0],
        "campaign-file",
        "{outcome}"
    );
    let outcome = bench.run(&["check", "nowhere", "--json"]);
    outcome.code(2);
    assert_eq!(self::codes(&self::document(&outcome)), ["campaign-file"]);
}

#[test]
fn many_at_one_provider_and_days_of_sending_are_told_beforehand() {
    let rows = (1..=5_000).fold("email\n".to_owned(), |mut rows, n| {
        let _ = writeln!(rows, "a{n}@gmail.com");
        rows
    });
    let relay = "[relay.school]\nserver = 'smtps://smtp.uni.example'\n";
    let bench = Bench::new()
        .campaign(&format!("{GOOD}{relay}"))
        .csv("people.csv", rows)
        .file("notice.txt", "The lecture moves to B12.\n");
    let of = |rate: &str| {
        bench.write("mailshot.toml", format!("{GOOD}{relay}{rate}"));
        let outcome = bench.run(&["check", "--json"]);
        outcome.code(0);
        document(&outcome)
    };
    let document = of("");
    assert_eq!(codes(&document), ["receiver-rules"], "{document}");
    let what = document["findings"][0]["what"].as_str().expect("words");
    assert!(what.starts_with("5,000 recipients at Gmail: "), "{what}");
    assert_eq!(codes(&of("rate = '1000/day'\n")), ["over-quota"]);
    assert_eq!(codes(&of("rate = '100/h'\n")), ["takes-days", "receiver-rules"]);
    assert!(of("rate = '100/h'\n")["estimate_seconds"].as_f64() > Some(86_400.0));
}

#[test]
fn what_a_relay_says_of_itself_is_a_finding_too() {
    let peer = Policy::new(|_| None).capabilities(&["SIZE 200"]).start();
    let bench = Bench::new()
        .campaign(&format!("{GOOD}[relay.here]\nserver = '{}'\n", peer.url()))
        .csv("people.csv", "email\nada@example.org\n")
        .file("notice.txt", "The lecture moves to B12.\n");
    bench
        .run(&["check", "--json"])
        .code(0)
        .stderr_has("Sending takes about 1 s through here (");
    let outcome = bench.run(&["check", "--connect", "--json"]);
    outcome.code(2);
    let document = document(&outcome);
    assert_eq!(
        (codes(&document), &document["errors"]),
        (vec!["over-size"], &json!(1))
    );
}

#[test]
fn pictures_markdown_and_every_language_are_looked_at() {
    let bench = Bench::new()
        .campaign(
            "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'A <a@uni.example>'\nsubject = 'Room'\n\
             markdown = 'notice.md'\ninline = { logo = 'logo.png', map = 'map.png' }\n",
        )
        .csv(
            "people.csv",
            "email,name,_lang\nada@example.org,Ada,en\nwang@example.org,\u{738b},zh\n",
        )
        .file("logo.png", "x")
        .file("map.png", "x")
        .file(
            "notice.en.md",
            format!("![Logo](cid:logo) Dear {{{{ name | safe }}}}, [plan](plan.html)\n\n{WORDS}"),
        )
        .file(
            "notice.zh.md",
            format!("![](cid:loggo) {{{{ name }}}} http://uni.example/\n\n{WORDS}"),
        );
    let outcome = bench.run(&["check", "--json"]);
    outcome.code(2);
    assert_eq!(
        told(&document(&outcome)),
        [
            "error picture-missing notice.zh.md:1:5 []",
            "warning unsafe-value notice.en.md:1:24 []",
            "warning relative-link notice.en.md:1:50 []",
            "warning image-without-alt notice.zh.md:1:1 []",
            "warning insecure-link notice.zh.md:1:27 []",
            "warning picture-unused ./mailshot.toml:7:38 []",
        ],
        "{outcome}"
    );
    bench.run(&["check"]).stderr_has("did you mean `cid:logo`?");
}
