//! Age of the last post, in the buckets that the multiverse asks for.
//!
//! For who never posted it is the time since the account was made: "silent since
//! creation" is one of the choices of the multiverse.

use super::rows::each;
use super::{Heuristic, bucket};
use crate::model::tally::packing;

/// Index of the first window that the age does not exceed.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "post_age",
    what: "days since the last post (never posted: since creation), as the first window not exceeded",
    shift: packing::POST_AGE,
    rule: |judgement, rows, keys| {
        each(rows, keys, packing::POST_AGE, |row| {
            let since = match row.posts_count {
                Some(0) => row.account_created_at,
                _ => row.last_active_at,
            };
            since.map_or(packing::NO_POST_AGE, |time| {
                bucket(judgement.days_since(time), &judgement.post_edges)
            })
        });
    },
};
