use std::path::Path;
use std::sync::Arc;

use crate::campaign::{Place, TemplateFile};
use crate::render::{Compiler, Escape, Templates};
use crate::table::{Header, Row};

use super::*;

struct Case {
    templates: Templates,
    id: crate::render::TemplateId,
    styles: Styles,
    _folder: tempfile::TempDir,
}

impl Case {
    fn new(template: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notice.html");
        std::fs::write(&path, template).unwrap();
        let mut compiler = Compiler::new(Path::new(""));
        let place = Place::whole("mailshot.toml");
        let id = compiler.file(
            &TemplateFile {
                path,
                typed: None,
                place,
            },
            "notice.html",
            Escape::Styled,
        );
        let mut header = Header::unknown("people.csv");
        header.columns = vec!["a".to_owned(), "b".to_owned()];
        header.names = header.columns.clone();
        Self {
            templates: compiler.finish(&Arc::new(header), "test").unwrap(),
            id,
            styles: Styles::new(),
            _folder: folder,
        }
    }

    fn rendered(&self, a: &str, b: &str) -> String {
        let row = Row::new(2, vec![a.to_owned(), b.to_owned()]);
        let context = self.templates.context(&row);
        self.templates.render(self.id, &context).unwrap().into_owned()
    }

    /// The result, and whether its form served for that.
    fn styled(&self, a: &str, b: &str) -> (String, bool) {
        let styled = self.styles.apply(&self.rendered(a, b));
        let forms = self.styles.forms.read().unwrap();
        (styled, forms.values().any(Option::is_some))
    }

    /// The result of the whole message.
    fn whole(&self, a: &str, b: &str) -> String {
        crlf(&inline(&marks::removed(&self.rendered(a, b))))
    }
}

const HEAD: &str = "<html><head><style>p { color: red } .late { color: blue } a:hover { color: green } \
    @media (max-width: 600px) { p { color: black } }</style></head><body>";

#[test]
fn a_message_is_the_same_as_if_it_had_been_parsed_by_itself() {
    let values = [
        ("Ada", "101"),
        ("", ""),
        ("<b>x</b> & \"y\" 'z'", "a>b"),
        ("\u{738b}\u{5c0f}\u{660e}\u{ff0c}", "two\nlines"),
    ];
    for (template, by_form) in [
        ("<p>Dear {{ a }}, room {{ b }}.</p>", true),
        (
            "{% if a %}<p>{{ a }}</p>{% else %}<p class=\"late\">{{ b }}</p>{% endif %}",
            true,
        ),
        (
            "<a href=\"https://x.test/?q={{ a }}\" title='{{ b }}'>x</a><p>{{ a }}</p>",
            true,
        ),
        ("<!-- {{ a }} --><p>{{ b }}</p>", true),
        ("<p>{{ a | upper | safe }}</p><p>{{ b }}</p>", true),
        // A value decides which styles apply.
        ("<p class=\"{{ a }}\">{{ b }}</p>", false),
        ("<p id={{ b }}>x</p>", false),
        ("<p {{ b }}>x</p>", false),
        ("<style>p { color: {{ b }} }</style><p>x</p>", false),
        (
            "<style>[title=x] { color: blue }</style><p title=\"{{ b }}\">x</p>",
            false,
        ),
        ("<style>p:empty { color: blue }</style><p>{{ b }}</p>", false),
        // A filter that cuts a block cuts its marks.
        (
            "{% set block %}<p>{{ a }}, {{ b }}</p>{% endset %}{{ block | truncate(length=4) | safe }}<p>x</p>",
            false,
        ),
    ] {
        let case = Case::new(&format!("{HEAD}{template}</body></html>"));
        for (a, b) in values {
            let (styled, formed) = case.styled(a, b);
            // Which of two ways an escape is written in makes no difference.
            let same = |html: String| {
                let plain = [("&#39;", "'"), ("&quot;", "\""), ("&gt;", ">"), ("&lt;", "<")];
                plain
                    .iter()
                    .fold(html, |html, (escaped, plain)| html.replace(escaped, plain))
            };
            assert_eq!(same(styled), same(case.whole(a, b)), "{template} {a:?} {b:?}");
            assert_eq!(formed, by_form, "{template} {a:?} {b:?}");
        }
    }
}

#[test]
fn styles_go_into_the_elements_and_what_cannot_stays() {
    let case = Case::new(&format!("{HEAD}<p>{{{{ a }}}}</p></body></html>"));
    let (styled, _) = case.styled("Ada & Bob", "");
    assert!(
        styled.contains("<p style=\"color: red;\">Ada &amp; Bob</p>"),
        "{styled}"
    );
    assert!(styled.contains(":hover") && styled.contains("@media"), "{styled}");
    assert!(
        !styled.contains(['\u{fdd0}', '\u{fdd1}', '\u{fdd2}', '\u{fdd3}']),
        "{styled}"
    );
}

#[test]
fn html_without_a_style_sheet_stays_as_it_is() {
    let case = Case::new("<p class=styled>{{ a }} <br>\r\n");
    assert_eq!(case.styled("x<y", "").0, "<p class=styled>x&lt;y <br>\r\n");
}

#[test]
fn forms_are_kept_within_bounds() {
    let case = Case::new(
        "<style>p { color: red }</style>{% for i in range(end=a | int) %}<p>{{ b }}</p>{% endfor %}",
    );
    for count in 0..MOST_FORMS + 50 {
        let (styled, _) = case.styled(&count.to_string(), "x");
        assert_eq!(styled.matches("color: red;\">x").count(), count);
    }
    assert_eq!(case.styles.forms.read().unwrap().len(), MOST_FORMS);
}

#[test]
fn what_only_some_programs_read_stays() {
    let body = "<!--[if mso]><table><tr><td>{{ a }}<![endif]-->\n<p>x &lt; y &amp; {{ a }}</p>\n\
                <!--[if !mso]><!--><b>\u{738b}</b><!--<![endif]-->\n<!--[if mso]></td></tr></table><![endif]-->";
    let head = "<!--[if gte mso 9]><xml></xml><![endif]--><style>p { color: red }</style>";
    let case = Case::new(&format!(
        "<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>"
    ));
    let (styled, _) = case.styled("z", "");
    assert!(styled.starts_with("<!DOCTYPE html>"), "{styled}");
    assert!(
        styled.contains("<!--[if gte mso 9]><xml></xml><![endif]-->"),
        "{styled}"
    );
    let body = body
        .replace("<p>", "<p style=\"color: red;\">")
        .replace("{{ a }}", "z")
        .replace('\n', "\r\n");
    assert!(styled.contains(&body), "{styled}");
}

#[test]
fn whatever_depth_a_cell_has_its_message_is_made() {
    let case = Case::new(&format!("{HEAD}<p>x</p>{{{{ a | safe }}}}</body></html>"));
    let deep = "<div>".repeat(100_000);
    let (styled, formed) = case.styled(&deep, "");
    assert!(styled.contains(&deep) && !formed);
    let (styled, _) = case.styled("<div><div>", "");
    assert!(
        styled.contains("<p style=\"color: red;\">x</p><div><div>"),
        "{styled}"
    );
}
