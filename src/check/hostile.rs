//! Any contents of a template.

use std::sync::Arc;

use super::source::{Kind, Source};
use super::templates::Written;
use super::watch::Watch;
use crate::campaign::{Campaign, Overrides, Place};
use crate::table::Header;

const WORDS: [&[u8]; 40] = [
    b"{{ name }}",
    b"{{",
    b"}}",
    b"{%",
    b"%}",
    b"{#",
    b"#}",
    b"{% raw %}",
    b"{% endraw %}",
    b"{% if a %}",
    b"{% endif %}",
    b"{% for a in row %}",
    b"{% include \"x\" %}",
    b"{% set x = 1 %}",
    b"{{ row[\"a\"] }}",
    b"| safe",
    b"row",
    b"\"",
    b"'",
    b"`",
    b"<a href=",
    b"<img src='x'>",
    b"<style>",
    b"</style>",
    b"<!--",
    b"-->",
    b"http://x",
    b"Dear ",
    b"Dear ,",
    b"*|",
    b"|*",
    b"<<name>>",
    b"{name}",
    b"&lt;&lt;",
    b"&nbsp;",
    b"\n",
    b"\0",
    "尊敬的：".as_bytes(),
    "\u{a0}".as_bytes(),
    b"=",
];

#[test]
fn whatever_a_template_holds_its_findings_stand_at_characters_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = "[recipients]\nfile = 'p.csv'\n[message]\nfrom = 'a@x.test'\nsubject = 'x'\nhtml = 'x.html'\n";
    std::fs::write(folder.path().join("mailshot.toml"), toml).expect("a file");
    let (campaign, _) = Campaign::load(folder.path(), &Overrides::default());
    let campaign = campaign.expect("a campaign");
    let mut header = Header::unknown("p.csv");
    header.columns = vec!["email".to_owned(), "name".to_owned()];
    header.names = header.columns.clone();
    fuzzing::hold("check", &WORDS, |bytes| {
        let text: Arc<str> = String::from_utf8_lossy(bytes).into();
        let mut kinds = Vec::new();
        for kind in [Kind::Line, Kind::Text, Kind::Html, Kind::Markdown, Kind::Other] {
            let place = Place::in_file("x.html", Arc::clone(&text), 0..text.len());
            let source = Source::new(place, kind);
            assert_eq!(source.masked(' ').len(), text.len());
            let written = Written::of_sources(vec![source]);
            let _ = Watch::of(&written, &header);
            for finding in written.findings(&campaign, &header, None) {
                let place = finding.problem.place.as_ref().expect("a finding has a place");
                assert!(
                    place.text.get(place.span.clone()).is_some(),
                    "{:?}",
                    finding.problem
                );
                kinds.push(finding.problem.code);
            }
        }
        kinds.dedup();
        kinds
    });
}
