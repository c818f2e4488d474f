//! Names in templates: columns that are called like something of ours, names of every script and
//! keyboard, and rows that are no text.

use std::fmt::Write;

use super::{campaign, texts};

/// Each template as a line, and what it must say for the one row.
fn lines(people: &str, templates: &[(&str, &str)]) {
    let text: String = templates.iter().fold(String::new(), |mut text, (template, _)| {
        writeln!(text, "{template}").expect("a text");
        text
    });
    let written = texts(&campaign(people, &text, ""));
    let written: Vec<&str> = written.first().expect("a message").lines().collect();
    assert_eq!(written.len(), templates.len(), "{written:#?}");
    for ((template, expected), is) in templates.iter().zip(written) {
        assert_eq!(is, *expected, "{template}");
    }
}

/// A header and one row, as CSV.
pub(super) fn table(cells: &[(&str, &str)]) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |cells: Vec<String>| cells.join(",");
    let names = line(cells.iter().map(|(name, _)| quoted(name)).collect());
    let row = line(cells.iter().map(|(_, cell)| quoted(cell)).collect());
    format!("{names}\n{row}\n")
}

#[test]
fn a_column_of_any_script_is_written_as_it_stands() {
    let people = table(&[
        ("email", "ada@example.org"),
        ("姓名", "王小明"),
        ("Étage", "3"),
        ("имя", "Ада"),
        ("שם", "עדה"),
        ("名前", "愛田"),
        ("이름", "에이다"),
        ("नाम", "एडा"),
        ("Größe", "42"),
        ("نام‌خانوادگی", "لاولیس"),
        ("ชื่อ", "เอดา"),
        ("First Name", "Ada"),
        ("E-Mail", "a@b.example"),
        ("Größe (cm)", "170"),
        ("2nd choice", "Latin"),
        ("2024", "yes, 2024"),
        ("Student's name", "Grace"),
        ("Q&A", "both"),
        ("Paid?", "ja"),
        ("Raum/Uhrzeit", "H1/9"),
    ]);
    lines(
        &people,
        &[
            ("{{ 姓名 }}: {{ Étage }}", "王小明: 3"),
            (
                "{{имя}} {{ שם }} {{ 名前 }} {{ 이름 }} {{ नाम }} {{ ชื่อ }}",
                "Ада עדה 愛田 에이다 एडा เอดา",
            ),
            ("{{ نام‌خانوادگی }}", "لاولیس"),
            // An accent that is a character of its own.
            ("{{ E\u{301}tage }} {{ row['E\u{301}tage'] }}", "3 3"),
            (
                "{{ Étage * 2 }} {{ Größe + 1 }} {% if Größe > 41 %}big{% endif %}",
                "6 43 big",
            ),
            (
                "{{ First Name }} {{ First Name | upper }} {{First\u{a0}Name}}",
                "Ada ADA Ada",
            ),
            (
                "{{ E-Mail }} {{ Größe (cm) }} {{ Größe (cm) * 2 }}",
                "a@b.example 170 340",
            ),
            ("{% if First Name == 'Ada' and Paid? %}yes{% endif %}", "yes"),
            (
                "{{ 2nd choice }} {{ 2024 }} {{ Student's name }} {{ Q&A }} {{ Raum/Uhrzeit }}",
                "Latin yes, 2024 Grace both H1/9",
            ),
            (
                "{% for r in rows %}{{ r.姓名 }} {{ r.Étage + 1 }} {{ r['First Name'] }}{% endfor %}",
                "王小明 4 Ada",
            ),
            (
                "{{ row.姓名 }} {{ row.column_B }} {{ column_L }}",
                "王小明 王小明 Ada",
            ),
            (
                "{% set 全名 = 姓名 ~ '!' %}{{ 全名 }} {% for 行 in rows %}{{ 行.имя }}{% endfor %}",
                "王小明! Ада",
            ),
            ("{{ row['First\u{a0}Name'] }} {{ row[\"Q&amp;A\"] }}", "Ada both"),
        ],
    );
}

