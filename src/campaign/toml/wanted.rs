//! What a key takes, and what is there instead, in words.

use toml::de::DeValue;

use crate::words::{Arg, Said, say};

/// What the value of a key must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Text,
    Texts,
    Flag,
    /// From the one to the other.
    Number(u64, u64),
    Duration,
    Sheet,
    Table,
}

impl Wanted {
    /// The value of the key is not that.
    pub(super) fn not_given(self, key: &str, value: &DeValue<'_>) -> Said {
        if self.is_like(value) {
            say!("campaign-file-must-be", key = key, wanted = self.said())
        } else {
            say!(
                "campaign-file-must-be-but-is",
                key = key,
                wanted = self.said(),
                found = found(value)
            )
        }
    }

    /// Whether the value is of this kind, and wrong for another reason.
    fn is_like(self, value: &DeValue<'_>) -> bool {
        match self {
            Self::Text | Self::Duration => value.is_str(),
            Self::Texts => value.is_str() || value.is_array(),
            Self::Flag => value.is_bool(),
            Self::Number(..) => value.is_integer(),
            Self::Sheet => value.is_str() || value.is_integer(),
            Self::Table => value.is_table(),
        }
    }

    fn said(self) -> Said {
        match self {
            Self::Text => say!("campaign-file-wanted-text"),
            Self::Texts => say!("campaign-file-wanted-texts"),
            Self::Flag => say!("campaign-file-wanted-flag"),
            Self::Number(least, most) => say!(
                "campaign-file-wanted-number",
                least = Arg::plain(least),
                most = Arg::plain(most)
            ),
            Self::Duration => say!("campaign-file-wanted-duration"),
            Self::Sheet => say!("campaign-file-wanted-sheet"),
            Self::Table => say!("campaign-file-wanted-table"),
        }
    }
}

fn found(value: &DeValue<'_>) -> Said {
    match value {
        DeValue::String(_) => say!("campaign-file-found-text"),
        DeValue::Integer(_) => say!("campaign-file-found-number"),
        DeValue::Float(_) => say!("campaign-file-found-fraction"),
        DeValue::Boolean(_) => say!("campaign-file-found-flag"),
        DeValue::Datetime(_) => say!("campaign-file-found-date"),
        DeValue::Array(_) => say!("campaign-file-found-list"),
        DeValue::Table(_) => say!("campaign-file-found-table"),
    }
}
