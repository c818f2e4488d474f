//! Style sheets go into elements, and no element looks different for that: held against what
//! Chromium computes for every element of a page, on small and wide screens, light and dark, under
//! the pointer, and in a program that puts its own marks around the page.
//!
//! One start of Chromium for all pages: each is shown in frames of its own, before and after.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use mail_parser::MessageParser;
use serde_json::{Value, json};

use crate::support::bench::Bench;
use crate::support::skip;

/// Pages that had another look when their styles were in the elements, or nearly.
const PAGES: &[(&str, &str)] = &[
    (
        "media",
        "<style>.big{width:600px;font-size:14px}@media (max-width:600px){.big{width:100%;font-size:20px}}</style><div class=big>x</div>",
    ),
    (
        "dark",
        "<style>p{color:#111;background:#fff}@media (prefers-color-scheme: dark){p{color:#eee;background-color:#222}}</style><p>x</p>",
    ),
    (
        "hover",
        "<style>a{color:red;text-decoration:none}a:hover{color:green;text-decoration:underline}</style><a href='https://x.example'>x</a>",
    ),
    (
        "weaker",
        "<style>#b{color:blue}@media (max-width:600px){p{color:green}}p{color:red}</style><p id=b>x</p><p>y</p>",
    ),
    (
        "both-ways",
        "<style>p{color:red}.b{color:blue}@media (max-width:600px){p{color:green}.c{color:pink}}</style><p>x</p><p class=b>y</p><p class=c>z</p><p class='b c'>q</p>",
    ),
    (
        "own",
        "<style>p{color:red;margin:1px}@media (max-width:600px){p{color:green;margin-top:9px}}</style><p style='color:blue'>x</p><p style=\"margin:3px\">y</p><p>z</p>",
    ),
    (
        "important",
        "<style>p{color:red !important}.b{color:blue}@media (max-width:600px){.b{color:green !important}p{color:black}}</style><p>x</p><p class=b style='color:gray'>y</p>",
    ),
    (
        "own-important",
        "<style>p{color:red !important}@media (max-width:600px){p{color:green !important}}</style><p style='color:blue !important'>x</p><p style='color:blue'>y</p>",
    ),
    (
        "shorthand",
        "<style>td{padding:10px 20px;background:#eee;border:1px solid red;font:bold 12px/14px Arial}@media (max-width:600px){td{padding-left:0;background-color:#fff;border-top-width:0;line-height:2}.f{font:italic 20px serif}}</style><table><tr><td>a<td class=f>b</table>",
    ),
    (
        "longhand",
        "<style>p{margin-left:10px;background-color:red;font-size:10px}@media (max-width:600px){p{margin:0;background:none;font:20px serif}}</style><p>x</p>",
    ),
    (
        "order",
        "<style>@media (max-width:600px){p{color:green}}p{color:red}</style><p>x</p>",
    ),
    (
        "two-sheets",
        "<style>p{color:red}</style><style media='(max-width:600px)'>p{color:green}</style><style>b{color:blue}</style><p>x<b>y</b></p>",
    ),
    (
        "sheet-in-body",
        "<p>x</p><style>p{color:red}p+p{color:blue}@media (max-width:600px){p{color:green}}</style><p>y</p>",
    ),
    (
        "supports",
        "<style>p{display:block;color:red}@supports (display:grid){p{display:grid}@media (max-width:600px){p{color:green}}}</style><p>x</p>",
    ),
    (
        "variables",
        "<style>:root{--ink:#111;--paper:#fff}@media (prefers-color-scheme:dark){:root{--ink:#eee;--paper:#000}}body{color:var(--ink);background:var(--paper)}</style><body><p>x</p></body>",
    ),
    (
        "no-body",
        "<style>body{color:red;margin:0}html{background:blue}@media (max-width:600px){body{color:green}}</style><p>x</p>",
    ),
    (
        "implied",
        "<style>table tbody{color:red}*{box-sizing:border-box}td{color:blue}@media (max-width:600px){tbody{color:green}*{box-sizing:content-box}}</style><table><tr><td>x</td></tr></table>",
    ),
    (
        "fallback",
        "<style>p{background:#f00;background:linear-gradient(#000,#fff);width:100px;width:calc(100% - 3px);color:blue;color:nocolor()}@media (max-width:600px){p{background:green;color:pink}}</style><p>x</p>",
    ),
    (
        "invalid",
        "<style>p{color:red}.b{color:oops!;color:blue\\9}p.b{colour:green}</style><p class=b>x</p>",
    ),
    (
        "structure",
        "<style>p:first-child{color:red}p:not(.x):nth-of-type(2){color:blue}li:last-child{margin:0}ul>li+li{color:pink}@media (max-width:600px){p:first-child{color:green}}</style><body><p>a</p><p>b</p><p class=x>c</p><ul><li>1<li>2</ul></body>",
    ),
    (
        "hook",
        "<style>p{color:red;line-height:1}.ExternalClass p{line-height:100%}[data-ogsc] p{color:white}u + .body p{margin:0}</style><body class=body><p>x</p></body>",
    ),
    (
        "links",
        "<style>a{color:red}a:link{color:blue}a:visited{color:purple}a:active{color:pink}td a{text-decoration:none}a[href^=tel]{color:inherit}</style><table><tr><td><a href='https://x.example'>x</a><a href='tel:1'>y</a><a name=z>z</a></table>",
    ),
    (
        "quirks",
        "<style>.Big{color:red}#TOP{color:blue}@media (max-width:600px){.big{color:green}}</style><p class=big>x</p><p id=top>y</p>",
    ),
    (
        "animated",
        "<style>@keyframes f{from{opacity:0.5}to{opacity:0.5}}p{opacity:1;animation:f 9s infinite}@media (max-width:600px){p{opacity:0.2}}</style><p>x</p>",
    ),
    (
        "nested",
        "<style>.c{color:red;& b{color:blue}@media (max-width:600px){color:green;b{color:pink}}&:hover{color:black}}</style><div class=c>x<b>y</b></div>",
    ),
    (
        "layers",
        "<style>@layer a{p{color:red}}p{color:blue}@layer a{.x{color:green}}</style><p class=x>x</p>",
    ),
    (
        "asks-for-style",
        "<style>p{margin:16px 0}div[style*='margin: 16px 0']{margin:0!important}.d{margin:16px 0}p[style]{color:red}</style><p>x</p><div class=d>y</div><p style='top:0'>z</p>",
    ),
    (
        "entities",
        "<style>p{font-family:\"Helvetica Neue\",'A\\'b',serif;background:url(\"https://x.example/?a=1&b=2\")}</style><p title='&quot;&amp;'>x &lt; y &nbsp; &copy;</p><p style=\"font-family:&quot;Arial Black&quot;\">z</p>",
    ),
    (
        "comments",
        "<style><!-- /* } */ p{color:/*x*/red;/* y */} --></style><p>x</p><p style='color:blue /* z */'>y</p>",
    ),
    (
        "reparented",
        "<style>p.a > a.c{font-size:10px}</style><p class=a><a class=c href=#><p class=a><table><tr><td>x</table></p>y</a></p>",
    ),
    (
        "misnested",
        "<style>b{color:red}i b{color:blue}p b{margin:1px}</style><b>x<i>y</b>z</i><p><b>q</p><p>r</b></p>",
    ),
    (
        "repeated",
        "<style>p{color:red}p{color:red}.a{color:blue}.a{color:green}p.a{}</style><p class=a>x</p>",
    ),
    (
        "none",
        "<style>p{display:none}@media (max-width:600px){.m{display:block}.d{display:none}}</style><p class=m>x</p><div class=d>y</div>",
    ),
    (
        "import",
        "<style>@import url(https://x.example/f.css);@font-face{font-family:F;src:url(https://x.example/f.woff)}p{font-family:F,serif}</style><p>x</p>",
    ),
    (
        "xhtml",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><style type=\"text/css\">td{line-height:20px}img{display:block;border:0}</style></head><body><table cellpadding=0><tr><td><img src=\"https://uni.example/x.png\" width=10 height=10 /></td></tr></table></body></html>",
    ),
    (
        "svg",
        "<style>path{fill:red}svg{width:10px}@media (max-width:600px){path{fill:blue}}</style><svg><path d='M0 0L9 9'/></svg>",
    ),
    (
        "has",
        "<style>td:has(img){padding:0}:is(h1,h2) b{color:red}:where(p){margin:0}p{margin:2px}</style><table><tr><td><img alt=x></td></tr></table><h1><b>x</b></h1><p>y</p>",
    ),
    (
        "vendor",
        "<style>p{-webkit-text-size-adjust:100%;text-size-adjust:none;-moz-foo:1}a:-moz-focusring,a{color:red}input::-moz-focus-inner,b{color:blue}</style><p>x</p><a href=#>y</a><b>z</b>",
    ),
    (
        "border",
        "<style>td{border:1px solid red;border-bottom:3px dotted blue}.n{border:none}@media (max-width:600px){td{border-color:green}.n{border-left-style:solid}}</style><table><tr><td>a<td class=n>b</table>",
    ),
    (
        "print",
        "<style>p{color:red}@media print{p{color:black}}@media screen{p{color:blue}}@media screen and (min-width:600px){p{color:green}}</style><p>x</p>",
    ),
    (
        "outlook",
        "<style>p{color:red}</style><!--[if mso]><style>p{color:blue}</style><![endif]--><![if !mso]><style>.w{color:green}</style><p class=w>x</p><![endif]><!--[if !mso]><!--><p>y</p><!--<![endif]-->",
    ),
];

