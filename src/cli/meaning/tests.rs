//! The explanations are whole, fit on every screen, and are what docs/findings says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use crate::words::Lang;

use super::codes::{Code, GROUPS, Group};
use super::page;

const LANGS: [Lang; 2] = [Lang::En, Lang::Zh];

fn codes() -> impl Iterator<Item = &'static Code> {
    GROUPS.iter().flat_map(|group| group.codes)
}

#[test]
fn every_code_is_listed_once_and_explained_in_both_languages() {
    let mut names: Vec<&str> = codes().map(|code| code.name).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
    for lang in LANGS {
        for group in GROUPS {
            assert!(
                !group.title().in_lang(lang).starts_with("explain-"),
                "{}",
                group.name
            );
            assert!(
                !group.about().in_lang(lang).starts_with("explain-"),
                "{}",
                group.name
            );
        }
        for code in codes() {
            for said in code.parts().into_iter().chain([code.title()]) {
                let words = said.in_lang(lang);
                assert!(!words.starts_with("explain-"), "{}: {words}", code.name);
                assert!(!words.trim().is_empty(), "{}", code.name);
            }
            let title = code.title().in_lang(lang);
            assert!(!title.contains('\n') && !title.ends_with(['.', '。']), "{title}");
        }
    }
}

#[test]
fn a_code_is_found_however_it_is_written() {
    for asked in ["in_doubt", "in-doubt", "IN_DOUBT"] {
        assert_eq!(Code::named(asked).map(|code| code.name), Some("in_doubt"));
    }
    assert!(Code::named("unused").is_none());
    let of_reply = |asked| super::of_reply(asked).map(|code| code.name);
    assert_eq!(of_reply("550"), Some("rejected"));
    assert_eq!(of_reply("5.1.1"), Some("rejected"));
    assert_eq!(of_reply("421"), Some("deferred"));
    assert_eq!(of_reply("250"), Some("accepted"));
    for asked in ["7", "99", "unused-column", "5xx", "", "."] {
        assert_eq!(of_reply(asked), None, "{asked}");
    }
}

#[test]
fn no_line_is_wider_than_the_screen_but_what_is_pasted() {
    for lang in LANGS {
        for columns in [40, 60, 80, 100] {
            let pages = codes().map(|code| page::of(code, lang, columns));
            for page in pages.chain([page::list(lang, columns)]) {
                for line in page.lines().filter(|line| !line.starts_with("    ")) {
                    assert!(line.width() <= columns, "{columns}: {line}");
                }
            }
        }
    }
}

/// What is not from the catalogue, for a language: the title, the introduction, the words of parts.
struct Frame {
    lang: Lang,
    folder: &'static str,
    title: &'static str,
    intro: &'static str,
    why: &'static str,
    what_to_do: &'static str,
}

const FRAMES: [Frame; 2] = [
    Frame {
        lang: Lang::En,
        folder: "docs/findings",
        title: "What the codes mean",
        intro: "Every finding and every error of a check has a code, and so have statuses, reasons and exit codes. \
                `mailshot explain CODE` shows the same texts. [中文](zh/README.md)",
        why: "Why it matters:",
        what_to_do: "What to do:",
    },
    Frame {
        lang: Lang::Zh,
        folder: "docs/findings/zh",
        title: "代码的含义",
        intro: "检查发现的每个问题都有代码，收件人的状态、运行结束的原因和退出码也有。\
                `mailshot explain CODE` 显示同样的内容。[English](../README.md)",
        why: "影响：",
        what_to_do: "怎么办：",
    },
];

#[test]
fn docs_findings_is_made_of_the_explanations() {
    let made = FRAMES.iter().flat_map(pages).collect::<BTreeMap<_, _>>();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        for (path, text) in &made {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    for (path, text) in &made {
        let found = fs::read_to_string(root.join(path)).unwrap_or_default();
        assert!(
            found == *text,
            "{} is not what the catalogue says; UPDATE=1 writes it anew",
            path.display()
        );
    }
    for frame in &FRAMES {
        for entry in fs::read_dir(root.join(frame.folder)).unwrap() {
            let path = entry.unwrap().path();
            let below = path.strip_prefix(root).unwrap();
            assert!(
                path.is_dir() || made.contains_key(below),
                "{} is of no group",
                below.display()
            );
        }
    }
}

/// The pages of a language, by their paths in the package.
fn pages(frame: &Frame) -> Vec<(PathBuf, String)> {
    let folder = Path::new(frame.folder);
    let mut pages: Vec<_> = GROUPS
        .iter()
        .map(|group| (folder.join(format!("{}.md", group.name)), of_group(frame, group)))
        .collect();
    pages.push((folder.join("README.md"), index(frame)));
    pages
}

fn index(frame: &Frame) -> String {
    let mut text = format!("# {}\n\n{}\n", frame.title, frame.intro);
    for group in GROUPS {
        let (title, about) = (
            group.title().in_lang(frame.lang),
            group.about().in_lang(frame.lang),
        );
        text.push_str(&format!("\n## [{title}]({}.md)\n\n{about}\n\n", group.name));
        for code in group.codes {
            let title = code.title().in_lang(frame.lang);
            text.push_str(&format!(
                "- [`{0}`]({1}.md#{0}): {title}\n",
                code.name, group.name
            ));
        }
    }
    text
}

fn of_group(frame: &Frame, group: &Group) -> String {
    let of = |said: crate::words::Said| said.in_lang(frame.lang);
    let mut text = format!("# {}\n\n{}\n", of(group.title()), of(group.about()));
    for code in group.codes {
        let [means, why, what_to_do] = code.parts().map(of);
        let blank = if frame.lang == Lang::Zh { "" } else { " " };
        text.push_str(&format!("\n## {}\n\n**{}**\n", code.name, of(code.title())));
        text.push_str(&markdown(&means));
        text.push_str(&markdown(&format!("**{}**{blank}{why}", frame.why)));
        text.push_str(&markdown(&format!("**{}**{blank}{what_to_do}", frame.what_to_do)));
    }
    text
}

/// Paragraphs, and what is to be pasted as code.
fn markdown(text: &str) -> String {
    let mut out = String::new();
    let mut pasted = false;
    for line in text.lines() {
        match line.strip_prefix("  ") {
            Some(code) if pasted => out.push_str(&format!("{code}\n")),
            Some(code) => out.push_str(&format!("\n```\n{code}\n")),
            None if pasted => out.push_str(&format!("```\n\n{line}\n")),
            None => out.push_str(&format!("\n{line}\n")),
        }
        pasted = line.starts_with("  ");
    }
    if pasted {
        out.push_str("```\n");
    }
    out
}
