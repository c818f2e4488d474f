//! The content of a message, on its way to the relay.
//!
//! Content goes in blocks, dot-stuffed as it goes (RFC 5321 §4.5.2), the final dot in the same
//! write as the last of the text. Nobody knows what became of a message whose dot is out and
//! whose reply did not come, so the moment the dot may have left is kept exactly: as long as
//! the kernel has taken fewer bytes than stand before the dot, the message is unsent.
//! Only a complete, well-formed reply to the dot counts as a decision.

use std::iter::Peekable;

use memchr::memmem::{self, FindIter};

use super::failure::{Cause, Phase, SessionFailure};
use super::reply::Reply;
use super::session::Session;
use super::wire::{Interjection, Written};

/// Written at a time.
const BLOCK: usize = 64 * 1024;

/// The end of the data, behind the line end of the last line.
const FINAL_DOT: &[u8] = b".\r\n";

impl Session {
    /// Hands over the content of the message whose envelope is [`Opening::Ready`](super::Opening)
    /// and returns the relay's decision. `content` has CRLF line ends and no bare CR or LF; it is
    /// dot-stuffed here, and a last line without its end gets one.
    ///
    /// # Errors
    /// When no decision of the relay came; the session is unusable then, and
    /// [`SessionFailure::may_have_been_delivered`] tells whether the message is in doubt.
    pub async fn content(&mut self, content: &[u8]) -> Result<Reply, SessionFailure> {
        if !self.usable || !self.awaiting_content {
            let why = "a content was handed over that the relay is not waiting for";
            return Err(SessionFailure::new(
                Phase::Content,
                Cause::OutOfStep(why.to_owned()),
            ));
        }
        self.usable = false;
        self.awaiting_content = false;
        self.dot_at = None;
        match self.transfer(content).await {
            Ok((reply, goes_on)) => {
                self.dot_at = None;
                self.messages += 1;
                self.usable = goes_on;
                Ok(reply)
            }
            Err(cause) if self.may_have_delivered() => Err(SessionFailure::after_dot(cause)),
            Err(cause) => Err(SessionFailure::new(Phase::Content, cause)),
        }
    }

    /// The reply to the dot, and whether the relay stays on.
    async fn transfer(&mut self, content: &[u8]) -> Result<(Reply, bool), Cause> {
        let mut text = Stuffed::new(content);
        let mut block = Vec::with_capacity(BLOCK.min(content.len() + content.len() / 64) + 16);
        let mut last = false;
        while !last {
            last = text.fill(&mut block);
            if last {
                // Everything before this block is with the kernel, so the dot is not out before
                // the kernel has taken all of the block but the dot.
                let before_dot = (block.len() - FINAL_DOT.len()) as u64;
                self.dot_at = Some(self.wire.stream.handed_over() + before_dot);
            }
            let limit = self.timeouts.content;
            let written = self.wire.write(&block, Interjection::Stop, limit).await?;
            if written == Written::Interrupted {
                return Err(self.early_reply().await);
            }
        }
        let reply = self.wire.reply(self.timeouts.final_dot).await?;
        if reply.is_intermediate() {
            let why = format!("\"{reply}\" in answer to the end of the message");
            return Err(Cause::OutOfStep(why));
        }
        // Behind the decision only a 421 may follow; anything else, and it is not certain which
        // of the replies is the decision.
        let farewell = self.wire.left_over().await?;
        let goes_on = farewell.is_none() && !reply.is_farewell();
        Ok((reply, goes_on))
    }

    /// The relay spoke before it had the whole message.
    async fn early_reply(&mut self) -> Cause {
        match self.wire.reply(self.timeouts.content).await {
            Ok(reply) => Cause::EarlyReply(reply),
            Err(cause) => cause,
        }
    }
}

/// Content with a dot before each line that begins with one, and the final dot behind it all.
struct Stuffed<'a> {
    content: &'a [u8],
    at: usize,
    dots: Peekable<FindIter<'a, 'static>>,
}

impl<'a> Stuffed<'a> {
    fn new(content: &'a [u8]) -> Stuffed<'a> {
        Stuffed {
            content,
            at: 0,
            dots: memmem::find_iter(content, b"\r\n.").peekable(),
        }
    }

    /// Puts the next block in place of the last one; true for the block with the final dot.
    fn fill(&mut self, block: &mut Vec<u8>) -> bool {
        block.clear();
        if self.at == 0 && self.content.starts_with(b".") {
            block.push(b'.');
        }
        while block.len() < BLOCK && self.at < self.content.len() {
            let room = self.at + (BLOCK - block.len());
            let line_with_dot = self.dots.peek().map(|found| found + 2);
            let end = line_with_dot.unwrap_or(self.content.len()).min(room);
            let end = end.min(self.content.len());
            block.extend_from_slice(&self.content[self.at..end]);
            self.at = end;
            if line_with_dot == Some(end) {
                block.push(b'.');
                self.dots.next();
            }
        }
        if self.at < self.content.len() {
            return false;
        }
        if !self.content.ends_with(b"\r\n") {
            block.extend_from_slice(b"\r\n");
        }
        block.extend_from_slice(FINAL_DOT);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuffed(content: &[u8]) -> Vec<u8> {
        let mut text = Stuffed::new(content);
        let mut block = Vec::new();
        let mut wire = Vec::new();
        loop {
            let last = text.fill(&mut block);
            assert!(block.len() <= BLOCK + 6);
            wire.extend_from_slice(&block);
            if last {
                return wire;
            }
        }
    }

    /// The slow and obvious way.
    fn line_by_line(content: &[u8]) -> Vec<u8> {
        let mut wire = Vec::new();
        for line in content.split_inclusive(|b| *b == b'\n') {
            if line.starts_with(b".") {
                wire.push(b'.');
            }
            wire.extend_from_slice(line);
        }
        if !content.ends_with(b"\r\n") {
            wire.extend_from_slice(b"\r\n");
        }
        wire.extend_from_slice(b".\r\n");
        wire
    }

    #[test]
    fn lines_that_begin_with_a_dot_get_another() {
        assert_eq!(
            stuffed(b".a\r\n..\r\n.\r\nb.\r\n"),
            b"..a\r\n...\r\n..\r\nb.\r\n.\r\n"
        );
        assert_eq!(stuffed(b""), b"\r\n.\r\n");
        assert_eq!(stuffed(b"no end"), b"no end\r\n.\r\n");
        assert_eq!(stuffed(b"."), b"..\r\n.\r\n");
    }

    #[test]
    fn blocks_may_end_anywhere() {
        // Lines of changing length put CR, LF and dot on either side of a block's end.
        for pad in 0..8 {
            let mut content = b"x".repeat(BLOCK - pad);
            content.extend_from_slice(b"\r\n.\r\n..\r\n");
            content.extend_from_slice(&b".dots\r\n".repeat(30_000 + pad));
            assert_eq!(stuffed(&content), line_by_line(&content), "pad {pad}");
        }
    }
}
