//! Account and post ids that carry the dates which real ones carry.

use std::sync::LazyLock;

use super::instants;
use super::population::Follower;

/// Milliseconds at which X's snowflake clock starts (twitwi, `OFFSET_TIMESTAMP`).
const X_EPOCH: i64 = 1_288_834_974_657;

/// Sequential X user ids and the dates on which they were given out, rising in both.
static X_ANCHORS: LazyLock<Vec<(i64, u64)>> = LazyLock::new(|| {
    include_str!("../ingest/x_id_anchors.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let id = cells.next()?.parse().ok()?;
            // Some time of that day: its middle errs least.
            let noon = format!("{}T12:00:00Z", cells.next()?);
            let instant = chrono::DateTime::parse_from_rfc3339(&noon).ok()?;
            Some((instant.timestamp(), id))
        })
        .collect()
});

/// The id of an X account: a snowflake of its creation from 2016 on, and before that a
/// sequential id, interpolated between the anchors.
pub fn x_account(follower: &Follower) -> u64 {
    let anchors = &*X_ANCHORS;
    let after = anchors.partition_point(|&(instant, _)| instant <= follower.created);
    match (
        after.checked_sub(1).and_then(|i| anchors.get(i)),
        anchors.get(after),
    ) {
        (Some(&(t0, id0)), Some(&(t1, id1))) => {
            let part = (follower.created - t0) as f64 / (t1 - t0) as f64;
            distinct(id0 + (part * (id1 - id0) as f64) as u64, follower)
        }
        (None, _) => distinct(0, follower),
        (_, None) => x_snowflake(follower.created, follower.noise),
    }
}

/// The id of a post on X at an instant: sequential until November 2010.
pub fn x_post(seconds: i64, noise: u64) -> u64 {
    const FIRST_POST: i64 = 1_142_974_214;
    const LAST_SEQUENTIAL: i64 = 29_700_000_000;
    let first_snowflake = X_EPOCH / 1000 + 1;
    if seconds >= first_snowflake {
        return x_snowflake(seconds, noise);
    }
    let since = (seconds - FIRST_POST).max(0);
    ((since * (LAST_SEQUENTIAL / 1000)) / (first_snowflake - FIRST_POST) * 1000) as u64
        + noise % 1000
        + 20
}

/// The id of an account on a Mastodon server, which tells when that server first
/// stored it: at its creation, or, for an account of another server, up to the follow.
pub fn mastodon_account(follower: &Follower, remote: bool) -> u64 {
    let part = if remote { follower.noise >> 32 & 3 } else { 0 };
    let stored = follower.created + (follower.followed - follower.created) * part as i64 / 3;
    if stored < instants::year_start(2018) {
        return distinct(0, follower);
    }
    let millis = stored * 1000 + (follower.noise >> 16 & 0x3FF).min(999) as i64;
    (millis as u64) << 16 | follower.noise & 0xFFFF
}

fn x_snowflake(seconds: i64, noise: u64) -> u64 {
    let millis = seconds * 1000 + (noise >> 22 & 0x3FF).min(999) as i64;
    ((millis - X_EPOCH).max(0) as u64) << 22 | noise & 0x3F_FFFF
}

/// The nearest id at or below `near` that no other follower of the list can have: the
/// one that leaves the follower's own tag as its remainder. In a list of twenty thousand
/// that moves an account of 2012 by a quarter of an hour; in one of a million, those of
/// before 2009, when a million ids lasted for weeks, by a month.
fn distinct(near: u64, follower: &Follower) -> u64 {
    let laps = near.saturating_sub(follower.tag).checked_div(follower.tags);
    laps.unwrap_or(0) * follower.tags + follower.tag + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::population::Follower;
    use proptest::prelude::*;

    #[test]
    fn anchors_rise() {
        assert_eq!(X_ANCHORS.len(), 60);
        assert!(X_ANCHORS.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
    }

    #[test]
    fn at_an_anchor_the_id_is_the_anchor() {
        let follower = |tag, tags| Follower {
            created: 1_329_912_000,
            tag,
            tags,
            ..Follower::default()
        };
        assert_eq!(x_account(&follower(0, 1)), 500_000_001);
        assert_eq!(x_account(&follower(5, 1 << 15)), 499_974_150);
    }

    proptest! {
        #[test]
        fn snowflakes_tell_the_second(created in 1_460_000_000..1_800_000_000i64, noise: u64) {
            let follower = Follower { created, noise, ..Follower::default() };
            let id = x_account(&follower);
            prop_assert_eq!(((id >> 22) as i64 + X_EPOCH) / 1000, created);
            prop_assert_eq!(((x_post(created, noise) >> 22) as i64 + X_EPOCH) / 1000, created);
        }

        #[test]
        fn sequential_ids_are_distinct_and_near(
            created in 1_230_000_000..1_450_000_000i64,
            tags in 0..16u32,
            a: u64,
            b: u64,
        ) {
            let tags = 1u64 << tags;
            let follower = |tag| Follower { created, tag: tag % tags, tags, ..Follower::default() };
            let (one, other) = (x_account(&follower(a)), x_account(&follower(b)));
            prop_assert_eq!(one == other, a % tags == b % tags);
            prop_assert!(one.abs_diff(other) <= 2 * tags);
            prop_assert!(one < 5_000_000_000);
        }

        #[test]
        fn mastodon_ids_tell_when_the_account_was_stored(
            created in 1_520_000_000..1_700_000_000i64,
            later in 0..100_000_000i64,
            noise: u64,
            remote: bool,
        ) {
            let follower = Follower { created, followed: created + later, noise, ..Follower::default() };
            let stored = (mastodon_account(&follower, remote) >> 16) as i64 / 1000;
            prop_assert!(stored >= created && stored <= created + later);
            prop_assert!(remote || stored == created);
        }
    }
}
