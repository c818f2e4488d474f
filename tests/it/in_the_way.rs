//! Something else stands where a file or a folder of ours belongs: what it is, and what to do.

use std::fs;

use crate::support::bench::Bench;
use crate::support::notice::bench;
use crate::support::peer::Peer;

/// Runs a command that must end with these words and send nothing.
fn refused(prepare: impl FnOnce(&Bench), commands: &[&[&str]], words: &[&str]) {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    prepare(&bench);
    for command in commands {
        let outcome = bench.run(command);
        outcome.code(2);
        for words in words {
            outcome.stderr_has(words);
        }
    }
    assert_eq!(peer.finish().recipients(), [""; 0]);
}

fn folder(name: &'static str) -> impl FnOnce(&Bench) {
    move |bench| fs::create_dir_all(bench.path(name)).expect("a folder")
}

fn file(name: &'static str) -> impl FnOnce(&Bench) {
    move |bench| bench.write(name, "")
}

#[test]
fn of_the_ledger() {
    refused(
        folder(".mailshot/campaign.db"),
        &[
            &["send", "--yes"],
            &["status"],
            &["report"],
            &["settle", "--all", "--sent"],
            &["purge", "--mailing", "1", "--yes"],
        ],
        &[
            "error: the ledger ./.mailshot/campaign.db cannot be opened: ",
            "it is a folder",
            "  hint: rename it or move it away",
        ],
    );
    refused(
        file(".mailshot"),
        &[&["send", "--yes"]],
        &[
            "error: the folder ./.mailshot cannot be created: it is a file, not a folder\n  hint: rename it or move it away",
        ],
    );
    refused(
        file(".mailshot"),
        &[&["status"]],
        &[
            "campaign.db cannot be opened: ./.mailshot is a file, not a folder\n  hint: rename it or move it away",
        ],
    );
    refused(
        folder(".mailshot/campaign.lock"),
        &[&["send", "--yes"]],
        &[
            "error: the lock ./.mailshot/campaign.lock cannot be taken: it is a folder\n  hint: rename it or move it away",
        ],
    );
}

#[test]
fn of_the_results() {
    refused(
        file("results"),
        &[&["send", "--yes"]],
        &[
            "error: the folder ./results cannot be created: it is a file, not a folder; nothing was sent\n  hint: rename it or move it away",
        ],
    );
    refused(
        file("results"),
        &[&["send", "--dry-run"], &["send", "--sandbox"]],
        &["cannot be created: ./results is a file, not a folder\n  hint: rename it or move it away"],
    );
    for name in ["results/report.csv", "results/failed.csv", "results/in_doubt.csv"] {
        let words = format!(
            "the report ./{name} cannot be written: it is a folder; nothing was sent\n  hint: rename it or move it away"
        );
        refused(folder(name), &[&["send", "--yes"]], &[&words]);
    }
    refused(
        folder("results/summary.json"),
        &[&["send", "--yes"]],
        &[
            "the report ./results/summary.json cannot be written: it is a folder; nothing was sent\n  hint: rename it or move it away",
        ],
    );
}

#[test]
fn of_the_user_s_state() {
    let send: &[&[&str]] = &[&["send", "--yes"]];
    refused(
        folder("../state/accounts.db"),
        send,
        &[
            "error: the record of the relays' quotas, ",
            "accounts.db, cannot be opened: it is a folder\n  hint: rename it or move it away\n  hint: or set MAILSHOT_STATE to another folder",
        ],
    );
    refused(
        folder("../state/suppressed.csv"),
        &[&["send", "--yes"], &["check"]],
        &[
            "error: your suppression list ",
            "suppressed.csv cannot be read: it is a folder\n",
            "hint: rename it or move it away",
        ],
    );
    refused(
        folder("../state/suppressed.csv"),
        &[&["unsubscribe", "--list"], &["unsubscribe", "p0001@example.org"]],
        &["suppressed.csv cannot be used: it is a folder\n  hint: rename it or move it away"],
    );
    refused(
        |bench| {
            folder("../state/unsubscribe.key")(bench);
            bench.write("notice.txt", "{{ token }}\n");
        },
        send,
        &["unsubscribe.key cannot be used: it is a folder\n  hint: rename it or move it away"],
    );
    refused(
        file("../state"),
        send,
        &[
            "suppressed.csv cannot be read: ",
            "/state is a file, not a folder\n",
            "hint: rename it or move it away",
        ],
    );
}

