//! Channels against each other, and against their own past.

use dormouse::stats::cost::{NormalShare, UncertainCost, cost_per_active, fieller};
use dormouse::stats::decomposition::{Flows, decompose};
use dormouse::stats::difference::{bounds_difference, cohens_h, direction, mover_difference};
use dormouse::stats::kappa::cohens_kappa;
use dormouse::stats::many_groups::{Group, homogeneity, pairwise};
use dormouse::stats::miettinen_nurminen::miettinen_nurminen;
use dormouse::stats::multiplicity::holm;
use dormouse::stats::paired::{Pairs, mcnemar_exact, paired_change, transition_rates};
use dormouse::stats::prob_larger::{prob_larger, prob_largest};
use dormouse::stats::ranks::{Pair, rank_sets};
use dormouse::stats::trend::{Snapshot, cochran_armitage, trend};
use dormouse::stats::{Estimate, Refusal, difference};
use proptest::prelude::*;

use super::{are_close, counts, estimates, is_share, levels};

fn groups(largest: u64) -> impl Strategy<Value = Group> {
    (1..=largest).prop_flat_map(|n| {
        (prop_oneof![Just(0), Just(n), 0..=n], Just(n))
            .prop_map(|(successes, n)| Group { successes, n })
    })
}

fn turned(difference: Estimate) -> Estimate {
    Estimate {
        estimate: -difference.estimate,
        lower: -difference.upper,
        upper: -difference.lower,
    }
}

#[track_caller]
fn is_difference(found: Estimate) {
    let Estimate {
        estimate,
        lower,
        upper,
    } = found;
    assert!(
        -1.0 <= lower && lower <= estimate && estimate <= upper && upper <= 1.0,
        "{found:?}"
    );
}

