//! What to do next, as complete commands that can be pasted: with the campaign and the flags that
//! were given, quoted for the user's shell.
//!
//! A command is at the end of its line. Safe commands come first; a command that sends the same
//! message to people again says to how many.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::campaign::{Campaign, FILE_NAME, Folders, Overrides};
use crate::ledger::Ledger;
use crate::run::begun_in;
use crate::storage::is_absent;
use crate::words::say;

use super::by_flags::began_it;
use super::campaign::CampaignArgs;
use super::shell::{path, quoted};
use super::terminal;

/// Flags of `send` that are about one run, and not about the campaign; and whether they take a value.
const OF_ONE_RUN: &[(&str, bool)] = &[
    ("--new", false),
    ("--abandon", false),
    ("--accept-changes", false),
    ("--retry-rejected", false),
    ("--in-doubt", true),
    ("--events", false),
    ("--quiet", false),
    ("--verbose", false),
    ("--color", true),
    ("--connect", false),
    ("--dns", false),
    ("--dns-server", true),
    ("--json", false),
    ("--row", true),
];

/// Flags of `send` that say where the messages go, when they go to nobody of the list.
const ELSEWHERE: &[(&str, bool)] = &[
    ("--dry-run", false),
    ("--output", true),
    ("--sandbox", false),
    ("--test-to", true),
];

/// Flags that choose among the recipients; all of them take a value.
const CHOOSING: &[&str] = &["--limit", "--only", "--sample", "--where"];

/// How this campaign is named in a command.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Advice {
    /// What `send` is given: the campaign and the flags over it.
    given: Vec<OsString>,
    /// The flags that chose.
    choice: Vec<OsString>,
    /// The flags that sent the messages elsewhere.
    elsewhere: Vec<OsString>,
    /// `--yes` was given.
    yes: bool,
    /// `--accept-changes` was given.
    accepts: bool,
    /// What was given of whom to send to once more: `--retry-rejected`, `--in-doubt resend`.
    once_more: Vec<&'static str>,
    /// Everything after the command, as it was typed.
    typed: Vec<OsString>,
    /// What commands are given that only look at the ledger: the campaign, and `--name`.
    place: Vec<OsString>,
    /// The text comes on stdin.
    typed_text: bool,
    /// There is no campaign file, and nobody knows the flags that described the campaign.
    unknown: bool,
    /// The recipients come on stdin.
    piped: bool,
    /// Flags say everything; there is no file to write into.
    flags_alone: bool,
}

impl Advice {
    /// For a command that only looks at the ledger of a campaign.
    pub(super) fn of_place(campaign: &Path, name: Option<&str>) -> Self {
        let place = place(campaign, name);
        let folders = Campaign::folders(campaign, &Overrides::default());
        Self {
            given: place.clone(),
            place,
            unknown: campaign.is_dir()
                && (is_absent(&campaign.join(FILE_NAME)) || is_of_flags(campaign, name)),
            piped: folders.is_some_and(|folders| folders.piped),
            ..Self::default()
        }
    }

    /// For a command with the campaign's own flags, as it was typed.
    pub(super) fn of_typed(command: &str, campaign: &CampaignArgs) -> Self {
        let overrides = campaign.overrides();
        let named = overrides.name.clone();
        let mut place = place(&campaign.campaign, named.as_deref());
        let folders = Campaign::folders(&campaign.campaign, &overrides);
        if let Some(folders) = folders.as_ref().filter(|folders| folders.file.is_none()) {
            // What flags alone describe is found by its name, where the same flags were begun.
            let begun = overrides
                .recipients
                .as_deref()
                .and_then(|list| begun_in(folders, list));
            place = self::place(
                begun.as_deref().unwrap_or(&campaign.campaign),
                Some(&folders.name),
            );
        }
        Self {
            piped: folders.as_ref().is_some_and(|folders| folders.piped),
            typed_text: folders.as_ref().is_some_and(|folders| folders.typed),
            flags_alone: folders.is_some_and(|folders| folders.file.is_none()),
            ..Self::typed(std::env::args_os().skip(1), command, place)
        }
    }

