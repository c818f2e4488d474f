//! The progress: a bar on a terminal, plain lines every few seconds elsewhere, even if nothing
//! happens.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::run::Stage;
use crate::words::{Arg, Lang, Said, say};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::arranged::{arranged, width};
use super::findings::columns;
use super::terminal;

/// Between two lines where there is no bar.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// A speed is an average, and says nothing before there is some time to take it over.
const SPEED_AFTER: Duration = Duration::from_secs(1);

/// One stage being waited for.
pub(super) struct Progress {
    quiet: bool,
    /// Lines also where a bar could be drawn.
    lines: bool,
    bar: Option<ProgressBar>,
    how_far: Arc<Mutex<HowFar>>,
    /// Ends the thread that writes lines.
    writing: Option<Sender<()>>,
}

/// How far a stage is.
struct HowFar {
    lang: Lang,
    stage: Stage,
    total: Option<u64>,
    done: u64,
    /// How what is done is split.
    counts: Vec<Said>,
    /// What is waited for, and since when.
    silent: Option<(Said, Instant)>,
    /// What was said to be waited for before.
    told: Vec<Said>,
    /// When the first and the last were done.
    between: Option<(Instant, Instant)>,
}

impl Progress {
    /// `lines`: no bar, whatever the terminal can do.
    pub(super) fn new(quiet: bool, lines: bool) -> Self {
        Self {
            quiet,
            lines: lines || !can_draw(),
            bar: None,
            how_far: Arc::new(Mutex::new(HowFar::of(Stage::Over, None))),
            writing: None,
        }
    }

    fn how_far(&self) -> MutexGuard<'_, HowFar> {
        locked(&self.how_far)
    }

    pub(super) fn stage(&mut self, stage: Stage, total: Option<u64>) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        self.writing = None;
        *self.how_far() = HowFar::of(stage, total);
        if self.quiet || stage == Stage::Over {
            return;
        }
        if self.lines {
            self.writing = Some(write_lines(Arc::clone(&self.how_far)));
            return;
        }
        let bar = match total {
            Some(total) => ProgressBar::new(total),
            None => ProgressBar::no_length(),
        };
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template(template(total)) {
            let how_far = Arc::clone(&self.how_far);
            let words = move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = out.write_str(&locked(&how_far).behind_a_bar(columns()));
            };
            bar.set_style(style.with_key("words", words).progress_chars("━━─"));
        }
        bar.set_prefix(terminal::words(&name(stage)));
        bar.enable_steady_tick(Duration::from_millis(200));
        self.bar = Some(bar);
    }

    /// This many are done, and their counts.
    pub(super) fn at(&mut self, done: u64, counts: Vec<Said>) {
        {
            // The bar reads this while it draws, so the lock is released before the bar is updated.
            let mut how_far = self.how_far();
            how_far.done = done;
            if done > 0 {
                let now = Instant::now();
                how_far.between.get_or_insert((now, now)).1 = now;
            }
            how_far.silent = None;
            how_far.counts = counts;
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }

    /// This is waited for since then. True where that is news.
    pub(super) fn silent(&mut self, what: &Said, since: Duration) -> bool {
        let mut how_far = self.how_far();
        let now = Instant::now();
        how_far.silent = Some((what.clone(), now.checked_sub(since).unwrap_or(now)));
        let news = !how_far.told.contains(what);
        if news {
            how_far.told.push(what.clone());
        }
        news
    }

    /// Something is heard again.
    pub(super) fn heard(&mut self) {
        self.how_far().silent = None;
    }

    /// Whether there is a bar, which shows by itself what is waited for.
    pub(super) fn draws(&self) -> bool {
        self.bar.is_some()
    }

    /// Writes a line above the bar.
    pub(super) fn say(&self, line: &str) {
        let write = || drop(writeln!(anstream::stderr().lock(), "{line}"));
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl HowFar {
    fn of(stage: Stage, total: Option<u64>) -> Self {
        Self {
            lang: terminal::lang(),
            stage,
            total,
            done: 0,
            counts: Vec::new(),
            silent: None,
            told: Vec::new(),
            between: None,
        }
    }

    /// Each second.
    fn speed(&self) -> Option<f64> {
        let (first, last) = self.between?;
        // The first one came at the beginning of that time.
        let further = self.done.saturating_sub(1) as f64;
        let took = last - first;
        // What is later than the next one was due makes it slower.
        let late = last.elapsed().as_secs_f64() - took.as_secs_f64() / further;
        let seconds = took.as_secs_f64() + late.max(0.0);
        (took >= SPEED_AFTER && further > 0.0).then(|| further / seconds)
    }

    /// `20/s`, `17 s left`, `58 accepted, 1 rejected`: what can be said of it, and nothing else.
    fn parts(&self) -> Vec<String> {
        let mut parts: Vec<Arg> = Vec::new();
        if let Some(speed) = self.speed() {
            parts.push(per_second(speed).into());
            let left = self.total.map(|total| total.saturating_sub(self.done));
            if let Some(left @ 1..) = left {
                let left = Duration::from_secs_f64((left as f64 / speed).clamp(1.0, 1e9));
                parts.push(say!("cli-run-time-left", time = left).into());
            }
        }
        if !self.counts.is_empty() {
            parts.push(Arg::commas(self.counts.iter().cloned()));
        }
        if let Some((what, since)) = &self.silent {
            let (what, time) = (what.clone(), since.elapsed());
            parts.push(say!("cli-run-silent", what = what, time = time).into());
        }
        parts.iter().map(|part| part.in_lang(self.lang)).collect()
    }

    fn begin(&self) -> String {
        let (stage, done) = (name(self.stage), self.done);
        match self.total {
            Some(total) => say!("cli-run-done-of", stage = stage, done = done, total = total),
            None => say!("cli-run-done", stage = stage, done = done),
        }
        .in_lang(self.lang)
    }

    /// A line by itself, for a screen of this width where there is one.
    fn line(&self, columns: Option<usize>) -> String {
        let begin = self.begin();
        let parts = arranged(&self.parts(), width(&begin), columns);
        begin + &parts
    }

    /// What follows a bar, which gives way to it.
    fn behind_a_bar(&self, columns: Option<usize>) -> String {
        // Drawn before it: the stage, a bar of no width, how many of how many.
        let begun = width(&self.begin()) + 1;
        let rows = say!("cli-run-bar-rows", done = self.done).in_lang(self.lang);
        let mut parts = self.parts();
        if self.total.is_none() {
            parts.insert(0, rows);
        }
        arranged(&parts, begun, columns)
    }
}

fn locked(how_far: &Mutex<HowFar>) -> MutexGuard<'_, HowFar> {
    // Numbers and words, whole at any time.
    how_far.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes a line every few seconds, on a thread of its own, until the sender is dropped.
fn write_lines(how_far: Arc<Mutex<HowFar>>) -> Sender<()> {
    let (alive, ended) = channel();
    std::thread::spawn(move || {
        while ended.recv_timeout(LINE_EVERY) == Err(RecvTimeoutError::Timeout) {
            let line = locked(&how_far).line(columns());
            // A closed stderr is nothing to fail for.
            let _ = writeln!(anstream::stderr().lock(), "{line}");
        }
    });
    alive
}

/// Whether a bar can be drawn on stderr.
fn can_draw() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stderr().is_terminal() && !dumb
}

/// `184,156/s`, `20/s`, `12/min`.
fn per_second(speed: f64) -> Said {
    // Nobody's speed is beyond what fits.
    if speed < 0.95 {
        say!("cli-run-a-minute", n = (speed * 60.0).round() as u64)
    } else {
        say!("cli-run-a-second", n = speed.round() as u64)
    }
}

/// The bar gives way to the words, which begin a line of their own before one of them is cut.
fn template(total: Option<u64>) -> &'static str {
    match total {
        Some(_) => "{prefix} {wide_bar} {human_pos}/{human_len}{words}",
        None => "{prefix}{words}",
    }
}

