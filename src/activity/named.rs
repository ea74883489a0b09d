//! Rows to keys under pseudonyms, for joining dated exports of a channel.

use polars::prelude::DataFrame;

use super::{Judgement, packed_keys, unpacked};
use crate::error::Result;
use crate::frame::columns as name;
use crate::frame::engine;
use crate::model::tally::Key;

/// The key of every follower with a pseudonym, in the order of the rows; duplicates are
/// left out, and nobody is given where the batch carries no pseudonyms.
///
/// # Errors
/// Only a fault of the engine.
pub fn named(rows: &DataFrame, judgement: &Judgement) -> Result<Vec<(u64, Key)>> {
    if rows.column(name::PSEUDONYM).is_err() {
        return Ok(Vec::new());
    }
    let pseudonyms = rows
        .column(name::PSEUDONYM)
        .and_then(|pseudonyms| pseudonyms.u64().cloned())
        .map_err(engine::fault)?;
    let keys = packed_keys(rows, judgement)?;
    let mut named = Vec::new();
    for (pseudonym, key) in pseudonyms.iter().zip(keys) {
        let key = unpacked(key)?;
        if let Some(pseudonym) = pseudonym.filter(|_| !key.duplicate) {
            named.push((pseudonym, key));
        }
    }
    Ok(named)
}
