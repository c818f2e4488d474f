//! Where passwords come from: what editors, shells and containers make of them.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::process::Command;

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Event, Policy, Step};
use crate::support::{pass_over, small_disk::SmallDisk};

/// AUTH PLAIN of user `registrar`, password `p\u{e4}ss word`.
const LOGIN: &str = "AUTH PLAIN AHJlZ2lzdHJhcgBww6RzcyB3b3Jk";

fn relay(source: &str) -> Bench {
    Bench::new()
        .csv("people.csv", "email\nada@example.org\n")
        .file("notice.txt", "Hello\n")
        .campaign(&format!(
            "[recipients]\nfile = 'people.csv'\n\n[message]\nfrom = 'registrar@uni.example'\n\
             subject = 'News'\ntext = 'notice.txt'\n\n[relay.here]\nserver = 'SERVER'\n\
             user = 'registrar'\nauth = 'plain'\npassword = {{ {source} }}\n"
        ))
}

/// The same, through this peer.
fn through(bench: Bench, peer: &Peer) -> Bench {
    let toml = bench.read("mailshot.toml").replace("SERVER", &peer.url());
    bench.campaign(&toml)
}

fn strict() -> Peer {
    Policy::new(|event: &Event<'_>| {
        let Step::Auth(lines) = event.step else {
            return None;
        };
        (lines != [LOGIN]).then(|| Answer::say("535 5.7.8 authentication failed"))
    })
    .start()
}

fn private(bench: &Bench, name: &str, octets: &[u8]) {
    bench.write(name, octets);
    mode(bench, name, 0o600);
}

fn mode(bench: &Bench, name: &str, mode: u32) {
    fs::set_permissions(bench.path(name), fs::Permissions::from_mode(mode)).expect("the mode");
}

#[test]
fn marks_encodings_and_line_ends_are_no_part_of_a_password() {
    let utf_16: Vec<u8> = "\u{feff}p\u{e4}ss word\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let peer = strict();
    let bench = through(relay("file = 'password'"), &peer);
    for octets in [
        "p\u{e4}ss word".as_bytes(),
        "p\u{e4}ss word\r\nuser: ada\n".as_bytes(),
        "\u{feff}p\u{e4}ss word\r\n".as_bytes(),
        &utf_16,
    ] {
        private(&bench, "password", octets);
        bench.run(&["check", "--connect"]).code(0);
        let text = bench.read("mailshot.toml");
        let by_command = text.replace("{ file = 'password' }", "{ command = 'cat password' }");
        bench.write("command.toml", by_command);
        bench.run(&["check", "--connect", "command.toml"]).code(0);
    }
    private(&bench, "password", b"p\xc3\xa4ss\0 word\n");
    bench
        .run(&["check", "--connect"])
        .code(2)
        .stderr_has("password contains a NUL character");
    private(&bench, "password", b"p\xe4ss word\n");
    bench
        .run(&["check", "--connect"])
        .code(2)
        .stderr_has("is not text; save it as UTF-8");
    for value in ["p\u{e4}ss word\n", "p\u{e4}ss word\r\n"] {
        let bench = through(relay("env = 'OF_TEST'"), &peer).env("OF_TEST", value);
        bench.run(&["check", "--connect"]).code(0);
    }
    peer.finish();
}

#[test]
fn a_password_that_a_container_hands_in_is_taken_as_it_is() {
    let peer = strict();
    let bench = through(relay("file = 'secrets/password'"), &peer);
    let Some(_disk) = SmallDisk::mount(bench.path("secrets"), 64) else {
        return;
    };
    bench.write("secrets/password", "p\u{e4}ss word\n");
    mode(&bench, "secrets/password", 0o644);
    bench
        .run(&["check", "--connect"])
        .code(2)
        .stderr_has("secrets/password (mode 644); run: chmod 600 ./secrets/password");
    // Somebody else's: chmod is theirs alone.
    chown(bench.path("secrets/password"), Some(4711), None).expect("another owner");
    bench
        .run(&["check", "--connect"])
        .code(2)
        .stderr_has("install -m 600 ./secrets/password");
    chown(bench.path("secrets/password"), Some(0), None).expect("root again");
    mode(&bench, "secrets/password", 0o444);
    let remounted = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(bench.path("secrets"))
        .status();
    if !remounted.is_ok_and(|status| status.success()) {
        return pass_over("a disk cannot be made read-only here");
    }
    bench.run(&["check", "--connect"]).code(0);
    peer.finish();
}