fn name(stage: Stage) -> Said {
    match stage {
        Stage::Checking => say!("cli-run-checking"),
        Stage::Writing => say!("cli-run-writing"),
        Stage::Sending => say!("cli-run-sending"),
        Stage::Over => Said::verbatim(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sending(lang: Lang) -> HowFar {
        let mut how_far = HowFar::of(Stage::Sending, Some(1_400));
        how_far.lang = lang;
        how_far
    }

    fn waiting() -> Option<(Said, Instant)> {
        let relay = say!("cli-relay-and-host", name = "here", host = "localhost");
        let what = say!("cli-wait-greeting", relay = relay);
        Some((what, Instant::now() - Duration::from_secs(4)))
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let mut how_far = sending(Lang::En);
        assert_eq!(how_far.line(None), "Sending 0 of 1,400");
        how_far.silent = waiting();
        assert_eq!(
            how_far.line(None),
            "Sending 0 of 1,400  waiting for the greeting of here (localhost), 4 s"
        );
        how_far.silent = None;
        let now = Instant::now();
        how_far.done = 201;
        how_far.between = Some((now - Duration::from_secs(10), now));
        how_far.counts = vec![
            say!("cli-run-n-accepted", n = 200_u64),
            say!("cli-run-n-rejected", n = 1_u64),
        ];
        assert_eq!(
            how_far.line(None),
            "Sending 201 of 1,400  20/s  1 min left  200 accepted, 1 rejected"
        );
        how_far.lang = Lang::Zh;
        assert_eq!(
            how_far.line(None),
            "发送 201/1,400  20/秒  还需 1 分  已接收 200、被拒 1"
        );
        how_far.lang = Lang::En;
        how_far.done = 1_400;
        assert!(!how_far.line(None).contains("left"));
        assert_eq!(per_second(184_156.2).to_string(), "184,156/s");
        assert_eq!(per_second(0.2).to_string(), "12/min");
    }

    #[test]
    fn on_a_narrow_screen_no_word_is_cut() {
        for lang in [Lang::En, Lang::Zh] {
            let mut how_far = sending(lang);
            let now = Instant::now();
            how_far.done = 1_201;
            how_far.between = Some((now - Duration::from_secs(10), now));
            how_far.counts = vec![
                say!("cli-run-n-accepted", n = 1_180_u64),
                say!("cli-run-n-rejected", n = 12_u64),
                say!("cli-run-n-deferred", n = 9_u64),
            ];
            how_far.silent = waiting();
            let whole: Vec<_> = how_far.parts();
            for columns in [60, 80, 200] {
                let shown = how_far.behind_a_bar(Some(columns));
                let first = "Sending  1,201/1,400";
                for line in format!("{first}{shown}").lines() {
                    assert!(width(line) <= columns, "{columns}: {line}");
                }
                let joined = shown.split_whitespace().collect::<Vec<_>>().join(" ");
                let wanted = whole.join(" ");
                assert_eq!(joined, wanted.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
}
