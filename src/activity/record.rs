//! How complete the record of a follower's posts is.
//!
//! The record is complete where the export gives the last activity, or a post count
//! of zero, since then there is no post to be missing. Everything else is not known,
//! and missing is never dormant.

use std::hint::select_unpredictable as either;

use super::Heuristic;
use super::rows::each;
use crate::frame::fields::NONE;
use crate::model::evidence::{Field, Fields};
use crate::model::platform::Platform;
use crate::model::tally::{Key, Record, Tally, packing};

/// The code of `model::tally::Record`.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "record",
    what: "whether the export gives the last activity or a post count of zero, and if not, why",
    shift: packing::RECORD,
    rule: |_, rows, keys| {
        each(rows, keys, packing::RECORD, |row| {
            // The first that holds, from the last on.
            let record = Record::NotGiven;
            let record = either(row.protected == Some(true), Record::Protected, record);
            let record = either(row.posts_count == 0, Record::NeverPosted, record);
            let record = either(row.last_active_at != NONE, Record::Dated, record);
            let record = either(row.gone, Record::Gone, record);
            record as u32
        });
    },
};

/// Takes back zero counts that prove nothing; see [`confirmation`].
#[must_use]
pub fn confirm_zero_counts(tally: Tally, platform: Platform, fields: &Fields) -> Tally {
    tally.map_keys(confirmation(platform, fields))
}

/// What the zero counts of a file come to, as a change of keys.
///
/// On a federated platform a post count is what one server has seen. Where the export
/// gives nobody's last activity either, nothing confirms a zero, and those followers
/// are undetermined. Known only when the whole file was read.
pub fn confirmation(platform: Platform, fields: &Fields) -> fn(Key) -> Key {
    if zero_is_proof(platform, fields) {
        |key| key
    } else {
        unconfirmed
    }
}

/// Whether a count of zero in a file shows that there is no post; see [`confirmation`].
pub fn zero_is_proof(platform: Platform, fields: &Fields) -> bool {
    let collected = fields
        .get(&Field::LastActiveAt)
        .is_some_and(|count| count.present > 0);
    collected || !platform.counts_are_lower_limits()
}

/// The key of a follower whose count of zero proves nothing.
pub fn unconfirmed(key: Key) -> Key {
    match key.record {
        Record::NeverPosted => Key {
            record: Record::Unconfirmed,
            ..key
        },
        _ => key,
    }
}