proptest! {
    #[test]
    fn swapping_mirrors_the_difference(a in estimates(), b in estimates()) {
        let found = mover_difference(a, b).unwrap();
        is_difference(found);
        prop_assert_eq!(mover_difference(b, a).unwrap(), turned(found));
        // The square root of squares is never longer than their sum.
        let extremes = bounds_difference(a.interval(), b.interval()).unwrap();
        prop_assert!(extremes.lower <= found.lower + 1e-12 && found.upper <= extremes.upper + 1e-12);
    }

    #[test]
    fn bounds_that_are_apart_decide(a in estimates(), b in estimates()) {
        let found = direction(bounds_difference(a.interval(), b.interval()).unwrap());
        prop_assert_eq!(found.is_some_and(|order| order.is_gt()), a.lower > b.upper);
        prop_assert_eq!(found.is_some_and(|order| order.is_lt()), a.upper < b.lower);
    }

    #[test]
    fn newcombe_is_a_difference((k1, n1) in counts(), (k2, n2) in counts(), level in levels()) {
        is_difference(difference::newcombe(k1, n1, k2, n2, level).unwrap());
    }

    #[test]
    fn score_intervals_mirror(a in groups(10_000), b in groups(10_000), level in levels()) {
        let found = miettinen_nurminen(a, b, level).unwrap();
        is_difference(found);
        let mirrored = turned(miettinen_nurminen(b, a, level).unwrap());
        are_close(found.lower, mirrored.lower);
        are_close(found.upper, mirrored.upper);
    }

    #[test]
    fn effect_sizes_are_angles(p1 in any::<f64>(), p2 in 0.0..=1.0f64) {
        match cohens_h(p1, p2) {
            Ok(h) => prop_assert!(h.abs() <= std::f64::consts::PI + 1e-12),
            Err(_) => prop_assert!(!(0.0..=1.0).contains(&p1)),
        }
    }

    #[test]
    fn pairs_and_ranks(groups in prop::collection::vec(groups(2_000), 2..6), level in levels()) {
        let tests = pairwise(&groups, level).unwrap();
        for test in &tests {
            is_difference(test.pair.difference);
            prop_assert!((0.0..=1.0).contains(&test.p) && test.p <= test.p_holm);
        }
        let pairs: Vec<Pair> = tests.iter().map(|test| test.pair).collect();
        let shares: Vec<f64> = groups.iter().map(|group| group.share().unwrap()).collect();
        for (place, rank) in rank_sets(groups.len(), &pairs).iter().enumerate() {
            // Among the possible ranks are those that the estimates have.
            let larger = shares.iter().filter(|&&share| share > shares[place]).count();
            let smaller = shares.iter().filter(|&&share| share < shares[place]).count();
            prop_assert!(rank.first <= larger + 1 && groups.len() - smaller <= rank.last);
        }
        match homogeneity(&groups) {
            Ok(found) => prop_assert!(found.statistic >= 0.0 && (0.0..=1.0).contains(&found.p)),
            Err(refusal) => prop_assert_eq!(refusal, Refusal::NoVariation),
        }
    }

    #[test]
    fn holm_keeps_the_order(p_values in prop::collection::vec(0.0..=1.0f64, 1..20)) {
        let adjusted = holm(&p_values).unwrap();
        for (p, adjusted_p) in p_values.iter().zip(&adjusted) {
            prop_assert!(p <= adjusted_p && *adjusted_p <= 1.0);
            for (q, adjusted_q) in p_values.iter().zip(&adjusted) {
                prop_assert!(p > q || adjusted_p <= adjusted_q);
            }
        }
        let smallest = p_values.iter().copied().fold(1.0, f64::min);
        let bonferroni = (smallest * p_values.len() as f64).min(1.0);
        prop_assert!(adjusted.contains(&bonferroni));
    }

    #[test]
    fn somebody_is_the_largest(groups in prop::collection::vec(groups(5_000), 2..5)) {
        let largest = prob_largest(&groups).unwrap();
        are_close(largest.iter().sum(), 1.0);
        let (a, b) = (groups[0], groups[1]);
        are_close(prob_larger(a, b).unwrap() + prob_larger(b, a).unwrap(), 1.0);
        are_close(prob_larger(a, a).unwrap(), 0.5);
    }

    #[test]
    fn going_back_in_time_mirrors_the_change(counts in prop::array::uniform4(0..u64::MAX / 4), level in levels()) {
        let [stayed_dormant, woke, fell_dormant, stayed_active] = counts;
        let pairs = Pairs { stayed_dormant, woke, fell_dormant, stayed_active };
        let back = Pairs { woke: fell_dormant, fell_dormant: woke, ..pairs };
        let found = paired_change(pairs, level).unwrap();
        is_difference(found.change);
        prop_assert!((-1.0..=1.0).contains(&found.phi));
        let mirrored = turned(paired_change(back, level).unwrap().change);
        are_close(found.change.lower, mirrored.lower);
        are_close(found.change.upper, mirrored.upper);
        let rates = transition_rates(pairs, level).unwrap();
        is_share(rates.woke.interval);
        is_share(rates.fell_dormant.interval);
    }

    #[test]
    fn exact_tests_are_probabilities(woke in 0..3_000u64, fell_dormant in 0..3_000u64) {
        let pairs = Pairs { woke, fell_dormant, ..Pairs::default() };
        let p = mcnemar_exact(pairs).unwrap();
        prop_assert!((0.0..=1.0).contains(&p));
        if woke == fell_dormant {
            prop_assert_eq!(p, 1.0);
        }
    }

    #[test]
    fn the_parts_add_up(counts in prop::collection::vec(0..1_000_000u64, 15)) {
        let flows = Flows {
            aa: counts[0], ad: counts[1], au: counts[2], ax: counts[3],
            da: counts[4], dd: counts[5], du: counts[6], dx: counts[7],
            ua: counts[8], ud: counts[9], uu: counts[10], ux: counts[11],
            xa: counts[12], xd: counts[13], xu: counts[14],
        };
        let found = decompose(flows).unwrap();
        if let (Some(change), Some(parts)) = (found.change, found.effects) {
            are_close(change, parts.leavers + parts.within + parts.joiners);
        }
    }

    #[test]
    fn more_dormant_cost_more(
        cost in 0.0..1e9f64,
        followers in 1..=u64::MAX,
        dormant in estimates(),
        cost_error in 0.0..1e6f64,
    ) {
        let found = cost_per_active(cost, followers, dormant).unwrap();
        if let (Some(lower), Some(estimate)) = (found.lower, found.estimate) {
            prop_assert!(0.0 <= lower && lower <= estimate);
            prop_assert!(found.upper.is_none_or(|upper| estimate <= upper));
        }
        let share = NormalShare::from_limits(dormant, 0.95).unwrap();
        let uncertain = UncertainCost { cost, standard_error: cost_error, correlation: 0.0 };
        if let Some(limits) = fieller(uncertain, followers, share, 0.95).unwrap() {
            let each = cost / (followers as f64 * (1.0 - dormant.estimate));
            let room = 1e-9 * each;
            prop_assert!(limits.lower <= each + room && each <= limits.upper + room);
        }
    }

    #[test]
    fn agreement_has_limits(cells in prop::array::uniform9(0..u64::MAX / 16), level in levels()) {
        let [a, b, c, d, e, f, g, h, i] = cells;
        for table in [[[a, b, c], [d, e, f], [g, h, i]], [[a, 0, 0], [0, e, 0], [0, 0, i]]] {
            if let Ok(found) = cohens_kappa(&table, level) {
                is_difference(found.kappa);
                prop_assert!(found.standard_error.is_finite() && found.standard_error >= 0.0);
            }
        }
    }

    #[test]
    fn trends_are_finite(
        shares in prop::collection::vec((-1e6..1e6f64, groups(u64::MAX)), 2..8),
        level in levels(),
    ) {
        let snapshots = shares.iter().map(|&(day, group)| Snapshot::from_counts(day, group, level));
        let snapshots: Vec<Snapshot> = snapshots.collect::<Result<_, _>>().unwrap();
        if let Ok(found) = trend(&snapshots, level) {
            prop_assert!(found.interval.contains(found.slope) && found.interval.width().is_finite());
            prop_assert!((0.0..=1.0).contains(&found.p) && found.lack_of_fit >= 0.0);
        }
        if let Ok(found) = cochran_armitage(&shares) {
            prop_assert!(found.statistic.is_finite() && (0.0..=1.0).contains(&found.p));
        }
    }

    /// The statistic squared is n times the squared correlation of score and outcome.
    #[test]
    fn ordered_trends_are_correlations(groups in prop::collection::vec(groups(60), 2..6)) {
        let scored: Vec<(f64, Group)> = groups.iter().enumerate().map(|(i, &g)| (i as f64, g)).collect();
        let Ok(found) = cochran_armitage(&scored) else { return Ok(()) };
        let followers: Vec<(f64, f64)> = scored
            .iter()
            .flat_map(|&(score, group)| {
                (0..group.n).map(move |i| (score, if i < group.successes { 1.0 } else { 0.0 }))
            })
            .collect();
        let n = followers.len() as f64;
        let mean = |value: fn(&(f64, f64)) -> f64| followers.iter().map(value).sum::<f64>() / n;
        let (x, y) = (mean(|f| f.0), mean(|f| f.1));
        let covariance = mean(|f| f.0 * f.1) - x * y;
        let variances = (mean(|f| f.0 * f.0) - x * x) * (mean(|f| f.1 * f.1) - y * y);
        are_close(found.statistic, n.sqrt() * covariance / variances.sqrt());
    }
}