#[test]
fn a_command_that_hangs_is_named_and_ends_with_the_run() {
    let peer = strict();
    let bench = through(relay("command = 'echo begun >&2; sleep 600; echo x'"), &peer);
    let run = bench.spawn(&["send", "--yes"]);
    run.wait_for_stderr("begun");
    run.wait_for_stderr("waiting for the command `echo *** >&2; sleep 600; echo ***`");
    run.signal("TERM");
    run.wait().code(2).stderr_has("was interrupted");
    assert_eq!(peer.finish().recipients(), [""; 0]);
}

#[test]
fn pipes_and_devices_are_no_files() {
    let bench = Bench::new()
        .csv("people.csv", "email,name\nada@example.org,Ada\n")
        .file("notice.txt", "Hello {{ name }}\n")
        .file("list.csv", "email\neve@example.org\n")
        .file("map.txt", "map\n");
    let campaign = |list: &str, people: &str, text: &str, attached: &str, secret: &str, ca: &str| {
        format!(
            "[recipients]\nfile = '{people}'\nsuppress = ['{list}']\n\n[message]\n\
             from = 'registrar@uni.example'\nsubject = 'News'\ntext = '{text}'\nattach = ['{attached}']\n\n\
             [relay.here]\nserver = 'smtps://127.0.0.1:9'\nuser = 'registrar'\n\
             ca_file = '{ca}'\npassword = {{ file = '{secret}' }}\n"
        )
    };
    let made = Command::new("mkfifo").arg(bench.path("pipe")).status();
    assert!(made.expect("mkfifo").success());
    for path in ["pipe", "/dev/zero"] {
        let kind = if path == "pipe" {
            "it is a pipe, not a file"
        } else {
            "it is a device, not a file"
        };
        for toml in [
            campaign(path, "people.csv", "notice.txt", "map.txt", "x", "x"),
            campaign("list.csv", path, "notice.txt", "map.txt", "x", "x"),
            campaign("list.csv", "people.csv", path, "map.txt", "x", "x"),
        ] {
            bench.write("mailshot.toml", toml);
            bench.run(&["check"]).code(2).stderr_has(kind);
        }
        bench.write(
            "mailshot.toml",
            campaign("list.csv", "people.csv", "notice.txt", path, "x", "x"),
        );
        bench.run(&["check"]).code(2).stderr_has("is not a regular file");
        bench.write(
            "mailshot.toml",
            campaign("list.csv", "people.csv", "notice.txt", "map.txt", path, "x"),
        );
        bench.run(&["check", "--connect"]).code(2).stderr_has(kind);
        private(&bench, "password", b"secret\n");
        bench.write(
            "mailshot.toml",
            campaign(
                "list.csv",
                "people.csv",
                "notice.txt",
                "map.txt",
                "password",
                path,
            ),
        );
        bench.run(&["check", "--connect"]).code(2).stderr_has(kind);
    }
    bench
        .run_with_stdin(&["check", "--recipients", "/dev/stdin"], "email,name\n")
        .code(2);
    let toml = campaign("list.csv", "pipe", "notice.txt", "map.txt", "x", "x");
    bench.write("mailshot.toml", toml);
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("use - and pass the list on stdin");
}

/// Ways to write a password where it does not belong: the key, and what stands there.
const MISPLACED: &[(&str, &str)] = &[
    ("server", "smtps://ada:geheim@host:99999"),
    ("server", "smtps://ada:geheim@host"),
    ("server", "ada:geheim@host"),
    ("server", "ada:geheim@host:587"),
    ("server", "ada:geheim"),
    ("server", "smtps://ada:geheim"),
    ("server", "smtps://ada%3Ageheim%40host"),
    ("server", "smtps://ada:ge geheim@host"),
    ("server", "smtps://ada:#geheim@host"),
    ("server", "smtps：//ada：geheim＠host"),
    ("server", "https://ada:geheim@host/"),
    ("server", "smtps://host?password=geheim"),
    ("server", "smtps://host:465:ada:geheim"),
    ("sever", "ada:geheim@host"),
    ("smtp_server", "smtps://ada:geheim@host"),
    ("preset", "ada:geheim@smtp.163.com"),
    ("user", "ada:geheim"),
];

