//! Accounts that look automated: a separate axis, never added to dormant.

use polars::prelude::{col, lit};

use super::{Heuristic, bit};
use crate::frame::columns as name;
use crate::model::tally::packing;

/// The rule of the multiverse; all three fields must be given.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "suspected_bot",
    what: "the platform's own picture, follows 1,000 or more, followed by fewer than 50",
    shift: packing::SUSPECTED_BOT,
    rule: |_| {
        bit(col(name::DEFAULT_AVATAR)
            .and(col(name::FOLLOWING_COUNT).gt_eq(lit(1000_i64)))
            .and(col(name::FOLLOWERS_COUNT).lt(lit(50_i64))))
    },
};
