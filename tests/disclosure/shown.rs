//! Interactions, follow ages, chances and second readers.

use dormouse::disclosure;
use dormouse::model::finding::{Quantity, Ranked, Ranking};
use dormouse::model::monotone::{AgeTrend, FollowAge, Monotone};
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