#[test]
fn a_password_in_the_wrong_place_is_shown_nowhere() {
    let bench = relay("env = 'OF_TEST'");
    let template = bench.read("mailshot.toml");
    let commands: [&[&str]; 4] = [
        &["check", "--json", "-vv"],
        &["check", "--connect"],
        &["send", "--yes", "--events", "-vv"],
        &["login", "here"],
    ];
    for (key, value) in MISPLACED {
        let line = format!("{key} = '{value}'");
        let toml = match *key {
            "user" => template
                .replace("user = 'registrar'", &line)
                .replace("password = { env = 'OF_TEST' }\n", "")
                .replace("SERVER", "smtps://127.0.0.1:9"),
            _ => template.replace("server = 'SERVER'", &line),
        };
        bench.write("mailshot.toml", &toml);
        for command in commands {
            shows_nothing(&bench, command, value);
        }
        // Broken, so that the line is shown for another reason.
        bench.write("mailshot.toml", toml.replace(&line, &line[..line.len() - 1]));
        shows_nothing(&bench, &["check"], value);
        bench.write("mailshot.toml", toml.replace(&line, &format!("{line} {line}")));
        shows_nothing(&bench, &["check", "--json"], value);
    }
}

#[test]
fn a_password_in_a_flag_or_a_variable_is_shown_nowhere() {
    let toml = relay("env = 'OF_TEST'")
        .read("mailshot.toml")
        .replace("SERVER", "smtps://127.0.0.1:9");
    for (key, value) in MISPLACED.iter().filter(|(key, _)| *key == "server") {
        let bench = relay("env = 'OF_TEST'").campaign(&toml);
        for command in ["check", "send"] {
            let mut arguments = vec![command, "-vv", "--relay", value];
            arguments.extend((command == "send").then_some("--yes"));
            shows_nothing(&bench, &arguments, value);
        }
        shows_nothing(&bench, &["login", value, "--user", "ada"], value);
        if value.contains("://") {
            shows_nothing(&bench, &["check", "--recipients", value], key);
        }
        let bench = bench.env("MAILSHOT_RELAY", value);
        shows_nothing(&bench, &["send", "--yes", "--events", "-vv"], value);
    }
}

#[test]
fn a_password_in_a_command_or_for_a_variable_is_shown_nowhere() {
    let peer = strict();
    for source in [
        "command = 'echo geheim | false'",
        "command = 'echo geheim >/dev/null'",
        "command = 'curl -u ada:geheim /'",
        "command = 'PASSWORD=geheim false'",
        "command = 'false --password=geheim'",
        "command = 'false https://ada:geheim@uni.example'",
        "env = 'geheim'",
        "command = 'echo geheim', file = 'x'",
    ] {
        let bench = through(relay(source), &peer);
        shows_nothing(&bench, &["check", "--connect", "-vv"], source);
        shows_nothing(&bench, &["send", "--yes", "--events", "-vv"], source);
    }
    peer.finish();
}

fn shows_nothing(bench: &Bench, command: &[&str], written: &str) {
    let outcome = bench.run(command);
    assert!(
        !format!("{}{}", outcome.stdout, outcome.stderr).contains("geheim"),
        "{written}: {command:?}: {outcome}"
    );
    for folder in ["results", ".mailshot"] {
        let files = fs::read_dir(bench.path(folder)).into_iter().flatten().flatten();
        for file in files {
            let held = fs::read(file.path()).unwrap_or_default();
            let shown = held.windows(6).any(|octets| octets == b"geheim");
            assert!(!shown, "{written}: {command:?}: {}", file.path().display());
        }
    }
}
