//! How far it is: a bar on a terminal, plain lines every few seconds elsewhere, also while nothing
//! happens.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::run::Stage;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::wording::{thousands, time};

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
    stage: Stage,
    total: Option<u64>,
    done: u64,
    /// How what is done is split.
    counts: String,
    /// What nothing is heard of, and since when.
    silent: Option<(String, Instant)>,
    /// Of what this was told before.
    told: Vec<String>,
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
                let _ = out.write_str(&locked(&how_far).words());
            };
            bar.set_style(style.with_key("words", words).progress_chars("━━─"));
        }
        bar.set_prefix(name(stage));
        bar.enable_steady_tick(Duration::from_millis(200));
        self.bar = Some(bar);
    }

    /// So many are done, and how they are split.
    pub(super) fn at(&mut self, done: u64, counts: &str) {
        {
            // The bar looks here while it draws, so this is let go before it is told.
            let mut how_far = self.how_far();
            how_far.done = done;
            if done > 0 {
                let now = Instant::now();
                how_far.between.get_or_insert((now, now)).1 = now;
            }
            how_far.silent = None;
            counts.clone_into(&mut how_far.counts);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }

    /// Nothing is heard of this for so long. True where that is news.
    pub(super) fn silent(&mut self, what: &str, since: Duration) -> bool {
        let mut how_far = self.how_far();
        let now = Instant::now();
        how_far.silent = Some((what.to_owned(), now.checked_sub(since).unwrap_or(now)));
        let news = !how_far.told.iter().any(|told| told == what);
        if news {
            how_far.told.push(what.to_owned());
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
            stage,
            total,
            done: 0,
            counts: String::new(),
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

    /// `20/s  17 s left  58 accepted, 1 refused`: what can be said of it, and nothing else.
    fn words(&self) -> String {
        let mut words = Vec::new();
        if let Some(speed) = self.speed() {
            words.push(per_second(speed));
            let left = self.total.map(|total| total.saturating_sub(self.done));
            if let Some(left @ 1..) = left {
                let left = (left as f64 / speed).clamp(1.0, 1e9);
                words.push(format!("{} left", time(Duration::from_secs_f64(left))));
            }
        }
        if !self.counts.is_empty() {
            words.push(self.counts.clone());
        }
        if let Some((what, since)) = &self.silent {
            words.push(format!("{what}, {}", time(since.elapsed())));
        }
        words.join("  ")
    }

    fn line(&self) -> String {
        let mut line = format!("{} {}", name(self.stage), thousands(self.done));
        if let Some(total) = self.total {
            line.push_str(&format!(" of {}", thousands(total)));
        }
        let words = self.words();
        if !words.is_empty() {
            line.push_str("  ");
            line.push_str(&words);
        }
        line
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
            let line = locked(&how_far).line();
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
fn per_second(speed: f64) -> String {
    // Nobody's speed is beyond what fits.
    let whole = |speed: f64| thousands(speed.round() as u64);
    if speed < 0.95 {
        format!("{}/min", whole(speed * 60.0))
    } else {
        format!("{}/s", whole(speed))
    }
}

/// The bar gives way to the words: on 80 columns, too, none of them is cut.
fn template(total: Option<u64>) -> &'static str {
    match total {
        Some(_) => "{prefix} {wide_bar} {human_pos}/{human_len}  {words}",
        None => "{prefix} {human_pos} rows  {words}",
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Checking => "Checking",
        Stage::Writing => "Writing",
        Stage::Sending => "Sending",
        Stage::Over => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_said() {
        let mut how_far = HowFar::of(Stage::Sending, Some(1_400));
        assert_eq!(how_far.line(), "Sending 0 of 1,400");
        how_far.silent = Some((
            "waiting for the greeting of here (localhost)".to_owned(),
            Instant::now() - Duration::from_secs(4),
        ));
        assert_eq!(
            how_far.line(),
            "Sending 0 of 1,400  waiting for the greeting of here (localhost), 4 s"
        );
        how_far.silent = None;
        let now = Instant::now();
        how_far.done = 201;
        how_far.between = Some((now - Duration::from_secs(10), now));
        how_far.counts = "200 accepted, 1 refused".to_owned();
        assert_eq!(
            how_far.line(),
            "Sending 201 of 1,400  20/s  1 min left  200 accepted, 1 refused"
        );
        how_far.done = 1_400;
        assert!(!how_far.line().contains("left"), "{}", how_far.line());
        assert_eq!(
            [per_second(184_156.2), per_second(0.2)],
            ["184,156/s", "12/min"].map(str::to_owned)
        );
    }
}
