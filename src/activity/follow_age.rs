//! How long ago somebody began to follow, in buckets.

use polars::prelude::col;

use super::{Heuristic, bucket};
use crate::frame::columns as name;
use crate::model::tally::{FOLLOW_AGE_EDGES, packing};

/// Index of the first edge that is not exceeded.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "follow_age",
    what: "days since the follow, as the first edge not exceeded",
    shift: packing::FOLLOW_AGE,
    rule: |judgement| {
        bucket(
            judgement.days_since(col(name::FOLLOWED_AT)),
            &FOLLOW_AGE_EDGES,
            packing::NO_FOLLOW_AGE,
        )
    },
};