/// The published variance is what the delta method gives: κ is differentiated numerically in
/// every cell of the table.
#[test]
fn the_error_of_kappa_is_that_of_the_delta_method() {
    let table = [[50, 6, 3], [9, 31, 4], [2, 5, 12]];
    let n: u64 = table.iter().flatten().sum();
    let kappa = |p: &[[f64; 3]; 3]| {
        let total: f64 = p.iter().flatten().sum();
        let row = |i: usize| p[i].iter().sum::<f64>() / total;
        let column = |j: usize| p.iter().map(|row| row[j]).sum::<f64>() / total;
        let alike: f64 = (0..3).map(|i| p[i][i]).sum::<f64>() / total;
        let by_chance: f64 = (0..3).map(|i| row(i) * column(i)).sum();
        (alike - by_chance) / (1.0 - by_chance)
    };
    let p = table.map(|row| row.map(|count| count as f64 / n as f64));
    let (mut mean, mut squares) = (0.0, 0.0);
    for (i, j) in (0..9).map(|cell| (cell / 3, cell % 3)) {
        let moved = |by: f64| {
            let mut moved = p;
            moved[i][j] += by;
            kappa(&moved)
        };
        let slope = (moved(1e-6) - moved(-1e-6)) / 2e-6;
        mean += p[i][j] * slope;
        squares += p[i][j] * slope * slope;
    }
    let expected = ((squares - mean * mean) / n as f64).sqrt();
    let found = cohens_kappa(&table, 0.95).unwrap();
    assert!(
        (found.standard_error / expected - 1.0).abs() < 1e-6,
        "{found:?} {expected}"
    );
    assert!((found.kappa.estimate - kappa(&p)).abs() < 1e-12);
    // Agreement on everything is no certainty.
    let all_alike = cohens_kappa(&[[20, 0], [0, 10]], 0.95).unwrap();
    assert_eq!(all_alike.standard_error, 0.0);
    assert!(
        all_alike.kappa.lower < 0.8 && all_alike.kappa.upper == 1.0,
        "{all_alike:?}"
    );
}
