//! HTML and Markdown look as their author sees them, in both parts of a message.

use std::fmt::Write as _;
use std::fs;

use crate::support::bench::Bench;
use mail_parser::MessageParser;

/// A campaign with one body and nothing else: `html = 'n.html'`, `markdown = 'n.md'`.
pub(super) fn body(people: &str, line: &str, file: &str, content: &str) -> Bench {
    Bench::new()
        .campaign(&format!(
            "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
             to = '{{{{ email }}}}'\nsubject = 'Notice'\n{line}\n"
        ))
        .csv("people.csv", people)
        .file(file, content)
}

/// The text and the HTML of each message of a dry run, in the order of the rows.
fn parts(bench: &Bench) -> Vec<(String, String)> {
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    let parts = |file| {
        let octets = fs::read(file).expect("the message");
        let message = MessageParser::new().parse(&octets).expect("a message");
        let plain = |text: Option<std::borrow::Cow<'_, str>>| text.unwrap_or_default().replace("\r\n", "\n");
        (plain(message.body_text(0)), plain(message.body_html(0)))
    };
    files.into_iter().map(parts).collect()
}

fn escaped(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Cells that decided whether what stands around them was markup.
const CELLS: &[&str] = &[
    "李雷",
    "王小明（张三）",
    "《红楼梦》",
    "“Emma”",
    "€5",
    "5 €",
    "Ada™",
    "😀",
    "👩‍🎓",
    "‘x’",
    "«Zoé»",
    "„Jan“",
    "（注）",
    "—",
    "…",
    "。",
    "①",
    "10 %",
    "(a)",
    "*x*",
    "**",
    "a*b_c~d",
    "[x](y)",
    "<b>&",
    "\\",
    "№ 5",
    "½",
    "° C",
    "한글!",
    "สวัสดี!",
    "¡Hola!",
    "`x`",
    "~~",
    "_",
];

#[test]
fn what_a_cell_holds_does_not_decide_whether_it_is_bold() {
    let people = CELLS
        .iter()
        .enumerate()
        .fold("email,v\n".to_owned(), |mut rows, (number, cell)| {
            let _ = writeln!(rows, "a{number}@example.org,\"{}\"", cell.replace('"', "\"\""));
            rows
        });
    let template = "尊敬的**{{ v }}**同学\n\nDear **{{ v }}**and\n\n你*{{ v }}*好\n\n你~~{{ v }}~~好\n\n你***{{ v }}***好\n\n\
                    Dear _{{ v }}_, __{{ v }}__.\n\n“**{{ v }}**”\n\n**{{ v }}，**好\n\n你**（{{ v }}）**好\n";
    for ((text, html), cell) in parts(&body(&people, "markdown = 'n.md'", "n.md", template))
        .iter()
        .zip(CELLS)
    {
        let v = escaped(cell);
        for expected in [
            format!("尊敬的<strong>{v}</strong>同学"),
            format!("Dear <strong>{v}</strong>and"),
            format!("你<em>{v}</em>好"),
            format!("你<del>{v}</del>好"),
            format!("你<em><strong>{v}</strong></em>好"),
            format!("Dear <em>{v}</em>, <strong>{v}</strong>."),
            format!("“<strong>{v}</strong>”"),
            format!("<strong>{v}，</strong>好"),
            format!("你<strong>（{v}）</strong>好"),
        ] {
            assert!(html.contains(&expected), "{cell}: {expected}\n{html}");
        }
        assert!(
            !text
                .chars()
                .chain(html.chars())
                .any(|c| u32::from(c) >= 0x10_0000),
            "{text}{html}"
        );
    }
}

#[test]
fn emphasis_stands_beside_signs_and_words_that_are_not_written_apart() {
    // The template, and what its paragraph holds.
    let cases = [
        ("**注意：**明天", "<strong>注意：</strong>明天"),
        (
            "请看**《红楼梦》**第一章",
            "请看<strong>《红楼梦》</strong>第一章",
        ),
        ("他说**“你好”**了", "他说<strong>“你好”</strong>了"),
        ("价格**€5**元", "价格<strong>€5</strong>元"),
        ("价格**$5**元", "价格<strong>$5</strong>元"),
        ("价格**5%**起", "价格<strong>5%</strong>起"),
        ("用**Ada™**的", "用<strong>Ada™</strong>的"),
        ("好**😀**吗", "好<strong>😀</strong>吗"),
        ("Hi**😀**there", "Hi<strong>😀</strong>there"),
        ("now**€5**each", "now<strong>€5</strong>each"),
        ("dit**«oui»**puis", "dit<strong>«oui»</strong>puis"),
        ("これは*「例」*です", "これは<em>「例」</em>です"),
        ("これは~~（旧）~~です", "これは<del>（旧）</del>です"),
        ("이것은**'예'**입니다", "이것은<strong>'예'</strong>입니다"),
        ("이것은**(예)**입니다", "이것은<strong>(예)</strong>입니다"),
        ("看***“重点”***吧", "看<em><strong>“重点”</strong></em>吧"),
        (
            "**[链接](https://uni.example/)**在此",
            "<strong><a href=\"https://uni.example/\">链接</a></strong>在此",
        ),
        ("看**`代码`**吧", "看<strong><code>代码</code></strong>吧"),
        ("คำ**“ว่า”**นี้", "คำ<strong>“ว่า”</strong>นี้"),
        ("sagte**„ja“**dann", "sagte<strong>„ja“</strong>dann"),
        // As ever.
        ("姓名*：____ 学号*：____", "姓名*：____ 学号*：____"),
        ("命名为：学号_姓名_作业.docx", "命名为：学号_姓名_作业.docx"),
        ("10~20元，30~40元，约~5", "10~20元，30~40元，约~5"),
        (
            "a **b** c *d* __e__ _f_ g*h*i",
            "a <strong>b</strong> c <em>d</em> <strong>e</strong> <em>f</em> g<em>h</em>i",
        ),
        ("2 * 3 * 4, a_b_c, 5* and 6*", "2 * 3 * 4, a_b_c, 5* and 6*"),
        ("\\*\\*注意：\\*\\*", "**注意：**"),
        ("`**（x）**`", "<code>**（x）**</code>"),
        ("*foo \"*bar*\" foo*", "<em>foo &quot;<em>bar</em>&quot; foo</em>"),
        ("<b title=\"**（x）**\">y</b>", "<b title=\"**（x）**\">y</b>"),
        (
            "[x](https://uni.example/**（x）**)",
            "uni.example/**%EF%BC%88x%EF%BC%89**",
        ),
    ];
    let template: String = cases
        .iter()
        .map(|(template, _)| format!("{template}\n\n"))
        .collect();
    let bench = body("email\nada@example.org\n", "markdown = 'n.md'", "n.md", &template);
    let (_, html) = parts(&bench).swap_remove(0);
    let html = html.replace("&quot;", "\"");
    for (template, expected) in cases {
        assert!(
            html.contains(&expected.replace("&quot;", "\"")),
            "{template}: {expected}\n{html}"
        );
    }
}

#[test]
fn an_empty_cell_leaves_no_stars_and_no_paragraph() {
    let template = "a **{{ v }}** b *{{ v }}* c ~~{{ v }}~~ d `{{ v }}` e **{{ v }} {{ w }}** f\n\ng\n{{ v }}\n\nh {{ v }} **i** {{ v }}.\n";
    let bench = body(
        "email,v,w\nada@example.org,,\n",
        "markdown = 'n.md'",
        "n.md",
        template,
    );
    let (text, html) = parts(&bench).swap_remove(0);
    for mark in ["*", "~", "`"] {
        assert!(
            !text.replace("**i**", "i").contains(mark) && !html.contains(mark),
            "{text}\n{html}"
        );
    }
    assert!(
        html.contains("<p>g</p>\n<p>h  <strong>i</strong> .</p>"),
        "{html}"
    );
}

#[test]
fn a_cell_of_several_lines_keeps_its_lines_wherever_it_stands() {
    let template = "# Room {{ v }}\n\n```\n{{ v }}\n```\n\n    {{ v }}\n\n| a |\n|---|\n| {{ v }} |\n\n- {{ v }}\n- z\n\n\
                    [{{ v }}](https://uni.example/)\n\n![{{ v }}](https://uni.example/x.png)\n\n> {{ v }}\n\n**{{ v }}**\n\n```{{ v }}\nx\n```\n";
    let bench = body(
        "email,v\nada@example.org,\"one\ntwo # 2\"\n",
        "markdown = 'n.md'",
        "n.md",
        template,
    );
    let (text, html) = parts(&bench).swap_remove(0);
    for expected in [
        "<h1>Room one<br />\ntwo # 2</h1>",
        "<pre><code>one\ntwo # 2\n</code></pre>",
        "<td>one<br />\ntwo # 2</td>",
        "<li>one<br />\ntwo # 2</li>",
        "<a href=\"https://uni.example/\">one<br />\ntwo # 2</a>",
        "alt=\"one two # 2\"",
        "<strong>one<br />\ntwo # 2</strong>",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
    assert!(
        text.starts_with("Room one\ntwo # 2\n\none\ntwo # 2\n\none\ntwo # 2\n"),
        "{text}"
    );
    assert!(
        text.contains("* one\n  two # 2\n* z\n") && text.contains("> one\n> two # 2\n"),
        "{text}"
    );
    assert!(!text.lines().any(|line| line.starts_with('#')), "{text}");
}

#[test]
fn the_text_made_of_html_says_what_the_page_shows() {
    let hidden = [
        "<div style=\"display:none;max-height:0\">HIDDEN &#847;&zwnj;&nbsp;</div>",
        "<div hidden>HIDDEN</div>",
        "<span style='visibility: hidden'>HIDDEN</span>",
        "<div style=\"max-height:0px;overflow:hidden\">HIDDEN<p>HIDDEN</p></div>",
        "<div style=\"font-size:0;line-height:0\">HIDDEN</div>",
        "<div style=\"opacity:0\">HIDDEN</div>",
        "<div style=\"mso-hide:all\">HIDDEN</div>",
        "<div style=\"DISPLAY : NONE !important\">HIDDEN</div>",
        "<div style=\"font-size:1px;color:#fefefe;line-height:1px\">HIDDEN</div>",
        "<span style='position:absolute;left:-9999px'>HIDDEN</span>",
        "<div style='text-indent:-9999px'>HIDDEN</div>",
        "<div class=preheader>HIDDEN</div>",
        "<div class=preheader><b>HIDDEN</b></div>",
        "<!--[if mso]><p>HIDDEN</p><![endif]--><!-- HIDDEN -->",
        "<p class=phone>HIDDEN</p>",
        "<script>HIDDEN</script><title>HIDDEN</title><template>HIDDEN</template>",
    ];
    // What stands in the page, and what the text says of it.
    let shown = [
        (
            "<!--[if !mso]><!--><p>Everybody</p><!--<![endif]-->",
            "Everybody\n",
        ),
        (
            "<div style='font-size:0px'><div style='font-size:13px'>Sized</div></div>",
            "Sized\n",
        ),
        (
            "<p>was <del>30 €</del> <s>25 €</s> <strike>24 €</strike> now 20 €</p>",
            "was ~~30 €~~ ~~25 €~~ ~~24 €~~ now 20 €\n",
        ),
        (
            "<p><a href='https://uni.example/'><img src='https://uni.example/l.png' alt='Logo'></a></p>",
            "\nLogo [1]\n",
        ),
        (
            "<p><a href='https://uni.example/'>home</a>, <a href='https://uni.example/p'>plan</a></p>",
            "home [1], plan [2]\n",
        ),
        (
            "<p><a href='https://uni.example/q?a=1&amp;b=2'>https://uni.example/q?a=1&amp;b=2</a></p>",
            "\nhttps://uni.example/q?a=1&b=2\n",
        ),
        (
            "<p>Mail <a href='mailto:a@uni.example'>a@uni.example</a>, <a href='#top'>up</a></p>",
            "Mail a@uni.example, up\n",
        ),
        (
            "<p><img src='https://uni.example/m.png' alt='the map'><img src='https://uni.example/p.png' alt=''></p>",
            "\nthe map\n",
        ),
        ("<p>one<br>two</p>", "one\ntwo\n"),
        (
            "<p>the 1<sup>st</sup> of H<sub>2</sub>O <b></b><i> </i>here</p>",
            "the 1st of H2O ",
        ),
        (
            "<p style='font-size:1em'>Relative</p><p style='font-size:1rem'>too</p>",
            "Relative\n\ntoo\n",
        ),
        (
            "<ul><li>a<ul><li>b</ul><li>c</ul><ol><li>d<li>e</ol>",
            "* a\n  * b\n* c\n1. d\n2. e\n",
        ),
        ("<p>你好，\n世界</p>", "你好，世界\n"),
        ("<p>soft&shy;ly, می&zwnj;خواهم</p>", "softly, می\u{200c}خواهم\n"),
        ("<h2>Head</h2><p>Para</p>", "\n\nHead\n\nPara\n"),
        (
            "<table><tr><th>Course<th>Room<tr><td>Physics<td>C3</table>",
            "Course  Room\nPhysics C3\n",
        ),
        (
            "<table role=presentation><tr><td><table><tr><td>Left, which is so long that it does not fit beside the other</table>\
             <td><table><tr><td>Right, which is so long that it does not fit beside the other</table></table>",
            "Left, which is so long that it does not fit beside the other\n\nRight, which is so long that it does not fit beside the other\n",
        ),
        (
            "<p>Preview &#847;&zwnj; &#847;&zwnj;&nbsp;&#8199;</p>",
            "Preview\n",
        ),
    ];
    let style = "<style>.preheader{display:none!important}.phone{display:none}@media (max-width:600px){.phone{display:block}}</style>";
    let shown_html: String = shown.iter().map(|(html, _)| *html).collect();
    let page = format!(
        "<html><head>{style}</head><body>{}{shown_html}</body></html>",
        hidden.concat()
    );
    for setting in ["", "\ninline_css = false"] {
        let bench = body(
            "email\nada@example.org\n",
            &format!("html = 'n.html'{setting}"),
            "n.html",
            &page,
        );
        let (text, _) = parts(&bench).swap_remove(0);
        assert!(
            !text.contains("HIDDEN") && !text.contains(['\u{336}', '\u{34f}']),
            "{text}"
        );
        for (html, expected) in shown {
            assert!(text.contains(expected), "{html}: {expected}\n{text}");
        }
        assert_eq!(text.matches("https://uni.example/\n").count(), 1, "{text}");
    }
}
