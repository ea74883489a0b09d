//! Whom chance picks.

use std::collections::{BTreeMap, BTreeSet};

use dormouse::audit::{Draw, Plan, STRATA};
use dormouse::model::platform::Platform;
use dormouse::model::tally::{Key, Record, State};
use dormouse::pipeline;
use dormouse::study::Study;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::{AWAKE, PLAN, Quiet, SILENT, UNDETERMINED, demo, drawn, study};

fn ids(n: usize) -> Vec<String> {
    (0..n).map(|place| format!("follower{place}")).collect()
}

/// Over many seeds every follower of a stratum is drawn equally often, and so is every
/// pair: a simple random sample, not only one with equal chances.
#[test]
fn everybody_in_a_stratum_has_the_same_chance() {
    const SEEDS: u64 = 4000;
    const SIZE: usize = 40;
    const DRAWN: usize = 10;
    let ids = ids(SIZE);
    let mut singles = [0_u32; SIZE];
    let mut pairs = BTreeMap::<(usize, usize), u32>::new();
    let mut places = [0_u32; DRAWN];
    for seed in 0..SEEDS {
        let plan = Plan {
            labels: DRAWN as u64,
            seed,
            ..PLAN
        };
        let drawn = drawn(plan, ids.iter().map(|id| (SILENT, id.as_str())));
        let chosen: BTreeSet<usize> = drawn
            .rows
            .iter()
            .map(|row| ids.iter().position(|id| *id == row.id).unwrap())
            .collect();
        assert_eq!(chosen.len(), DRAWN);
        for &a in &chosen {
            singles[a] += 1;
            for &b in chosen.range(a + 1..) {
                *pairs.entry((a, b)).or_default() += 1;
            }
        }
        if let Some(place) = drawn.rows.iter().position(|row| row.id == ids[0]) {
            places[place] += 1;
        }
    }
    let chance = DRAWN as f64 / SIZE as f64;
    let runs = SEEDS as f64;
    let distance: f64 = singles
        .iter()
        .map(|&times| (f64::from(times) - runs * chance).powi(2) / (runs * chance * (1.0 - chance)))
        .sum();
    // Numbers drawn without replacement add up, which takes one degree of freedom.
    let distance = distance * (SIZE - 1) as f64 / SIZE as f64;
    let limit = ChiSquared::new((SIZE - 1) as f64)
        .unwrap()
        .inverse_cdf(0.9999);
    assert!(distance < limit, "{distance} of {limit}: {singles:?}");

    let chance = chance * (DRAWN - 1) as f64 / (SIZE - 1) as f64;
    let spread = (runs * chance * (1.0 - chance)).sqrt();
    for a in 0..SIZE {
        for b in a + 1..SIZE {
            let times = f64::from(*pairs.get(&(a, b)).unwrap_or(&0));
            let away = (times - runs * chance).abs() / spread;
            assert!(away < 5.0, "{a} and {b} were drawn {times} times");
        }
    }
    // The order of the worksheet is chance of its own.
    let expected = f64::from(singles[0]) / DRAWN as f64;
    let distance: f64 = places
        .iter()
        .map(|&times| (f64::from(times) - expected).powi(2) / expected)
        .sum();
    let limit = ChiSquared::new((DRAWN - 1) as f64)
        .unwrap()
        .inverse_cdf(0.9999);
    assert!(distance < limit, "{places:?}");
}

/// The contract by which somebody else can repeat a draw.
#[test]
fn the_smallest_hashes_are_drawn() {
    let ids = ids(500);
    let plan = Plan {
        labels: 60,
        seed: 7,
        ..PLAN
    };
    let drawn = drawn(plan, ids.iter().map(|id| (UNDETERMINED, id.as_str())));
    let hash = |id: &str| Sha256::digest(format!("7:x:{id}")).to_vec();
    let mut expected = ids.clone();
    expected.sort_by_key(|id| hash(id));
    expected.truncate(60);
    let mut found: Vec<_> = drawn.rows.iter().map(|row| row.id.clone()).collect();
    found.sort_by_key(|id| hash(id));
    assert_eq!(found, expected);
}

