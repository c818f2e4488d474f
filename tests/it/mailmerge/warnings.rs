//! What has no match, would read otherwise or is missing.

use std::fs;

use crate::support::bench::Bench;

use super::{HEADERS, converted, folder};

#[test]
fn what_has_no_match_is_told_with_its_place_and_check_stops_at_it() {
    for (tag, what, column) in [
        (
            r#"{{ "%.2f"|format(score|float) }}"#,
            "no formats such as %.2f",
            4,
        ),
        (
            "{{ name|center(20) }}",
            "no filter `center` that does the same",
            4,
        ),
        (
            "{{ name|truncate(5) }}",
            "no filter `truncate` that does the same",
            4,
        ),
        ("{{ name.zfill(3) }}", "no Python method `.zfill()`", 4),
        ("{{ name.split() }}", "no Python method `.split()`", 4),
        ("{{ lipsum() }}", "no function `lipsum`", 4),
        (
            "{% for k, v in {'a': name}.items() %}{{ v }}{% endfor %}",
            "the entries of a map have no order",
            4,
        ),
        ("{% macro hi(x) %}{{ x }}{% endmacro %}", "no `{% macro %}`", 4),
        ("{% if name is sameas none %}x{% endif %}", "no test `sameas`", 4),
        (
            "{% for x in [1] %}{{ loop.depth }}{% endfor %}",
            "no `loop.depth`",
            22,
        ),
    ] {
        let bench = folder(
            &format!("{HEADERS}\nDear {tag}\n"),
            "email,name,score\nada@example.org,Ada,1\n",
        );
        bench
            .run(&["new", "new", "--from-mailmerge", "old"])
            .code(0)
            .stderr_has(what)
            .stderr_has(&format!("mailmerge_template.txt:5:{}", column + "Dear ".len()))
            .stderr_has("= hint: ");
        assert!(bench.read("new/message.txt").contains(tag), "{tag}");
        bench.run(&["check", "new"]).code(2).stderr_has("message.txt:1:");
    }
}

#[test]
fn what_would_read_otherwise_is_told() {
    for (kind, body, cell, what) in [
        (
            "text/html",
            "<p>{{ name }}</p>",
            "<b>Ada</b>",
            "row 2: the column `name` contains HTML",
        ),
        (
            "text/markdown",
            "Hi {{ name }}",
            "*Ada*",
            "row 2: the column `name` contains Markdown",
        ),
        (
            "text/html",
            "<p>{{ \"<b>\" ~ name }}</p>",
            "Ada",
            "mailshot escapes values",
        ),
        (
            "text/plain",
            "{% if name == 5 %}five{% endif %}",
            "5",
            "never equal to a number",
        ),
        (
            "text/plain",
            "{{ name|float|round }}",
            "2.5",
            "rounds a half to the nearest even number",
        ),
        ("text/plain", "{{ name * 3 }}", "2", "`*` repeats it"),
        (
            "text/plain",
            "{{ name + name|int }}",
            "2",
            "`+` joins texts and adds numbers",
        ),
        (
            "text/plain",
            "{{ name == \"5\" }}",
            "5",
            "mailmerge prints True, False or None",
        ),
    ] {
        let template = format!("{HEADERS}CONTENT-TYPE: {kind}\n\n{body}\n");
        folder(&template, &format!("email,name\nada@example.org,{cell}\n"))
            .run(&["new", "new", "--from-mailmerge", "old"])
            .code(0)
            .stderr_has(what)
            .stderr_has("= hint: ");
    }
    // What means the same says nothing: an & is an &amp; that a reader sees as &.
    let outcome = folder(
        &format!("{HEADERS}CONTENT-TYPE: text/html\n\n<p>{{{{ name }}}}</p>\n"),
        "email,name\nada@example.org,Tom & Jerry\n",
    )
    .run(&["new", "new", "--from-mailmerge", "old"]);
    outcome.code(0).stderr_lacks("warning");
}

