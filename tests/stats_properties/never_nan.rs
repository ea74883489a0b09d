//! No public function of `stats` panics or gives a number that is none, whatever it is
//! asked: NaN, infinities, counts beyond what a float holds. It answers, or it refuses.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use dormouse::stats::aggregate::{Totals, aggregate_bounds, best_window};
use dormouse::stats::allocation::{neyman_allocation, proportional_allocation};
use dormouse::stats::audit_bounds::audit_bounds;
use dormouse::stats::bounds::{
    critical_value, imbens_manski, imbens_manski_wilson, manski, wald_form,
};
use dormouse::stats::btyd::{
    BgBb, BgNbd, History, MbgNbd, Model, ParetoNbd, Periods, fit, mean_alive,
};
use dormouse::stats::cost::{NormalShare, UncertainCost, cost_per_active, delta, fieller};
use dormouse::stats::decomposition::{Flows, decompose};
use dormouse::stats::difference::{
    bounds_difference, cohens_h, direction, mover_difference, newcombe,
};
use dormouse::stats::finite_population::{
    effective_size, hypergeometric, round_outward, standard_error, wilson_fpc,
};
use dormouse::stats::gap_rules::{gamma_poisson, gap};
use dormouse::stats::kappa::cohens_kappa;
use dormouse::stats::many_groups::{
    Group, homogeneity, pairwise, pooled_z_test, simultaneous_wilson,
};
use dormouse::stats::miettinen_nurminen::miettinen_nurminen;
use dormouse::stats::misclassification::{
    Validation, known_accuracy, lang_reiczigel, rogan_gladen,
};
use dormouse::stats::multiplicity::{bonferroni, holm, pairs_of};
use dormouse::stats::newest::{newest_monotone, newest_worst_case};
use dormouse::stats::normal::{one_sided, two_sided, two_sided_p};
use dormouse::stats::paired::{Pairs, mcnemar_exact, paired_change, transition_rates};
use dormouse::stats::planning::{
    Target, audit_size, cochran, labels_needed, margin_of, rule_worth, sample_size,
    wilson_sample_size,
};
use dormouse::stats::post_stratified::{post_stratified, post_stratified_jeffreys, wald};
use dormouse::stats::ppi::{Trust, powered_mean, powered_mean_of_census};
use dormouse::stats::prob_larger::{prob_larger, prob_largest};
use dormouse::stats::prob_larger_audited::{FEWEST_DRAWS, rank_probabilities};
use dormouse::stats::proportion::{agresti_coull, clopper_pearson, jeffreys, jeffreys_raw, wilson};
use dormouse::stats::quantifiers::{
    Rates, adjusted_count, classify_and_count, expectation_maximisation, hard_rates,
    probabilistic_count, soft_rates,
};
use dormouse::stats::ranks::{Pair, mover_pairs, rank_sets};
use dormouse::stats::settling::{Side, labels_to_settle};
use dormouse::stats::trend::{Snapshot, cochran_armitage, trend};
use dormouse::stats::two_phase::two_phase;
use dormouse::stats::{Estimate, Interval, Refusal, Stratum};
use proptest::prelude::*;

/// Numbers of every kind: shares, edges, what is no share, what is no number.
fn floats() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => 0.0..=1.0f64,
        2 => prop::sample::select(vec![
            0.0, -0.0, 1.0, 0.5, 0.95, -1.0, 2.0, 1e-300, 1e-16, 1.0 - 1e-16, 1e16, 1e300,
            f64::MAX, f64::MIN, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY, f64::NEG_INFINITY,
            f64::EPSILON,
        ]),
        1 => any::<f64>(),
    ]
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![
        0..4u64,
        0..1000u64,
        0..10_000_000u64,
        prop::sample::select(vec![
            0,
            1,
            1 << 53,
            (1 << 53) + 1,
            u64::MAX / 2,
            u64::MAX - 1,
            u64::MAX
        ]),
        any::<u64>(),
    ]
}

/// Fails where what is given holds something that is no finite number.
fn plain(name: &str, found: &impl Debug) {
    let text = format!("{found:?}");
    let words = text.split(|character: char| !character.is_alphanumeric());
    for word in words {
        assert!(word != "NaN" && word != "inf", "{name}: {text}");
    }
}

/// A refusal may name what it refuses, NaN too.
fn answer<T: Debug>(name: &str, found: Result<T, Refusal>) -> Option<T> {
    let found = found.ok()?;
    plain(name, &found);
    Some(found)
}

