//! Tables 04, 05 and 06: a rule corrected by its errors.

use dormouse::stats::misclassification::{Corrected, Validation};
use dormouse::stats::ppi::{self, Trust};
use dormouse::stats::{Refusal, misclassification, quantifiers};
use serde_json::Value;

use super::{CLOSED_FORM, Case, QUANTILE, close, csv_table, json_table, number, numbers};

#[test]
fn rogan_and_gladen() {
    for row in csv_table("04_rogan_gladen") {
        let [k, n, kse, nse] = ["k", "n", "kse", "nse"].map(|column| row.count(column));
        let [ksp, nsp] = ["ksp", "nsp"].map(|column| row.count(column));
        let level = row.number("conf");
        let (se, sp) = (kse as f64 / nse as f64, ksp as f64 / nsp as f64);
        close(row.case(), "se", se, row.number("se"), CLOSED_FORM);
        close(row.case(), "sp", sp, row.number("sp"), CLOSED_FORM);
        let point = misclassification::rogan_gladen(k as f64 / n as f64, se, sp);
        let known = misclassification::known_accuracy(k, n, se, sp, level);
        let rule = Validation {
            found_dormant: kse,
            dormant: nse,
            found_active: ksp,
            active: nsp,
        };
        let estimated = misclassification::lang_reiczigel(k, n, rule, level);
        if row.maybe("rg").is_none() {
            let refused = |refusal| matches!(refusal, Refusal::NoBetterThanChance { .. });
            assert!(
                point.is_err_and(refused) && known.is_err_and(refused),
                "{}",
                row.case()
            );
        } else {
            let (point, known) = (point.unwrap(), known.unwrap());
            close(
                row.case(),
                "youden",
                point.youden,
                row.number("youden"),
                CLOSED_FORM,
            );
            close(
                row.case(),
                "rg_raw",
                point.raw,
                row.number("rg_raw"),
                CLOSED_FORM,
            );
            close(row.case(), "rg", point.share, row.number("rg"), CLOSED_FORM);
            let outside = !(0.0..=1.0).contains(&row.number("rg_raw"));
            assert_eq!(point.is_inconsistent(), outside, "{}", row.case());
            close(
                row.case(),
                "known",
                known.lower,
                row.number("known_sesp_lo"),
                CLOSED_FORM,
            );
            close(
                row.case(),
                "known",
                known.upper,
                row.number("known_sesp_hi"),
                CLOSED_FORM,
            );
        }
        match row.maybe("lr_lo") {
            None => assert!(estimated.is_err(), "{}", row.case()),
            Some(lower) => {
                let estimated = estimated.unwrap();
                close(row.case(), "lr_lo", estimated.lower, lower, CLOSED_FORM);
                close(
                    row.case(),
                    "lr_hi",
                    estimated.upper,
                    row.number("lr_hi"),
                    CLOSED_FORM,
                );
            }
        }
    }
}

fn check_corrected(case: &Case, name: &str, got: Corrected) {
    let id = &case["case_id"];
    close(
        id,
        name,
        got.raw,
        number(&case[format!("{name}_raw").as_str()]),
        CLOSED_FORM,
    );
    close(id, name, got.share, number(&case[name]), CLOSED_FORM);
}

#[test]
fn quantifiers_of_scores() {
    for case in json_table("05_quantifiers") {
        let id = &case["case_id"];
        let labels: Vec<bool> = numbers(&case["validation"]["label"])
            .into_iter()
            .map(|label| label == 1.0)
            .collect();
        let validation = numbers(&case["validation"]["posterior"]);
        let target = numbers(&case["target_posterior"]);
        let threshold = number(&case["threshold"]);
        let counted = quantifiers::classify_and_count(&target, threshold).unwrap();
        let mean = quantifiers::probabilistic_count(&target).unwrap();
        let hard = quantifiers::hard_rates(&labels, &validation, threshold).unwrap();
        let soft = quantifiers::soft_rates(&labels, &validation).unwrap();
        let wants = [
            ("cc", counted),
            ("pcc", mean),
            ("se", hard.true_positive),
            ("sp", 1.0 - hard.false_positive),
            ("soft_tpr", soft.true_positive),
            ("soft_fpr", soft.false_positive),
        ];
        for (column, got) in wants {
            close(id, column, got, number(&case[column]), CLOSED_FORM);
        }
        check_corrected(
            &case,
            "acc",
            quantifiers::adjusted_count(counted, hard).unwrap(),
        );
        check_corrected(
            &case,
            "pacc",
            quantifiers::adjusted_count(mean, soft).unwrap(),
        );
        let training = number(&case["train_prevalence"]);
        let iterated = quantifiers::expectation_maximisation(&target, training).unwrap();
        close(id, "emq", iterated.share, number(&case["emq"]), QUANTILE);
    }
}

#[test]
fn powered_means() {
    for case in json_table("06_ppi") {
        let (y, f) = (numbers(&case["y"]), numbers(&case["f"]));
        let unlabelled = match &case["f_unlabelled_counts"] {
            Value::Null => numbers(&case["f_unlabelled"]),
            counts => {
                let times = |name: &str| counts[name].as_u64().unwrap() as usize;
                [vec![1.0; times("ones")], vec![0.0; times("zeros")]].concat()
            }
        };
        for (column, trust) in [("ppi", Trust::Full), ("ppi_pp", Trust::Tuned)] {
            let level = number(&case["conf"]);
            let found = ppi::powered_mean(&y, &f, &unlabelled, trust, level).unwrap();
            let wants = [
                ("estimate", found.estimate),
                ("se", found.standard_error),
                ("lo", found.interval.lower),
                ("hi", found.interval.upper),
                ("lam", found.lambda),
            ];
            for (name, got) in wants {
                let want = number(&case[column][name]);
                close((&case["case_id"], column), name, got, want, CLOSED_FORM);
            }
        }
    }
}
