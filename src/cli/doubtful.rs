//! Who is in doubt, and what a person can do about it.

use crate::ledger::{CopyDoubt, Doubt};
use crate::words::{Arg, Said, say};

use super::advice::Advice;
use super::terminal::words;
use super::when::second;

/// This many recipients in doubt are named in commands.
const NAMED: usize = 4;

/// The recipients and copies in doubt by name, and the commands for them.
pub(super) fn text(doubts: &[Doubt], copies: &[CopyDoubt], started_at: &str, advice: &Advice) -> String {
    let day = || Arg::minute(started_at);
    if doubts.is_empty() && copies.is_empty() {
        return words(&say!("cli-doubt-none", day = day())) + "\n";
    }
    let mut text = String::new();
    if !doubts.is_empty() {
        push(
            &mut text,
            "",
            &say!("cli-doubt-recipients", recipients = doubts.len(), day = day()),
        );
    }
    doubts.iter().for_each(|doubt| push_doubt(&mut text, doubt));
    if !copies.is_empty() {
        let gap = if doubts.is_empty() { "" } else { "\n" };
        push(
            &mut text,
            gap,
            &say!("cli-doubt-copies", copies = copies.len(), day = day()),
        );
    }
    copies.iter().for_each(|copy| push_copy(&mut text, copy));
    push(&mut text, "\n", &say!("cli-doubt-find-out"));
    for step in steps(doubts, copies, advice) {
        push(&mut text, "  ", &step);
    }
    text
}

fn push(text: &mut String, before: &str, said: &Said) {
    text.push_str(before);
    text.push_str(&words(said));
    text.push('\n');
}

fn steps(doubts: &[Doubt], copies: &[CopyDoubt], advice: &Advice) -> Vec<Said> {
    let settle = |whom: &[&str], how: &'static str| {
        let line = advice.command_with("settle", &[whom, &[how]].concat());
        line.replace("'KEY…'", "KEY…").replace("'ADDRESS'", "ADDRESS")
    };
    let mut steps = Vec::new();
    if !doubts.is_empty() {
        let keys: Vec<&str> = doubts.iter().map(|doubt| doubt.key.as_str()).collect();
        let whom = pasted(&keys).unwrap_or(&["KEY…"]);
        steps.push(say!("cli-doubt-sent", command = settle(whom, "--sent")));
        // A mistake here mails a person twice, so this command cannot be pasted as it is.
        let unsent = settle(&["KEY…"], "--unsent");
        steps.push(say!("cli-doubt-unsent", command = unsent));
        let resend = advice.send_asking(&["--in-doubt", "resend"]);
        steps.push(say!("cli-doubt-resend", command = resend));
    }
    if let Some(first) = copies.first() {
        let keys: Vec<&str> = copies.iter().map(|copy| copy.key.as_str()).collect();
        let to_one = copies.iter().all(|copy| copy.address == first.address);
        let whom = match pasted(&keys).filter(|_| to_one) {
            Some(keys) => [keys, &["--copy", first.address.as_str()]].concat(),
            None => vec!["KEY…", "--copy", "ADDRESS"],
        };
        steps.push(say!("cli-doubt-copy-sent", command = settle(&whom, "--sent")));
        let unsent = settle(&["KEY…", "--copy", "ADDRESS"], "--unsent");
        steps.push(say!("cli-doubt-copy-unsent", command = unsent));
    }
    steps
}

/// Few enough to be pasted; nothing of them is taken for a flag.
fn pasted<'k>(keys: &'k [&'k str]) -> Option<&'k [&'k str]> {
    (keys.len() <= NAMED && !keys.iter().any(|key| key.starts_with('-'))).then_some(keys)
}

fn push_doubt(text: &mut String, doubt: &Doubt) {
    match doubt.row {
        Some(row) => push(
            text,
            "\n",
            &say!("cli-doubt-row", key = &doubt.key, row = Arg::plain(row)),
        ),
        None => push(text, "\n", &Said::verbatim(&doubt.key)),
    }
    push(text, "  ", &Said::verbatim(&doubt.reply));
    if !doubt.relay.is_empty() {
        let (relay, at) = (&doubt.relay, second(&doubt.at));
        let handed = match (doubt.session, &doubt.run_started_at) {
            (Some(session), Some(run)) => say!(
                "cli-doubt-handed-in",
                relay = relay,
                at = at,
                session = Arg::plain(session),
                run = Arg::minute(run)
            ),
            _ => say!("cli-doubt-handed", relay = relay, at = at),
        };
        push(text, "  ", &handed);
    }
    push_message_id(text, &doubt.message_id);
}

fn push_copy(text: &mut String, copy: &CopyDoubt) {
    push(
        text,
        "\n",
        &say!("cli-doubt-copy", address = &copy.address, key = &copy.key),
    );
    let at = second(&copy.at);
    push(
        text,
        "  ",
        &say!("cli-doubt-copy-reply", reply = &copy.reply, at = at),
    );
    push_message_id(text, &copy.message_id);
}

fn push_message_id(text: &mut String, message_id: &str) {
    if !message_id.is_empty() {
        text.push_str(&format!("  Message-ID: {message_id}\n"));
    }
}
