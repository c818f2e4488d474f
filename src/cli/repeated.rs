//! Lines that come again and again: said once, then counted.

/// Different lines that are kept apart; the others are said as they come.
const KEPT: usize = 50;

/// What was said so far, and how often it was to be said.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    lines: Vec<(String, String, u64)>,
}

impl Repeated {
    /// What to say of this line: itself where it is new, how often it has come at 10 times, 100
    /// times and so on, otherwise nothing. Numbers in it are no difference.
    pub(super) fn said(&mut self, line: &str) -> Option<String> {
        let like = alike(line);
        if let Some((_, _, count)) = self.lines.iter_mut().find(|(known, ..)| *known == like) {
            *count += 1;
            let round = *count == 10_u64.pow(count.ilog10());
            return round.then(|| format!("{line} ({count} times so far)"));
        }
        if self.lines.len() < KEPT {
            self.lines.push((like, line.to_owned(), 1));
        }
        Some(line.to_owned())
    }

    /// A line after which it does not come again, with how often it came.
    pub(super) fn last(&mut self, line: &str) -> String {
        let like = alike(line);
        let known = self.lines.iter().position(|(known, ..)| *known == like);
        match known.map(|at| self.lines.remove(at)) {
            Some((.., before)) => format!("{line}, {} times", before + 1),
            None => line.to_owned(),
        }
    }

    /// How often each line came that came more than once; after this they are new again.
    pub(super) fn counts(&mut self) -> Vec<String> {
        let lines = std::mem::take(&mut self.lines).into_iter();
        lines
            .filter(|(.., count)| *count > 1)
            .map(|(_, line, count)| format!("{count} times: {line}"))
            .collect()
    }
}

fn alike(line: &str) -> String {
    line.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_said_once_and_counted() {
        let mut repeated = Repeated::default();
        let said: Vec<_> = (1..=120)
            .filter_map(|n| repeated.said(&format!("too many connections ({n})")))
            .collect();
        assert_eq!(
            said,
            [
                "too many connections (1)",
                "too many connections (10) (10 times so far)",
                "too many connections (100) (100 times so far)"
            ]
        );
        assert_eq!(repeated.said("another").as_deref(), Some("another"));
        assert_eq!(repeated.counts(), ["120 times: too many connections (1)"]);
        assert!(repeated.counts().is_empty());
        let lines = [1, 2].map(|n| repeated.said(&format!("turned away ({n})")));
        assert!(lines[0].is_some() && lines[1].is_none());
        assert_eq!(repeated.last("turned away (3)"), "turned away (3), 3 times");
        assert_eq!(repeated.last("gone"), "gone");
        assert!(repeated.counts().is_empty());
    }
}