#[test]
fn what_keyboards_and_word_processors_write_in_a_tag_means_what_it_stands_for() {
    let people = table(&[
        ("email", "ada@example.org"),
        ("name", "Ada"),
        ("score", "7"),
        ("First Name", "Ada L."),
        ("nick", ""),
        ("姓名", "王小明"),
    ]);
    lines(
        &people,
        &[
            (
                "{{ row[“First Name”] }} {{ row[‘First Name’] }} {{ row[„First Name“] }}",
                "Ada L. Ada L. Ada L.",
            ),
            (
                "{{ row[«First Name»] }} {{ row[»First Name«] }} {{ row[「First Name」] }}",
                "Ada L. Ada L. Ada L.",
            ),
            (
                "{{ row[″First Name″] }} {{ row[\"First Name”] }} {{ row[’First Name’] }}",
                "Ada L. Ada L. Ada L.",
            ),
            (
                "{{ nick or “you” }} {{ nick or ‘Ada’s friend’ }} {{ nick or “say \"hi\"” }}",
                "you Ada’s friend say \"hi\"",
            ),
            ("{% if name == “Ada” %}yes{% else %}no{% endif %}", "yes"),
            (
                "{{\u{a0}name\u{a0}}} {{\u{3000}name\u{3000}}} {{\u{200b}name\u{feff}}} {{ na\u{200b}me }}",
                "Ada Ada Ada Ada",
            ),
            (
                "｛｛ name ｝｝ ｛｛姓名｝｝ ｛{ name }｝ {{ name ｝｝",
                "Ada 王小明 Ada Ada",
            ),
            (
                "｛％ if score ＞ 5 ％｝many｛％ endif ％｝{% if score ＝＝ 7 %}!{% endif %}",
                "many!",
            ),
            (
                "{{ （score ＋ 1） ＊ 2 }} {{ ｎａｍｅ }} {{ row［“name”］ }} {{ row【'name'】 }}",
                "16 Ada Ada Ada",
            ),
            (
                "{% if score ≥ 7 %}a{% endif %}{% if score ≤ 6 %}b{% endif %}{% if score ≠ 7 %}c{% endif %}",
                "a",
            ),
            (
                "{{ score − 2 }} {{ score × 2 }} {{ score ÷ 2 }} {{ name ｜ upper }}",
                "5 14 3.5 ADA",
            ),
            ("a {{– name –}} b", "aAdab"),
            (
                "{{ row[&quot;First Name&quot;] }} {{ row[&#39;First Name&#39;] }}",
                "Ada L. Ada L.",
            ),
            (
                "{% if score &gt; 5 and score &lt; 9 &nbsp;%}yes{% endif %} {{&nbsp;name }}",
                "yes Ada",
            ),
            (
                "{{ First\\_Name | default(value='none') }} {{ row\\['First Name'\\] }}",
                "none Ada L.",
            ),
            (
                "{% if name = 'Ada' and (score = 7 OR nick) %}yes{% elseif nick <> '' %}no{% end if %}",
                "yes",
            ),
            (
                "{% if score > 5 && name === 'Ada' %}a{% else if nick %}b{% endif %}{{ nick || 'c' }}",
                "ac",
            ),
            (
                "{{ first name }} {{ row.First Name }} {{ FIRST NAME | upper }}",
                "Ada L. Ada L. ADA L.",
            ),
            (
                "{% if name is 'Ada' and score is not 8 and not (!name) %}a{% endif %}{{ nick | default('d') }}{{ [1, 2] | join('-') }}",
                "ad1-2",
            ),
            // What is meant as it stands.
            (
                "{{ \"“x”\" }} {{ '（' }} {{ nick or \"a – b\" }} {{ '&gt;' }} {{ '\u{a0}' }}.",
                "“x” （ a – b &gt; \u{a0}.",
            ),
            ("“{{ name }}” «{{ name }}» （{{ name }}）", "“Ada” «Ada» （Ada）"),
        ],
    );
}