fn strata([a, b, c, d]: [u64; 4]) -> [Stratum; 2] {
    let one = Stratum {
        size: a,
        dormant: b,
        active: c,
        unknown: 0,
    };
    [
        one,
        Stratum {
            size: d,
            dormant: c,
            active: 0,
            unknown: b,
        },
    ]
}

fn models<M: Model<Data = History>>(name: &str, parameters: [f64; 4], history: History) {
    if let Ok(model) = M::from_parameters(parameters) {
        plain(name, &model.alive(history));
        plain(name, &model.log_likelihood(history));
        answer(name, mean_alive(&model, &[history]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn shares_and_bounds(k in counts(), n in counts(), size in counts(), x in prop::array::uniform4(floats())) {
        let [level, a, b, c] = x;
        for level in [level, 0.95] {
            answer("wilson", wilson(k, n, level));
            answer("agresti_coull", agresti_coull(k, n, level));
            answer("clopper_pearson", clopper_pearson(k, n, level));
            answer("jeffreys", jeffreys(k, n, level));
            answer("jeffreys_raw", jeffreys_raw(k, n, level));
            answer("wilson_fpc", wilson_fpc(k, n, size, level));
            answer("two_sided", two_sided(level));
            answer("one_sided", one_sided(level));
            answer("imbens_manski_wilson", imbens_manski_wilson(k, n, size, None, level));
            answer("imbens_manski_wilson", imbens_manski_wilson(k, n, size, Some(k), level));
            if let Some(found) = answer("imbens_manski", imbens_manski(k, n, size, Some(size), level)) {
                plain("wald_form", &wald_form(&found));
            }
            answer("critical_value", critical_value(a, b, level));
        }
        plain("two_sided_p", &two_sided_p(a));
        answer("manski", manski(k, n, size));
        // Endless by its definition where everybody was seen.
        prop_assert!(effective_size(n, size).map_or(true, |worth| worth >= 0.0));
        answer("standard_error", standard_error(k, n, size));
        let interval = Interval { lower: a, upper: b };
        answer("round_outward", round_outward(interval, k, n, size));
        answer("newest_worst_case", newest_worst_case(interval, n, size));
        answer("newest_monotone", newest_monotone(interval, n, size, c));
    }

    #[test]
    fn audits(cells in prop::array::uniform4(counts()), population in prop::option::of(counts()), level in floats()) {
        let strata = strata(cells);
        for (strata, level) in [(&strata[..], level), (&strata[..1], 0.95), (&strata[..0], 0.95)] {
            answer("post_stratified", post_stratified(strata, level));
            answer("post_stratified_jeffreys", post_stratified_jeffreys(strata, level));
            answer("wald", wald(strata, population, level));
            answer("audit_bounds", audit_bounds(strata, population, level));
            answer("two_phase", two_phase(strata, population.unwrap_or(0), level));
            plain("labelled", &strata.first().and_then(|one| one.labelled()));
        }
        let [a, b, c, d] = cells;
        answer("cohens_kappa", cohens_kappa(&[[a, b], [c, d]], level));
        answer("cohens_kappa", cohens_kappa(&[[a, 0, 0], [0, 0, 0], [0, 0, 0]], 0.95));
        answer("cohens_kappa", cohens_kappa::<0>(&[], 0.95));
    }

    #[test]
    fn comparisons(cells in prop::array::uniform4(counts()), x in prop::array::uniform4(floats()), places in any::<[u8; 2]>()) {
        let [k1, n1, k2, n2] = cells;
        let [a, b, c, level] = x;
        let (first, second) = (Group { successes: k1, n: n1 }, Group { successes: k2, n: n2 });
        let share = Estimate { estimate: a, lower: b, upper: c };
        let known = Estimate { estimate: 0.5, lower: 0.25, upper: 1.0 };
        answer("newcombe", newcombe(k1, n1, k2, n2, level));
        answer("mover_difference", mover_difference(share, known));
        let interval = Interval { lower: a, upper: b };
        answer("bounds_difference", bounds_difference(interval, Interval::UNIT));
        plain("direction", &direction(interval));
        answer("cohens_h", cohens_h(a, b));
        answer("share", first.share());
        answer("homogeneity", homogeneity(&[first, second]));
        answer("homogeneity", homogeneity(&[]));
        answer("pooled_z_test", pooled_z_test(first, second));
        answer("pairwise", pairwise(&[first, second, first], level));
        answer("simultaneous_wilson", simultaneous_wilson(&[first, second], level));
        answer("miettinen_nurminen", miettinen_nurminen(first, second, level));
        answer("bonferroni", bonferroni(level, places[0].into()));
        answer("bonferroni", bonferroni(level, usize::MAX));
        answer("holm", holm(&[a, b, c]));
        plain("pairs_of", &pairs_of(usize::MAX));
        answer("mover_pairs", mover_pairs(&[share, known, share]));
        let pair = Pair { first: places[0].into(), second: places[1].into(), difference: share };
        plain("rank_sets", &rank_sets(3, &[pair; 7]));
        answer("prob_larger", prob_larger(first, second));
        answer("cochran_armitage", cochran_armitage(&[(a, first), (b, second)]));
        answer("from_counts", Snapshot::from_counts(a, first, level));
        let at = |day, share| Snapshot { day, share, standard_error: c };
        answer("trend", trend(&[at(a, b), at(b, a), at(c, level)], 0.95));
        answer("trend", trend(&[at(a, b), at(b, a)], level));
    }

    #[test]
    fn costs_totals_and_change(cells in prop::array::uniform4(counts()), x in prop::array::uniform4(floats())) {
        let [k1, n1, k2, n2] = cells;
        let [a, b, c, level] = x;
        let share = Estimate { estimate: a, lower: b, upper: c };
        answer("cost_per_active", cost_per_active(level, k1, share));
        answer("from_limits", NormalShare::from_limits(share, level));
        let cost = UncertainCost { cost: a, standard_error: b, correlation: c };
        let dormant = NormalShare { estimate: b, standard_error: c };
        answer("fieller", fieller(cost, k1, dormant, level));
        answer("fieller", fieller(cost, k1, dormant, 0.95));
        answer("delta", delta(cost, k1, dormant, 0.95));
        let totals = Totals {
            followers: k1,
            reach: Some(n1),
            follower_share_of_reach: (k2 % 2 == 0).then_some(a),
            engaged_followers: Some(k2),
            half_width: b,
        };
        if let Some(found) = answer("aggregate_bounds", aggregate_bounds(totals)) {
            plain("not_reached", &found.not_reached());
        }
        answer("best_window", best_window(&[totals, Totals { half_width: 0.0, ..totals }]));
        answer("best_window", best_window(&[]));
        let pairs = Pairs { stayed_dormant: k1, woke: n1, fell_dormant: k2, stayed_active: n2 };
        answer("paired_change", paired_change(pairs, level));
        answer("paired_change", paired_change(pairs, 0.95));
        answer("mcnemar_exact", mcnemar_exact(pairs));
        answer("transition_rates", transition_rates(pairs, level));
        answer("decompose", decompose(Flows {
            aa: k1, ad: n1, au: k2, ax: n2, da: n1, dd: k2, du: n2, dx: k1,
            ua: k2, ud: n2, uu: k1, ux: n1, xa: n2, xd: k1, xu: n1,
        }));
    }

    #[test]
    fn plans(k in counts(), n in counts(), x in prop::array::uniform4(floats()), few in 0..3000u64) {
        let [a, b, c, level] = x;
        for target in [
            Target { share: a, margin: b, level },
            Target { share: a, margin: 0.05, level: 0.95 },
        ] {
            for population in [None, Some(k)] {
                answer("cochran", cochran(target, population));
                answer("sample_size", sample_size(target, population));
                answer("wilson_sample_size", wilson_sample_size(target, population));
                answer("labels_needed", labels_needed(target, population, c));
            }
            answer("audit_size", audit_size(target, b, c));
        }
        answer("rule_worth", rule_worth(a, b, c));
        let side = Side { point: a, limit: b, fixed: c };
        answer("labels_to_settle", labels_to_settle(side, level, k, n));
        answer("margin_of", margin_of(a, k, Some(n), b, level));
        answer("proportional_allocation", proportional_allocation(&[k, n, 0], few, n));
        answer("proportional_allocation", proportional_allocation(&[few, 20, 3], k, 20));
        answer("neyman_allocation", neyman_allocation(&[k, n], &[a, b], few, k));
    }

    #[test]
    fn diagnostics(k in counts(), n in counts(), x in prop::array::uniform4(floats()), more in prop::array::uniform4(floats()), small in any::<[u16; 3]>()) {
        let [a, b, c, d] = x;
        answer("rogan_gladen", rogan_gladen(a, b, c)).inspect(|found| {
            plain("is_inconsistent", &found.is_inconsistent());
            plain("is_weak", &found.is_weak());
        });
        answer("known_accuracy", known_accuracy(k, n, a, b, d));
        let rule = Validation { found_dormant: k, dormant: n, found_active: n, active: k };
        answer("lang_reiczigel", lang_reiczigel(k, n, rule, d));
        let good = Validation { found_dormant: n, dormant: n, found_active: n, active: n };
        answer("lang_reiczigel", lang_reiczigel(k, n, good, 0.95));
        answer("classify_and_count", classify_and_count(&[a, b], c));
        answer("probabilistic_count", probabilistic_count(&[a, b, c]));
        answer("probabilistic_count", probabilistic_count(&[]));
        answer("hard_rates", hard_rates(&[true, false], &[a, b], c));
        answer("soft_rates", soft_rates(&[true, false, true], &[a, b]));
        answer("soft_rates", soft_rates(&[true, false], &[a, b]));
        answer("adjusted_count", adjusted_count(a, Rates { true_positive: b, false_positive: c }));
        answer("expectation_maximisation", expectation_maximisation(&[a, b, d], c));
        for trust in [Trust::Full, Trust::Tuned] {
            answer("powered_mean", powered_mean(&[a, b], &[b, c], &x, trust, d));
            answer("powered_mean", powered_mean(&more[..2], &x[..2], &x, trust, 0.95));
            answer("powered_mean_of_census", powered_mean_of_census(&more[..2], &x[..2], &x, trust, 0.95));
        }
        if let Ok(history) = History::new(k, a, b) {
            plain("posts", &(history.posts(), history.last(), history.age()));
            plain("gap", &gap(history));
            answer("gamma_poisson", gamma_poisson(history, c, d));
            for parameters in [more, more.map(f64::abs), [0.5, 10.0, 0.5, 2.0]] {
                models::<BgNbd>("alive of BG/NBD", parameters, history);
                models::<MbgNbd>("alive of MBG/NBD", parameters, history);
                models::<ParetoNbd>("alive of Pareto/NBD", parameters, history);
            }
        }
        let [active, last, observed] = small.map(|count| u32::from(count % 300));
        if let Ok(periods) = Periods::new(active, last, observed) {
            for parameters in [more, more.map(f64::abs)] {
                if let Ok(model) = BgBb::from_parameters(parameters) {
                    plain("alive_next", &model.alive_next(periods));
                    plain("alive of BG/BB", &(model.alive(periods), model.log_likelihood(periods)));
                }
            }
        }
    }
}

proptest! {
    // These take longer each.
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_takes_long(
        k in counts(), n in counts(), size in counts(), level in floats(),
        histories in prop::collection::vec((0..50u64, floats(), floats()), 0..40),
        cells in prop::array::uniform4(0..200u64),
        seed in any::<u64>(),
    ) {
        answer("hypergeometric", hypergeometric(k, n, size, level));
        answer("hypergeometric", hypergeometric(k % 50, n % 100, size % 2000, 0.95));
        let groups: Vec<Group> = [(k, n), (n, size), (k % 9, 9)]
            .map(|(successes, n)| Group { successes, n })
            .to_vec();
        answer("prob_largest", prob_largest(&groups));
        answer("prob_largest", prob_largest(&groups[2..]));
        let strata = strata(cells);
        answer("rank_probabilities", rank_probabilities(&[&strata[..1], &strata[..1]], FEWEST_DRAWS, seed, level));
        answer("rank_probabilities", rank_probabilities(&[&strata[..]], FEWEST_DRAWS, seed, 0.95));
        let mut histories: Vec<History> = histories
            .into_iter()
            .filter_map(|(posts, last, age)| History::new(posts, last, age).ok())
            .collect();
        // Young and old, with and without posts.
        histories.extend((1..25).filter_map(|age| History::new(age % 4, 0.5, age as f64).ok()));
        answer("fit", fit::<BgNbd>(&histories));
        answer("fit", fit::<MbgNbd>(&histories));
    }
}

/// Plain data, which hold what they are given.
const HOLDERS: [&str; 4] = ["width", "contains", "complement", "interval"];

/// A function that is added and not asked here is found out.
#[test]
fn every_public_function_is_asked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let here = fs::read_to_string(root.join("tests/stats_properties/never_nan.rs")).unwrap();
    let mut names = BTreeSet::new();
    let mut folders = vec![root.join("src/stats")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for (place, _) in text.match_indices("pub fn ") {
                let rest = &text[place + "pub fn ".len()..];
                let name = rest.split(['(', '<']).next().unwrap();
                names.insert(name.to_owned());
            }
        }
    }
    assert!(names.len() > 90, "the functions are gone: {}", names.len());
    for name in names {
        let asked = here.contains(&format!("{name}(")) || here.contains(&format!("{name}::<"));
        assert!(
            asked || HOLDERS.contains(&name.as_str()),
            "{name} is not asked"
        );
    }
}
