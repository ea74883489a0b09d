//! Rows while rows are rows: the columns, their dates, and the one place that runs a plan.

pub mod columns;
pub mod dates;
pub mod batch;
pub mod engine;
pub mod parquet;
pub mod states;
pub mod tallies;
pub mod bands;
pub mod workbooks;
pub mod multiverse;
