//! One test binary: each further one would link polars again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod briefing;
mod damaged;
mod fixtures;
mod oracle;
mod real;
mod rules;
