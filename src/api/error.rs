//! Why something failed.

use std::fmt;

use crate::campaign::Severity;
use crate::run::{End, Reason, RunError};

use super::checked::Finding;

/// Why nothing was sent, or why the record of what was sent is not complete.
///
/// It is shown as a sentence or, if several things are wrong, as all of them.
pub struct Error(RunError);

impl Error {
    /// How the run ended with it: [`End::Interrupted`] if messages may have been sent,
    /// [`End::NotNow`] if the same call may work later.
    pub fn end(&self) -> End {
        self.0.ended().end
    }

    /// Why, for programs.
    pub fn reason(&self) -> Reason {
        self.0.ended().reason
    }

    /// What is wrong with the campaign or its rows, one entry per problem.
    pub fn problems(&self) -> Vec<Finding> {
        if let RunError::Problems(problems) = &self.0 {
            return problems.0.iter().cloned().map(Finding::from).collect();
        }
        let RunError::Check(checked) = &self.0 else {
            return Vec::new();
        };
        let errors = checked.findings.iter();
        errors
            .filter(|finding| finding.problem.severity == Severity::Error)
            .map(Finding::from)
            .collect()
    }
}

impl From<RunError> for Error {
    fn from(error: RunError) -> Self {
        Self(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        if let RunError::Check(checked) = &self.0 {
            for finding in &checked.findings {
                if finding.problem.severity == Severity::Error {
                    write!(f, "\n{}", finding.problem)?;
                }
            }
        }
        Ok(())
    }
}

/// The same words: Rust prints them if `main` returns an error.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