/// A link to nothing is no empty list: whoever stands on the one it led to would be written to.
#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_not_taken_for_nothing() {
    let link = |name: &'static str| {
        move |bench: &Bench| {
            let path = bench.path(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::os::unix::fs::symlink("gone/away", path).expect("a link");
        }
    };
    let what = "it is a link to gone/away, which does not exist";
    let cure = "hint: remove the link, or create what it leads to";
    let send: &[&[&str]] = &[&["send", "--yes"]];
    refused(
        link("../state/suppressed.csv"),
        send,
        &["your suppression list ", what, cure],
    );
    refused(
        link("../state/accounts.db"),
        send,
        &["the record of the relays' quotas, ", what, cure],
    );
    refused(
        link(".mailshot/campaign.db"),
        &[&["send", "--yes"], &["status"]],
        &[
            "the ledger ./.mailshot/campaign.db cannot be opened: ",
            what,
            cure,
        ],
    );
    refused(
        link("results"),
        send,
        &["the folder ./results cannot be created: ", what, cure],
    );
}

/// Whoever sends a campaign as an archive may have put a link into it: what it leads to stays as it is.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let words =
        "and mailshot does not write through a link\n  hint: put the file itself there instead of the link";
    for (name, what) in [
        (
            "campaign.lock",
            "the lock ./.mailshot/campaign.lock cannot be taken: it is a link to ../../victim, ",
        ),
        (
            "campaign.db",
            "the ledger ./.mailshot/campaign.db cannot be opened: it is a link to ../../victim, ",
        ),
        (
            "campaign.db-wal",
            "the ledger ./.mailshot/campaign.db cannot be opened: it is a link to ../../victim, ",
        ),
    ] {
        for content in ["", "not to be lost"] {
            let peer = Peer::policy(|_| None);
            let bench = bench(&peer, 3, "");
            bench.write("../victim", content);
            fs::create_dir_all(bench.path(".mailshot")).expect("a folder");
            std::os::unix::fs::symlink("../../victim", bench.path(".mailshot").join(name)).expect("a link");
            bench
                .run(&["send", "--yes"])
                .code(2)
                .stderr_has(what)
                .stderr_has(words);
            assert_eq!(bench.read("../victim"), content, "{name}");
            assert_eq!(peer.finish().contents(), 0);
        }
    }
}

/// A ledger that one may not look at is not one that is not there.
#[cfg(unix)]
#[test]
fn a_ledger_that_cannot_be_read_is_not_taken_for_none() {
    use std::os::unix::fs::PermissionsExt;
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 3, "");
    bench.run(&["send", "--yes"]).code(0);
    fs::set_permissions(bench.path(".mailshot"), fs::Permissions::from_mode(0o000)).expect("the mode");
    let unreadable = fs::read_dir(bench.path(".mailshot")).is_err();
    // The administrator may read whatever there is.
    if unreadable {
        for command in [
            &["status"][..],
            &["report"],
            &["send", "--yes"],
            &["settle", "--all", "--sent"],
        ] {
            bench
                .run(command)
                .code(2)
                .stderr_lacks("no mailing is recorded here");
        }
    }
    fs::set_permissions(bench.path(".mailshot"), fs::Permissions::from_mode(0o700)).expect("the mode");
    // The folder of the ledgers may be a link: a person made it, to another disk.
    fs::rename(bench.path(".mailshot"), bench.path("../elsewhere")).expect("the folder, moved");
    std::os::unix::fs::symlink("../elsewhere", bench.path(".mailshot")).expect("a link");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    peer.finish().assert_each_message_once();
}
