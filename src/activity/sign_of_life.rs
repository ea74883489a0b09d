//! Days from the last sign of life to the census instant.
//!
//! A sign of life is any dated act: a post or other last activity that the export
//! gives, the follow, the creation of the account, an interaction with the channel where
//! a list of those was read. Who followed ten days ago was awake ten days ago, on any
//! platform.

use std::hint::select_unpredictable;

use super::Heuristic;
use super::rows::each;
use crate::frame::fields::NONE;
use crate::model::tally::packing;

/// Whole days, rounded up so that "strictly more than W days" is `days > W`.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "days_silent",
    what: "days from the last dated act (activity, follow, creation, interaction) to the census, rounded up",
    shift: 0,
    rule: |judgement, rows, keys| {
        each(rows, keys, 0, |row| {
            // Nothing given is less than any date.
            let last = row
                .last_active_at
                .max(row.followed_at)
                .max(row.account_created_at)
                .max(row.interacted_at);
            let days = judgement.days_since(last).min(packing::MAX_DAYS);
            select_unpredictable(last == NONE, packing::NO_DAYS, days)
        });
    },
};
