//! The finished octets of a message: its own, and shared ones between them.
//!
//! An attachment that goes to everybody is encoded once per run; a message holds a reference to it
//! and its place, and when the message is written, the octets are not copied first.

use std::io::{self, Write};
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Octets that many messages have in common, with their hash.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Lines with CRLF between them and none at the end; none begins with a dot.
    pub(super) octets: Arc<[u8]>,
    digest: u128,
}

impl Shared {
    pub(super) fn new(octets: Vec<u8>) -> Self {
        Self {
            digest: xxh3_128(&octets),
            octets: octets.into(),
        }
    }
}

/// Headers and body as they go over the wire, without dot-stuffing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The octets that are this message's alone.
    pub own: Vec<u8>,
    /// Shared octets, in the order of where in `own` they are set in.
    pub shared: Vec<(usize, Arc<[u8]>)>,
    /// A hash over all of it, to notice a change. It withstands no forger, and
    /// need not: who can change the templates can send what they like.
    pub digest: [u8; 16],
}

impl Content {
    /// `own` octets, and shared ones at their places among them.
    pub fn new(own: Vec<u8>, shared: Vec<(usize, Shared)>) -> Self {
        let mut hash = Xxh3::new();
        hash.update(&own);
        for (place, shared) in &shared {
            hash.update(&(*place as u64).to_be_bytes());
            hash.update(&shared.digest.to_be_bytes());
        }
        let digest = hash.digest128().to_be_bytes();
        Self {
            own,
            shared: shared
                .into_iter()
                .map(|(place, shared)| (place, shared.octets))
                .collect(),
            digest,
        }
    }

    /// Puts octets in front of all others.
    pub(super) fn put_in_front(&mut self, octets: &[u8]) {
        let mut hash = Xxh3::new();
        hash.update(octets);
        hash.update(&self.digest);
        self.digest = hash.digest128().to_be_bytes();
        self.own.splice(0..0, octets.iter().copied());
        for (place, _) in &mut self.shared {
            *place += octets.len();
        }
    }

    /// Octets in all.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a message has a header: it is never empty"
    )]
    pub fn len(&self) -> usize {
        self.own.len() + self.shared.iter().map(|(_, octets)| octets.len()).sum::<usize>()
    }

    /// Whether it is ASCII alone. Shared octets are base64 and always are.
    pub fn is_ascii(&self) -> bool {
        self.own.is_ascii()
    }

    /// All octets in order, in the pieces in which they are stored.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.shared.iter().map(|(place, _)| *place));
        let ends = self.shared.iter().map(|(place, _)| *place);
        let own = starts
            .zip(ends.chain(std::iter::once(self.own.len())))
            .map(|(start, end)| self.own.get(start..end).unwrap_or_default());
        let shared = self.shared.iter().map(|(_, octets)| &octets[..]);
        own.zip(shared.map(Some).chain(std::iter::once(None)))
            .flat_map(|(own, shared)| std::iter::once(own).chain(shared))
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_to(&self, to: &mut impl Write) -> io::Result<()> {
        self.pieces().try_for_each(|piece| to.write_all(piece))
    }

    /// All of it in one piece.
    pub fn to_vec(&self) -> Vec<u8> {
        self.pieces().collect::<Vec<_>>().concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_their_order() {
        let shared = |text: &str| Shared::new(text.as_bytes().to_vec());
        let content = Content::new(
            b"abcd".to_vec(),
            vec![(1, shared("1")), (1, shared("2")), (4, shared("3"))],
        );
        assert_eq!(content.to_vec(), b"a12bcd3");
        assert_eq!(content.len(), 7);
        let mut written = Vec::new();
        content.write_to(&mut written).unwrap();
        assert_eq!(written, content.to_vec());
        let plain = Content::new(b"abcd".to_vec(), Vec::new());
        assert_eq!(plain.to_vec(), b"abcd");
    }

    #[test]
    fn the_digest_tells_contents_apart_wherever_they_differ() {
        let shared = |text: &str| Shared::new(text.as_bytes().to_vec());
        let digest = |own: &str, shared| Content::new(own.as_bytes().to_vec(), shared).digest;
        let one = digest("abcd", vec![(1, shared("1"))]);
        assert_eq!(one, digest("abcd", vec![(1, shared("1"))]));
        assert_ne!(one, digest("abcd", vec![(2, shared("1"))]));
        assert_ne!(one, digest("abcd", vec![(1, shared("2"))]));
        assert_ne!(one, digest("abce", vec![(1, shared("1"))]));
        assert_ne!(one, digest("abcd", Vec::new()));
    }
}
