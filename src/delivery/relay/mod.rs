//! One relay in a run: its sessions, its health, its pace, and what is left of
//! its hour and day limits.

mod breaks;
mod cap;
mod health;
mod opening;
mod pace;
mod quota;
mod quota_client;
mod slots;
mod state;

pub(crate) use cap::Sign;
pub(crate) use pace::RateGate;
pub(crate) use quota::{Permit, Spent};
pub(crate) use quota_client::{Answer, QuotaClient};
pub(crate) use state::{Busy, RelayState};
