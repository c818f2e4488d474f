//! The sender of a new campaign.

use crate::recipients::typed_mailbox;
use crate::words::{Said, say};

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sender {
    pub(super) name: Option<String>,
    pub(super) address: String,
}

impl Sender {
    /// A mailbox as people type it.
    ///
    /// # Errors
    /// Why it is not one.
    pub(super) fn of(text: &str) -> Result<Self, Said> {
        // What fills in values has no row here.
        if text.contains("{{") || text.contains("{%") {
            return Err(say!("cli-new-sender-template"));
        }
        let (name, address) =
            typed_mailbox(text).map_err(|why| say!("cli-new-no-sender", text = text, why = why))?;
        Ok(Self {
            name,
            address: address.to_string(),
        })
    }

    /// As a campaign file has it.
    pub(super) fn text(&self) -> String {
        let address = &self.address;
        match &self.name {
            None => address.clone(),
            Some(name) if name.contains(|c: char| "()<>[]:;@\\,.\"".contains(c)) => {
                let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
                format!("\"{quoted}\" <{address}>")
            }
            Some(name) => format!("{name} <{address}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_read_as_people_write_it() {
        for (typed, text) in [
            ("李老师 <teacherli@163.com>", "李老师 <teacherli@163.com>"),
            ("李老师＜teacherli@163.com＞", "李老师 <teacherli@163.com>"),
            ("“李老师” <teacherli@163.com>", "李老师 <teacherli@163.com>"),
            (" teacherli@163.com ", "teacherli@163.com"),
            (
                "Lovelace, Ada <ada@uni.example>",
                "\"Lovelace, Ada\" <ada@uni.example>",
            ),
            ("ada@uni.example (Ada Lovelace)", "Ada Lovelace <ada@uni.example>"),
        ] {
            let read = Sender::of(typed).map(|sender| sender.text());
            assert_eq!(read.as_deref(), Ok(text), "{typed}");
        }
        for wrong in [
            "",
            "李老师",
            "teacherli@",
            "a@b.example, c@d.example",
            "{{ from }}",
        ] {
            assert!(Sender::of(wrong).is_err(), "{wrong}");
        }
    }
}
