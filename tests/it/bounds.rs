//! Templates that would write for ever, or more than any memory holds.

use std::fmt::Write as _;

use crate::support::bench::Bench;

fn bench() -> Bench {
    Bench::new()
        .campaign(
            "[recipients]\nfile = 'people.csv'\n\n[message]\nfrom = 'registrar@uni.example'\n\
             subject = 'News'\nKIND = 'notice.txt'\n",
        )
        .csv("people.csv", "email,name\nada@example.org,Ada\n")
}

#[test]
fn a_template_that_writes_too_much_is_told_by_its_row() {
    let bench = bench();
    let twice = |set: &str| {
        format!(
            "{{% set x = 'xxxxxxxxxxxxxxxx' %}}{{% for i in range(end=40) %}}{set}{{% endfor %}}{{{{ x }}}}"
        )
    };
    let mut replaced = "{% set x = 'x' %}".to_owned();
    for _ in 0..12 {
        replaced.push_str("{% set x = x | replace(from='x', to='xxxxxxxxxx') %}");
    }
    let in_one = format!(
        "{{{{ 'x'{} }}}}",
        "| replace(from='x', to='xxxxxxxxxx')".repeat(12)
    );
    let loops = "{% for i in range(end=100000) %}{% for j in range(end=100000) %}";
    let ends = "{% endfor %}{% endfor %}";
    let mut joined = String::new();
    write!(
        joined,
        "{{% set s = range(end=100000) | join(sep='xxxxxxxxxx') %}}{{{{ range(end=100000) | join(sep=s) }}}}"
    )
    .expect("a text");
    for kind in ["text", "html", "markdown"] {
        let toml = "[recipients]\nfile = 'people.csv'\n\n[message]\nfrom = 'registrar@uni.example'\n\
             subject = 'News'\nKIND = 'notice.txt'\n";
        bench.write("mailshot.toml", toml.replace("KIND", kind));
        for template in [
            format!("{loops}xxxxxxxxxxxxxxxx{ends}"),
            format!("{loops}{ends}"),
            twice("{% set_global x = x ~ x %}"),
            twice("{% set_global x %}{{ x }}{{ x }}{% endset %}"),
            replaced.clone(),
            in_one.clone(),
            joined.clone(),
            "{% set a = [[j for j in range(end=100000)] for i in range(end=100000)] %}{{ a | length }}"
                .to_owned(),
        ] {
            bench.write("notice.txt", &template);
            bench
                .run(&["check"])
                .code(2)
                .stderr_has("the templates of this row ")
                .stderr_has("(in notice.txt)")
                .stderr_has("people.csv:2");
            if kind != "text" {
                break;
            }
        }
    }
}

#[test]
fn markdown_and_style_sheets_have_an_end() {
    let bench = bench();
    let toml = bench.read("mailshot.toml");
    bench.write("mailshot.toml", toml.replace("KIND", "markdown"));
    bench.write("notice.txt", format!("{}deep\n", "> ".repeat(200_000)));
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("more than 100 quotes or lists inside each other (in notice.txt)");
    bench.write("mailshot.toml", toml.replace("KIND", "html"));
    let sheet = format!("{}{}", "a{".repeat(100_000), "}".repeat(100_000));
    bench.write("notice.txt", format!("<style>{sheet}</style><p>Hello</p>\n"));
    bench.run(&["check"]).code(0);
}

#[test]
fn what_people_write_stays_what_it_is() {
    let bench = bench();
    let toml = bench.read("mailshot.toml");
    bench.write("mailshot.toml", toml.replace("KIND", "html"));
    bench.write(
        "notice.txt",
        "<ul>\n{%- for i in range(start=1, end=4) -%}\n  <li>{{ i }}</li>\n{%- else -%}none{%- endfor -%}\n</ul>\n\
         {%- set who = name ~ ' & ' ~ 'Bob' -%}\n<p>{{ who }}</p>{% set b %}<i>{{ name }}</i>{% endset %}{{ b }}\n\
         {{ who | replace(from='Bob', to='<b>') }} {{ [name, '<', 3] | join(sep=', ') }}\n\
         {{ [x ~ '!' for x in ['a', 'b']] | join(sep='') }}{% for k, v in {'a': 1} %}{{ k }}{{ v }}{% endfor %}\n",
    );
    bench.run(&["send", "--dry-run"]).code(0);
    let html = std::fs::read_to_string(&bench.eml("results/preview")[0]).expect("the message");
    for words in [
        "<ul><li>1</li><li>2</li><li>3</li></ul>",
        "<p>Ada &amp; Bob</p><i>Ada</i>",
        "Ada &amp; &lt;b&gt; Ada, &lt;, 3",
        "a!b!a1",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
}
