//! The dormant share from labels.

use dormouse::stats::audit_bounds::audit_bounds;
use dormouse::stats::finite_population::wilson_fpc;
use dormouse::stats::post_stratified::{post_stratified, post_stratified_jeffreys, wald};
use dormouse::stats::two_phase::two_phase;
use dormouse::stats::{Interval, Refusal, Stratum};
use proptest::prelude::*;

use super::{are_close, audits, is_share, is_share_around, is_within, levels, stratum};

fn size(strata: &[Stratum]) -> u64 {
    strata.iter().map(|stratum| stratum.size).sum()
}

proptest! {
    #[test]
    fn estimates_lie_between_their_limits(strata in audits(false), level in levels()) {
        let found = post_stratified(&strata, level).unwrap();
        is_share_around(found.interval(), found.estimate);
        if let Ok(found) = wald(&strata, None, level) {
            is_share_around(found.interval, found.estimate);
        }
        if let Ok(found) = post_stratified_jeffreys(&strata, level) {
            is_share_around(found.interval(), found.estimate);
        }
    }

    #[test]
    fn one_stratum_is_a_simple_sample(stratum in stratum(100_000, false), level in levels()) {
        let found = post_stratified(&[stratum], level).unwrap();
        let labels = stratum.dormant + stratum.active;
        let simple = wilson_fpc(stratum.dormant, labels, stratum.size, level).unwrap();
        are_close(found.lower, simple.lower);
        are_close(found.upper, simple.upper);
    }

    /// With the same shares in every stratum, more labels give an interval within the old one.
    #[test]
    fn more_labels_never_widen(strata in audits(false), factor in 2..20u64, level in levels()) {
        let grown: Vec<Stratum> = strata
            .iter()
            .map(|stratum| Stratum { size: stratum.size.saturating_mul(factor), ..*stratum })
            .collect();
        let relabelled: Vec<Stratum> = grown
            .iter()
            .map(|stratum| Stratum {
                dormant: stratum.dormant.saturating_mul(factor),
                active: stratum.active.saturating_mul(factor),
                ..*stratum
            })
            .collect();
        prop_assume!(relabelled.iter().all(|stratum| {
            stratum.labelled().is_some_and(|labels| labels < u64::MAX && labels <= stratum.size)
        }));
        let few = post_stratified(&grown, level).unwrap();
        let many = post_stratified(&relabelled, level).unwrap();
        is_within(many.interval(), few.interval());
    }

    #[test]
    fn the_active_mirror_the_dormant(strata in audits(true), level in levels()) {
        let turned: Vec<Stratum> = strata
            .iter()
            .map(|stratum| Stratum {
                dormant: stratum.active,
                active: stratum.dormant,
                ..*stratum
            })
            .collect();
        let found = audit_bounds(&strata, None, level).unwrap().interval;
        let mirrored = audit_bounds(&turned, None, level).unwrap().interval.complement();
        are_close(found.lower, mirrored.lower);
        are_close(found.upper, mirrored.upper);
    }

    #[test]
    fn an_export_that_is_a_sample_widens(
        strata in audits(false),
        rest in 0..u64::MAX / 4,
        level in levels(),
    ) {
        let listed = size(&strata);
        let census = post_stratified(&strata, level).unwrap();
        let sample = two_phase(&strata, listed + rest, level).unwrap();
        is_share_around(sample.interval(), sample.estimate);
        is_within(census.interval(), sample.interval());
        let whole = two_phase(&strata, listed, level).unwrap();
        prop_assert_eq!(whole, census);
        let longer = two_phase(&strata, listed - 1, level);
        prop_assert_eq!(longer, Err(Refusal::PartExceedsWhole { part: listed, whole: listed - 1 }));
    }

    /// However the "unknown" labels turn out, the estimate lies between the bounds.
    #[test]
    fn bounds_hold_every_verdict(
        strata in audits(true),
        verdicts in prop::collection::vec(0.0..=1.0f64, 5),
        level in levels(),
    ) {
        let decided: Vec<Stratum> = strata
            .iter()
            .zip(verdicts)
            .map(|(stratum, dormant)| {
                let dormant = ((dormant * stratum.unknown as f64) as u64).min(stratum.unknown);
                Stratum {
                    size: stratum.size,
                    dormant: stratum.dormant + dormant,
                    active: stratum.active + (stratum.unknown - dormant),
                    unknown: 0,
                }
            })
            .collect();
        let found = audit_bounds(&strata, None, level).unwrap();
        is_share(found.bounds);
        is_share(found.interval);
        is_within(found.bounds, found.interval);
        let estimate = post_stratified(&decided, level).unwrap().estimate;
        is_within(Interval::point(estimate), found.bounds);
    }

    /// A verdict withdrawn, or all labels of a stratum lost, never narrows the bounds.
    #[test]
    fn bounds_widen_with_what_is_unknown(strata in audits(true), place in 0..5usize) {
        let bounds = |strata: &[Stratum]| audit_bounds(strata, None, 0.95).unwrap().bounds;
        let before = bounds(&strata);
        let place = place % strata.len();
        let mut withdrawn = strata.clone();
        let stratum = &mut withdrawn[place];
        if stratum.dormant > 0 {
            stratum.dormant -= 1;
            stratum.unknown += 1;
        } else if stratum.active > 0 {
            stratum.active -= 1;
            stratum.unknown += 1;
        }
        is_within(before, bounds(&withdrawn));
        let mut lost = strata.clone();
        lost[place] = Stratum { size: strata[place].size, ..Stratum::default() };
        is_within(before, bounds(&lost));
    }

    /// A stratum without labels adds its whole weight to the width, linearly.
    #[test]
    fn unlabelled_strata_are_gaps(strata in audits(false), unlabelled in 1..100_000u64) {
        let known = post_stratified(&strata, 0.95).unwrap();
        let mut with_gap = strata.clone();
        with_gap.push(Stratum { size: unlabelled, ..Stratum::default() });
        let found = audit_bounds(&with_gap, None, 0.95).unwrap();
        let total = size(&strata) as f64 + unlabelled as f64;
        are_close(found.bounds.width(), unlabelled as f64 / total);
        are_close(found.bounds.lower, known.estimate * size(&strata) as f64 / total);
        let refusal = Refusal::UnlabelledStratum { stratum: strata.len() };
        prop_assert_eq!(post_stratified(&with_gap, 0.95), Err(refusal));
    }

    #[test]
    fn nothing_panics(
        strata in prop::collection::vec(any::<[u64; 4]>(), 0..4),
        population in any::<Option<u64>>(),
        level in any::<f64>(),
    ) {
        let strata: Vec<Stratum> = strata
            .into_iter()
            .map(|[size, dormant, active, unknown]| Stratum { size, dormant, active, unknown })
            .collect();
        if let Ok(found) = audit_bounds(&strata, population, level) {
            is_share(found.interval);
        }
        if let Ok(found) = post_stratified(&strata, level) {
            is_share_around(found.interval(), found.estimate);
        }
    }
}

