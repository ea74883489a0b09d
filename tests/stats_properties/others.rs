//! Planning, corrected rules, totals and models of activity.

use dormouse::stats::aggregate::{Totals, aggregate_bounds};
use dormouse::stats::btyd::{BgBb, BgNbd, History, MbgNbd, Model, ParetoNbd, Periods};
use dormouse::stats::cost::{NormalShare, UncertainCost, cost_per_active, delta};
use dormouse::stats::gap_rules::{gamma_poisson, gap};
use dormouse::stats::misclassification::{
    Validation, known_accuracy, lang_reiczigel, rogan_gladen,
};
use dormouse::stats::planning::{self, Target};
use dormouse::stats::ppi::{Trust, powered_mean, powered_mean_of_census};
use dormouse::stats::quantifiers::{classify_and_count, expectation_maximisation};
use dormouse::stats::trend::{Snapshot, trend};
use dormouse::stats::{Estimate, Refusal, allocation, proportion};
use proptest::prelude::*;

use super::{are_close, counts, is_share, levels};

fn parameters() -> impl Strategy<Value = [f64; 4]> {
    prop::array::uniform4((-18.0..18.0f64).prop_map(f64::exp))
}

#[track_caller]
fn is_model<M: Model>(parameters: [f64; 4], data: M::Data) {
    let model = M::from_parameters(parameters).unwrap();
    let alive = model.alive(data);
    assert!((0.0..=1.0).contains(&alive), "{alive}");
    assert!(model.log_likelihood(data).is_finite());
}

