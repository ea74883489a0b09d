//! How long ago somebody began to follow, in buckets.

use std::hint::select_unpredictable;

use super::Heuristic;
use super::rows::each;
use crate::frame::fields::NONE;
use crate::model::tally::packing;

/// Index of the first edge that is not exceeded.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "follow_age",
    what: "days since the follow, as the first edge not exceeded",
    shift: packing::FOLLOW_AGE,
    rule: |judgement, rows, keys| {
        each(rows, keys, packing::FOLLOW_AGE, |row| {
            let days = judgement.days_since(row.followed_at);
            let place = judgement.follow_ages.place(days);
            select_unpredictable(row.followed_at == NONE, packing::NO_FOLLOW_AGE, place)
        });
    },
};
