//! The language of `relay.script`: what a server says and expects, a line an item.
//!
//! ```text
//! # a comment
//! > 220 peer ready        say this line
//! > raw "250 \xff\r\n"    say exactly these bytes (\r \n \t \0 \\ \" \xNN)
//! < EHLO                  wait for a line that begins so, in any case; * is any line
//! < content               wait for a content up to its lone dot
//! joined                  behind what was just read, the same segment has MAIL, RCPT and DATA
//! alone                   … nothing
//! split                   say the next reply byte by byte
//! tls                     the server's side of a TLS handshake (first line: implicit TLS)
//! wait 200ms              be slow (ms or s)
//! pause                   go on when the test calls Peer::resume
//! hang                    say nothing more, read on until the client leaves
//! close                   end the connection in order
//! reset                   tear it down (RST)
//! repeat 3 … end          three times; without a number: as long as the client's
//!                         next line is what the block expects first
//! connection 2:           what follows is for the second connection;
//! connection *:           … for every connection that has no section of its own
//! ```
//!
//! Where the script ends, the peer answers QUIT and closes. Anything else the
//! client does that the script does not expect is recorded, answered 503, and
//! ends the connection; so does a connection there is no section for.

use std::time::Duration;

use super::Ended;
use super::wire::Wire;

/// A script, ready to be played on any number of connections.
pub(crate) struct Script {
    /// Which connection each is for; `None` is every other.
    sections: Vec<(Option<usize>, Vec<Item>)>,
}

/// An item and its line in the script, from 1.
struct Item {
    line: usize,
    step: Step,
}

enum Step {
    Say(Vec<u8>),
    Expect(String),
    Content,
    /// Whether an envelope has to stand behind what was read last, or nothing may.
    Behind {
        envelope: bool,
    },
    Split,
    Tls,
    Wait(Duration),
    Pause,
    Hang,
    Close,
    Reset,
    Repeat {
        times: Option<usize>,
        items: Vec<Item>,
    },
}

impl Script {
    /// Reads a script; the mistake in words with its line otherwise.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut sections: Vec<(Option<usize>, Vec<Item>)> = Vec::new();
        // The blocks that are open: the line of `repeat`, its number, what it holds so far.
        let mut open: Vec<(usize, Option<usize>, Vec<Item>)> = Vec::new();
        for (line, words) in (1..).zip(text.lines()) {
            let words = words.trim_start();
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            let at = |what: &str| format!("line {line}: {what}: {words}");
            if let Some(number) = words
                .strip_prefix("connection ")
                .and_then(|rest| rest.trim_end().strip_suffix(':'))
            {
                if !open.is_empty() {
                    return Err(at("`end` is missing before this"));
                }
                let number = match number {
                    "*" => None,
                    number => Some(number.parse().map_err(|_| at("not a number"))?),
                };
                sections.push((number, Vec::new()));
                continue;
            }
            if sections.is_empty() {
                sections.push((None, Vec::new()));
            }
            let step = match words.trim_end().split_once(' ').unwrap_or((words.trim_end(), "")) {
                ("repeat", "") => {
                    open.push((line, None, Vec::new()));
                    continue;
                }
                ("repeat", times) => {
                    open.push((
                        line,
                        Some(times.parse().map_err(|_| at("not a number"))?),
                        Vec::new(),
                    ));
                    continue;
                }
                ("end", "") => {
                    let (_, times, items) = open.pop().ok_or_else(|| at("no `repeat` is open"))?;
                    let waits = matches!(
                        items.first(),
                        Some(Item {
                            step: Step::Expect(_),
                            ..
                        })
                    );
                    if times.is_none() && !waits {
                        return Err(at("a `repeat` without a number has to begin with `< …`"));
                    }
                    Step::Repeat { times, items }
                }
                _ => parse_step(words).ok_or_else(|| at("not an item of this language"))?,
            };
            let items = open
                .last_mut()
                .map(|(_, _, items)| items)
                .or(sections.last_mut().map(|(_, items)| items));
            items.expect("a section is open").push(Item { line, step });
        }
        match open.first() {
            Some((line, ..)) => Err(format!("line {line}: this `repeat` has no `end`")),
            None => Ok(Self { sections }),
        }
    }

    /// Whether clients have to speak TLS from the first byte.
    pub(super) fn begins_with_tls(&self) -> bool {
        let first = self.sections.first().and_then(|(_, items)| items.first());
        matches!(first, Some(Item { step: Step::Tls, .. }))
    }

    /// Serves one connection.
    pub(super) fn play(&self, wire: &mut Wire) -> Ended {
        let of = |number| self.sections.iter().find(|(wanted, _)| *wanted == number);
        let Some((_, items)) = of(Some(wire.number)).or_else(|| of(None)) else {
            return Ended::OutOfStep("the script has no section for this connection".to_owned());
        };
        let mut player = Player { wire, split: false };
        match player.play(items) {
            Ok(()) => player.say_farewell(),
            Err(ended) => ended,
        }
    }
}

