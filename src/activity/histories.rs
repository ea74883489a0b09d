//! Rows to what the activity models take: posts, last post, age.

use polars::prelude::{DataFrame, PolarsResult};

use super::Judgement;
use crate::error::Result;
use crate::frame::columns as name;
use crate::frame::dates::DAY;
use crate::frame::engine;
use crate::stats::btyd::History;

/// The history of every follower of whom the export gives the number of posts, the
/// creation of the account and, where there are posts, the last one: three numbers and
/// nobody's id. Those who are gone and duplicates are left out.
///
/// Time zero is the creation of the account; days. A history that cannot be (a last post
/// before the account) is left out.
///
/// # Errors
/// Only a fault of the engine.
pub fn histories(rows: &DataFrame, judgement: &Judgement) -> Result<Vec<History>> {
    collect(rows, judgement).map_err(engine::fault)
}

fn collect(rows: &DataFrame, judgement: &Judgement) -> PolarsResult<Vec<History>> {
    let numbers = |name| rows.column(name)?.i64();
    let flags = |name| rows.column(name)?.bool();
    let present = flags(name::GONE)?
        .iter()
        .zip(flags(name::DUPLICATE)?.iter())
        .map(|(gone, duplicate)| gone != Some(true) && duplicate != Some(true));
    let given = numbers(name::POSTS_COUNT)?
        .iter()
        .zip(numbers(name::ACCOUNT_CREATED_AT)?.iter())
        .zip(numbers(name::LAST_ACTIVE_AT)?.iter());
    let days = |from: i64, to: i64| to.saturating_sub(from) as f64 / DAY as f64;
    Ok(given
        .zip(present)
        .filter_map(|(((posts, created), last), present)| {
            let (posts, created) = (u64::try_from(posts?).ok()?, created?);
            let until_last = match last {
                Some(last) => days(created, last),
                None if posts == 0 => 0.0,
                None => return None,
            };
            let age = days(created, judgement.census);
            present
                .then(|| History::new(posts, until_last, age).ok())
                .flatten()
        })
        .collect())
}
