//! Lines that repeat: shown once, then counted.

use crate::words::{Said, say};

/// Different lines that are kept apart; the others are said as they come.
const KEPT: usize = 50;

/// What was said so far, and how often it was to be said.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    lines: Vec<(String, Said, u64)>,
}

impl Repeated {
    /// What to show for this line: the line itself if it is new; how often it has come at 10 times,
    /// 100 times and so on; otherwise nothing. Numbers in it do not make a difference.
    pub(super) fn said(&mut self, line: &Said) -> Option<Said> {
        let like = alike(line);
        if let Some((_, _, count)) = self.lines.iter_mut().find(|(known, ..)| *known == like) {
            *count += 1;
            let round = *count == 10_u64.pow(count.ilog10());
            return round.then(|| say!("cli-run-times-so-far", line = line.clone(), times = *count));
        }
        if self.lines.len() < KEPT {
            self.lines.push((like, line.clone(), 1));
        }
        Some(line.clone())
    }

    /// A line after which it does not come again, with how often it came.
    pub(super) fn last(&mut self, line: &Said) -> Said {
        let like = alike(line);
        let known = self.lines.iter().position(|(known, ..)| *known == like);
        match known.map(|at| self.lines.remove(at)) {
            Some((.., before)) => say!("cli-run-times-in-all", line = line.clone(), times = before + 1),
            None => line.clone(),
        }
    }

    /// How often each line came that came more than once; after this they are new again.
    pub(super) fn counts(&mut self) -> Vec<Said> {
        let lines = std::mem::take(&mut self.lines).into_iter();
        lines
            .filter(|(.., count)| *count > 1)
            .map(|(_, line, count)| say!("cli-run-times", times = count, line = line))
            .collect()
    }
}

fn alike(line: &Said) -> String {
    line.to_string().chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_said_once_and_counted() {
        let line = |reply: String| say!("cli-run-relay-refuses", relay = "here", reply = reply);
        let mut repeated = Repeated::default();
        let said: Vec<_> = (1..=120)
            .filter_map(|n| repeated.said(&line(format!("too many ({n})"))))
            .map(|said| said.to_string())
            .collect();
        assert_eq!(
            said,
            [
                "here refused the connection (too many (1))",
                "here refused the connection (too many (10)) (10 times so far)",
                "here refused the connection (too many (100)) (100 times so far)"
            ]
        );
        let another = Said::verbatim("another");
        assert_eq!(repeated.said(&another), Some(another));
        let counts: Vec<_> = repeated.counts().iter().map(Said::to_string).collect();
        assert_eq!(counts, ["120 times: here refused the connection (too many (1))"]);
        assert!(repeated.counts().is_empty());
        let lines = [1, 2].map(|n| repeated.said(&line(n.to_string())));
        assert!(lines[0].is_some() && lines[1].is_none());
        let last = repeated.last(&line("3".to_owned())).to_string();
        assert_eq!(last, "here refused the connection (3), 3 times");
        let gone = Said::verbatim("gone");
        assert_eq!(repeated.last(&gone), gone);
        assert!(repeated.counts().is_empty());
    }
}