fn parse_step(words: &str) -> Option<Step> {
    if let Some(reply) = words.strip_prefix('>') {
        let reply = reply.strip_prefix(' ').unwrap_or(reply);
        return match reply.strip_prefix("raw ") {
            Some(quoted) => unquote(quoted.trim_end()).map(Step::Say),
            None => Some(Step::Say(format!("{reply}\r\n").into_bytes())),
        };
    }
    if let Some(expected) = words.strip_prefix('<') {
        return match expected.trim() {
            "" => None,
            "content" => Some(Step::Content),
            line => Some(Step::Expect(line.to_ascii_uppercase())),
        };
    }
    match words.trim_end() {
        "joined" => Some(Step::Behind { envelope: true }),
        "alone" => Some(Step::Behind { envelope: false }),
        "split" => Some(Step::Split),
        "tls" => Some(Step::Tls),
        "pause" => Some(Step::Pause),
        "hang" => Some(Step::Hang),
        "close" => Some(Step::Close),
        "reset" => Some(Step::Reset),
        words => words.strip_prefix("wait ").and_then(duration).map(Step::Wait),
    }
}

fn duration(words: &str) -> Option<Duration> {
    if let Some(number) = words.strip_suffix("ms") {
        return number.trim().parse().ok().map(Duration::from_millis);
    }
    words
        .strip_suffix('s')?
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
}

/// `"…"` with its escapes undone.
fn unquote(quoted: &str) -> Option<Vec<u8>> {
    let mut bytes = quoted.strip_prefix('"')?.strip_suffix('"')?.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'\\' => match bytes.next()? {
                b'r' => b'\r',
                b'n' => b'\n',
                b't' => b'\t',
                b'0' => 0,
                b'x' => {
                    let digits = [bytes.next()?, bytes.next()?];
                    u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
                }
                escaped @ (b'\\' | b'"') => escaped,
                _ => return None,
            },
            plain => plain,
        });
    }
    Some(plain)
}

/// One connection's way through the script.
struct Player<'w> {
    wire: &'w mut Wire,
    /// `split` was said, and nothing since.
    split: bool,
}

impl Player<'_> {
    /// `Err` is the end of the connection, and how it came.
    fn play(&mut self, items: &[Item]) -> Result<(), Ended> {
        for Item { line, step } in items {
            match step {
                Step::Say(bytes) if self.split => {
                    self.wire.flush();
                    self.wire.say(bytes);
                    self.wire.flush_by_bytes();
                    self.split = false;
                }
                Step::Say(bytes) => self.wire.say(bytes),
                Step::Expect(beginning) => self.expect(*line, beginning)?,
                Step::Content => {
                    self.wire.content().ok_or(Ended::ClientLeft(*line))?;
                }
                Step::Behind { envelope } => self.behind(*line, *envelope)?,
                Step::Split => self.split = true,
                Step::Tls => self.wire.start_tls(),
                Step::Wait(long) => {
                    self.wire.flush();
                    std::thread::sleep(*long);
                }
                Step::Pause => self.wire.pause(),
                Step::Hang => {
                    self.wire.hang();
                    return Err(Ended::AsMeant);
                }
                Step::Close => {
                    self.wire.close();
                    return Err(Ended::AsMeant);
                }
                Step::Reset => {
                    self.wire.reset();
                    return Err(Ended::AsMeant);
                }
                Step::Repeat {
                    times: Some(times),
                    items,
                } => {
                    for _ in 0..*times {
                        self.play(items)?;
                    }
                }
                Step::Repeat { times: None, items } => {
                    while self.next_is_first_of(items) {
                        self.play(items)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn expect(&mut self, at: usize, beginning: &str) -> Result<(), Ended> {
        let line = self.wire.line().ok_or(Ended::ClientLeft(at))?;
        if fits(&line, beginning) {
            return Ok(());
        }
        Err(self.out_of_step(&format!(
            "line {at} of the script expects {beginning:?}, and the client said {line:?}"
        )))
    }

    fn behind(&mut self, at: usize, envelope: bool) -> Result<(), Ended> {
        let behind = String::from_utf8_lossy(self.wire.behind()).into_owned();
        let fits = if envelope {
            behind.starts_with("MAIL ") && behind.contains("\r\nRCPT ") && behind.ends_with("\r\nDATA\r\n")
        } else {
            behind.is_empty()
        };
        if fits {
            return Ok(());
        }
        Err(self.out_of_step(&format!(
            "line {at} of the script does not expect {behind:?} there"
        )))
    }

    fn next_is_first_of(&mut self, items: &[Item]) -> bool {
        let Some(Item {
            step: Step::Expect(beginning),
            ..
        }) = items.first()
        else {
            return false;
        };
        self.wire.peek_line().is_some_and(|line| fits(&line, beginning))
    }

    fn say_farewell(&mut self) -> Ended {
        match self.wire.line() {
            None => Ended::AsMeant,
            Some(line) if fits(&line, "QUIT") => {
                self.wire.say_line("221 2.0.0 bye");
                self.wire.close();
                Ended::AsMeant
            }
            Some(line) => {
                self.out_of_step(&format!("the script is at its end, and the client said {line:?}"))
            }
        }
    }

    fn out_of_step(&mut self, words: &str) -> Ended {
        self.wire.say_line("503 5.5.1 not in the script of this peer");
        self.wire.close();
        Ended::OutOfStep(words.to_owned())
    }
}

fn fits(line: &str, beginning: &str) -> bool {
    beginning == "*" || line.to_ascii_uppercase().starts_with(beginning)
}
