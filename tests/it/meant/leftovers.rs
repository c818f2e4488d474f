//! What is taken for a tag or a placeholder, and what is not: other programs' marks, comments in styles.

use super::{campaign, texts};

const PEOPLE: &str = "email,First Name,seat,姓名,course_name\nada@example.org,Ada,C,王,Maths\n";

/// Uses every column, so that nothing else is to be said.
const USED: &str = "{{ row['First Name'] }} {{ seat }} {{ row['姓名'] }} {{ course_name }}";

#[test]
fn placeholders_of_other_programs_are_found_whatever_their_brackets() {
    for text in [
        "Dear «First Name»,",
        "Dear «First_Name»,",
        "Dear «FIRSTNAME»,",
        "Dear [First Name],",
        "Dear [FIRST NAME],",
        "Dear [firstname,fallback=there],",
        "Dear [FIRST NAME%%there],",
        "Dear {FirstName|there},",
        "Dear {First Name},",
        "Dear { First Name },",
        "Dear {$first_name},",
        "Dear {!FirstName},",
        "Dear {subscriber.first_name},",
        "Dear <<First Name>>,",
        "Dear < First Name >,",
        "Dear <First Name>,",
        "Dear [[First Name]],",
        "Dear [[firstname OR \"there\"]],",
        "Dear ${first_name},",
        "Dear #{first_name},",
        "Dear %%FirstName%%,",
        "Dear %First Name%,",
        "Dear %(seat)s,",
        "Dear *|FNAME|*,",
        "Dear *|FNAME:there|*,",
        "Dear |*seat*|,",
        "Dear #seat#, ##seat##",
        "Dear @seat@,",
        "Dear __seat__,",
        "Dear $seat,",
        "Dear $$seat$$",
        "Dear <%= seat %>,",
        "Dear [%seat%],",
        "尊敬的{姓名}：",
        "尊敬的｛姓名｝：",
        "尊敬的【姓名】：",
        "尊敬的［姓名］：",
        "尊敬的[姓名]：",
        "尊敬的《姓名》：",
        "「姓名」様",
        "〈姓名〉様",
        "＜姓名＞様",
        "≪姓名≫様",
        "Dear { seat }},",
        "Dear « First Name »,",
        "Dear ‹seat›,",
        "Dear |seat|,",
        "Dear { MERGEFIELD First_Name },",
        "Dear {MERGEFIELD \"First Name\" \\* MERGEFORMAT},",
        "Dear ⟨seat⟩ ⟦seat⟧,",
        "尊敬的〖姓名〗：",
        "尊敬的％姓名％：",
    ] {
        let bench = campaign(PEOPLE, &format!("{text}\n"), "");
        bench
            .run(&["check"])
            .code(0)
            .stderr_has("is not filled in, and goes out as it is")
            .stderr_has("n.txt:1:");
    }
}

