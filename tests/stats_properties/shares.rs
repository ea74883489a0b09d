//! One share, and bounds on one.

use dormouse::stats::{Interval, Refusal, bounds, finite_population, newest, normal, proportion};
use proptest::prelude::*;

use super::{are_close, counts, draws, is_share, is_share_around, is_within, levels};

proptest! {
    #[test]
    fn intervals_hold_the_share((k, n) in counts(), level in levels()) {
        let p = k as f64 / n as f64;
        is_share_around(proportion::wilson(k, n, level).unwrap(), p);
        is_share_around(proportion::agresti_coull(k, n, level).unwrap(), p);
    }

    #[test]
    fn beta_intervals_are_shares(n in 1..20_000u64, part in 0.0..=1.0f64, level in levels()) {
        let k = (part * n as f64) as u64;
        let p = k as f64 / n as f64;
        is_share_around(proportion::clopper_pearson(k, n, level).unwrap(), p);
        is_share(proportion::jeffreys(k, n, level).unwrap());
        is_within(
            proportion::jeffreys_raw(k, n, level).unwrap(),
            proportion::clopper_pearson(k, n, level).unwrap(),
        );
    }

    #[test]
    fn counting_the_others_mirrors_the_interval((k, n) in counts(), level in levels()) {
        let others = proportion::wilson(n - k, n, level).unwrap().complement();
        let limits = proportion::wilson(k, n, level).unwrap();
        are_close(limits.lower, others.lower);
        are_close(limits.upper, others.upper);
    }

    /// At the same share, more observations give an interval within the old one.
    #[test]
    fn more_observations_never_widen(
        n in 1..10_000u64,
        part in 0.0..=1.0f64,
        factor in 2..50u64,
        level in levels(),
    ) {
        let k = (part * n as f64) as u64;
        let few = proportion::wilson(k, n, level).unwrap();
        let many = proportion::wilson(factor * k, factor * n, level).unwrap();
        is_within(many, few);
        let population = factor * n;
        let few = finite_population::wilson_fpc(k, n, population, level).unwrap();
        let all = finite_population::wilson_fpc(factor * k, population, population, level).unwrap();
        is_within(all, few);
        is_within(few, proportion::wilson(k, n, level).unwrap());
    }

    #[test]
    fn finite_populations_hold_the_share((k, n, population) in draws(), level in levels()) {
        let limits = finite_population::wilson_fpc(k, n, population, level).unwrap();
        is_share_around(limits, k as f64 / n as f64);
        let rounded = finite_population::round_outward(limits, k, n, population).unwrap();
        is_share_around(rounded, k as f64 / n as f64);
        let again = finite_population::round_outward(rounded, k, n, population).unwrap();
        prop_assert_eq!(rounded, again);
    }

    #[test]
    fn exact_limits_are_possible(
        (k, n, population) in draws().prop_filter("size", |draw| draw.2 < 100_000),
        level in levels(),
    ) {
        let exact = finite_population::hypergeometric(k, n, population, level).unwrap();
        prop_assert!(k <= exact.lower && exact.lower <= exact.upper);
        prop_assert!(exact.upper <= population - (n - k));
    }

    /// Whoever turns undetermined widens the bounds, whatever the state before.
    #[test]
    fn bounds_widen_with_the_undetermined((k, n) in counts(), part in 0.0..=1.0f64) {
        let undetermined = (part * (n - k) as f64) as u64;
        let undetermined = undetermined.min(n - k);
        let before = bounds::manski(k, undetermined, n).unwrap();
        is_share(before);
        if k > 0 {
            is_within(before, bounds::manski(k - 1, undetermined + 1, n).unwrap());
        }
        if k + undetermined < n {
            is_within(before, bounds::manski(k, undetermined + 1, n).unwrap());
        }
    }

    /// The interval around bounds does not widen with the undetermined, because its critical
    /// value falls with the width of the bounds; it lies between the limits at the one-sided
    /// and those at the two-sided quantile, and these do widen.
    #[test]
    fn intervals_around_bounds(
        (k, n, population) in draws(),
        part in 0.0..=1.0f64,
        known in any::<bool>(),
        level in 0.5..0.999f64,
    ) {
        let undetermined = ((part * (n - k) as f64) as u64).min(n - k);
        let population = known.then_some(population);
        let found = bounds::imbens_manski(k, undetermined, n, population, level).unwrap();
        is_share(found.interval);
        is_share(bounds::wald_form(&found));
        is_within(found.bounds, found.interval);
        let (one, two) = (normal::one_sided(level).unwrap(), normal::two_sided(level).unwrap());
        prop_assert!(one - 1e-9 <= found.critical && found.critical <= two);
        let limits = |k| match population {
            None => proportion::wilson(k, n, level).unwrap(),
            Some(population) => finite_population::wilson_fpc(k, n, population, level).unwrap(),
        };
        let widest = Interval {
            lower: limits(k).lower,
            upper: limits(k + undetermined).upper,
        };
        is_within(found.interval, widest);
    }

    #[test]
    fn the_critical_value_falls_with_the_width(
        width in 0.0..1.0f64,
        more in 0.0..1.0f64,
        error in 1e-6..1.0f64,
        level in levels(),
    ) {
        let narrow = bounds::critical_value(width, error, level).unwrap();
        let wide = bounds::critical_value(width + more, error, level).unwrap();
        prop_assert!(0.0 <= wide && wide <= narrow + 1e-12);
    }

    #[test]
    fn the_rest_of_the_channel_may_be_anything(
        (_, n, population) in draws(),
        share in super::estimates(),
        oldest in 0.0..=1.0f64,
        rest in 0.0..=1.0f64,
    ) {
        let worst = newest::newest_worst_case(share.interval(), n, population).unwrap();
        let monotone = newest::newest_monotone(share.interval(), n, population, oldest).unwrap();
        is_share(worst);
        is_share(monotone);
        is_within(monotone, worst);
        let listed = n as f64 / population as f64;
        let channel = |rest: f64| listed * share.estimate + (1.0 - listed) * rest;
        is_within(Interval::point(channel(rest)), worst);
        is_within(Interval::point(channel(rest.max(oldest))), monotone);
    }

    #[test]
    fn what_is_no_question_is_refused((k, n) in counts(), level in any::<f64>()) {
        let limits = proportion::wilson(k, n, level);
        if level > 0.0 && level < 1.0 && 1.0 - level < 1.0 {
            is_share(limits.unwrap());
        } else {
            let refused = matches!(limits, Err(Refusal::Level { .. }));
            prop_assert!(refused, "{level}");
        }
        if k > 0 {
            let refusal = Refusal::PartExceedsWhole { part: n, whole: n - k };
            prop_assert_eq!(proportion::wilson(n, n - k, 0.95), Err(refusal));
            prop_assert_eq!(finite_population::wilson_fpc(0, n, n - k, 0.95), Err(refusal));
            prop_assert_eq!(bounds::manski(n, 0, n - k), Err(refusal));
        }
    }
}

