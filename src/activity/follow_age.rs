//! How long ago somebody began to follow, in buckets.

use super::{Heuristic, bucket, rowwise};
use crate::frame::columns as name;
use crate::model::tally::{FOLLOW_AGE_EDGES, packing};

/// Index of the first edge that is not exceeded.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "follow_age",
    what: "days since the follow, as the first edge not exceeded",
    shift: packing::FOLLOW_AGE,
    rule: |judgement| {
        let judgement = judgement.clone();
        rowwise([name::FOLLOWED_AT], move |[followed]| {
            followed.map_or(packing::NO_FOLLOW_AGE, |time| {
                bucket(judgement.days_since(time), &FOLLOW_AGE_EDGES)
            })
        })
    },
};
