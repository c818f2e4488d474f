//! Everything that clap shows has its message in both languages, and no message of the help is left over.

use std::collections::{BTreeMap, BTreeSet};

use clap::CommandFactory;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};

use super::*;
use crate::cli::args::Args;
use crate::cli::page;

/// The messages of the help in a language, each with those that it refers to.
fn messages(lang: Lang) -> BTreeMap<String, Vec<String>> {
    let text = match lang {
        Lang::En => include_str!("../../words/en/help.ftl"),
        Lang::Zh => include_str!("../../words/zh/help.ftl"),
    };
    let resource = fluent_syntax::parser::parse(text).unwrap();
    let mut found = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name.to_owned();
        let attributes = message
            .attributes
            .iter()
            .map(|a| (format!("{id}.{}", a.id.name), &a.value));
        let value = message.value.iter().map(|value| (id.clone(), value));
        for (id, pattern) in value.chain(attributes) {
            let refers = pattern.elements.iter().filter_map(|element| match element {
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::MessageReference { id, .. }),
                } => Some(id.name.to_owned()),
                PatternElement::Placeable { .. } | PatternElement::TextElement { .. } => None,
            });
            found.insert(id, refers.collect());
        }
    }
    found
}

/// The ids that are asked for, and what has no words.
#[derive(Default)]
struct Asked {
    ids: BTreeSet<String>,
    missing: BTreeSet<String>,
}

impl Asked {
    /// A message under the first of these ids that there is.
    fn ask(&mut self, ids: Vec<String>, lang: Lang) {
        match ids.iter().find(|id| words::named(id, lang).is_some()) {
            Some(id) => {
                self.ids.insert(id.clone());
                for attribute in ["long", "after"] {
                    self.ids.insert(format!("{id}.{attribute}"));
                }
            }
            None => {
                self.missing.insert(format!("{lang:?}: {}", ids[0]));
            }
        }
    }

    fn command(&mut self, command: &Command, path: &[String], lang: Lang) {
        let own = if path.is_empty() {
            "help-mailshot".to_owned()
        } else {
            id(path, &[])
        };
        self.ask(vec![own], lang);
        let of_part = |more: &[&str]| {
            (0..=path.len())
                .rev()
                .map(|n| id(&path[..n], more))
                .collect::<Vec<_>>()
        };
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let name = arg.get_id().as_str().replace('_', "-");
            let kind = if arg.is_positional() { "argument" } else { "option" };
            self.ask(of_part(&[kind, &name]), lang);
            if arg.get_action().takes_values() {
                for value in arg
                    .get_possible_values()
                    .iter()
                    .filter(|value| !value.is_hide_set())
                {
                    self.ask(of_part(&["value", &name, value.get_name()]), lang);
                }
            }
            let heading = arg.get_help_heading();
            if let Some(heading) = heading.filter(|_| !arg.is_positional()) {
                assert!(
                    heading::ALL.contains(&heading),
                    "{heading} is no heading of all commands"
                );
                self.ids.insert(format!("help-heading-{heading}"));
            }
            let clap_adds = matches!(arg.get_id().as_str(), "help" | "version");
            assert!(
                arg.is_positional() || clap_adds || heading.is_some(),
                "--{name} of {path:?} has no heading"
            );
        }
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            let mut path = path.to_vec();
            path.push(below.get_name().to_owned());
            if below.get_name() == "help" {
                self.ask(vec!["help-help".to_owned()], lang);
            } else {
                self.command(below, &path, lang);
            }
        }
    }
}

#[test]
fn everything_that_clap_shows_has_its_words_in_both_languages_and_no_words_are_left_over() {
    for lang in [Lang::En, Lang::Zh] {
        let mut asked = Asked::default();
        let mut command = Args::command();
        command.build();
        asked.command(&command, &[], lang);
        for key in heading::ALL {
            asked.ask(vec![format!("help-heading-{key}")], lang);
        }
        for name in new::names() {
            asked.ask(vec![format!("help-template-{name}")], lang);
        }
        let missing: Vec<_> = asked.missing.iter().collect();
        assert!(missing.is_empty(), "no words for {missing:#?}");

        let sources = [
            include_str!("../help.rs"),
            include_str!("../page.rs"),
            include_str!("../man.rs"),
        ]
        .concat();
        let all = messages(lang);
        let referred: BTreeSet<_> = all.values().flatten().collect();
        let named = |id: &str| {
            sources.contains(&format!("say!(\"{id}\""))
                || sources.contains(&format!("\"{}\"", id.trim_start_matches("help-heading-")))
        };
        let unused = all
            .keys()
            .filter(|id| !asked.ids.contains(*id) && !referred.contains(id) && !named(id));
        let unused: Vec<_> = unused.collect();
        assert!(unused.is_empty(), "{lang:?}: nothing shows {unused:#?}");
    }
}

#[test]
fn a_command_line_tells_which_command_it_is_about() {
    let root = spoken(Args::command(), Lang::En);
    let about = |line: &str| {
        let typed: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let command = of_typed(&root, &typed);
        (
            command.get_bin_name().unwrap_or("mailshot").to_owned(),
            is_short(&typed),
        )
    };
    for (line, command, short) in [
        ("mailshot --help", "mailshot", false),
        ("mailshot help", "mailshot", false),
        ("mailshot -h", "mailshot", true),
        ("mailshot --lang zh send -qh", "mailshot send", true),
        ("mailshot help dkim new", "mailshot dkim new", false),
        ("mailshot dkim record --help", "mailshot dkim record", false),
        ("mailshot help send --nonsense", "mailshot send", false),
    ] {
        assert_eq!(about(line), (command.to_owned(), short), "{line}");
    }
}

#[test]
fn a_page_has_its_parts_in_order_and_no_line_is_too_long() {
    let root = spoken(Args::command(), Lang::Zh);
    let send = root.find_subcommand("send").unwrap();
    let text = page::page(send, true, 60, Lang::Zh);
    let parts = [
        "用法：",
        "参数：",
        "任务和邮件：",
        "收件人：",
        "发信服务器：",
        "安全：",
        "输出：",
        "所有命令通用：",
        "示例：",
        "退出码：",
    ];
    let places: Vec<_> = parts.iter().map(|part| text.find(part)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}\n{text}"
    );
}
