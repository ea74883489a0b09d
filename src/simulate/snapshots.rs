//! Dated exports of one channel: who joined, who left, who fell silent and who woke.
//!
//! The followers are drawn as of the last census. Going back from one export to the one
//! before it, each is seen as they were: posts after that instant are taken away, and
//! with them the last one, whose place among the posts before has a law of its own.
//! Whoever still reads may unfollow at any time after the first export; whoever has left
//! the platform cannot.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution, Exp1};
use serde::Serialize;

use super::character::Character;
use super::exports::{Context, Format};
use super::instants::{DAY, date, iso};
use super::population::{Fate, Follower, Population};
use super::{PART, failed};
use crate::error::{Error, Result};
use crate::model::platform::Platform;

/// Unfollowing per day of those who still read: one in twelve a year.
const UNFOLLOWING: f64 = 2.4e-4;

/// The days of silence of the written study, and of the truth.
const WINDOW_DAYS: u32 = 180;

/// Dated exports to invent.
#[derive(Clone, Copy, Debug)]
pub struct Snapshots {
    /// The format of the files.
    pub format: &'static Format,
    /// Whose followers these are; decides their character.
    pub platform: Platform,
    /// Everybody who followed at the first export or began since.
    pub followers: u64,
    /// Number of exports, at least 2.
    pub snapshots: u32,
    /// Days between them.
    pub days_between: u32,
    /// Whether every last post is given, so that nobody is undetermined for want of it.
    pub complete: bool,
    /// What everything is drawn from.
    pub seed: u64,
    /// The last census instant, in milliseconds since 1970 (UTC).
    pub census: i64,
}

/// The truth of the changes, as written in `truth.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// The days of silence beyond which a follower is silent.
    pub window_days: u32,
    /// From each export to the next.
    pub changes: Vec<Change>,
}

/// What became of the followers between two exports: first state → second state →
/// followers. `absent` is who does not follow.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The first census instant.
    pub before: String,
    /// The second census instant.
    pub after: String,
    /// By the whole public record: `awake`, `silent`, `gone`, `absent`.
    pub record: Moves,
    /// By the owner: `active`, `dormant` (has left), `gone`, `absent`.
    pub owner: Moves,
}

/// Followers by their first and second state.
pub type Moves = BTreeMap<&'static str, BTreeMap<&'static str, u64>>;

/// Writes `exports/<date>.<ending>` for each date, `truth.json`, and a `study.toml` that
/// compares them.
///
/// # Errors
/// As `simulate::export`; `simulate::exists` when there is a study in the folder already;
/// `simulate::snapshots` for fewer than two exports or none between them.
pub fn snapshots(plan: &Snapshots, folder: &Path) -> Result<Truth> {
    let dates = dates(plan)?;
    let study = folder.join("study.toml");
    if study.exists() {
        return Err(
            Error::new("simulate::exists", "there is a study here already")
                .at(study.display().to_string())
                .help("choose an empty folder, or remove that study first"),
        );
    }
    let mut character = Character::of(plan.platform);
    if !plan.format.names_gone {
        character.gone = 0.0;
    }
    if plan.complete {
        character.undated = 0.0;
        character.protected_hides = false;
    }
    let exports = folder.join("exports");
    fs::create_dir_all(&exports).map_err(|error| failed(error, &exports))?;
    let mut files = Vec::new();
    for &census in &dates {
        let path = folder.join(export(plan, census));
        let context = Context {
            platform: plan.platform,
            census,
            part: PART,
        };
        files.push((plan.format.open)(&path, &context).map_err(|error| failed(error, &path))?);
    }
    let mut truth = Truth::new(&dates);
    let (first, last) = ends(&dates);
    for follower in Population::new(character, plan.followers, plan.seed, last)? {
        let views = views(&follower, &dates, first, last);
        for (view, file) in views.iter().zip(&mut files) {
            if let Some(view) = view {
                file.write(view).map_err(|error| failed(error, &exports))?;
            }
        }
        truth.add(&views, &dates);
    }
    for file in files {
        file.finish().map_err(|error| failed(error, &exports))?;
    }
    let path = folder.join("truth.json");
    let mut text =
        serde_json::to_string_pretty(&truth).map_err(|error| failed(error.into(), &path))?;
    text.push('\n');
    fs::write(&path, text).map_err(|error| failed(error, &path))?;
    fs::write(&study, study_file(plan, &dates)).map_err(|error| failed(error, &study))?;
    Ok(truth)
}

/// The census instants, oldest first; Unix seconds.
fn dates(plan: &Snapshots) -> Result<Vec<i64>> {
    if plan.snapshots < 2 || plan.days_between == 0 {
        return Err(Error::new(
            "simulate::snapshots",
            "a change needs two exports at least, with a day between them",
        )
        .help("take --snapshots 2 --days-between 180"));
    }
    if plan.format.platform.is_some_and(|own| own != plan.platform) {
        return Err(Error::new(
            "simulate::platform",
            format!(
                "the format {} cannot carry followers on {}",
                plan.format.name,
                plan.platform.label()
            ),
        )
        .help("take a format of that platform, or `canonical`, which carries any"));
    }
    let last = plan.census.div_euclid(1000);
    let dates: Vec<_> = (0..i64::from(plan.snapshots))
        .rev()
        .map(|back| last - back * i64::from(plan.days_between) * DAY)
        .collect();
    // The channel must have followers at the first of them.
    Character::of(plan.platform).follows.cut(ends(&dates).0)?;
    Ok(dates)
}

