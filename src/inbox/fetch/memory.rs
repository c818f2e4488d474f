//! What was read of a folder before, and so what is new in it. Pure: nothing is fetched or kept here.
//!
//! Over IMAP, mails have ascending numbers for as long as UIDVALIDITY stays: one number says what was
//! read. Over POP3 each mail has a name, and each name is kept. A mail that is read twice does nothing
//! twice (the ledger knows it by its content), so where it is not clear, it is read again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::mailbox::{Folder, Listed, Uid};

/// How often a mail that cannot be read is tried.
pub const TRIES: u32 = 3;

/// Which folder of which mailbox.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The server, as `imaps://imap.uni.example:993`.
    pub server: String,
    /// Whose mailbox.
    pub user: String,
    /// The folder; `INBOX` over POP3.
    pub folder: String,
}

/// What is remembered of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// UIDVALIDITY; `None` over POP3.
    pub validity: Option<u32>,
    /// Mails with a lower UID were read.
    pub next: Uid,
    /// Mails from before were left out.
    pub since: Option<Timestamp>,
    /// Of IMAP, mails below `next` that could not be read, and how often that was tried.
    pub unread: BTreeMap<Uid, u32>,
    /// Of POP3, the mails that were read: their names as hashes, and their sizes.
    pub names: BTreeMap<[u8; 16], u64>,
}

/// Why a folder is read from its beginning although it was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rescan {
    /// UIDVALIDITY is another: UIDs mean other mails now.
    Validity,
    /// `since` is earlier than it was.
    Since,
    /// The server names no mails over POP3.
    NoNames,
    /// A name means another mail than before, or two mails.
    NamesReused,
}

/// Where to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// The first UID to list.
    pub from: Uid,
    /// What is remembered on from here.
    pub memory: Memory,
    /// Why it begins anew.
    pub rescan: Option<Rescan>,
}

/// Where to begin in a folder, by what is known of it and from when on mails are wanted.
pub fn begin(known: Option<Memory>, folder: &Folder, since: Option<Timestamp>) -> Begin {
    let anew = |rescan| Begin {
        from: 1,
        memory: Memory {
            validity: folder.validity,
            next: 1,
            since,
            ..Memory::default()
        },
        rescan,
    };
    let Some(known) = known else {
        return anew(None);
    };
    if known.validity != folder.validity {
        return anew(Some(Rescan::Validity));
    }
    let was_left_out = match (known.since, since) {
        (Some(before), Some(now)) => now < before,
        (Some(_), None) => true,
        (None, _) => false,
    };
    if was_left_out {
        return anew(Some(Rescan::Since));
    }
    let unread = known.unread.keys().next().copied();
    Begin {
        from: unread.map_or(known.next, |uid| uid.min(known.next)).max(1),
        memory: known,
        rescan: None,
    }
}

impl Memory {
    /// Which of these mails are to be read now, and whether names were found that say nothing.
    pub fn new_among(&self, listed: Vec<Listed>) -> (Vec<Listed>, Option<Rescan>) {
        if self.validity.is_some() {
            let since = self.since;
            let wanted = |mail: &Listed| {
                let is_new = mail.uid >= self.next || self.unread.contains_key(&mail.uid);
                // A date of the server's own clock.
                let is_early =
                    matches!((mail.arrived, since), (Some(arrived), Some(since)) if arrived < since);
                is_new && !is_early
            };
            return (listed.into_iter().filter(wanted).collect(), None);
        }
        let mut why = None;
        let mut seen: BTreeMap<[u8; 16], u32> = BTreeMap::new();
        for name in listed.iter().filter_map(|mail| mail.uidl) {
            *seen.entry(name).or_default() += 1;
        }
        let wanted = |mail: &Listed| {
            let Some(name) = mail.uidl else {
                why = Some(Rescan::NoNames);
                return true;
            };
            let known = self.names.get(&name);
            let reused = seen.get(&name).is_some_and(|times| *times > 1)
                || known.is_some_and(|size| mail.size.is_some_and(|now| now != *size));
            if reused {
                why = Some(Rescan::NamesReused);
            }
            known.is_none() || reused
        };
        let new = listed.into_iter().filter(wanted).collect();
        (new, why)
    }

    /// A mail was read.
    pub fn read(&mut self, mail: &Listed) {
        self.unread.remove(&mail.uid);
        if self.validity.is_none()
            && let (Some(name), Some(size)) = (mail.uidl, mail.size)
        {
            self.names.insert(name, size);
        }
    }

    /// A mail could not be read: it is tried again in the next runs, and then no more.
    pub fn failed(&mut self, mail: &Listed) {
        if self.validity.is_none() {
            // Over POP3, what is not named is new the next time.
            return;
        }
        let tries = self.unread.entry(mail.uid).or_default();
        *tries += 1;
        if *tries >= TRIES {
            self.unread.remove(&mail.uid);
        }
    }

