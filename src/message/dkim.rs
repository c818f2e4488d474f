//! Signatures over whole messages (DKIM: RFC 6376, RFC 8463).
//!
//! mail-auth canonicalises, signs and writes the field. Its own procedure takes the current time
//! and lists a header as often as it occurs, so its parts are combined here: `t=` is the Date of
//! the message, because the same message must be the same octets whenever it is composed; and
//! headers that show who wrote the message (From and others) are listed once more than they occur,
//! so that nobody can add a second one to a signed message.

use jiff::Timestamp;
use mail_auth::common::crypto::{DkimKey, HashContext, HashImpl, Sha256, SigningKey};
use mail_auth::common::headers::{Writable, Writer};
use mail_auth::dkim::canonicalize::BodyHasher;
use mail_auth::dkim::{Canonicalization, Signature};
use memchr::memmem;

use crate::storage::guarded;
use crate::words::{Said, Speak, say, spoken};

use super::content::Content;
use super::dkim_key::{self, KeyError};
use super::gate;

/// No line of the field is longer, except for one that is a long domain alone.
const LINE: usize = 76;

/// What the field is called where it is written, and where it is signed.
const NAME: (&str, &str) = ("DKIM-Signature: ", "dkim-signature:");

/// How often a header is listed in `h=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// Once more than it is there, also where it is not: nobody may add one.
    OneMore,
    /// Once more than it is there, where it is there.
    OneMoreIfThere,
    /// As often as it is there: lists and relays that pass a message on add theirs.
    AsThere,
}

/// What a receiver shows or acts on. What is on the way added (Received,
/// Return-Path) cannot be in it. A message that is replayed must not get
/// a button to unsubscribe, or a list to belong to, that it had not.
const HEADERS: [(&str, Listed); 18] = [
    ("From", Listed::OneMore),
    ("Sender", Listed::OneMore),
    ("Reply-To", Listed::OneMore),
    ("To", Listed::OneMore),
    ("Cc", Listed::OneMore),
    ("Subject", Listed::OneMore),
    ("Date", Listed::OneMoreIfThere),
    ("Message-ID", Listed::OneMoreIfThere),
    ("MIME-Version", Listed::OneMoreIfThere),
    ("Content-Type", Listed::OneMoreIfThere),
    ("Content-Transfer-Encoding", Listed::OneMoreIfThere),
    ("In-Reply-To", Listed::OneMoreIfThere),
    ("References", Listed::OneMoreIfThere),
    ("List-Id", Listed::OneMore),
    ("List-Unsubscribe", Listed::OneMore),
    ("List-Unsubscribe-Post", Listed::OneMore),
    ("Auto-Submitted", Listed::AsThere),
    ("Feedback-ID", Listed::AsThere),
];

/// A message could not be signed.
#[derive(Debug)]
pub struct SignError(Said);

impl Speak for SignError {
    fn said(&self) -> Said {
        say!("message-not-signed", why = self.0.clone())
    }
}

spoken!(SignError);

impl std::error::Error for SignError {}

/// Signs for one domain with one key.
pub struct Signer {
    key: DkimKey,
    /// All of a signature that is the same in every message.
    template: Signature,
}

impl Signer {
    /// Signs as `selector` of `domain` with the private key in this text (PEM).
    ///
    /// # Errors
    /// There is no key in it to sign with.
    pub fn new(domain: &str, selector: &str, key: &str) -> Result<Self, KeyError> {
        let (key, _) = dkim_key::read(key)?;
        let template = Signature {
            v: 1,
            a: key.algorithm(),
            d: domain.to_owned(),
            s: selector.to_owned(),
            ch: Canonicalization::Relaxed,
            cb: Canonicalization::Relaxed,
            ..Signature::default()
        };
        Ok(Self { key, template })
    }

    /// The field, with its line end.
    fn field(
        &self,
        digest: &[u8],
        listed: &[&str],
        fields: &[Field<'_>],
        date: u64,
    ) -> Result<String, SignError> {
        let mut signature = self.template.clone();
        signature.t = date;
        signature.bh = digest.to_vec();
        signature.h = listed.iter().map(|name| (*name).to_owned()).collect();
        let signed = Signed {
            fields,
            signature: &signature,
        };
        signature.b = self
            .key
            .sign(signed)
            .map_err(|why| SignError(say!("message-key-fails", own = why.to_string())))?;
        Ok(folded(&signature.to_string()))
    }
}

/// The signatures of a campaign's messages.
pub struct Signing {
    signers: Vec<Signer>,
    /// Fields that no signature covers.
    left_out: Vec<String>,
}

impl Signing {
    /// Signs with each of these. `left_out`: header fields that the relay adds or replaces, which would
    /// make the signatures invalid; From is signed in any case (RFC 6376 §5.4).
    pub fn new(signers: Vec<Signer>, left_out: Vec<String>) -> Self {
        Self { signers, left_out }
    }

    /// About how many octets a signature adds to a message, if there is no key to make one with.
    pub fn octets(domain: &str, selector: &str) -> u64 {
        // Of an RSA key of 2048 bits, with the headers that most messages have.
        (790 + domain.len() + selector.len()) as u64
    }

