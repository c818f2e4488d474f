//! What the command line says of itself: help, errors, completions and the manual, in both languages
//! and at every width.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::support::bench::Bench;
use crate::support::foreign::english_words;
use crate::support::skip;

pub(crate) const COMMANDS: [&str; 21] = [
    "",
    "new",
    "check",
    "columns",
    "preview",
    "send",
    "stop",
    "status",
    "report",
    "settle",
    "purge",
    "unsubscribe",
    "inbox",
    "login",
    "dkim",
    "dkim new",
    "dkim record",
    "explain",
    "sandbox",
    "completions",
    "man",
];

/// What is the same in Chinese help: values of options, statuses, and what is typed.
const KEPT: [&str; 10] = [
    "Maildir",
    "bounced",
    "auto",
    "csv",
    "json",
    "rejected",
    "suppressed",
    "hold",
    "en",
    "zh",
];

fn chinese() -> Bench {
    Bench::new().env("LC_ALL", "zh_CN.UTF-8")
}

fn help_of(bench: &Bench, command: &str, flag: &str) -> String {
    let arguments: Vec<&str> = command.split_whitespace().chain([flag]).collect();
    let outcome = bench.run(&arguments);
    outcome.code(0);
    assert_eq!(outcome.stderr, "", "{command} {flag}");
    outcome.stdout
}

#[test]
fn every_command_has_its_help_at_every_width_in_both_languages() {
    for (lang, usage) in [("en_US.UTF-8", "Usage: "), ("zh_CN.UTF-8", "用法：")] {
        for width in [60, 80, 200] {
            let bench = Bench::new()
                .env("LC_ALL", lang)
                .env("COLUMNS", &width.to_string());
            for command in COMMANDS {
                let help = help_of(&bench, command, "--help");
                assert!(
                    help.contains(&format!("{usage}mailshot {command}").trim_end().to_owned()),
                    "{help}"
                );
                for line in help.lines().filter(|line| line.width() > width.min(100)) {
                    // What is typed is in one piece, and has its description below it.
                    let typed = line.starts_with("  mailshot ") && line.is_ascii();
                    assert!(
                        typed && !line.trim_start().contains("  "),
                        "{width}: {line}\n{help}"
                    );
                }
                assert!(!help.lines().any(|line| line.ends_with(' ')), "{help}");
            }
        }
    }
}

#[test]
fn chinese_help_has_no_english_words() {
    let bench = chinese();
    for command in COMMANDS {
        for flag in ["-h", "--help"] {
            let help = help_of(&bench, command, flag);
            let found = english_words(&help, &KEPT);
            assert!(found.is_empty(), "{command} {flag}: {found:?}\n{help}");
        }
    }
}

