//! Comparing means what the cell is: numbers, dates, answers, nothing; and a text where the author
//! wrote one.

use crate::support::bench::Bench;
use crate::support::workbook::ods;

use super::{campaign, lines, texts};

const PEOPLE: &str = "\
email,active,note,level,score,max,id,other,zip,day,until,time,city,german
ada@example.org,TRUE,,1,100,100.0,007,7,01234,2026-03-09,2026-03-09 00:00,9:30,Orléans,9.3.2026
bob@example.org,false,x,3,9,85,12,12,1234,2026-12-31,2027-01-01,10:00,Orle\u{301}ans,30.11.2026
";

#[test]
fn a_comparison_sees_what_a_cell_is() {
    lines(
        PEOPLE,
        &[
            (
                "{{ active == true }} {{ active == false }} {{ active != false }}",
                &["true false true", "false true false"],
            ),
            (
                "{{ true == active }} {{ active == 'true' }} {{ active == 'True' }}",
                &["true true true", "false false false"],
            ),
            (
                "{{ active in [true] }} {{ active not in [false] }}",
                &["true true", "false false"],
            ),
            (
                "{{ note is none }} {{ note == none }} {{ none != note }}",
                &["true true false", "false false true"],
            ),
            (
                "{{ note is defined }} {{ note is undefined }} {{ note is not defined }}",
                &["false true true", "true false false"],
            ),
            (
                "{{ note is not none }} {{ note == '' }} {{ '' != note }}",
                &["false true false", "true false true"],
            ),
            (
                "{{ row['note'] is none }} {{ row.note == none }}",
                &["true true", "false false"],
            ),
            ("{{ note | default(value='nothing') }}", &["nothing", "x"]),
            (
                "{{ level in [1, 2] }} {{ level not in [1, 2] }} {{ level in ['1', '2'] }}",
                &["true false true", "false true false"],
            ),
            (
                "{{ (level) == 1 }} {{ 1 == level }} {{ level == 1.0 }}",
                &["true true true", "false false false"],
            ),
            (
                "{{ (score) >= 60 }} {{ score | default(value=0) >= 60 }} {{ score >= '60' }}",
                &["true true true", "false false false"],
            ),
            (
                "{% set s = score %}{{ s >= 60 }} {{ s == 100 }} {{ s < max }}",
                &["true true false", "false false true"],
            ),
            (
                "{{ score == max }} {{ score != max }} {{ score <= max }}",
                &["true false true", "false true true"],
            ),
            // A name of digits is a text, unless it is compared with a number.
            (
                "{{ id == other }} {{ id == '007' }} {{ id == '7' }} {{ id == 7 }}",
                &["false true false true", "true false false false"],
            ),
            (
                "{{ zip == '01234' }} {{ zip == '1234' }} {{ zip == 1234 }} {{ '5' == 5 }}",
                &["true false true true", "false true true true"],
            ),
            (
                "{{ day == '2026-03-09' }} {{ day in ['2026-03-09'] }} {{ day == until }}",
                &["true true true", "false false false"],
            ),
            (
                "{{ day <= until }} {{ day < until }} {{ day < '2026-06-01' }}",
                &["true false true", "true true false"],
            ),
            (
                "{{ day < '1.4.2026' }} {{ day == '9.3.2026' }} {{ day >= '3/31/2026' }} {{ day < '9 April 2026' }}",
                &["true true false true", "false false true false"],
            ),
            (
                "{{ german < '2026-06-01' }} {{ german == '2026-03-09' }} {{ german == day }} {{ german < '1.6.2026' }}",
                &["true true true true", "false false false false"],
            ),
            (
                "{{ time < '10:00' }} {{ time >= '09:00' }}",
                &["true true", "false true"],
            ),
            (
                "{{ city == 'Orléans' }} {{ city in ['Orléans'] }} {{ 'é' in city }}",
                &["true true true", "true true true"],
            ),
            (
                "{{ city == ' Orléans ' }} {{ 'leans' in city }} {{ note in 'xyz' }}",
                &["true false false", "true false true"],
            ),
            (
                "{{ score is number }} {{ city is number }} {{ level is odd }} {{ score is divisible_by(divisor=5) }}",
                &["true false true true", "true false true false"],
            ),
            ("{% if not note and active %}a{% else %}b{% endif %}", &["a", "b"]),
            (
                "{% for n in [1, 2] %}{{ n == level }} {{ '1' == n }};{% endfor %}",
                &["true true;false false;", "false true;false false;"],
            ),
            (
                "{% if level == 1 %}one{% elif level == 3 %}three{% endif %}",
                &["one", "three"],
            ),
            (
                "{{ [x for x in [score, max, level] if x > 50] | length }}",
                &["2", "1"],
            ),
            (
                "{{ row_number == 2 }} {{ campaign == 'x' }}",
                &["true false", "false false"],
            ),
            (
                "{% filter upper %}{% if level == 1 %}a{% endif %}{% endfilter %}",
                &["A", ""],
            ),
        ],
    );
}