    fn typed(arguments: impl Iterator<Item = OsString>, command: &str, place: Vec<OsString>) -> Self {
        let typed: Vec<OsString> = arguments.skip_while(|word| word != command).skip(1).collect();
        let mut advice = Self {
            place,
            once_more: once_more(&typed),
            ..Self::default()
        };
        let mut words = typed.iter().cloned();
        while let Some(word) = words.next() {
            let shown = word.to_string_lossy();
            let (flag, joined) = match shown.split_once('=') {
                Some((flag, _)) if flag.starts_with("--") => (flag, true),
                _ => (&*shown, false),
            };
            advice.accepts |= flag == "--accept-changes";
            if flag == "--" {
                // Flags go behind it: the campaign is written as no flag is.
                advice.given.extend(words.map(|word| path(Path::new(&word))));
                break;
            } else if let Some((_, takes)) = OF_ONE_RUN.iter().find(|(name, _)| *name == flag) {
                if *takes && !joined {
                    words.next();
                }
            } else if let Some((_, takes)) = ELSEWHERE.iter().find(|(name, _)| *name == flag) {
                advice.elsewhere.push(word.clone());
                if *takes && !joined {
                    advice.elsewhere.extend(words.next());
                }
            } else if CHOOSING.contains(&flag) {
                advice.choice.push(word.clone());
                if !joined {
                    advice.choice.extend(words.next());
                }
            } else if flag == "--yes" {
                advice.yes = true;
            } else if is_short(&shown) {
                advice.yes |= shown.contains('y');
            } else {
                advice.given.push(word.clone());
            }
        }
        Self { typed, ..advice }
    }

    /// Whether some were chosen, by name or by a condition.
    pub(super) fn chooses(&self) -> bool {
        let lasting = |word: &OsString| begins(word, "--only") || begins(word, "--where");
        self.choice.iter().any(lasting)
    }

    /// Whether there is a campaign file to write into, or flags say everything.
    pub(super) fn has_file(&self) -> bool {
        !self.flags_alone
    }

    /// Where the relay's address is written.
    pub(super) fn server(&self) -> &'static str {
        if self.flags_alone { "--relay" } else { "`server`" }
    }

    /// Where the user is written who logs in.
    pub(super) fn user(&self) -> &'static str {
        if self.flags_alone { "--user" } else { "`user`" }
    }

    /// The same command again, with its choice: it goes on.
    pub(super) fn again(&self) -> String {
        self.command(
            "send",
            &[&self.given, &self.elsewhere, &self.choice],
            &[],
            self.yes,
        )
    }

    /// `send` with these flags, for all whom it finds.
    pub(super) fn send(&self, flags: &[&str]) -> String {
        self.command("send", &[&self.given], flags, self.yes)
    }

    /// `send` with these flags and the same choice.
    pub(super) fn send_chosen(&self, flags: &[&str]) -> String {
        self.command("send", &[&self.given, &self.choice], flags, self.yes)
    }

    /// The very command that was typed, and `--yes`.
    pub(super) fn typed_and_yes(&self) -> String {
        let at = self.typed.iter().position(|word| word == "--");
        let (flags, campaign) = self.typed.split_at(at.unwrap_or(self.typed.len()));
        let campaign: Vec<OsString> = campaign
            .iter()
            .skip(1)
            .map(|word| path(Path::new(word)))
            .collect();
        self.command("send", &[flags, &campaign], &["--yes"], false)
    }

    /// Whether those were to be sent to once more who were refused, and those who are in doubt.
    pub(super) fn sends_once_more(&self) -> (bool, bool) {
        let has = |flag| self.once_more.contains(&flag);
        (has("--retry-rejected"), has("--in-doubt"))
    }

    /// `send` with the new content for those whom it was for.
    pub(super) fn accept_changes(&self) -> String {
        let mut flags = self.once_more.clone();
        flags.push("--accept-changes");
        self.send_chosen(&flags)
    }

    /// `send` to all, including recipients that were left out before; in batches if it was in
    /// batches, and with the content that was accepted.
    pub(super) fn send_to_all(&self) -> String {
        let accepted: &[&str] = if self.accepts { &["--accept-changes"] } else { &[] };
        let flags: Vec<&str> = ["--where", "true"].iter().chain(accepted).copied().collect();
        let mut batch = Vec::new();
        let mut words = self.choice.iter();
        while let Some(word) = words.next() {
            let joined = word.as_encoded_bytes().contains(&b'=');
            let kept = begins(word, "--limit") || begins(word, "--sample");
            let value = if joined { None } else { words.next() };
            if kept {
                batch.push(word.clone());
                batch.extend(value.cloned());
            }
        }
        self.command("send", &[&self.given, &batch], &flags, self.yes)
    }

    /// `send` with these flags, which asks before it sends whatever was given.
    pub(super) fn send_asking(&self, flags: &[&str]) -> String {
        self.command("send", &[&self.given], flags, false)
    }

    /// The same with the choice that was given.
    pub(super) fn send_asking_chosen(&self, flags: &[&str]) -> String {
        self.command("send", &[&self.given, &self.choice], flags, false)
    }

    /// Another command about the same campaign.
    pub(super) fn command_with(&self, command: &str, flags: &[&str]) -> String {
        self.command(command, &[&self.place], flags, false)
    }

    /// A password or token for this relay is stored again.
    pub(super) fn log_in(&self, relay: &str) -> String {
        self.command("login", &[&[OsString::from(relay)], &self.place], &[], false)
    }

    fn command(&self, command: &str, given: &[&[OsString]], flags: &[&str], yes: bool) -> String {
        if self.unknown && command == "send" {
            return terminal::words(&began_it(flags));
        }
        let words = given
            .iter()
            .flat_map(|words| words.iter().map(OsString::as_os_str));
        let all = words
            .chain(flags.iter().map(OsStr::new))
            .chain(yes.then_some(OsStr::new("--yes")));
        let quoted: Vec<_> = all.map(quoted).collect();
        let line = format!("mailshot {command} {}", quoted.join(" "));
        let line = line.trim_end();
        if self.piped && command == "send" {
            return terminal::words(&say!("cli-again-piped", command = line));
        }
        if self.typed_text && command == "send" {
            return terminal::words(&say!("cli-again-piped-text", command = line));
        }
        line.to_owned()
    }
}

