//! `dormouse plan`: how many labels for which margin, and which margin for how many.

use std::path::PathBuf;

use serde::Serialize;

use super::progress::Progress;
use super::table::table;
use super::{Format, Outcome, print, print_json};
use crate::error::{Error, Result};
use crate::model::platform::Language;
use crate::pipeline;
use crate::stats::Refusal;
use crate::stats::planning::{Target, labels_needed, margin_of, rule_worth};
use crate::study::Study;
use crate::wording::Words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A margin is half the width of the interval, in percentage points. The dormant share that is
expected decides: 0.5 is the worst case and holds whatever the share is. A rule that sorts
the whole list saves labels as far as it is right; without its error rates count on none.
Labels that say \"unknown\" widen the result further, so plan a few more.

Examples:
  dormouse plan                                      for a channel of any size
  dormouse plan data/demo/study.toml                 for every channel of a study
  dormouse plan --followers 20143 --share 0.3
  dormouse plan --followers 20143 --labels 150       which margin do 150 labels give?
  dormouse plan --sensitivity 0.9 --specificity 0.9 --format json")]
pub struct Arguments {
    /// The study file; its channels give the numbers of followers.
    #[arg(conflicts_with = "followers")]
    study: Option<PathBuf>,
    /// Followers of the channel.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    followers: Option<u64>,
    /// Margins, in percentage points.
    #[arg(long, value_delimiter = ',', default_value = "3,5,7,10", value_parser = margin)]
    margins: Vec<f64>,
    /// The labels whose margin is said.
    #[arg(long, value_delimiter = ',', default_value = "100,150,250,400", value_parser = clap::value_parser!(u64).range(1..))]
    labels: Vec<u64>,
    /// The dormant share that is expected.
    #[arg(long, default_value_t = 0.5, value_parser = between_0_and_1)]
    share: f64,
    /// Level of the interval; the study's own, or 0.95.
    #[arg(long, value_parser = between_0_and_1)]
    level: Option<f64>,
    /// Share of the dormant that a rule calls dormant.
    #[arg(long, requires = "specificity", value_parser = from_0_to_1)]
    sensitivity: Option<f64>,
    /// Share of the active that a rule calls active.
    #[arg(long, requires = "sensitivity", value_parser = from_0_to_1)]
    specificity: Option<f64>,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What is printed as JSON.
#[derive(Serialize)]
struct Plan {
    share: f64,
    level: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Rule>,
    channels: Vec<Channel>,
}

#[derive(Serialize)]
struct Rule {
    sensitivity: f64,
    specificity: f64,
    /// Squared correlation of the rule with the truth: the part of the labels it saves.
    worth: f64,
}

#[derive(Serialize)]
struct Channel {
    /// The id in the study file.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    /// `null`: any number.
    followers: Option<u64>,
    labels_for_margin: Vec<Needed>,
    margin_for_labels: Vec<Given>,
}

/// The labels that a margin needs. Margins are fractions: 0.03 is three points.
#[derive(Serialize)]
struct Needed {
    margin: f64,
    labels: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels_with_rule: Option<u64>,
}

/// The margin that a number of labels gives.
#[derive(Serialize)]
struct Given {
    labels: u64,
    margin: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    margin_with_rule: Option<f64>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let study = arguments.study.as_deref().map(Study::read).transpose()?;
    let level = arguments
        .level
        .or(study.as_ref().map(|study| study.level))
        .unwrap_or(0.95);
    let rule = match arguments.sensitivity.zip(arguments.specificity) {
        None => None,
        Some((sensitivity, specificity)) => Some(Rule {
            sensitivity,
            specificity,
            worth: rule_worth(arguments.share, sensitivity, specificity).map_err(refused)?,
        }),
    };
    let populations = match &study {
        None => vec![(None, arguments.followers)],
        Some(study) => populations(study)?,
    };
    let mut plan = Plan {
        share: arguments.share,
        level,
        rule,
        channels: Vec::with_capacity(populations.len()),
    };
    let worth = plan.rule.as_ref().map(|rule| rule.worth);
    for (channel, followers) in populations {
        let (labels_for_margin, margin_for_labels) =
            planned(arguments, level, worth, followers).map_err(refused)?;
        plan.channels.push(Channel {
            channel,
            followers,
            labels_for_margin,
            margin_for_labels,
        });
    }
    match arguments.format {
        Format::Json => print_json(&plan)?,
        Format::Text => print(&text(&plan))?,
    }
    Ok(Outcome::Done)
}

/// The channels of a study with their followers: the counter, or the list where the study
/// gives none.
fn populations(study: &Study) -> Result<Vec<(Option<String>, Option<u64>)>> {
    let counted = study
        .channels
        .iter()
        .any(|channel| channel.followers.is_none())
        .then(|| pipeline::counts(study, &Progress::new()))
        .transpose()?;
    let listed = |place: usize| Some(counted.as_ref()?.get(place)?.present());
    let channels = study.channels.iter().enumerate();
    Ok(channels
        .map(|(place, channel)| {
            let followers = channel.followers.or_else(|| listed(place));
            (
                Some(channel.id.clone()),
                followers.filter(|&followers| followers > 0),
            )
        })
        .collect())
}

/// The labels for each margin, and the other way round.
fn planned(
    arguments: &Arguments,
    level: f64,
    worth: Option<f64>,
    followers: Option<u64>,
) -> std::result::Result<(Vec<Needed>, Vec<Given>), Refusal> {
    let share = arguments.share;
    let mut needed = Vec::with_capacity(arguments.margins.len());
    for &points in &arguments.margins {
        let margin = points / 100.0;
        let target = Target {
            share,
            margin,
            level,
        };
        let labels = |worth| labels_needed(target, followers, worth);
        needed.push(Needed {
            margin,
            labels: labels(0.0)?,
            labels_with_rule: worth.map(labels).transpose()?,
        });
    }
    let mut given = Vec::with_capacity(arguments.labels.len());
    for &labels in &arguments.labels {
        // Nobody is labelled twice.
        let used = labels.min(followers.unwrap_or(labels));
        let margin = |worth| margin_of(share, used, followers, worth, level);
        given.push(Given {
            labels,
            margin: margin(0.0)?,
            margin_with_rule: worth.map(margin).transpose()?,
        });
    }
    Ok((needed, given))
}

fn text(plan: &Plan) -> String {
    let words = Words::new(Language::En);
    let mut text = format!(
        "Labels and margins of an audit: {} interval, expected dormant share {}\n",
        words.level(plan.level),
        words.percent(plan.share)
    );
    if let Some(rule) = &plan.rule {
        text.push_str(&format!(
            "The rule finds {} of the dormant and {} of the active, and saves {} of the labels\n",
            words.percent(rule.sensitivity),
            words.percent(rule.specificity),
            words.percent(rule.worth)
        ));
    }
    let first = plan.channels.first();
    let margins = first.iter().flat_map(|channel| &channel.labels_for_margin);
    let labels = first.iter().flat_map(|channel| &channel.margin_for_labels);
    let needed = whole(
        plan,
        margins.map(|line| format!("±{} points", round(100.0 * line.margin))),
        |channel, rule| {
            let lines = channel.labels_for_margin.iter();
            lines
                .map(|line| match rule {
                    false => words.count(line.labels),
                    true => line
                        .labels_with_rule
                        .map(|n| words.count(n))
                        .unwrap_or_default(),
                })
                .collect()
        },
    );
    let given = whole(
        plan,
        labels.map(|line| words.counted(line.labels, ["label", "labels"])),
        |channel, rule| {
            let lines = channel.margin_for_labels.iter();
            lines
                .map(|line| match rule {
                    false => points(line.margin),
                    true => line.margin_with_rule.map(points).unwrap_or_default(),
                })
                .collect()
        },
    );
    text.push_str(&format!("\nLabels needed for a margin of\n{needed}\n"));
    text.push_str(&format!("\nMargin in percentage points with\n{given}\n"));
    text
}

/// One line a channel, and one more with the rule.
fn whole(
    plan: &Plan,
    columns: impl Iterator<Item = String>,
    cells: impl Fn(&Channel, bool) -> Vec<String>,
) -> String {
    let words = Words::new(Language::En);
    let mut head = vec!["Channel".to_owned(), "Followers".to_owned()];
    head.extend(columns);
    let mut rows = Vec::new();
    for channel in &plan.channels {
        let followers = channel
            .followers
            .map_or("any".to_owned(), |followers| words.count(followers));
        let name = channel.channel.as_deref().unwrap_or("one");
        let mut row = vec![name.to_owned(), followers];
        row.extend(cells(channel, false));
        rows.push(row);
        if plan.rule.is_some() {
            let mut row = vec!["  with the rule".to_owned(), String::new()];
            row.extend(cells(channel, true));
            rows.push(row);
        }
    }
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    table(&head, rows, 1..)
}

/// A margin in percentage points, rounded up to a tenth: no text claims more than is there.
fn points(margin: f64) -> String {
    format!("±{:.1}", (margin * 1000.0 - 1e-9).ceil().max(0.0) / 10.0)
}

/// A number of points as it was asked for, without the dust of binary fractions.
fn round(points: f64) -> f64 {
    (points * 1e6).round() / 1e6
}

fn refused(refusal: Refusal) -> Error {
    Error::new(
        "plan::refused",
        format!("no audit can be planned so: {refusal}"),
    )
    .help("see `dormouse plan --help` for what the numbers mean")
}

fn number(text: &str) -> std::result::Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .ok_or_else(|| "expected a number".to_owned())
}

fn margin(text: &str) -> std::result::Result<f64, String> {
    number(text).and_then(|points| {
        if points > 0.0 && points < 100.0 {
            Ok(points)
        } else {
            Err("expected percentage points between 0 and 100, like 5".to_owned())
        }
    })
}

fn between_0_and_1(text: &str) -> std::result::Result<f64, String> {
    number(text).and_then(|share| {
        if share > 0.0 && share < 1.0 {
            Ok(share)
        } else {
            Err("expected a fraction between 0 and 1, like 0.3".to_owned())
        }
    })
}

fn from_0_to_1(text: &str) -> std::result::Result<f64, String> {
    number(text).and_then(|share| {
        if (0.0..=1.0).contains(&share) {
            Ok(share)
        } else {
            Err("expected a fraction from 0 to 1, like 0.9".to_owned())
        }
    })
}
