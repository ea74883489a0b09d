//! Accounts that show their posts to approved followers only.

use super::Heuristic;
use super::rows::each;
use crate::model::tally::packing;

/// As the export says it.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "protected",
    what: "the account shows its posts to approved followers only",
    shift: packing::PROTECTED,
    rule: |_, rows, keys| {
        each(rows, keys, packing::PROTECTED, |row| {
            u32::from(row.protected == Some(true))
        });
    },
};
