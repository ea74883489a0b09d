//! How the channels differ, and whether that hangs on the choices that were made.

mod differences;
mod ranks;
mod multiverse;
mod snapshots;

pub use differences::{Compared, differences, pair_level};
pub use multiverse::{Asked, grid, multiverse, none_holds_in, summary};
pub use ranks::{Audited, ranking};
pub use snapshots::snapshots;

use crate::error::Error;
use crate::stats::Refusal;

/// A refusal of the statistics: an earlier stage gave numbers that cannot be.
fn contradiction(refusal: Refusal) -> Error {
    Error::new(
        "compare::refused",
        format!("the channels cannot be compared: {refusal}"),
    )
    .help("this is a fault of dormouse; please report it with the version")
}
