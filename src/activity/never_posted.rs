//! Accounts with a post count of zero.

use super::Heuristic;
use super::rows::each;
use crate::model::tally::packing;

/// A blank count is not zero.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "never_posted",
    what: "the post count is given and zero",
    shift: packing::NEVER_POSTED,
    rule: |_, rows, keys| {
        each(rows, keys, packing::NEVER_POSTED, |row| {
            u32::from(row.posts_count == 0)
        });
    },
};
