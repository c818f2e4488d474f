//! Bytes from the relay, cut into replies.
//!
//! It accepts what relays really send (LF alone as line end, a code without a space after it, any
//! encoding), and is strict where leniency loses mail: a reply has one code from 200 to 599 on all
//! its lines; anything else is an error, and ends the session. Of a long text the beginning is
//! kept, because the code decides; a reply without an end is an error.
//!
//! smtp-proto's `ResponseReceiver` is not used for this: it takes the first of several different
//! codes, stops at 4 kB, decodes lossily and so loses GBK, and holds the numbers of an enhanced
//! code in a byte, which turns Microsoft's 5.7.515 into 5.7.255. Its `EhloResponse` reads an
//! overlong SIZE as 999. The two of them together are the few lines below.

use std::sync::Arc;

use super::concealed::Concealed;
use super::failure::Cause;
use super::reply::Reply;

/// What is kept of a reply's words, and the longest line that is waited for as a whole; RFC 5321
/// §4.5.3.1.5 asks for 512 a line, and Exchange says 9,000 in one.
pub(super) const MAX_WORDS: usize = 8 * 1024;

/// The most a reply may hold, all its lines together.
pub(super) const MAX_REPLY: usize = 64 * 1024;

/// What was received and not yet used, and the lines of a reply that is not complete.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    bytes: Vec<u8>,
    used: usize,
    code: Option<u16>,
    lines: Vec<u8>,
    taken: usize,
    /// The rest of a line too long to keep is on its way; whether it is the reply's last.
    within: Option<bool>,
    /// What no reply may show, whichever it is in.
    concealed: Option<Arc<Concealed>>,
}

impl Inbox {
    /// From here on this is blotted out of every reply.
    pub(super) fn conceal(&mut self, concealed: Arc<Concealed>) {
        self.concealed = Some(concealed);
    }

    /// Nothing was received.
    pub(super) fn forget(&mut self) {
        *self = Inbox {
            concealed: self.concealed.take(),
            ..Inbox::default()
        };
    }

    pub(super) fn put(&mut self, bytes: &[u8]) {
        if self.used > 0 {
            self.bytes.drain(..self.used);
            self.used = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// How many bytes wait to be read as replies.
    pub(super) fn waiting(&self) -> usize {
        self.bytes.len() - self.used
    }

    /// Whether there is nothing: no byte, and no reply begun.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting() == 0 && self.code.is_none()
    }

    /// The next complete reply, if it is all here. A line that is too long to wait for is read by
    /// its beginning, wherever the network has cut it.
    pub(super) fn reply(&mut self) -> Result<Option<Reply>, Cause> {
        loop {
            let waiting = self.waiting();
            let end = memchr::memchr(b'\n', &self.bytes[self.used..]);
            if let Some(last) = self.within {
                self.skip(end.map_or(waiting, |end| end + 1))?;
                if end.is_none() {
                    return Ok(None);
                }
                self.within = None;
                if last {
                    return Ok(Some(self.complete()));
                }
                continue;
            }
            let known = end.map_or(waiting, |end| end + 1);
            if self.taken + known.min(MAX_WORDS + 1) > MAX_REPLY {
                return Err(Cause::ReplyTooLong);
            }
            match end {
                Some(end) if end <= MAX_WORDS => {
                    let last = self.line(end)?;
                    self.skip(end + 1)?;
                    if last {
                        return Ok(Some(self.complete()));
                    }
                }
                Some(_) | None if known > MAX_WORDS => self.within = Some(self.line(MAX_WORDS)?),
                Some(_) | None => return Ok(None),
            }
        }
    }

    /// Takes in the words of a line that ends there; whether it is the last.
    fn line(&mut self, end: usize) -> Result<bool, Cause> {
        let line = &self.bytes[self.used..self.used + end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (code, last, words) = parts(line, self.concealed.as_deref())?;
        match self.code {
            Some(first) if first != code => {
                return Err(Cause::MixedReply(first, code));
            }
            Some(_) if self.lines.len() < MAX_WORDS => self.lines.push(b'\n'),
            Some(_) => {}
            None => self.code = Some(code),
        }
        let room = MAX_WORDS.saturating_sub(self.lines.len());
        self.lines.extend_from_slice(&words[..words.len().min(room)]);
        Ok(last)
    }

    fn skip(&mut self, bytes: usize) -> Result<(), Cause> {
        self.used += bytes;
        self.taken += bytes;
        if self.taken > MAX_REPLY {
            return Err(Cause::ReplyTooLong);
        }
        Ok(())
    }

    fn complete(&mut self) -> Reply {
        let code = self.code.take().unwrap_or_default();
        let reply = Reply::from_wire(code, &self.lines, self.concealed.as_deref());
        self.lines.clear();
        self.taken = 0;
        reply
    }
}

/// Code, whether this is the last line, and the words of a reply line (RFC 5321 §4.2).
fn parts<'l>(line: &'l [u8], concealed: Option<&Concealed>) -> Result<(u16, bool, &'l [u8]), Cause> {
    let malformed = || Cause::MalformedReply(excerpt(line, concealed));
    let (digits, rest) = line.split_at_checked(3).ok_or_else(malformed)?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return Err(malformed());
    }
    let code = digits
        .iter()
        .fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
    if !(200..=599).contains(&code) {
        return Err(malformed());
    }
    match rest {
        [] => Ok((code, true, rest)),
        [b' ', words @ ..] => Ok((code, true, words)),
        [b'-', words @ ..] => Ok((code, false, words)),
        _ => Err(malformed()),
    }
}

