//! Table 03: how many labels.

use dormouse::stats::planning::{self, Target};

use super::{CLOSED_FORM, close, csv_table};

#[test]
fn sample_sizes() {
    for row in csv_table("03_sample_size") {
        let population = row.maybe_count("N");
        let target = Target {
            share: row.number("p"),
            margin: row.number("d"),
            level: row.number("conf"),
        };
        // Relative: the sizes have up to five digits before the point.
        for (column, population) in [("n0", None), ("n_fpc", population)] {
            let want = row.number(column);
            let got = planning::cochran(target, population).unwrap();
            close(row.case(), column, got / want, 1.0, CLOSED_FORM);
        }
        let needed = planning::sample_size(target, population).unwrap();
        assert_eq!(needed, row.count("n_needed"), "{}", row.case());
        let wilson = planning::wilson_sample_size(target, population).unwrap();
        assert_eq!(wilson, row.count("n_wilson"), "{}", row.case());
        for (name, se, sp) in [("90_90", 0.9, 0.9), ("70_80", 0.7, 0.8)] {
            let worth = planning::rule_worth(target.share, se, sp).unwrap();
            close(
                row.case(),
                name,
                worth,
                row.number(&format!("K_{name}")),
                CLOSED_FORM,
            );
            let labels = planning::audit_size(target, se, sp).unwrap();
            assert_eq!(
                labels,
                row.count(&format!("n_audit_{name}")),
                "{} {name}",
                row.case()
            );
        }
    }
}
