//! What totals say of a channel: a limit, and how it grew.
//!
//! Nobody is counted here. Followers whom the platform saw awake are not dormant, so they
//! bound the dormant share from above. The others may be awake too, so nothing bounds it
//! from below.

use std::collections::{BTreeMap, BTreeSet};

use super::{Standing, refused, share};
use crate::error::Result;
use crate::frame::dates::date;
use crate::model::aggregate::{ChannelTotals, Days, Flag, Growth, Metric};
use crate::model::manifest::Reading;
use crate::model::share::{Limits, Method, Share};
use crate::stats::Interval;
use crate::stats::aggregate::{Totals, aggregate_bounds};

/// The totals of a channel; `None` where no export holds any.
///
/// `window` are the first day of the study's window and the day of the census, in days
/// since 1970. Active followers count from the first of these on: who was active before
/// may be dormant since.
///
/// # Formula
/// A active followers in the hour with most of them, of F followers: the share not shown
/// to be reached is in [0, 1 − A/F]. Reach is not used: it counts everybody who had
/// something on the screen, and no export says how many of them follow.
///
/// # Errors
/// None that counts can bring about; those of the statistics.
///
/// # Source
/// Manski 2003.
pub fn aggregate(
    readings: &[&Reading],
    days: &Days,
    standing: Standing,
    window: (i64, i64),
) -> Result<Option<ChannelTotals>> {
    let files: Vec<_> = readings
        .iter()
        .filter_map(|reading| reading.aggregate.as_ref())
        .collect();
    if files.is_empty() {
        return Ok(None);
    }
    let largest = |metric| {
        files
            .iter()
            .filter_map(|file| file.totals.get(&metric)?.largest)
            .max()
    };
    // Where no day is known, the last row of a file is the best that there is.
    let counter = days
        .of(Metric::Followers)
        .next_back()
        .map(|(_, value)| value)
        .or_else(|| {
            files
                .iter()
                .find_map(|file| file.totals.get(&Metric::Followers)?.last)
        })
        .and_then(whole);
    let active = days
        .of(Metric::ActiveFollowers)
        .filter(|&(day, _)| day >= window.0)
        .filter_map(|(_, value)| whole(value))
        .max();
    let reach = largest(Metric::Reach).and_then(whole);
    let followers = standing.followers.or(counter);

    let mut flags = Vec::new();
    if followers.is_none() {
        flags.push(Flag::FollowersUnknown);
    }
    if reach.is_some() {
        flags.push(Flag::ReachWithoutFollowers);
    }
    if active.is_none() && largest(Metric::ActiveFollowers).is_some() {
        flags.push(Flag::ActiveOutsideWindow);
    }
    let not_reached = match followers {
        None => Interval::UNIT,
        Some(followers) => {
            let bounds = aggregate_bounds(Totals {
                followers,
                reach: None,
                follower_share_of_reach: None,
                engaged_followers: active,
                half_width: 0.0,
            })
            .map_err(refused)?;
            if bounds.reach_exceeds_followers {
                flags.push(Flag::ReachExceedsFollowers);
            }
            bounds.not_reached().unwrap_or(Interval::UNIT)
        }
    };
    flags.sort_unstable();
    Ok(Some(ChannelTotals {
        first: files.iter().filter_map(|file| file.first.clone()).min(),
        last: files.iter().filter_map(|file| file.last.clone()).max(),
        counter,
        active_followers: active,
        reach,
        not_reached: Limits {
            lower: not_reached.lower,
            upper: not_reached.upper,
        },
        flags,
        growth: growth(days),
    }))
}

/// The bounds that totals put on the dormant share; without sampling error, so they hold
/// at every level.
pub fn dormant_by_totals(totals: &ChannelTotals, level: f64) -> Share {
    let bounds = Interval {
        lower: 0.0,
        upper: totals.not_reached.upper,
    };
    share(bounds, None, level, Method::NoEvidence)
}

fn whole(number: i64) -> Option<u64> {
    u64::try_from(number).ok()
}

/// Gains and losses by month.
fn growth(days: &Days) -> Vec<Growth> {
    let mut months: BTreeMap<String, Growth> = BTreeMap::new();
    let mut add = |metric, pick: fn(&mut Growth) -> &mut Option<i64>| {
        for (day, value) in days.of(metric) {
            let sum = pick(months.entry(month(day)).or_default());
            *sum = Some(sum.unwrap_or(0).saturating_add(value));
        }
    };
    add(Metric::Gained, |growth| &mut growth.gained);
    add(Metric::Lost, |growth| &mut growth.lost);
    add(Metric::Net, |growth| &mut growth.net);
    let mut before = None;
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for (day, followers) in days.of(Metric::Followers) {
        let step = before.map_or(0, |before| followers.saturating_sub(before));
        before = Some(followers);
        let month = month(day);
        let growth = months.entry(month.clone()).or_default();
        growth.followers = Some(followers);
        let sum = counted.entry(month).or_default();
        *sum = sum.saturating_add(step);
    }
    let of_growth = [Metric::Gained, Metric::Lost, Metric::Net, Metric::Followers];
    let covered = of_growth.into_iter().flat_map(|metric| days.of(metric));
    for day in covered.map(|(day, _)| day).collect::<BTreeSet<i64>>() {
        months.entry(month(day)).or_default().days += 1;
    }
    months
        .into_iter()
        .map(|(month, growth)| {
            let difference = growth
                .gained
                .zip(growth.lost)
                .map(|(gained, lost)| gained.saturating_sub(lost));
            Growth {
                net: growth
                    .net
                    .or(difference)
                    .or_else(|| counted.get(&month).copied()),
                month,
                ..growth
            }
        })
        .collect()
}

