//! The edge cases of the statistics, as data: `tests/edge_cases/cases.csv` has for each
//! section of the methods what is asked and the answer or the refusal that is due.
//!
//! A call is a function and its arguments with blanks between; counts and shares as they
//! are, `-` for none, a stratum as `size:dormant/active/unknown`, several with commas, a
//! group as `k/n`, an estimate as `estimate[lower;upper]`. Answers have four decimals.

mod call;

use std::fs;
use std::path::Path;

use dormouse::stats::aggregate::{Totals, aggregate_bounds};
use dormouse::stats::btyd::{BgNbd, History, MbgNbd, Model, Periods};
use dormouse::stats::cost::{NormalShare, UncertainCost, cost_per_active, fieller};
use dormouse::stats::many_groups::{Group, homogeneity, pooled_z_test};
use dormouse::stats::misclassification::{Validation, lang_reiczigel, rogan_gladen};
use dormouse::stats::paired::{Pairs, mcnemar_exact, paired_change, transition_rates};
use dormouse::stats::planning::{Target, labels_needed, margin_of, sample_size};
use dormouse::stats::ppi::{Trust, powered_mean_of_census};
use dormouse::stats::quantifiers::{hard_rates, soft_rates};
use dormouse::stats::ranks::rank_sets;
use dormouse::stats::trend::{Snapshot, cochran_armitage, trend};
use dormouse::stats::{
    Estimate, Interval, Refusal, allocation, audit_bounds, bounds, difference, finite_population,
    gap_rules, kappa, multiplicity, newest, post_stratified, prob_larger, proportion, two_phase,
};

use call::Call;

