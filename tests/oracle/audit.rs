//! Tables 07, 08 and 22: the dormant share from labels.

use std::ops::Index;

use dormouse::stats::{Interval, Refusal, Stratum};
use dormouse::stats::{audit_bounds, post_stratified, two_phase};
use serde_json::Value;

use super::{CLOSED_FORM, Case, QUANTILE, ROOT, close, counts, json_table, number};

/// The strata of a case; `labels` and `unknown` name its columns.
pub(super) fn strata_of<C>(case: &C, labels: &str, unknown: Option<&str>) -> Vec<Stratum>
where
    C: for<'a> Index<&'a str, Output = Value>,
{
    let (sizes, labels) = (counts(&case["N_h"]), counts(&case[labels]));
    let dormant = counts(&case["k_h"]);
    let unknown = unknown.map_or(vec![0; sizes.len()], |name| counts(&case[name]));
    (0..sizes.len())
        .map(|h| Stratum {
            size: sizes[h],
            dormant: dormant[h],
            active: labels[h] - dormant[h] - unknown[h],
            unknown: unknown[h],
        })
        .collect()
}

fn check(case: &Case, method: &str, got: Interval, tolerance: f64) {
    let id = &case["case_id"];
    close(
        id,
        method,
        got.lower,
        number(&case[format!("{method}_lo").as_str()]),
        tolerance,
    );
    close(
        id,
        method,
        got.upper,
        number(&case[format!("{method}_hi").as_str()]),
        tolerance,
    );
}

#[test]
fn post_stratified_shares() {
    for case in json_table("07_poststratified") {
        let id = &case["case_id"];
        let strata = strata_of(&case, "n_h", None);
        let level = number(&case["conf"]);
        let found = post_stratified::post_stratified(&strata, level).unwrap();
        close(
            id,
            "estimate",
            found.estimate,
            number(&case["estimate"]),
            CLOSED_FORM,
        );
        check(&case, "mover_wilson", found.interval(), CLOSED_FORM);
        let jeffreys = post_stratified::post_stratified_jeffreys(&strata, level).unwrap();
        check(&case, "mover_jeffreys", jeffreys.interval(), QUANTILE);
        let wald = post_stratified::wald(&strata, None, level);
        if case["se"].is_null() {
            assert!(
                matches!(wald, Err(Refusal::TooFew { .. })),
                "{id}: {wald:?}"
            );
        } else {
            let wald = wald.unwrap();
            close(
                id,
                "se",
                wald.standard_error,
                number(&case["se"]),
                CLOSED_FORM,
            );
            check(&case, "wald", wald.interval, CLOSED_FORM);
        }
    }
}

#[test]
fn two_phase_shares() {
    for case in json_table("08_two_phase") {
        let id = &case["case_id"];
        let strata = strata_of(&case, "n_h", None);
        let (population, level) = (case["N"].as_u64().unwrap(), number(&case["conf"]));
        let listed: u64 = strata.iter().map(|stratum| stratum.size).sum();
        assert_eq!(case["n1"], listed, "{id}");
        let found = two_phase::two_phase(&strata, population, level).unwrap();
        close(
            id,
            "estimate",
            found.estimate,
            number(&case["estimate"]),
            CLOSED_FORM,
        );
        check(&case, "mover", found.interval(), CLOSED_FORM);
        let wald = post_stratified::wald(&strata, Some(population), level).unwrap();
        for column in ["se", "survey_twophase_se"] {
            close(
                id,
                column,
                wald.standard_error,
                number(&case[column]),
                CLOSED_FORM,
            );
        }
    }
}

#[test]
fn bounds_of_audits() {
    for case in json_table("22_audit_bounds") {
        let id = &case["case_id"];
        let strata = strata_of(&case, "m_h", Some("undecided_h"));
        let level = number(&case["conf"]);
        let population = case["phase1_N"].as_u64();
        // The list of the first phase is what the strata were drawn from: its length is the
        // sum of their sizes, and no argument of ours.
        let listed = strata.iter().map(|stratum| stratum.size).sum();
        assert_eq!(
            case["phase1_n"].as_u64(),
            population.map(|_| listed),
            "{id}"
        );
        let found = audit_bounds::audit_bounds(&strata, population, level).unwrap();
        let wants = [
            ("lower", found.bounds.lower, CLOSED_FORM),
            ("upper", found.bounds.upper, CLOSED_FORM),
            ("se_lower", found.lower_error, CLOSED_FORM),
            ("se_upper", found.upper_error, CLOSED_FORM),
            ("c", found.critical, ROOT),
            ("lo", found.interval.lower, ROOT),
            ("hi", found.interval.upper, ROOT),
        ];
        for (column, got, tolerance) in wants {
            close(id, column, got, number(&case[column]), tolerance);
        }
    }
}

/// Without gaps the bounds of an audit are the interval of the point estimate.
#[test]
fn audits_without_gaps_have_one_interval() {
    for case in json_table("07_poststratified").part() {
        let strata = strata_of(&case, "n_h", None);
        let bounds = audit_bounds::audit_bounds(&strata, None, number(&case["conf"])).unwrap();
        close(
            &case["case_id"],
            "estimate",
            bounds.bounds.width(),
            0.0,
            CLOSED_FORM,
        );
        check(&case, "mover_wilson", bounds.interval, CLOSED_FORM);
    }
    for case in json_table("08_two_phase").part() {
        let strata = strata_of(&case, "n_h", None);
        let population = case["N"].as_u64();
        let bounds =
            audit_bounds::audit_bounds(&strata, population, number(&case["conf"])).unwrap();
        check(&case, "mover", bounds.interval, CLOSED_FORM);
    }
}
