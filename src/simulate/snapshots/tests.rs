//! Dated exports and the truth of them.

use super::earlier::{earlier, views};
use super::*;
use crate::simulate::exports;
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tempfile::tempdir;

const DATES: [i64; 3] = [1_759_276_800, 1_775_044_800, 1_790_812_800];

fn plan(followers: u64, seed: u64) -> Snapshots {
    Snapshots {
        format: exports::format("canonical").unwrap(),
        platform: Platform::X,
        followers,
        snapshots: 3,
        days_between: 180,
        complete: false,
        seed,
        census: DATES[2] * 1000,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn lives_run_forward(seed: u64) {
        let people = Population::new(Character::of(Platform::X), 100, seed, DATES[2]).unwrap();
        for follower in people {
            let views = views(&follower, &DATES, DATES[0], DATES[2]);
            for (view, census) in views.iter().zip(DATES) {
                let Some(view) = view else { continue };
                prop_assert!(view.followed < census);
                prop_assert!(view.left.is_none_or(|left| left < census));
                prop_assert_eq!(view.posts > 0, view.last_post.is_some());
                prop_assert!(view.last_post.is_none_or(|at| view.created <= at && at < census));
            }
            for pair in views.windows(2) {
                let [before, after] = pair else { unreachable!() };
                // Who had left by the first date cannot unfollow any more.
                let away = before.as_ref().is_some_and(|view| view.dormant());
                prop_assert!(!away || after.is_some());
                if let (Some(before), Some(after)) = (before, after) {
                    prop_assert!(before.posts <= after.posts);
                    prop_assert!(before.last_post <= after.last_post);
                    prop_assert!(before.left.is_none() || before.left == after.left);
                }
            }
        }
    }
}

/// The post count at an earlier date follows the law of the process: on average the
/// share of the life until then. Tolerance five standard errors of a binomial.
#[test]
fn posts_are_thinned_by_the_time_that_was_lived() {
    let follower = Follower {
        created: 0,
        posts: 40,
        last_post: Some(900 * DAY),
        ..Follower::default()
    };
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (mut posts, mut last) = (0.0, 0.0);
    for _ in 0..2000 {
        let mut view = follower.clone();
        earlier(&mut view, 300 * DAY, &mut rng);
        posts += view.posts as f64;
        last += view
            .last_post
            .map_or(0.0, |at| at as f64 / (300 * DAY) as f64);
    }
    assert!((posts / 2000.0 - 13.0).abs() < 5.0 * (39.0 * 2.0 / 9.0 / 2000f64).sqrt());
    // The largest of 13 uniform numbers is 13/14 on average.
    assert!(
        (last / 2000.0 - 13.0 / 14.0).abs() < 0.02,
        "{}",
        last / 2000.0
    );
}

#[test]
fn the_truth_counts_the_rows_and_all_kinds_of_change_occur() {
    let folder = tempdir().unwrap();
    let truth = snapshots(&plan(3000, 4), folder.path()).unwrap();
    let rows = |date: &str| {
        let path = folder.path().join(format!("exports/{date}.csv"));
        fs::read_to_string(path).unwrap().lines().count() as u64 - 1
    };
    assert_eq!(truth.changes.len(), 2);
    for change in &truth.changes {
        let before: u64 = change
            .record
            .iter()
            .filter(|(state, _)| **state != "absent")
            .flat_map(|(_, then)| then.values())
            .sum();
        let after: u64 = change
            .record
            .values()
            .flat_map(|then| then.iter().filter(|(state, _)| **state != "absent"))
            .map(|(_, count)| count)
            .sum();
        assert_eq!(before, rows(&change.before[..10]));
        assert_eq!(after, rows(&change.after[..10]));
        for (was, is) in [
            ("awake", "silent"),
            ("silent", "awake"),
            ("awake", "absent"),
            ("absent", "awake"),
            ("silent", "silent"),
        ] {
            assert!(change.record[was][is] > 0, "{was} → {is}");
        }
        assert!(change.owner["active"]["dormant"] > 0);
        assert!(!change.owner["dormant"].contains_key("active"));
    }
}

#[test]
fn what_is_no_change_is_refused() {
    let folder = tempdir().unwrap();
    for (snapshots, days_between) in [(1, 180), (2, 0)] {
        let plan = Snapshots {
            snapshots,
            days_between,
            ..plan(10, 1)
        };
        let error = super::snapshots(&plan, folder.path()).unwrap_err();
        assert_eq!(error.kind(), "simulate::snapshots");
    }
    let plan = Snapshots {
        days_between: 5000,
        ..plan(10, 1)
    };
    let error = super::snapshots(&plan, folder.path()).unwrap_err();
    assert_eq!(error.kind(), "simulate::census");
}
