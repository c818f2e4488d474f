//! Removes what was sent for the login from everything that a relay says.
//!
//! Servers, and the devices in front of them, repeat commands in their refusals: whole or cut, in
//! another encoding, folded over several lines, and at any later time. So not only the password is
//! searched for, but every longer piece of it, in each form in which it was sent or may come back;
//! what separates the pieces (line ends, quotes, padding) is ignored. A piece of a few characters
//! reveals little and may be an ordinary word.
//!
//! If there is nothing to find, the search costs little: a reply that shares no four characters in
//! a row with any of the forms is passed on at once.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use xxhash_rust::xxh3::xxh3_64;

use super::endpoint::Login;

/// What replaces a secret.
const MARK: &str = "***";

/// The shortest secret that is looked for: a shorter one would blot out every other word.
const SHORTEST: usize = 4;

/// The longest piece that is let through of an encoded secret.
const PIECE: usize = 8;

/// Characters in a row that are looked at first.
const GRAM: usize = 4;

/// Bits in the first look.
const BITS: usize = 1 << 16;

/// The secrets of one login, in every form they may come back in.
pub struct Concealed {
    /// As it is, for secrets that are mostly punctuation.
    secret: SecretString,
    /// Encoded forms that are too short for pieces: these as whole words.
    words: HashSet<String>,
    /// Pieces by their number of characters, with their hashes.
    pieces: BTreeMap<usize, HashSet<u64>>,
    /// Which four characters in a row occur at all.
    grams: Vec<u64>,
}

impl fmt::Debug for Concealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Concealed")
    }
}

