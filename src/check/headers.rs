//! What filters and receivers object to in the header: a reply to nothing, a subject in capitals, a
//! sender that takes no replies, and a part of the headers of a mailing list.

use crate::campaign::{MessagePlan, Problem, Text};
use crate::table::Header;
use crate::words::say;

use super::source::{Kind, Source};

/// What replies and forwarded messages begin with, in the languages that have a word of their own.
const REPLIES: [&str; 16] = [
    "re", "aw", "wg", "fw", "fwd", "sv", "antw", "odp", "回复", "答复", "回覆", "答覆", "转发", "轉發",
    "轉寄", "转寄",
];

/// Characters of such a word, its count and its colon.
const LONGEST_REPLY: usize = 12;

/// Words of a sender that takes no replies, without the characters between them.
const NO_REPLY: [&str; 17] = [
    "noreply",
    "donotreply",
    "dontreply",
    "nichtantworten",
    "keineantwort",
    "nepasrepondre",
    "noresponder",
    "nonrispondere",
    "noresponda",
    "naoresponda",
    "nocontestar",
    "nietbeantwoorden",
    "nieodpowiadaj",
    "svaraej",
    "svarainte",
    "antwortennicht",
    "wuhuifu",
];

/// Letters of a subject that shouts, and the long words in it.
const SHOUTED: usize = 15;
const LONG_WORDS: usize = 2;
const LONG_WORD: usize = 5;

pub(super) fn findings(message: &MessagePlan, header: &Header) -> Vec<Problem> {
    let subject = Source::of(message.subject.place.clone(), Kind::Line, header);
    [
        fake_reply(message, &subject),
        shouting(message, &subject),
        no_reply(message),
        list_id(message),
        one_click(message),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A header field that the campaign writes by itself.
fn by_hand<'m>(message: &'m MessagePlan, name: &str) -> Option<&'m Text> {
    let mut headers = message.headers.iter();
    let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, text)| text)
}

fn fake_reply(message: &MessagePlan, subject: &Source) -> Option<Problem> {
    let answers = by_hand(message, "In-Reply-To").or_else(|| by_hand(message, "References"));
    let word = reply_word(subject.text()).filter(|_| answers.is_none())?;
    Some(
        Problem::warning(say!("check-fake-reply", word = word))
            .code("fake-reply")
            .at(message.subject.place.clone())
            .help(say!("check-fake-reply-hint", word = word)),
    )
}

/// `Re:`, `AW[2]:`, `回复：` at the beginning.
fn reply_word(subject: &str) -> Option<&str> {
    let subject = subject.trim_start();
    let (at, colon) = subject
        .char_indices()
        .take(LONGEST_REPLY)
        .find(|(_, c)| matches!(c, ':' | '：'))?;
    let word = subject.get(..at)?.trim_end();
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()^*".contains(c));
    let known = REPLIES.contains(&bare.trim_end().to_lowercase().as_str());
    subject.get(..at + colon.len_utf8()).filter(|_| known)
}

fn shouting(message: &MessagePlan, subject: &Source) -> Option<Problem> {
    // What values fill in is not known.
    let text = subject.without_tags(' ');
    let currency = text.chars().find(
        |c| matches!(c, '$' | '¢'..='¥' | '฿' | '\u{20a0}'..='\u{20cf}' | '＄' | '￠' | '￡' | '￥' | '￦'),
    );
    let what = if is_shouted(&text) {
        say!("check-shouting")
    } else {
        say!("check-currency", sign = currency?)
    };
    Some(
        Problem::warning(what)
            .code("shouting-subject")
            .at(message.subject.place.clone())
            .help(say!("check-shouting-hint")),
    )
}

/// Whether words that are not names or abbreviations are written in capitals.
fn is_shouted(text: &str) -> bool {
    let cased = |c: &char| c.is_uppercase() || c.is_lowercase();
    // Chinese does not shout, and the names in it are written as they are.
    if text.chars().any(|c| c.is_alphabetic() && !cased(&c)) {
        return false;
    }
    let letters: Vec<char> = text.chars().filter(cased).collect();
    // `THINKPAD X1`, `INTERSPEECH/ICASSP`: names and codes are written in capitals.
    let code = |word: &str| {
        word.contains('/')
            || word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic)
    };
    let wanted = LONG_WORDS + usize::from(text.split_whitespace().any(code));
    let long = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().filter(cased).count() >= LONG_WORD);
    letters.len() >= SHOUTED && letters.iter().all(|c| c.is_uppercase()) && long.count() >= wanted
}

fn no_reply(message: &MessagePlan) -> Option<Problem> {
    let sender = takes_none(&message.from.value)?;
    let replies = message.reply_to.as_ref();
    if replies.is_some_and(|text| takes_none(&text.value).is_none()) {
        return None;
    }
    Some(
        Problem::warning(say!("check-no-reply", sender = sender))
            .code("no-reply-sender")
            .at(message.from.place.clone())
            .help(say!("check-no-reply-hint")),
    )
}

