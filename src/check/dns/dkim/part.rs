//! Records that hold only a part of a key: cut at the limit of a form or a string, or split into
//! two records.

use data_encoding::BASE64;

use crate::campaign::Problem;
use crate::message::PublicKey;

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
                let what = if joins(rest, &pieces) {
                    format!(
                        "the DKIM key of {name} is in {} records, and must be in one: the first ends after {} of {} characters",
                        texts.len(),
                        letters.len(),
                        ours.len()
                    )
                } else {
                    format!(
                        "the DKIM key of {name} is cut: it ends after {} of {} characters",
                        letters.len(),
                        ours.len()
                    )
                };
                Some(said(what))
            })
        }
        None => {
            let [record] = records else { return None };
            let letters = published(record)?;
            is_short(&letters).then(|| {
                said(format!(
                    "the DKIM key of {name} is cut: it ends after {} characters, in the middle",
                    letters.len()
                ))
            })
        }
    }
}

fn said(what: String) -> Problem {
    Problem::warning(format!("{what}; the signatures cannot be verified"))
        .code("dkim-record-cut")
        .help("publish it as one record, of strings of at most 255 characters, in the place of what is there")
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