    /// Puts the signatures in front of a message of this date.
    ///
    /// # Errors
    /// A key does not sign; what is signed so far stays off.
    pub fn sign(&self, content: &mut Content, date: Timestamp) -> Result<(), SignError> {
        // A panic in a library must cost one message, not the run.
        let front = guarded(|| self.signatures(content, date))
            .unwrap_or_else(|_| Err(SignError(say!("message-library-failed"))))?;
        gate::pass(format!("{front}\r\n").as_bytes()).map_err(|why| SignError(why.said()))?;
        content.put_in_front(front.as_bytes());
        Ok(())
    }

    fn signatures(&self, content: &Content, date: Timestamp) -> Result<String, SignError> {
        let incomplete = || SignError(gate::GateError::Incomplete.said());
        let date = u64::try_from(date.as_second()).unwrap_or(0);
        let end = memmem::find(&content.own, b"\r\n\r\n").ok_or_else(incomplete)? + 2;
        let header = content.own.get(..end).ok_or_else(incomplete)?;
        let (listed, fields) = chosen(&fields(header), &self.left_out);
        let digest = body_digest(content, end + 2);
        let mut front = String::new();
        for signer in &self.signers {
            front.push_str(&signer.field(&digest, &listed, &fields, date)?);
        }
        Ok(front)
    }
}

/// A header field: name, and value with its line end.
type Field<'m> = (&'m [u8], &'m [u8]);

struct Signed<'m> {
    fields: &'m [Field<'m>],
    signature: &'m Signature,
}

impl Writable for Signed<'_> {
    fn write(self, writer: &mut impl Writer) {
        Canonicalization::Relaxed.canonicalize_headers(self.fields.iter().copied(), writer);
        self.signature.write(writer, false);
    }
}

/// The fields of a header, from its first to its last.
fn fields(header: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::with_capacity(16);
    let mut from = 0;
    for end in memmem::find_iter(header, b"\r\n").map(|at| at + 2) {
        // A line that begins with a space goes on with the field.
        if matches!(header.get(end), Some(b' ' | b'\t')) {
            continue;
        }
        let field = header.get(from..end).unwrap_or_default();
        if let Some(colon) = memchr::memchr(b':', field) {
            fields.push((&field[..colon], &field[colon + 1..]));
        }
        from = end;
    }
    fields
}

/// What `h=` lists, and the fields that are meant by it, in the same order.
/// Of several of a name the last counts first (RFC 6376 §5.4.2).
fn chosen<'m>(all: &[Field<'m>], left_out: &[String]) -> (Vec<&'static str>, Vec<Field<'m>>) {
    let (mut listed, mut fields) = (Vec::with_capacity(32), Vec::with_capacity(16));
    for (name, how) in HEADERS {
        if name != "From" && left_out.iter().any(|out| out.eq_ignore_ascii_case(name)) {
            continue;
        }
        let named = all
            .iter()
            .rev()
            .filter(|(one, _)| one.eq_ignore_ascii_case(name.as_bytes()));
        let before = fields.len();
        fields.extend(named);
        let there = fields.len() - before;
        let more = match how {
            Listed::OneMore => 1,
            Listed::OneMoreIfThere => usize::from(there > 0),
            Listed::AsThere => 0,
        };
        listed.extend(std::iter::repeat_n(name, there + more));
    }
    (listed, fields)
}

/// The hash of the body, which begins at this place of the content's own octets.
fn body_digest(content: &Content, begin: usize) -> Vec<u8> {
    let mut body = BodyHasher::new(Sha256::hasher(), Canonicalization::Relaxed, 0);
    let mut pieces = content.pieces().peekable();
    let mut skip = begin;
    while let Some(piece) = pieces.next() {
        let piece = piece.get(skip..).unwrap_or_default();
        skip = 0;
        // Empty lines at the end do not count (RFC 6376 §3.4.4), nor do those of spaces alone, which
        // the library would count. No message ends in shared octets: behind them stands a boundary.
        let piece = if pieces.peek().is_none() {
            trimmed(piece)
        } else {
            piece
        };
        body.write(piece);
    }
    let (hash, _) = body.finish();
    hash.complete().as_ref().to_vec()
}

fn trimmed(piece: &[u8]) -> &[u8] {
    let end = piece
        .iter()
        .rposition(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
    piece.get(..end.map_or(0, |at| at + 1)).unwrap_or_default()
}

/// The field as it is written: what is signed has spaces where it may be
/// folded, and a folded field is signed as if it were not.
fn folded(signed: &str) -> String {
    let value = signed.strip_prefix(NAME.1).unwrap_or(signed);
    let mut field = String::with_capacity(value.len() + 64);
    field.push_str(NAME.0.trim_end());
    let mut column = field.len();
    for word in value.split(' ') {
        if column + 1 + word.len() > LINE {
            field.push_str("\r\n\t");
            column = 1 + word.len();
        } else {
            field.push(' ');
            column += 1 + word.len();
        }
        field.push_str(word);
    }
    field.push_str("\r\n");
    field
}

#[cfg(test)]
mod tests;
