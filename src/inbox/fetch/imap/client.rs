//! A mailbox over IMAP.

use tokio::time::Instant;

use crate::smtp::Endpoint;

use super::super::failure::FetchError;
use super::super::mailbox::{Folder, Got, Listed, Mailbox, Mark, PIECE, Taking, Uid};
use super::answer::{self, Kind, Result3, kind};
use super::command::{Command, Conversation, ROOM};
use super::folders::{self, Named, meant};
use super::frame::{Broken, Frame};
use super::login::{has, log_in};
use super::names::{encoded, quoted};
use super::reading::{self, fetched, is_fetch, set, uid_in};
use super::refusals::{is_locked, is_unsafe};

/// Mails that are asked for in one command: enough that the way there and back does not count, few
/// enough that little is asked for again where a connection breaks.
const BATCH: usize = 200;

/// Characters of a set of UIDs. Servers take lines of 1,000 at least.
const SET: usize = 900;

/// Mails of one listing: what is behind them comes with the next one. They bound what a server can make
/// us keep.
const LISTED: usize = 250_000;

/// Octets of a line about a mail in a listing.
const LINE: u64 = 256;

/// Mails of a folder as far as its size is believed.
const MOST: u32 = 5_000_000;

/// A piece with what stands around it.
const KEPT: usize = PIECE as usize;

/// A mailbox over IMAP, after the login.
pub(in super::super) struct Imap {
    conversation: Conversation,
    offered: Vec<String>,
}

impl Imap {
    /// Connects and logs in.
    pub(in super::super) async fn open(endpoint: &Endpoint) -> Result<Self, FetchError> {
        let (conversation, offered) = log_in(endpoint).await?;
        Ok(Self {
            conversation,
            offered,
        })
    }

    /// The folder that a name means, as it is on the wire.
    async fn find(&mut self, wanted: &str) -> Result<String, FetchError> {
        let folders = self.list_folders().await?;
        if let Some(found) = meant(wanted, &folders) {
            return Ok(found.wire.clone());
        }
        let open = folders.iter().filter(|folder| !folder.is_closed);
        let mut there: Vec<String> = open.map(|folder| folder.name.clone()).collect();
        let wanted_folded = wanted.to_lowercase();
        there.sort_by_key(|name| strsim::damerau_levenshtein(&name.to_lowercase(), &wanted_folded));
        there.truncate(8);
        Err(FetchError::NoFolder {
            folder: wanted.to_owned(),
            there,
        })
    }

    async fn list_folders(&mut self) -> Result<Vec<Named>, FetchError> {
        let mut found = Vec::new();
        let mut each = |frame: &Frame| {
            if found.len() < folders::MOST {
                found.extend(folders::named(frame));
            }
        };
        self.conversation
            .ask("LIST", "LIST \"\" \"*\"", &mut each)
            .await?
            .ok("LIST")?;
        Ok(found)
    }

    /// EXAMINE or SELECT of the folder of this name.
    async fn enter(&mut self, step: &'static str, name: &str) -> Result<Folder, FetchError> {
        let wire = encoded(name);
        match self.try_to_enter(step, name, &wire).await? {
            Entered::Folder(folder) => Ok(folder),
            Entered::Refused(_, text) if is_unsafe(&text) => Err(FetchError::Unsafe(text)),
            Entered::Refused(Result3::No, text) if is_locked(&text) => Err(FetchError::Locked(text)),
            Entered::Refused(_, text) => {
                let found = self.find(name).await?;
                if found == wire {
                    return Err(FetchError::Refused(step, text));
                }
                match self.try_to_enter(step, name, &found).await? {
                    Entered::Folder(folder) => Ok(folder),
                    Entered::Refused(_, text) => Err(FetchError::Refused(step, text)),
                }
            }
        }
    }

    async fn try_to_enter(
        &mut self,
        step: &'static str,
        name: &str,
        wire: &str,
    ) -> Result<Entered, FetchError> {
        let mut folder = Folder {
            name: name.to_owned(),
            validity: Some(0),
            exists: 0,
            next: None,
        };
        let Some(quoted) = quoted(wire) else {
            return Ok(Entered::Refused(Result3::No, String::new()));
        };
        let mut each = |frame: &Frame| {
            let line = String::from_utf8_lossy(frame.first_line());
            match kind(&line) {
                Kind::Status(_, text) => {
                    folder.validity = answer::coded(text, "UIDVALIDITY").or(folder.validity);
                    folder.next = answer::coded(text, "UIDNEXT").or(folder.next);
                }
                Kind::Data(data) => {
                    if let Some((number, word)) = data.split_once(' ')
                        && word.trim().eq_ignore_ascii_case("EXISTS")
                    {
                        folder.exists = number.parse().unwrap_or(folder.exists);
                    }
                }
                Kind::Done(..) | Kind::Continue(_) | Kind::Bye(_) | Kind::PreAuth(_) | Kind::Unknown => {}
            }
        };
        let line = format!("{step} {quoted}");
        let done = self.conversation.ask(step, &line, &mut each).await?;
        Ok(match done.result {
            Result3::Ok => Entered::Folder(folder),
            result @ (Result3::No | Result3::Bad) => Entered::Refused(result, done.text),
        })
    }

