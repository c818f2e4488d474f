//! Words of a mail that could be tokens of ours.
//!
//! A token is 26 characters of base32 in lower case (`message/identity.rs`). On its way it may get a
//! dot in its middle, other case, or be part of quoted or translated text, so it is looked for
//! everywhere. Whether one is ours, only the ledger knows.

use std::collections::HashSet;

use super::mail::Mail;

/// The length of a token, and where a dot may be in it.
const LENGTH: usize = 26;
const MIDDLE: usize = 13;

/// A mail with more of these has none of ours.
const MOST: usize = 64;

/// All candidates, each once, in the order found: in the header, then in the parts.
pub(super) fn candidates(mail: &Mail) -> Vec<String> {
    let mut found = Found::default();
    for (_, value) in mail.fields.iter() {
        found.look_in(value);
    }
    for part in &mail.parts {
        for (_, value) in part.fields.iter() {
            found.look_in(value);
        }
        for (_, value) in part.message.iter().flat_map(|header| header.iter()) {
            found.look_in(value);
        }
        found.look_in(&part.text);
    }
    found.tokens
}

#[derive(Default)]
struct Found {
    tokens: Vec<String>,
    known: HashSet<String>,
}

impl Found {
    fn look_in(&mut self, text: &str) {
        let octets = text.as_bytes();
        let mut at = 0;
        while at < octets.len() && self.tokens.len() < MOST {
            let rest = octets.get(at..).unwrap_or_default();
            let word = rest
                .iter()
                .take_while(|octet| octet.is_ascii_alphanumeric())
                .count();
            if word == LENGTH {
                self.keep(rest.get(..LENGTH).unwrap_or_default());
            } else if word == MIDDLE && rest.get(MIDDLE) == Some(&b'.') {
                let second = rest.get(MIDDLE + 1..).unwrap_or_default();
                let length = second
                    .iter()
                    .take_while(|octet| octet.is_ascii_alphanumeric())
                    .count();
                if length == MIDDLE {
                    let mut token = rest.get(..MIDDLE).unwrap_or_default().to_vec();
                    token.extend_from_slice(second.get(..MIDDLE).unwrap_or_default());
                    self.keep(&token);
                }
            }
            at += word.max(1);
        }
    }

    fn keep(&mut self, word: &[u8]) {
        let is_base32 = word
            .iter()
            .all(|octet| matches!(octet, b'a'..=b'z' | b'A'..=b'Z' | b'2'..=b'7'));
        if !is_base32 {
            return;
        }
        let token = String::from_utf8_lossy(word).to_ascii_lowercase();
        if self.known.insert(token.clone()) {
            self.tokens.push(token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_wherever_it_stands() {
        let mail = "Message-ID: <vdpawr75icvso.4k6vghzxvu7sh@example.org>\nTo: bounces+HMQX77SXW3UQW5MQAYX4NDD53E@example.org\n\
                    Content-Transfer-Encoding: quoted-printable\n\nabc chlynhlxfgg4z5jzxu3rhudy=\nn6 vdpawr75icvso4k6vghzxvu7sh \
                    abcdefghijklmnopqrstuvwxyz2 stqeeszt4nm3vnptaz3xxbaxc1\n";
        assert_eq!(
            candidates(&Mail::read(mail.as_bytes())),
            [
                "vdpawr75icvso4k6vghzxvu7sh",
                "hmqx77sxw3uqw5mqayx4ndd53e",
                "chlynhlxfgg4z5jzxu3rhudyn6"
            ]
        );
    }
}