#[test]
fn a_tag_in_html_may_be_torn_by_an_editor() {
    let people = table(&[
        ("email", "ada@example.org"),
        ("name", "Ada"),
        ("First Name", "Ada L."),
    ]);
    let html = "<p>{{ <b>name</b> }}|{{<span style=\"color:red\"> name </span>}}|<i>{{&nbsp;row[&quot;First Name&quot;]&nbsp;}}</i>\
        |{{ na<span>me</span> }}|{% if name &lt; &quot;B&quot; %}early{% endif %}</p>\n\
        <p>{<b>{</b> name }}|{<span\nlang=EN-US>{ name\n}</span>}|<i>{</i>% if name %<o:p></o:p>}x{% endif %}|{<b>{</b>}</p>\n";
    let bench = campaign(&people, "x\n", "html = 'n.html'").file("n.html", html);
    bench.run(&["send", "--dry-run"]).code(0);
    let written = bench.read(&format!("results/preview/{}", "000002-ada@example.org.eml"));
    let written = written.replace("=\r\n", "").replace("=3D", "=");
    assert!(
        written.contains(
            "<p><b>Ada</b>|<span style=\"color:red\">Ada</span>|<i>Ada L.</i>|Ada<span></span>|early</p>"
        ),
        "{written}"
    );
    assert!(
        written.contains("<p><b></b>Ada|<span\r\nlang=EN-US>Ada</span>|<i></i><o:p></o:p>x|{<b>{</b>}</p>"),
        "{written}"
    );
}

#[test]
fn a_name_that_is_ours_and_a_column_s_is_asked_about() {
    let people = "email,row,campaign,row_number,rows,true,none,verp,in,not,loop,self,null,bounce\n\
                  ada@example.org,C,Spring,77,R1,yes!,nothing!,V,I,N,L,S,0,B\n";
    for (template, what, cell) in [
        ("{{ row }}", "`row` means the whole row here", "{{ row['row'] }}"),
        ("{{ row | upper }}", "`row` means", "{{ row['row'] }}"),
        ("{{ row ~ '!' }}", "`row` means", "{{ row['row'] }}"),
        (
            "{% if row == 'C' %}x{% endif %}",
            "`row` means",
            "{{ row['row'] }}",
        ),
        (
            "{{ campaign }}",
            "`campaign` means the name of the campaign here",
            "{{ row['campaign'] }}",
        ),
        (
            "{{ row_number }}",
            "`row_number` means the number of the row here",
            "{{ row['row_number'] }}",
        ),
        ("{{ rows }}", "`rows` means the list", "{{ row['rows'] }}"),
        (
            "{{ rows | length }}",
            "`rows` means the list",
            "{{ row['rows'] }}",
        ),
        ("{{ verp }}", "`verp` means", "{{ row['verp'] }}"),
        (
            "{{ bounce }}",
            "`bounce` means the token of the message here",
            "{{ row['bounce'] }}",
        ),
        (
            "{{ true }}",
            "`true` is a word of the template language",
            "{{ row['true'] }}",
        ),
        ("{{ none | upper }}", "`none` is a word", "{{ row['none'] }}"),
        (
            "{% if true %}x{% endif %}",
            "`true` is a word",
            "{{ row['true'] }}",
        ),
        ("{{ null }}", "`null` is a word", "{{ row['null'] }}"),
    ] {
        let outcome = campaign(people, template, "").run(&["check"]);
        outcome
            .code(2)
            .stderr_has(what)
            .stderr_has(&format!("for the cell, write {cell}"));
        outcome.stderr_has("give the column another name");
    }
    // In the subject and in a condition on rows, too.
    let bench = campaign(people, "x\n", "headers = { \"X-Seat\" = \"{{ row }}\" }");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("mailshot.toml:8:")
        .stderr_has("`row` means the whole row here");
    let bench = campaign(people, "x\n", "");
    let outcome = bench.run(&["send", "--dry-run", "--where", "campaign == 'Spring'"]);
    outcome
        .code(2)
        .stderr_has("for the cell, write row['campaign']")
        .stderr_lacks("{{");
    // What both cures come to, and what can mean one thing only.
    lines(
        people,
        &[
            (
                "{{ row['row'] }} {{ row.campaign }} {{ row[\"row_number\"] }} {{ row['rows'] }}",
                "C Spring 77 R1",
            ),
            (
                "{{ row['true'] }} {{ row.none }} {{ row['verp'] }}",
                "yes! nothing! V",
            ),
            ("{{ in }} {{ not }} {{ loop }} {{ self }}", "I N L S"),
            (
                "{% if in %}x{% endif %}{% for r in rows %}{{ r.row }}{{ loop.index }}{% endfor %}",
                "xC1",
            ),
            (
                "{% for row in rows %}{{ row.rows }}{% endfor %} {{ '' | default(value=true, boolean=true) }}",
                "R1 true",
            ),
            (
                "{% for k, v in row %}{% if k == 'row' %}{{ v }}{% endif %}{% endfor %} {{ row | length }}",
                "C 14",
            ),
        ],
    );
}