    /// All mails with UIDs up to this one were read, or could not be. Mails of one command may come in
    /// any order, so this is said at its end.
    pub fn up_to(&mut self, uid: Uid) {
        if self.validity.is_some() {
            self.next = self.next.max(uid.saturating_add(1));
        }
    }

    /// These are all mails of a mailbox over POP3: what is there no more is forgotten.
    pub fn keep_only(&mut self, there: &BTreeSet<[u8; 16]>) {
        self.names.retain(|name, _| there.contains(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(validity: Option<u32>) -> Folder {
        Folder {
            name: "INBOX".to_owned(),
            validity,
            exists: 9,
            next: None,
        }
    }

    fn mail(uid: Uid, name: Option<u8>, size: u64) -> Listed {
        Listed {
            uid,
            size: Some(size),
            arrived: None,
            uidl: name.map(|name| [name; 16]),
        }
    }

    fn uids(mails: &[Listed]) -> Vec<Uid> {
        mails.iter().map(|mail| mail.uid).collect()
    }

    #[test]
    fn what_was_read_is_not_new_until_the_numbers_mean_other_mails() {
        let first = begin(None, &folder(Some(7)), None);
        assert_eq!((first.from, first.rescan), (1, None));
        let mut memory = first.memory;
        memory.read(&mail(3, None, 1));
        memory.failed(&mail(4, None, 1));
        memory.read(&mail(5, None, 1));
        memory.up_to(6);
        let again = begin(Some(memory.clone()), &folder(Some(7)), None);
        assert_eq!((again.from, again.rescan), (4, None));
        let listed = (3..=8).map(|uid| mail(uid, None, 1)).collect();
        assert_eq!(uids(&again.memory.new_among(listed).0), [4, 7, 8]);
        let changed = begin(Some(memory), &folder(Some(8)), None);
        assert_eq!((changed.from, changed.rescan), (1, Some(Rescan::Validity)));
        assert_eq!(changed.memory.validity, Some(8));
    }

    #[test]
    fn a_mail_that_cannot_be_read_is_tried_a_few_times() {
        let mut memory = begin(None, &folder(Some(7)), None).memory;
        for _ in 0..TRIES {
            assert_eq!(uids(&memory.new_among(vec![mail(4, None, 1)]).0), [4]);
            memory.failed(&mail(4, None, 1));
            memory.up_to(4);
        }
        assert!(memory.new_among(vec![mail(4, None, 1)]).0.is_empty());
    }

    #[test]
    fn an_earlier_since_reads_what_was_left_out() {
        let at = |text: &str| -> Option<Timestamp> { text.parse().ok() };
        let (march, april) = (at("2026-03-01T00:00Z"), at("2026-04-01T00:00Z"));
        let mut memory = begin(None, &folder(Some(7)), april).memory;
        let dated = |uid, arrived| Listed {
            arrived,
            ..mail(uid, None, 1)
        };
        let listed = vec![dated(1, march), dated(2, april), dated(3, None)];
        assert_eq!(uids(&memory.new_among(listed).0), [2, 3]);
        memory.up_to(3);
        assert_eq!(begin(Some(memory.clone()), &folder(Some(7)), april).from, 4);
        let again = begin(Some(memory), &folder(Some(7)), march);
        assert_eq!((again.from, again.rescan), (1, Some(Rescan::Since)));
    }

    #[test]
    fn over_pop3_each_mail_is_known_by_its_name_and_size() {
        let mut memory = begin(None, &folder(None), None).memory;
        let listed = || vec![mail(1, Some(1), 10), mail(2, Some(2), 20)];
        let (new, why) = memory.new_among(listed());
        assert_eq!((new.len(), why), (2, None));
        for mail in &new {
            memory.read(mail);
        }
        memory.keep_only(&BTreeSet::from([[1; 16], [2; 16]]));
        assert_eq!(memory.new_among(listed()).0, []);
        // Numbers change as mails are deleted; names do not.
        let (new, why) = memory.new_among(vec![mail(1, Some(2), 20), mail(2, Some(3), 5)]);
        assert_eq!((uids(&new), why), (vec![2], None));
        let (new, why) = memory.new_among(vec![mail(1, Some(1), 11)]);
        assert_eq!((uids(&new), why), (vec![1], Some(Rescan::NamesReused)));
        let (new, why) = memory.new_among(vec![mail(1, Some(9), 1), mail(2, Some(9), 2)]);
        assert_eq!((uids(&new), why), (vec![1, 2], Some(Rescan::NamesReused)));
        let (new, why) = memory.new_among(vec![mail(1, None, 1)]);
        assert_eq!((uids(&new), why), (vec![1], Some(Rescan::NoNames)));
        memory.keep_only(&BTreeSet::from([[2; 16]]));
        assert_eq!(memory.names.len(), 1);
    }
}