impl Concealed {
    /// Of this login.
    #[must_use]
    pub fn of(login: &Login) -> Concealed {
        let mut concealed = Concealed {
            secret: login.secret.clone(),
            words: HashSet::new(),
            pieces: BTreeMap::new(),
            grams: vec![0; BITS / 64],
        };
        let (user, secret) = (login.user.as_str(), login.secret.expose_secret());
        if secret.len() < SHORTEST {
            return concealed;
        }
        let bare = squeezed(secret).0;
        concealed.note(&bare, 6.max(PIECE.min(bare.len() / 2)));
        for written in [
            utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
            secret
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;"),
            secret.replace('"', "&quot;").replace('\'', "&#39;"),
        ] {
            concealed.note(&squeezed(&written).0, PIECE);
        }
        let said = [
            format!("\0{user}\0{secret}"),
            format!("{user}\0{user}\0{secret}"),
            format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}"),
            user.to_owned(),
            secret.to_owned(),
        ];
        for plain in said {
            concealed.note_base64(plain.as_bytes());
            concealed.note(HEXLOWER.encode(plain.as_bytes()).as_bytes(), PIECE);
        }
        // Within something else that is in base64, it begins at any of three places.
        for before in 1..3 {
            let shifted = [&b"\0\0"[..before], secret.as_bytes()].concat();
            let encoded = BASE64_NOPAD.encode(&shifted);
            // The first and the last characters hold bits of its neighbours.
            let own = encoded.get(before + 1..encoded.len().saturating_sub(2));
            concealed.note(&squeezed(own.unwrap_or_default()).0, PIECE);
        }
        concealed
    }

    fn note_base64(&mut self, plain: &[u8]) {
        let encoded = squeezed(&BASE64_NOPAD.encode(plain)).0;
        if encoded.len() < PIECE {
            if let Ok(word) = String::from_utf8(encoded) {
                self.words.insert(word);
            }
        } else {
            self.note(&encoded, PIECE);
        }
    }

    /// Takes in a form, of which pieces of `least` characters are blotted out.
    fn note(&mut self, form: &[u8], least: usize) {
        let least = least.min(form.len());
        if least < GRAM {
            return;
        }
        let pieces = self.pieces.entry(least).or_default();
        pieces.extend(form.windows(least).map(xxh3_64));
        for gram in form.windows(GRAM) {
            let bit = bit(gram);
            self.grams[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// The text without them; `None` where none is in it.
    #[must_use]
    pub fn blotted(&self, text: &str) -> Option<String> {
        let secret = self.secret.expose_secret();
        let whole = secret.len() >= SHORTEST && text.contains(secret);
        let text = if whole {
            text.replace(secret, MARK)
        } else if self.may_be_in(text) {
            text.to_owned()
        } else {
            return None;
        };
        let (bare, places) = squeezed(&text);
        let mut hidden = vec![false; bare.len()];
        for (least, pieces) in &self.pieces {
            for (at, piece) in bare.windows(*least).enumerate() {
                if pieces.contains(&xxh3_64(piece)) {
                    hidden[at..at + least].fill(true);
                }
            }
        }
        self.hide_words(&text, &places, &mut hidden);
        let mut shown = String::with_capacity(text.len());
        let (mut from, mut at) = (0, 0);
        while let Some(begin) = hidden[at..].iter().position(|hidden| *hidden).map(|n| at + n) {
            let end = hidden[begin..].iter().position(|hidden| !*hidden);
            let end = end.map_or(hidden.len(), |n| begin + n);
            shown.push_str(&text[from..places[begin]]);
            shown.push_str(MARK);
            from = ceil(&text, places[end - 1] + 1);
            at = end;
        }
        shown.push_str(&text[from..]);
        Some(shown)
    }

    /// Marks the short encoded forms, which count only as whole words.
    fn hide_words(&self, text: &str, places: &[usize], hidden: &mut [bool]) {
        if self.words.is_empty() {
            return;
        }
        let mut begin = 0;
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if self.words.contains(&word.to_ascii_lowercase()) {
                let within = |place: &usize| (begin..begin + word.len()).contains(place);
                let marked = places.iter().zip(hidden.iter_mut());
                marked
                    .filter(|(place, _)| within(place))
                    .for_each(|(_, hidden)| *hidden = true);
            }
            begin += word.len();
            begin += text[begin..].chars().next().map_or(0, char::len_utf8);
        }
    }

    fn may_be_in(&self, text: &str) -> bool {
        let mut gram = [0; GRAM];
        let mut seen = 0;
        for byte in text.bytes().filter(|byte| counts(*byte)) {
            gram.rotate_left(1);
            gram[GRAM - 1] = byte.to_ascii_lowercase();
            seen += 1;
            let bit = bit(&gram);
            if seen >= GRAM && self.grams[bit / 64] & (1 << (bit % 64)) != 0 {
                return true;
            }
        }
        let words = || text.split(|c: char| !c.is_alphanumeric());
        !self.words.is_empty() && words().any(|word| self.words.contains(&word.to_ascii_lowercase()))
    }
}

/// Whether a byte counts; any other byte may be between two that do, or be missing.
fn counts(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// The bytes that count, in small letters, and where they stand.
fn squeezed(text: &str) -> (Vec<u8>, Vec<usize>) {
    let bytes = text.bytes().enumerate().filter(|(_, byte)| counts(*byte));
    bytes.map(|(at, byte)| (byte.to_ascii_lowercase(), at)).unzip()
}

fn bit(gram: &[u8]) -> usize {
    let mixed = gram.iter().fold(0u32, |sum, byte| {
        sum.wrapping_mul(0x9e37_79b1).wrapping_add(u32::from(*byte))
    });
    (mixed.wrapping_mul(0x85eb_ca6b) >> 16) as usize
}

/// The first place at or behind this where a character begins.
fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "S3cr3t-Passw0rd-77";

    fn said(user: &str, secret: &str, text: &str) -> String {
        let login = Login {
            user: user.to_owned(),
            secret: secret.to_owned().into(),
            mechanism: None,
        };
        let blotted = Concealed::of(&login).blotted(text);
        blotted.unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn whatever_was_sent_is_blotted_out_in_every_form() {
        for (text, shown) in [
            ("bad password S3cr3t-Passw0rd-77", "bad password ***"),
            ("you said S3cr3t-Pa\nssw0rd-77", "you said ***"),
            ("you said \"S3cr3t-Passw...\"", "you said \"***...\""),
            ("AUTH PLAIN AGFkYQBTM2NyM3QtUGFzc3cwcmQtNzc=", "AUTH PLAIN ***="),
            ("AUTH PLAIN AGFkYQBTM2Ny\nM3QtUGFzc3cwcmQtNzc", "AUTH PLAIN ***"),
            ("AUTH PLAIN AGFKYQBTM2NYM3QTUGFZC3CWCMQTNZC=", "AUTH PLAIN ***="),
            ("cannot use \"UzNjcjN0LVBhc3N3MHJkLTc3\"", "cannot use \"***\""),
            ("cannot use YWRh", "cannot use ***"),
            ("5333637233742d5061737377307264 is no", "*** is no"),
            ("S3cr3t%2DPassw0rd%2D77 is no", "*** is no"),
            ("M2NyM3QtUGFzc3 is a part", "*** is a part"),
        ] {
            assert_eq!(said("ada", SECRET, text), shown);
        }
        assert_eq!(said("ada", "pa\"ss\\w0rd!", "got pa\\\"ss\\\\w0rd!"), "got ***!");
        assert_eq!(said("ada", "!?!?=+", "no !?!?=+"), "no ***");
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "authentication failed: bad username or password",
            "5.7.8 Username and Password not accepted. Learn more at https://support.example/?p=BadCredentials",
            "2.0.0 Ok: queued as 4F6A2B1C0D",
            "",
            "\u{4f60}\u{597d} ada",
        ] {
            assert_eq!(said("ada", SECRET, text), text);
            assert_eq!(said("ada", "abc", text), text);
        }
    }
}
