//! Days from the last sign of life to the census instant.
//!
//! A sign of life is any dated act: a post or other last activity that the export
//! gives, the follow, the creation of the account, an interaction with the channel where
//! a list of those was read. Who followed ten days ago was awake ten days ago, on any
//! platform.

use polars::prelude::{DataType, col, lit, when};

use super::Heuristic;
use crate::frame::columns as name;
use crate::model::tally::packing;

/// Whole days, rounded up so that "strictly more than W days" is `days > W`.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "days_silent",
    what: "days from the last dated act (activity, follow, creation, interaction) to the census, rounded up",
    shift: 0,
    rule: |judgement| {
        // The later of two, of which each may be missing.
        let later = |a: polars::prelude::Expr, b: polars::prelude::Expr| {
            when(a.clone().is_null().or(b.clone().gt(a.clone())))
                .then(b)
                .otherwise(a)
        };
        let mut last = later(
            later(col(name::LAST_ACTIVE_AT), col(name::FOLLOWED_AT)),
            col(name::ACCOUNT_CREATED_AT),
        );
        if judgement.interactions {
            last = later(last, col(name::INTERACTED_AT));
        }
        let days = judgement.days_since(last);
        let most = lit(i64::from(packing::MAX_DAYS));
        when(days.clone().gt(most.clone()))
            .then(most)
            .otherwise(days)
            .cast(DataType::UInt32)
            .fill_null(lit(packing::NO_DAYS))
    },
};