fn strata_of(key: Key) -> &'static str {
    let state = key.state(PLAN.window_days);
    STRATA.into_iter().find(|(of, _)| *of == state).unwrap().1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_draw_adds_up(
        sizes in [0..400_usize, 0..400_usize, 0..400_usize],
        labels in 1..300_u64,
        floor in 0..40_u64,
        overlap in 0..60_u64,
        seed: u64,
    ) {
        prop_assume!(sizes.iter().sum::<usize>() > 0);
        let ids = ids(sizes.iter().sum());
        let keys = [AWAKE, SILENT, UNDETERMINED]
            .into_iter()
            .zip(sizes)
            .flat_map(|(key, size)| std::iter::repeat_n(key, size));
        let followers: Vec<(Key, &str)> = keys.zip(ids.iter().map(String::as_str)).collect();
        let plan = Plan { labels, floor, overlap, seed, window_days: 180 };
        let found = drawn(plan, followers.iter().copied());

        let total = ids.len() as u64;
        prop_assert_eq!(found.rows.len() as u64, labels.min(total));
        let floors: u64 = sizes.iter().map(|&size| floor.min(size as u64)).sum();
        for ((stratum, size), key) in found.strata.iter().zip(sizes).zip([AWAKE, SILENT, UNDETERMINED]) {
            prop_assert_eq!(stratum.name, strata_of(key));
            prop_assert_eq!(stratum.size, size as u64);
            let rows = found.rows.iter().filter(|row| row.stratum == stratum.name);
            prop_assert_eq!(rows.count() as u64, stratum.drawn);
            if floors <= labels {
                prop_assert!(stratum.drawn >= floor.min(stratum.size));
            }
        }
        for row in &found.rows {
            let (key, _) = followers.iter().find(|(_, id)| *id == row.id).unwrap();
            prop_assert_eq!(row.stratum, strata_of(*key));
            let of = found.strata.iter().find(|stratum| stratum.name == row.stratum).unwrap();
            prop_assert_eq!(row.stratum_size, of.size);
        }
        let distinct: BTreeSet<_> = found.rows.iter().map(|row| &row.id).collect();
        prop_assert_eq!(distinct.len(), found.rows.len());
        let second: BTreeSet<_> = found.second_rows().into_iter().map(|row| &row.id).collect();
        prop_assert_eq!(second.len() as u64, overlap.min(found.rows.len() as u64));
    }

    /// The order of the export and its files decide nothing.
    #[test]
    fn any_order_and_any_files_give_the_same_draw(
        order in Just((0..300_usize).collect::<Vec<_>>()).prop_shuffle(),
        cut in 0..300_usize,
        seed: u64,
    ) {
        let ids = ids(300);
        let key = |place: usize| [AWAKE, SILENT, UNDETERMINED][place % 3];
        let plan = Plan { labels: 70, seed, ..PLAN };
        let expected = drawn(plan, (0..300).map(|place| (key(place), ids[place].as_str())));
        let mut draw = Draw::new("x", plan);
        for (passed, &place) in order.iter().enumerate() {
            if passed == cut {
                draw.end_file(|key| key);
            }
            draw.offer(key(place), Some(&ids[place]), None);
        }
        prop_assert_eq!(draw.finish(Platform::X).unwrap(), expected);
    }
}

#[test]
fn more_labels_add_rows() {
    let ids = ids(2000);
    let key = |place: usize| {
        if place.is_multiple_of(10) {
            AWAKE
        } else {
            SILENT
        }
    };
    let of = |labels| {
        let followers = ids.iter().enumerate();
        let plan = Plan { labels, ..PLAN };
        let drawn = drawn(plan, followers.map(|(place, id)| (key(place), id.as_str())));
        let ids = drawn.rows.into_iter().map(|row| row.id);
        ids.collect::<BTreeSet<_>>()
    };
    assert!(of(150).is_subset(&of(250)));
}

#[test]
fn seeds_and_channels_draw_others() {
    let ids = ids(1000);
    let of = |channel: &str, seed| {
        let mut draw = Draw::new(channel, Plan { seed, ..PLAN });
        for id in &ids {
            draw.offer(SILENT, Some(id), None);
        }
        let drawn = draw.finish(Platform::X).unwrap();
        drawn
            .rows
            .into_iter()
            .map(|row| row.id)
            .collect::<BTreeSet<_>>()
    };
    let first = of("x", 0);
    assert_eq!(of("x", 0), first);
    for other in [of("x", 1), of("mastodon", 0)] {
        // By chance 22.5 of the 150 are the same.
        assert!(first.intersection(&other).count() < 60);
    }
}

#[test]
fn duplicates_and_those_who_are_gone_are_never_drawn() {
    let twice = Key {
        duplicate: true,
        ..SILENT
    };
    let found = drawn(
        PLAN,
        [(SILENT, "a"), (twice, "a"), (Key::GONE, "b"), (AWAKE, "c")],
    );
    let ids: BTreeSet<_> = found.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, BTreeSet::from(["a", "c"]));
    assert_eq!(found.rows.len(), 2);

    let mut nobody = Draw::new("x", PLAN);
    nobody.offer(Key::GONE, Some("b"), None);
    let error = nobody.finish(Platform::X).unwrap_err();
    assert_eq!(error.kind(), "audit::nobody");
}