    /// The beginnings of these mails, by one command. Who is left over is in `left`.
    async fn batch(
        &mut self,
        left: &mut Vec<Uid>,
        piece: u64,
        take: &mut Taking<'_>,
    ) -> Result<Batch, FetchError> {
        let line = format!("UID FETCH {} (UID BODY.PEEK[]<0.{piece}>)", set(left));
        let kept = usize::try_from(piece).unwrap_or(KEPT);
        let command = Command {
            step: "UID FETCH",
            line: &line,
            shown: &line,
            // Servers that know no pieces send whole mails, which are cut as they come.
            room: ROOM + (left.len() as u64) * (256 << 20),
            kept,
        };
        let tag = self.conversation.begin(&command).await?;
        loop {
            let frame = match self.conversation.frame(kept).await {
                Ok(frame) => frame,
                Err(broken) => return Err(about_one(broken, left, take)),
            };
            if let Some(done) = self
                .conversation
                .taken(&frame, &tag)
                .map_err(|broken| broken.error)?
            {
                return Ok(match done.result {
                    Result3::Ok => Batch::Done,
                    Result3::No | Result3::Bad => Batch::Refused(done.text),
                });
            }
            if !is_fetch(&frame.octets) {
                continue;
            }
            let (uid, got) = match fetched(&frame.octets) {
                Some(fetched) => match (fetched.uid, fetched.octets) {
                    (Some(uid), Some(octets)) => {
                        let whole = (octets.len() as u64) < piece && frame.announced < piece;
                        (uid, Got::Mail { octets, whole })
                    }
                    // News about flags.
                    (_, None) | (None, _) => continue,
                },
                None => match uid_in(&frame.octets) {
                    Some(uid) => {
                        let line = self.conversation.wire.shown(frame.first_line());
                        (uid, Got::Unreadable(line))
                    }
                    None => continue,
                },
            };
            let Some(at) = left.iter().position(|one| *one == uid) else {
                continue;
            };
            left.remove(at);
            let handed_on = Instant::now();
            let goes_on = take(uid, got);
            self.conversation.wire.pause(handed_on.elapsed());
            if !goes_on {
                return Ok(Batch::Stopped);
            }
        }
    }

    async fn piece(&mut self, uid: Uid, from: u64) -> Result<Option<Vec<u8>>, FetchError> {
        let mut piece = None;
        let line = format!("UID FETCH {uid} (UID BODY.PEEK[]<{from}.{PIECE}>)");
        let command = Command {
            step: "UID FETCH",
            line: &line,
            shown: &line,
            room: ROOM + (256 << 20),
            kept: KEPT,
        };
        let mut each = |frame: &Frame| {
            if let Some(fetched) = fetched(&frame.octets)
                && fetched.uid == Some(uid)
            {
                piece = fetched.octets.or(piece.take());
            }
        };
        let done = self.conversation.run(&command, &mut each).await;
        done.map_err(|broken| broken.error)?.ok("UID FETCH")?;
        Ok(piece)
    }

    async fn change(&mut self, step: &'static str, line: &str) -> Result<(), FetchError> {
        self.conversation.ask(step, line, &mut |_| {}).await?.ok(step)?;
        Ok(())
    }
}

enum Entered {
    Folder(Folder),
    Refused(Result3, String),
}

enum Batch {
    Done,
    Refused(String),
    Stopped,
}

/// The mail that an answer was about when it broke is not asked for again.
fn about_one(broken: Broken, left: &mut Vec<Uid>, take: &mut Taking<'_>) -> FetchError {
    let culprit = uid_in(&broken.begun).filter(|_| is_fetch(&broken.begun));
    if let Some(at) = culprit.and_then(|uid| left.iter().position(|one| *one == uid))
        && matches!(
            broken.error,
            FetchError::TooLarge(_) | FetchError::LineTooLong(_) | FetchError::OutOfStep { .. }
        )
    {
        let uid = left.remove(at);
        take(uid, Got::Unreadable(broken.error.to_string()));
    }
    broken.error
}