/// The local part of a mailbox, where it says that it takes no answers.
fn takes_none(mailbox: &str) -> Option<&str> {
    let address = mailbox.rsplit_once('<').map_or(mailbox, |(_, address)| address);
    let (local, _) = address.rsplit_once('@')?;
    let local = local.trim();
    let bare: String = local
        .chars()
        .filter(|c| !matches!(c, '-' | '_' | '.' | '+'))
        .flat_map(char::to_lowercase)
        .collect();
    let says = NO_REPLY.iter().any(|word| bare.contains(word));
    (says && !local.contains('{')).then_some(local)
}

fn list_id(message: &MessagePlan) -> Option<Problem> {
    let by_hand = |name| by_hand(message, name);
    let place = match &message.unsubscribe {
        Some(plan) => plan.url.as_ref().or(plan.mailto.as_ref()).map(|text| &text.place),
        None => by_hand("List-Unsubscribe").map(|text| &text.place),
    }?;
    if by_hand("List-Id").is_some() || !message.dkim.is_empty() {
        return None;
    }
    Some(
        Problem::warning(say!("check-list-id"))
            .code("list-id-missing")
            .at(place.clone())
            .help(say!("check-list-id-hint")),
    )
}

/// RFC 8058 §3.1: both fields, or it is no one-click unsubscription.
fn one_click(message: &MessagePlan) -> Option<Problem> {
    let written = by_hand(message, "List-Unsubscribe")?;
    let web = written.value.to_ascii_lowercase().contains("<https:");
    let (place, what) = match by_hand(message, "List-Unsubscribe-Post") {
        None if web => (&written.place, say!("check-one-click-no-post")),
        Some(post) if !web => (&post.place, say!("check-one-click-no-page")),
        Some(post) if !is_one_click(&post.value) => (&post.place, say!("check-one-click-other")),
        None | Some(_) => return None,
    };
    Some(
        Problem::warning(what)
            .code("one-click-by-hand")
            .at(place.clone())
            .help(say!("check-one-click-hint"))
            .help(say!("check-one-click-post-hint")),
    )
}

/// RFC 8058 §3.1: this value and no other. One that is filled in is not known.
fn is_one_click(value: &str) -> bool {
    value.contains('{') || value.trim().eq_ignore_ascii_case("List-Unsubscribe=One-Click")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_known_by_its_first_word() {
        for subject in [
            "Re: Room change",
            "RE:Room",
            "re[2]: x",
            "Aw: x",
            "AW : x",
            "WG: x",
            "Fwd: x",
            "FW: x",
            "Sv: x",
            "回复：通知",
            "回复:通知",
            "答复: x",
            "转发：通知",
            "  Re: {{ name }}",
            "Re (3): x",
        ] {
            assert!(reply_word(subject).is_some(), "{subject}");
        }
        for subject in [
            "Regarding: x",
            "Re-opening: x",
            "Result: x",
            "Room 5: x",
            "Reminder: x",
            "{{ kind }}: x",
            "通知：回复",
            "Ref: 123",
            "Report",
            "Re",
            "回复截止：周五",
            "",
        ] {
            assert_eq!(reply_word(subject), None, "{subject}");
        }
    }

    #[test]
    fn capitals_are_counted_where_there_are_any() {
        for text in [
            "URGENT MEETING TODAY",
            "NOTICE OF ROOM CHANGE",
            "FINAL INVITATION 2026",
            "URGENT MEETING TODAY IN B12",
            "СРОЧНОЕ СОБРАНИЕ",
            "EINLADUNG ZUR VERSAMMLUNG!",
        ] {
            assert!(is_shouted(text), "{text}");
        }
        for text in [
            "ICML 2026 CFP",
            "CS 101: ROOM B12",
            "Room change",
            "通知：教室变更",
            "DGPS 2027 CFP",
            "BIOL-101 / CHEM-102",
            "INTERSPEECH/ICASSP 2026 CFP",
            "LENOVO THINKPAD X1",
            "UNESCO",
            "COMSOL MULTIPHYSICS 软件培训通知",
            "【AUTOCAD / SOLIDWORKS】上机安排",
            "",
        ] {
            assert!(!is_shouted(text), "{text}");
        }
    }

    #[test]
    fn a_sender_says_that_it_takes_no_answers() {
        for from in [
            "no-reply@uni.example",
            "Uni <noreply@uni.example>",
            "do_not_reply@uni.example",
            "news.no.reply@uni.example",
            "nicht-antworten@uni.example",
        ] {
            assert!(takes_none(from).is_some(), "{from}");
        }
        for from in [
            "reply@uni.example",
            "norah.eply@uni.example",
            "office@noreply.example",
            "{{ x }}",
        ] {
            assert_eq!(takes_none(from), None, "{from}");
        }
    }
}
