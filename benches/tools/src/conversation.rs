//! The server's side of one SMTP session, as little of it as a sender can be measured with: every
//! command is accepted, every message is lost.

use memchr::memchr;
use memchr::memmem::Finder;

/// The end of a message (RFC 5321, section 4.1.1.4).
const END: &[u8] = b"\r\n.\r\n";

const GREETING: &[u8] = b"220 localhost ESMTP\r\n";
const EHLO: &[u8] = b"250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE\r\n";

#[derive(PartialEq, Eq)]
enum State {
    Commands,
    Content,
    Over,
}

/// What has been read and not understood yet, and what is to be answered.
pub(crate) struct Conversation {
    state: State,
    pending: Vec<u8>,
    replies: Vec<u8>,
    end: Finder<'static>,
}

impl Conversation {
    pub(crate) fn new() -> Self {
        Self {
            state: State::Commands,
            pending: Vec::new(),
            replies: GREETING.to_vec(),
            end: Finder::new(END),
        }
    }

    /// Replies that have not been sent yet.
    pub(crate) fn replies(&mut self) -> &mut Vec<u8> {
        &mut self.replies
    }

    /// Whether the client said goodbye.
    pub(crate) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    /// Understands what came, and returns how many messages became complete with it.
    pub(crate) fn take(&mut self, octets: &[u8]) -> usize {
        self.pending.extend_from_slice(octets);
        let mut used = 0;
        let mut messages = 0;
        loop {
            let rest = self.pending.get(used..).unwrap_or_default();
            match self.state {
                State::Commands => {
                    let Some(end) = memchr(b'\n', rest) else { break };
                    let line = rest.get(..end).unwrap_or_default();
                    let (reply, state) = answer(line);
                    self.replies.extend_from_slice(reply);
                    // The line end before the content counts as the one before the dot of an empty message.
                    used += if state == State::Content { end - 1 } else { end + 1 };
                    self.state = state;
                }
                State::Content => {
                    let Some(end) = self.end.find(rest) else {
                        // All but a beginning of the end.
                        used += rest.len().saturating_sub(END.len() - 1);
                        break;
                    };
                    self.replies.extend_from_slice(b"250 2.0.0 Ok\r\n");
                    used += end + END.len();
                    messages += 1;
                    self.state = State::Commands;
                }
                State::Over => break,
            }
        }
        self.pending.drain(..used);
        messages
    }
}

fn answer(line: &[u8]) -> (&'static [u8], State) {
    let verb: [u8; 4] = std::array::from_fn(|i| line.get(i).map_or(b' ', u8::to_ascii_uppercase));
    match &verb {
        b"EHLO" => (EHLO, State::Commands),
        b"DATA" if line.ends_with(b"\r") => (b"354 End with a dot\r\n", State::Content),
        b"QUIT" => (b"221 2.0.0 Bye\r\n", State::Over),
        b"HELO" | b"MAIL" | b"RCPT" | b"RSET" | b"NOOP" => (b"250 2.0.0 Ok\r\n", State::Commands),
        _ => (b"500 5.5.2 What?\r\n", State::Commands),
    }
}
