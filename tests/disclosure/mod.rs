//! What is published of small groups: nothing that can be computed back to fewer than ten.

mod audits;
mod linear;
mod shown;
mod whole;

use std::collections::BTreeMap;

use dormouse::model::change::{Snapshot, Transitions};
use dormouse::model::evidence::Design;
use dormouse::model::multiverse::{Axis, Specification};
use dormouse::model::published::{SMALLEST_GROUP, is_small};
use dormouse::model::results::Results;
use dormouse::model::share::Method;
use dormouse::model::tally::{Key, Record, State, Tally, post_edges};
use dormouse::{compare, disclosure, estimate};
use linear::Sums;
use proptest::prelude::*;

/// Tallies with many small cells: few kinds of silence, of records and of accounts.
fn tally() -> impl Strategy<Value = Tally> {
    let days = prop_oneof![
        Just(None),
        (0..8_u16).prop_map(Some),
        (20..40_u16).prop_map(Some),
        (150..210_u16).prop_map(Some),
        prop::sample::select(vec![91, 300, 700, 1_400, 3_000]).prop_map(Some),
    ];
    let cell = (
        0..6_usize,
        days,
        prop::option::of(0..6_u8),
        prop::array::uniform3(prop::bool::weighted(0.15)),
        prop_oneof![4 => 1..6_u64, 2 => 6..30_u64, 1 => 30..400_u64],
    );
    prop::collection::vec(cell, 1..40).prop_map(|cells| {
        let mut tally = Tally::default();
        for (record, days_silent, post_age, [never_posted, suspected_bot, duplicate], count) in
            cells
        {
            let record = Record::ALL[record];
            let gone = record == Record::Gone;
            let key = Key {
                record,
                days_silent: days_silent.filter(|_| !gone),
                post_age: post_age.filter(|_| !gone),
                never_posted: never_posted && !gone,
                suspected_bot: suspected_bot && !gone,
                duplicate,
                protected: record == Record::Protected,
                follow_age: None,
            };
            tally.add(key, count);
        }
        tally
    })
}

