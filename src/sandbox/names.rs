//! File names of captured messages: a number, whom the message is for, `.eml`.
//!
//! The recipient is what a client said, so it may contain anything; the name must be possible on
//! Windows, stay in its folder and look like what it is. Letters of every script are kept, because
//! people search for names. It is not reversible: the true address is in `envelopes.jsonl`.

/// Octets of a recipient in a file name; names of 255 are the common limit, and readers have eyes.
const NAME: usize = 120;

pub(super) fn temporary_name(number: u64) -> String {
    format!(".{number:06}.tmp")
}

/// `000001-ada@example.org.eml`. The number in front keeps clear of the names Windows reserves (CON,
/// NUL, …), the ending of its ban on a last dot or space.
pub fn file_name(number: u64, recipient: &str) -> String {
    let mut name = format!("{number:06}-");
    let room = name.len() + NAME;
    for character in recipient.chars() {
        let forbidden = character.is_control()
            || character.is_whitespace()
            || "<>:\"/\\|?*".contains(character)
            // Marks that change the direction of writing make a name look like another.
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        let shown = if forbidden { '_' } else { character };
        if name.len() + shown.len_utf8() > room {
            break;
        }
        name.push(shown);
    }
    name.push_str(".eml");
    name
}

/// The number in a name made by [`file_name`] or `temporary_name`.
pub fn number_of(name: &str) -> Option<u64> {
    let digits = match name.strip_prefix('.') {
        Some(rest) => rest.strip_suffix(".tmp")?,
        None => name.strip_suffix(".eml")?.split_once('-')?.0,
    };
    let is_number = (6..=12).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_everywhere() {
        assert_eq!(file_name(1, "ada@example.org"), "000001-ada@example.org.eml");
        assert_eq!(file_name(2, "王@例子.example"), "000002-王@例子.example.eml");
        assert_eq!(
            file_name(3, "\"a/b\\c: d\"@example.org"),
            "000003-_a_b_c__d_@example.org.eml"
        );
        assert_eq!(file_name(4, "CON"), "000004-CON.eml");
        assert_eq!(file_name(5, "../../etc"), "000005-.._.._etc.eml");
        assert_eq!(file_name(1_234_567, "a\u{202e}\u{7}b"), "1234567-a__b.eml");
        let long = file_name(6, &"é".repeat(300));
        assert!(long.len() <= 7 + NAME + 4 && long.ends_with("é.eml"), "{long}");
        for recipient in ["ada@example.org", "é", "a-b"] {
            assert_eq!(number_of(&file_name(42, recipient)), Some(42));
        }
        assert_eq!(number_of(&temporary_name(7)), Some(7));
    }

    #[test]
    fn other_names_are_not_ours() {
        for name in [
            "report.eml",
            "1-a.eml",
            "00000x-a.eml",
            "000001-a.txt",
            ".tmp",
            ".lock",
            "000001.eml",
        ] {
            assert_eq!(number_of(name), None, "{name}");
        }
    }
}
