//! The integration tests: the real binary against real servers and scripted peers.

mod faults;
mod layering;
mod refusals;
mod support;
