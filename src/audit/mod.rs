//! The audit: a random draw of followers that an analyst looks up and labels.
//!
//! ```text
//! followers ─ draw ─▶ Drawn ─ worksheet ─▶ audit/x.csv, x.xlsx ─ (an analyst) ─ labels ─▶ AuditSummary
//!                                                                              check ─▶ what is missing
//! ```
//!
//! The [`Draw`] is a stratified random sample: the strata are the present classes at the
//! study's window, and who is drawn follows from the seed alone. A [`worksheet`] is the one
//! place with ids and handles: it lies in a folder of its own, for its owner alone, and
//! never among results. Labels come back through [`labels`], from whatever a spreadsheet
//! program has made of the worksheet; [`check`] says what is missing in them.

pub mod draw;
mod profile;
pub mod worksheet;
mod workbook;
mod table;
mod words;
pub mod labels;
mod strata;
pub mod check;

use crate::model::tally::State;

pub use draw::{Draw, Drawn, Plan};
pub use labels::read;

/// The strata of a draw, with their names in worksheets.
pub const STRATA: [(State, &str); 3] = [
    (State::Awake, "awake"),
    (State::Silent, "silent"),
    (State::Undetermined, "undetermined"),
];

/// What an analyst says of a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// No longer reads or acts.
    Dormant,
    /// Reads or acts.
    Active,
    /// The profile does not tell.
    Unknown,
}

impl Label {
    /// All labels, in the order of the drop-down.
    pub const ALL: [Self; 3] = [Self::Dormant, Self::Active, Self::Unknown];
}
