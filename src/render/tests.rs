use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::campaign::{Place, TemplateFile, Text};
use crate::table::{Header, Row};

fn header(columns: &[&str]) -> Arc<Header> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.csv");
    std::fs::write(&file, columns.join(",")).unwrap();
    let source = crate::campaign::RecipientsSource {
        file,
        shown: "p.csv".to_owned(),
        ..crate::campaign::RecipientsSource::default()
    };
    Arc::clone(crate::table::Table::open(&source).unwrap().header())
}

fn row(fields: &[&str]) -> Row {
    Row::new(2, fields.iter().map(|f| (*f).to_owned()).collect())
}

fn toml(line: &str) -> Text {
    let value = line.split('"').nth(1).unwrap().to_owned();
    let start = line.find(&value).unwrap();
    Text {
        place: Place::in_file("mailshot.toml", line.into(), start..start + value.len()),
        value,
    }
}

#[test]
fn an_undefined_variable_is_shown_where_it_was_written() {
    let mut compiler = Compiler::new(Path::new(""));
    let id = compiler.text(&toml("subject = \"Hello {{ nmae }}\""));
    let templates = compiler
        .finish(&header(&["email", "name", "First Name"]), "c")
        .unwrap();
    let row = row(&["a@x.test", "Ada", "A"]);
    let words = templates
        .render(id, &templates.context(&row))
        .unwrap_err()
        .to_string();
    assert!(words.contains("mailshot.toml:1:21"), "{words}");
    assert!(words.contains("did you mean {{ name }}?"), "{words}");
    assert!(words.contains("email, name, row['First Name']"), "{words}");
}

#[test]
fn all_undefined_variables_are_told_at_once() {
    let mut compiler = Compiler::new(Path::new(""));
    let id = compiler.text(&toml(
        "subject = \"{{ day }} {{ name }} {% if name %}{{ hall }}{% endif %} {{ day }}\"",
    ));
    let templates = compiler.finish(&header(&["email", "name", "1st"]), "c").unwrap();
    let row = row(&["a@x.test", "Ada", "x"]);
    let problems = templates.render(id, &templates.context(&row)).unwrap_err();
    let what: Vec<_> = problems.0.iter().map(|p| p.what.to_string()).collect();
    assert_eq!(what, ["there is no column `day`", "there is no column `hall`"]);
    let words = problems.to_string();
    assert!(words.contains("email, name, row['1st']"), "{words}");
}

#[test]
fn html_is_escaped_and_headers_are_not() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("body.tpl"),
        "<p>{{ name }} {% include \"foot.html\" %}</p>",
    )
    .unwrap();
    std::fs::write(
        folder.path().join("foot.html"),
        "{{ row[\"First Name\"] }} {{ row_number }} {{ campaign }}",
    )
    .unwrap();
    let mut compiler = Compiler::new(folder.path());
    let file = TemplateFile {
        path: folder.path().join("body.tpl"),
        typed: None,
        place: Place::whole("mailshot.toml"),
    };
    let html = compiler.file(&file, "body.tpl", Escape::Html);
    let subject = compiler.text(&toml("subject = \"{{ name }}\""));
    let templates = compiler
        .finish(&header(&["email", "name", "First Name"]), "news")
        .unwrap();
    let row = row(&["a@x.test", "<b>", "&"]);
    let context = templates.context(&row);
    assert_eq!(
        templates.render(html, &context).unwrap(),
        "<p>&lt;b&gt; &amp; 2 news</p>"
    );
    assert_eq!(templates.render(subject, &context).unwrap(), "<b>");
    assert_eq!(templates.inputs().len(), 2);
}

#[test]
fn all_syntax_errors_are_found_at_once() {
    let mut compiler = Compiler::new(Path::new(""));
    compiler.text(&toml("subject = \"{{ name \""));
    compiler.text(&toml("from = \"{% if %}\""));
    let problems = compiler.finish(&header(&["email"]), "c").err().unwrap();
    assert_eq!(problems.0.len(), 2, "{problems}");
}

#[test]
fn a_value_in_a_link_is_encoded() {
    let mut compiler = Compiler::new(Path::new(""));
    let id = compiler.text(&toml("url = \"https://uni.example/?q={{ name | urlencode }}\""));
    let templates = compiler.finish(&header(&["name"]), "c").unwrap();
    let row = row(&["a b&c=/\u{738b}~.-_"]);
    assert_eq!(
        templates.render(id, &templates.context(&row)).unwrap(),
        "https://uni.example/?q=a%20b%26c%3D%2F%E7%8E%8B~.-_"
    );
}

/// A minute a row is too long to wait for here: its time is over when the second begins.
#[test]
fn the_templates_of_a_row_that_take_too_long_are_told_by_the_row() {
    let mut compiler = Compiler::new(Path::new(""));
    let id = compiler.text(&toml(
        "subject = \"{% for i in range(end=90000) %}{{ i }}{% endfor %}\"",
    ));
    let templates = compiler.finish(&header(&["email"]), "c").unwrap();
    let row = row(&["a@x.test"]);
    assert!(templates.render(id, &templates.context(&row)).is_ok());
    assert!(!templates.overran());
    let context = templates.context(&row);
    context.is_late();
    let problems = templates.render(id, &context).unwrap_err();
    let [problem] = problems.0.as_slice() else {
        panic!("{problems}");
    };
    assert_eq!(problem.code, TOO_LONG);
    let words = problem.to_string();
    for part in [
        "the templates of this row take longer than 1 min",
        "p.csv:2",
        "a loop inside a loop",
    ] {
        assert!(words.contains(part), "{words}");
    }
    assert!(templates.overran());
}
