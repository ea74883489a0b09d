//! How the channels differ.

mod differences;

pub use differences::differences;
