//! A mailbox over POP3: one folder without a name, whose mails have numbers for one conversation and
//! names (UIDL) for longer.

use std::collections::VecDeque;

use tokio::time::Instant;
use xxhash_rust::xxh3::xxh3_128;

use crate::smtp::Endpoint;
use crate::words::say;

use super::super::failure::FetchError;
use super::super::mailbox::{Folder, Got, Listed, Mailbox, Mark, Taking, Uid};
use super::login::{Offered, log_in};
use super::talk::{ROOM, Reply, Talk};

/// Commands that are on their way at once, where the server takes that (RFC 2449).
const AHEAD: usize = 32;

/// Octets of a line of a listing.
const LINE: u64 = 600;

/// Mails of a listing that are kept: they bound what a server can make us keep.
const LISTED: usize = 400_000;

/// Octets of a line of a mail that is short.
const LINE_OF_MAIL: u64 = 40;

/// A mailbox over POP3, after the login.
pub(in super::super) struct Pop3 {
    talk: Talk,
    offered: Offered,
    /// TOP was refused.
    no_top: bool,
}

impl Pop3 {
    /// Connects and logs in.
    pub(in super::super) async fn open(endpoint: &Endpoint) -> Result<Self, FetchError> {
        let (talk, offered) = log_in(endpoint).await?;
        Ok(Self {
            talk,
            offered,
            no_top: false,
        })
    }

    /// The command for the beginning of a mail.
    fn command(&self, mail: &Listed, piece: u64) -> String {
        match mail.size {
            Some(size) if size > piece && !self.no_top => {
                format!("TOP {} {}", mail.uid, piece / LINE_OF_MAIL)
            }
            Some(_) | None => format!("RETR {}", mail.uid),
        }
    }

    /// The reply to a command for a mail.
    async fn got(&mut self, kept: u64, alone: bool) -> Result<Got, FetchError> {
        match self.talk.status().await? {
            Reply::Ok(_) => {
                let kept = usize::try_from(kept).unwrap_or(usize::MAX);
                let (octets, whole) = self.talk.mail(kept, alone).await?;
                Ok(Got::Mail { octets, whole })
            }
            Reply::Err(text) | Reply::Continue(text) => Ok(Got::Unreadable(text)),
        }
    }

    async fn sizes(&mut self, most: usize) -> Result<Vec<(Uid, u64)>, FetchError> {
        let room = ROOM + most as u64 * LINE;
        let mut sizes = Vec::new();
        match self.talk.ask("LIST", "LIST", room).await? {
            Reply::Ok(_) => {
                let mut each = |line: &[u8]| {
                    if let Some((number, size)) = numbered(line)
                        && sizes.len() < LISTED
                    {
                        sizes.push((number, size.parse().unwrap_or_default()));
                    }
                };
                self.talk.lines(&mut each).await?;
                Ok(sizes)
            }
            Reply::Err(text) | Reply::Continue(text) => Err(FetchError::Refused("LIST", text)),
        }
    }

    /// The names of the mails; none where the server has none.
    async fn names(&mut self, most: usize) -> Result<Vec<(Uid, [u8; 16])>, FetchError> {
        let room = ROOM + most as u64 * LINE;
        let mut names = Vec::new();
        if let Reply::Ok(_) = self.talk.ask("UIDL", "UIDL", room).await? {
            let mut each = |line: &[u8]| {
                if let Some((number, name)) = numbered(line)
                    && !name.is_empty()
                    && names.len() < LISTED
                {
                    names.push((number, xxh3_128(name.as_bytes()).to_be_bytes()));
                }
            };
            self.talk.lines(&mut each).await?;
        }
        names.sort_unstable();
        Ok(names)
    }
}

/// A line of a listing: a number, and what follows one space or several.
fn numbered(line: &[u8]) -> Option<(Uid, String)> {
    let line = String::from_utf8_lossy(line);
    let (number, rest) = line.trim().split_once([' ', '\t']).unwrap_or((line.trim(), ""));
    Some((number.parse().ok()?, rest.trim().to_owned()))
}

impl Mailbox for Pop3 {
    async fn open(&mut self, folder: &str) -> Result<Folder, FetchError> {
        if !folder.is_empty() && !folder.eq_ignore_ascii_case("inbox") {
            return Err(FetchError::Unable(say!(
                "inbox-fetch-pop3-folder",
                folder = folder
            )));
        }
        match self.talk.ask("STAT", "STAT", ROOM).await? {
            Reply::Ok(text) => {
                let exists = text.split_ascii_whitespace().next().and_then(|n| n.parse().ok());
                Ok(Folder {
                    name: "INBOX".to_owned(),
                    validity: None,
                    exists: exists.unwrap_or_default(),
                    next: None,
                })
            }
            Reply::Err(text) | Reply::Continue(text) => Err(FetchError::Locked(text)),
        }
    }

