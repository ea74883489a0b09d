//! Days from the last sign of life to the census instant.
//!
//! A sign of life is any dated act: a post or other last activity that the export
//! gives, the follow, the creation of the account. Who followed ten days ago was awake
//! ten days ago, on any platform.

use super::{Heuristic, rowwise};
use crate::frame::columns as name;
use crate::model::tally::packing;

/// Whole days, rounded up so that "strictly more than W days" is `days > W`.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "days_silent",
    what: "days from the last dated act (activity, follow, creation) to the census, rounded up",
    shift: 0,
    rule: |judgement| {
        let judgement = judgement.clone();
        let columns = [
            name::LAST_ACTIVE_AT,
            name::FOLLOWED_AT,
            name::ACCOUNT_CREATED_AT,
        ];
        rowwise(columns, move |dates| {
            // Nothing given is less than any date.
            let last = dates.into_iter().max().flatten();
            last.map_or(packing::NO_DAYS, |time| {
                let days = judgement.days_since(time);
                u32::try_from(days).map_or(packing::MAX_DAYS, |days| days.min(packing::MAX_DAYS))
            })
        })
    },
};
