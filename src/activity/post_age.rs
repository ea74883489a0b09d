//! Age of the last post, in the buckets that the multiverse asks for.
//!
//! For who never posted it is the time since the account was made: "silent since
//! creation" is one of the choices of the multiverse.

use std::hint::select_unpredictable;

use super::Heuristic;
use super::rows::each;
use crate::frame::fields::NONE;
use crate::model::tally::packing;

/// Index of the first window that the age does not exceed.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "post_age",
    what: "days since the last post (never posted: since creation), as the first window not exceeded",
    shift: packing::POST_AGE,
    rule: |judgement, rows, keys| {
        each(rows, keys, packing::POST_AGE, |row| {
            let since = select_unpredictable(
                row.posts_count == 0,
                row.account_created_at,
                row.last_active_at,
            );
            let place = judgement.post_ages.place(judgement.days_since(since));
            select_unpredictable(since == NONE, packing::NO_POST_AGE, place)
        });
    },
};
