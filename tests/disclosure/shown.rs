//! Interactions, follow ages, chances, labels, totals and what the manifest counts.

use dormouse::compare::grid;
use dormouse::disclosure;
use dormouse::model::aggregate::{Aggregate, Growth, Metric, Total};
use dormouse::model::evidence::{Field, FieldCount};
use dormouse::model::finding::{Quantity, Ranked, Ranking};
use dormouse::model::manifest::Reading;
use dormouse::model::monotone::{AgeTrend, FollowAge, Monotone};
use dormouse::model::multiverse::{Outcome, Signs, Specification};
use dormouse::model::results::{Agreement, Channel, InteractionCounts, Notice, Results};
use dormouse::model::tally::Counts;

use super::results as example;

/// The example, with a first channel of 600 awake and 400 silent followers.
fn of_a_thousand() -> Results {
    let mut results = example();
    let channel = &mut results.channels[0];
    (channel.followers, channel.listed) = (Some(1000), 1000);
    channel.counts = Counts {
        awake: 600,
        silent: 400,
        ..Counts::default()
    }
    .into();
    results
}

fn hidden(change: impl FnOnce(&mut Channel)) -> Channel {
    let mut results = of_a_thousand();
    change(&mut results.channels[0]);
    disclosure::hide(&mut results);
    results.channels.swap_remove(0)
}

#[test]
fn interactions_that_leave_few_are_hidden() {
    for ([people, followers, awake], shown) in [
        ([700, 500, 100], true),
        ([0, 0, 0], true),
        // Few, or few others.
        ([700, 5, 0], false),
        ([700, 500, 4], false),
        ([503, 500, 100], false),
        // Few of the list, of the awake, of those who did something are left.
        ([1700, 995, 100], false),
        ([700, 650, 597], false),
        ([700, 107, 100], false),
    ] {
        let channel = hidden(|channel| {
            channel.interactions = Some(InteractionCounts {
                people,
                followers,
                awake,
                others: people - followers,
                ..InteractionCounts::default()
            });
            channel.notices = vec![Notice::Interactions {
                followers: Some(followers),
                awake: Some(awake),
                others: Some(people - followers),
            }];
        });
        assert_eq!(
            channel.interactions.is_some(),
            shown,
            "{people} {followers} {awake}"
        );
        let Notice::Interactions { followers, .. } = &channel.notices[0] else {
            panic!("another notice");
        };
        assert_eq!(followers.is_some(), shown);
    }
}

#[test]
fn follow_ages_that_leave_few_are_hidden() {
    let group = |days: u32, followers: u64, silent: u64| FollowAge {
        longer_than_days: Some(days),
        followers,
        silent,
        lower: 0.1,
    };
    let share = example().channels[0].silent.clone();
    for (groups, monotone, trend) in [
        (vec![group(365, 300, 100), group(730, 400, 200)], true, true),
        // Few silent in a younger group, few others in it, few of the list in none.
        (vec![group(365, 300, 5), group(730, 400, 200)], true, false),
        (
            vec![group(365, 103, 100), group(730, 400, 200)],
            true,
            false,
        ),
        (
            vec![group(365, 594, 200), group(730, 400, 200)],
            true,
            false,
        ),
        (
            vec![group(365, 300, 195), group(730, 400, 200)],
            true,
            false,
        ),
        // The oldest themselves, and the rest of the list without them.
        (vec![group(365, 300, 100), group(730, 400, 3)], false, false),
        (vec![group(365, 300, 0), group(730, 500, 395)], false, false),
    ] {
        let channel = hidden(|channel| {
            channel.monotone = Some(Monotone {
                silent: share.clone(),
                dormant: None,
                oldest: groups[1],
                trend: Some(AgeTrend {
                    groups: groups.clone(),
                    statistic: Some(1.0),
                    p: Some(0.3),
                }),
            });
        });
        assert_eq!(channel.monotone.is_some(), monotone, "{groups:?}");
        let found = channel.monotone.and_then(|monotone| monotone.trend);
        assert_eq!(found.is_some(), trend, "{groups:?}");
    }
}