fn ends(dates: &[i64]) -> (i64, i64) {
    match dates {
        [first, .., last] => (*first, *last),
        _ => (0, 0),
    }
}

fn export(plan: &Snapshots, census: i64) -> String {
    format!("exports/{}.{}", date(census), plan.format.ending)
}

/// How a follower looks at each date; `None` where they do not follow.
fn views(follower: &Follower, dates: &[i64], first: i64, last: i64) -> Vec<Option<Follower>> {
    // A stream of its own for each follower, so that no other draw is disturbed.
    let mut rng = ChaCha8Rng::seed_from_u64(follower.noise);
    rng.set_stream(3);
    let wait: f64 = rng.sample(Exp1);
    let unfollowed = follower.followed.max(first) + (wait / UNFOLLOWING * DAY as f64) as i64;
    let unfollowed = follower
        .left
        .is_none_or(|left| unfollowed < left)
        .then_some(unfollowed);
    let part: f64 = rng.random();
    let closed = follower.followed + (part * (last - follower.followed) as f64) as i64;
    let mut views = Vec::with_capacity(dates.len());
    let mut view = follower.clone();
    for &census in dates.iter().rev() {
        earlier(&mut view, census, &mut rng);
        if closed >= census {
            view.fate = Fate::Present;
        }
        let follows = follower.followed < census && unfollowed.is_none_or(|at| at >= census);
        views.push(follows.then(|| view.clone()));
    }
    views.reverse();
    views
}

/// Takes away what happened from an instant on.
///
/// Given the last of n posts, the others lie evenly between creation and it; given how
/// many of them came before the instant, the last of those is the largest of so many.
fn earlier(view: &mut Follower, census: i64, rng: &mut ChaCha8Rng) {
    view.left = view.left.filter(|&left| left < census);
    let Some(last) = view.last_post.filter(|&last| last >= census) else {
        return;
    };
    let hidden = view.shown_post.is_none();
    let lived = (census - view.created).max(0) as f64;
    let share = lived / ((last - view.created).max(1) as f64);
    view.posts = match Binomial::new(view.posts.saturating_sub(1), share.min(1.0)) {
        Ok(law) => law.sample(rng),
        Err(_) => 0,
    };
    let gap: f64 = rng.sample(Exp1);
    let at = (lived * (-gap / view.posts.max(1) as f64).exp()) as i64;
    // Rounding must not carry the post to the census itself.
    let at = (view.created + at).min(census - 1);
    view.last_post = (view.posts > 0).then_some(at);
    view.shown_post = view.last_post.filter(|_| !hidden);
}

impl Truth {
    fn new(dates: &[i64]) -> Self {
        let changes = dates.windows(2).map(|pair| Change {
            before: pair.first().map_or_else(String::new, |&at| iso(at)),
            after: pair.last().map_or_else(String::new, |&at| iso(at)),
            record: Moves::new(),
            owner: Moves::new(),
        });
        Self {
            window_days: WINDOW_DAYS,
            changes: changes.collect(),
        }
    }

    fn add(&mut self, views: &[Option<Follower>], dates: &[i64]) {
        let states: Vec<_> = views
            .iter()
            .zip(dates)
            .map(|(view, &census)| states(view.as_ref(), census))
            .collect();
        for (change, pair) in self.changes.iter_mut().zip(states.windows(2)) {
            if let [before, after] = pair
                && (before.0, after.0) != ("absent", "absent")
            {
                *change
                    .record
                    .entry(before.0)
                    .or_default()
                    .entry(after.0)
                    .or_default() += 1;
                *change
                    .owner
                    .entry(before.1)
                    .or_default()
                    .entry(after.1)
                    .or_default() += 1;
            }
        }
    }
}

/// The state by the public record, and by the owner.
fn states(view: Option<&Follower>, census: i64) -> (&'static str, &'static str) {
    match view {
        None => ("absent", "absent"),
        Some(view) if view.fate != Fate::Present => ("gone", "gone"),
        Some(view) => (
            if census - view.last_act() > i64::from(WINDOW_DAYS) * DAY {
                "silent"
            } else {
                "awake"
            },
            if view.dormant() { "dormant" } else { "active" },
        ),
    }
}

/// The study file that compares the exports.
fn study_file(plan: &Snapshots, dates: &[i64]) -> String {
    let platform = serde_json::to_value(plan.platform).unwrap_or_default();
    let last = ends(dates).1;
    let mut text = format!(
        r#"# Nobody here exists: drawn with `dormouse simulate snapshots`.
title = "Dated exports of one channel"
organisation = "Gemeente Hazelmuide"
language = "en"
census = {}
window_days = {WINDOW_DAYS}

[[channel]]
id = "channel"
platform = {platform}
exports = ["{}"]
design = "census"
"#,
        iso(last),
        export(plan, last)
    );
    for &census in dates.iter().filter(|&&census| census != last) {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[channel.snapshot]]\ncensus = {}\nexports = [\"{}\"]\n",
            iso(census),
            export(plan, census)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::exports;
    use proptest::prelude::*;
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
}
