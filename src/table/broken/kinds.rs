//! The ways in which a text is broken.

/// What is the matter with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A formula failed.
    Formula,
    /// A value was not there yet.
    Loading,
    /// A column was too narrow for its numbers.
    Narrow,
    /// A number as 4.20106E+17: the digits behind are lost.
    Digits,
    /// It holds U+FFFD, which stands for what was lost.
    Lost,
    /// Letters that were read in another encoding; what was meant, U+FFFD where that is lost.
    Misread(String),
    /// `&uuml;`; what it stands for.
    Entities(String),
    /// `=?UTF-8?B?…?=`; what it stands for.
    EncodedWord(String),
}