#[test]
fn refusals_say_what_is_missing() {
    let labelled = Stratum {
        size: 10,
        dormant: 1,
        active: 4,
        unknown: 0,
    };
    let doubtful = Stratum {
        unknown: 2,
        ..labelled
    };
    let overfull = Stratum {
        active: 10,
        ..labelled
    };
    let refused = |strata: &[Stratum]| post_stratified(strata, 0.95).unwrap_err();
    assert_eq!(refused(&[]), Refusal::NoObservations);
    assert_eq!(
        refused(&[labelled, doubtful]),
        Refusal::UnknownLabels { labels: 2 }
    );
    assert_eq!(
        refused(&[overfull]),
        Refusal::PartExceedsWhole {
            part: 11,
            whole: 10
        }
    );
    // An empty stratum has no followers of whom anything could be missing.
    let with_empty = post_stratified(&[labelled, Stratum::default()], 0.95);
    assert_eq!(with_empty, post_stratified(&[labelled], 0.95));
    // Without followers, and without any label, everything is possible.
    assert_eq!(
        audit_bounds(&[], None, 0.95).unwrap().interval,
        Interval::UNIT
    );
    let unlabelled = Stratum {
        size: 10,
        ..Stratum::default()
    };
    for population in [None, Some(100)] {
        let found = audit_bounds(&[unlabelled], population, 0.95).unwrap();
        assert_eq!(found.interval, Interval::UNIT);
    }
}
