//! When an X account was made, from its id.
//!
//! Ids since February 2016 hold their millisecond (snowflakes). Older ids were handed
//! out one after the other, so the date lies between those of the nearest ids whose
//! date is known: `ANCHORS`, computed from about 4,400 public pairs of id and date.
//! Left out one by one, these pairs are met within 0.01 days (median), 0.1 days
//! (90 %) and 61 days (99 %). Between the rounded anchors of the table, and after 2013
//! in general, count on a month either way; in 2006 on three.

use std::sync::LazyLock;

use crate::frame::dates::{DAY, FIRST_X_SNOWFLAKE, iso_8601, x_snowflake};

/// Rounded ids and the day on which they were handed out.
const ANCHORS: &str = include_str!("x_id_anchors.csv");

/// The first account: id 12, 2006-03-21.
const FIRST: (u64, i64) = (12, 1_142_899_200_000);

/// No sequential id lies above this; the largest seen is about 4.9e9.
const LAST_SEQUENTIAL: u64 = 5_000_000_000;

/// The anchors as (id, milliseconds since 1970), both growing.
static TABLE: LazyLock<Vec<(u64, i64)>> = LazyLock::new(|| {
    let anchors = ANCHORS.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let id = cells.next()?.parse().ok()?;
        // A date alone is read as the end of its day; the middle is nearer.
        let day = iso_8601(cells.next()?.as_bytes())? - DAY / 2;
        Some((id, day))
    });
    std::iter::once(FIRST).chain(anchors).collect()
});

/// The instant at which the account was made, in milliseconds since 1970.
///
/// `None` for ids that X never gave out: below 12, and between the last sequential id
/// and the first snowflake.
///
/// # Examples
/// ```
/// use dormouse::frame::dates::{iso_8601, rfc_3339};
/// use dormouse::ingest::x_ids::created_at;
/// // A snowflake, to the millisecond.
/// assert_eq!(created_at(1_101_406_580_000_000_000), iso_8601(b"2019-03-01T08:59:26.473Z"));
/// // A sequential id, between two anchors of 2009.
/// assert_eq!(created_at(45_000_000).map(rfc_3339).as_deref(), Some("2009-06-03T11:59:59Z"));
/// assert_eq!(created_at(6_000_000_000), None);
/// ```
pub fn created_at(id: u64) -> Option<i64> {
    if id >= FIRST_X_SNOWFLAKE {
        return x_snowflake(id);
    }
    if !(FIRST.0..=LAST_SEQUENTIAL).contains(&id) {
        return None;
    }
    let table = TABLE.as_slice();
    // Past the last anchor, the line through the last two goes on.
    let above = table
        .partition_point(|&(anchor, _)| anchor < id)
        .clamp(1, table.len() - 1);
    let (&(id_0, ms_0), &(id_1, ms_1)) = (table.get(above - 1)?, table.get(above)?);
    let share = (id as f64 - id_0 as f64) / (id_1 as f64 - id_0 as f64);
    Some(ms_0 + ((ms_1 - ms_0) as f64 * share).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_grows() {
        assert_eq!(TABLE.len(), 61);
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
    }

    #[test]
    fn anchors_are_met() {
        for &(id, ms) in TABLE.iter() {
            assert_eq!(created_at(id), Some(ms), "{id}");
        }
        let last = created_at(LAST_SEQUENTIAL);
        assert!(last > iso_8601(b"2016-01-27") && last < iso_8601(b"2016-02-25"));
        for never in [0, 11, LAST_SEQUENTIAL + 1, FIRST_X_SNOWFLAKE - 1] {
            assert_eq!(created_at(never), None, "{never}");
        }
    }

    proptest! {
        #[test]
        fn a_larger_sequential_id_is_never_older(a in 12_u64..LAST_SEQUENTIAL, b in 12_u64..LAST_SEQUENTIAL) {
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(created_at(a) <= created_at(b));
        }
    }
}
