//! One relay in a run: its sessions, its health, its pace, and what is left of
//! its hour and day limits.

mod health;
mod pace;
mod quota;
mod quota_client;
mod state;

pub(crate) use pace::DotGate;
pub use quota::Permit;
pub(crate) use quota::Spent;
pub(crate) use quota_client::{Booked, Bookings};
pub(crate) use state::{Busy, Lane};
