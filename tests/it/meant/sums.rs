//! Sums are what a spreadsheet shows.

use super::{campaign, lines};

const PEOPLE: &str = "\
email,price,qty,a,b,n,z,big,pct
ada@example.org,4.35,3,0.1,0.2,100,0,9007199254740993,15%
";

#[test]
fn a_sum_is_what_a_spreadsheet_shows() {
    lines(
        PEOPLE,
        &[
            (
                "{{ price * qty }} {{ price * 100 }} {{ a + b }} {{ a * 100 }} {{ n / 2 }}",
                &["13.05 435 0.3 10 50"],
            ),
            (
                "{{ a * qty }} {{ 1.1 + 2.2 }} {{ 0.1 * 3 }} {{ 100.1 - 100 }} {{ 1.1 - 1 }}",
                &["0.3 3.3 0.3 0.1 0.1"],
            ),
            (
                "{{ n / 3 }} {{ 2 / 3 }} {{ 7 / 2 }}",
                &["33.3333333333333 0.666666666666667 3.5"],
            ),
            (
                "{{ price * 100 == 435 }} {{ a + b == 0.3 }} {{ a + b <= 0.3 }} {{ a + b > 0.3 }}",
                &["true true true false"],
            ),
            (
                "{% set t = a + b %}{{ t }} {{ t == 0.3 }} {{ t * 10 }}",
                &["0.3 true 3"],
            ),
            (
                "{{ 0 * -1 }} {{ z * -a }} {{ -z }} {{ -n }} {{ -0.04 | round(precision=1) }}",
                &["0 0 0 -100 0"],
            ),
            (
                "{{ 2.675 | round(precision=2) }} {{ 1.005 | round(precision=2) }} {{ (a + 2.575) | round(precision=2) }}",
                &["2.68 1.01 2.68"],
            ),
            (
                "{{ -2.5 | round }} {{ 2.5 | round }} {{ 0.5 | round }} {{ 2.96 | round(precision=1) }}",
                &["-3 3 1 3"],
            ),
            (
                "{{ (price * 100) | money }} {{ 1.005 | money }} {{ (a + b) | money(decimals=1) }}",
                &["435.00 1.01 0.3"],
            ),
            (
                "{{ big }} {{ big + 1 }} {{ big * 1000 }}",
                &["9007199254740993 9007199254740994 9007199254740993000"],
            ),
            (
                "{{ n % 7 }} {{ n // 7 }} {{ 2 ** 10 }} {{ 5.5 % 2 }} {{ -7 % 3 }}",
                &["2 14 1024 1.5 2"],
            ),
            (
                "{{ n * pct }} {{ n - n * pct }} {{ n * 1.19 }} {{ 19.99 * 3 }}",
                &["15 85 119 59.97"],
            ),
            (
                "{{ n / 3 * 3 }} {{ (n / 3) * 3 }} {% set t = n / 3 %}{{ t * 3 }} {{ 2 / 3 + 1 / 3 }}",
                &["100 100 100 1"],
            ),
            ("{{ a + a + a + a + a + a + a + a + a + a }}", &["1"]),
            (
                "{{ (price * 100) ~ ' cents' }} {{ 'x' if a + b == 0.3 else 'y' }}",
                &["435 cents x"],
            ),
            (
                "{% if price * 100 is odd %}odd{% endif %} {{ price * 100 in [435] }}",
                &["odd true"],
            ),
        ],
    );
}

#[test]
fn a_long_sum_is_no_deep_one() {
    let sum = vec!["a"; 60].join(" + ");
    lines(PEOPLE, &[(&format!("{{{{ {sum} }}}}"), &["6"])]);
}

#[test]
fn what_cannot_be_calculated_says_what_to_write() {
    for (template, words, help) in [
        (
            "{{ n / z }}",
            "this cell is zero, and n.txt:1:4 divides by it",
            "{% if z != 0 %}",
        ),
        ("{{ n % z }}", "this cell is zero", "{% if z != 0 %}"),
        ("{{ n / 0 }}", "this divides by zero", "check first"),
        (
            "{{ email + 1 }}",
            "`ada@example.org` is not a number",
            "write digits",
        ),
        ("{{ 'a' + 'b' }}", "`a` is not a number", "to join texts, use `~`"),
        ("{{ big ** 40 }}", "too large to calculate with", "38 digits"),
        ("{{ nn + 1 }}", "there is no column `nn`", "the columns are"),
    ] {
        campaign(PEOPLE, template, "")
            .run(&["check"])
            .code(2)
            .stderr_has(words)
            .stderr_has(help)
            .stderr_lacks("_calculate");
    }
}