/// Enough of a line to know it again.
fn excerpt(line: &[u8], concealed: Option<&Concealed>) -> String {
    // Blotted out as a whole, before the cut may leave half of it.
    let shown = Reply::from_wire(0, line, concealed).text().to_owned();
    let shown: String = shown.chars().take(80).collect();
    let dots = if line.len() > 80 { "..." } else { "" };
    format!("\"{shown}\"{dots}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Option<Reply>, Cause> {
        let mut inbox = Inbox::default();
        inbox.put(bytes);
        inbox.reply()
    }

    #[test]
    fn replies_survive_being_cut_anywhere() {
        let wire = b"250-one\r\n250-\n250\r\n550 5.1.1 two\n";
        let whole = [
            Reply::new(250, None, "one\n\n"),
            Reply::new(550, Some((5, 1, 1)), "two"),
        ];
        for cut in 0..=wire.len() {
            let mut inbox = Inbox::default();
            let mut replies = Vec::new();
            for part in [&wire[..cut], &wire[cut..]] {
                inbox.put(part);
                while let Some(reply) = inbox.reply().unwrap() {
                    replies.push(reply);
                }
            }
            assert_eq!(replies, whole, "cut at {cut}");
            assert!(inbox.is_empty());
        }
    }

    #[test]
    fn a_reply_that_is_not_complete_is_no_reply() {
        for bytes in [&b"250"[..], b"250 ok", b"250-ok\r\n", b"250-ok\r\n250"] {
            let mut inbox = Inbox::default();
            inbox.put(bytes);
            assert!(inbox.reply().unwrap().is_none());
            assert!(!inbox.is_empty());
        }
    }

    #[test]
    fn what_is_no_reply_is_an_error() {
        for line in [
            "\r\n",
            "25 ok\r\n",
            "hello\r\n",
            "250_ok\r\n",
            "199 x\r\n",
            "600 x\r\n",
            "2500 x\n",
            "\u{b2}50 x\n",
        ] {
            assert!(
                matches!(read(line.as_bytes()), Err(Cause::MalformedReply(_))),
                "{line:?}"
            );
        }
        assert!(matches!(
            read(b"250-a\r\n550 b\r\n"),
            Err(Cause::MixedReply(250, 550))
        ));
    }

    #[test]
    fn of_long_words_the_beginning_is_kept_and_the_code_counts() {
        for wire in [
            [
                b"550-5.1.1 who?\r\n550 ".as_slice(),
                &b"x".repeat(9000),
                b"\r\n250 next\r\n",
            ]
            .concat(),
            [
                b"550 5.1.1 who? ".as_slice(),
                &b"x".repeat(9000),
                b"\r\n250 next\r\n",
            ]
            .concat(),
            [
                b"550-5.1.1 who?\n".as_slice(),
                &b"550-more\n".repeat(2000),
                b"550 end\n250 next\n",
            ]
            .concat(),
        ] {
            let mut inbox = Inbox::default();
            let mut replies = Vec::new();
            for part in wire.chunks(1000) {
                inbox.put(part);
                while let Some(reply) = inbox.reply().unwrap() {
                    replies.push(reply);
                }
            }
            assert_eq!(replies.len(), 2);
            assert_eq!(replies[0].enhanced(), Some((5, 1, 1)));
            assert!(replies[0].text().len() <= MAX_WORDS);
            assert_eq!(replies[1], Reply::new(250, None, "next"));
        }
    }

    #[test]
    fn a_reply_without_an_end_is_an_error() {
        for piece in [&b"250-\n"[..], b"250 x", b"x"] {
            let mut inbox = Inbox::default();
            inbox.put(b"250 ");
            let ended = (0..MAX_REPLY).find_map(|_| {
                inbox.put(piece);
                inbox.reply().err()
            });
            assert!(ended.is_some());
            assert!(inbox.bytes.len() <= MAX_WORDS + piece.len() + 4);
        }
    }

    #[test]
    fn well_formed_replies_read_as_smtp_proto_reads_them() {
        use smtp_proto::response::parser::ResponseReceiver;
        for wire in [
            "250 ok\r\n",
            "250-a\r\n250 b\r\n",
            "250\r\n",
            "421 4.3.2 bye\r\n",
            "550-5.1.1 a\r\n550 5.1.1 b\r\n",
        ] {
            let ours = read(wire.as_bytes()).unwrap().unwrap();
            let theirs = ResponseReceiver::default()
                .parse(&mut wire.as_bytes().iter())
                .unwrap();
            assert_eq!(
                (ours.code(), ours.text()),
                (Some(theirs.code), theirs.message.as_str())
            );
        }
    }
}
