//! Accounts with a post count of zero.

use polars::prelude::{col, lit};

use super::{Heuristic, bit};
use crate::frame::columns as name;
use crate::model::tally::packing;

/// A blank count is not zero.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "never_posted",
    what: "the post count is given and zero",
    shift: packing::NEVER_POSTED,
    rule: |_| bit(col(name::POSTS_COUNT).eq(lit(0_i64))),
};
