//! The nouns that the stages hand on to each other. No polars, no files, no clock.

pub mod platform;
pub mod evidence;
pub mod aggregate;
pub mod tally;
pub mod published;
pub mod spreadsheet;
pub mod cut_off;
pub mod refused;
pub mod share;
pub mod monotone;
pub mod finding;
pub mod change;
pub mod multiverse;
pub mod verdict;
pub mod letter;
pub mod figure;
pub mod manifest;
pub mod results;
