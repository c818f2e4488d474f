//! Requests to leave: mail to an address for it, and people's own words.

use super::answers::PHRASES;
use super::fields::Fields;
use super::phrases::Text;

/// A request is short; longer mail that has such words speaks of something else.
const LONGEST: usize = 240;

/// Local parts of addresses that mail programs write to when a person leaves, RFC 2369.
const ADDRESSES: [&str; 8] = [
    "unsubscribe",
    "unsub",
    "leave",
    "optout",
    "opt-out",
    "remove",
    "signoff",
    "list-unsubscribe",
];

/// The fact by which a mail asks to leave.
pub(super) fn request(fields: &Fields, to: &[String], words: &str) -> Option<String> {
    if fields.first("x-apple-unsubscribe") == Some("true") {
        return Some("X-Apple-Unsubscribe".to_owned());
    }
    let subject = fields.first("subject").unwrap_or_default();
    if let Some(address) = to.iter().find(|address| is_for_leaving(address)) {
        // A person may write to it about something else.
        let answers = fields.has("in-reply-to") && !is_alone(subject) && !is_alone(words);
        let is_about_else = answers && words.len() > LONGEST;
        if !is_about_else && !refuses(words) {
            return Some(format!(
                "to {}",
                address.split(['@', '+']).next().unwrap_or_default()
            ));
        }
    }
    if fields.has("list-unsubscribe") || fields.has("list-id") {
        return None;
    }
    let refuses = refuses(words) || refuses(subject);
    if refuses {
        return None;
    }
    if is_alone(subject) && words.len() <= LONGEST {
        return Some(format!("subject: {}", bare(subject)));
    }
    let words = words.trim();
    if is_alone(words) {
        return Some(format!("words: {}", bare(words)));
    }
    let first = words.lines().next().unwrap_or_default();
    if is_alone(first) && words.len() <= LONGEST {
        return Some(format!("words: {}", bare(first)));
    }
    if words.len() > LONGEST || words.contains("http") {
        return None;
    }
    let text = Text::of(words);
    let phrase = text.first(&PHRASES.leave.asks)?;
    Some(format!("words: {}", phrase.shown()))
}

fn is_for_leaving(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default().to_ascii_lowercase();
    ADDRESSES.iter().any(|known| {
        local
            .strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['+', '-', '=', '_', '.']))
            || local
                .strip_suffix(known)
                .is_some_and(|rest| rest.ends_with(['+', '-', '_', '.']))
    })
}

fn refuses(words: &str) -> bool {
    let text = Text::of(words.get(..words.floor_char_boundary(2000)).unwrap_or(words));
    text.first(&PHRASES.leave.not).is_some()
}

/// Whether a text is nothing but a word for leaving, and a token or an address after it.
fn is_alone(text: &str) -> bool {
    let plain = bare(text);
    let is_known = |text: &str| PHRASES.leave.alone.iter().any(|known| known.shown() == text);
    if plain.is_empty() || plain.len() > 120 {
        return false;
    }
    if is_known(&plain) {
        return true;
    }
    let (first, rest) = plain.split_once(' ').unwrap_or((&plain, ""));
    let mut others = rest.split(' ');
    is_known(first)
        && first.len() > 3
        && others.all(|word| {
            word.contains('@')
                || (word.len() >= 16
                    && word
                        .bytes()
                        .all(|octet| octet.is_ascii_alphanumeric() || b".:=-_+".contains(&octet)))
        })
}

/// A text in one line, in lower case, without marks of answering and punctuation around it.
fn bare(text: &str) -> String {
    let folded = Text::of(text);
    let mut plain = folded.as_str();
    for prefix in [
        "re:", "aw:", "fwd:", "fw:", "wg:", "sv:", "tr:", "回复:", "答复:", "转发:",
    ] {
        plain = plain.strip_prefix(prefix).unwrap_or(plain).trim_start();
    }
    let around = |letter: char| {
        letter.is_ascii_punctuation() && letter != '@'
            || "！。，、…“”「」".contains(letter)
            || letter.is_whitespace()
    };
    let polite = [
        "please",
        "thanks",
        "thank you",
        "bitte",
        "danke",
        "por favor",
        "gracias",
        "merci",
        "s'il vous plaît",
        "svp",
        "grazie",
        "per favore",
        "obrigado",
        "пожалуйста",
        "спасибо",
        "谢谢",
        "請",
        "请",
    ];
    plain = plain.trim_matches(around);
    for word in polite {
        plain = plain
            .strip_suffix(word)
            .or_else(|| plain.strip_prefix(word))
            .unwrap_or(plain)
            .trim_matches(around);
    }
    plain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(subject: &str, words: &str) -> bool {
        let fields = Fields::of_text(&format!("From: a@b.test\nSubject: {subject}\n"));
        request(&fields, &["list@x.test".to_owned()], words).is_some()
    }

    #[test]
    fn short_words_of_ones_own_ask_to_leave() {
        for words in [
            "Unsubscribe!",
            "TD",
            "退订。",
            "Please remove me from this list.",
            "Bitte melden Sie mich ab. Danke",
            "STOP\n\nAda",
            "unsubscribe 6epowqekezvtklllzfl4mtutmo",
        ] {
            assert!(asks("Re: News", words), "{words}");
        }
        assert!(asks("unsubscribe", "") && asks("Re: 取消订阅", "谢谢"));
        for words in [
            "Please do not unsubscribe me!",
            "How do I unsubscribe?",
            "The unsubscribe link is broken.",
            "我没有退订，请继续发",
            "I will stop by at TD bank.",
            "Fine.",
        ] {
            assert!(!asks("Re: News", words), "{words}");
        }
    }

    #[test]
    fn mail_to_the_address_for_leaving_asks() {
        let fields = Fields::of_text("From: a@b.test\nSubject: x\n");
        assert!(request(&fields, &["leave+abc@x.test".to_owned()], "").is_some());
        assert!(request(&fields, &["leaves@x.test".to_owned()], "").is_none());
    }
}
