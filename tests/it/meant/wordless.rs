//! A text part made from HTML: no link is lost whose words are a picture, and a picture is its `alt`.

use std::fmt::Write as _;

use super::markup::body;
use super::texts;

/// What stands in a page, and the whole text that is made of it; `^` is the address https://d.example/1.
const CASES: &[(&str, &str)] = &[
    // The link is its address.
    ("<a href='^'><img src='cid:a' alt=''></a>", "^"),
    ("<a href='^'><img src='cid:a'></a>", "^"),
    ("<a href='^'><img src='cid:a' alt=' &nbsp; '></a>", "^"),
    ("<a href='^'><img src='cid:a' alt='&#8203;'></a>", "^"),
    ("<A HREF='^'><IMG SRC='cid:a' ALT=''></A>", "^"),
    ("<a href=' ^ '><img src='cid:a' alt=''></a>", "^"),
    (
        "<a href='^'><span><b><img src='cid:a' alt=''></b></span></a>",
        "^",
    ),
    ("<strong><a href='^'><img src='cid:a' alt=''></a></strong>", "^"),
    ("<a href='^'><h1><img src='cid:a' alt=''></h1></a>", "^"),
    (
        "<a href='^'><table><tr><td><img src='cid:a' alt=''></table></a>",
        "^",
    ),
    (
        "<table><tr><td><a href='^'><img src='cid:a' alt=''></a></table>",
        "^",
    ),
    (
        "<td style='font-size:0'><a href='^'><img src='cid:a' alt=''></a></td>",
        "^",
    ),
    (
        "<a href='^'><picture><source srcset='a.webp'><img src='cid:a' alt=''></picture></a>",
        "^",
    ),
    ("<a href='^'><img src='cid:a' alt=''><br></a>", "^"),
    ("<a href='^'><img src='cid:a' alt=''>&nbsp;</a>", "^"),
    ("<a href='^'><svg><path d='M0 0'/></svg></a>", "^"),
    (
        "<a href='^' style='display:block;background:url(https://d.example/b.png)'></a>",
        "^",
    ),
    ("<pre><a href='^'><img src='cid:a' alt=''></a></pre>", "^"),
    (
        "<object data='x'><a href='^'><img src='cid:a' alt=''></a></object>",
        "^",
    ),
    (
        "<a href='^?a=1&amp;b=2'><img src='cid:a' alt=''></a>",
        "^?a=1&b=2",
    ),
    (
        "<a href='mailto:a@d.example'><img src='cid:a' alt=''></a>",
        "a@d.example",
    ),
    ("<a href='tel:+49123'><img src='cid:a' alt=''></a>", "+49123"),
    (
        "<p>Come <a href='^'><img src='cid:a' alt=''></a> now</p>",
        "Come ^ now",
    ),
    (
        "<p>请看<a href='^'><img src='cid:a' alt=''></a>。</p>",
        "请看 ^。",
    ),
    (
        "<a href='mailto:a@d.example?subject=x'><img src='cid:a' alt=''></a>",
        "a@d.example [1]\n\n[1]: mailto:a@d.example?subject=x",
    ),
    (
        "<ul><li><a href='^'><img src='cid:a' alt=''></a><li><a href='^/2'><img src='cid:a' alt='Two'></a></ul>",
        "* ^\n* Two [1]\n\n[1]: ^/2",
    ),
    // It lies over a picture.
    (
        "<table background='https://d.example/b.png'><tr><td><a href='^' style='display:block;height:90px'></a></table>",
        "^",
    ),
    (
        "<td style='background:url(https://d.example/b.png)'><a href='^' style='display:inline-block;padding:9px 0'>&nbsp;</a></td>",
        "^",
    ),
    ("<a href='^'><img src='cid:a' alt='&#10240;&#12644;'></a>", "^"),
    (
        "<div style='background:url(https://d.example/b.png)'><a href='^' style='display: block !important; height:9px'></a></div>",
        "^",
    ),
    (
        "<p>One<span style='display:block!important'>Two</span></p>",
        "One\nTwo",
    ),
    // Its words are those of a picture behind it.
    (
        "<a href='^' style='text-indent:-9999px;background:url(https://d.example/b.png)'>Tickets</a>",
        "Tickets [1]\n\n[1]: ^",
    ),
    (
        "<a href='^' style='font-size:0;background-image:url(https://d.example/b.png)'>Tickets</a>",
        "Tickets [1]\n\n[1]: ^",
    ),
    // Icons in a row: no address runs into the next, or into a word.
    (
        "<a href='^'><img src='cid:a' alt=''></a><a href='^/2'><img src='cid:b' alt=''></a>",
        "^ ^/2",
    ),
    (
        "<a href='^'><img src='cid:a' alt=''></a><!-- --><a href='^/2'><img src='cid:b'></a><!-- -->x",
        "^ ^/2 x",
    ),
    (
        "<span><a href='^'><img src='cid:a' alt=''></a></span><span><a href='^/2'><img src='cid:b' alt=''></a></span>",
        "^ ^/2",
    ),
    (
        "<span><img src='cid:a' alt='One'></span><b><font><img src='cid:b' alt='Two'></font></b>",
        "One **Two**",
    ),
    (
        "<a href='^'><img src='cid:a' alt='One'></a><a href='^'><img src='cid:b' alt='Two'></a>",
        "One [1] Two [1]\n\n[1]: ^",
    ),
    ("<a href='^'>^</a><a href='^/2'>^/2</a>", "^ ^/2"),
    (
        "<a href='mailto:a@d.example'>a@d.example</a><a href='mailto:b@d.example'>b@d.example</a>",
        "a@d.example b@d.example",
    ),
    (
        "<p>See<a href='^'><img src='cid:a' alt=''></a>now</p>",
        "See ^ now",
    ),
    ("<p>(<a href='^'>^</a>), <a href='^/2'>^/2</a>.</p>", "(^), ^/2."),
    ("<p><img src='cid:a' alt='D'>ear Ada</p>", "Dear Ada"),
    // What begins a line.
    (
        "<figure><a href='^'><img src='cid:a' alt=''></a><figcaption>The hall</figcaption></figure>",
        "^\nThe hall",
    ),
    (
        "<center>One</center><center>Two</center><form>Three</form><section>Four</section>five\
         <span style='display: block'>Six</span><article>Seven</article><footer>Eight</footer>",
        "One\nTwo\nThree\nFour\nfive\nSix\nSeven\nEight",
    ),
    // What it is called for those who do not see it.
    (
        "<a href='^' aria-label='Tickets'><img src='cid:a' alt=''></a>",
        "Tickets [1]\n\n[1]: ^",
    ),
    (
        "<a href='^' title='Tickets'><img src='cid:a' alt=''></a>",
        "Tickets [1]\n\n[1]: ^",
    ),
    (
        "<a href='^'><img src='cid:a' alt='' title='Tickets'></a>",
        "Tickets [1]\n\n[1]: ^",
    ),
    (
        "<a href='^'><svg><title>Tickets</title><path d='M0 0'/></svg></a>",
        "Tickets [1]\n\n[1]: ^",
    ),
    // Said once, where another link says it in words.
    (
        "<a href='^'><img src='cid:a' alt=''></a><a href='^'>Read more</a>",
        "Read more [1]\n\n[1]: ^",
    ),
    (
        "<a href='^'>Read more</a><a href='^'><img src='cid:a' alt=''></a>",
        "Read more [1]\n\n[1]: ^",
    ),
    (
        "<a href='^'>^</a><br><a href='^'><img src='cid:a' alt=''></a>",
        "^",
    ),
    (
        "<a href='^'><img src='cid:a' alt=''></a><a href='^'><img src='cid:b' alt=''></a>",
        "^",
    ),
    // But not where that one is hidden.
    (
        "<p style='display:none'><a href='^'>Web</a></p><a href='^'><img src='cid:a' alt=''></a>",
        "^",
    ),
    // A picture is its `alt`.
    (
        "<a href='^'><img src='cid:a' alt='The concert'></a>",
        "The concert [1]\n\n[1]: ^",
    ),
    (
        "<a href='^'><img src='cid:a' alt='One\nTwo'></a>",
        "One Two [1]\n\n[1]: ^",
    ),
    (
        "<a href='^'><img src='cid:a' alt=''><img src='cid:b' alt='B'></a>",
        "B [1]\n\n[1]: ^",
    ),
    ("<a href='^'><img alt='No source'></a>", "No source [1]\n\n[1]: ^"),
    (
        "<img src='cid:a' alt='One'><img src='cid:b' alt='Two'>",
        "One Two",
    ),
    ("<em><img src='cid:a' alt='Alt'></em>", "*Alt*"),
    ("<strong><img src='cid:a' alt=''></strong>here", "here"),
    ("<form><input type=image src='cid:a' alt='Send'></form>", "Send"),
    (
        "<form><input type=submit value='Send'><input name=x value=y></form>",
        "Send",
    ),
    (
        "<a href='^'><img src='cid:a' alt='Chat'></a><a href='^/2'><img src='cid:b' alt='Photos'></a>",
        "Chat [1] Photos [2]\n\n[1]: ^\n[2]: ^/2",
    ),
    (
        "<img src='cid:a' usemap='#m' alt='Map'><map name=m><area href='^' alt='One'><area href='^/2'><area></map>",
        "Map\nOne [1]\n^/2\n\n[1]: ^",
    ),
    // Nothing is there to follow, or to be seen.
    ("x<a href='#top'><img src='cid:a' alt=''></a>", "x"),
    ("x<a href=''><img src='cid:a' alt=''></a>", "x"),
    ("x<a name=top></a>", "x"),
    ("x<a href='^'></a>", "x"),
    ("x<a href='^'>&nbsp;</a>", "x"),
    (
        "x<a href='^'><img src='https://d.example/t.gif' width=1 height=1 alt=''></a>",
        "x",
    ),
    (
        "x<a href='^' style='display:none'><img src='cid:a' alt='X'></a>",
        "x",
    ),
    (
        "x<img src='https://d.example/t.gif' width=1 height=1 alt=''>",
        "x",
    ),
];

