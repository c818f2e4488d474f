//! The integration tests.

mod support;

mod layering;
mod refusals;
