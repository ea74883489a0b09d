//! Delimited text: which character divides the cells, and what the cells say.
//!
//! Three things are kept apart, so that each can be tested and replaced alone:
//! [`delimited`] divides a file into cells, [`mod@column`] knows what the cells of one
//! column mean for a follower, and [`dates`] decides from many cells of a column in
//! which layout its dates are written.
//!
//! Totals are small tables, which [`sheet`] holds whole; [`day`] reads their days and
//! [`totals`] their rows. [`encoding`] stands before all of them.

pub mod column;
pub mod dates;
pub mod day;
pub mod delimited;
mod split;
pub mod encoding;
pub mod sheet;
pub mod totals;
