//! A page of the guide, taken apart: its blocks of code, and what only the tests read.
//!
//! The info string of a block says more than its language:
//! - `file=notice.txt`: the block is this file, and the commands below it find it;
//! - `exit=2`: how the last command of the block ends; 0 unless it says so;
//! - `tty="[y/N]=>y"`: the commands run at a terminal, where a person waits for these words and types;
//!   several are separated by `|`;
//! - `no-run: why`: the block is not run.
//!
//! Comments that nobody sees: `<!-- run: cp -r "$PACKAGE/examples" . -->` prepares what the page takes
//! for granted, `<!-- relay: bob@example.org 550 5.1.1 no such user -->` is what the relay of the page
//! answers to this recipient (`lost`: it takes the message and closes), `<!-- fresh -->` begins again in
//! an empty folder.

/// What a page has one after the other, with the number of its line, from 1.
pub(super) enum Part {
    Block(Block),
    Run(usize, String),
    Relay(String, String),
    Fresh,
}

/// A fenced block.
#[derive(Default)]
pub(super) struct Block {
    /// The line of the fence.
    pub(super) line: usize,
    pub(super) language: String,
    pub(super) file: Option<String>,
    pub(super) no_run: Option<String>,
    pub(super) exit: i32,
    /// What the person waits for, and types.
    pub(super) types: Option<Vec<[String; 2]>>,
    pub(super) lines: Vec<String>,
}

/// A command of a block, and the lines that are shown below it: where they begin, counted in the block.
pub(super) struct Shown {
    pub(super) command: String,
    pub(super) at: usize,
    pub(super) output: Vec<String>,
}

impl Block {
    fn new(line: usize, info: &str) -> Self {
        let (info, no_run) = match info.split_once("no-run:") {
            Some((info, why)) => (info, Some(why.trim().to_owned())),
            None => (info, None),
        };
        let mut block = Self {
            line,
            no_run,
            ..Self::default()
        };
        let mut rest = info.trim();
        while !rest.is_empty() {
            let quoted = rest.find('"').filter(|at| !rest[..*at].contains(' '));
            let end = match quoted {
                Some(at) => at + 1 + rest[at + 1..].find('"').expect("a closing quotation mark") + 1,
                None => rest.find(' ').unwrap_or(rest.len()),
            };
            let (word, after) = rest.split_at(end);
            block.take(word);
            rest = after.trim_start();
        }
        block
    }

    fn take(&mut self, word: &str) {
        match word.split_once('=') {
            None => word.clone_into(&mut self.language),
            Some(("file", name)) => self.file = Some(name.to_owned()),
            Some(("exit", code)) => self.exit = code.parse().expect("an exit code"),
            Some(("tty", play)) => {
                let pairs = play.trim_matches('"').split('|').filter(|pair| !pair.is_empty());
                let pair = |pair: &str| {
                    let (words, typed) = pair.split_once("=>").expect("WORDS=>TYPED");
                    [words.to_owned(), format!("{typed}\n")]
                };
                self.types = Some(pairs.map(pair).collect());
            }
            Some(other) => panic!("line {}: {other:?} is not known here", self.line),
        }
    }

    /// Whether its lines are typed into a shell.
    pub(super) fn is_typed(&self) -> bool {
        ["console", "sh", "powershell"].contains(&self.language.as_str())
    }

    /// Its commands with what they print.
    pub(super) fn commands(&self) -> Vec<Shown> {
        let mut commands: Vec<Shown> = Vec::new();
        let mut goes_on = false;
        for (at, line) in self.lines.iter().enumerate() {
            let begins = if self.language == "console" {
                line.strip_prefix("$ ")
            } else {
                let said = line.trim();
                (!said.is_empty() && !said.starts_with('#')).then_some(line.as_str())
            };
            let last = commands.last_mut();
            match (goes_on, begins, last) {
                (true, _, Some(shown)) => {
                    shown.command += "\n";
                    shown.command += line;
                    shown.at = at + 1;
                }
                (false, Some(command), _) => commands.push(Shown {
                    command: command.to_owned(),
                    at: at + 1,
                    output: Vec::new(),
                }),
                (_, None, Some(shown)) => {
                    shown.output.push(line.clone());
                    continue;
                }
                (_, _, None) => continue,
            }
            goes_on = line.ends_with('\\');
        }
        if self.language != "console" {
            for shown in &mut commands {
                shown.output.clear();
            }
        }
        commands
    }
}

/// The parts of a page.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Option<(Block, usize)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let fence = line.trim_start().strip_prefix("```");
        match (&mut open, fence) {
            (Some(_), Some("")) => parts.extend(open.take().map(|(block, _)| Part::Block(block))),
            (Some((block, indented)), _) => {
                let text = line.get(*indented..).unwrap_or_default();
                block.lines.push(text.to_owned());
            }
            (None, Some(info)) => {
                let indented = line.len() - line.trim_start().len();
                open = Some((Block::new(number, info), indented));
            }
            (None, None) => parts.extend(comment(number, line)),
        }
    }
    assert!(open.is_none(), "a block is not closed");
    parts
}

fn comment(number: usize, line: &str) -> Option<Part> {
    let said = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    if said == "fresh" {
        return Some(Part::Fresh);
    }
    match said.split_once(": ")? {
        ("run", command) => Some(Part::Run(number, command.to_owned())),
        ("relay", rule) => {
            let (address, reply) = rule.split_once(' ').expect("an address and a reply");
            Some(Part::Relay(address.to_owned(), reply.to_owned()))
        }
        _ => None,
    }
}
