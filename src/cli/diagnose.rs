//! `dormouse diagnose`: other methods to compare with, never a result.
//!
//! They stand apart from `run` on purpose: no switch of a study can bring one of them into
//! a briefing, a comparison or a verdict.

mod accuracy;
mod models;
mod numbers;
mod scores;

use clap::Subcommand;
use serde::Serialize;

use super::Outcome;
use super::methods::named;
use super::table::table;
use crate::error::{Error, Result};
use crate::stats::Refusal;

/// What stands above every output.
const NOTE: &str = "Diagnostic, not a result: nothing here enters a briefing or a verdict.\n\
                    Internal: small groups are not hidden; do not publish it.";

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Nothing here is needed for a review, and nothing of it enters one: the audit is the way to
the dormant share. These methods show what others would say, and under which assumptions.

  accuracy   from the count of a rule, and its sensitivity and specificity from elsewhere
  scores     from scores of a classifier and some labels: ACC, PACC, EMQ, PPI++
  models     from posts, last post and age: BG/NBD, MBG/NBD, Pareto/NBD, BG/BB, gap rules

Most follower exports are lists of names and hold none of the three. `dormouse explain`
says of each method what it assumes and when it is wrong.")]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Correct a counted share by sensitivity and specificity from outside (Rogan–Gladen).
    Accuracy(accuracy::Arguments),
    /// Quantify from scores and some labels (ACC, PACC, EMQ, PPI++).
    Scores(scores::Arguments),
    /// Fit activity models to posts, last post and age (BG/NBD and others, gap rules).
    Models(models::Arguments),
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    match &arguments.what {
        What::Accuracy(arguments) => accuracy::run(arguments),
        What::Scores(arguments) => scores::run(arguments),
        What::Models(arguments) => models::run(arguments),
    }
}

/// One method's answer, or why it gives none.
#[derive(Serialize)]
struct Answer {
    /// A name that `dormouse explain` knows.
    method: &'static str,
    /// What must hold for it to be right.
    assumes: &'static str,
    /// Share that it calls dormant.
    estimate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<f64>,
    /// What a reader must know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<String>,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

impl Answer {
    fn point(method: &'static str, estimate: f64) -> Self {
        Self {
            method,
            assumes: named(method).map_or("", |method| method.assumes),
            estimate: Some(estimate),
            lower: None,
            upper: None,
            flags: Vec::new(),
            refused: None,
        }
    }

    fn refused(method: &'static str, refusal: Refusal) -> Self {
        Self {
            estimate: None,
            refused: Some(refusal.to_string()),
            ..Self::point(method, 0.0)
        }
    }

    /// A row for people: method, estimate, limits, remarks.
    fn row(&self) -> Vec<String> {
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        let limits = match self.lower.zip(self.upper) {
            Some((lower, upper)) => format!("{} to {}", percent(lower), percent(upper)),
            None => String::new(),
        };
        let mut remarks = self.flags.clone();
        remarks.extend(self.refused.iter().map(|why| format!("refused: {why}")));
        vec![
            self.method.to_owned(),
            self.estimate.map(percent).unwrap_or_default(),
            limits,
            remarks.join("; "),
        ]
    }
}

/// Answers as a table, and what each of their methods assumes.
fn told(answers: &[&Answer], rows: Vec<Vec<String>>) -> String {
    let head = ["Method", "Dormant %", "Limits %", "Remarks"];
    let mut text = format!("{}\nThey assume:\n", table(&head, rows, usize::MAX..));
    let mut before = "";
    for answer in answers.iter().filter(|answer| !answer.assumes.is_empty()) {
        if answer.method != before {
            let line = format!("{}: {}", answer.method, answer.assumes);
            let options = textwrap::Options::new(90)
                .initial_indent("  ")
                .subsequent_indent("    ");
            text.push_str(&textwrap::fill(&line, options));
            text.push('\n');
        }
        before = answer.method;
    }
    text
}

fn refused(refusal: Refusal) -> Error {
    Error::new(
        "diagnose::refused",
        format!("this cannot be computed: {refusal}"),
    )
    .help("see `dormouse diagnose --help` for what each diagnostic takes")
}

/// A level or a threshold from the command line.
fn between_0_and_1(text: &str) -> std::result::Result<f64, String> {
    let number = text.parse::<f64>().ok();
    number
        .filter(|number| *number > 0.0 && *number < 1.0)
        .ok_or_else(|| "expected a fraction between 0 and 1, like 0.95".to_owned())
}
