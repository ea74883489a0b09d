//! Table 18: channels of which only totals are known.

use dormouse::stats::Interval;
use dormouse::stats::aggregate::{Totals, aggregate_bounds};

use super::{CLOSED_FORM, Row, close, csv_table};

#[track_caller]
fn check(row: &Row, column: &str, got: Option<Interval>) {
    match row.maybe(&format!("{column}_lo")) {
        None => assert_eq!(got, None, "{} {column}", row.case()),
        Some(lower) => {
            let got = got.unwrap();
            close(row.case(), column, got.lower, lower, CLOSED_FORM);
            let upper = row.number(&format!("{column}_hi"));
            close(row.case(), column, got.upper, upper, CLOSED_FORM);
        }
    }
}

#[test]
fn totals() {
    for row in csv_table("18_aggregate_bounds") {
        let found = aggregate_bounds(Totals {
            followers: row.count("followers"),
            reach: row.maybe_count("reach"),
            follower_share_of_reach: row.maybe("follower_share_of_reach"),
            engaged_followers: row.maybe_count("engaged_followers"),
            half_width: row.number("round_half_width"),
        })
        .unwrap();
        check(&row, "reached", found.reached);
        check(&row, "not_reached", found.not_reached());
        check(&row, "dormant", Some(found.dormant));
        let flags = row.text("flags");
        assert_eq!(found.reached.is_none(), flags.contains("no_followers"));
        let exceeds = flags.contains("reach_exceeds_followers");
        assert_eq!(found.reach_exceeds_followers, exceeds, "{}", row.case());
    }
}
