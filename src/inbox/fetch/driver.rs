//! Reads folders from where they were left, over as many connections as it takes.
//!
//! A connection may break at any mail: the next one continues after the mails that were handed on. A mail
//! at which connections break twice is named and skipped.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;

use crate::campaign::MailProtocol as Protocol;

use super::failure::FetchError;
use super::imap::Imap;
use super::mailbox::{Folder, Got, Listed, Mailbox, PIECE, Uid};
use super::memory::{Begin, Memory, Place, begin};
use super::news::News;
use super::pop3::Pop3;
use super::server::Access;

/// Mails that are asked for at once; what was read is remembered in steps of these.
const CHUNK: usize = 200;

/// Mails that are skipped because connections break at them; more than that, and it is the server.
const PASSED_OVER: usize = 5;

/// Connections of one run.
const CONNECTIONS: usize = 1000;

/// Before another connection, if the last one did nothing.
const BREATH: Duration = Duration::from_millis(200);

/// Hands on what happens; `false` ends it.
pub(super) type Tell<'t> = dyn FnMut(News) -> bool + Send + 't;

/// What is wanted of a folder.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its name.
    pub folder: String,
    /// What is remembered of it.
    pub known: Option<Memory>,
    /// Mails from this moment on.
    pub since: Option<Timestamp>,
}

/// Reads these folders; the error that ended it.
pub(super) async fn read(
    server: &Access,
    wanted: Vec<Wanted>,
    tell: &mut Tell<'_>,
) -> Result<(), FetchError> {
    match server.protocol {
        Protocol::Imap => read_over(server, wanted, tell, async || Imap::open(&server.endpoint).await).await,
        Protocol::Pop3 => read_over(server, wanted, tell, async || Pop3::open(&server.endpoint).await).await,
    }
}

async fn read_over<M: Mailbox>(
    server: &Access,
    wanted: Vec<Wanted>,
    tell: &mut Tell<'_>,
    connect: impl AsyncFn() -> Result<M, FetchError>,
) -> Result<(), FetchError> {
    let mut mailbox = connect().await?;
    let mut broken = Broken::default();
    for Wanted { folder, known, since } in wanted {
        let mut one = Reading {
            place: Place {
                server: server.name.clone(),
                user: user(server),
                folder: folder.clone(),
            },
            since,
            memory: known,
            handed: BTreeSet::new(),
            chunk: CHUNK,
            progress: false,
            failed: None,
            skipped: Vec::new(),
        };
        loop {
            let error = match one.read(&mut mailbox, &folder, tell).await {
                Ok(true) => break,
                Ok(false) => return Ok(()),
                Err(error) if error.is_broken_connection() => error,
                Err(error) => return Err(error),
            };
            tracing::debug!("{}: {error}; another connection is tried", server.name);
            broken.happened(error, &mut one, tell).await?;
            mailbox = connect().await?;
        }
    }
    mailbox.leave().await;
    Ok(())
}

fn user(server: &Access) -> String {
    let login = server.endpoint.login.as_ref();
    login.map(|login| login.user.clone()).unwrap_or_default()
}

/// Connections that broke.
#[derive(Default)]
struct Broken {
    connections: usize,
    passed_over: usize,
}

impl Broken {
    /// Whether it goes on, and how.
    async fn happened(
        &mut self,
        error: FetchError,
        reading: &mut Reading,
        tell: &mut Tell<'_>,
    ) -> Result<(), FetchError> {
        self.connections += 1;
        let progress = std::mem::take(&mut reading.progress);
        let asked = reading.failed.take();
        if self.connections > CONNECTIONS {
            return Err(error);
        }
        if progress {
            return Ok(());
        }
        match asked {
            // Nothing was asked for yet: the server, or the listing, is what breaks.
            None => return Err(error),
            Some(_) if reading.chunk > 1 => reading.chunk = 1,
            Some(listed) => {
                self.passed_over += 1;
                if self.passed_over > PASSED_OVER {
                    return Err(error);
                }
                reading.unreadable(listed, error.to_string(), tell);
                return Ok(());
            }
        }
        tokio::time::sleep(BREATH).await;
        Ok(())
    }
}

/// A folder that is being read.
struct Reading {
    place: Place,
    since: Option<Timestamp>,
    memory: Option<Memory>,
    /// Mails that were handed on, above those that are remembered as read.
    handed: BTreeSet<Uid>,
    chunk: usize,
    /// Mails were handed on over this connection.
    progress: bool,
    /// The first mail that was asked for and not handed on.
    failed: Option<Listed>,
    /// Mails that are not asked for again.
    skipped: Vec<Listed>,
}

