//! The one place that runs a plan: always on the streaming engine.

use polars::prelude::{DataFrame, Engine, LazyFrame, PolarsError};

use crate::error::{Error, Result};

/// Runs a plan on the streaming engine.
///
/// # Errors
/// The engine's own message; it names the expression in which it happened.
pub fn run(plan: LazyFrame) -> Result<DataFrame> {
    // A plan with one output has one result.
    plan.collect_with_engine(Engine::Streaming)
        .map(|result| result.unwrap_single())
        .map_err(fault)
}

/// The engine's error as ours. It can only be a fault of the program: every row was
/// checked before it came here.
pub fn fault(error: PolarsError) -> Error {
    Error::new("frame::engine", format!("the query engine failed: {error}"))
        .help("this is a fault of dormouse, not of your files; please report it with the version")
}