#[test]
fn markdown_that_looks_otherwise_is_told() {
    for (text, what) in [
        ("so ~~what~~", "struck through"),
        ("```\ncode\n```", "a code block"),
        ("|a|b|\n|-|-|\n|c|d|", "a table"),
        ("For:\n- a\n- b", "without a blank line above it"),
        ("- a\n  - b", "fewer than four blanks"),
    ] {
        folder(
            &format!("{HEADERS}CONTENT-TYPE: text/markdown\n\n{text}\n"),
            "email,name\nada@example.org,Ada\n",
        )
        .run(&["new", "new", "--from-mailmerge", "old"])
        .code(0)
        .stderr_has(what)
        .stderr_has("mailmerge_template.txt:");
    }
    converted("readme-markdown")
        .run(&["new", "again", "--from-mailmerge", "."])
        .code(0)
        .stderr_has("1 warning above")
        .stderr_has("the user name is still that of the sample");
}

#[test]
fn nothing_is_overwritten_and_the_folder_has_a_default() {
    let bench = folder(
        &format!("{HEADERS}\nDear {{{{name}}}}\n"),
        "email,name\nada@example.org,Ada\n",
    )
    .file("taken/notes.txt", "mine");
    bench
        .run(&["new", "taken", "--from-mailmerge", "old"])
        .code(2)
        .stderr_has("taken exists already and is not empty")
        .stderr_has("nothing was changed");
    assert!(!bench.path("taken/mailshot.toml").exists());
    bench
        .run(&["new", "--from-mailmerge", "old"])
        .code(0)
        .stderr_has("old-mailshot is a new campaign with 1 row, made from mailmerge's files in old.")
        .stderr_has("mailshot check old-mailshot");
    bench.run(&["check", "old-mailshot"]).code(0);
    bench
        .run(&["new", "--from-mailmerge", "old"])
        .code(2)
        .stderr_has("old-mailshot exists already");
    assert_eq!(
        bench.read("old/mailmerge_template.txt"),
        format!("{HEADERS}\nDear {{{{name}}}}\n")
    );
    bench.run(&["new"]).code(2).stderr_has("mailshot new --list FILE");
}

#[test]
fn what_is_missing_is_named() {
    let bench = Bench::new().file("old/notes.txt", "");
    bench
        .run(&["new", "new", "--from-mailmerge", "old"])
        .code(2)
        .stderr_has("mailmerge_template.txt cannot be read")
        .stderr_has("there is no file mailmerge_database.csv")
        .stderr_has("name the folder in which mailmerge runs")
        .stderr_has("new was not created.");
    assert!(!bench.path("new").exists());
    folder("Dear {{name}}\n", "email,name\nada@example.org,Ada\n")
        .run(&["new", "new", "--from-mailmerge", "old"])
        .code(2)
        .stderr_has("the template has no TO:")
        .stderr_has("the template has no FROM:");
    let bench = folder(
        &format!("{HEADERS}ATTACHMENT: letters/{{{{name}}}}.pdf\nATTACHMENT: map.png\n\nDear {{{{name}}}}\n"),
        "email,name\nada@example.org,Ada\nbob@example.org,Bob\ncy@example.org,Cy\n",
    )
    .file("old/letters/Ada.pdf", "%PDF");
    fs::remove_file(bench.path("old/mailmerge_server.conf")).expect("the settings");
    bench
        .run(&["new", "new", "--from-mailmerge", "old"])
        .code(0)
        .stderr_has("row 3: there is no file Bob.pdf (and 1 more row)")
        .stderr_has("there is no file old/map.png")
        .stderr_has("mailmerge_server.conf cannot be read")
        .stderr_has("3 warnings above");
    assert_eq!(bench.read("new/letters/Ada.pdf"), "%PDF");
}

#[test]
fn what_an_attachment_or_a_header_lacks_is_told() {
    let bench = folder(
        &format!(
            "{HEADERS}ATTACHMENT:\nATTACHMENT: {{{{ file }}}}\nX-Course: 1\nX-Course: 2\n\nDear {{{{name}}}}\n"
        ),
        "email,name,file\nada@example.org,Ada,\n",
    );
    bench
        .run(&["new", "new", "--from-mailmerge", "old"])
        .code(0)
        .stderr_has("warning: this ATTACHMENT: names no file")
        .stderr_has("mailmerge_template.txt:4:12")
        .stderr_has("warning: row 2: this ATTACHMENT: names no file")
        .stderr_has("warning: a message has only one header X-Course: this one is ignored")
        .stderr_has("mailmerge_template.txt:7:11");
    assert!(
        bench
            .read("new/mailshot.toml")
            .contains("headers = { \"X-Course\" = \"1\" }")
    );
    bench
        .run(&["check", "new"])
        .code(2)
        .stderr_has("its name is empty");
}