#[test]
fn parts_compare_as_the_whole_does() {
    let text = "{% include 'part.txt' %}\
        {% component Mark(points, paid) %}{% if points >= 50 and paid %}pass{% else %}fail{% endif %}{% endcomponent %}\
        {{ <Mark points={score} paid={active} /> }}";
    let bench = campaign(PEOPLE, text, "").file("part.txt", "{{ level in [1, 2] }} {{ active == true }} ");
    assert_eq!(texts(&bench), ["true true pass", "false false fail"]);
}

#[test]
fn rows_of_a_group_are_sorted_and_compared_by_value() {
    let people = "email,course,score,paid,day\na@example.org,A,85,ja,1.2.2026\na@example.org,B,9,nein,1.12.2025\n\
        a@example.org,C,100,ja,15.1.2026\na@example.org,D,,nein,\n";
    let file = "[recipients]\nfile = 'people.csv'\ngroup_by = 'email'\n[message]\nfrom = 'r@uni.example'\n\
        subject = 's'\ntext = 'n.txt'\n";
    let text = "{% for r in rows | sort(attribute='score') %}{{ r.course }}{% endfor %} \
        {% for r in rows | sort(attribute='day') %}{{ r.course }}{% endfor %} \
        {% for r in rows %}{% if r.score != '' and r.score >= 85 %}{{ r.course }}{% endif %}{% endfor %} \
        {% for r in rows %}{% if r.paid %}{{ r.course }}{% endif %}{% endfor %} \
        {% for r in rows | filter(attribute='score', value=9) %}{{ r.course }}{% endfor %} \
        {{ [r.course for r in rows if r.paid == true] | join(sep='') }} \
        {{ [r.course for r in rows if r.score in [9, 100]] | join(sep='') }} \
        {{ [r.score for r in rows if r.score is defined] | sort | join(sep=' ') }} \
        {% set_global sum = 0 %}{% for r in rows %}{% if r.score %}{% set_global sum = sum + r.score %}{% endif %}{% endfor %}{{ sum }} \
        {% for r in rows %}{% set p = r.paid %}{% if not p %}{{ r.course }}{% endif %}{% endfor %}";
    let bench = Bench::new()
        .campaign(file)
        .csv("people.csv", people)
        .file("n.txt", text);
    assert_eq!(texts(&bench), ["BACD BCAD AC AC B AC BC 9 85 100 194 BD"]);
}

fn sheet() -> Vec<u8> {
    let date = |iso: &str, shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{iso}\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let number = |value: &str, shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let text = |shown: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{shown}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&["email", "day", "fee", "share", "debt"].map(text)),
        row(&[
            text("ada@example.org"),
            date("2026-03-09", "9.3.2026"),
            number("1234.5", "1.234,50 €"),
            number("0.85", "85%"),
            number("0", "-"),
        ]),
        row(&[
            text("bob@example.org"),
            date("2025-12-31", "31.12.2025"),
            number("99", "99,00 €"),
            number("1", "100%"),
            number("12", "12"),
        ]),
    ];
    ods(
        &format!("<table:table table:name=\"A\">{}</table:table>", rows.concat()),
        0,
    )
}

