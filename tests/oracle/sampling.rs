//! Tables 01 and 02: one proportion, endless and finite population.

use dormouse::stats::{Interval, finite_population, proportion};

use super::{CLOSED_FORM, QUANTILE, Row, close, csv_table};

fn check(row: &Row, method: &str, got: Interval, tolerance: f64) {
    close(
        row.case(),
        method,
        got.lower,
        row.number(&format!("{method}_lo")),
        tolerance,
    );
    close(
        row.case(),
        method,
        got.upper,
        row.number(&format!("{method}_hi")),
        tolerance,
    );
}

#[test]
fn intervals_of_a_proportion() {
    for row in csv_table("01_binom_intervals") {
        let (k, n, level) = (row.count("k"), row.count("n"), row.number("conf"));
        let wilson = proportion::wilson(k, n, level).unwrap();
        check(&row, "wilson", wilson, CLOSED_FORM);
        if k == 0 {
            assert_eq!(wilson.lower, 0.0, "{}", row.case());
        }
        if k == n {
            assert_eq!(wilson.upper, 1.0, "{}", row.case());
        }
        check(
            &row,
            "agresti_coull",
            proportion::agresti_coull(k, n, level).unwrap(),
            CLOSED_FORM,
        );
        check(
            &row,
            "clopper_pearson",
            proportion::clopper_pearson(k, n, level).unwrap(),
            QUANTILE,
        );
        check(
            &row,
            "jeffreys_raw",
            proportion::jeffreys_raw(k, n, level).unwrap(),
            QUANTILE,
        );
        check(
            &row,
            "jeffreys_adj",
            proportion::jeffreys(k, n, level).unwrap(),
            QUANTILE,
        );
    }
}

#[test]
fn finite_populations() {
    for row in csv_table("02_fpc") {
        let (k, n, size) = (row.count("k"), row.count("n"), row.count("N"));
        let level = row.number("conf");
        let share = k as f64 / n as f64;
        close(row.case(), "p", share, row.number("p"), CLOSED_FORM);
        close(
            row.case(),
            "se_fpc",
            finite_population::standard_error(k, n, size).unwrap(),
            row.number("se_fpc"),
            CLOSED_FORM,
        );
        close(
            row.case(),
            "n_star",
            finite_population::effective_size(n, size).unwrap(),
            row.number("n_star"),
            CLOSED_FORM * size as f64,
        );
        let limits = finite_population::wilson_fpc(k, n, size, level).unwrap();
        check(&row, "wilson_fpc", limits, CLOSED_FORM);
        let lattice = finite_population::round_outward(limits, k, n, size).unwrap();
        check(&row, "wilson_fpc_lattice", lattice, CLOSED_FORM);
        let exact = finite_population::hypergeometric(k, n, size, level).unwrap();
        assert_eq!(exact.lower, row.count("hyper_K_lo"), "{}", row.case());
        assert_eq!(exact.upper, row.count("hyper_K_hi"), "{}", row.case());
    }
}
