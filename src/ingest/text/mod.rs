//! Delimited text: which character divides the cells, and what the cells say.
//!
//! Three things are kept apart, so that each can be tested and replaced alone:
//! [`delimited`] divides a file into cells, [`mod@column`] knows what the cells of one
//! column mean for a follower, and [`dates`] decides from many cells of a column in
//! which layout its dates are written.
//!
//! Totals are small tables, which [`sheet`] holds whole; [`day`] reads their days and
//! [`totals`] their rows; [`daily`] is what files of one row a day have in common.
//! [`named_dates`] reads the dates of pages in the account's
//! language. [`encoding`] stands before all of them, [`mojibake`] behind JSON of Meta.

pub mod cells;
pub mod column;
pub mod daily;
pub mod dates;
pub mod day;
pub mod delimited;
mod split;
pub mod encoding;
pub mod mojibake;
mod months;
pub mod named_dates;
mod post;
pub mod sheet;
pub mod totals;
