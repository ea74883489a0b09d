//! Dated exports of one channel: who joined, who left, who fell silent and who woke.
//!
//! The followers are drawn as of the last census. Going back from one export to the one
//! before it, each is seen as they were: posts after that instant are taken away, and
//! with them the last one, whose place among the posts before has a law of its own.
//! Whoever still reads may unfollow at any time after the first export; whoever has left
//! the platform cannot.

mod earlier;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::character::Character;
use super::exports::{Context, Format};
use super::instants::{DAY, date, iso};
use super::population::{Fate, Follower, Population};
use super::{PART, failed};
use crate::error::{Error, Result};
use crate::model::platform::Platform;

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
        let views = earlier::views(&follower, &dates, first, last);
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
mod tests;