/// The chances add up to one: that of a hidden channel would follow from the others.
#[test]
fn chances_beside_a_hidden_share_are_hidden() {
    for few in [false, true] {
        let mut results = of_a_thousand();
        let ids: Vec<String> = results.channels.iter().map(|one| one.id.clone()).collect();
        results.ranking = Some(Ranking {
            quantity: Quantity::Dormant,
            level: 0.95,
            channels: ids
                .into_iter()
                .map(|channel| Ranked {
                    channel,
                    first: 1,
                    last: 2,
                    largest: Some(0.5),
                })
                .collect(),
        });
        if few {
            results.channels[0].dormant.as_mut().unwrap().estimate = Some(0.004);
        }
        disclosure::hide(&mut results);
        let ranked = results.ranking.unwrap().channels;
        assert!(ranked.iter().all(|one| one.largest.is_none() == few));
    }
}

#[test]
fn two_readers_of_few_are_hidden() {
    for both in [9, 10] {
        let mut results = of_a_thousand();
        let audit = results.channels[0].audit.as_mut().unwrap();
        audit.agreement = Some(Agreement {
            both,
            alike: 8,
            kappa: None,
        });
        disclosure::hide_strata(&mut results);
        let audit = results.channels[0].audit.as_ref().unwrap();
        assert_eq!(audit.agreement.is_some(), both == 10);
    }
}

/// So few labels, in the share, in the one beside it, in the notice.
#[test]
fn small_numbers_of_labels_are_hidden() {
    for labels in [9, 10] {
        let channel = hidden(|channel| {
            let dormant = channel.dormant.as_mut().unwrap();
            dormant.labels = Some(labels);
            channel.monotone = Some(Monotone {
                silent: channel.silent.clone(),
                dormant: channel.dormant.clone(),
                oldest: FollowAge {
                    longer_than_days: Some(730),
                    followers: 400,
                    silent: 200,
                    lower: 0.1,
                },
                trend: None,
            });
            channel.notices = vec![Notice::LabelsUnknown {
                labels: Some(labels),
            }];
        });
        let shown = (labels == 10).then_some(labels);
        assert_eq!(channel.dormant.unwrap().labels, shown);
        assert_eq!(channel.monotone.unwrap().dormant.unwrap().labels, shown);
        assert_eq!(channel.notices, [Notice::LabelsUnknown { labels: shown }]);
    }
}

/// The table of labels is there whole or not at all.
#[test]
fn a_table_with_few_labels_is_hidden() {
    for (dormant, is_shown) in [(0, true), (1, false), (9, false), (10, true)] {
        let mut results = of_a_thousand();
        let audit = results.channels[0].audit.as_mut().unwrap();
        audit.strata[0].dormant = dormant;
        disclosure::hide_strata(&mut results);
        let audit = results.channels[0].audit.as_ref().unwrap();
        assert_eq!(audit.strata.is_empty(), !is_shown, "{dormant}");
        assert_eq!(audit.suppressed, !is_shown, "{dormant}");
    }
}

#[test]
fn specifications_that_leave_few_have_no_share() {
    let outcome = |n: u64| Outcome {
        channel: "x".to_owned(),
        n,
        silent: n / 2,
        share: Some(0.5),
        lower: 0.4,
        upper: 0.6,
    };
    let mut found = [Specification {
        choice: grid(Signs::Any)[0],
        main: false,
        outcomes: vec![outcome(99), outcome(100)],
        largest: None,
    }];
    disclosure::hide_specifications(&mut found);
    let [few, enough] = &found[0].outcomes[..] else {
        panic!("another number of channels");
    };
    assert_eq!((few.share, few.lower, few.upper), (None, 0.0, 1.0));
    assert_eq!(*enough, outcome(100));
}