impl Mailbox for Imap {
    async fn open(&mut self, folder: &str) -> Result<Folder, FetchError> {
        self.enter("EXAMINE", folder).await
    }

    async fn folders(&mut self) -> Result<Vec<String>, FetchError> {
        let folders = self.list_folders().await?;
        let open = folders.into_iter().filter(|folder| !folder.is_closed);
        Ok(open.map(|folder| folder.name).collect())
    }

    async fn list(&mut self, folder: &Folder, from: Uid) -> Result<Vec<Listed>, FetchError> {
        if folder.exists == 0 || folder.next.is_some_and(|next| next <= from && next > 0) {
            return Ok(Vec::new());
        }
        let mut listed: Vec<Listed> = Vec::new();
        let mut each = |frame: &Frame| {
            // Asked for what is behind its last mail, a server names the last one.
            let found = fetched(&frame.octets).and_then(|fetched| reading::listed(&fetched));
            if listed.len() < LISTED {
                listed.extend(found.filter(|found| found.uid >= from));
            }
        };
        let line = format!("UID FETCH {from}:* (UID RFC822.SIZE INTERNALDATE)");
        let command = Command {
            step: "UID FETCH",
            line: &line,
            shown: &line,
            room: ROOM + u64::from(folder.exists.min(MOST)) * LINE,
            kept: 4096,
        };
        let done = self.conversation.run(&command, &mut each).await;
        done.map_err(|broken| broken.error)?.ok("UID FETCH")?;
        listed.sort_unstable_by_key(|one| one.uid);
        listed.dedup_by_key(|one| one.uid);
        Ok(listed)
    }

    async fn heads(&mut self, mails: &[Listed], piece: u64, take: &mut Taking<'_>) -> Result<(), FetchError> {
        let mut rest = mails;
        while !rest.is_empty() {
            let mut left: Vec<Uid> = rest.iter().take(BATCH).map(|mail| mail.uid).collect();
            while set(&left).len() > SET {
                left.truncate(left.len() / 2);
            }
            rest = rest.get(left.len()..).unwrap_or_default();
            match self.batch(&mut left, piece, take).await? {
                Batch::Stopped => return Ok(()),
                Batch::Done => {
                    for uid in left {
                        take(uid, Got::Gone);
                    }
                }
                Batch::Refused(_) => {
                    for uid in left {
                        let mut one = vec![uid];
                        match self.batch(&mut one, piece, take).await? {
                            Batch::Stopped => return Ok(()),
                            Batch::Done if one.is_empty() => {}
                            Batch::Done => {
                                take(uid, Got::Gone);
                            }
                            Batch::Refused(text) => {
                                take(uid, Got::Unreadable(text));
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }

    async fn whole(&mut self, mail: &Listed, most: u64) -> Result<Got, FetchError> {
        let mut octets = Vec::new();
        loop {
            let from = octets.len() as u64;
            if from >= most {
                octets.truncate(usize::try_from(most).unwrap_or(usize::MAX));
                return Ok(Got::Mail { octets, whole: false });
            }
            let Some(piece) = self.piece(mail.uid, from).await? else {
                return Ok(Got::Gone);
            };
            let is_last = (piece.len() as u64) < PIECE;
            octets.extend(piece);
            if is_last {
                return Ok(Got::Mail { octets, whole: true });
            }
        }
    }

    async fn mark(&mut self, folder: &str, uids: &[Uid], mark: &Mark) -> Result<(), FetchError> {
        self.enter("SELECT", folder).await?;
        let target = match &mark.move_to {
            None => None,
            Some(target) => Some(self.find(target).await?),
        };
        let target = target.as_deref().map(|target| quoted(target).unwrap_or_default());
        for some in uids.chunks(BATCH / 2) {
            let set = set(some);
            let moves = target.is_some() && has(&self.offered, "MOVE");
            if let (Some(target), false) = (&target, moves) {
                self.change("UID COPY", &format!("UID COPY {set} {target}"))
                    .await?;
            }
            // What was copied and cannot be moved stays, and is marked: nothing is deleted.
            if mark.seen || (target.is_some() && !moves) {
                let line = format!("UID STORE {set} +FLAGS.SILENT (\\Seen)");
                self.change("UID STORE", &line).await?;
            }
            if let (Some(target), true) = (&target, moves) {
                self.change("UID MOVE", &format!("UID MOVE {set} {target}"))
                    .await?;
            }
        }
        Ok(())
    }

    async fn leave(mut self) {
        // Whether it says goodbye does not matter.
        let _ = self.conversation.ask("LOGOUT", "LOGOUT", &mut |_| {}).await;
    }
}