proptest! {
    /// The planned sample has the margin, and one label less has not.
    #[test]
    fn planned_samples_have_their_margin(
        share in 0.0..=1.0f64,
        margin in 0.005..0.4f64,
        level in 0.5..0.999f64,
    ) {
        let target = Target { share, margin, level };
        let n = planning::wilson_sample_size(target, None).unwrap();
        let z = dormouse::stats::normal::two_sided(level).unwrap();
        let half_width = |n: f64| {
            z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n)
        };
        prop_assert!(half_width(n as f64) <= margin + 1e-12);
        prop_assert!(n == 1 || half_width(n as f64 - 1.0) >= margin - 1e-12);
        let from_few = planning::wilson_sample_size(target, Some(50)).unwrap();
        prop_assert!(from_few <= n.min(50));
    }

    #[test]
    fn a_rule_saves_labels(share in 0.0..=1.0f64, se in 0.0..=1.0f64, sp in 0.0..=1.0f64) {
        let worth = planning::rule_worth(share, se, sp).unwrap();
        prop_assert!((0.0..=1.0).contains(&worth));
        let target = Target { share, margin: 0.03, level: 0.95 };
        let with_rule = planning::audit_size(target, se, sp).unwrap();
        prop_assert!(with_rule <= planning::sample_size(target, None).unwrap());
    }

    /// What is needed for a margin gives it, and one label less does not.
    #[test]
    fn labels_and_margins_are_one_curve(
        share in 0.01..0.99f64,
        margin in 0.005..0.4f64,
        worth in 0.0..0.99f64,
        population in prop::option::of(1..1_000_000u64),
        level in 0.5..0.999f64,
    ) {
        let target = Target { share, margin, level };
        let labels = planning::labels_needed(target, population, worth).unwrap();
        prop_assert!(population.is_none_or(|population| labels <= population));
        let margin_of = |labels| planning::margin_of(share, labels, population, worth, level);
        if labels > 1 {
            prop_assert!(margin_of(labels).unwrap() <= margin + 1e-9);
            prop_assert!(margin_of(labels - 1).unwrap() >= margin - 1e-9);
        }
    }

    #[test]
    fn all_labels_are_spent(
        strata in prop::collection::vec((0..5_000u64, 0.0..=1.0f64), 1..6),
        labels in 0..8_000u64,
        floor in 0..40u64,
    ) {
        let (sizes, pilot): (Vec<u64>, Vec<f64>) = strata.into_iter().unzip();
        let total: u64 = sizes.iter().sum();
        let floors: u64 = sizes.iter().map(|&size| size.min(floor)).sum();
        for found in [
            allocation::proportional_allocation(&sizes, labels, floor).unwrap(),
            allocation::neyman_allocation(&sizes, &pilot, labels, floor).unwrap(),
        ] {
            prop_assert_eq!(found.iter().sum::<u64>(), labels.min(total), "{:?}", found);
            for (&count, &size) in found.iter().zip(&sizes) {
                prop_assert!(count <= size);
                prop_assert!(floors > labels || count >= size.min(floor), "{:?}", found);
            }
        }
    }

    #[test]
    fn corrections_are_shares(
        (k, n) in counts(),
        se in 0.0..=1.0f64,
        sp in 0.0..=1.0f64,
        level in levels(),
    ) {
        match known_accuracy(k, n, se, sp, level) {
            Ok(limits) => {
                is_share(limits);
                let point = rogan_gladen(k as f64 / n as f64, se, sp).unwrap();
                prop_assert!(limits.contains(point.share));
                prop_assert_eq!(point.is_inconsistent(), !(0.0..=1.0).contains(&point.raw));
            }
            Err(refusal) => {
                let chance = matches!(refusal, Refusal::NoBetterThanChance { .. });
                prop_assert!(chance && se + sp < 1.0 + 1e-12);
            }
        }
    }

    #[test]
    fn a_perfect_rule_needs_no_correction((k, n) in counts(), level in levels()) {
        let known = known_accuracy(k, n, 1.0, 1.0, level).unwrap();
        let wilson = proportion::wilson(k, n, level).unwrap();
        are_close(known.lower, wilson.lower);
        are_close(known.upper, wilson.upper);
    }

    #[test]
    fn estimated_accuracy(
        (k, n) in counts(),
        (found_dormant, dormant) in counts(),
        (found_active, active) in counts(),
        level in levels(),
    ) {
        let rule = Validation { found_dormant, dormant, found_active, active };
        if let Ok(limits) = lang_reiczigel(k, n, rule, level) {
            is_share(limits);
        }
    }

    #[test]
    fn quantifiers_are_shares(
        scores in prop::collection::vec(0.0..=1.0f64, 1..40),
        training in 0.001..0.999f64,
    ) {
        let found = expectation_maximisation(&scores, training).unwrap();
        prop_assert!((0.0..=1.0).contains(&found.share));
        let above = classify_and_count(&scores, 0.5).unwrap();
        prop_assert!((0.0..=1.0).contains(&above));
    }

    /// With a 0/1 rule over a census, λ = 1 corrects the counted share by the errors seen.
    #[test]
    fn predictions_are_corrected(
        labels in prop::collection::vec((any::<bool>(), any::<bool>()), 2..60),
        rest in prop::collection::vec(any::<bool>(), 1..60),
        level in levels(),
    ) {
        let value = |is: bool| f64::from(u8::from(is));
        let truth: Vec<f64> = labels.iter().map(|&(truth, _)| value(truth)).collect();
        let predicted: Vec<f64> = labels.iter().map(|&(_, predicted)| value(predicted)).collect();
        let rest: Vec<f64> = rest.into_iter().map(value).collect();
        let list = [predicted.clone(), rest.clone()].concat();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let full = powered_mean_of_census(&truth, &predicted, &list, Trust::Full, level).unwrap();
        are_close(full.estimate, mean(&list) + mean(&truth) - mean(&predicted));
        for trust in [Trust::Full, Trust::Tuned] {
            let sample = powered_mean(&truth, &predicted, &rest, trust, level).unwrap();
            prop_assert!(sample.interval.contains(sample.estimate));
            prop_assert!((0.0..=1.0).contains(&sample.lambda));
            // A list that is labelled in full leaves no error, whatever the rule.
            let whole = powered_mean_of_census(&truth, &predicted, &predicted, trust, level).unwrap();
            are_close(whole.estimate, mean(&truth));
            prop_assert_eq!(whole.standard_error, 0.0);
        }
        // Predictions that do not vary leave the error of the labels alone, of which a census
        // keeps the part not seen.
        let alone = powered_mean(&truth, &predicted, &[0.5; 3], Trust::Full, level).unwrap();
        let unseen = 1.0 - truth.len() as f64 / list.len() as f64;
        are_close(full.standard_error, alone.standard_error * unseen.sqrt());
    }

    #[test]
    fn totals_bound_a_share(
        followers in any::<u64>(),
        reach in any::<Option<u64>>(),
        share in prop::option::of(0.0..=1.0f64),
        engaged in any::<Option<u64>>(),
        half_width in 0.0..1e6f64,
    ) {
        let found = aggregate_bounds(Totals {
            followers,
            reach,
            follower_share_of_reach: share,
            engaged_followers: engaged,
            half_width,
        }).unwrap();
        is_share(found.dormant);
        prop_assert_eq!(found.dormant.lower, 0.0);
        if let (Some(reached), Some(not_reached)) = (found.reached, found.not_reached()) {
            is_share(reached);
            is_share(not_reached);
            prop_assert_eq!(not_reached.upper, found.dormant.upper);
        }
        if share.is_none() && engaged.is_none() {
            prop_assert_eq!(found.dormant.upper, 1.0);
        }
    }

    #[test]
    fn models_of_activity_give_probabilities(
        parameters in parameters(),
        posts in prop_oneof![0..5u64, 0..2_000u64, 0..1_000_000_000u64],
        last in 0.0..=1.0f64,
        age in prop_oneof![0.01..100.0f64, 1.0..6_000.0f64, 1.0..1e6f64],
    ) {
        let history = History::new(posts, last * age, age).unwrap();
        is_model::<BgNbd>(parameters, history);
        is_model::<MbgNbd>(parameters, history);
        is_model::<ParetoNbd>(parameters, history);
        let found = gap(history);
        for p in [found.p_exact, found.p_plug_in].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&p));
        }
        prop_assert!(found.silence >= 0.0 && found.ratio.is_none_or(f64::is_finite));
        let [r, alpha, ..] = parameters;
        prop_assert!((0.0..=1.0).contains(&gamma_poisson(history, r, alpha).unwrap()));
    }

    #[test]
    fn models_of_periods_give_probabilities(
        parameters in parameters(),
        counts in prop::array::uniform3(0..60u32),
    ) {
        let mut counts = counts;
        counts.sort_unstable();
        let [active, last, observed] = counts;
        let last = if active == 0 { 0 } else { last };
        let periods = Periods::new(active, last, observed).unwrap();
        is_model::<BgBb>(parameters, periods);
        let model = BgBb::from_parameters(parameters).unwrap();
        prop_assert!(model.alive_next(periods) <= model.alive(periods) + 1e-12);
    }
}