const STATES: [State; 4] = [
    State::Awake,
    State::Silent,
    State::Undetermined,
    State::Gone,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// From everything that is printed of states, each hidden count may still be anything
    /// in a range of ten or more, or of the whole list.
    #[test]
    fn hidden_states_cannot_be_computed_back(tally in tally()) {
        let shown = disclosure::publishable(&tally, 180, &estimate::windows(180));
        let mut sums = Sums { unknowns: 5, ..Sums::default() };
        // The fifth unknown are the protected, who are among the undetermined.
        sums.add(0..4, shown.listed);
        for (place, state) in STATES.into_iter().enumerate() {
            if let Some(count) = shown.counts.of(state) {
                prop_assert!(!is_small(count));
                sums.add([place], count);
            }
        }
        let true_counts = tally.counts(180);
        for (place, state) in STATES.into_iter().enumerate() {
            let (least, most) = sums.bounds(place);
            let mut counts = true_counts;
            let count = *counts.of(state) as f64;
            prop_assert!(least <= count && count <= most);
            let hidden = shown.counts.of(state).is_none();
            // Of fewer than ten people nothing is told at all.
            let whole = if is_small(shown.listed) { shown.listed } else { SMALLEST_GROUP };
            prop_assert!(!hidden || most - least >= whole as f64,
                "{state:?} is known to be {least} to {most}");
        }
        if let (Some(protected), Some(all)) = (shown.protected, shown.counts.undetermined) {
            prop_assert!(!is_small(protected) && !is_small(all - protected));
        }
    }

    /// Every band and every step of the curve is ten people or more; nobody is lost.
    #[test]
    fn bands_and_steps_are_of_ten_or_more(tally in tally(), window in prop::sample::select(vec![7, 180, 200, 730, 2_000])) {
        let windows = estimate::windows(window);
        let shown = disclosure::publishable(&tally, window, &windows);
        for band in &shown.bands {
            prop_assert!(band.followers.is_none_or(|n| n >= SMALLEST_GROUP), "{band:?}");
        }
        for state in STATES {
            let bands = shown.bands.iter().filter(|band| band.state == state);
            let sum: Option<u64> = bands.map(|band| band.followers).sum();
            prop_assert_eq!(sum, shown.counts.of(state), "{:?}", state);
        }
        let mut before = shown.at(0);
        for window_days in windows {
            let (at, exact) = (shown.at(window_days), tally.counts(window_days));
            prop_assert_eq!(at.listed(), exact.listed());
            // Outward: nobody is called silent or awake who is not.
            prop_assert!(at.silent <= exact.silent && at.awake <= exact.awake);
            let steps = [at.awake - before.awake, before.silent - at.silent];
            prop_assert!(steps.into_iter().all(|step| !is_small(step)), "{window_days}: {steps:?}");
            before = at;
        }
        if !is_small(shown.listed) {
            let own = shown.at(window);
            for (count, state) in own.to_array().into_iter().zip(STATES) {
                prop_assert!(shown.counts.of(state).is_none_or(|n| n == count) || state == State::Undetermined);
            }
        }
    }

    /// Two specifications that differ in one choice differ by ten people or more.
    #[test]
    fn specifications_differ_by_ten_or_more(tally in tally()) {
        let shown = disclosure::publishable(&tally, 180, &estimate::windows(180));
        prop_assume!(!is_small(shown.listed));
        // Whatever is computed from the classes is of whole parts.
        for (key, count) in shown.classes.cells() {
            prop_assert!(!is_small(count), "{key:?}: {count}");
        }
        let once: u64 = shown.classes.cells().filter(|(key, _)| !key.duplicate).map(|(_, n)| n).sum();
        prop_assert_eq!(once, shown.listed);
        let found = compare::multiverse(&[("x".to_owned(), shown.classes)], 180, 0.95).unwrap();
        let by_choice: BTreeMap<Vec<String>, &Specification> = found
            .iter()
            .map(|one| (Axis::ALL.map(|axis| one.choice.option(axis)).to_vec(), one))
            .collect();
        for (choice, one) in &by_choice {
            let outcome = &one.outcomes[0];
            for n in [outcome.n, outcome.silent, outcome.n - outcome.silent] {
                prop_assert!(!is_small(n), "{choice:?}: {outcome:?}");
            }
            for axis in 0..Axis::ALL.len() {
                for (other, two) in &by_choice {
                    let alike = (0..choice.len()).all(|place| place == axis || choice[place] == other[place]);
                    // Only sets that lie inside each other differ by a group of people.
                    let nested = match Axis::ALL[axis] {
                        Axis::Bots | Axis::Duplicates | Axis::Window | Axis::NeverPosted | Axis::Undetermined => true,
                        Axis::Signs => false,
                    };
                    if alike {
                        let other = &two.outcomes[0];
                        let silent = if nested { outcome.silent.abs_diff(other.silent) } else { 0 };
                        let steps = [outcome.n.abs_diff(other.n), silent];
                        prop_assert!(steps.into_iter().all(|step| !is_small(step)), "{choice:?}: {steps:?}");
                    }
                }
            }
        }
        let edges = post_edges(180);
        prop_assert_eq!(edges.len(), 5);
    }

    /// A small cell of the table of changes can be anything in a range of ten or more.
    #[test]
    fn small_changes_cannot_be_computed_back(cells in prop::collection::vec(
        prop_oneof![2 => Just(0_u64), 3 => 1..12_u64, 3 => 12..40_u64, 2 => 40..900_u64], 24))
    {
        let table = transitions(&cells);
        let mut results = results();
        results.changes = vec![compare::snapshots(
            "x",
            &[snapshot("2025-01-01T00:00:00Z", table.before()), snapshot("2026-01-01T00:00:00Z", table.after())],
            &[table], 180, 0.95,
        ).unwrap()];
        disclosure::hide(&mut results);
        let change = &results.changes[0];
        let step = &change.steps[0];
        let mut sums = Sums { unknowns: 24, ..Sums::default() };
        sums.add(0..20, change.snapshots[0].listed);
        sums.add((0..24).filter(|cell| cell % 5 < 4), change.snapshots[1].listed);
        for (place, state) in STATES.into_iter().enumerate() {
            if let Some(count) = change.snapshots[0].counts.of(state) {
                sums.add((0..5).map(|column| place * 5 + column), count);
            }
            if let Some(count) = change.snapshots[1].counts.of(state) {
                sums.add((0..5).map(|row| row * 5 + place), count);
            }
        }
        if step.rates.is_some() || step.paired.is_some() {
            for cell in [0, 1, 5, 6] {
                sums.add([cell], cells[cell]);
            }
        }
        if step.transitions.is_some() {
            (0..24).for_each(|cell| sums.add([cell], cells[cell]));
        }
        for (cell, &count) in cells.iter().enumerate() {
            let (least, most) = sums.bounds(cell);
            prop_assert!(!is_small(count) || most - least > SMALLEST_GROUP as f64 - 1e-6,
                "cell {cell}, {count}, is known to be {least} to {most}");
        }
    }
}

