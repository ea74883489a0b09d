//! Tables 04 and 11c once more, through the command line: what an analyst is shown.

use std::process::Command;

use serde_json::Value;

use super::{CLOSED_FORM, QUANTILE, close, csv_table, number, read};

fn diagnose(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_dormouse"))
        .arg("diagnose")
        .args(arguments)
        .args(["--format", "json"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        found["diagnostic"]
            .as_str()
            .unwrap()
            .contains("not a result")
    );
    found["channels"][0].clone()
}

#[test]
fn accuracy() {
    for row in csv_table("04_rogan_gladen").part() {
        let text = |column: &str| row.text(column).to_owned();
        let found = diagnose(&[
            "accuracy",
            "--counted",
            &text("k"),
            "--of",
            &text("n"),
            "--sensitivity",
            &format!("{}/{}", text("kse"), text("nse")),
            "--specificity",
            &format!("{}/{}", text("ksp"), text("nsp")),
            "--level",
            &text("conf"),
        ]);
        let (point, limits) = (&found["answers"][0], &found["answers"][1]);
        let Some(wanted) = row.maybe("rg") else {
            assert!(point["refused"].is_string(), "{}: {found}", row.case());
            continue;
        };
        close(
            row.case(),
            "rg",
            number(&point["estimate"]),
            wanted,
            CLOSED_FORM,
        );
        let inconsistent = !(0.0..=1.0).contains(&row.number("rg_raw"));
        let flagged = point["flags"].to_string().contains("inconsistent");
        assert_eq!(flagged, inconsistent, "{}: {found}", row.case());
        match row.maybe("lr_lo") {
            None => assert!(limits["refused"].is_string(), "{}: {found}", row.case()),
            Some(lower) => {
                close(
                    row.case(),
                    "lr_lo",
                    number(&limits["lower"]),
                    lower,
                    CLOSED_FORM,
                );
                let upper = row.number("lr_hi");
                close(
                    row.case(),
                    "lr_hi",
                    number(&limits["upper"]),
                    upper,
                    CLOSED_FORM,
                );
            }
        }
    }
}

#[test]
fn models() {
    let expected: Value = serde_json::from_str(&read("11c_btyd_fit_expected.json")).unwrap();
    let found = diagnose(&["models", "11c_btyd_fit_data.csv"]);
    for (place, name) in ["bgnbd", "mbgnbd", "pareto_nbd"].into_iter().enumerate() {
        let (fit, wanted) = (&found["fits"][place]["fit"], &expected[name]);
        let likelihood = number(&fit["log_likelihood"]);
        close(
            name,
            "loglik",
            likelihood,
            number(&wanted["loglik"]),
            QUANTILE,
        );
        // Loosely identified, as the table says.
        let alive = number(&fit["mean_alive"]);
        close(
            name,
            "mean_palive",
            alive,
            number(&wanted["mean_palive"]),
            1e-3,
        );
        let tenths: f64 = super::numbers(&fit["alive_by_tenths"]).iter().sum();
        close(name, "tenths", tenths, 1.0, CLOSED_FORM);
    }
}