/// The sheet shows `9.3.2026` and `1.234,50 €`, and has a date and a number.
#[test]
fn a_cell_that_shows_something_else_is_compared_by_what_it_is() {
    let text = "{{ day == '2026-03-09' }} {{ day in ['2026-03-09', '2026-03-10'] }} {{ day == '9.3.2026' }} {{ day > '2026-01-01' }}\n\
        {% set d = day %}{{ d == '2026-03-09' }} {{ d > '2026-01-01' }} {% for x in [day] %}{{ x == '2026-03-09' }}{% endfor %}\n\
        {{ fee > 100 }} {{ fee == 1234.5 }} {{ fee == '1.234,50 €' }} {{ fee in [1234.5] }} {{ fee * 2 }}\n\
        {% set f = fee %}{{ f * 2 }} {{ f >= 99 }} {{ share == 0.85 }} {{ share == '85%' }} {{ share == '0.85' }}\n\
        {% if debt %}owes {{ debt }}{% else %}paid{% endif %}\n";
    let bench = Bench::new()
        .campaign(
            "[recipients]\nfile = 'people.ods'\nsort = 'day'\n[message]\nfrom = 'r@uni.example'\nsubject = 's'\ntext = 'n.txt'\n",
        )
        .file("people.ods", sheet())
        .file("n.txt", text);
    assert_eq!(
        texts(&bench),
        [
            "true true true true\ntrue true true\ntrue true true true 2469\n2469 true true true true\npaid",
            "false false false false\nfalse false false\nfalse false false false 198\n198 true false false false\nowes 12",
        ]
    );
    for (condition, messages) in [
        ("day == '2026-03-09'", "1 message "),
        ("day in ['2026-03-09', '2025-12-31']", "2 messages "),
        ("fee == 99", "1 message "),
        ("not debt", "1 message "),
        ("day != '2026-03-09' and share == 1", "1 message "),
    ] {
        let run = bench.run(&["send", "--dry-run", "--where", condition]);
        run.code(0);
        run.stderr_has(messages);
    }
}

/// What cannot be compared is said with what to write.
#[test]
fn what_cannot_be_compared_says_what_to_write() {
    for (template, words, help) in [
        (
            "{% if score >= 'high' %}x{% endif %}",
            "`high` is not a number, and the template compares it with 100",
            "{% if score >= 60 %}",
        ),
        (
            "{% if city > 5 %}x{% endif %}",
            "`Orléans` is not a number",
            "write digits and a point into the cell",
        ),
        (
            "{% if note < 5 %}x{% endif %}",
            "this cell is empty, and n.txt:1:7 calculates with it",
            "{% if note %}",
        ),
        (
            "{% if day < '3/4/2026' %}x{% endif %}",
            "`3/4/2026` cannot be read as a date with certainty",
            "write it as '2026-03-09'",
        ),
        (
            "{% if day < 'soon' %}x{% endif %}",
            "`soon` cannot be read as a date with certainty",
            "write it as '2026-03-09'",
        ),
        (
            "{% if dayy == 'x' %}x{% endif %}",
            "there is no column `dayy`",
            "did you mean {{ day }}?",
        ),
        (
            "{% if row['dayy'] == 1 %}x{% endif %}",
            "there is no column `dayy`",
            "did you mean {{ day }}?",
        ),
        (
            "{% if (score | default(value='x')) < city %}x{% endif %}",
            "`Orléans` is not a number",
            "digits",
        ),
    ] {
        campaign(PEOPLE, template, "")
            .run(&["check"])
            .code(2)
            .stderr_has(words)
            .stderr_has(help)
            .stderr_lacks("Cannot compare")
            .stderr_lacks("_compare");
    }
}