/// Runs in Chromium: shows every page before and after in frames, in every state, and compares
/// what is computed of each element.
const COMPARE: &str = r#"
const states = [];
for (const width of [500, 1000]) for (const dark of [false, true]) states.push({width, dark});
states.push({width: 1000, pointed: true}, {width: 1000, marked: true});
// Those of writing directions say the same in other words.
const names = Array.from(getComputedStyle(document.documentElement)).filter((name) => !/(^|-)(inline|block)(-|$)/.test(name));
const styles = (frame, state) => {
  const page = frame.contentDocument, all = [...page.querySelectorAll(':root, body, body *')];
  if (state.pointed) for (const element of all) element.classList.add('pointed-at');
  if (state.marked) {
    page.documentElement.setAttribute('data-ogsc', '');
    page.documentElement.classList.add('ExternalClass');
    const u = page.createElement('u'); page.body.before(u);
  }
  return all.map((element) => {
    const of = frame.contentWindow.getComputedStyle(element);
    return element.tagName + '; ' + names.map((name) => name + ': ' + of.getPropertyValue(name)).join('; ');
  });
};
const frame = (html, state) => new Promise((done) => {
  const frame = document.createElement('iframe');
  frame.style.cssText = `width:${state.width}px;height:600px;border:0;color-scheme:${state.dark ? 'dark' : 'light'}`;
  document.body.append(frame);
  // Written, not `srcdoc`: a page without a doctype has its own rules.
  const page = frame.contentDocument;
  page.open();
  page.write(state.pointed ? html.replaceAll(':hover', '.pointed-at') : html);
  page.close();
  done(frame);
});
const run = async () => {
  const told = {}; let elements = 0, dark = 0;
  for (const [name, [before, after]] of Object.entries(pages)) {
    for (const state of states) {
      // What a small page does not ask for makes no difference to it.
      const asks = state.pointed ? /:hover/ : state.marked ? /ogsc|ExternalClass|u \+/ : state.dark ? /color-scheme|^.{3000}/s : /./;
      if (!asks.test(before)) continue;
      const frames = await Promise.all([frame(before, state), frame(after, state)]);
      const [was, is] = frames.map((frame) => styles(frame, state));
      elements += was.length;
      dark += frames[0].contentWindow.matchMedia('(prefers-color-scheme: dark)').matches;
      const say = (text) => (told[name] ??= []).push(JSON.stringify(state) + ' ' + text);
      if (was.length !== is.length) say(`${was.length} elements, then ${is.length}`);
      else was.forEach((old, at) => {
        if (old === is[at]) return;
        const one = old.split('; '), other = is[at].split('; ');
        const first = one.findIndex((value, key) => value !== other[key]);
        say(`${one[0]} ${at} ${one[first]} -> ${other[first]}`);
      });
      frames.forEach((frame) => frame.remove());
    }
  }
  const result = document.createElement('script');
  result.type = 'application/json'; result.id = 'result';
  result.textContent = JSON.stringify({told, elements, dark}).replaceAll('<', '\\u003c');
  document.body.replaceChildren(result);
  document.title = 'done';
};
run();
"#;