fn transitions(cells: &[u64]) -> Transitions {
    let states = STATES.map(Some).into_iter().chain([None]);
    let pairs = states
        .clone()
        .flat_map(|was| states.clone().map(move |is| (was, is)));
    let mut table = Transitions::default();
    for ((was, is), &count) in pairs.zip(cells) {
        for _ in 0..count {
            table.add(was, is);
        }
    }
    table
}

fn snapshot(census: &str, counts: dormouse::model::tally::Counts) -> Snapshot {
    let determined = counts.awake + counts.silent;
    Snapshot {
        census: census.to_owned(),
        design: Design::Census,
        listed: counts.listed(),
        counts: counts.into(),
        silent_share: (determined > 0).then(|| counts.silent as f64 / determined as f64),
        without_id: Some(0),
        notices: Vec::new(),
    }
}

fn results() -> Results {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/briefing/results.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Ids are missing from three of the followers: the counts with and without them differ by
/// three, so only one of the two is published.
#[test]
fn counts_that_differ_by_few_are_not_both_published() {
    let (all, known) = ([90, 60, 0, 0], [87, 60, 0, 0]);
    let counts = |[awake, silent, undetermined, gone]: [u64; 4]| dormouse::model::tally::Counts {
        awake,
        silent,
        undetermined,
        gone,
    };
    for (last, hidden) in [(known, true), (all, false)] {
        let mut results = results();
        let id = results.channels[0].id.clone();
        results.channels[0].counts = counts(all).into();
        let snapshots = [
            snapshot("2025-01-01T00:00:00Z", counts(last)),
            snapshot("2026-01-01T00:00:00Z", counts(last)),
        ];
        let mut table = Transitions::default();
        (table.awake.awake, table.silent.silent) = (last[0], last[1]);
        let change = compare::snapshots(&id, &snapshots, &[table], 180, 0.95).unwrap();
        results.changes = vec![change];
        disclosure::hide(&mut results);
        let change = &results.changes[0];
        assert_eq!(change.snapshots[1].counts.awake.is_none(), hidden);
        assert_eq!(change.steps[0].transitions.is_none(), hidden);
    }
}

#[test]
fn shares_of_few_people_are_not_published() {
    let mut results = results();
    let channel = &mut results.channels[0];
    channel.followers = Some(99);
    channel.listed = 99;
    channel.counts = dormouse::model::tally::Counts {
        awake: 60,
        silent: 39,
        ..Default::default()
    }
    .into();
    assert!(channel.dormant.is_some() && channel.awake.is_some() && !channel.curve.is_empty());
    let id = channel.id.clone();
    disclosure::hide(&mut results);
    let channel = &results.channels[0];
    for share in [&channel.silent, channel.dormant.as_ref().unwrap()] {
        assert_eq!((share.lower, share.upper, share.estimate), (0.0, 1.0, None));
        assert_eq!(share.method, Method::Suppressed);
    }
    assert!(channel.awake.is_none() && channel.cost.is_none() && channel.curve.is_empty());
    for comparison in &results.comparisons {
        let own = comparison.a == id || comparison.b == id;
        assert_eq!(comparison.method == "suppressed", own);
    }
    assert!(results.manifest.suppression.applied);
}

/// An estimate of two followers in three hundred is a small group as well.
#[test]
fn shares_of_a_small_group_are_not_published() {
    for (share, hidden) in [
        (0.0, false),
        (2.0 / 300.0, true),
        (0.5, false),
        (297.0 / 300.0, true),
    ] {
        let mut results = results();
        let channel = &mut results.channels[0];
        channel.followers = Some(300);
        channel.dormant.as_mut().unwrap().estimate = Some(share);
        disclosure::hide(&mut results);
        let dormant = results.channels[0].dormant.as_ref().unwrap();
        assert_eq!(dormant.method == Method::Suppressed, hidden, "{share}");
    }
}
