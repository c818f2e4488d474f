//! Escaping values where they are filled in.
//!
//! The escaping depends on the template. In HTML, it is Tera's own. In a calendar file it depends
//! on the property, so values are marked, and the code that knows the properties escapes them. In
//! Markdown, every character that could have a meaning is sealed: it is replaced by a private
//! character that no parser takes for markup, and unsealed after the text is parsed. Backslashes
//! would not work: in code and in addresses they remain. The two ends of a value are marked
//! likewise ([`Seam`]): beside `**`, the first and last character of a value would decide whether
//! that is markup.

use std::io::{self, Write};

use tera::Tera;

use super::values::{self, Asked};
use super::{bounded, filters, marks, whole_rows};

/// What a template is, and so what is done to the values in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Escape {
    /// HTML when the file is called so (`.html`, `.htm`, `.xml`), else plain text.
    ByName,
    /// HTML, whatever it is called.
    Html,
    /// The same, with the values in it marked: see [`marks`].
    Styled,
    /// Markdown; values come out [`sealed`].
    Markdown,
    /// A calendar file; its values come marked, and its lines: see [`marks`].
    Calendar,
}

impl Escape {
    /// The one whose engine it is compiled in.
    pub(super) fn engine(self) -> Self {
        match self {
            Self::ByName | Self::Html => Self::ByName,
            Self::Styled | Self::Markdown | Self::Calendar => self,
        }
    }

    /// Whether a template of this name may contain HTML.
    pub(super) fn is_markup(self, name: &str) -> bool {
        match self {
            Self::ByName => [".html", ".htm", ".xml"]
                .iter()
                .any(|suffix| name.ends_with(suffix)),
            Self::Html | Self::Styled | Self::Markdown => true,
            Self::Calendar => false,
        }
    }

    /// What a template is called, so that Tera escapes in it what is to be escaped.
    pub(super) fn name(self, shown: &str) -> String {
        let by_name = [".html", ".htm", ".xml"].iter().any(|s| shown.ends_with(s));
        if matches!(self, Self::Html | Self::Styled) && !by_name {
            format!("{shown}.html")
        } else {
            shown.to_owned()
        }
    }
}

/// Tera has one way of escaping for all of its templates; so there are four.
pub(super) struct Engines {
    by_name: Tera,
    styled: Tera,
    markdown: Tera,
    calendar: Tera,
}

impl Engines {
    /// Engines that ask these columns for yes and no.
    pub(super) fn new(columns: &Asked) -> Self {
        let engine = |line_breaks| engine(line_breaks, columns);
        let escaping = |escape: Escaping, line_breaks| {
            let mut tera = engine(line_breaks);
            // Every name ends with nothing: all of them.
            tera.autoescape_on([""]);
            tera.set_escape_fn(escape);
            tera
        };
        let html = |text: &str| broken(text, tera::escape_html);
        let mut styled = engine(html);
        styled.set_escape_fn(marks::escape);
        Self {
            by_name: engine(html),
            styled,
            markdown: escaping(seal, |text| broken(text, seal)),
            calendar: escaping(marks::whole, |text| escaped(marks::whole, text)),
        }
    }
}

/// Writes a text so that it is harmless where it goes.
type Escaping = fn(&str, &mut dyn Write) -> io::Result<()>;

/// Tera with the filters it has not.
fn engine(line_breaks: fn(&str) -> String, columns: &Asked) -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera, line_breaks);
    values::register(&mut tera, columns);
    bounded::register(&mut tera);
    whole_rows::register(&mut tera);
    tera
}

fn escaped(escape: Escaping, text: &str) -> String {
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let _ = escape(text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// A text with its line breaks as HTML has them, in Markdown too; each line is escaped.
fn broken(text: &str, escape: Escaping) -> String {
    let text = text.replace("\r\n", "\n");
    let lines = text.split(['\n', '\r']).map(|line| escaped(escape, line));
    lines.collect::<Vec<_>>().join("<br>")
}

impl Engines {
    pub(super) fn of(&self, escape: Escape) -> &Tera {
        match escape {
            Escape::ByName | Escape::Html => &self.by_name,
            Escape::Styled => &self.styled,
            Escape::Markdown => &self.markdown,
            Escape::Calendar => &self.calendar,
        }
    }

    pub(super) fn of_mut(&mut self, escape: Escape) -> &mut Tera {
        match escape {
            Escape::ByName | Escape::Html => &mut self.by_name,
            Escape::Styled => &mut self.styled,
            Escape::Markdown => &mut self.markdown,
            Escape::Calendar => &mut self.calendar,
        }
    }
}

/// Sealed characters are those of ASCII, from here on. The end of the last
/// plane is for private use, and nobody's font or program is known to use it.
const SEAL: u32 = 0x0010_ff00;

/// A mark of a place in Markdown that is not text: a parser takes it for a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seam {
    /// A value begins here.
    Open = SEAL as isize + 0x80,
    /// A value ends here.
    Close = SEAL as isize + 0x81,
    /// What is markup beside it is not markup beside the next character.
    Joint = SEAL as isize + 0x82,
}

impl Seam {
    /// The one that this character is.
    pub fn of(c: char) -> Option<Self> {
        let all = [Self::Open, Self::Close, Self::Joint];
        all.into_iter().find(|seam| seam.mark() == c)
    }

    /// The character that it is.
    pub fn mark(self) -> char {
        char::from_u32(self as u32).unwrap_or_default()
    }
}

/// A text with every ASCII character that is not a letter or a digit sealed, and its ends marked.
fn seal(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = [0; 4];
    out.write_all(Seam::Open.mark().encode_utf8(&mut buffer).as_bytes())?;
    for c in text.chars() {
        let sealed = if c.is_ascii() && !c.is_ascii_alphanumeric() {
            char::from_u32(SEAL + u32::from(c)).unwrap_or(c)
        } else {
            c
        };
        out.write_all(sealed.encode_utf8(&mut buffer).as_bytes())?;
    }
    out.write_all(Seam::Close.mark().encode_utf8(&mut buffer).as_bytes())
}

/// The character that a sealed one stands for; `None` for one that is not sealed.
pub fn sealed(c: char) -> Option<char> {
    let offset = u32::from(c).checked_sub(SEAL)?;
    u8::try_from(offset).ok().filter(u8::is_ascii).map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_holds_no_markup_and_comes_back_whole() {
        let text = "*a* [b](c) <d> `e` \\f\n# g & \u{738b} 1. h | i ~j~ _k_ !";
        let hidden = escaped(seal, text);
        assert!(
            !hidden.contains(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()),
            "{hidden}"
        );
        let inside = hidden.chars().filter(|c| Seam::of(*c).is_none());
        let back: String = inside.map(|c| sealed(c).unwrap_or(c)).collect();
        assert_eq!(back, text);
    }
}