    async fn folders(&mut self) -> Result<Vec<String>, FetchError> {
        Ok(vec!["INBOX".to_owned()])
    }

    async fn list(&mut self, folder: &Folder, from: Uid) -> Result<Vec<Listed>, FetchError> {
        if folder.exists == 0 || from > 1 {
            return Ok(Vec::new());
        }
        let most = usize::try_from(folder.exists).unwrap_or(LISTED).min(LISTED);
        let names = self.names(most).await?;
        let sizes = self.sizes(most).await?;
        let of = |uid: Uid| {
            let at = names.binary_search_by_key(&uid, |(number, _)| *number).ok()?;
            Some(names.get(at)?.1)
        };
        let mut listed: Vec<Listed> = sizes
            .iter()
            .map(|(uid, size)| Listed {
                uid: *uid,
                size: Some(*size),
                arrived: None,
                uidl: of(*uid),
            })
            .collect();
        listed.sort_unstable_by_key(|mail| mail.uid);
        listed.dedup_by_key(|mail| mail.uid);
        Ok(listed)
    }

    async fn heads(&mut self, mails: &[Listed], piece: u64, take: &mut Taking<'_>) -> Result<(), FetchError> {
        let ahead = if self.offered.pipelining { AHEAD } else { 1 };
        let mut unasked = mails.iter();
        let mut asked: VecDeque<&Listed> = VecDeque::new();
        loop {
            let mut commands = String::new();
            while asked.len() < ahead
                && let Some(mail) = unasked.next()
            {
                commands.push_str(&self.command(mail, piece));
                commands.push_str("\r\n");
                asked.push_back(mail);
            }
            let Some(mail) = asked.pop_front() else {
                return Ok(());
            };
            self.talk.wire.begin("RETR", self.talk.limit, ROOM + (256 << 20));
            if !commands.is_empty() {
                let shown = commands.trim_end().to_owned();
                self.talk.wire.say(commands.as_bytes(), &shown).await?;
            }
            let mut got = self.got(piece, asked.is_empty()).await?;
            if let Got::Unreadable(text) = &got
                && self.command(mail, piece).starts_with("TOP")
                && asked.is_empty()
            {
                tracing::debug!("TOP is refused: {text}");
                self.no_top = true;
                self.talk.wire.begin("RETR", self.talk.limit, ROOM + (256 << 20));
                let line = format!("RETR {}\r\n", mail.uid);
                self.talk.wire.say(line.as_bytes(), line.trim_end()).await?;
                got = self.got(piece, true).await?;
            }
            // The beginning is all that TOP was asked for.
            if let Got::Mail { octets, whole } = &mut got
                && let Some(size) = mail.size
            {
                *whole &= size <= piece || (octets.len() as u64) >= size;
            }
            let handed_on = Instant::now();
            let goes_on = take(mail.uid, got);
            self.talk.wire.pause(handed_on.elapsed());
            if !goes_on {
                return Ok(());
            }
        }
    }

    async fn whole(&mut self, mail: &Listed, most: u64) -> Result<Got, FetchError> {
        self.talk
            .wire
            .begin("RETR", self.talk.limit, ROOM + most.max(256 << 20));
        let line = format!("RETR {}\r\n", mail.uid);
        self.talk.wire.say(line.as_bytes(), line.trim_end()).await?;
        self.got(most, true).await
    }

    async fn mark(&mut self, _: &str, _: &[Uid], _: &Mark) -> Result<(), FetchError> {
        Err(FetchError::Unable(say!("inbox-fetch-pop3-mark")))
    }

    async fn leave(mut self) {
        let _ = self.talk.ask("QUIT", "QUIT", ROOM).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_listings_are_read_as_servers_write_them() {
        let of = |line: &str| numbered(line.as_bytes());
        assert_eq!(
            of("1 whqtswO00WBw418f9t5JxYwZ"),
            Some((1, "whqtswO00WBw418f9t5JxYwZ".to_owned()))
        );
        assert_eq!(of("2   three spaces "), Some((2, "three spaces".to_owned())));
        assert_eq!(of("3"), Some((3, String::new())));
        assert_eq!(of("x 7"), None);
    }
}
