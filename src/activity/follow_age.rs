//! How long ago somebody began to follow, in buckets.

use super::rows::each;
use super::{Heuristic, bucket};
use crate::model::tally::{FOLLOW_AGE_EDGES, packing};

/// Index of the first edge that is not exceeded.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "follow_age",
    what: "days since the follow, as the first edge not exceeded",
    shift: packing::FOLLOW_AGE,
    rule: |judgement, rows, keys| {
        each(rows, keys, packing::FOLLOW_AGE, |row| {
            row.followed_at.map_or(packing::NO_FOLLOW_AGE, |time| {
                bucket(judgement.days_since(time), &FOLLOW_AGE_EDGES)
            })
        });
    },
};
