//! The links of a template with their contents: the words and pictures that a reader follows.

use std::ops::Range;

use html5gum::emitters::default::StartTag;

/// A link, from the beginning of its tag to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) span: Range<usize>,
    /// Where its address stands.
    pub(super) address: Range<usize>,
    /// The words between its tags, with `x` for what values fill in.
    pub(super) words: String,
    /// It says something: words, values, the `alt` of a picture, a name for those who do not see it.
    pub(super) speaks: bool,
    /// Where its first picture with an empty `alt` stands.
    pub(super) silent: Option<Range<usize>>,
    /// A picture in it has no `alt` at all: `image-without-alt` reports that.
    pub(super) without_alt: bool,
}

/// Those that were met.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    pub(super) all: Vec<Anchor>,
    /// The last one has no end yet.
    open: bool,
}

impl Anchors {
    /// A tag comes by; `address`: where that of a link stands.
    pub(super) fn start(&mut self, tag: &StartTag<usize>, address: impl FnOnce() -> Option<Range<usize>>) {
        let says = |wanted: &[u8]| {
            let said = tag.attributes.iter().find(|(name, _)| name[..] == *wanted);
            said.map(|(_, said)| says(&said.value))
        };
        let named = says(b"aria-label") == Some(true) || says(b"title") == Some(true);
        if tag.name[..] == *b"a" {
            // A link is in no other: the one before ends here.
            self.close(tag.span.start);
            if let Some(address) = address() {
                self.open = true;
                self.all.push(Anchor {
                    span: tag.span.start..tag.span.end,
                    address,
                    words: String::new(),
                    speaks: named,
                    silent: None,
                    without_alt: false,
                });
            }
            return;
        }
        let Some(anchor) = self.all.last_mut().filter(|_| self.open) else {
            return;
        };
        anchor.speaks |= named;
        if tag.name[..] == *b"img" {
            match says(b"alt") {
                Some(true) => anchor.speaks = true,
                Some(false) if anchor.silent.is_none() => {
                    anchor.silent = Some(tag.span.start..tag.span.end);
                }
                Some(false) => {}
                None => anchor.without_alt = true,
            }
        }
    }

    /// A text comes by.
    pub(super) fn text(&mut self, text: &[u8]) {
        if let Some(anchor) = self.all.last_mut().filter(|_| self.open) {
            anchor.speaks |= says(text);
            anchor.words.push_str(&String::from_utf8_lossy(text));
        }
    }

    /// An end tag comes by, which ends here.
    pub(super) fn end(&mut self, name: &[u8], at: usize) {
        if name == b"a" {
            self.close(at);
        }
    }

    fn close(&mut self, at: usize) {
        if let Some(anchor) = self.all.last_mut().filter(|_| self.open) {
            anchor.span.end = at;
        }
        self.open = false;
    }
}

/// Whether a reader sees anything of a text: neither blanks nor what keeps words apart unseen.
fn says(text: &[u8]) -> bool {
    String::from_utf8_lossy(text).contains(|c: char| {
        !(c.is_whitespace()
            || matches!(
                c,
                '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
            ))
    })
}
