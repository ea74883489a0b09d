//! How the channels differ.

mod differences;
mod multiverse;
mod snapshots;

pub use differences::differences;
pub use multiverse::{grid, holds, multiverse};
pub use snapshots::snapshots;
