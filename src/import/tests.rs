//! Jinja2 and Tera, side by side.

use proptest::prelude::*;

use super::jinja::{Mode, Translator};
use super::scope::Scope;
use super::source::{Source, Warnings};
use super::{header, pictures};

/// `template` translated, with the warnings.
fn translated(template: &str, mode: Mode) -> (String, Vec<String>) {
    let mut warnings = Warnings::default();
    let source = Source {
        shown: "mailmerge_template.txt".into(),
        text: template.into(),
        exact: true,
    };
    let mut translator = Translator {
        scope: Scope {
            columns: ["name", "n", "campaign", "pr\u{e9}nom"]
                .map(str::to_owned)
                .to_vec(),
            ..Scope::default()
        },
        warnings: &mut warnings,
        included: std::collections::BTreeSet::new(),
    };
    let text = translator.translate(&source, 0..template.len(), mode);
    (
        text,
        warnings
            .0
            .into_iter()
            .map(|problem| problem.what.to_string())
            .collect(),
    )
}

#[test]
fn what_means_the_same_stays_as_it_is_written() {
    for template in [
        "Dear {{name}},\n{{  name | upper}} {{ n|int+1 }} {{- name -}}",
        "{% if name == 'x' and n -%} a {%- elif not n %} b {% else %} c {%- endif %}",
        "{% for x in [1, 2] %}{{ loop.index }}{% endfor %}{# a comment #}",
        "{% raw %}{{ name.upper() }}{% endraw %} { name } {",
        "{% set x = name|trim %}{% filter upper %}{{ x }}{% endfilter %}",
        "{{ '}}' }} {{ unknown }}",
        "",
    ] {
        assert_eq!(
            translated(template, Mode::Text),
            (template.to_owned(), Vec::new()),
            "{template}"
        );
    }
}

#[test]
fn what_is_said_otherwise_is_translated() {
    for (jinja, tera) in [
        ("{{ name.upper() }}", "{{ name | upper }}"),
        (
            "{{ name.strip().lower().replace('a', 'b') }}",
            "{{ name | trim | lower | replace(from=\"a\", to=\"b\") }}",
        ),
        (
            "{{- n|round(1, 'floor') -}}",
            "{{- n | round(precision=1, method=\"floor\") -}}",
        ),
        (
            "{{ name|default('you', true) }}",
            "{{ name | default(value=\"you\", boolean=true) }}",
        ),
        // A column that is empty is defined to Jinja, and not to mailshot.
        ("{{ name|default('you') }}", "{{ name }}"),
        (
            "{% if name is not defined %}x{% endif %}",
            "{% if false %}x{% endif %}",
        ),
        ("{% if name is none %}x{% endif %}", "{% if false %}x{% endif %}"),
        ("{{ name + n }}", "{{ name ~ n }}"),
        ("{{ name|int + n|int }}", "{{ name|int + n|int }}"),
        ("{{ 'Hi ' ~ name + '!' }}", "{{ (\"Hi \" ~ name) ~ \"!\" }}"),
        (
            "{{ '%s-%d%%' % (name, n) }}",
            "{{ name ~ \"-\" ~ (n | int) ~ \"%\" }}",
        ),
        ("{{ '{} {}'.format(name, n) }}", "{{ name ~ \" \" ~ n }}"),
        ("{{ 'x' if n }}", "{{ \"x\" if n else \"\" }}"),
        ("{{ '-' * 3 }}", "{{ \"---\" }}"),
        (
            "{{ campaign }} {{ pr\u{e9}nom }}",
            "{{ row[\"campaign\"] }} {{ row[\"pr\u{e9}nom\"] }}",
        ),
        ("{{ name.split('-')[0] }}", "{{ (name | split(pat=\"-\"))[0] }}"),
        (
            "{{ ', '.join(name.split('-')) }}",
            "{{ name | split(pat=\"-\") | join(sep=\", \") }}",
        ),
        (
            "{% if name.startswith('A') %}",
            "{% if name is starting_with(pat=\"A\") %}",
        ),
        ("{% if not nick is defined %}", "{% if nick is not defined %}"),
        (
            "{% if n is divisibleby 3 %}",
            "{% if n is divisible_by(divisor=3) %}",
        ),
        ("{% if 0 < n|int <= 9 %}", "{% if 0 < n | int and n | int <= 9 %}"),
        ("{% if name in ('a', 'b') %}", "{% if name in [\"a\", \"b\"] %}"),
        (
            "{% for i in range(1, 4) %}",
            "{% for i in range(start=1, end=4) %}",
        ),
        (
            "{% for x in [1, 2] if x > 1 %}",
            "{% for x in [x for x in [1, 2] if x > 1] %}",
        ),
        ("{{ loop.revindex }}", "{{ (loop.length - loop.index0) }}"),
        (
            "{{ loop.cycle('a', 'b') }}",
            "{{ [\"a\", \"b\"][loop.index0 % 2] }}",
        ),
        ("{%+ if n %}", "{% if n %}"),
        ("{% include 'a.txt' with context %}", "{% include \"a.txt\" %}"),
        (
            "{{ name|last }}{{ name|count }}",
            "{{ name[-1] }}{{ name | length }}",
        ),
    ] {
        let (text, warnings) = translated(jinja, Mode::Text);
        assert_eq!((text.as_str(), &warnings[..]), (tera, &[][..]), "{jinja}");
    }
    // In the campaign file, double quotes are the file's.
    assert_eq!(
        translated("{{ 'x' if n }}", Mode::Field).0,
        "{{ 'x' if n else '' }}"
    );
    // Markup of the template itself is not a cell.
    assert_eq!(
        translated("{{ '<b>' if n else '' }}", Mode::Markup).0,
        "{{ \"<b>\" | safe if n else \"\" }}"
    );
}

proptest! {
    #[test]
    fn whatever_stands_in_a_template_something_comes_of_it(
        template in "([ -~\u{e9}\n]|\\{\\{ ?|%\\}|\\}\\}|\\{%-? ?|if |for |set |in |name|\\||\\.|\\{#|#\\}|raw|'|\\(|\\)|\\[|-){0,40}"
    ) {
        for mode in [Mode::Text, Mode::Markup, Mode::Field] {
            let (text, _) = translated(&template, mode);
            if !template.contains(['%', '{']) {
                prop_assert_eq!(&text, &template);
            }
        }
        let source = Source { shown: "t".into(), text: template.as_str().into(), exact: true };
        let mut warnings = Warnings::default();
        let mut translator = Translator {
            scope: Scope::default(),
            warnings: &mut warnings,
            included: std::collections::BTreeSet::new(),
        };
        let head = header::read(&source, &mut translator);
        prop_assert!(head.body.end == template.len());
        let _ = pictures::in_html(&template, "name", "x");
        let _ = pictures::in_markdown(&template, "name", "x");
    }
}