#[test]
fn every_command_is_listed_and_help_is_asked_for_in_each_way() {
    let bench = Bench::new();
    let list = help_of(&bench, "", "--help");
    let listed: BTreeSet<&str> = list
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let known: BTreeSet<&str> = COMMANDS
        .into_iter()
        .filter(|command| !command.is_empty() && !command.contains(' '))
        .chain(["help"])
        .collect();
    assert_eq!(listed, known);
    for command in COMMANDS {
        let arguments: Vec<&str> = std::iter::once("help")
            .chain(command.split_whitespace())
            .collect();
        let outcome = bench.run(&arguments);
        outcome.code(0);
        assert_eq!(
            outcome.stdout,
            help_of(&bench, command, "--help"),
            "help {command}"
        );
    }
    let send = help_of(&bench, "send", "--help");
    for words in [
        "Examples:\n  mailshot send my-campaign --dry-run",
        "Exit codes:\n  0  ",
        "[default: the current folder]",
    ] {
        assert!(send.contains(words), "{words}: {send}");
    }
    let new = help_of(&bench, "new", "--help");
    for folder in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).expect("templates/") {
        let name = folder.expect("a template").file_name().display().to_string();
        assert!(new.contains(&format!("\n  {name}  ")), "{name}: {new}");
    }
    // Headings are the same everywhere, in the same order.
    let order = [
        "Arguments:",
        "Campaign and message:",
        "Recipients:",
        "Relay (mail server):",
        "Key:",
        "Safety:",
        "Output:",
        "For every command:",
    ];
    for command in COMMANDS {
        let help = help_of(&bench, command, "-h");
        let headings: Vec<&str> = help.lines().filter(|line| order.contains(line)).collect();
        let places: Vec<_> = headings
            .iter()
            .map(|heading| order.iter().position(|one| one == heading))
            .collect();
        assert!(
            places.is_sorted() && help.contains("\nFor every command:\n  -q, --quiet"),
            "{help}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_with_advice_in_both_languages() {
    for (arguments, english, chinese) in [
        (
            &["sned"][..],
            "error: there is no command `sned`\n  hint: did you mean `send`, `sandbox` or `new`?\n\nUsage: mailshot [OPTIONS] <COMMAND>\nHelp: mailshot --help\n",
            "错误：没有命令 `sned`\n  提示：是不是要写 `send`、`sandbox` 或 `new`？\n\n用法：mailshot [选项] <命令>\n帮助：mailshot --help\n",
        ),
        (
            &["send", "--dry-rum"],
            "error: there is no option `--dry-rum`\n  hint: did you mean `--dry-run`?\n",
            "错误：没有选项 `--dry-rum`\n  提示：是不是要写 `--dry-run`？\n",
        ),
        (
            &["send", "--json"],
            "error: there is no option `--json`\n  hint: `--json` is an option of `mailshot check`, `mailshot columns` and `mailshot status`\n",
            "错误：没有选项 `--json`\n  提示：`--json` 是 `mailshot check`、`mailshot columns` 和 `mailshot status` 的选项\n",
        ),
        (
            &["send", "--limit", "0"],
            "error: `--limit`: `0` is out of range\n  hint: write a whole number, 1 or more\n\nHelp: mailshot send --help\n",
            "错误：`--limit`：`0` 超出范围\n  提示：请写 1 或更大的整数\n",
        ),
        (
            &["send", "--connections", "many"],
            "error: `--connections`: `many` is not a whole number\n  hint: write a whole number from 1 to 1000\n",
            "错误：`--connections`：`many` 不是整数\n  提示：请写 1 到 1000 的整数\n",
        ),
        (
            &["send", "--limit"],
            "error: `--limit` needs a value\n",
            "错误：`--limit` 后面要写一个值\n",
        ),
        (
            &["send", "--new", "--new"],
            "error: `--new` is given twice\n",
            "错误：`--new` 写了两次\n",
        ),
        (
            &["settle", "--sent", "--unsent"],
            "error: `--sent` cannot be used together with `--unsent`\n",
            "错误：`--sent` 不能与 `--unsent` 一起用\n",
        ),
        (
            &["settle"],
            "error: `--sent` or `--unsent` is missing\n",
            "错误：缺少 `--sent` 或 `--unsent`\n",
        ),
        (
            &["new"],
            "error: missing: --list FILE, --from MAILBOX and --preset NAME; there is no terminal to ask on\n",
            "错误：缺少 --list FILE、--from MAILBOX 和 --preset NAME，这里又没有终端可以提问\n",
        ),
        (
            &["send", "a", "b"],
            "error: `b` is one argument too many\n",
            "错误：多了一个参数 `b`\n",
        ),
        (
            &["dkim", "nwe"],
            "error: there is no command `nwe`\n  hint: the commands are new, record and help\n\nUsage: mailshot dkim",
            "错误：没有命令 `nwe`\n  提示：可用的命令：new、record 和 help\n",
        ),
        (
            &["send", "--in-doubt", "resent"],
            "error: `resent` is not a value of `--in-doubt`\n  hint: did you mean `resend`?\n  hint: the values are hold and resend\n",
            "错误：`--in-doubt` 没有 `resent` 这个值\n  提示：是不是要写 `resend`？\n  提示：可选值：hold 和 resend\n",
        ),
        (
            &["purge", "--older-than", "old"],
            "error: `--older-than`: `old` is not an age\n  hint: write for example 90d, 12 weeks or 1y\n",
            "错误：`--older-than`：`old` 不是时长\n  提示：例如写成 90d、12 weeks 或 1y\n",
        ),
    ] {
        for (lang, words) in [("en", english), ("zh", chinese)] {
            let outcome = Bench::new()
                .env("COLUMNS", "100")
                .run(&[arguments, &["--lang", lang]].concat());
            outcome.code(2);
            assert_eq!(outcome.stdout, "");
            assert!(outcome.stderr.starts_with(words), "{words}\n{outcome}");
        }
    }
    // A folder whose name is no text.
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let outcome = Command::new(env!("CARGO_BIN_EXE_mailshot"))
            .args(["status", "--name"])
            .arg(std::ffi::OsStr::from_bytes(b"caf\xe9"))
            .env("LC_ALL", "C")
            .env("MAILSHOT_CONFIG", "no-settings")
            .output()
            .expect("the program");
        let words = String::from_utf8_lossy(&outcome.stderr);
        assert_eq!(outcome.status.code(), Some(2));
        assert!(
            words.starts_with("error: an argument is not valid UTF-8 text\n"),
            "{words}"
        );
    }
}

