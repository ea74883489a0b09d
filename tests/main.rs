//! One test binary: each further one would link polars again.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixtures;
mod oracle;
mod real;
mod rules;
