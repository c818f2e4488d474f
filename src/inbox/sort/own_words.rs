//! What a person wrote: without what they quote, and without a signature.

use crate::smtp::misleads;

use super::mail::Mail;
use super::returned::bounded;

/// What is read of a text.
const READ: usize = 32 * 1024;

/// Lines that are read: what a person wrote is at the top.
const MOST_LINES: usize = 300;

/// What is kept.
const KEPT: usize = 2000;

/// Beginnings of a line after which the quoted mail follows, in lower case.
const QUOTES: [&str; 34] = [
    "-----original message",
    "----- original message",
    "---- original message",
    "-----ursprüngliche nachricht",
    "----- ursprüngliche",
    "-------- ursprüngliche",
    "-------- original",
    "--------- original",
    "-----message d'origine",
    "-----mensaje original",
    "-----messaggio originale",
    "-----mensagem original",
    "-----oorspronkelijk",
    "-----исходное",
    "-------- исходное",
    "------------------ 原始邮件",
    "------------------ original",
    "-----原始邮件",
    "----- 原始邮件",
    "----------------原始邮件",
    "-----邮件原件",
    "-----元のメッセージ",
    "-----original",
    "________________________________",
    "begin forwarded message",
    "anfang der weitergeleiteten",
    "---------- forwarded message",
    "-------- forwarded message",
    "-------- weitergeleitete",
    "---------- 转发",
    "发自我的",
    "sent from my",
    "von meinem iphone gesendet",
    "envoyé de mon",
];

/// The beginning of a person's own words.
pub(super) fn of(mail: &Mail) -> String {
    let mut own = mail.own().filter(|part| part.is_prose());
    let plain = mail
        .own()
        .find(|part| part.is_prose() && part.kind != "text/html" && !part.text.trim().is_empty());
    let Some(part) = plain.or_else(|| own.find(|part| !part.text.trim().is_empty())) else {
        return String::new();
    };
    let mut kept = unquoted(bounded(&part.text, READ));
    kept.retain(|letter| letter == '\n' || !(misleads(letter) || letter.is_control()));
    bounded(kept.trim(), KEPT).trim_end().to_owned()
}

fn unquoted(text: &str) -> String {
    let mut kept = String::new();
    let lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
    for (number, line) in lines.iter().enumerate() {
        let trimmed = line.trim_end();
        let lower = trimmed.trim_start().to_lowercase();
        if trimmed == "--" || *line == "-- " || QUOTES.iter().any(|mark| lower.starts_with(mark)) {
            break;
        }
        let next = lines.iter().skip(number + 1).find(|next| !next.trim().is_empty());
        if lower.starts_with('>') || lower.starts_with('|') {
            continue;
        }
        if introduces(&lower, next.copied().unwrap_or_default()) || is_header(&lines, number) {
            break;
        }
        kept.push_str(trimmed);
        kept.push('\n');
    }
    kept
}

/// `On Monday, Ada wrote:`, in any language: a line that ends with a colon and has a date or an
/// address, before a quoted line.
fn introduces(line: &str, next: &str) -> bool {
    let is_quoted = next.trim_start().starts_with('>');
    let ends = line.ends_with(':') || line.ends_with('：');
    let wrote = [
        "wrote:",
        "schrieb:",
        "a écrit",
        "escribió:",
        "escreveu:",
        "ha scritto:",
        "写道",
        "寫道",
        "написал",
        "пишет:",
        "schreef",
        "skrev",
        "napisał",
        "пише:",
        "書きました",
        "のメール",
        "님이 작성",
    ]
    .iter()
    .any(|word| line.contains(word));
    let is_dated = line.bytes().filter(u8::is_ascii_digit).count() >= 3 || line.contains('@');
    (ends && is_quoted)
        || (wrote && is_dated)
        || (is_quoted && is_dated && line.len() < 200 && (ends || wrote))
}

/// The header that Outlook puts before what it quotes: three of its fields in a row.
fn is_header(lines: &[&str], number: usize) -> bool {
    let names = [
        "from:",
        "sent:",
        "to:",
        "subject:",
        "date:",
        "cc:",
        "von:",
        "gesendet:",
        "an:",
        "betreff:",
        "datum:",
        "de :",
        "de:",
        "envoyé :",
        "envoyé:",
        "à :",
        "à:",
        "objet :",
        "objet:",
        "enviado:",
        "para:",
        "asunto:",
        "assunto:",
        "da:",
        "inviato:",
        "a:",
        "oggetto:",
        "van:",
        "verzonden:",
        "aan:",
        "onderwerp:",
        "от:",
        "кому:",
        "тема:",
        "дата:",
        "отправлено:",
        "发件人",
        "收件人",
        "发送时间",
        "主题",
        "發件人",
        "寄件者",
        "主旨",
        "差出人",
        "送信日時",
        "宛先",
        "件名",
        "från:",
        "skickat:",
        "till:",
        "ämne:",
        "od:",
        "wysłano:",
        "do:",
        "temat:",
    ];
    let is_field = |line: &&&str| {
        let line = line.trim_start_matches(['*', ' ', '\u{200b}']).to_lowercase();
        names.iter().any(|name| line.starts_with(name))
    };
    let rest = lines.get(number..).unwrap_or_default();
    rest.first().as_ref().is_some_and(is_field) && rest.iter().take(5).filter(is_field).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_text(text: &str) -> String {
        of(&Mail::read(
            format!("Subject: x\nContent-Type: text/plain; charset=utf-8\n\n{text}").as_bytes(),
        ))
    }

    #[test]
    fn only_own_words_are_kept() {
        assert_eq!(
            of_text("Thanks!\n\nOn Mon, 2 Nov 2026, Ada wrote:\n> unsubscribe\n"),
            "Thanks!"
        );
        assert_eq!(of_text("Danke\n-- \nAda\nunsubscribe"), "Danke");
        assert_eq!(
            of_text("Ja\n\nVon: a@b.test\nGesendet: Montag\nAn: c@d.test\nBetreff: x\n\nmehr"),
            "Ja"
        );
        assert_eq!(of_text("> quoted\nmine\n> more"), "mine");
        assert_eq!(
            of_text("退订\n\n------------------ 原始邮件 ------------------\n发件人: x"),
            "退订"
        );
    }
}
