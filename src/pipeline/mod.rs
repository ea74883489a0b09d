//! The whole way: the one room that knows every stage and what stands between them.
//!
//! [`count`] goes from exports to tallies, [`judge`] from tallies and labels to results,
//! [`publish`] from results to the folder that people read, and [`brief()`] writes the
//! figures and papers in it again. Beside that way, [`draw`] goes
//! from exports to worksheets, and [`check()`] reads what analysts have labelled so far.

mod check;
mod count;
mod diagnose;
mod draw;
mod judge;
mod papers;
mod publish;
mod snapshots;
mod sources;
mod sum;

pub use check::{Checked, check, counts};
pub use count::{Count, Counted, count, tally};
pub use diagnose::histories;
pub use draw::{Draws, draw};
pub use judge::{judge, needs_a_look};
pub use papers::{PAGE, brief};
pub use publish::{publish, publish_tallies};
pub use snapshots::Series;

/// Told what is being done, for a progress line.
pub trait Watch: Sync {
    /// A file is being read, and so many rows of it are.
    fn reading(&self, file: &str, rows: u64);
    /// A later stage begins.
    fn stage(&self, what: &str);
}

/// Bytes of a hash in the usual writing.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
