//! Age of the last post, in the buckets that the multiverse asks for.
//!
//! For who never posted it is the time since the account was made: "silent since
//! creation" is one of the choices of the multiverse.

use polars::prelude::{col, lit, when};

use super::{Heuristic, bucket};
use crate::frame::columns as name;
use crate::model::tally::packing;

/// Index of the first window that the age does not exceed.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "post_age",
    what: "days since the last post (never posted: since creation), as the first window not exceeded",
    shift: packing::POST_AGE,
    rule: |judgement| {
        let since = when(col(name::POSTS_COUNT).eq(lit(0_i64)))
            .then(col(name::ACCOUNT_CREATED_AT))
            .otherwise(col(name::LAST_ACTIVE_AT));
        bucket(
            judgement.days_since(since),
            &judgement.post_edges,
            packing::NO_POST_AGE,
        )
    },
};
