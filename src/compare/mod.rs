//! How the channels differ.

mod differences;
mod multiverse;

pub use differences::differences;
pub use multiverse::{grid, holds, multiverse, summary};
