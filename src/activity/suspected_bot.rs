//! Accounts that look automated: a separate axis, never added to dormant.

use super::Heuristic;
use super::rows::each;
use crate::model::tally::packing;

/// The rule of the multiverse; all three fields must be given.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "suspected_bot",
    what: "the platform's own picture, follows 1,000 or more, followed by fewer than 50",
    shift: packing::SUSPECTED_BOT,
    rule: |_, rows, keys| {
        each(rows, keys, packing::SUSPECTED_BOT, |row| {
            // No jumps: none of these can be foretold.
            let suspected = (row.default_avatar == Some(true))
                & (row.following_count >= 1000)
                & (0..50).contains(&row.followers_count);
            u32::from(suspected)
        });
    },
};
