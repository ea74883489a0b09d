//! Accounts that show their posts to approved followers only.

use polars::prelude::col;

use super::{Heuristic, bit};
use crate::frame::columns as name;
use crate::model::tally::packing;

/// As the export says it.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "protected",
    what: "the account shows its posts to approved followers only",
    shift: packing::PROTECTED,
    rule: |_| bit(col(name::PROTECTED)),
};
