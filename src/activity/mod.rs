//! From rows to the tally: the heuristics, one file each, as one elementwise function.
//!
//! Each [`Heuristic`] is a rule over single rows that gives a small whole number; together
//! they are the packed key of the tally (`model::tally::Key`), by which the rows are
//! grouped once. No window is chosen here: the tally keeps days of silence,
//! so that every window is read off it later.

mod counter;
mod follow_age;
mod histories;
mod named;
mod never_posted;
mod post_age;
mod protected;
mod record;
mod rows;
mod sign_of_life;
mod suspected_bot;

use polars::prelude::DataFrame;

use crate::error::{Error, Result};
use crate::frame::columns as name;
use crate::frame::dates::DAY;
use crate::frame::engine;
use crate::model::tally::{FOLLOW_AGE_EDGES, Key, packing, post_edges};

/// Rows as they come from the exports: one a follower, columns as [`crate::frame::columns`]
/// names them.
pub type Rows = DataFrame;

pub use counter::Counter;
pub use histories::histories;
pub use named::named;
pub use record::{confirm_zero_counts, confirmation, unconfirmed, zero_is_proof};
pub use rows::Row;

/// When and against which windows followers are judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The census instant, in milliseconds since 1970 UTC.
    pub census: i64,
    post_ages: Buckets,
    follow_ages: Buckets,
    /// Whether interactions with the channel are signs of life; batches then have the
    /// column of them.
    interactions: bool,
}

impl Judgement {
    /// Judges at `census` for a study with a window of `window` days.
    pub fn new(census: i64, window: u32) -> Self {
        Self {
            census,
            post_ages: Buckets::of(&post_edges(window)),
            follow_ages: Buckets::of(&FOLLOW_AGE_EDGES),
            interactions: false,
        }
    }

    /// The same, with interactions as signs of life or without.
    #[must_use]
    pub fn with_interactions(self, interactions: bool) -> Self {
        Self {
            interactions,
            ..self
        }
    }

    /// Days from a time to the census, rounded up; zero for a time after it.
    #[inline]
    fn days_since(&self, time: i64) -> u32 {
        // Saturating: a column may hold any number.
        let silence = self.census.saturating_sub(time).max(0).unsigned_abs();
        u32::try_from(silence.div_ceil(DAY.unsigned_abs())).unwrap_or(u32::MAX)
    }
}

/// One rule: a field of the key.
pub struct Heuristic {
    /// The name, as in the columns of `tallies.parquet`.
    pub name: &'static str,
    /// What it says, and where the rule comes from.
    pub what: &'static str,
    /// Its lowest bit in the packed key.
    pub shift: u32,
    /// The rule: adds its field to the keys of some rows.
    pub rule: fn(&Judgement, &[Row], &mut [u32]),
}

/// Every heuristic, in the order of the key.
pub static HEURISTICS: &[Heuristic] = &[
    sign_of_life::HEURISTIC,
    post_age::HEURISTIC,
    record::HEURISTIC,
    never_posted::HEURISTIC,
    suspected_bot::HEURISTIC,
    DUPLICATE,
    protected::HEURISTIC,
    follow_age::HEURISTIC,
];

/// Found by the intake, which alone sees ids.
const DUPLICATE: Heuristic = Heuristic {
    name: name::DUPLICATE,
    what: "the id was seen before in this channel; the first row is kept",
    shift: packing::DUPLICATE,
    rule: |_, rows, keys| {
        rows::each(rows, keys, packing::DUPLICATE, |row| {
            u32::from(row.duplicate)
        });
    },
};

/// The packed key of each row.
fn packed_keys(rows: &DataFrame, judgement: &Judgement) -> Result<Vec<u32>> {
    rows::keys(rows, judgement).map_err(engine::fault)
}

/// The key of each row of a batch, in its order: what [`Counter`] counts, before it is
/// counted. Only the draw of an audit needs it.
///
/// # Errors
/// Only a fault of the engine.
pub fn keys(rows: &DataFrame, judgement: &Judgement) -> Result<Vec<Key>> {
    packed_keys(rows, judgement)?
        .into_iter()
        .map(unpacked)
        .collect()
}

fn unpacked(key: u32) -> Result<Key> {
    Key::unpack(key).ok_or_else(|| {
        Error::new(
            "activity::key",
            "a heuristic gave a key that does not unpack",
        )
        .help("this is a fault of dormouse; please report it with the version")
    })
}

/// For each number of days how many edges it exceeds; the last stands for all above.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Buckets(Vec<u8>);

impl Buckets {
    fn of(edges: &[u32]) -> Self {
        // More days than the key holds exceed nothing that matters.
        let last = edges.iter().max().map_or(0, |edge| edge.saturating_add(1));
        let exceeded = |days| edges.iter().filter(|&&edge| days > edge).count() as u8;
        Self((0..=last.min(packing::MAX_DAYS)).map(exceeded).collect())
    }