#[test]
fn a_link_whose_words_are_a_picture_is_in_the_text() {
    let long = format!("https://d.example/{}", "a".repeat(120));
    let silent = format!("<a href='{long}'><img src='cid:a' alt=''></a>");
    let said = format!("<p>See <a href='{long}'>{long}</a></p>");
    // A line would end in them.
    let silent_text = format!("d.example [1]\n\n[1]: {long}");
    let said_text = format!("See d.example [1]\n\n[1]: {long}");
    let mut cases = CASES.to_vec();
    cases.push((&silent, &silent_text));
    cases.push((&said, &said_text));
    let plain = format!("<p>See ({long}), or {long}.</p>");
    let plain_text = format!("See (d.example [1]), or d.example [1].\n\n[1]: {long}");
    cases.push((&plain, &plain_text));
    let (mut people, mut page) = ("email,n\n".to_owned(), String::new());
    for (n, (html, _)) in cases.iter().enumerate() {
        let _ = writeln!(people, "a{n}@example.org,{n}");
        let html = html.replace('^', "https://d.example/1");
        let _ = write!(page, "{{% if n == {n} %}}{html}{{% endif %}}");
    }
    for setting in ["", "\ninline_css = false"] {
        let pictures = "\ninline = { a = 'x.png', b = 'x.png' }";
        let bench = body(
            &people,
            &format!("html = 'n.html'{setting}{pictures}"),
            "n.html",
            &page,
        );
        let found = texts(&bench.file("x.png", "x"));
        assert_eq!(found.len(), cases.len());
        let wrong: Vec<_> = std::iter::zip(&cases, &found)
            .filter(|((_, expected), text)| **text != expected.replace('^', "https://d.example/1"))
            .map(|((html, expected), text)| format!("{html}\n  {expected:?}\n  {text:?}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
