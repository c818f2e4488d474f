//! Why a text is not the value that was wanted.

use std::fmt;

/// What is wrong with a text, and what to write instead. The two are shown
/// apart where there is room for a problem, and in one sentence elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Wrong {
    /// What is wrong.
    pub what: String,
    /// What to do about it, where that is not said already.
    pub help: Option<String>,
}

impl Wrong {
    /// What is wrong, without more to say.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            help: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}
