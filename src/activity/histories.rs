//! Rows to what the activity models take: posts, last post, age.

use polars::prelude::{DataFrame, IntoLazy, col, lit};

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
    let last_is_known = col(name::POSTS_COUNT)
        .eq(lit(0_i64))
        .or(col(name::LAST_ACTIVE_AT).is_not_null());
    let present = col(name::GONE).or(col(name::DUPLICATE)).not();
    let known = col(name::POSTS_COUNT)
        .is_not_null()
        .and(col(name::ACCOUNT_CREATED_AT).is_not_null())
        .and(last_is_known)
        .and(present);
    let plan = rows.clone().lazy().filter(known).select([
        col(name::POSTS_COUNT),
        col(name::ACCOUNT_CREATED_AT),
        col(name::LAST_ACTIVE_AT),
    ]);
    let known = engine::run(plan)?;
    let numbers = |column: &str| {
        known
            .column(column)
            .and_then(|column| column.i64().cloned())
            .map_err(engine::fault)
    };
    let posts = numbers(name::POSTS_COUNT)?;
    let created = numbers(name::ACCOUNT_CREATED_AT)?;
    let last = numbers(name::LAST_ACTIVE_AT)?;
    let days = |from: i64, to: i64| to.saturating_sub(from) as f64 / DAY as f64;
    let rows = posts.iter().zip(created.iter()).zip(last.iter());
    Ok(rows
        .filter_map(|((posts, created), last)| {
            let (posts, created) = (u64::try_from(posts?).ok()?, created?);
            let until_last = last.map_or(0.0, |last| days(created, last));
            History::new(posts, until_last, days(created, judgement.census)).ok()
        })
        .collect())
}
