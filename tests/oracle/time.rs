//! Tables 19a to 19c: change.

use dormouse::stats::decomposition::{Flows, decompose};
use dormouse::stats::many_groups::Group;
use dormouse::stats::paired::{Pairs, Rate, mcnemar_exact, paired_change, transition_rates};
use dormouse::stats::trend::{Snapshot, trend};

use super::{CLOSED_FORM, QUANTILE, Row, close, counts, csv_table, json_table, number, numbers};

#[test]
fn paired_snapshots() {
    for row in csv_table("19a_paired_snapshots") {
        let pairs = Pairs {
            stayed_dormant: row.count("dd"),
            woke: row.count("da"),
            fell_dormant: row.count("ad"),
            stayed_active: row.count("aa"),
        };
        let level = row.number("conf");
        let found = paired_change(pairs, level).unwrap();
        let wants = [
            ("share1", found.before, CLOSED_FORM),
            ("share2", found.after, CLOSED_FORM),
            ("diff", found.change.estimate, CLOSED_FORM),
            ("phi", found.phi, CLOSED_FORM),
            ("newcombe10_lo", found.change.lower, CLOSED_FORM),
            ("newcombe10_hi", found.change.upper, CLOSED_FORM),
            ("mcnemar_exact_p", mcnemar_exact(pairs).unwrap(), QUANTILE),
        ];
        for (column, got, tolerance) in wants {
            close(row.case(), column, got, row.number(column), tolerance);
        }
        let rates = transition_rates(pairs, level).unwrap();
        check_rate(&row, "p_active_to_dormant", "a2d", rates.fell_dormant);
        check_rate(&row, "p_dormant_to_active", "d2a", rates.woke);
    }
}

#[track_caller]
fn check_rate(row: &Row, rate: &str, limits: &str, got: Rate) {
    match row.maybe(rate) {
        None => assert_eq!(got.rate, None, "{} {rate}", row.case()),
        Some(want) => close(row.case(), rate, got.rate.unwrap(), want, CLOSED_FORM),
    }
    let limit = |side| row.number(&format!("{limits}_{side}"));
    close(
        row.case(),
        limits,
        got.interval.lower,
        limit("lo"),
        CLOSED_FORM,
    );
    close(
        row.case(),
        limits,
        got.interval.upper,
        limit("hi"),
        CLOSED_FORM,
    );
}

#[test]
fn trends() {
    for case in json_table("19b_trend") {
        let id = &case["case_id"];
        let (days, shares) = (numbers(&case["days"]), numbers(&case["share"]));
        let (sizes, errors) = (counts(&case["n"]), numbers(&case["se"]));
        let snapshots: Vec<Snapshot> = (0..days.len())
            .map(|place| {
                let successes = (shares[place] * sizes[place] as f64).round() as u64;
                let n = sizes[place];
                let counted = Group { successes, n };
                let counted = Snapshot::from_counts(days[place], counted, 0.95).unwrap();
                // The shares of the table are rounded, so counts give nearly its errors.
                close(id, "se", counted.standard_error, errors[place], 1e-3);
                Snapshot {
                    share: shares[place],
                    standard_error: errors[place],
                    ..counted
                }
            })
            .collect();
        let found = trend(&snapshots, 0.95).unwrap();
        let wants = [
            ("slope_per_year", found.slope),
            ("slope_se", found.standard_error),
            ("slope_lo", found.interval.lower),
            ("slope_hi", found.interval.upper),
            ("p_two_sided", found.p),
            ("Q", found.lack_of_fit),
            ("Q_p", found.lack_of_fit_p.unwrap()),
        ];
        for (column, got) in wants {
            close(id, column, got, number(&case[column]), CLOSED_FORM);
        }
        assert_eq!(case["Q_df"], found.lack_of_fit_df, "{id}");
    }
}

#[test]
fn decompositions() {
    for case in json_table("19c_decomposition") {
        let id = &case["case_id"];
        let flow = |name: &str| case["counts"][name].as_u64().unwrap();
        let found = decompose(Flows {
            aa: flow("AA"),
            ad: flow("AD"),
            au: flow("AU"),
            ax: flow("AX"),
            da: flow("DA"),
            dd: flow("DD"),
            du: flow("DU"),
            dx: flow("DX"),
            ua: flow("UA"),
            ud: flow("UD"),
            uu: flow("UU"),
            ux: flow("UX"),
            xa: flow("XA"),
            xd: flow("XD"),
            xu: flow("XU"),
        })
        .unwrap();
        let effect = |part: fn(_) -> f64| found.effects.map(part);
        let wants = [
            ("share1", found.before),
            ("share2", found.after),
            ("change", found.change),
            ("leavers_effect", effect(|all| all.leavers)),
            ("within_effect", effect(|all| all.within)),
            ("joiners_effect", effect(|all| all.joiners)),
        ];
        for (column, got) in wants {
            match case[column].as_f64() {
                None => assert_eq!(got, None, "{id} {column}"),
                Some(want) => close(id, column, got.unwrap(), want, CLOSED_FORM),
            }
        }
        assert_eq!(case["newly_dormant"], found.newly_dormant, "{id}");
        assert_eq!(case["woken"], found.woken, "{id}");
        assert_eq!(case["lost"], found.lost, "{id}");
        assert_eq!(case["gained"], found.gained, "{id}");
    }
}
