//! The integration tests: the real binary against real servers and scripted peers.

mod faults;
mod layering;
mod mailings;
mod refusals;
mod resume;
mod support;