#[test]
fn small_totals_are_hidden() {
    let example = example();
    let totals = example.channels.into_iter().find_map(|one| one.aggregate);
    let totals = totals.unwrap();
    for few in [9, 10] {
        let is_shown = few == 10;
        let mut totals = totals.clone();
        totals.active_followers = Some(few);
        totals.not_reached.upper = 0.9;
        totals.reach = Some(few);
        let month = |gained: u64, lost: u64| Growth {
            gained: i64::try_from(gained).ok(),
            lost: i64::try_from(lost).ok(),
            net: Some(30),
            ..Growth::default()
        };
        totals.growth = vec![month(few, 40), month(40, few), month(40, 0)];
        disclosure::hide_totals(&mut totals);
        assert_eq!(totals.active_followers, is_shown.then_some(few));
        assert_eq!(totals.not_reached.upper, if is_shown { 0.9 } else { 1.0 });
        assert_eq!(totals.reach, is_shown.then_some(few));
        for month in &totals.growth[..2] {
            // One of the two is the other and the growth of the counter, which is shown.
            assert_eq!(month.gained.is_some(), is_shown);
            assert_eq!(month.lost.is_some(), is_shown);
            assert_eq!(month.net, Some(30));
        }
        assert_eq!(totals.growth[2].lost, Some(0));
    }
}

fn reading(change: impl FnOnce(&mut Reading)) -> Reading {
    let mut results = of_a_thousand();
    let id = results.channels[0].id.clone();
    let input = &mut results.manifest.inputs[0];
    input.channel = id;
    change(&mut input.reading);
    disclosure::hide(&mut results);
    results.manifest.inputs.swap_remove(0).reading
}

/// How many rows of a file fill a field is a number of people.
#[test]
fn partly_filled_fields_have_no_numbers() {
    let of = |present, null| FieldCount { present, null };
    let found = reading(|reading| {
        reading.fields = [
            (Field::Id, of(1000, 0)),
            (Field::PostsCount, of(0, 1000)),
            (Field::LastActiveAt, of(997, 3)),
            (Field::FollowedAt, of(500, 500)),
        ]
        .into();
    });
    let shown: Vec<Field> = found.fields.into_keys().collect();
    assert_eq!(shown.len(), 2);
    assert!(shown.contains(&Field::Id) && shown.contains(&Field::PostsCount));
    assert_eq!(found.partly_filled.len(), 2);
}

#[test]
fn few_accounts_that_are_gone_are_hidden_in_each_file() {
    for (gone, unavailable, is_shown) in
        [(0, 0, true), (4, 12, false), (12, 4, false), (12, 12, true)]
    {
        let found = reading(|reading| {
            (reading.gone, reading.unavailable) = (Some(gone), Some(unavailable));
        });
        assert_eq!(found.gone.is_some(), is_shown, "{gone} {unavailable}");
        assert_eq!(
            found.unavailable.is_some(),
            is_shown,
            "{gone} {unavailable}"
        );
    }
}

#[test]
fn small_sums_of_a_file_are_hidden() {
    for few in [9, 10] {
        let is_shown = few == 10;
        let sum = Total {
            present: 30,
            sum: Some(few),
            ..Total::default()
        };
        let peak = Total {
            present: 30,
            largest: Some(few),
            last: Some(few),
            ..Total::default()
        };
        let found = reading(|reading| {
            reading.aggregate = Some(Aggregate {
                totals: [
                    (Metric::Gained, sum),
                    (Metric::Lost, sum),
                    (Metric::ActiveFollowers, peak),
                    (Metric::Reach, peak),
                    (Metric::Viewers, peak),
                ]
                .into(),
                ..Aggregate::default()
            });
        });
        for (metric, total) in found.aggregate.unwrap().totals {
            let numbers = [total.sum, total.largest, total.last];
            let shown = numbers.into_iter().flatten().count();
            assert_eq!(shown > 0, is_shown, "{metric:?}: {total:?}");
        }
    }
}
