//! Records that hold only a part of a key: cut at the limit of a form or a string, or split into
//! two records.

use data_encoding::BASE64;

use crate::campaign::Problem;
use crate::message::PublicKey;
use crate::words::{Said, say};

use super::record::value;

/// What is said where a record ends too early.
pub(super) fn cut(
    name: &str,
    texts: &[String],
    records: &[String],
    key: Option<&PublicKey>,
) -> Option<Problem> {
    let pieces: Vec<String> = texts.iter().map(|text| piece(text)).collect();
    let published = |record: &String| value(record, "p").filter(|letters| !letters.is_empty());
    match key {
        Some(key) => {
            let forms = key.published();
            let whole = |record: &String| published(record).is_some_and(|letters| forms.contains(&letters));
            if records.iter().any(whole) {
                return None;
            }
            records.iter().filter_map(published).find_map(|letters| {
                let ours = forms
                    .iter()
                    .find(|form| form.starts_with(&letters) && form.len() > letters.len())?;
                let rest = ours.get(letters.len()..).unwrap_or_default();
                Some(said(if joins(rest, &pieces) {
                    say!(
                        "check-dkim-in-parts",
                        name = name,
                        records = texts.len(),
                        letters = letters.len(),
                        all = ours.len()
                    )
                } else {
                    say!(
                        "check-dkim-cut",
                        name = name,
                        letters = letters.len(),
                        all = ours.len()
                    )
                }))
            })
        }
        None => {
            let [record] = records else { return None };
            let letters = published(record)?;
            is_short(&letters).then(|| {
                said(say!(
                    "check-dkim-cut-inside",
                    name = name,
                    letters = letters.len()
                ))
            })
        }
    }
}

fn said(what: Said) -> Problem {
    Problem::warning(what)
        .code("dkim-record-cut")
        .help(say!("check-dkim-cut-hint"))
}

/// What a text adds to a key that goes on in it.
fn piece(text: &str) -> String {
    value(text, "p").unwrap_or_else(|| text.chars().filter(|c| !c.is_whitespace() && *c != '"').collect())
}

/// Whether these pieces, in some order, are the rest.
fn joins(rest: &str, pieces: &[String]) -> bool {
    rest.is_empty()
        || pieces.iter().filter(|piece| !piece.is_empty()).any(|piece| {
            rest.strip_prefix(piece.as_str())
                .is_some_and(|rest| joins(rest, pieces))
        })
}

/// Whether letters are less than the RSA key that they begin: it says its own length (X.690 §8.1.3).
fn is_short(letters: &str) -> bool {
    let whole = letters.len() - letters.len() % 4;
    let Some(Ok(octets)) = letters.get(..whole).map(|part| BASE64.decode(part.as_bytes())) else {
        return false;
    };
    let length = match octets.as_slice() {
        [0x30, 0x82, high, low, ..] => 4 + usize::from(*high) * 256 + usize::from(*low),
        [0x30, 0x81, length, ..] => 3 + usize::from(*length),
        _ => return false,
    };
    octets.len() < length
}