fn month(day: i64) -> String {
    let mut text = date(day);
    text.truncate("2025-01".len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::aggregate::{Aggregate, Total};
    use crate::model::evidence::Design;
    use proptest::prelude::*;

    /// 2025-01-14.
    const CENSUS: i64 = 20_102;

    fn reading(metric: Metric, days: &[(i64, i64)]) -> (Reading, Days) {
        let mut single = Days::default();
        for &(day, value) in days {
            single.note(metric, day, value);
        }
        let largest = days.iter().map(|&(_, value)| value).max();
        let total = Total {
            present: days.len() as u64,
            largest: largest.filter(|_| !metric.adds_up()),
            ..Total::default()
        };
        let aggregate = Aggregate {
            totals: [(metric, total)].into(),
            ..Aggregate::default()
        };
        let reading = Reading {
            aggregate: Some(aggregate),
            ..Reading::default()
        };
        (reading, single)
    }

    fn of(metrics: &[(Metric, &[(i64, i64)])], followers: Option<u64>) -> ChannelTotals {
        let mut days = Days::default();
        let mut readings = Vec::new();
        for &(metric, values) in metrics {
            let (reading, single) = reading(metric, values);
            days.merge(&single);
            readings.push(reading);
        }
        let standing = Standing {
            design: Design::Unknown,
            followers,
        };
        let readings: Vec<_> = readings.iter().collect();
        aggregate(&readings, &days, standing, (CENSUS - 180, CENSUS))
            .unwrap()
            .unwrap()
    }

    #[test]
    fn active_followers_bound_from_above() {
        let totals = of(
            &[
                (
                    Metric::ActiveFollowers,
                    &[(CENSUS - 3, 300), (CENSUS - 2, 400)],
                ),
                (Metric::Followers, &[(CENSUS - 3, 990), (CENSUS - 2, 1000)]),
            ],
            None,
        );
        assert_eq!(totals.active_followers, Some(400));
        assert_eq!(totals.counter, Some(1000));
        assert_eq!(
            totals.not_reached,
            Limits {
                lower: 0.0,
                upper: 0.6
            }
        );
        assert_eq!(totals.flags, []);
    }

    #[test]
    fn what_proves_nothing() {
        let unit = Limits {
            lower: 0.0,
            upper: 1.0,
        };
        // Activity before the window.
        let before = of(
            &[(Metric::ActiveFollowers, &[(CENSUS - 181, 400)])],
            Some(1000),
        );
        assert_eq!((before.not_reached, before.active_followers), (unit, None));
        assert_eq!(before.flags, [Flag::ActiveOutsideWindow]);
        // Reach, of whomever.
        let reach = of(&[(Metric::Reach, &[(CENSUS, 900)])], Some(1000));
        assert_eq!((reach.not_reached, reach.reach), (unit, Some(900)));
        assert_eq!(reach.flags, [Flag::ReachWithoutFollowers]);
        // Followers that nobody counted.
        let unknown = of(&[(Metric::ActiveFollowers, &[(CENSUS, 400)])], None);
        assert_eq!(unknown.not_reached, unit);
        assert_eq!(unknown.flags, [Flag::FollowersUnknown]);
        // A counter that lags.
        let more = of(&[(Metric::ActiveFollowers, &[(CENSUS, 400)])], Some(300));
        assert_eq!(
            more.not_reached,
            Limits {
                lower: 0.0,
                upper: 0.0
            }
        );
        assert_eq!(more.flags, [Flag::ReachExceedsFollowers]);
    }

    #[test]
    fn months() {
        let totals = of(
            &[
                (
                    Metric::Gained,
                    &[(CENSUS - 14, 7), (CENSUS - 1, 2), (CENSUS, 3)],
                ),
                (Metric::Lost, &[(CENSUS, 1)]),
            ],
            None,
        );
        let found: Vec<_> = totals
            .growth
            .iter()
            .map(|growth| {
                (
                    growth.month.as_str(),
                    growth.days,
                    growth.gained,
                    growth.lost,
                    growth.net,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("2024-12", 1, Some(7), None, None),
                ("2025-01", 2, Some(5), Some(1), Some(4))
            ]
        );
        let counted = of(
            &[(
                Metric::Followers,
                &[(CENSUS - 15, 98), (CENSUS - 14, 100), (CENSUS, 95)],
            )],
            None,
        );
        let found: Vec<_> = counted
            .growth
            .iter()
            .map(|growth| (growth.followers, growth.net))
            .collect();
        assert_eq!(found, [(Some(100), Some(2)), (Some(95), Some(-5))]);
    }

    proptest! {
        #[test]
        fn limits_are_shares(active in 0i64..5000, followers in prop::option::of(0u64..3000)) {
            let totals = of(&[(Metric::ActiveFollowers, &[(CENSUS, active)])], followers);
            let Limits { lower, upper } = totals.not_reached;
            prop_assert!(lower == 0.0 && (0.0..=1.0).contains(&upper));
        }
    }
}
