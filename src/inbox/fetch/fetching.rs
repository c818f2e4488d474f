//! Fetching beside the work: the network on a thread of its own, and what it brings in the order in which
//! it came, with a bound on what waits.
//!
//! What is remembered follows what was taken, not what was fetched: after a stop in the middle, the next
//! run gets the rest.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::driver::{self, Wanted};
use super::failure::FetchError;
use super::memory::{Memory, Place};
use super::news::News;
use super::server::Access;

/// Mails that wait, at most 256 KiB each: sorting takes longer than fetching here and there.
const WAITING: usize = 32;

/// Mails on their way.
pub struct Fetching {
    receiver: Option<Receiver<News>>,
    thread: Option<JoinHandle<()>>,
    memories: Vec<(Place, Memory)>,
    /// What was handed out last, and is done when the next one is asked for.
    last: Option<Last>,
}

enum Last {
    Read(super::mailbox::Listed),
    Failed(super::mailbox::Listed),
}

impl Fetching {
    /// Begins to read these folders.
    ///
    /// # Errors
    /// The system has no thread.
    pub fn begin(server: Access, wanted: Vec<Wanted>) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel(WAITING);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let thread = Builder::new().name("fetch".to_owned()).spawn(move || {
            runtime.block_on(run(&server, wanted, &sender));
            // A name server that keeps silent holds nobody up who is done.
            runtime.shutdown_background();
        })?;
        Ok(Self {
            receiver: Some(receiver),
            thread: Some(thread),
            memories: Vec::new(),
            last: None,
        })
    }

    fn remember(&mut self, news: &News) {
        let memory = self.memories.last_mut().map(|(_, memory)| memory);
        match (news, memory) {
            (News::Folder { place, memory, .. }, _) => {
                match self.memories.iter_mut().find(|(known, _)| known == place) {
                    // Another connection: what was handed out over the one before counts.
                    Some((_, known)) if known.validity == memory.validity && memory.next >= known.next => {}
                    Some((_, known)) => *known = memory.clone(),
                    None => self.memories.push((place.clone(), memory.clone())),
                }
            }
            (News::UpTo(uid), Some(memory)) => memory.up_to(*uid),
            (News::Read(Some(names)), Some(memory)) => {
                memory.keep_only(&names.iter().copied().collect::<BTreeSet<_>>());
            }
            (News::Mail { listed, .. } | News::Gone { listed }, _) => {
                self.last = Some(Last::Read(listed.clone()));
            }
            (News::Unreadable { listed, .. }, _) => self.last = Some(Last::Failed(listed.clone())),
            (News::UpTo(_) | News::Read(_) | News::Failed(_), _) => {}
        }
    }

    fn settle(&mut self) {
        if let (Some(last), Some((_, memory))) = (self.last.take(), self.memories.last_mut()) {
            match last {
                Last::Read(listed) => memory.read(&listed),
                Last::Failed(listed) => memory.failed(&listed),
            }
        }
    }

    /// Ends it. What is to be remembered of what was taken; the mail that was handed out last counts.
    pub fn finish(mut self) -> Vec<(Place, Memory)> {
        self.settle();
        std::mem::take(&mut self.memories)
    }
}

impl Iterator for Fetching {
    type Item = News;

    fn next(&mut self) -> Option<News> {
        self.settle();
        let news = match self.receiver.as_ref()?.recv() {
            Ok(news) => news,
            Err(_) => {
                self.receiver = None;
                return match self.thread.take()?.join() {
                    Ok(()) => None,
                    Err(_) => Some(News::Failed(FetchError::Panicked)),
                };
            }
        };
        self.remember(&news);
        Some(news)
    }
}

async fn run(server: &Access, wanted: Vec<Wanted>, sender: &SyncSender<News>) {
    let mut tell = |news: News| sender.send(news).is_ok();
    if let Err(error) = driver::read(server, wanted, &mut tell).await {
        // Nobody may listen any more.
        let _ = sender.send(News::Failed(error));
    }
}