#[test]
fn who_has_no_id_counts_and_is_not_drawn() {
    let mut draw = Draw::new("x", PLAN);
    draw.offer(SILENT, None, None);
    draw.offer(SILENT, Some("a"), None);
    let found = draw.finish(Platform::X).unwrap();
    assert_eq!((found.nameless, found.rows.len()), (1, 1));
    assert_eq!(found.rows[0].stratum_size, 2);
}

/// The strata of a draw are the counts of the tally: the same rows by the same rules.
fn same_as_the_tally(study: &Study) {
    let channels: Vec<_> = study.channels.iter().collect();
    let count = pipeline::count(study, &Quiet).unwrap();
    let plan = Plan {
        window_days: study.window_days,
        // Everybody.
        labels: 1_000_000,
        ..PLAN
    };
    let draws = pipeline::draw(study, &channels, plan, &Quiet).unwrap();
    assert_eq!(draws.census, count.census);
    for (drawn, counted) in draws.channels.iter().zip(&count.channels) {
        let counts = counted.tally.counts(study.window_days);
        for (stratum, (state, _)) in drawn.strata.iter().zip(STRATA) {
            let size = match state {
                State::Awake => counts.awake,
                State::Silent => counts.silent,
                State::Undetermined => counts.undetermined,
                State::Gone => unreachable!(),
            };
            assert_eq!(stratum.size, size, "{} {}", drawn.channel, stratum.name);
            assert_eq!(stratum.drawn, size, "{} {}", drawn.channel, stratum.name);
        }
    }
}

#[test]
fn the_strata_of_the_demo_are_its_tally() {
    same_as_the_tally(&Study::read(&demo().join("study.toml")).unwrap());
}

/// Two files that overlap, accounts that are gone, and zero counts that only one of two
/// files can confirm.
#[test]
fn the_strata_of_a_federated_list_are_its_tally() {
    let folder = tempfile::tempdir().unwrap();
    let account = |id: usize, rest: &str| {
        format!(
            r#"{{"id":"{id}","username":"a{id}","acct":"a{id}@b.example","url":"https://b.example/@a{id}","created_at":"2019-05-06T00:00:00.000Z"{rest}}}"#
        )
    };
    let dated: Vec<_> = (0..40)
        .map(|id| match id % 4 {
            0 => account(id, r#","statuses_count":0,"last_status_at":null"#),
            1 => account(id, r#","statuses_count":5,"last_status_at":"2026-09-20""#),
            2 => account(id, r#","statuses_count":5,"last_status_at":"2020-01-01""#),
            _ => account(
                id,
                r#","statuses_count":5,"last_status_at":null,"suspended":true"#,
            ),
        })
        .collect();
    let undated: Vec<_> = (30..70)
        .map(|id| match id % 2 {
            0 => account(id, r#","statuses_count":0"#),
            _ => account(id, r#","statuses_count":3"#),
        })
        .collect();
    let list = |accounts: &[String]| format!("[{}]", accounts.join(","));
    let study = study(
        folder.path(),
        "[[channel]]\nid = \"m\"\nplatform = \"mastodon\"\nexports = [\"*.json\"]\n",
        &[("1.json", &list(&dated)), ("2.json", &list(&undated))],
    );
    same_as_the_tally(&study);

    let count = pipeline::count(&study, &Quiet).unwrap();
    let counts = count.channels[0].tally.counts(180);
    // Were the zero counts of the second file believed, nobody would be undetermined by them.
    assert_eq!((counts.awake, counts.silent, counts.gone), (10, 20, 10));
    assert_eq!(counts.undetermined, 30);
    let record = |record| {
        let cells = count.channels[0].tally.cells();
        cells
            .filter(|(key, _)| key.record == record && !key.duplicate)
            .count()
    };
    assert!(record(Record::Unconfirmed) > 0 && record(Record::NeverPosted) > 0);

    let plan = Plan {
        labels: 1000,
        ..PLAN
    };
    let channels: Vec<_> = study.channels.iter().collect();
    let drawn = &pipeline::draw(&study, &channels, plan, &Quiet)
        .unwrap()
        .channels[0];
    let ids: BTreeSet<usize> = drawn
        .rows
        .iter()
        .map(|row| row.id.parse().unwrap())
        .collect();
    let expected = (0..70).filter(|id| *id >= 40 || id % 4 != 3);
    assert_eq!(ids, expected.collect());
    for row in &drawn.rows {
        let address = format!("https://b.example/@a{}", row.id);
        assert_eq!(row.profile, Some(address));
    }
}
