//! Tables 09 and 10: bounds where evidence or followers are missing.

use dormouse::stats::{Interval, bounds, newest};

use super::{CLOSED_FORM, ROOT, close, csv_table};

#[test]
fn manski_and_imbens() {
    for row in csv_table("09_manski_imbens") {
        let (k, u, n) = (row.count("k"), row.count("u"), row.count("n"));
        let (population, level) = (row.maybe_count("N"), row.number("conf"));
        let found = bounds::imbens_manski(k, u, n, population, level).unwrap();
        assert_eq!(found.bounds, bounds::manski(k, u, n).unwrap());
        let wilson = bounds::imbens_manski_wilson(k, u, n, population, level).unwrap();
        let wald = bounds::wald_form(&found);
        let wants = [
            ("lower", found.bounds.lower, CLOSED_FORM),
            ("upper", found.bounds.upper, CLOSED_FORM),
            ("se_lower", found.lower_error, CLOSED_FORM),
            ("se_upper", found.upper_error, CLOSED_FORM),
            ("c", found.critical, ROOT),
            ("im_wald_lo", wald.lower, ROOT),
            ("im_wald_hi", wald.upper, ROOT),
            ("im_wilson_lo", wilson.lower, ROOT),
            ("im_wilson_hi", wilson.upper, ROOT),
        ];
        for (column, got, tolerance) in wants {
            close(row.case(), column, got, row.number(column), tolerance);
        }
    }
}

#[test]
fn newest_followers() {
    for row in csv_table("10_newest_n") {
        let sample = Interval {
            lower: row.number("sample_lo"),
            upper: row.number("sample_hi"),
        };
        let (n, population) = (row.count("n"), row.count("N"));
        let oldest = row.number("oldest_bucket_lo");
        let worst = newest::newest_worst_case(sample, n, population).unwrap();
        let monotone = newest::newest_monotone(sample, n, population, oldest).unwrap();
        let wants = [
            ("worst_lo", worst.lower),
            ("worst_hi", worst.upper),
            ("monotone_lo", monotone.lower),
            ("monotone_hi", monotone.upper),
        ];
        for (column, got) in wants {
            close(row.case(), column, got, row.number(column), CLOSED_FORM);
        }
        // The upper limit of the oldest bucket stands in the table, and nothing follows from
        // it: put in place of the lower one it would claim too much.
        let highest = row.number("oldest_bucket_hi");
        assert!(oldest <= highest, "{}", row.case());
        let claimed = newest::newest_monotone(sample, n, population, highest).unwrap();
        let unseen = (population - n) as f64 / population as f64;
        close(
            row.case(),
            "oldest_bucket_hi",
            claimed.lower - row.number("monotone_lo"),
            unseen * (highest - oldest),
            CLOSED_FORM,
        );
    }
}
