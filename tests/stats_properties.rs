//! What must hold of the statistics for every input, not only for the tables.
#![allow(
    clippy::unwrap_used,
    reason = "a refusal where none is due fails the test"
)]

mod audits;
mod comparisons;
mod others;
mod never_nan;
mod shares;
mod stages;
mod tallies;

use dormouse::stats::{Estimate, Interval, Stratum};
use proptest::prelude::*;

/// Rounding, in limits of the order of one.
const ROUNDING: f64 = 1e-9;

/// Levels, from the absurd to the strict.
fn levels() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.5),
        Just(0.9),
        Just(0.95),
        Just(0.99),
        1e-6..0.999_999f64
    ]
}

/// k out of n, n > 0, small, large and beyond what a float can count.
fn counts() -> impl Strategy<Value = (u64, u64)> {
    let sizes = prop_oneof![1..50u64, 1..100_000u64, 1..=u64::MAX];
    sizes.prop_flat_map(|n| (prop_oneof![Just(0), Just(n), 0..=n], Just(n)))
}

/// k out of n out of N, n > 0.
fn draws() -> impl Strategy<Value = (u64, u64, u64)> {
    let populations = prop_oneof![1..50u64, 1..100_000u64, 1..=u64::MAX];
    populations
        .prop_flat_map(|population| {
            (
                prop_oneof![Just(population), 1..=population],
                Just(population),
            )
        })
        .prop_flat_map(|(n, population)| {
            (
                prop_oneof![Just(0), Just(n), 0..=n],
                Just(n),
                Just(population),
            )
        })
}

/// A stratum with at most as many labels as followers; `unknown` whether some are "unknown".
fn stratum(largest: u64, unknown: bool) -> impl Strategy<Value = Stratum> {
    (1..=largest)
        .prop_flat_map(|size| (Just(size), 1..=size))
        .prop_flat_map(|(size, labels)| (Just(size), Just(labels), 0..=labels))
        .prop_flat_map(move |(size, labels, dormant)| {
            let most = if unknown { labels - dormant } else { 0 };
            (Just(size), Just(labels), Just(dormant), 0..=most)
        })
        .prop_map(|(size, labels, dormant, unknown)| Stratum {
            size,
            dormant,
            active: labels - dormant - unknown,
            unknown,
        })
}

/// Audits of one to five strata.
fn audits(unknown: bool) -> impl Strategy<Value = Vec<Stratum>> {
    let largest = prop_oneof![Just(30), Just(10_000), Just(u64::MAX / 8)];
    largest.prop_flat_map(move |largest| prop::collection::vec(stratum(largest, unknown), 1..=5))
}

/// Shares between limits.
fn estimates() -> impl Strategy<Value = Estimate> {
    [0.0..=1.0f64, 0.0..=1.0f64, 0.0..=1.0f64].prop_map(|mut three| {
        three.sort_by(f64::total_cmp);
        let [lower, estimate, upper] = three;
        Estimate {
            estimate,
            lower,
            upper,
        }
    })
}

#[track_caller]
fn is_share(interval: Interval) {
    let Interval { lower, upper } = interval;
    assert!(
        0.0 <= lower && lower <= upper && upper <= 1.0,
        "{interval:?}"
    );
}

#[track_caller]
fn is_share_around(interval: Interval, estimate: f64) {
    is_share(interval);
    assert!(
        interval.contains(estimate),
        "{estimate} is not in {interval:?}"
    );
}

/// `inner` lies within `outer`, but for rounding.
#[track_caller]
fn is_within(inner: Interval, outer: Interval) {
    assert!(
        outer.lower <= inner.lower + ROUNDING && inner.upper <= outer.upper + ROUNDING,
        "{inner:?} is not within {outer:?}"
    );
}

#[track_caller]
fn are_close(a: f64, b: f64) {
    assert!((a - b).abs() <= ROUNDING, "{a} is not {b}");
}
