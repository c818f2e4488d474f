//! Delivery: the only place that decides when.
//!
//! One dispatcher loop owns all state: which recipients wait, which workers are busy, what was
//! refused, the state of each relay, when to stop. Workers open a session when the dispatcher asks.
//! Once the session is open, they send one message and have at most two more ready. Recipients are
//! claimed in the journal and their messages composed slightly ahead. The order of writes keeps
//! messages from being lost or doubled: a *claim* is durable before a message exists, an *intent*
//! is in the journal before the first octet of content is sent, an *outcome* follows the reply.
//!
//! Imports go one way: `dispatcher` over `worker`, `relay`, `retry`, `refusals`
//! and `breaker`, these over `reply`, and nothing names the dispatcher. Delivery
//! knows the journal only as the trait [`Journal`], and the screen only as a
//! callback for [`Event`]s.

mod accounts;
mod breaker;
mod compose_ahead;
mod dispatcher;
mod event;
mod journal;
#[cfg(test)]
mod memory_journal;
mod outbound;
mod plan;
mod refusals;
mod relay;
mod reply;
mod retry;
#[cfg(test)]
mod tests;
mod worker;

pub use accounts::{Accounts, AccountsError, LEASE, Learned, Lease, Memory, ReservationId, Reserved};
#[cfg(test)]
pub use accounts::{CAP_LASTS, LEARNED_LASTS};
pub use dispatcher::run;
#[cfg(test)]
pub use event::Part;
pub use event::{
    Capped, Delivered, Down, Event, Habit, News, RelayCause, RelayFailure, SILENT, Stop, StopRequest,
};
pub use journal::{Attempt, Claimed, Intent, Journal, JournalError, RecipientId, RefusedCopy};
#[cfg(test)]
pub(crate) use memory_journal::keeps_the_rules;
pub use outbound::{Compose, Composed};
pub use plan::{Plan, RelayPlan, Renew};
pub use refusals::is_few;
pub use reply::Outcome;
pub(crate) use reply::{Verdict, verdict_of_words};
