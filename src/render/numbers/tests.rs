use super::*;

/// The rewritten text with short calls: `(score #score)`.
fn short(text: &str) -> String {
    let rewritten = template(text);
    for (at, _) in rewritten.text.char_indices() {
        assert!(text.is_char_boundary(rewritten.original(at)), "{text}: {at}");
    }
    assert_eq!(rewritten.original(rewritten.text.len()), text.len(), "{text}");
    rewritten
        .text
        .replace(" | _plain(column=", " #")
        .replace(", of=_cells)", "")
        .replace(", of=", "@")
        .replace(" | _truth", " ?")
}

#[test]
fn what_is_calculated_with_or_compared_with_a_number_is_a_number() {
    for (text, expected) in [
        ("{{ score }}", "{{ score }}"),
        ("{{ score + 1 }}", "{{ (score #\"score\") + 1 }}"),
        ("{{ 2 * score | round }}", "{{ 2 * (score #\"score\") | round }}"),
        ("{% if score >= 60 %}", "{% if (score #\"score\") >= 60 %}"),
        ("{%- if score>=60 -%}", "{%- if (score #\"score\")>=60 -%}"),
        ("{{- score -}}", "{{- score -}}"),
        ("{{ -score }}", "{{ -score }}"),
        ("{{ a - b }}", "{{ (a #\"a\") - (b #\"b\") }}"),
        ("{{ group == \"2\" }}", "{{ group == \"2\" }}"),
        ("{{ group == 2 }}", "{{ (group #\"group\") == 2 }}"),
        ("{{ -1 != x.y }}", "{{ -1 != (x.y #\"y\"@x)) }}"),
        (
            "{{ row[\"Sc ore\"] < 3 }}",
            "{{ (row[\"Sc ore\"] #\"Sc ore\") < 3 }}",
        ),
        ("{{ row['a\"b'] < 3 }}", "{{ (row['a\"b'] #'a\"b') < 3 }}"),
        ("{{ r.amount * 2 }}", "{{ (r.amount #\"amount\"@r)) * 2 }}"),
        (
            "{{ rows[0].amount * 2 }}",
            "{{ (rows[0].amount #\"amount\"@rows[0])) * 2 }}",
        ),
        ("{{ price | money }}", "{{ (price #\"price\") | money }}"),
        (
            "{{ when | date(format=\"%d\") }}",
            "{{ (when #\"when\") | date(format=\"%d\") }}",
        ),
        ("{{ name | upper }}", "{{ name | upper }}"),
        ("{{ a ~ b }}", "{{ a ~ b }}"),
        ("{{ \"a + b\" }} a + b", "{{ \"a + b\" }} a + b"),
        (
            "{# a + b #}{% raw %}{{ a + b }}{% endraw %}",
            "{# a + b #}{% raw %}{{ a + b }}{% endraw %}",
        ),
        ("{% set x = a + 1 %}", "{% set x = (a #\"a\") + 1 %}"),
        (
            "{% for r in rows %}{% endfor %}",
            "{% for r in rows %}{% endfor %}",
        ),
        ("{{ loop.index + 1 }}", "{{ loop.index + 1 }}"),
        (
            "{{ x is odd }}{{ x is not odd }}",
            "{{ x is odd }}{{ x is not odd }}",
        ),
        ("{{ a in [1, 2] }}", "{{ a in [1, 2] }}"),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
}

#[test]
fn a_condition_asks_for_yes_or_no() {
    for (text, expected) in [
        ("{% if active %}", "{% if active ? %}"),
        ("{%- if active -%}", "{%- if active ? -%}"),
        ("{% elif not row[\"a\"] %}", "{% elif not row[\"a\"] ? %}"),
        ("{% if a and (b or c) %}", "{% if a ? and (b ? or c ?) %}"),
        ("{% if not (a and r.b) %}", "{% if not (a ? and r.b ?) %}"),
        ("{% if a == 'x' and b %}", "{% if a == 'x' and b ? %}"),
        ("{% if a | trim | lower %}", "{% if a | trim | lower ? %}"),
        (
            "{% if a | default(value=b or c) and d %}",
            "{% if a | default(value=b or c) ? and d ? %}",
        ),
        ("{% if (a or b) | upper %}", "{% if (a or b) | upper ? %}"),
        ("{% if a not in b and c %}", "{% if a not in b and c ? %}"),
        ("{% if row.not and r.if %}", "{% if row.not ? and r.if ? %}"),
        ("{{ name or 'friend' }}", "{{ name or 'friend' }}"),
        ("{{ a and b }}", "{{ a ? and b }}"),
        ("{{ not a }}", "{{ not a ? }}"),
        ("{{ 'x' if active else 'y' }}", "{{ 'x' if active ? else 'y' }}"),
        ("{{ a if (b) else c }}", "{{ a if (b ?) else c }}"),
        (
            "{{ a if b else c if not d else e }}",
            "{{ a if b ? else c if not d ? else e }}",
        ),
        ("{% if a if b else c %}", "{% if a ? if b ? else c ? %}"),
        ("{% set x = a and b %}", "{% set x = a ? and b %}"),
        ("{% set x = not a %}", "{% set x = not a ? %}"),
        ("{% for r in rows %}", "{% for r in rows %}"),
        ("{% for r in a if b else [] %}", "{% for r in a if b ? else [] %}"),
        (
            "{{ [r.x for r in rows if r.y] | length }}",
            "{{ [r.x for r in rows if r.y ?] | length }}",
        ),
        ("{{ f(x=not a, y=b) }}", "{{ f(x=not a ?, y=b) }}"),
        ("{% if a is defined %}", "{% if a is defined %}"),
        (
            "{% if score and score > 60 %}",
            "{% if score ? and (score #\"score\") > 60 %}",
        ),
        ("{% if x | round %}", "{% if (x #\"x\") | round ? %}"),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
    assert_eq!(
        condition("a and b > 1").text,
        "a | _truth and (b | _plain(column=\"b\", of=_cells)) > 1"
    );
    assert_eq!(condition("active").text, "active | _truth");
    assert_eq!(
        only_conditions("{% if a and b > 1 %}{{ c + 1 }}").text,
        "{% if a | _truth and b > 1 %}{{ c + 1 }}"
    );
}

#[test]
fn places_are_those_of_the_user_s_own_text() {
    let rewritten = condition("a + b").between("{% if ", " %}");
    let at = rewritten.text.find("b |").unwrap();
    assert_eq!(rewritten.original(at), 4);
    assert_eq!(rewritten.original(0), 0);
}

const WORDS: [&[u8]; 28] = [
    b"{{ ",
    b" }}",
    b"{% if ",
    b" %}",
    b"{% endif %}",
    b"a",
    b"b",
    b".",
    b"[0]",
    b"[\"x\"]",
    b" + ",
    b" - ",
    b" > ",
    b" == 1",
    b" | round",
    b" and ",
    b" not ",
    b"(",
    b")",
    b"'",
    b"{#",
    b"#}",
    b" if ",
    b" else ",
    b"{% set x = ",
    b"[a for a in b if ",
    b"]",
    b" or ",
];

#[test]
fn whatever_a_template_is_it_compiles_as_before_and_places_lie_within() {
    fuzzing::hold("numbers", &WORDS, |bytes| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let rewritten = template(&text);
        for at in 0..=rewritten.text.len() {
            assert!(rewritten.original(at) <= text.len());
        }
        let compiles = |text: &str| {
            let mut tera = tera::Tera::new();
            crate::render::filters::register(&mut tera, str::to_owned);
            tera.add_raw_template("t", text).is_ok()
        };
        let before = compiles(&text);
        let after = compiles(&rewritten.text);
        // The engine takes so many brackets and no more; then the text is compiled as it is.
        let deep = rewritten.inserted.len() > 20;
        assert!(before == after || (before && deep), "{text}\n{}", rewritten.text);
        (before, rewritten.calculates())
    });
}

/// The engine refuses what is nested deeper than it can take; reading it must not end the program.
#[test]
fn no_depth_ends_the_stack() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("not ", ""),
        ("a if ", " else b"),
        ("[x for x in ", "]"),
    ] {
        let text = format!(
            "{{% if {}a{} %}}x{{% endif %}}",
            open.repeat(20_000),
            close.repeat(20_000)
        );
        let rewritten = template(&text);
        assert_eq!(rewritten.original(rewritten.text.len()), text.len());
    }
    let negated = template("{% if not not not a %}x{% endif %}");
    assert!(negated.text.contains("a | _truth"), "{}", negated.text);
}
