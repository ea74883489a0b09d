//! One test binary: each further one would link polars again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod audit;
mod briefing;
mod cli;
mod coverage;
mod cut_off;
mod damaged;
mod fixtures;
mod formats;
mod init;
mod multiverse;
mod oracle;
mod real;
mod rules;
mod run;
mod schema;
mod snapshots;
mod stats_properties;
mod totals;