    #[inline]
    fn place(&self, days: u32) -> u32 {
        let place = (days as usize).min(self.0.len().saturating_sub(1));
        self.0.get(place).copied().map_or(0, u32::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::batch::{Batch, Follower};
    use crate::model::tally::{FOLLOW_AGE_EDGES, Record, Tally};
    use proptest::prelude::*;

    const CENSUS: i64 = 1_700_000_000_000;

    fn followers() -> impl Strategy<Value = Vec<(Follower<'static>, bool)>> {
        let time = || proptest::option::of(CENSUS - 4000 * DAY..CENSUS + 10 * DAY);
        let count = || proptest::option::of(prop_oneof![Just(0_u64), 0..3000_u64, Just(u64::MAX)]);
        let follower = (
            (time(), time(), time()),
            (count(), count(), count()),
            (
                any::<Option<bool>>(),
                any::<Option<bool>>(),
                proptest::bool::weighted(0.1),
            ),
        )
            .prop_map(|(times, counts, flags)| Follower {
                id: None,
                followed_at: times.0,
                account_created_at: times.1,
                last_active_at: times.2,
                posts_count: counts.0,
                followers_count: counts.1,
                following_count: counts.2,
                default_avatar: flags.0,
                protected: flags.1,
                gone: flags.2,
                ..Follower::default()
            });
        proptest::collection::vec((follower, any::<bool>()), 1..60)
    }

    fn batch(rows: &[(Follower<'_>, bool)]) -> DataFrame {
        let (mut batch, mut duplicates) = (Batch::default(), Vec::new());
        for (row, (follower, duplicate)) in rows.iter().enumerate() {
            batch.push(follower);
            duplicates.extend(duplicate.then_some(row));
        }
        batch.take(&duplicates).unwrap()
    }

    fn count(parts: &[&[(Follower<'_>, bool)]], judgement: &Judgement) -> Tally {
        let counter = Counter::new(judgement.clone());
        for part in parts {
            counter.count(&batch(part)).unwrap();
        }
        counter.finish().unwrap()
    }

    /// The key of one follower, said a second time without the engine.
    fn key(follower: &Follower<'_>, duplicate: bool, judgement: &Judgement, window: u32) -> Key {
        let days = |time: i64| {
            (judgement.census - time)
                .max(0)
                .unsigned_abs()
                .div_ceil(DAY as u64) as i64
        };
        let place = |days: i64, edges: &[u32]| {
            edges.iter().filter(|&&edge| days > i64::from(edge)).count() as u8
        };
        let zero = follower.posts_count == Some(0);
        let signs = [
            follower.last_active_at,
            follower.followed_at,
            follower.account_created_at,
        ];
        let posted = if zero {
            follower.account_created_at
        } else {
            follower.last_active_at
        };
        Key {
            record: match follower {
                Follower { gone: true, .. } => Record::Gone,
                Follower {
                    last_active_at: Some(_),
                    ..
                } => Record::Dated,
                Follower {
                    posts_count: Some(0),
                    ..
                } => Record::NeverPosted,
                Follower {
                    protected: Some(true),
                    ..
                } => Record::Protected,
                _ => Record::NotGiven,
            },
            days_silent: signs
                .into_iter()
                .flatten()
                .max()
                .map(|time| days(time) as u16),
            post_age: posted.map(|time| place(days(time), &post_edges(window))),
            never_posted: zero,
            suspected_bot: follower.default_avatar == Some(true)
                && follower.following_count.is_some_and(|count| count >= 1000)
                && follower.followers_count.is_some_and(|count| count < 50),
            duplicate,
            protected: follower.protected == Some(true),
            follow_age: follower
                .followed_at
                .map(|time| place(days(time), &FOLLOW_AGE_EDGES)),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_tally_counts_what_the_rules_say(rows in followers(), window in 1..2000_u32) {
            let judgement = Judgement::new(CENSUS, window);
            let mut expected = Tally::default();
            for (follower, duplicate) in &rows {
                expected.add(key(follower, *duplicate, &judgement, window), 1);
            }
            prop_assert_eq!(count(&[&rows], &judgement), expected);
        }

        #[test]
        fn keys_stand_in_the_order_of_the_rows(rows in followers(), window in 1..2000_u32) {
            let judgement = Judgement::new(CENSUS, window);
            let expected: Vec<_> = rows
                .iter()
                .map(|(follower, duplicate)| key(follower, *duplicate, &judgement, window))
                .collect();
            prop_assert_eq!(keys(&batch(&rows), &judgement).unwrap(), expected);
        }

        #[test]
        fn parts_add_up_to_the_whole(rows in followers(), cut in any::<prop::sample::Index>()) {
            let judgement = Judgement::new(CENSUS, 180);
            let cut = cut.index(rows.len() + 1);
            let (left, right) = rows.split_at(cut);
            let whole = count(&[&rows], &judgement);
            prop_assert_eq!(&count(&[left, right], &judgement), &whole);
            let mut sum = count(&[left], &judgement);
            sum.merge(&count(&[right], &judgement));
            prop_assert_eq!(sum, whole);
        }
    }

    #[test]
    fn exactly_the_window_is_awake_and_a_moment_more_is_silent() {
        let judgement = Judgement::new(CENSUS, 180);
        for (age, silent) in [(180 * DAY, 0), (180 * DAY + 1, 1), (-DAY, 0)] {
            let follower = Follower {
                last_active_at: Some(CENSUS - age),
                ..Follower::default()
            };
            let tally = count(&[&[(follower, false)]], &judgement);
            assert_eq!(tally.counts(180).silent, silent, "{age}");
        }
    }

    #[test]
    fn keys_do_not_share_bits() {
        for pair in HEURISTICS.windows(2) {
            assert!(pair[0].shift < pair[1].shift, "{}", pair[1].name);
        }
    }
}