/// The exact interval keeps its level for every channel of 40 followers and every draw of
/// 15, and is the smallest that its own tails allow.
#[test]
fn exact_limits_keep_their_level() {
    const POPULATION: u64 = 40;
    const DRAWN: u64 = 15;
    const LEVEL: f64 = 0.9;
    let choose = |n: u64, k: u64| {
        if k > n {
            0.0
        } else {
            (0..k)
                .map(|i| (n - i) as f64 / (k - i) as f64)
                .product::<f64>()
        }
    };
    let probability = |with: u64, seen: u64| {
        choose(with, seen) * choose(POPULATION - with, DRAWN - seen) / choose(POPULATION, DRAWN)
    };
    for with in 0..=POPULATION {
        let covered: f64 = (0..=DRAWN)
            .filter(|&seen| {
                let limits = finite_population::hypergeometric(seen, DRAWN, POPULATION, LEVEL);
                limits.is_ok_and(|limits| limits.lower <= with && with <= limits.upper)
            })
            .map(|seen| probability(with, seen))
            .sum();
        assert!(covered >= LEVEL, "{with} of {POPULATION}: {covered}");
    }
    for seen in 1..=DRAWN {
        let limits = finite_population::hypergeometric(seen, DRAWN, POPULATION, LEVEL).unwrap();
        let at_least = |with| {
            (seen..=DRAWN)
                .map(|seen| probability(with, seen))
                .sum::<f64>()
        };
        assert!(at_least(limits.lower) > 0.05 && at_least(limits.lower - 1) <= 0.05);
    }
}

/// Nothing observed: everything is possible.
#[test]
fn nothing_observed() {
    assert_eq!(proportion::wilson(0, 0, 0.95), Ok(Interval::UNIT));
    assert_eq!(proportion::clopper_pearson(0, 0, 0.95), Ok(Interval::UNIT));
    assert_eq!(proportion::jeffreys(0, 0, 0.95), Ok(Interval::UNIT));
    assert_eq!(proportion::agresti_coull(0, 0, 0.95), Ok(Interval::UNIT));
    assert_eq!(
        finite_population::wilson_fpc(0, 0, 0, 0.95),
        Ok(Interval::UNIT)
    );
    assert_eq!(
        finite_population::wilson_fpc(0, 0, 10, 0.95),
        Ok(Interval::UNIT)
    );
    assert_eq!(bounds::manski(0, 0, 0), Ok(Interval::UNIT));
    assert_eq!(
        bounds::imbens_manski_wilson(0, 0, 0, None, 0.95),
        Ok(Interval::UNIT)
    );
    assert_eq!(
        bounds::imbens_manski_wilson(0, 0, 0, Some(5), 0.95),
        Ok(Interval::UNIT)
    );
    assert_eq!(
        bounds::imbens_manski_wilson(0, 9, 9, None, 0.95),
        Ok(Interval::UNIT)
    );
    assert_eq!(
        newest::newest_worst_case(Interval::UNIT, 0, 0),
        Ok(Interval::UNIT)
    );
}
