//! Age of the last post, in the buckets that the multiverse asks for.
//!
//! For who never posted it is the time since the account was made: "silent since
//! creation" is one of the choices of the multiverse.

use super::{Heuristic, bucket, rowwise};
use crate::frame::columns as name;
use crate::model::tally::packing;

/// Index of the first window that the age does not exceed.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "post_age",
    what: "days since the last post (never posted: since creation), as the first window not exceeded",
    shift: packing::POST_AGE,
    rule: |judgement| {
        let judgement = judgement.clone();
        let columns = [
            name::POSTS_COUNT,
            name::ACCOUNT_CREATED_AT,
            name::LAST_ACTIVE_AT,
        ];
        rowwise(columns, move |[posts, created, active]| {
            let since = if posts == Some(0) { created } else { active };
            since.map_or(packing::NO_POST_AGE, |time| {
                bucket(judgement.days_since(time), &judgement.post_edges)
            })
        })
    },
};
