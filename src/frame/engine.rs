//! The engine's errors as ours.

use polars::prelude::PolarsError;

use crate::error::Error;

/// The engine's error as ours. It can only be a fault of the program: every row was
/// checked before it came here.
pub fn fault(error: PolarsError) -> Error {
    Error::new("frame::engine", format!("the query engine failed: {error}"))
        .help("this is a fault of dormouse, not of your files; please report it with the version")
}
