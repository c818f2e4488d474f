use super::*;

/// The rewritten text with short calls.
fn short(text: &str) -> String {
    let rewritten = template(text);
    for (at, _) in rewritten.text.char_indices() {
        assert!(text.is_char_boundary(rewritten.original(at)), "{text}: {at}");
    }
    assert_eq!(rewritten.original(rewritten.text.len()), text.len(), "{text}");
    rewritten
        .text
        .replace(" | _plain(column=", " #(")
        .replace("_compare(", "cmp(")
        .replace("_calculate(", "calc(")
        .replace(" | _truth", " ?")
}

#[test]
fn what_is_compared_or_calculated_with_is_a_call() {
    for (text, expected) in [
        ("{{ score }}", "{{ score }}"),
        (
            "{{ score + 1 }}",
            r#"{{ calc(v0=score, c0="score", v1=1, op="+") }}"#,
        ),
        (
            "{{ a - b + c }}",
            r#"{{ calc(v0=a, c0="a", v1=b, c1="b", v2=c, c2="c", op="-+") }}"#,
        ),
        (
            "{{ a - (b + 1) * 2 }}",
            r#"{{ calc(v0=a, c0="a", v1=calc(v0=(calc(v0=b, c0="b", v1=1, op="+")), v1=2, op="*"), op="-") }}"#,
        ),
        (
            "{{ 2 ** 3 ** a }}",
            r#"{{ calc(v0=2, v1=calc(v0=3, v1=a, c1="a", op="^"), op="^") }}"#,
        ),
        (
            "{{ 2 * score | round }}",
            r#"{{ calc(v0=2, v1=score #("score") | round, op="*") }}"#,
        ),
        (
            "{%- if score>=60 -%}",
            r#"{%- if cmp(a=score, ac="score", op=">=", b=60) -%}"#,
        ),
        ("{{- score -}}", "{{- score -}}"),
        (
            "{{ -score }}",
            r#"{{ calc(v0=0, v1=score, c1="score", op="-") }}"#,
        ),
        ("{{ -1 | abs }}", "{{ -1 | abs }}"),
        (
            "{{ group == \"2\" }}",
            r#"{{ cmp(a=group, ac="group", op="==", b="2", text="b") }}"#,
        ),
        (
            "{{ row[\"Sc ore\"] < 3 }}",
            r#"{{ cmp(a=row["Sc ore"], ac="Sc ore", op="<", b=3) }}"#,
        ),
        (
            "{{ row['a\"b'] < 3 }}",
            r#"{{ cmp(a=row['a"b'], ac='a"b', op="<", b=3) }}"#,
        ),
        (
            "{{ r.amount * 2 }}",
            r#"{{ calc(v0=r.amount, c0="amount", o0=r, v1=2, op="*") }}"#,
        ),
        (
            "{{ rows[0].amount not in [1] }}",
            r#"{{ cmp(a=rows[0].amount, ac="amount", ao=rows[0], op="not in", b=[1], text="b") }}"#,
        ),
        ("{{ price | money }}", r#"{{ price #("price") | money }}"#),
        (
            "{{ r.price | money }}",
            r#"{{ r.price #("price", of=r) | money }}"#,
        ),
        ("{{ name | upper }}", "{{ name | upper }}"),
        ("{{ a ~ b }}", "{{ a ~ b }}"),
        ("{{ \"a + b\" }} a + b", "{{ \"a + b\" }} a + b"),
        ("{{ 'it\\'s' ~ a }}", "{{ 'it\\'s' ~ a }}"),
        (
            "{# a + b #}{% raw %}{{ a + b }}{% endraw %}",
            "{# a + b #}{% raw %}{{ a + b }}{% endraw %}",
        ),
        (
            "{% set x = a %}{{ x > 1 }}",
            r#"{% set x = a %}{{ cmp(a=x, ac="a", op=">", b=1) }}"#,
        ),
        (
            "{% set x = a %}{% set x = b %}{{ x > 1 }}",
            r#"{% set x = a %}{% set x = b %}{{ cmp(a=x, op=">", b=1) }}"#,
        ),
        (
            "{% for r in rows %}{% endfor %}",
            "{% for r in rows %}{% endfor %}",
        ),
        (
            "{{ loop.index + 1 }}",
            r#"{{ calc(v0=loop.index, v1=1, op="+") }}"#,
        ),
        (
            "{{ x is odd }}{{ x is not odd }}",
            r#"{{ x #("x") is odd }}{{ x #("x") is not odd }}"#,
        ),
        // What the engine refuses stays as it is, for its words to be about.
        ("{{ a + }}", "{{ a + }}"),
        ("{{ - - a }}", "{{ - - a }}"),
        ("{{ a b == c }}", "{{ a b == c }}"),
        (
            "{{ <Card a={n > 1} b='x' /> }}",
            r#"{{ <Card a={cmp(a=n, ac="n", op=">", b=1)} b='x' /> }}"#,
        ),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
}

#[test]
fn a_condition_asks_for_yes_or_no() {
    for (text, expected) in [
        ("{% if active %}", "{% if active ?(c=\"active\") %}"),
        ("{%- if active -%}", "{%- if active ?(c=\"active\") -%}"),
        (
            "{% elif not row[\"a\"] %}",
            "{% elif not row[\"a\"] ?(c=\"a\") %}",
        ),
        (
            "{% if a and (b or r.c) %}",
            "{% if a ?(c=\"a\") and (b ?(c=\"b\") or r.c ?(c=\"c\", of=r)) %}",
        ),
        (
            "{% if a | trim | lower %}",
            "{% if a | trim | lower ?(c=\"a\") %}",
        ),
        (
            "{% if a | default(value=b or c) and d %}",
            "{% if a | default(value=b or c) ?(c=\"a\") and d ?(c=\"d\") %}",
        ),
        ("{% if (a or b) | upper %}", "{% if (a or b) | upper ? %}"),
        ("{{ name or 'friend' }}", "{{ name or 'friend' }}"),
        ("{{ a and b }}", "{{ a ?(c=\"a\") and b }}"),
        ("{{ not a }}", "{{ not a ?(c=\"a\") }}"),
        ("{{ 'x' if a else 'y' }}", "{{ 'x' if a ?(c=\"a\") else 'y' }}"),
        (
            "{{ a if b else c if not d else e }}",
            "{{ a if b ?(c=\"b\") else c if not d ?(c=\"d\") else e }}",
        ),
        ("{% set x = a and b %}", "{% set x = a ?(c=\"a\") and b %}"),
        (
            "{% for r in a if b else [] %}",
            "{% for r in a if b ?(c=\"b\") else [] %}",
        ),
        (
            "{{ [r.x for r in rows if r.y] | length }}",
            "{{ [r.x for r in rows if r.y ?(c=\"y\", of=r)] | length }}",
        ),
        ("{{ f(x=not a, y=b) }}", "{{ f(x=not a ?(c=\"a\"), y=b) }}"),
        ("{% if a is defined %}", "{% if a is defined %}"),
        ("{% for x in [a] %}{% if x %}", "{% for x in [a] %}{% if x ? %}"),
        (
            "{% set p = r.paid %}{% if p %}",
            "{% set p = r.paid %}{% if p ?(c=\"paid\", of=r) %}",
        ),
    ] {
        assert_eq!(short(text), expected, "{text}");
    }
    assert_eq!(condition("active").text, "active | _truth(c=\"active\")");
    assert_eq!(
        only_conditions("{% if a and b > 1 %}{{ c + 1 }}").text,
        "{% if a | _truth(c=\"a\") and b > 1 %}{{ c + 1 }}"
    );
}

#[test]
fn places_are_those_of_the_user_s_own_text() {
    let rewritten = condition("a  + b").between("{% if ", " %}");
    for (part, original) in [("_calc", 0), ("b, c1", 5), ("v1=", 2)] {
        let at = rewritten.text.find(part).unwrap();
        let there = rewritten.original(at);
        assert!(there.abs_diff(original) <= 1, "{part}: {there}");
    }
    assert_eq!(rewritten.original(0), 0);
    assert_eq!(rewritten.original(rewritten.text.len()), 6);
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
            crate::render::values::register(&mut tera, &crate::render::values::Asked::default());
            tera.add_raw_template("t", text).is_ok()
        };
        let before = compiles(&text);
        let after = compiles(&rewritten.text);
        // The engine has a limit of brackets; beyond it, the text is compiled unchanged.
        let deep = rewritten.edits.len() > 20;
        assert!(before == after || (before && deep), "{text}\n{}", rewritten.text);
        (before, rewritten.asks.values)
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
}
