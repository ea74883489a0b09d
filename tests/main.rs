//! One test binary: each further one would link polars again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod audit;
mod briefing;
mod cli;
mod containers;
mod contract;
mod coverage;
mod damaged;
mod decide;
mod disclosure;
mod edge_cases;
mod exports;
mod fixtures;
mod large;
mod multiverse;
mod newest;
mod oracle;
mod real;
mod rules;
mod run;
mod schema;
mod snapshots;
mod stats_docs;
mod stats_properties;
mod totals;
mod trust;
mod unchecked;
mod cut_off;
mod formats;
mod init;