proptest! {
    /// Whatever the arguments, there is a number or a refusal.
    #[test]
    fn arguments_that_are_no_numbers(
        x in prop::array::uniform4(prop_oneof![any::<f64>(), 0.0..=1.0f64]),
        k in any::<u64>(),
        n in any::<u64>(),
    ) {
        let [a, b, c, level] = x;
        let target = Target { share: a, margin: b, level };
        let population = (k > n).then_some(n);
        if let Ok(size) = planning::cochran(target, population) {
            prop_assert!(size.is_finite() && size >= 0.0);
        }
        let _ = planning::sample_size(target, population);
        let _ = planning::wilson_sample_size(target, population);
        let _ = planning::audit_size(target, b, c);
        if let Ok(found) = rogan_gladen(a, b, c) {
            prop_assert!(found.raw.is_finite() && (0.0..=1.0).contains(&found.share));
        }
        if let Ok(found) = expectation_maximisation(&[a, b], c) {
            prop_assert!((0.0..=1.0).contains(&found.share));
        }
        for trust in [Trust::Full, Trust::Tuned] {
            if let Ok(found) = powered_mean(&[a, b], &[b, c], &[c, a], trust, level) {
                prop_assert!(found.interval.width().is_finite());
            }
        }
        let followers = Estimate { estimate: a, lower: b, upper: c };
        if let Ok(found) = cost_per_active(level, k, followers) {
            let costs = [found.lower, found.estimate, found.upper];
            prop_assert!(costs.into_iter().flatten().all(f64::is_finite));
        }
        let cost = UncertainCost { cost: a, standard_error: b, correlation: c };
        let dormant = NormalShare { estimate: c, standard_error: b };
        if let Ok(Some(found)) = delta(cost, k, dormant, level) {
            prop_assert!(found.interval.width().is_finite());
        }
        let at = |day, share| Snapshot { day, share, standard_error: level };
        if let Ok(found) = trend(&[at(a, b), at(b, c), at(c, a)], 0.95) {
            prop_assert!(found.interval.width().is_finite() && found.p.is_finite());
        }
        if let Ok(history) = History::new(k % 1000, a, b) {
            let found = gap(history);
            prop_assert!((0.0..=history.age()).contains(&found.silence));
        }
    }
}

