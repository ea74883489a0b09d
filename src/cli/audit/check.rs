//! `dormouse audit check`: what is missing in the labels.

use std::path::PathBuf;

use serde::Serialize;

use crate::audit::Label;
use crate::audit::worksheet::Place;
use crate::cli::progress::Progress;
use crate::cli::table::table;
use crate::cli::{Format, Outcome, print, print_json};
use crate::error::{Error, Result};
use crate::model::platform::Language;
use crate::model::results::Agreement;
use crate::model::share::Share;
use crate::pipeline::{self, Checked};
use crate::study::{Channel, Study};
use crate::wording::Words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads XLSX, ODS and CSV, whatever a spreadsheet program has made of it. Where the file that
the study names holds no labels, the one beside it with another ending is read. A row without
a label counts as unknown in the share.

Exit codes: 0 every row is labelled; 1 somebody must look; 2 there is nothing to check.

Examples:
  dormouse audit check data/demo/study.toml
  dormouse audit check review.toml --dir labelling
  dormouse audit check review.toml --format json | jq '.channels[].missing'")]
pub struct Arguments {
    /// The study file.
    study: PathBuf,
    /// Folder of the worksheets, where they were drawn with --out.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What a check prints as JSON.
#[derive(Serialize)]
struct Report {
    complete: bool,
    channels: Vec<CheckedChannel>,
}

#[derive(Serialize)]
struct CheckedChannel {
    channel: String,
    /// `null`: there is no worksheet.
    file: Option<String>,
    rows: usize,
    dormant: usize,
    active: usize,
    unknown: usize,
    /// Rows without a label.
    missing: Vec<u64>,
    /// Rows whose label is none of the words.
    not_a_label: Vec<u64>,
    /// What else is wrong.
    problems: Vec<String>,
    /// The dormant share as it would be now.
    share: Option<Share>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_share_because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<SecondReader>,
}

#[derive(Serialize)]
struct SecondReader {
    file: String,
    rows: usize,
    missing: Vec<u64>,
    not_a_label: Vec<u64>,
    /// Rows whose id is not in the first worksheet.
    not_in_the_first: Vec<u64>,
    /// Rows of the first worksheet that the two readers labelled differently.
    labelled_differently: Vec<u64>,
    problems: Vec<String>,
    #[serde(flatten)]
    agreement: Option<Agreement>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let study = Study::read(&arguments.study)?;
    let checked = pipeline::check(&study, arguments.dir.as_deref(), &Progress::new())?;
    if checked.iter().all(|checked| checked.returned.is_none()) {
        return Err(match &arguments.dir {
            None => Error::new("audit::none", "no channel of the study has a worksheet")
                .at(arguments.study.display().to_string())
                .help(
                    "make worksheets with `dormouse audit draw`, or say with --dir where they are",
                ),
            Some(dir) => Error::new(
                "audit::none",
                "there is no worksheet of a channel of the study in this folder",
            )
            .at(dir.display().to_string())
            .help("give the folder that `dormouse audit draw --out` wrote to"),
        });
    }
    let channels: Vec<CheckedChannel> = study
        .channels
        .iter()
        .zip(checked)
        .map(|(channel, checked)| checked_channel(&study, channel, checked, arguments))
        .collect();
    let report = Report {
        complete: channels.iter().all(CheckedChannel::complete),
        channels,
    };
    match arguments.format {
        Format::Json => print_json(&report)?,
        Format::Text => print(&text(&report))?,
    }
    Ok(if report.complete {
        Outcome::Done
    } else {
        Outcome::Look
    })
}

fn checked_channel(
    study: &Study,
    channel: &Channel,
    checked: Checked,
    arguments: &Arguments,
) -> CheckedChannel {
    let (share, no_share_because) = match checked.dormant {
        Ok(share) => (Some(share), None),
        Err(reason) => (None, Some(reason)),
    };
    let named = channel.audit.as_ref().map(|path| study.folder.join(path));
    let Some(returned) = checked.returned else {
        let problems = match &channel.audit {
            Some(path) if arguments.dir.is_none() => {
                vec![format!(
                    "the study names {}, which is not there",
                    path.display()
                )]
            }
            _ => Vec::new(),
        };
        return CheckedChannel {
            channel: checked.channel,
            file: None,
            rows: 0,
            dormant: 0,
            active: 0,
            unknown: 0,
            missing: Vec::new(),
            not_a_label: Vec::new(),
            problems,
            share,
            no_share_because,
            second: None,
        };
    };
    let first = &returned.first;
    let mut problems: Vec<String> = first.problems.iter().map(ToString::to_string).collect();
    if arguments.dir.is_none() && named.as_ref() != Some(&returned.path) {
        problems.push(format!(
            "`dormouse run` does not read this file: write {} in the study file",
            Place::study_line(study, &returned.path)
        ));
    }
    if let Some(beside) = &returned.beside {
        problems.push(format!(
            "there are labels in {} too, which are not read",
            beside.display()
        ));
    }
    CheckedChannel {
        channel: checked.channel,
        file: Some(first.name.clone()),
        rows: first.rows.len(),
        dormant: first.count(Label::Dormant),
        active: first.count(Label::Active),
        unknown: first.count(Label::Unknown),
        missing: first.missing.clone(),
        not_a_label: first.unread.clone(),
        problems,
        share,
        no_share_because,
        second: returned.second.as_ref().map(|second| SecondReader {
            file: second.labels.name.clone(),
            rows: second.labels.rows.len(),
            missing: second.labels.missing.clone(),
            not_a_label: second.labels.unread.clone(),
            not_in_the_first: second.strangers.clone(),
            labelled_differently: second.differ.clone(),
            problems: second
                .labels
                .problems
                .iter()
                .map(ToString::to_string)
                .collect(),
            agreement: second.agreement(study.level),
        }),
    }
}

impl CheckedChannel {
    /// Whether nobody must look. A channel that nobody audits is complete.
    fn complete(&self) -> bool {
        let share = self.share.is_some() || self.file.is_none();
        share
            && [&self.missing, &self.not_a_label]
                .iter()
                .all(|rows| rows.is_empty())
            && self.problems.is_empty()
            && self.second.as_ref().is_none_or(SecondReader::complete)
    }
}

impl SecondReader {
    fn complete(&self) -> bool {
        [&self.missing, &self.not_a_label, &self.not_in_the_first]
            .iter()
            .all(|rows| rows.is_empty())
            && self.problems.is_empty()
    }
}

/// Two analysts on at least so many accounts.
const ENOUGH: u64 = 30;

fn text(report: &Report) -> String {
    let words = Words::new(Language::En);
    let count = |n: usize| words.count(n as u64);
    let rows = report.channels.iter().map(|channel| {
        let share = match &channel.share {
            None => "–".to_owned(),
            Some(share) => {
                let limits = words.range_brackets(share.lower, share.upper);
                match share.estimate {
                    Some(estimate) => format!("{} {limits}", words.percent(estimate)),
                    None => format!("{limits} %"),
                }
            }
        };
        vec![
            channel.channel.clone(),
            count(channel.rows),
            count(channel.dormant),
            count(channel.active),
            count(channel.unknown),
            count(channel.missing.len() + channel.not_a_label.len()),
            share,
        ]
    });
    let head = [
        "Channel",
        "Rows",
        "Dormant",
        "Active",
        "Unknown",
        "Missing",
        "Dormant share now",
    ];
    let mut text = format!("{}\n", table(&head, rows.collect(), 1..));
    for channel in &report.channels {
        text.push('\n');
        text.push_str(&channel_text(channel, words));
    }
    text.push_str(if report.complete {
        "\nComplete: go on with `dormouse run`.\n"
    } else {
        "\nSomebody must look. Rows without a label count as unknown in the share.\n"
    });
    text
}

fn channel_text(channel: &CheckedChannel, words: Words) -> String {
    let name = &channel.channel;
    let mut lines = vec![match &channel.file {
        Some(file) => format!("{name}: {file}"),
        None => format!("{name}: no worksheet"),
    }];
    push_rows(&mut lines, &channel.missing, "without a label");
    push_rows(&mut lines, &channel.not_a_label, NOT_A_LABEL);
    lines.extend(channel.problems.iter().cloned());
    if let (Some(reason), Some(_)) = (&channel.no_share_because, &channel.file) {
        lines.push(format!("no share: {reason}"));
    }
    if let Some(second) = &channel.second {
        lines.push(agreement(second.agreement, words));
        push_rows(
            &mut lines,
            &second.labelled_differently,
            "of the first worksheet that the two readers labelled differently",
        );
        push_rows(
            &mut lines,
            &second.missing,
            "of the second reader without a label",
        );
        push_rows(&mut lines, &second.not_a_label, NOT_A_LABEL);
        push_rows(
            &mut lines,
            &second.not_in_the_first,
            "of the second reader that are not in the first worksheet",
        );
        lines.extend(second.problems.iter().cloned());
    }
    lines.join("\n  ") + "\n"
}

const NOT_A_LABEL: &str =
    "whose label is none of dormant, active, unknown, slapend, actief, onbekend";

fn agreement(found: Option<Agreement>, words: Words) -> String {
    let Some(found) = found else {
        return "second reader: no follower has a label from both".to_owned();
    };
    let mut line = format!(
        "second reader: the same label for {} of {}",
        words.count(found.alike),
        words.followers(found.both)
    );
    line.push_str(&match found.kappa {
        Some(kappa) => format!(
            "; Cohen's kappa {:.2} [{:.2}, {:.2}] at {}",
            kappa.estimate,
            kappa.lower,
            kappa.upper,
            words.level(kappa.level)
        ),
        None => "; no kappa, because all got one and the same label".to_owned(),
    });
    if found.both < ENOUGH {
        line.push_str(&format!("; at least {ENOUGH} are needed to say much"));
    }
    line
}

/// The row numbers with what they are, neighbours joined: "rows 5, 9 to 12: …".
fn push_rows(lines: &mut Vec<String>, rows: &[u64], what: &str) {
    if rows.is_empty() {
        return;
    }
    const MOST: usize = 12;
    let runs: Vec<_> = rows.chunk_by(|a, b| a + 1 == *b).collect();
    let mut parts: Vec<String> = runs
        .iter()
        .take(MOST)
        .filter_map(|run| match (run.first()?, run.last()?) {
            (first, last) if first == last => Some(first.to_string()),
            (first, last) => Some(format!("{first} to {last}")),
        })
        .collect();
    if runs.len() > MOST {
        parts.push("and further".to_owned());
    }
    let row = if rows.len() == 1 { "row" } else { "rows" };
    lines.push(format!("{} {row} {what}: {}", rows.len(), parts.join(", ")));
}
