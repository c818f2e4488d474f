//! What a new campaign needs: what the flags say, and what a person at the terminal answers.

use std::io::Write as _;

use crate::campaign::{Overrides, Preset};
use crate::run::{End, Ended, Reason};
use crate::words::{Arg, Said, say};

use super::super::explain::{CAMPAIGN, Failure};
use super::super::{environment, findings, next, settings, terminal};
use super::list::{List, Unfit};
use super::provider::{Provider, Refusal};
use super::sender::Sender;
use super::typed_path;
use super::written::Sending;

/// What was typed behind the command, before anybody is asked.
pub(super) struct Given<'a> {
    pub(super) list: Option<&'a str>,
    pub(super) overrides: Overrides,
    pub(super) to: Option<&'a str>,
    pub(super) from: Option<&'a str>,
    pub(super) provider: Option<&'a str>,
    pub(super) region: Option<&'a str>,
    pub(super) user: Option<&'a str>,
    /// A template was named: its list is the sample.
    pub(super) sample: bool,
    /// What to type before the flags that are missing.
    pub(super) command: String,
}

/// What a campaign is made of.
pub(super) struct Answers {
    /// `None`: the sample of the template.
    pub(super) list: Option<List>,
    /// The row that names its columns, where a person was asked for it.
    pub(super) header_row: Option<u64>,
    pub(super) sending: Sending,
}

/// Asks for what is missing; without a terminal that is an error which names the flags.
pub(super) fn gather(given: &Given<'_>) -> Result<Answers, Failure> {
    let asks = terminal::can_ask();
    let sender = given.from.map(Sender::of).transpose();
    let sender = sender.map_err(|why| Failure::hinted(why, say!("cli-new-hint-sender")))?;
    let named = |text| Provider::named(text, &[], given.region);
    let provider = given.provider.map(named).transpose();
    let provider = provider.map_err(|(what, hints)| Failure::Hinted(what, hints))?;
    if asks {
        tell(&say!("cli-new-asks"));
    } else {
        all_given(given, sender.as_ref(), provider.as_ref())?;
    }
    let mut asked = Asked {
        overrides: given.overrides.clone(),
        header_row: None,
    };
    let list = asked.list(given)?;
    let sender = sender.map_or_else(sender_asked, Ok)?;
    let provider = match provider {
        Some(provider) => provider,
        None => provider_asked(asks, &sender, given)?,
    };
    let user = user(asks, given, &sender, &provider)?;
    Ok(Answers {
        list,
        header_row: asked.header_row,
        sending: Sending {
            sender,
            provider,
            user,
        },
    })
}

