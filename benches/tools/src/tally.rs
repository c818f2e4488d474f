//! When each message was complete, by the server's clock.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};

/// The messages since the last report.
pub(crate) struct Tally {
    began: Instant,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    /// Seconds since the server's start, one a message.
    dots: Vec<f64>,
    octets: u64,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            counted: Mutex::default(),
        }
    }

    /// Counts messages that were completed just now, and octets since the last call.
    pub(crate) fn add(&self, messages: usize, octets: usize) {
        let now = self.began.elapsed().as_secs_f64();
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.dots.extend(std::iter::repeat_n(now, messages));
        counted.octets += octets as u64;
    }

    /// What has come since the last report, which starts the next one.
    pub(crate) fn report(&self) -> Value {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let Counted { mut dots, octets } = std::mem::take(&mut *counted);
        dots.sort_by(f64::total_cmp);
        json!({"octets": octets, "dots": dots})
    }
}
