//! How far it is: a bar on a terminal, plain lines every few seconds
//! elsewhere.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::run::Stage;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::wording::{thousands, time};

/// Between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// One stage being waited for.
pub(super) struct Progress {
    quiet: bool,
    bar: Option<ProgressBar>,
    stage: Stage,
    total: Option<u64>,
    done: u64,
    counts: String,
    started: Instant,
    line_at: Instant,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        Self {
            quiet,
            bar: None,
            stage: Stage::Over,
            total: None,
            done: 0,
            counts: String::new(),
            started: Instant::now(),
            line_at: Instant::now(),
        }
    }

    pub(super) fn stage(&mut self, stage: Stage, total: Option<u64>) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        (self.stage, self.total, self.done) = (stage, total, 0);
        self.counts.clear();
        self.started = Instant::now();
        self.line_at = self.started + LINE_EVERY;
        if self.quiet || stage == Stage::Over || !std::io::stderr().is_terminal() {
            return;
        }
        let bar = match total {
            Some(total) => ProgressBar::new(total),
            None => ProgressBar::no_length(),
        };
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template(template(total)) {
            // indicatif's own `per_sec` has four digits behind the point.
            let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = write!(out, "{:.0}/s", state.per_sec());
            };
            bar.set_style(style.with_key("rate", rate).progress_chars("━━─"));
        }
        bar.set_prefix(name(stage));
        bar.enable_steady_tick(Duration::from_millis(200));
        self.bar = Some(bar);
    }

    /// So many are done, and how they are split.
    pub(super) fn at(&mut self, done: u64, counts: &str) {
        self.done = done;
        if let Some(bar) = &self.bar {
            bar.set_position(done);
            bar.set_message(counts.to_owned());
            return;
        }
        counts.clone_into(&mut self.counts);
        if !self.quiet && self.stage != Stage::Over && Instant::now() >= self.line_at {
            self.line_at = Instant::now() + LINE_EVERY;
            self.line();
        }
    }

    fn line(&self) {
        let mut line = format!("{} {}", name(self.stage), thousands(self.done));
        let elapsed = self.started.elapsed().as_secs_f64();
        let rate = self.done as f64 / elapsed.max(0.001);
        if let Some(total) = self.total {
            line.push_str(&format!(" of {}", thousands(total)));
            if rate > 0.0 {
                let rest = total.saturating_sub(self.done) as f64 / rate;
                line.push_str(&format!(
                    ", {rate:.0}/s, {} left",
                    time(Duration::from_secs_f64(rest.min(1e9)))
                ));
            }
        }
        if !self.counts.is_empty() {
            line.push_str(&format!(" ({})", self.counts));
        }
        // A closed stderr is nothing to fail for.
        let _ = writeln!(anstream::stderr().lock(), "{line}");
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

fn template(total: Option<u64>) -> &'static str {
    match total {
        Some(_) => "{prefix} {bar:30} {human_pos}/{human_len}  {rate}  {eta} left  {wide_msg}",
        None => "{prefix} {human_pos} rows  {rate}  {wide_msg}",
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