#[test]
fn shells_are_given_completions_in_the_language_of_the_terminal() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let english = Bench::new().run(&["completions", shell]);
        english.code(0).stdout_has("dry-run");
        let chinese = chinese().run(&["completions", shell]);
        chinese.code(0).stdout_has("dry-run");
        if shell != "bash" {
            english.stdout_has("nothing is sent");
            chinese.stdout_has("不发送").stdout_lacks("nothing is sent");
        }
        english.stdout_has("inbox").stdout_lacks("no-open");
    }
    // What bash makes of it.
    #[cfg(unix)]
    {
        let bench = Bench::new();
        let script = bench.run(&["completions", "bash"]).stdout;
        bench.write("completions", script);
        let ask = "source ./completions; COMP_WORDS=(mailshot send --dry); COMP_CWORD=2; _mailshot mailshot --dry send; echo \"${COMPREPLY[@]}\"";
        let asked = Command::new("bash")
            .args(["--norc", "-c", ask])
            .current_dir(bench.path(""))
            .output();
        match asked {
            Ok(asked) => assert_eq!(String::from_utf8_lossy(&asked.stdout), "--dry-run\n", "{asked:?}"),
            Err(_) => skip("bash is not here"),
        }
    }
}

/// A page as `man` shows it, without its bold and underlined. `None`: groff is not here.
fn rendered(page: &str) -> Option<String> {
    let mut groff = match Command::new("groff")
        .args([
            "-man", "-Tutf8", "-P-c", "-P-b", "-P-u", "-K", "utf8", "-ww", "-rLL=78n",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
    {
        Ok(groff) => groff,
        Err(_) => {
            skip("groff is not here, so no page of the manual is read");
            return None;
        }
    };
    use std::io::Write as _;
    let mut stdin = groff.stdin.take().expect("a pipe");
    let page = page.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(page.as_bytes()));
    let output = groff.wait_with_output().expect("the end of groff");
    writing.join().expect("a thread").expect("groff reads");
    let warnings = String::from_utf8_lossy(&output.stderr);
    assert_eq!(warnings, "", "groff warns");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn the_manual_has_a_page_for_each_command_that_groff_reads() {
    for (bench, name, synopsis, see) in [
        (Bench::new(), "NAME", "SYNOPSIS", "SEE ALSO"),
        (chinese(), "名称", "用法", "另见"),
    ] {
        bench
            .run(&["man", "pages/man1"])
            .code(0)
            .stderr_has("21")
            .stderr_has("mailshot-send.1");
        let mut pages: Vec<String> = fs::read_dir(bench.path("pages/man1"))
            .expect("the pages")
            .map(|page| page.expect("a page").file_name().display().to_string())
            .collect();
        pages.sort();
        let mut expected = COMMANDS.map(|command| {
            let words: Vec<_> = std::iter::once("mailshot")
                .chain(command.split_whitespace())
                .collect();
            format!("{}.1", words.join("-"))
        });
        expected.sort();
        assert_eq!(pages, expected);
        let root = bench.run(&["man"]);
        root.code(0);
        assert_eq!(root.stdout, bench.read("pages/man1/mailshot.1"));
        for page in pages {
            let Some(text) = rendered(&bench.read(&format!("pages/man1/{page}"))) else {
                return;
            };
            for heading in [name, synopsis] {
                assert!(
                    text.lines().any(|line| line == heading),
                    "{page}: {heading}\n{text}"
                );
            }
            assert_eq!(
                text.lines().any(|line| line == see),
                page != "mailshot.1",
                "{page}\n{text}"
            );
            assert!(!text.lines().any(|line| line.width() > 78), "{page}\n{text}");
            if name == "名称" {
                let body = text.lines().filter(|line| !line.contains("(1)"));
                let body: Vec<_> = body.collect();
                let found = english_words(&body.join("\n"), &KEPT);
                assert!(found.is_empty(), "{page}: {found:?}\n{text}");
            }
        }
    }
}
