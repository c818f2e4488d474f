//! Greetings without a name: `Dear ,`, `Hello None,`, `尊敬的：`.

use crate::table::cell::NOTHING;
use memchr::memmem::Finder;

/// A word that greets.
#[derive(Debug, Clone, Copy)]
struct Greeting {
    word: &'static str,
    /// Without a name after it, it is a greeting all the same (`Hello,`), so
    /// only a blank before the mark tells that one was to come.
    whole: bool,
    /// The language puts a blank before `!` and `:`.
    french: bool,
}

const fn named(word: &'static str) -> Greeting {
    Greeting {
        word,
        whole: false,
        french: false,
    }
}

const fn whole(word: &'static str) -> Greeting {
    Greeting {
        word,
        whole: true,
        french: false,
    }
}

const GREETINGS: [Greeting; 33] = [
    named("Dear"),
    whole("Hello"),
    whole("Hi"),
    whole("Hey"),
    whole("Good morning"),
    whole("Good afternoon"),
    whole("Good evening"),
    named("Liebe"),
    named("Lieber"),
    named("Liebe/r"),
    named("Sehr geehrte"),
    named("Sehr geehrter"),
    named("Sehr geehrte Frau"),
    named("Sehr geehrter Herr"),
    whole("Hallo"),
    whole("Guten Tag"),
    named("Cher"),
    named("Chère"),
    Greeting {
        word: "Bonjour",
        whole: true,
        french: true,
    },
    named("Estimado"),
    named("Estimada"),
    whole("Hola"),
    named("Gentile"),
    whole("Ciao"),
    named("Caro"),
    named("Cara"),
    whole("Olá"),
    named("Beste"),
    named("Kära"),
    named("Hej"),
    named("尊敬的"),
    named("亲爱的"),
    whole("Здравствуйте"),
];

