//! Rows while rows are rows: columns and their dates, batches of them, and Parquet.

pub mod columns;
pub mod dates;
pub mod batch;
pub mod engine;
mod thrift;
mod footer;
pub mod parquet;
pub mod states;
pub mod tallies;
pub mod bands;
pub mod workbooks;
pub mod multiverse;