/// A number with at most four decimals.
fn shown(value: f64) -> String {
    assert!(value.is_finite(), "{value} is given");
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

fn maybe(value: Option<f64>) -> String {
    value.map_or("none".to_owned(), shown)
}

fn interval(found: Interval) -> String {
    format!("[{}; {}]", shown(found.lower), shown(found.upper))
}

fn estimate(found: Estimate) -> String {
    format!("{} {}", shown(found.estimate), interval(found.interval()))
}

fn answer(call: &str) -> Result<String, Refusal> {
    let mut with = Call::new(call);
    let name = with.next();
    Ok(match name {
        "rogan_gladen" => {
            let found = rogan_gladen(with.number(), with.number(), with.number())?;
            let mut text = shown(found.share);
            for (flag, set) in [
                ("inconsistent", found.is_inconsistent()),
                ("weak", found.is_weak()),
            ] {
                if set {
                    text.push_str(&format!(" {flag}"));
                }
            }
            text
        }
        "lang_reiczigel" => {
            let (k, n) = (with.count(), with.count());
            let (se, sp) = (with.groups()[0], with.groups()[0]);
            let rule = Validation {
                found_dormant: se.successes,
                dormant: se.n,
                found_active: sp.successes,
                active: sp.n,
            };
            interval(lang_reiczigel(k, n, rule, 0.95)?)
        }
        "hard_rates" => {
            let labels = with.list(|text| text == "d");
            let rates = hard_rates(&labels, &with.numbers(), 0.5)?;
            format!(
                "{} {}",
                shown(rates.true_positive),
                shown(rates.false_positive)
            )
        }
        "soft_rates" => {
            let labels = with.list(|text| text == "d");
            let rates = soft_rates(&labels, &with.numbers())?;
            format!(
                "{} {}",
                shown(rates.true_positive),
                shown(rates.false_positive)
            )
        }
        "ppi" => {
            let (y, f, list) = (with.numbers(), with.numbers(), with.numbers());
            let found = powered_mean_of_census(&y, &f, &list, Trust::Tuned, 0.95)?;
            format!("{} λ {}", shown(found.estimate), shown(found.lambda))
        }
        "wilson" => interval(proportion::wilson(
            with.count(),
            with.count(),
            with.number(),
        )?),
        "clopper_pearson" => interval(proportion::clopper_pearson(
            with.count(),
            with.count(),
            with.number(),
        )?),
        "jeffreys" => interval(proportion::jeffreys(
            with.count(),
            with.count(),
            with.number(),
        )?),
        "wilson_fpc" => interval(finite_population::wilson_fpc(
            with.count(),
            with.count(),
            with.count(),
            0.95,
        )?),
        "standard_error" => shown(finite_population::standard_error(
            with.count(),
            with.count(),
            with.count(),
        )?),
        "hypergeometric" => {
            let found =
                finite_population::hypergeometric(with.count(), with.count(), with.count(), 0.95)?;
            format!("{} to {}", found.lower, found.upper)
        }
        "round_outward" => {
            let limits = Interval {
                lower: with.number(),
                upper: with.number(),
            };
            interval(finite_population::round_outward(
                limits,
                with.count(),
                with.count(),
                with.count(),
            )?)
        }
        "sample_size" => {
            let target = Target {
                share: with.number(),
                margin: with.number(),
                level: 0.95,
            };
            sample_size(target, with.maybe_count())?.to_string()
        }
        "labels_needed" => {
            let target = Target {
                share: with.number(),
                margin: with.number(),
                level: 0.95,
            };
            labels_needed(target, with.maybe_count(), with.number())?.to_string()
        }
        "margin_of" => shown(margin_of(
            with.number(),
            with.count(),
            with.maybe_count(),
            0.0,
            0.95,
        )?),
        "proportional_allocation" => {
            let sizes = with.list(|text| text.parse().unwrap());
            let labels = allocation::proportional_allocation(&sizes, with.count(), 20)?;
            format!("{labels:?}")
        }
        "post_stratified" => estimate(post_stratified::post_stratified(&with.strata(), 0.95)?),
        "wald" => {
            let found = post_stratified::wald(&with.strata(), None, 0.95)?;
            format!(
                "{} {}",
                shown(found.standard_error),
                interval(found.interval)
            )
        }
        "two_phase" => {
            let strata = with.strata();
            estimate(two_phase::two_phase(&strata, with.count(), 0.95)?)
        }
        "audit_bounds" => {
            let found = audit_bounds::audit_bounds(&with.strata(), None, 0.95)?;
            format!("{} in {}", interval(found.bounds), interval(found.interval))
        }
        "newest_worst_case" => {
            let limits = Interval {
                lower: with.number(),
                upper: with.number(),
            };
            interval(newest::newest_worst_case(
                limits,
                with.count(),
                with.count(),
            )?)
        }
        "newest_monotone" => {
            let limits = Interval {
                lower: with.number(),
                upper: with.number(),
            };
            interval(newest::newest_monotone(
                limits,
                with.count(),
                with.count(),
                with.number(),
            )?)
        }
        "manski" => interval(bounds::manski(with.count(), with.count(), with.count())?),
        "imbens_manski" => {
            let found = bounds::imbens_manski(
                with.count(),
                with.count(),
                with.count(),
                with.maybe_count(),
                0.95,
            )?;
            format!("{} c {}", interval(found.interval), shown(found.critical))
        }
        "critical_value" => shown(bounds::critical_value(with.number(), with.number(), 0.95)?),
        "alive_bg_nbd" => {
            let history = History::new(with.count(), with.number(), with.number())?;
            shown(BgNbd::from_parameters([0.25, 4.0, 0.8, 2.4])?.alive(history))
        }
        "alive_mbg_nbd" => {
            let history = History::new(with.count(), with.number(), with.number())?;
            shown(MbgNbd::from_parameters([0.5, 6.0, 1.0, 1.0])?.alive(history))
        }
        "history" => {
            let history = History::new(with.count(), with.number(), with.number())?;
            format!(
                "{} {} {}",
                history.posts(),
                shown(history.last()),
                shown(history.age())
            )
        }
        "periods" => {
            let count = |text: u64| u32::try_from(text).unwrap();
            Periods::new(
                count(with.count()),
                count(with.count()),
                count(with.count()),
            )
            .map(|_| "taken".to_owned())?
        }
        "gap" => {
            let found = gap_rules::gap(History::new(with.count(), with.number(), with.number())?);
            format!("p {} gaps {}", maybe(found.p_exact), maybe(found.ratio))
        }
        "newcombe" => estimate(difference::newcombe(
            with.count(),
            with.count(),
            with.count(),
            with.count(),
            0.95,
        )?),
        "bounds_difference" => {
            let (a, b) = (with.estimate().interval(), with.estimate().interval());
            let found = difference::bounds_difference(a, b)?;
            format!("{} {:?}", interval(found), difference::direction(found))
        }
        "cohens_h" => shown(difference::cohens_h(with.number(), with.number())?),
        "homogeneity" => shown(homogeneity(&with.groups())?.p),
        "pooled_z_test" => {
            let groups = with.groups();
            shown(pooled_z_test(groups[0], groups[1])?)
        }
        "holm" => format!("{:?}", multiplicity::holm(&with.numbers())?),
        "rank_sets" => {
            let ranks = rank_sets(with.count() as usize, &[]);
            ranks
                .iter()
                .map(|rank| format!("{}–{}", rank.first, rank.last))
                .collect::<Vec<_>>()
                .join(" ")
        }
        "prob_larger" => {
            let groups = with.groups();
            shown(prob_larger::prob_larger(groups[0], groups[1])?)
        }
        "cost_per_active" => {
            let found = cost_per_active(with.number(), with.count(), with.estimate())?;
            format!(
                "{} [{}; {}]",
                maybe(found.estimate),
                maybe(found.lower),
                maybe(found.upper)
            )
        }
        "fieller" => {
            let cost = UncertainCost {
                cost: with.number(),
                standard_error: with.number(),
                correlation: 0.0,
            };
            let followers = with.count();
            let share = NormalShare {
                estimate: with.number(),
                standard_error: with.number(),
            };
            fieller(cost, followers, share, 0.95)?.map_or("unbounded".to_owned(), interval)
        }
        "aggregate" => {
            let found = aggregate_bounds(Totals {
                followers: with.count(),
                reach: with.maybe_count(),
                follower_share_of_reach: with.maybe_number(),
                engaged_followers: with.maybe_count(),
                half_width: with.number(),
            })?;
            let mut text = format!(
                "dormant {} not reached {}",
                interval(found.dormant),
                found.not_reached().map_or("none".to_owned(), interval)
            );
            if found.reach_exceeds_followers {
                text.push_str(" reach_exceeds_followers");
            }
            text
        }
        "paired" => {
            let pairs = pairs(&mut with);
            let found = paired_change(pairs, 0.95)?;
            format!("{} φ {}", estimate(found.change), shown(found.phi))
        }
        "mcnemar" => shown(mcnemar_exact(pairs(&mut with))?),
        "transitions" => {
            let found = transition_rates(pairs(&mut with), 0.95)?;
            let rate = |rate: dormouse::stats::paired::Rate| {
                format!("{} {}", maybe(rate.rate), interval(rate.interval))
            };
            format!(
                "fell {} woke {}",
                rate(found.fell_dormant),
                rate(found.woke)
            )
        }
        "trend" => {
            let mut points = Vec::new();
            for (day, group) in with.groups().into_iter().enumerate() {
                points.push(Snapshot::from_counts(100.0 * day as f64, group, 0.95)?);
            }
            shown(trend(&points, 0.95)?.slope)
        }
        "cochran_armitage" => {
            let groups: Vec<(f64, Group)> = with
                .groups()
                .into_iter()
                .enumerate()
                .map(|(score, group)| (score as f64, group))
                .collect();
            shown(cochran_armitage(&groups)?.statistic)
        }
        "kappa" => {
            let cells = with.list(|text| text.parse::<u64>().unwrap());
            estimate(
                kappa::cohens_kappa(&[[cells[0], cells[1]], [cells[2], cells[3]]], 0.95)?.kappa,
            )
        }
        _ => panic!("no function {name}"),
    })
}

fn pairs(with: &mut Call<'_>) -> Pairs {
    Pairs {
        stayed_dormant: with.count(),
        woke: with.count(),
        fell_dormant: with.count(),
        stayed_active: with.count(),
    }
}

#[test]
fn every_edge_case_has_its_answer() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/edge_cases/cases.csv");
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for record in reader.records() {
        let record = record.unwrap();
        let (section, case, call, expected) = (&record[0], &record[1], &record[2], &record[3]);
        let found = answer(call).unwrap_or_else(|refusal| format!("refused: {refusal}"));
        if found != expected {
            wrong.push(format!(
                "{section} {case}: {call} gives `{found}`, not `{expected}`"
            ));
        }
        cases += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {cases}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(cases >= 90, "the cases are gone: {cases}");
}