fn all_given(given: &Given<'_>, sender: Option<&Sender>, provider: Option<&Provider>) -> Result<(), Failure> {
    let mut missing = Vec::new();
    if given.list.is_none() && !given.sample {
        missing.push("--list FILE");
    }
    if sender.is_none() {
        missing.push("--from MAILBOX");
    }
    let guessed = sender.and_then(|sender| Provider::of_address(&sender.address));
    if provider.is_none() && guessed.is_none() {
        missing.push("--preset NAME");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let command = format!("{} {}", given.command, missing.join(" "));
    let mut hints = vec![say!("cli-new-hint-missing", command = command)];
    if missing.contains(&"--preset NAME") {
        hints.push(say!(
            "cli-new-hint-presets",
            presets = Arg::commas(Preset::names())
        ));
    }
    let missing = Arg::and(missing);
    Err(Failure::Hinted(say!("cli-new-missing", flags = missing), hints))
}

/// The list, and how it is read.
struct Asked {
    overrides: Overrides,
    header_row: Option<u64>,
}

impl Asked {
    fn list(&mut self, given: &Given<'_>) -> Result<Option<List>, Failure> {
        let mut list = match given.list {
            Some(text) => self.read(text, false)?,
            None if given.sample => return Ok(None),
            None => loop {
                let typed = ask(&say!("cli-new-ask-list"))?;
                if typed.is_empty() {
                    return Ok(None);
                }
                if let Some(list) = self.read(&typed, true)? {
                    break Some(list);
                }
                // The row of one list says nothing about another.
                self.header_row = None;
                self.overrides.header_row = given.overrides.header_row;
            },
        };
        if let Some(list) = &mut list {
            if let Some(to) = given.to {
                list.address = Some(to.to_owned());
            }
            list.told().iter().for_each(tell);
            self.address(list)?;
        }
        Ok(list)
    }

    /// Reads it. What is wrong with what was asked for is shown, and it is asked for again.
    fn read(&mut self, text: &str, again: bool) -> Result<Option<List>, Failure> {
        let home = environment::home();
        let path = typed_path::meant(text, home.as_deref());
        loop {
            let unfit = match List::read(&path, &self.overrides) {
                Ok(list) => return Ok(Some(list)),
                Err(unfit) => unfit,
            };
            match unfit {
                Unfit::Problems(problems) if terminal::can_ask() => {
                    let header = problems.0.iter().any(|problem| problem.code == "header");
                    show(&findings::problems(&problems));
                    if header && self.header_row.is_none() {
                        self.ask_header_row()?;
                    } else if again {
                        return Ok(None);
                    } else {
                        return Err(Failure::Plain(nothing_made(), CAMPAIGN));
                    }
                }
                Unfit::Problems(problems) => {
                    let words = format!("{}\n\n{}", findings::problems(&problems), nothing_made());
                    return Err(Failure::Plain(words, CAMPAIGN));
                }
                Unfit::Path(what, hints) if again => {
                    refuse(&(what, hints));
                    return Ok(None);
                }
                Unfit::Path(what, hints) => return Err(Failure::Hinted(what, hints)),
            }
        }
    }

    fn ask_header_row(&mut self) -> Result<(), Failure> {
        loop {
            let typed = ask(&say!("cli-new-ask-header"))?;
            if let Some(row) = typed.parse::<u64>().ok().filter(|row| *row > 0) {
                self.header_row = Some(row);
                self.overrides.header_row = Some(row);
                return Ok(());
            }
            tell(&say!("cli-new-no-row"));
        }
    }

    /// Makes sure that it is known which column holds the addresses.
    fn address(&self, list: &mut List) -> Result<(), Failure> {
        if list.address.is_some() {
            return Ok(());
        }
        let columns: Vec<String> = list.templates().map(str::to_owned).collect();
        if !terminal::can_ask() {
            let file = list.path.as_path();
            let what = say!("cli-new-no-addresses", list = file);
            let first = columns.first().map_or("{{ email }}", String::as_str);
            let hint = say!(
                "cli-new-hint-to",
                to = super::super::shell::quoted(first),
                columns = Arg::commas(&columns)
            );
            return Err(Failure::hinted(what, hint));
        }
        let numbered = columns
            .iter()
            .enumerate()
            .map(|(at, name)| format!("{} {name}", at + 1));
        tell(&say!("cli-new-which-addresses", columns = Arg::commas(numbered)));
        while list.address.is_none() {
            let typed = ask(&say!("cli-new-ask-addresses"))?;
            if let Err(why) = list.addressed_by(&typed) {
                tell(&why);
            }
        }
        Ok(())
    }
}

fn sender_asked() -> Result<Sender, Failure> {
    loop {
        match Sender::of(&ask(&say!("cli-new-ask-sender"))?) {
            Ok(sender) => return Ok(sender),
            Err(why) => refuse(&(why, vec![say!("cli-new-hint-sender")])),
        }
    }
}

/// Of the sender's address, or of those that there are.
fn provider_asked(asks: bool, sender: &Sender, given: &Given<'_>) -> Result<Provider, Failure> {
    let guess = Provider::of_address(&sender.address);
    let names: Vec<String> = settings::relays()
        .map(|(name, _)| name.to_owned())
        .chain(Preset::names().map(str::to_owned))
        .collect();
    let nobody = || Failure::of(say!("cli-new-missing", flags = Arg::and(["--preset NAME"])));
    if !asks {
        return guess.ok_or_else(nobody);
    }
    if guess.is_none() {
        list_of(&names);
    }
    loop {
        let prompt = match &guess {
            Some(guess) => say!("cli-new-ask-provider-or", guess = guess.shown()),
            None => say!("cli-new-ask-provider"),
        };
        let typed = ask(&prompt)?;
        match (typed.as_str(), &guess) {
            ("", Some(guess)) => return Ok(guess.clone()),
            ("?" | "？", _) => list_of(&names),
            ("", None) => tell(&say!("cli-new-no-provider")),
            (typed, _) => match Provider::named(typed, &names, given.region) {
                Ok(provider) => return Ok(provider),
                Err(why) => refuse(&why),
            },
        }
    }
}

/// Names with their numbers, as many in a line as fit.
fn list_of(names: &[String]) {
    let numbered = names
        .iter()
        .enumerate()
        .map(|(at, name)| format!("{:>3} {name:<15}", at + 1));
    let numbered: Vec<_> = numbered.collect();
    for line in numbered.chunks(4) {
        show(line.concat().trim_end());
    }
}

fn user(
    asks: bool,
    given: &Given<'_>,
    sender: &Sender,
    provider: &Provider,
) -> Result<Option<String>, Failure> {
    if let Some(user) = given.user {
        return Ok(Some(user.to_owned()));
    }
    let likely = match provider.user(&sender.address) {
        Ok(user) => return Ok(user),
        Err(likely) => likely,
    };
    let (shown, table) = (provider.shown(), provider.table());
    if !asks {
        let missing = || {
            Failure::hinted(
                say!("cli-new-no-user", provider = shown),
                say!(
                    "cli-new-hint-user",
                    command = format!("{} --user NAME", given.command)
                ),
            )
        };
        return likely.map(Some).ok_or_else(missing);
    }
    if let Provider::Preset { preset, .. } = provider {
        tell(&preset.login);
    }
    loop {
        let prompt = match &likely {
            Some(likely) => say!(
                "cli-new-ask-user-or",
                provider = table.as_str(),
                likely = likely.as_str()
            ),
            None => say!("cli-new-ask-user", provider = table.as_str()),
        };
        let typed = ask(&prompt)?;
        match (typed.as_str(), &likely) {
            ("-", Some(_)) => return Ok(None),
            ("", Some(likely)) => return Ok(Some(likely.clone())),
            ("", None) => {}
            (typed, _) => return Ok(Some(typed.to_owned())),
        }
    }
}

/// The line that answers; leaving it is the end of the command.
fn ask(prompt: &Said) -> Result<String, Failure> {
    let stopped = || {
        let words = terminal::words(&say!("cli-new-stopped"));
        Failure::Plain(words, Ended::new(End::NotNow, Reason::Signal))
    };
    let answer = terminal::line(&terminal::words(prompt));
    answer.ok().flatten().ok_or_else(stopped)
}

fn refuse((what, hints): &Refusal) {
    show(&(terminal::words(what) + &next::hints(hints)));
}

fn nothing_made() -> String {
    terminal::words(&say!("cli-new-nothing"))
}

fn tell(said: &Said) {
    show(&terminal::words(said));
}

fn show(words: &str) {
    // A closed stderr is nothing to fail for.
    let _ = writeln!(anstream::stderr().lock(), "{words}");
}