impl Reading {
    /// Reads it over this connection; `false` if nobody listens any more.
    async fn read<M: Mailbox>(
        &mut self,
        mailbox: &mut M,
        name: &str,
        tell: &mut Tell<'_>,
    ) -> Result<bool, FetchError> {
        let folder = mailbox.open(name).await?;
        loop {
            let Begin { from, memory, rescan } = begin(self.memory.take(), &folder, self.since);
            if rescan.is_some() {
                self.handed.clear();
            }
            let listed = mailbox.list(&folder, from).await;
            self.memory = Some(memory.clone());
            let listed = listed?;
            let last = listed.last().map(|mail| mail.uid);
            let names: Option<Vec<_>> = folder
                .validity
                .is_none()
                .then(|| listed.iter().filter_map(|mail| mail.uidl).collect());
            let (mut new, names_say) = memory.new_among(listed);
            new.retain(|mail| !self.is_done(mail));
            let told = tell(News::Folder {
                place: self.place.clone(),
                memory,
                new: new.len(),
                rescan: rescan.or(names_say),
            });
            if !told || !self.mails(mailbox, &new, tell).await? {
                return Ok(false);
            }
            // A listing may end before the folder does.
            if let Some(last) = last
                && let Some(memory) = &mut self.memory
            {
                memory.up_to(last);
                if !tell(News::UpTo(last)) {
                    return Ok(false);
                }
            }
            if new.is_empty() || !goes_on(&folder, last) {
                return Ok(tell(News::Read(names)));
            }
        }
    }

    async fn mails<M: Mailbox>(
        &mut self,
        mailbox: &mut M,
        new: &[Listed],
        tell: &mut Tell<'_>,
    ) -> Result<bool, FetchError> {
        let mut rest = new;
        while !rest.is_empty() {
            let (some, behind) = rest.split_at(self.chunk.min(rest.len()));
            self.failed = some.first().cloned();
            let mut listens = true;
            let mut left: Vec<&Listed> = some.iter().collect();
            let mut take = |uid: Uid, got: Got| {
                let Some(at) = left.iter().position(|mail| mail.uid == uid) else {
                    return true;
                };
                let listed = left.remove(at).clone();
                self.handed.insert(uid);
                self.progress = true;
                if let Some(memory) = &mut self.memory {
                    match &got {
                        Got::Mail { .. } | Got::Gone => memory.read(&listed),
                        Got::Unreadable(_) => memory.failed(&listed),
                    }
                }
                listens = tell(match got {
                    Got::Mail { octets, .. } => News::Mail { listed, octets },
                    Got::Unreadable(why) => News::Unreadable { listed, why },
                    Got::Gone => News::Gone { listed },
                });
                listens
            };
            let read = mailbox.heads(some, PIECE, &mut take).await;
            self.failed = left.first().map(|mail| (*mail).clone());
            read?;
            if !listens {
                return Ok(false);
            }
            if let (Some(last), Some(memory)) = (some.last(), &mut self.memory) {
                memory.up_to(last.uid);
                if !tell(News::UpTo(last.uid)) {
                    return Ok(false);
                }
            }
            rest = behind;
        }
        self.failed = None;
        Ok(true)
    }

    /// Whether it was handed on or skipped. Over POP3 a number may mean another mail now, if it has a name.
    fn is_done(&self, mail: &Listed) -> bool {
        match mail.uidl {
            Some(_) => self.skipped.iter().any(|skipped| skipped.uidl == mail.uidl),
            None => self.handed.contains(&mail.uid),
        }
    }

    fn unreadable(&mut self, listed: Listed, why: String, tell: &mut Tell<'_>) {
        self.handed.insert(listed.uid);
        self.chunk = CHUNK;
        if let Some(memory) = &mut self.memory {
            memory.failed(&listed);
        }
        self.skipped.push(listed.clone());
        tell(News::Unreadable { listed, why });
    }
}

/// Whether there may be mails behind a listing that ended with this one.
fn goes_on(folder: &Folder, last: Option<Uid>) -> bool {
    match (folder.validity, folder.next, last) {
        (Some(_), Some(next), Some(last)) => last.checked_add(1).is_some_and(|behind| behind < next),
        _ => false,
    }
}