/// The greetings of one part of the message that have a value after them, for
/// finding out for whom they greet nobody.
#[derive(Debug, Default)]
pub(super) struct Greetings(Vec<(Greeting, Finder<'static>)>);

impl Greetings {
    /// Adds the greeting that ends here, right before a value.
    pub(super) fn note(&mut self, before: &str) {
        let before = before.trim_end();
        let ending = GREETINGS
            .iter()
            .filter(|greeting| before.strip_suffix(greeting.word).is_some_and(begins_line));
        for greeting in ending {
            if !self.0.iter().any(|(known, _)| known.word == greeting.word) {
                self.0.push((*greeting, Finder::new(greeting.word)));
            }
        }
    }

    /// The first greeting of this text that greets nobody.
    pub(super) fn of_nobody(&self, text: &str) -> Option<String> {
        self.0
            .iter()
            .flat_map(|(greeting, finder)| {
                finder
                    .find_iter(text.as_bytes())
                    .filter_map(|at| judged(*greeting, text, at))
            })
            .next()
            .map(|(_, shown)| shown)
    }
}

/// Greetings of nobody in text that is the same for everybody: where, and as
/// it would be read.
pub(super) fn in_text(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let found = GREETINGS.iter().flat_map(|greeting| {
        text.match_indices(greeting.word)
            .filter_map(|(at, _)| judged(*greeting, text, at).map(|(end, shown)| (at..end, shown)))
    });
    found.min_by_key(|(span, _)| span.start)
}

/// Whether the greeting at `at` greets nobody: where it ends, and its words.
fn judged(greeting: Greeting, text: &str, at: usize) -> Option<(usize, String)> {
    if !begins_line(text.get(..at)?) {
        return None;
    }
    let start = at + greeting.word.len();
    let (mut end, blank) = skipped(text, start);
    let mut nothing = "";
    if blank
        && let Some(found) = NOTHING
            .iter()
            .find(|word| text.get(end..).is_some_and(|rest| rest.starts_with(**word)))
    {
        nothing = found;
        end = skipped(text, end + found.len()).0;
    }
    let mark = text.get(end..)?.chars().next()?;
    if !matches!(mark, ',' | '!' | ':' | '，' | '！' | '：') {
        return None;
    }
    let after = end + mark.len_utf8();
    let rest = text.get(after..)?;
    // `Liebe, Glaube, Hoffnung` is not a greeting.
    let ends_line = rest
        .trim_start_matches([' ', '\t', '\r'])
        .starts_with(['\n', '<'])
        || rest.trim().is_empty();
    let bare = match nothing {
        "" if greeting.whole => blank && !(greeting.french && mark != ','),
        "" => blank || ends_line,
        _ => true,
    };
    let shown = match nothing {
        "" if blank => format!("{} {mark}", greeting.word),
        "" => format!("{}{mark}", greeting.word),
        nothing => format!("{} {nothing}{mark}", greeting.word),
    };
    (bare && (ends_line || matches!(mark, ',' | '，'))).then_some((after, shown))
}

/// Whether only blanks precede this on its line (or in its element).
fn begins_line(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t', '\u{a0}', '\u{3000}']);
    before.is_empty() || before.ends_with(['\n', '>'])
}

/// Past blanks and elements of HTML; and whether there were any blanks.
fn skipped(text: &str, from: usize) -> (usize, bool) {
    let (mut at, mut blank) = (from, false);
    while let Some(rest) = text.get(at..) {
        if let Some(c) = rest.chars().next().filter(|c| matches!(c, ' ' | '\t' | '\u{a0}')) {
            at += c.len_utf8();
            blank = true;
        } else if rest.starts_with("&nbsp;") {
            at += "&nbsp;".len();
            blank = true;
        } else if rest.starts_with('<')
            && let Some(end) = rest.find('>')
        {
            at += end + 1;
        } else {
            break;
        }
    }
    (at, blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_of_nobody_is_told_from_one_without_a_name() {
        for (text, shown) in [
            ("Dear ,\n", "Dear ,"),
            ("Dear,\n", "Dear,"),
            ("\r\n  Dear  ,\r\nthe room", "Dear ,"),
            ("<p>Dear <b></b>,</p>", "Dear ,"),
            ("<p>Dear&nbsp;,</p>", "Dear ,"),
            ("Dear None,", "Dear None,"),
            ("Dear null,\n", "Dear null,"),
            ("Hello ,\n", "Hello ,"),
            ("Hi !\n", "Hi !"),
            ("Hello NaN!\n", "Hello NaN!"),
            ("Liebe ,\n", "Liebe ,"),
            ("Sehr geehrte Frau ,\n", "Sehr geehrte Frau ,"),
            ("Bonjour ,\n", "Bonjour ,"),
            ("尊敬的，\n", "尊敬的，"),
            ("亲爱的：\n", "亲爱的："),
        ] {
            let found = in_text(text).map(|(_, shown)| shown);
            assert_eq!(found.as_deref(), Some(shown), "{text:?}");
        }
        for fine in [
            "Dear Ada,\n",
            "Dear all,\n",
            "Hello,\n",
            "Hi!\n",
            "Hello: a word\n",
            "Bonjour !\n",
            "Guten Tag,\n",
            "Liebe, Glaube, Hoffnung\n",
            "My Dear,\n",
            "Oh dear, no.\n",
            "Say hello , please\n",
            "Dear Nullmann,\n",
            "Dear Noneoftheabove,\n",
            "Hinweis: das\n",
            "尊敬的王老师：\n",
            "你好：\n",
            "Dear ",
            "Dear Mr. Null,\n",
        ] {
            assert_eq!(in_text(fine), None, "{fine:?}");
        }
    }

    #[test]
    fn only_greetings_with_a_value_after_them_are_looked_for() {
        let mut greetings = Greetings::default();
        greetings.note("Some text, dear ");
        greetings.note("<h1>The room</h1> about ");
        assert!(greetings.0.is_empty());
        greetings.note("\nDear ");
        greetings.note("\nDear ");
        assert_eq!(greetings.0.len(), 1);
        assert_eq!(greetings.of_nobody("Dear ,\n").as_deref(), Some("Dear ,"));
        assert_eq!(greetings.of_nobody("Hello ,\n"), None);
        assert_eq!(
            greetings.of_nobody("Dear Ada,\nDear ,\n").as_deref(),
            Some("Dear ,")
        );
    }
}
