//! Lists of the newest followers: the worst case, and what a declared assumption adds.

use dormouse::estimate::{self, Standing};
use dormouse::model::evidence::Design;
use dormouse::model::results::{AuditSummary, Stratum};
use dormouse::model::share::Method;
use dormouse::model::tally::{Key, Record, Tally};
use dormouse::stats::Interval;
use dormouse::stats::newest::{newest_monotone, newest_worst_case};
use dormouse::stats::proportion::wilson;

const LEVEL: f64 = 0.95;
const STANDING: Standing = Standing {
    design: Design::Newest,
    followers: Some(2000),
};

/// Adds followers of one follow age: awake, silent, undetermined.
fn add(tally: &mut Tally, follow_age: u8, [awake, silent, undetermined]: [u64; 3]) {
    let key = |record, days_silent| Key {
        record,
        days_silent: Some(days_silent),
        follow_age: Some(follow_age),
        ..Key::NOTHING
    };
    tally.add(key(Record::Dated, 10), awake);
    tally.add(key(Record::Dated, 400), silent);
    tally.add(key(Record::NotGiven, 400), undetermined);
}

/// The youngest within the window, then a year, two years, three; forty older still.
fn list() -> Tally {
    let mut tally = Tally::default();
    add(&mut tally, 1, [200, 0, 0]);
    add(&mut tally, 3, [120, 20, 10]);
    add(&mut tally, 4, [100, 40, 10]);
    add(&mut tally, 5, [75, 60, 15]);
    add(&mut tally, 6, [15, 20, 5]);
    tally
}

#[test]
fn the_oldest_hundred_stand_for_those_before_them() {
    let found = estimate::monotone(&list(), None, STANDING, 180, LEVEL).unwrap();
    // Forty are too few to speak for anybody: they join the group before them.
    let oldest = found.oldest;
    assert_eq!(
        (oldest.longer_than_days, oldest.followers, oldest.silent),
        (Some(730), 190, 80)
    );
    let old = wilson(80, 190, LEVEL).unwrap().lower;
    assert_eq!(oldest.lower, old);
    // 690 listed, 140 silent, 40 undetermined.
    let limits = Interval {
        lower: 140.0 / 690.0,
        upper: 180.0 / 690.0,
    };
    let expected = newest_monotone(limits, 690, 2000, old).unwrap();
    assert_eq!(
        (found.silent.lower, found.silent.upper),
        (expected.lower, expected.upper)
    );
    assert_eq!(found.silent.method, Method::NewestMonotone);
    assert_eq!((found.silent.estimate, found.dormant), (None, None));
    // Beside the worst case, and within it.
    let worst = estimate::silent(list().counts(180), STANDING, LEVEL).unwrap();
    let expected = newest_worst_case(limits, 690, 2000).unwrap();
    assert_eq!((worst.lower, worst.upper), (expected.lower, expected.upper));
    assert!(worst.lower < found.silent.lower && found.silent.upper == worst.upper);
}

/// Whoever began to follow within the window is awake by that alone, and shows no trend.
#[test]
fn the_trend_leaves_out_those_who_are_awake_by_their_follow() {
    let trend = |tally: &Tally| {
        estimate::monotone(tally, None, STANDING, 180, LEVEL)
            .unwrap()
            .trend
    };
    let rising = trend(&list()).unwrap();
    let ages: Vec<_> = rising
        .groups
        .iter()
        .map(|group| (group.longer_than_days, group.followers))
        .collect();
    assert_eq!(ages, [(Some(180), 150), (Some(365), 150), (Some(730), 190)]);
    assert!(rising.statistic.unwrap() > 3.0 && rising.p.unwrap() < 0.001);
    let mut falling = Tally::default();
    add(&mut falling, 3, [50, 100, 0]);
    add(&mut falling, 5, [120, 30, 0]);
    assert!(trend(&falling).unwrap().statistic.unwrap() < -3.0);
    let mut alike = Tally::default();
    add(&mut alike, 3, [150, 0, 0]);
    add(&mut alike, 5, [150, 0, 0]);
    assert_eq!(trend(&alike).unwrap().statistic, None);
    let mut young = Tally::default();
    add(&mut young, 1, [150, 0, 0]);
    assert_eq!(trend(&young), None);
}

#[test]
fn without_dates_of_follows_the_whole_list_stands_for_them() {
    let undated = list().map_keys(|key| Key {
        follow_age: None,
        ..key
    });
    let found = estimate::monotone(&undated, None, STANDING, 180, LEVEL).unwrap();
    assert_eq!(
        (found.oldest.longer_than_days, found.oldest.followers),
        (None, 690)
    );
    assert_eq!(found.oldest.lower, wilson(140, 690, LEVEL).unwrap().lower);
    assert_eq!(found.trend, None);
}

#[test]
fn an_audit_of_the_list_carries_over() {
    let audit = AuditSummary {
        strata: vec![Stratum {
            name: "all".into(),
            size: 690,
            dormant: 30,
            active: 70,
            unknown: 0,
        }],
        agreement: None,
    };
    let found = estimate::monotone(&list(), Some(&audit), STANDING, 180, LEVEL).unwrap();
    let monotone = found.dormant.unwrap();
    let census = Standing {
        design: Design::Census,
        ..STANDING
    };
    let of_list = estimate::dormant(&audit, census, LEVEL).unwrap();
    let worst = estimate::dormant(&audit, STANDING, LEVEL).unwrap();
    // [w l + (1−w) l, w u + 1 − w]: older followers at least as dormant as the list.
    assert!((monotone.lower - of_list.lower).abs() < 1e-12);
    assert_eq!(monotone.upper, worst.upper);
    assert!(worst.lower < monotone.lower);
    assert_eq!(
        (monotone.labels, monotone.method),
        (Some(100), Method::NewestMonotone)
    );
}

#[test]
fn it_is_refused_where_nobody_is_older_or_nobody_knows_how_many() {
    for design in [Design::Census, Design::Srs] {
        let standing = Standing { design, ..STANDING };
        let error = estimate::monotone(&list(), None, standing, 180, LEVEL).unwrap_err();
        assert_eq!(error.kind(), "estimate::assumption");
    }
    let uncounted = Standing {
        followers: None,
        ..STANDING
    };
    let error = estimate::monotone(&list(), None, uncounted, 180, LEVEL).unwrap_err();
    assert!(error.way_out().unwrap().contains("followers"));
}

#[test]
fn a_list_of_nobody() {
    let found = estimate::monotone(&Tally::default(), None, STANDING, 180, LEVEL).unwrap();
    assert_eq!((found.silent.lower, found.silent.upper), (0.0, 1.0));
    assert_eq!(found.oldest.followers, 0);
}