#[test]
fn names_that_are_ours_alone_stay_what_they_are() {
    let people = "email,name\nada@example.org,Ada\n";
    let bench = campaign(
        people,
        "{{ campaign == '' }} {{ row_number }} {{ rows | length }} {{ true }}\n",
        "",
    );
    assert_eq!(texts(&bench), ["false 2 1 true"]);
}

#[test]
fn a_whole_row_is_never_text() {
    let people = "email,name,note\nada@example.org,Ada,confidential\n";
    for template in [
        "{{ row }}",
        "{{ rows }}",
        "{{ rows[0] }}",
        "{{ rows | first }}",
        "{{ row ~ 'x' }}",
        "{{ 'x' ~ rows }}",
        "{{ row | str }}",
        "{% for r in rows %}{{ r }}{% endfor %}",
        "{% for r in rows %}{{ r ~ '' }}{% endfor %}",
        "{% set x = row %}{{ x }}",
        "{% set x %}{{ row }}{% endset %}{{ x }}",
        "{{ rows | join(sep=', ') }}",
        "{{ [row] | join(sep='') }}",
        "{{ [r for r in rows] }}",
        "{{ __tera_context }}",
    ] {
        for (file, key) in [("n.txt", "text"), ("n.html", "html"), ("n.md", "markdown")] {
            let other = if key == "text" {
                String::new()
            } else {
                format!("{key} = '{file}'")
            };
            let bench = campaign(people, "x\n", &other).file(file, format!("<p>{template}</p>\n"));
            let bench = if key == "markdown" {
                let toml = bench.read("mailshot.toml").replace("text = 'n.txt'\n", "");
                bench.file("mailshot.toml", toml)
            } else {
                bench
            };
            let outcome = bench.run(&["check"]);
            outcome
                .code(2)
                .stderr_has(&format!("{file}:1:"))
                .stderr_lacks("confidential");
        }
    }
    let list = campaign(
        people,
        "{{ rows | sort(attribute='name') | unique | length }}{{ 'a b' | split(pat=' ') }}\n",
        "",
    );
    list.run(&["check"]).code(2).stderr_has("join(sep=");
    lines(
        people,
        &[
            (
                "{% for r in rows %}{{ r.name }}{% endfor %} {{ rows | length }} {{ row | length }}",
                "Ada 1 3",
            ),
            (
                "{{ [r.name for r in rows] | join(sep=', ') }} {{ 'a b' | split(pat=' ') | last }}",
                "Ada b",
            ),
            (
                "{% for k, v in row %}{% if k == 'note' %}{{ k }}={{ v }};{% endif %}{% if not k %}hidden{% endif %}{% endfor %}{{ row | keys | length }}",
                "note=confidential;3",
            ),
        ],
    );
}
