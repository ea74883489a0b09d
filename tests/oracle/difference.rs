//! Table 13: the difference of two channels.

use dormouse::stats::difference;

use super::{CLOSED_FORM, close, csv_table};

#[test]
fn differences() {
    for row in csv_table("13_newcombe_diff", "13_newcombe_diff") {
        let [k1, n1, k2, n2] = ["k1", "n1", "k2", "n2"].map(|column| row.count(column));
        let level = row.number("conf");
        let found = difference::newcombe(k1, n1, k2, n2, level).unwrap();
        let h = difference::cohens_h(k1 as f64 / n1 as f64, k2 as f64 / n2 as f64).unwrap();
        let wants = [
            ("diff", found.estimate),
            ("newcombe_lo", found.lower),
            ("newcombe_hi", found.upper),
            ("cohens_h", h),
        ];
        for (column, got) in wants {
            close(row.case(), column, got, row.number(column), CLOSED_FORM);
        }
    }
}
