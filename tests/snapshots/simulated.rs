//! Dated exports of known truth.

use std::path::Path;

use dormouse::model::change::StepNotice;
use dormouse::model::platform::Platform;
use dormouse::model::results::Results;
use dormouse::simulate::snapshots::Moves;
use dormouse::simulate::{Snapshots, exports, snapshots};

use super::{moves, replace, run};

fn simulated(folder: &Path, plan: Snapshots) -> (Results, Vec<Moves>) {
    let truth = snapshots(&plan, folder).unwrap();
    let moves = truth.changes.into_iter().map(|change| change.record);
    (run(&folder.join("study.toml")).unwrap(), moves.collect())
}

fn plan(platform: Platform, seed: u64) -> Snapshots {
    Snapshots {
        format: exports::format("canonical").unwrap(),
        platform,
        followers: 3000,
        snapshots: 2,
        days_between: 180,
        complete: true,
        seed,
        census: 1_790_812_800_000,
    }
}

#[test]
fn true_transitions_are_found_where_the_evidence_is_complete() {
    for (seed, platform) in [Platform::X, Platform::Instagram, Platform::Mastodon]
        .into_iter()
        .enumerate()
    {
        let folder = tempfile::tempdir().unwrap();
        let (results, truth) = simulated(folder.path(), plan(platform, seed as u64));
        let found = moves(results.changes[0].steps[0].transitions.as_ref().unwrap());
        let mut people = 0;
        for (was, then) in &found {
            for (is, &count) in then {
                let true_count = truth[0].get(was).and_then(|then| then.get(is));
                assert_eq!(count, true_count.copied().unwrap_or(0), "{was} → {is}");
                people += count;
            }
        }
        assert!(people > 2500 && found["awake"]["silent"] > 0 && found["silent"]["awake"] > 0);
    }
}

#[test]
fn where_evidence_is_missing_no_transition_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let incomplete = Snapshots {
        complete: false,
        ..plan(Platform::X, 9)
    };
    let (results, truth) = simulated(folder.path(), incomplete);
    let found = moves(results.changes[0].steps[0].transitions.as_ref().unwrap());
    assert!(found["undetermined"]["undetermined"] > 0);
    // Who is determined is determined rightly: no cell holds more than the truth.
    for was in ["awake", "silent"] {
        for is in ["awake", "silent"] {
            assert!(found[was][is] <= truth[0][was][is], "{was} → {is}");
        }
    }
    // Joiners followed within the window, which is a sign of life.
    assert_eq!(found["absent"]["silent"], 0);
    assert!(found["silent"]["silent"] < truth[0]["silent"]["silent"]);
}

#[test]
fn three_snapshots_have_a_trend_and_close_ones_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let close = Snapshots {
        snapshots: 3,
        days_between: 90,
        ..plan(Platform::X, 3)
    };
    let (results, truth) = simulated(folder.path(), close);
    let change = &results.changes[0];
    assert_eq!((change.steps.len(), truth.len()), (2, 2));
    for step in &change.steps {
        assert!(step.notices.contains(&StepNotice::CloserThanWindow {
            days: 90.0,
            window_days: 180,
        }));
    }
    assert_eq!(
        change.steps[0].transitions.unwrap().after(),
        change.steps[1].transitions.unwrap().before()
    );
    let trend = change.trend.as_ref().unwrap();
    // One panel: no limits as of independent samples.
    assert_eq!(trend.limits, None);
    let share = |place: usize| change.snapshots[place].silent_share.unwrap();
    let plain = (share(2) - share(0)) / 180.0 * 365.25;
    assert!(
        (trend.per_year - plain).abs() < 0.005,
        "{} {plain}",
        trend.per_year
    );

    let study = folder.path().join("study.toml");
    replace(&study, "design = \"census\"", "design = \"srs\"");
    let sampled = run(&study).unwrap();
    let limits = sampled.changes[0].trend.as_ref().unwrap().limits.unwrap();
    assert!(limits.lower < trend.per_year && trend.per_year < limits.upper);
}
