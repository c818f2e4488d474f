//! What becomes an argument of a sentence by itself.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::said::{Arg, Said, Speak};

impl From<&str> for Arg {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<String> for Arg {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<&String> for Arg {
    fn from(words: &String) -> Self {
        Self::Text(words.clone())
    }
}

impl From<&Path> for Arg {
    fn from(path: &Path) -> Self {
        Self::Text(path.display().to_string())
    }
}

impl From<char> for Arg {
    fn from(c: char) -> Self {
        Self::Text(c.to_string())
    }
}

impl From<Said> for Arg {
    fn from(said: Said) -> Self {
        Self::Said(said)
    }
}

impl<T: Speak> From<&T> for Arg {
    fn from(speaker: &T) -> Self {
        Self::Said(speaker.said())
    }
}

impl From<u64> for Arg {
    fn from(n: u64) -> Self {
        Self::Count(n)
    }
}

impl From<u32> for Arg {
    fn from(n: u32) -> Self {
        Self::Count(n.into())
    }
}

impl From<usize> for Arg {
    fn from(n: usize) -> Self {
        Self::Count(n as u64)
    }
}

impl From<Duration> for Arg {
    fn from(time: Duration) -> Self {
        Self::Time(time)
    }
}

impl From<Timestamp> for Arg {
    fn from(when: Timestamp) -> Self {
        Self::Minute(when)
    }
}
