//! `dormouse diagnose accuracy`: Rogan–Gladen with the limits of Lang and Reiczigel.

use std::path::PathBuf;

use serde::Serialize;

use super::{Answer, NOTE, between_0_and_1, told};
use crate::cli::progress::Progress;
use crate::cli::{Format, Outcome, print, print_json};
use crate::error::{Error, Result};
use crate::pipeline;
use crate::stats::misclassification::{Validation, lang_reiczigel, rogan_gladen};
use crate::study::Study;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Sensitivity and specificity are given as counts, because their own error belongs into the
limits: 45/50 says that the rule found 45 of 50 followers known to be dormant. Of a study
the rule is `publicly silent for the window`, counted among the followers it can judge.

Examples:
  dormouse diagnose accuracy --counted 5731 --of 12411 --sensitivity 45/50 --specificity 90/100
  dormouse diagnose accuracy review.toml --sensitivity 45/50 --specificity 90/100")]
pub struct Arguments {
    /// The study file; the rule is then counted in every channel.
    #[arg(conflicts_with_all = ["counted", "of"], required_unless_present = "counted")]
    study: Option<PathBuf>,
    /// Followers whom the rule calls dormant.
    #[arg(long, requires = "of")]
    counted: Option<u64>,
    /// Followers whom it judged.
    #[arg(long, requires = "counted")]
    of: Option<u64>,
    /// Found dormant, of so many known to be dormant.
    #[arg(long, value_name = "FOUND/KNOWN", value_parser = ratio)]
    sensitivity: (u64, u64),
    /// Left alone, of so many known to be active.
    #[arg(long, value_name = "FOUND/KNOWN", value_parser = ratio)]
    specificity: (u64, u64),
    /// Level of the limits; the study's own, or 0.95.
    #[arg(long, value_parser = between_0_and_1)]
    level: Option<f64>,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Output {
    diagnostic: &'static str,
    level: f64,
    channels: Vec<Channel>,
}

#[derive(Serialize)]
struct Channel {
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    counted: u64,
    of: u64,
    answers: Vec<Answer>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let study = arguments.study.as_deref().map(Study::read).transpose()?;
    let level = arguments
        .level
        .or(study.as_ref().map(|study| study.level))
        .unwrap_or(0.95);
    let counts = match (&study, arguments.counted.zip(arguments.of)) {
        (Some(study), _) => pipeline::counts(study, &Progress::new())?
            .into_iter()
            .zip(&study.channels)
            .map(|(counts, channel)| {
                let judged = counts.awake + counts.silent;
                (Some(channel.id.clone()), counts.silent, judged)
            })
            .collect(),
        (None, Some((counted, of))) => vec![(None, counted, of)],
        (None, None) => Vec::new(),
    };
    let mut channels = Vec::with_capacity(counts.len());
    for (channel, counted, of) in counts {
        if counted > of {
            return Err(Error::new(
                "diagnose::counts",
                format!("{counted} cannot be counted among {of}"),
            )
            .help("--of is everybody whom the rule judged, dormant or not"));
        }
        channels.push(Channel {
            channel,
            counted,
            of,
            answers: answers(arguments, counted, of, level),
        });
    }
    let output = Output {
        diagnostic: NOTE,
        level,
        channels,
    };
    match arguments.format {
        Format::Json => print_json(&output)?,
        Format::Text => print(&text(&output))?,
    }
    Ok(Outcome::Done)
}

fn answers(arguments: &Arguments, counted: u64, of: u64, level: f64) -> Vec<Answer> {
    let ((found_dormant, dormant), (found_active, active)) =
        (arguments.sensitivity, arguments.specificity);
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    let point = if of == 0 {
        Err(crate::stats::Refusal::NoObservations)
    } else {
        rogan_gladen(
            share(counted, of),
            share(found_dormant, dormant),
            share(found_active, active),
        )
    };
    let point = match point {
        Err(refusal) => return vec![Answer::refused("rogan-gladen", refusal)],
        Ok(point) => point,
    };
    let mut flags = Vec::new();
    if point.is_inconsistent() {
        flags.push(
            "inconsistent with sensitivity and specificity: a narrow interval is no certainty"
                .to_owned(),
        );
    }
    if point.is_weak() {
        flags.push("the rule hardly tells dormant from active".to_owned());
    }
    let rule = Validation {
        found_dormant,
        dormant,
        found_active,
        active,
    };
    let limits = match lang_reiczigel(counted, of, rule, level) {
        Err(refusal) => Answer::refused("lang-reiczigel", refusal),
        Ok(limits) => Answer {
            lower: Some(limits.lower),
            upper: Some(limits.upper),
            estimate: None,
            flags: flags.clone(),
            ..Answer::point("lang-reiczigel", 0.0)
        },
    };
    let mut corrected = Answer::point("rogan-gladen", point.share);
    corrected.flags = flags;
    vec![corrected, limits]
}

fn text(output: &Output) -> String {
    let mut text =
        format!("{NOTE}\nSensitivity and specificity do not travel between platforms.\n");
    for channel in &output.channels {
        let name = channel.channel.as_deref().unwrap_or("The rule");
        let rows = channel.answers.iter().map(Answer::row).collect();
        let answers: Vec<&Answer> = channel.answers.iter().collect();
        text.push_str(&format!(
            "\n{name}: counted {} of {}\n{}",
            channel.counted,
            channel.of,
            told(&answers, rows)
        ));
    }
    text
}

/// `45/50` as two counts, of which the second is not zero.
fn ratio(text: &str) -> std::result::Result<(u64, u64), String> {
    let counts = text
        .split_once('/')
        .and_then(|(part, whole)| Some((part.trim().parse().ok()?, whole.trim().parse().ok()?)));
    counts
        .filter(|&(part, whole): &(u64, u64)| part <= whole && whole > 0)
        .ok_or_else(|| "expected counts like 45/50".to_owned())
}
