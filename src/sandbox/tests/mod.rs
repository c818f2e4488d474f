//! The sandbox against its clients: `dialogue` and `content` without sockets, `disk` and `sockets` with
//! them.

mod content;
mod dialogue;
mod disk;
mod running;
mod sockets;

use std::sync::Arc;

use super::Options;
use super::session::{Message, Session, Step};

/// Hands the pieces over as a server would; all output and the messages that came out.
pub(super) fn talk<'a>(
    options: &Options,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> (String, Vec<Message>) {
    let mut session = Session::new(Arc::new(options.clone()));
    let (mut output, mut messages, mut buffer) = (session.take_output(), Vec::new(), Vec::new());
    'pieces: for piece in pieces {
        buffer.extend_from_slice(piece);
        loop {
            let (used, step) = session.advance(&buffer);
            buffer.drain(..used);
            match step {
                Step::Read => break,
                Step::Store(message) => {
                    messages.push(message);
                    session.stored(Some(messages.len() as u64));
                }
                Step::StartTls => {
                    session.encrypted();
                    buffer.clear();
                    break;
                }
                Step::Close => {
                    output += &session.take_output();
                    output += "[closed]";
                    break 'pieces;
                }
            }
        }
        output += &session.take_output();
    }
    (output, messages)
}

/// Each reply without its text, the greeting left out: `250 2.1.0 | 354 | …`.
pub(super) fn codes(output: &str) -> String {
    let code = |line: &str| {
        let mut words = line.split(' ');
        let code = words.next().unwrap_or_default().to_owned();
        match words.next() {
            Some(word) if word.starts_with(&code[..1]) && word.matches('.').count() == 2 => {
                format!("{code} {word}")
            }
            _ => code,
        }
    };
    output
        .split("\r\n")
        .skip(1)
        .filter(|line| !line.is_empty() && line.as_bytes().get(3) != Some(&b'-'))
        .map(code)
        .collect::<Vec<_>>()
        .join(" | ")
}

pub(super) fn replies(options: &Options, client: &str) -> String {
    codes(&talk(options, [client.as_bytes()]).0)
}

pub(super) const ENVELOPE: &str = "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n";
