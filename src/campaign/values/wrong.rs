//! Why a text is not the value that was wanted.

use crate::words::{Said, Speak, say, spoken};

/// What is wrong with a text, and what to write instead. The two are shown
/// apart where there is room for a problem, and in one sentence elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub what: Said,
    /// What to do about it, where that is not said already.
    pub help: Option<Said>,
}

impl Wrong {
    /// What is wrong, without more to say.
    pub fn new(what: impl Into<Said>) -> Self {
        Self {
            what: what.into(),
            help: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Said>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Speak for Wrong {
    fn said(&self) -> Said {
        match &self.help {
            Some(help) => say!(
                "campaign-wrong-and-help",
                what = self.what.clone(),
                help = help.clone()
            ),
            None => self.what.clone(),
        }
    }
}

spoken!(Wrong);

impl std::error::Error for Wrong {}