/// Whether the ledger of this name in a campaign's folder is not that of its file: with `--name` its
/// file would be sent instead of what flags described.
fn is_of_flags(campaign: &Path, name: Option<&str>) -> bool {
    let ledger = name.map(|name| Ledger::file(&Folders::of_named(campaign, name).state, name));
    let found = ledger.and_then(|ledger| Ledger::look(&ledger).ok());
    found.is_some_and(|found| found.identity.is_some_and(|whose| whose.home.file.is_none()))
}

/// The words among these that send to a recipient again.
fn once_more(typed: &[OsString]) -> Vec<&'static str> {
    let mut kept = Vec::new();
    if typed.iter().any(|word| word == "--retry-rejected") {
        kept.push("--retry-rejected");
    }
    let resends =
        |pair: &[OsString]| matches!(pair, [flag, value] if flag == "--in-doubt" && value == "resend");
    if typed.windows(2).any(resends) || typed.iter().any(|word| word == "--in-doubt=resend") {
        kept.extend(["--in-doubt", "resend"]);
    }
    kept
}

fn begins(word: &OsStr, flag: &str) -> bool {
    word.as_encoded_bytes().starts_with(flag.as_bytes())
}

/// The campaign as it was named, and `--name` where it was given.
fn place(campaign: &Path, name: Option<&str>) -> Vec<OsString> {
    let mut place = vec![path(campaign)];
    if let Some(name) = name {
        place.extend(["--name", name].map(OsString::from));
    }
    place
}

/// `-q`, `-y`, `-vv`, `-qy`: the short flags of `send`, none of which takes a value.
fn is_short(word: &str) -> bool {
    word.strip_prefix('-')
        .is_some_and(|letters| !letters.is_empty() && letters.chars().all(|letter| "qvy".contains(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Advice {
        let words = shlex::split(line).unwrap().into_iter().map(OsString::from);
        Advice::typed(words, "send", Vec::new())
    }

    #[test]
    fn the_campaign_and_its_flags_stay_and_what_is_of_one_run_goes() {
        let advice = typed(
            "-q send 'my campaign' --recipients new.csv --new --abandon --in-doubt resend --where=\"d == 'HR'\" --limit 3 -y --rate 10/s --events --in-doubt=hold",
        );
        assert_eq!(
            advice.send(&["--retry-rejected"]),
            "mailshot send 'my campaign' --recipients new.csv --rate 10/s --retry-rejected --yes"
        );
        let again = advice.again();
        assert_eq!(shlex::split(&again).unwrap().get(7).unwrap(), "--where=d == 'HR'");
        assert!(again.ends_with(" --limit 3 --yes"), "{again}");
        assert_eq!(
            advice.send_asking(&["--new"]),
            "mailshot send 'my campaign' --recipients new.csv --rate 10/s --new"
        );
    }

    /// What was a rehearsal must not become the real thing by being pasted.
    #[test]
    fn a_rehearsal_stays_one_when_it_is_to_be_run_again() {
        for rehearsal in ["--dry-run --output out", "--sandbox", "--test-to me@uni.example"] {
            let line = format!("send {rehearsal} --limit 2 --yes");
            assert_eq!(typed(&line).again(), format!("mailshot {line}"));
        }
    }

    #[test]
    fn a_bare_command_stays_bare() {
        assert_eq!(typed("send").again(), "mailshot send");
        assert_eq!(typed("send -vy").again(), "mailshot send --yes");
    }
}