/// The HTML parts of a campaign's messages.
fn html(bench: &Bench) -> Vec<String> {
    bench.run(&["send", "--dry-run"]).code(0);
    let of = |file| {
        let octets = fs::read(file).expect("the message");
        let message = MessageParser::new().parse(&octets).expect("a message");
        message.body_html(0).expect("HTML").into_owned()
    };
    bench.eml("results/preview").into_iter().map(of).collect()
}

/// The HTML parts of a campaign as its author wrote them, and with their styles in their elements.
fn before_and_after(bench: &Bench) -> Vec<[String; 2]> {
    let toml = bench.read("mailshot.toml");
    let after = html(bench);
    assert!(toml.contains("[message]\n"), "{toml}");
    bench.write(
        "mailshot.toml",
        toml.replacen("[message]\n", "[message]\ninline_css = false\n", 1),
    );
    let before = html(bench);
    assert_eq!(before.len(), after.len());
    before
        .into_iter()
        .zip(after)
        .map(|(before, after)| [before, after])
        .collect()
}

/// All pages: those of the table are rows of one list, newsletters are campaigns.
fn pages() -> BTreeMap<String, [String; 2]> {
    let rows = PAGES
        .iter()
        .fold("email,page\n".to_owned(), |mut rows, (name, page)| {
            let _ = writeln!(rows, "{name}@example.org,\"{}\"", page.replace('"', "\"\""));
            rows
        });
    let bench = Bench::new()
        .campaign(
            "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'A <a@uni.example>'\nsubject = 'x'\n\
             text = 'n.txt'\nhtml = 'n.html'\n",
        )
        .file("n.txt", "x")
        .file("n.html", "{{ page | safe }}")
        .csv("people.csv", rows);
    let names = PAGES.iter().map(|(name, _)| (*name).to_owned());
    let mut found: BTreeMap<_, _> = names.zip(before_and_after(&bench)).collect();
    let newsletters = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ordinary/newsletters");
    for folder in fs::read_dir(newsletters).expect("the newsletters") {
        let folder = folder.expect("a newsletter").path();
        let bench = Bench::new().copy_of(&folder);
        let mut pages = before_and_after(&bench);
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        found.insert(name, pages.swap_remove(0));
    }
    assert!(found.len() >= PAGES.len() + 10);
    found
}

#[test]
fn no_element_looks_different_with_its_styles_in_it() {
    if Command::new("chromium")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        return skip("there is no chromium");
    }
    let pages = pages();
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("compare.html");
    let json = json!(pages).to_string().replace('<', "\\u003c");
    fs::write(
        &page,
        format!("<!DOCTYPE html><body><script>const pages = {json};{COMPARE}</script>"),
    )
    .expect("the page");
    let told = in_chromium(&page, folder.path());
    assert!(told["told"] == json!({}), "{told:#}");
    assert!(told["elements"].as_u64() > Some(2_000), "{told}");
    assert!(told["dark"].as_u64() > Some(10), "{told}");
}

/// What the page says when it is done.
fn in_chromium(page: &Path, folder: &Path) -> Value {
    let output = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ])
        .args([
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--virtual-time-budget=60000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(page)
        .stderr(Stdio::null())
        .output()
        .expect("Chromium");
    let document = String::from_utf8_lossy(&output.stdout).into_owned();
    let json = document
        .split("id=\"result\">")
        .nth(1)
        .and_then(|rest| rest.split("</script>").next());
    serde_json::from_str(json.unwrap_or_else(|| panic!("{document}"))).expect("JSON")
}
