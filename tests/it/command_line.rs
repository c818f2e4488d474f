//! What holds for every command: help, quiet, colour, usage errors, and what
//! is not there yet.

use crate::support::bench::Bench;
#[cfg(unix)]
use crate::support::terminal::at_a_terminal;

fn bench() -> Bench {
    Bench::new()
        .campaign(
            "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'registrar@uni.example'\nsubject = 'Room change'\ntext = 'notice.txt'\n",
        )
        .csv("people.csv", "email,name\nada@example.org,Ada\n")
        .file("notice.txt", "Dear {{ name }},\n")
}

#[test]
fn help_names_every_flag_of_the_fixed_command_line() {
    const OVER: &str = "--recipients --sheet --encoding --delimiter --header-row --query --from --to --subject --text --html --attach --relay --user --password-env --password-command --connections --rate --name";
    let send = format!(
        "--dry-run --output --sandbox --test-to --new --abandon --accept-changes --in-doubt --retry-rejected --skip-invalid --skip-duplicates --max-failures --wait --drain --limit --sample --only --where --yes --events CAMPAIGN {OVER}"
    );
    let check = format!("--connect CAMPAIGN {OVER}");
    let preview = format!("--row CAMPAIGN {OVER}");
    let bench = Bench::new();
    for (command, words) in [
        ("new", "DIR --template"),
        ("check", check.as_str()),
        ("preview", preview.as_str()),
        ("send", send.as_str()),
        ("status", "CAMPAIGN --json --in-doubt --name"),
        ("report", "CAMPAIGN --format --only --output --mailing csv json"),
        ("settle", "CAMPAIGN KEY --sent --unsent --all --name"),
        ("stop", "CAMPAIGN --now --name"),
        ("purge", "CAMPAIGN --older-than --mailing --yes --name"),
        ("login", "RELAY CAMPAIGN --user"),
        (
            "columns",
            "FILE --sheet --encoding --delimiter --header-row --query --json",
        ),
        ("dkim", "new record"),
        ("sandbox", "--listen --output"),
    ] {
        for help in ["--help", "-h"] {
            let outcome = bench.run(&[command, help]);
            outcome.code(0).stdout_has(&format!("mailshot {command}"));
            assert_eq!(outcome.stderr, "");
            for word in
                words
                    .split(' ')
                    .filter(|word| !word.is_empty())
                    .chain(["--quiet", "--verbose", "--color"])
            {
                let named = outcome
                    .stdout
                    .split(|c: char| !(c.is_alphanumeric() || c == '-'))
                    .any(|part| part == word);
                assert!(named, "{word} is not in the help: {outcome}");
            }
        }
        bench
            .run(&["--help"])
            .code(0)
            .stdout_has(&format!("\n  {command} "));
    }
    let version = bench.run(&["--version"]);
    version.code(0);
    assert_eq!(
        version.stdout.trim_end(),
        concat!("mailshot ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn what_is_not_there_yet_says_so() {
    let bench = bench();
    for arguments in [
        &["preview"][..],
        &["preview", "--no-open"],
        &["preview", "--row", "2", "--listen", "127.0.0.1:0"],
    ] {
        bench.run(arguments).code(2).stderr_has("not supported yet");
    }
    assert!(!bench.path("results").exists() && !bench.path(".mailshot").exists());
}

#[test]
fn a_misunderstood_command_line_ends_with_two() {
    let bench = bench();
    for (arguments, words) in [
        (&[][..], "Usage"),
        (&["sned"], "send"),
        (&["send", "--dry-rum"], "--dry-run"),
        (&["send", "--limit", "0"], "--limit"),
        (&["send", "--limit", "many"], "--limit"),
        (
            &["send", "--dry-run", "--sandbox"],
            "cannot be used together with",
        ),
        (
            &["send", "--sandbox", "--test-to", "ada@example.org"],
            "cannot be used together with",
        ),
        (&["send", "--output", "x"], "--dry-run"),
        (&["send", "--abandon"], "--new"),
        (&["send", "--test-to", "nobody"], "--test-to"),
        (&["send", "--in-doubt", "maybe"], "hold"),
        (&["send", "--drain", "soon"], "30s"),
        (&["send", "--connections", "0"], "--connections"),
        (
            &["send", "--password-env", "A", "--password-command", "b"],
            "cannot be used together with",
        ),
        (&["send", "a", "b"], "one argument too many"),
        (&["new"], "--list FILE"),
        (&["report", "--only", "lost"], "the statuses are"),
        (&["report", "--format", "html"], "the values are csv and json"),
        (&["check", "--color", "maybe"], "always"),
        (&["check", "-q", "-v"], "cannot be used together with"),
    ] {
        let outcome = bench.run(arguments);
        outcome.code(2).stderr_has(words);
        assert_eq!(outcome.stdout, "");
    }
    assert!(!bench.path("results").exists() && !bench.path(".mailshot").exists());
}

#[test]
fn quiet_leaves_errors_and_data() {
    let bench = bench();
    for arguments in [
        &["check", "-q"][..],
        &["-q", "check"],
        &["send", "--dry-run", "--quiet"],
        &["send", "--sandbox", "-q"],
    ] {
        let outcome = bench.run(arguments);
        outcome.code(0);
        assert_eq!(
            format!("{}{}", outcome.stdout, outcome.stderr),
            "",
            "{arguments:?}"
        );
    }
    bench
        .run(&["preview", "-q", "--row", "2"])
        .code(0)
        .stdout_has("Dear Ada");
    bench.write("people.csv", "email,name\nnobody,Ada\n");
    bench
        .run(&["check", "-q"])
        .code(2)
        .stderr_has("people.csv:2:1")
        .stderr_has("1 error");
}

#[test]
fn colour_is_asked_for_or_not_there() {
    let bench = bench().csv("people.csv", "email,name\nnobody,Ada\n");
    let colored = |bench: &Bench, arguments: &[&str]| {
        let outcome = bench.run(arguments);
        outcome.code(2);
        outcome.stderr.contains('\u{1b}')
    };
    // stderr is no terminal here; NO_COLOR is the bench's own.
    assert!(!colored(&bench, &["check"]));
    assert!(!colored(&bench, &["check", "--color", "auto"]));
    assert!(!colored(&bench, &["check", "--color", "never"]));
    assert!(colored(&bench, &["check", "--color", "always"]));
    let bench = bench.env("NO_COLOR", "");
    assert!(!colored(&bench, &["check"]));
    let bench = bench.env("CLICOLOR_FORCE", "1");
    assert!(colored(&bench, &["check"]));
    assert!(!colored(&bench, &["check", "--color", "never"]));
    let bench = bench.env("NO_COLOR", "1");
    assert!(!colored(&bench, &["check"]));
}

/// Help is shown while the flags are read: what they say of colour holds already.
#[cfg(unix)]
#[test]
fn help_has_the_colour_that_was_asked_for() {
    let bench = bench();
    for arguments in [
        &["--color=never", "--help"][..],
        &["--color", "never", "send", "--help"],
    ] {
        let Some((code, screen)) = at_a_terminal(&bench, &[], arguments) else {
            return;
        };
        assert_eq!(code, 0, "{screen}");
        assert!(
            screen.contains("Usage:") && !screen.contains('\u{1b}'),
            "{screen}"
        );
    }
    // In a pipe only who asks for colour has it.
    for (flag, colored) in [("always", true), ("auto", false), ("never", false)] {
        let line = format!("unset NO_COLOR; mailshot --color {flag} --help | cat");
        let outcome = bench.paste(&line);
        assert_eq!(outcome.code(0).stdout.contains('\u{1b}'), colored, "{outcome}");
    }
}
