//! `dormouse diagnose scores`: quantifiers and prediction-powered inference.

use std::path::PathBuf;

use serde::Serialize;

use super::numbers::{Table, number};
use super::{Answer, NOTE, between_0_and_1, refused, told};
use crate::cli::{Format, Outcome, print, print_json};
use crate::error::{Error, Result, counted};
use crate::stats::Refusal;
use crate::stats::misclassification::Corrected;
use crate::stats::ppi::{PoweredMean, Trust, powered_mean, powered_mean_of_census};
use crate::stats::quantifiers::{
    adjusted_count, classify_and_count, expectation_maximisation, hard_rates, probabilistic_count,
    soft_rates,
};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The table has a column `score`, the probability from 0 to 1 that the follower is dormant by
some classifier of your own, and a column `label`: dormant, active, or empty where nobody
looked. One line a follower; no names are needed, so leave them out.

The labelled must have been drawn at random. A rule that says only yes or no gives scores of
1 and 0; the audited share of `dormouse run` then says the same as PPI++, with limits that
hold in small groups too.

Examples:
  dormouse diagnose scores scores.csv
  dormouse diagnose scores scores.csv --threshold 0.7 --training 0.5 --format json")]
pub struct Arguments {
    /// The table: columns `score` and `label`.
    file: PathBuf,
    /// Scores above this count as dormant.
    #[arg(long, default_value_t = 0.5, value_parser = between_0_and_1)]
    threshold: f64,
    /// Dormant share in the training sample of the classifier; that of the labels when left out.
    #[arg(long, value_parser = between_0_and_1)]
    training: Option<f64>,
    /// The table is itself a random sample of a far larger channel, not the whole list.
    #[arg(long)]
    sample: bool,
    /// Level of the limits.
    #[arg(long, default_value_t = 0.95, value_parser = between_0_and_1)]
    level: f64,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Output {
    diagnostic: &'static str,
    followers: usize,
    labelled: usize,
    threshold: f64,
    level: f64,
    answers: Vec<Answer>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let table = Table::read(&arguments.file)?;
    let scores = table.column("score", "a score from 0 to 1", |cell| {
        number(cell).filter(|score| (0.0..=1.0).contains(score))
    })?;
    let labels = table.column(
        "label",
        "dormant, active or an empty cell",
        |cell| match cell.to_lowercase().as_str() {
            "dormant" => Some(Some(true)),
            "active" => Some(Some(false)),
            "" => Some(None),
            _ => None,
        },
    )?;
    let output = Output {
        diagnostic: NOTE,
        followers: scores.len(),
        labelled: labels.iter().flatten().count(),
        threshold: arguments.threshold,
        level: arguments.level,
        answers: answers(arguments, &scores, &labels)?,
    };
    match arguments.format {
        Format::Json => print_json(&output)?,
        Format::Text => print(&text(&output))?,
    }
    Ok(Outcome::Done)
}

fn answers(arguments: &Arguments, scores: &[f64], labels: &[Option<bool>]) -> Result<Vec<Answer>> {
    let pairs = scores.iter().zip(labels);
    let (truth, predicted): (Vec<bool>, Vec<f64>) = pairs
        .clone()
        .filter_map(|(&score, label)| Some(((*label)?, score)))
        .unzip();
    if truth.is_empty() {
        return Err(Error::new("diagnose::labels", "no row has a label")
            .at(arguments.file.display().to_string())
            .help("label a random part of the followers: dormant or active"));
    }
    let counted = classify_and_count(scores, arguments.threshold).map_err(refused)?;
    let mean = probabilistic_count(scores).map_err(refused)?;
    let adjusted = |method, counted, rates: std::result::Result<_, Refusal>| match rates
        .and_then(|rates| adjusted_count(counted, rates))
    {
        Ok(found) => corrected(method, found),
        Err(refusal) => Answer::refused(method, refusal),
    };
    let dormant = truth.iter().filter(|&&dormant| dormant).count();
    let training = arguments
        .training
        .unwrap_or(dormant as f64 / truth.len() as f64);
    let iterated = match expectation_maximisation(scores, training) {
        Err(refusal) => Answer::refused("emq", refusal),
        Ok(found) => {
            let mut answer = Answer::point("emq", found.share);
            if !found.converged {
                answer.flags.push("did not come to rest".to_owned());
            }
            answer
        }
    };
    let truth_in_numbers: Vec<f64> = truth
        .iter()
        .map(|&dormant| f64::from(u8::from(dormant)))
        .collect();
    let unlabelled: Vec<f64> = pairs
        .filter(|(_, label)| label.is_none())
        .map(|(&score, _)| score)
        .collect();
    let powered = |trust| {
        if arguments.sample {
            powered_mean(
                &truth_in_numbers,
                &predicted,
                &unlabelled,
                trust,
                arguments.level,
            )
        } else {
            powered_mean_of_census(
                &truth_in_numbers,
                &predicted,
                scores,
                trust,
                arguments.level,
            )
        }
    };
    Ok(vec![
        adjusted(
            "acc",
            counted,
            hard_rates(&truth, &predicted, arguments.threshold),
        ),
        adjusted("pacc", mean, soft_rates(&truth, &predicted)),
        iterated,
        with_limits("λ = 1, the difference estimator", powered(Trust::Full)),
        with_limits("λ from the data, PPI++", powered(Trust::Tuned)),
    ])
}

fn corrected(method: &'static str, found: Corrected) -> Answer {
    let mut answer = Answer::point(method, found.share);
    if found.is_inconsistent() {
        answer
            .flags
            .push("clipped: the labelled are not like the others".to_owned());
    }
    if found.is_weak() {
        answer
            .flags
            .push("the scores hardly tell dormant from active".to_owned());
    }
    answer
}

fn with_limits(what: &str, found: std::result::Result<PoweredMean, Refusal>) -> Answer {
    match found {
        Err(refusal) => Answer::refused("ppi", refusal),
        Ok(found) => {
            let mut answer = Answer::point("ppi", found.estimate);
            answer.lower = Some(found.interval.lower);
            answer.upper = Some(found.interval.upper);
            answer.flags.push(what.to_owned());
            if found.interval.lower < 0.0 || found.interval.upper > 1.0 {
                answer
                    .flags
                    .push("too few labels for this method".to_owned());
            }
            answer
        }
    }
}

fn text(output: &Output) -> String {
    let rows = output.answers.iter().map(Answer::row).collect();
    let answers: Vec<&Answer> = output.answers.iter().collect();
    format!(
        "{NOTE}\n\n{}, {} of them labelled\n{}",
        counted(output.followers as u64, "follower"),
        output.labelled,
        told(&answers, rows)
    )
}
