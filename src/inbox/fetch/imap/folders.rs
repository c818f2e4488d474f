//! The folders of a mailbox, and which of them a name means.

use super::frame::Frame;
use super::names::decoded;
use super::values::{Value, Values};

/// Folders that are remembered, at most.
pub(super) const MOST: usize = 10_000;

/// A folder of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// As it is on the wire.
    pub(super) wire: String,
    /// As people read it.
    pub(super) name: String,
    /// The separator between the names of a folder and of one within it.
    pub(super) delimiter: Option<String>,
    /// What it is for (RFC 6154): `\Sent`.
    pub(super) uses: Vec<String>,
    /// It holds no mails.
    pub(super) is_closed: bool,
}

/// What a folder is for, and what providers call it where they do not say so.
const USES: [(&str, &[&str]); 5] = [
    (
        "\\sent",
        &[
            "sent",
            "sent messages",
            "sent items",
            "sent mail",
            "已发送",
            "已发送邮件",
            "gesendet",
            "gesendete objekte",
            "envoyés",
            "отправленные",
            "送信済み",
            "送信済みメール",
        ],
    ),
    (
        "\\junk",
        &[
            "junk",
            "spam",
            "junk e-mail",
            "junk email",
            "bulk mail",
            "垃圾邮件",
            "spamverdacht",
            "courrier indésirable",
            "спам",
            "迷惑メール",
        ],
    ),
    (
        "\\trash",
        &[
            "trash",
            "deleted messages",
            "deleted items",
            "已删除",
            "已删除邮件",
            "papierkorb",
            "gelöschte objekte",
            "corbeille",
            "корзина",
            "ゴミ箱",
        ],
    ),
    ("\\archive", &["archive", "archives", "归档", "archiv", "архив"]),
    (
        "\\all",
        &["all mail", "所有邮件", "alle nachrichten", "tous les messages"],
    ),
];

/// The folder that an answer to LIST names.
pub(super) fn named(frame: &Frame) -> Option<Named> {
    let mut values = Values::of(&frame.octets);
    let star = values.next()?;
    let list = values.next()?.words();
    if star.words() != "*" || !(list.eq_ignore_ascii_case("LIST")) || values.next()? != Value::Open {
        return None;
    }
    let mut uses = Vec::new();
    loop {
        match values.next()? {
            Value::Close => break,
            Value::Open => return None,
            attribute @ (Value::Word(_) | Value::Text(_)) => uses.push(attribute.words().to_lowercase()),
        }
    }
    let delimiter = match values.next()? {
        Value::Text(text) => Some(String::from_utf8_lossy(&text).into_owned()),
        Value::Word(_) | Value::Open | Value::Close => None,
    };
    let wire = values.next()?.words();
    Some(Named {
        name: decoded(&wire),
        is_closed: uses
            .iter()
            .any(|used| used == "\\noselect" || used == "\\nonexistent"),
        wire,
        delimiter: delimiter.filter(|delimiter| !delimiter.is_empty()),
        uses,
    })
}

/// The folder that a name means: by its name in any case and with any delimiter, or by its use.
pub(super) fn meant<'f>(wanted: &str, folders: &'f [Named]) -> Option<&'f Named> {
    let open = || folders.iter().filter(|folder| !folder.is_closed);
    let folded = |name: &str| name.to_lowercase();
    let wanted = wanted.trim();
    let exactly = |folder: &&Named| folder.name == wanted || folder.wire == wanted;
    let nearly = |folder: &&Named| {
        let own = folded(&folder.name);
        let delimiter = folder.delimiter.as_deref().unwrap_or("/");
        own == folded(wanted)
            || own == folded(wanted).replace(['/', '.'], delimiter)
            || own
                == format!(
                    "inbox{delimiter}{}",
                    folded(wanted).replace(['/', '.'], delimiter)
                )
    };
    let uses = USES
        .iter()
        .find(|(what, names)| folded(wanted) == *what || names.contains(&folded(wanted).as_str()));
    open().find(exactly).or_else(|| open().find(nearly)).or_else(|| {
        let (what, names) = uses?;
        let last = |folder: &Named| {
            let delimiter = folder.delimiter.as_deref().unwrap_or("/");
            let name = folded(&folder.name);
            name.rsplit(delimiter).next().unwrap_or_default().to_owned()
        };
        open()
            .find(|folder| folder.uses.iter().any(|used| used == what))
            .or_else(|| open().find(|folder| names.contains(&last(folder).as_str())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[&str]) -> Vec<Named> {
        let frame = |line: &&str| Frame {
            octets: format!("{line}\r\n").into_bytes(),
            announced: 0,
        };
        lines.iter().map(|line| named(&frame(line)).unwrap()).collect()
    }

    #[test]
    fn folders_are_found_by_name_use_and_what_providers_call_them() {
        let gmail = list(&[
            r#"* LIST (\HasNoChildren) "/" "INBOX""#,
            r#"* LIST (\HasChildren \Noselect) "/" "[Gmail]""#,
            r#"* LIST (\HasNoChildren \Sent) "/" "[Gmail]/Gesendet""#,
            r#"* LIST (\HasNoChildren \Junk) "/" "[Gmail]/Spam""#,
        ]);
        let of = |wanted: &str, folders: &[Named]| meant(wanted, folders).map(|found| found.name.clone());
        assert_eq!(of("inbox", &gmail).unwrap(), "INBOX");
        assert_eq!(of("Sent", &gmail).unwrap(), "[Gmail]/Gesendet");
        assert_eq!(of("\\Sent", &gmail).unwrap(), "[Gmail]/Gesendet");
        assert_eq!(of("spam", &gmail).unwrap(), "[Gmail]/Spam");
        assert_eq!(of("[Gmail]", &gmail), None);
        let qq = list(&[
            r#"* LIST (\HasNoChildren) "/" "Sent Messages""#,
            r#"* LIST (\HasNoChildren) "/" "&XfJT0ZAB-""#,
            r#"* LIST (\HasNoChildren) "." INBOX.Bounces"#,
            "* LIST () \"/\" {7}\r\nodd (1)",
        ]);
        assert_eq!(of("sent", &qq).unwrap(), "Sent Messages");
        assert_eq!(of("已发送", &qq).unwrap(), "已发送");
        assert_eq!(of("bounces", &qq).unwrap(), "INBOX.Bounces");
        assert_eq!(of("inbox/bounces", &qq).unwrap(), "INBOX.Bounces");
        assert_eq!(of("odd (1)", &qq).unwrap(), "odd (1)");
        assert_eq!(of("Nowhere", &qq), None);
    }
}
