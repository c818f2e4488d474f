//! Addresses of links and images, and their places.

use super::*;
use crate::campaign::Place;
use crate::check::source::Kind;
use std::sync::Arc;

fn html(text: &str) -> Html {
    let source = Source::new(Place::in_file("t", Arc::from(text), 0..text.len()), Kind::Html);
    read(&source)
}

#[test]
fn an_address_is_whole_and_encrypted_or_told() {
    for fine in [
        "https://uni.example/",
        "HTTPS://X",
        "mailto:a@example.org",
        "tel:+49",
        "cid:logo",
        "#top",
        " https://x ",
        "webcal://uni.example/x.ics",
        "sms:1",
    ] {
        assert_eq!(fault(fine, false), None, "{fine}");
    }
    for (address, wrong) in [
        ("http://uni.example", Fault::Insecure),
        ("Http://uni.example", Fault::Insecure),
        ("www.uni.example/x", Fault::Relative),
        ("/room", Fault::Relative),
        ("//uni.example/x", Fault::Relative),
        ("img/logo.png", Fault::Relative),
        ("C:\\logo.png", Fault::Relative),
        ("file:///home/logo.png", Fault::Relative),
        ("page?next=https://x", Fault::Relative),
        ("", Fault::Relative),
    ] {
        assert_eq!(fault(address, false), Some(wrong), "{address}");
    }
    for (address, wrong) in [
        ("http://uni.example/logo.png", Fault::Insecure),
        ("/logo.png", Fault::Relative),
        ("//uni.example/x", Fault::Relative),
        ("", Fault::Relative),
        ("img/logo.svg", Fault::Drawing),
    ] {
        assert_eq!(fault(address, true), Some(wrong), "{address}");
    }
    // Local pictures go along; where there is no such file, composing says so.
    for local in [
        "img/logo.png",
        "C:\\logo.png",
        "file:///home/logo.png",
        "www.uni.example/x",
    ] {
        assert_eq!(fault(local, true), None, "{local}");
    }
    for fine in [
        "https://uni.example/logo.png",
        "cid:logo",
        "CID:logo",
        "#x",
        "https://x/?a=b.svg",
    ] {
        assert_eq!(fault(fine, true), None, "{fine}");
    }
    for (address, wrong) in [
        ("data:image/png;base64,AA", Fault::Embedded),
        ("DATA:image/svg+xml,<svg/>", Fault::Embedded),
        ("https://uni.example/logo.SVG?v=2", Fault::Drawing),
        ("blob:https://web.example/1", Fault::Relative),
    ] {
        assert_eq!(fault(address, true), Some(wrong), "{address}");
    }
}

#[test]
fn links_are_found_where_they_stand_with_tags_of_tera_around() {
    let text = "<p>é{% if a %}<a class=x HREF='{{ url }}'>{{ \"<img>\" }}</a>{% endif %}\n\
                <a href=\"https://uni.example/{{ row[\"学号\"] }}\">x</a><a href={{ base }}/x>\
                <td background=\"bg.png\"><!-- <img src=x> --><style>a{b:c}</style>\
                <a href='{% if b %}http://x{% endif %}'></a><a name=x></a><a href='{{ a ~ b }}'></a>";
    let html = html(text);
    let found: Vec<_> = html
        .links
        .iter()
        .map(|link| (&text[link.span.clone()], &link.address, link.image))
        .collect();
    let written = |text: &str| Address::Written(text.to_owned());
    assert_eq!(
        found,
        [
            ("{{ url }}", &Address::Column("url".to_owned()), false),
            (
                "https://uni.example/{{ row[\"学号\"] }}",
                &written("https://uni.example/{{ row[\"学号\"] }}"),
                false
            ),
            ("{{ base }}/x", &Address::Column("base".to_owned()), false),
            ("bg.png", &written("bg.png"), true),
            (
                "{% if b %}http://x{% endif %}",
                &written("http://x{% endif %}"),
                false
            ),
            ("{{ a ~ b }}", &Address::Unknown, false),
        ]
    );
    let unseen: Vec<_> = html.unseen.iter().map(|span| &text[span.clone()]).collect();
    assert!(
        unseen.iter().any(|text| text.contains("<img src=x>")),
        "{unseen:?}"
    );
    assert!(unseen.contains(&"a{b:c}"), "{unseen:?}");
    assert!(html.without_alt.is_empty());
}

#[test]
fn an_image_needs_an_alt_that_may_be_empty() {
    for (text, missing) in [
        ("<img src='cid:a' alt='The map'>", 0),
        ("<img src='cid:a' alt=''>", 0),
        ("<img src='cid:a' alt>", 0),
        ("<IMG ALT=x SRC='cid:a'/>", 0),
        ("<img src='cid:a'>", 1),
        ("<img {% if a %}alt='x'{% endif %} src='cid:a'>", 0),
        ("<img {{ attributes | safe }} src='cid:a'>", 0),
        ("<img src='cid:a' title='x'><img src='cid:b'>", 2),
        ("{% raw %}<img>{% endraw %}<!-- <img> -->", 1),
    ] {
        assert_eq!(html(text).without_alt.len(), missing, "{text}");
    }
}

#[test]
fn a_tag_with_thousands_of_values_is_read_like_any_other() {
    for value in ["x=\"\" ", "x='' ", "x=\"\"/", "x=\"\""] {
        let text = format!("<a {}href=\"http://x\">y</a>", value.repeat(4_000));
        let links: Vec<_> = html(&text).links.into_iter().map(|link| link.address).collect();
        assert_eq!(links, [Address::Written("http://x".to_owned())], "{value}");
    }
}