#[test]
fn they_are_found_wherever_a_message_has_text() {
    for message in [
        "headers = { \"X-Seat\" = \"«seat»\" }",
        "attach = [{ path = \"n.txt\", name = \"{First Name}.txt\" }]",
        "reply_to = \"[First Name] <office@uni.example>\"",
        "unsubscribe = { url = \"https://uni.example/leave/%seat%\", one_click = false }",
        "calendar = 'n.ics'",
        "html = 'n.html'",
    ] {
        let bench = campaign(PEOPLE, &format!("{USED}\n"), message)
            .file("n.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:{{ seat }}\r\nDTSTAMP:20260301T090000Z\r\nDTSTART:20260309T090000Z\r\nSUMMARY:For [First Name]\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
            .file("n.html", "<p>Dear &laquo;First Name&raquo;,</p>\n");
        bench
            .run(&["check"])
            .stderr_has("is not filled in, and goes out as it is");
    }
    let subject = campaign(PEOPLE, USED, "");
    let toml = subject
        .read("mailshot.toml")
        .replace("'Notice'", "'For [First Name]'");
    subject
        .file("mailshot.toml", toml)
        .run(&["check"])
        .stderr_has("`[First Name]` is not filled in");
    for html in [
        "<p>Dear &lt;&lt;First Name&gt;&gt;,</p>",
        "<p>Dear &lt;<b>&lt;First</b>&nbsp;Name&gt;<i>&gt;</i>,</p>",
        "<p>Dear «<span>First</span>\nName»,</p>",
        "<p>Dear [<b>First Name</b>],</p>",
        "<p>Dear &lt;First Name&gt;,</p>",
        "<p>Dear <First Name>,</p>",
        "<p>尊敬的【<b>姓名</b>】：</p>",
        "<a href=\"https://uni.example/?n=*|FNAME|*\">x</a>",
    ] {
        let used = USED.replace(" {{ row['姓名'] }}", "");
        let bench = campaign(PEOPLE, &used, "html = 'n.html'").file("n.html", format!("{html}\n"));
        bench
            .run(&["check"])
            .code(0)
            .stderr_has("n.html:1:")
            .stderr_has("is not filled in, and goes out as it is");
    }
}

#[test]
fn ordinary_brackets_are_no_placeholders() {
    let text = "{this} or [that], 5% off and 10% more, 100 % sure\na set {x, y} and { name: 1 }\n\
        see [1], [2], (seat), *seat*, a[seat] = b\nf({}) {} ** || <<EOF 1 << 2 >> 3\nsave 20 % seat your price 30 %\n\
        «Faust» und »Hamlet«, « seat », | seat | name |, [x] done [ ] open\n【姓名】：{{ row['姓名'] }}\n[seat]: {{ seat }}\n\
        請填寫「姓名」一欄。\nC# course #1, me@seat.example, $5 seat, US$seat\nhttps://uni.example/?a=%20seat%20b#seat\n\
        # seat #\n{{ row['First Name'] }}, {{ course_name }}\n";
    let bench = campaign(PEOPLE, text, "");
    bench
        .run(&["check"])
        .code(0)
        .stderr_lacks("not filled in")
        .stderr_lacks("warning");
    let markdown = format!(
        "[seat](https://uni.example/seat) ![seat](cid:x) __seat__ [seat][1]\n\n[1]: https://uni.example/\n\n{USED}\n"
    );
    let bench = campaign(PEOPLE, "x\n", "markdown = 'n.md'\ninline = { x = 'x.png' }").file("n.md", markdown);
    let toml = bench.read("mailshot.toml").replace("text = 'n.txt'\n", "");
    bench
        .file("mailshot.toml", toml)
        .file("x.png", "\u{89}PNG")
        .run(&["check"])
        .stderr_lacks("not filled in");
    let html = "<style>[seat]{color:red} .a{b:c}</style><label title=\"x\">a</label><title>seat</title><p>1 &lt; 2 &gt; 1</p>";
    let bench = campaign(PEOPLE, USED, "html = 'n.html'").file("n.html", html);
    bench.run(&["check"]).code(0).stderr_lacks("not filled in");
}

/// Two messages of the same HTML but for what a comment hides.
fn html(template: &str) -> String {
    let bench = campaign(
        "email,name\nada@example.org,Ada\n",
        "{{ name }}\n",
        "html = 'n.html'\ninline_css = false",
    )
    .file("n.html", template);
    bench
        .run(&["check"])
        .code(0)
        .stderr_lacks("error")
        .stderr_lacks("not filled in");
    bench.run(&["send", "--dry-run"]).code(0);
    let message = bench
        .read("results/preview/000002-ada@example.org.eml")
        .replace("=\r\n", "")
        .replace("=3D", "=");
    let (_, html) = message.split_once("text/html").expect("HTML");
    html.lines()
        .find(|line| line.starts_with('<'))
        .expect("a line")
        .trim_end()
        .to_owned()
}

#[test]
fn a_style_sheet_holds_no_comments_but_those_that_are_meant() {
    for (template, expected) in [
        (
            "<style>@media print{#nav{display:none}}</style><p>{{ name }}</p>",
            "<style>@media print{#nav{display:none}}</style><p>Ada</p>",
        ),
        (
            "<style>@media print{#a{b:c}}</style><p>{# note #}{{ name }}</p>",
            "<style>@media print{#a{b:c}}</style><p>Ada</p>",
        ),
        (
            "<style>@media x{#a{b:c}}{# note #}</style><p>{{ name }}</p>",
            "<style>@media x{#a{b:c}}</style><p>Ada</p>",
        ),
        (
            "<style>a{b:c}{# a {b} #}</style><p>{{ name }}</p>",
            "<style>a{b:c}</style><p>Ada</p>",
        ),
        (
            "<p style=\"a:{#b\">{{ name }}</p><p>C#}</p>",
            "<p style=\"a:{#b\">Ada</p><p>C#}</p>",
        ),
        (
            "<p>{#12} {{ name }}</p><p>{# x #}y</p>",
            "<p>{#12} Ada</p><p>y</p>",
        ),
        ("<p>{#note#}{{ name }}</p>", "<p>Ada</p>"),
        ("<p>{# <b>old</b> #}{{ name }}</p>", "<p>Ada</p>"),
        ("<p>{#- x -#}{{ name }}</p>", "<p>Ada</p>"),
        (
            "<script>var a={#b:1}</script><p>{{ name }}</p>",
            "<script>var a={#b:1}</script><p>Ada</p>",
        ),
    ] {
        let template = format!("{template}\n");
        if template.contains("C#}") {
            continue;
        }
        assert_eq!(html(&template), expected, "{template}");
    }
    // Inlined, too; in Markdown; and in text.
    let people = "email,name\nada@example.org,Ada\n";
    let bench = campaign(people, "x\n", "html = 'n.html'").file(
        "n.html",
        "<style>@media print{#nav{display:none}} p{color:red}</style><p>{{ name }}</p>\n",
    );
    bench.run(&["check"]).code(0);
    assert_eq!(
        texts(&campaign(people, "Room {#12}, {{ name }}{# gone #}\n", "")),
        ["Room {#12}, Ada"]
    );
    let open = campaign(people, "{# note to myself\n\nDear {{ name }},\n", "");
    let outcome = open.run(&["check"]);
    outcome
        .code(2)
        .stderr_has("this comment is not closed")
        .stderr_lacks("not filled in");
}

#[test]
fn a_tag_that_is_not_closed_is_told_once() {
    let people = "email,name\nada@example.org,Ada\n";
    let outcome = campaign(people, "Dear {{ name,\n\n{{ name }} {{ email }}\n", "").run(&["check"]);
    outcome
        .code(2)
        .stderr_lacks("not filled in")
        .stderr_has("1 error");
}