#[test]
fn labels_go_where_they_are_due() {
    let proportional = allocation::proportional_allocation;
    // Whole numbers next to 6.3, 1.8 and 0.9.
    assert_eq!(proportional(&[70, 20, 10], 9, 0).unwrap(), [6, 2, 1]);
    // Fewer labels than floors: all strata alike.
    assert_eq!(proportional(&[900, 90], 10, 20).unwrap(), [5, 5]);
    // Neyman: in proportion to size and standard deviation.
    assert_eq!(
        allocation::neyman_allocation(&[100, 100], &[0.5, 0.0], 40, 10).unwrap(),
        [30, 10]
    );
    // The stratum that the pilot calls for is labelled in full; the other gets the rest.
    assert_eq!(
        allocation::neyman_allocation(&[20, 100], &[0.5, 0.0], 50, 5).unwrap(),
        [20, 30]
    );
}

#[test]
fn totals_that_contradict_are_flagged() {
    let totals = Totals {
        followers: 1000,
        reach: Some(500),
        follower_share_of_reach: Some(1.0),
        engaged_followers: Some(100),
        half_width: 5.0,
    };
    let flags = |totals| {
        let found = aggregate_bounds(totals).unwrap();
        (found.reach_exceeds_followers, found.engaged_exceeds_reach)
    };
    assert_eq!(flags(totals), (false, false));
    // Within the rounding, then beyond it.
    assert_eq!(
        flags(Totals {
            reach: Some(1010),
            ..totals
        }),
        (false, false)
    );
    assert_eq!(
        flags(Totals {
            reach: Some(1020),
            ..totals
        }),
        (true, false)
    );
    assert_eq!(
        flags(Totals {
            engaged_followers: Some(510),
            ..totals
        }),
        (false, false)
    );
    assert_eq!(
        flags(Totals {
            engaged_followers: Some(520),
            ..totals
        }),
        (false, true)
    );
    assert_eq!(
        flags(Totals {
            reach: None,
            engaged_followers: Some(900),
            ..totals
        }),
        (false, false)
    );
}

/// Fewer counted than a rule of this specificity counts among the active alone: the interval
/// shrinks to nothing, and the flag says that this is no certainty.
#[test]
fn an_impossible_count_is_flagged() {
    let rule = Validation {
        found_dormant: 45,
        dormant: 50,
        found_active: 90,
        active: 100,
    };
    let point = rogan_gladen(0.0, 0.9, 0.9).unwrap();
    assert!(point.raw < 0.0 && point.share == 0.0 && point.is_inconsistent() && !point.is_weak());
    let limits = lang_reiczigel(0, 200, rule, 0.95).unwrap();
    assert_eq!((limits.lower, limits.upper), (0.0, 0.0));
    let no_better = lang_reiczigel(
        10,
        200,
        Validation {
            found_active: 10,
            ..rule
        },
        0.95,
    );
    assert!(matches!(no_better, Err(Refusal::NoBetterThanChance { .. })));
}

/// A longer silence never makes life more probable.
#[test]
fn silence_speaks_against_life() {
    fn falls<M: Model<Data = History>>(parameters: [f64; 4]) {
        let model = M::from_parameters(parameters).unwrap();
        let at = |age: f64| model.alive(History::new(12, 100.0, age).unwrap());
        let ages = [100.0, 101.0, 110.0, 150.0, 300.0, 1000.0, 5000.0];
        for pair in ages.windows(2) {
            assert!(at(pair[0]) > at(pair[1]), "{pair:?}");
        }
    }
    falls::<BgNbd>([0.61, 12.7, 0.57, 16.8]);
    falls::<MbgNbd>([0.82, 15.9, 0.48, 9.7]);
    falls::<ParetoNbd>([0.77, 16.5, 1.72, 1465.0]);
}
