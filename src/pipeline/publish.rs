//! Results to the folder that people read.

use std::path::Path;

use super::papers::papers;
use super::{Count, Watch};
use crate::error::{Error, Result};
use crate::frame::{multiverse, tallies};
use crate::model::multiverse::{Axis, Specification};
use crate::model::results::Results;
use crate::model::tally::Tally;
use crate::output::{Output, RESULTS, TALLIES};
use crate::study::Study;
use crate::wording::Words;

/// Results to the folder that people read, whole or not at all.
///
/// # Errors
/// The folder cannot be written, or holds something that is not ours.
pub fn publish(
    results: &Results,
    channel_tallies: &[(String, Tally)],
    specifications: &[Specification],
    target: &Path,
    watch: &dyn Watch,
) -> Result<()> {
    let output = Output::begin(target)?;
    let words = Words::new(results.study.language);
    let written = json(results)?;
    output.write(RESULTS, &written)?;
    output.write("shares.csv", shares_csv(results)?.as_bytes())?;
    tallies::write(output.create(TALLIES)?, channel_tallies)?;

    multiverse::write(output.create("multiverse.parquet")?, specifications)?;
    output.write("multiverse.csv", multiverse_csv(specifications)?.as_bytes())?;

    // From what stands in the file, as `brief` makes them: a number that was written and
    // read back may differ in its last bit.
    papers(&output, &super::papers::parsed(&written)?, words, watch)?;
    output.finish()
}

/// Only the tallies, as one file in a folder.
///
/// # Errors
/// As [`publish`].
pub fn publish_tallies(study: &Study, count: &Count, target: &Path) -> Result<()> {
    let tallies: Vec<_> = study
        .channels
        .iter()
        .zip(&count.channels)
        .map(|(channel, counted)| (channel.id.clone(), counted.tally.clone()))
        .collect();
    let output = Output::of_tallies(target)?;
    tallies::write(output.create(TALLIES)?, &tallies)?;
    output.finish()
}

/// Any artefact as JSON with a line end.
fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| {
        Error::new(
            "pipeline::json",
            format!("the results cannot be written as JSON: {error}"),
        )
    })?;
    text.push(b'\n');
    Ok(text)
}

/// `shares.csv`: one row a channel and quantity, fractions with a decimal point.
fn shares_csv(results: &Results) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "channel",
            "platform",
            "evidence",
            "design",
            "quantity",
            "window_days",
            "estimate",
            "lower",
            "upper",
            "level",
            "method",
            "labels",
            "followers",
            "listed",
            "awake",
            "silent",
            "undetermined",
            "gone",
        ])
        .map_err(unwritten)?;
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    for channel in &results.channels {
        let shares = [
            ("silent", Some(&channel.silent)),
            ("dormant", channel.dormant.as_ref()),
        ];
        for (quantity, share) in shares {
            let Some(share) = share else { continue };
            writer
                .write_record([
                    channel.id.clone(),
                    channel.platform.label().to_lowercase(),
                    channel.evidence.as_str().to_owned(),
                    channel.design.as_str().to_owned(),
                    quantity.to_owned(),
                    results.study.window_days.to_string(),
                    share
                        .estimate
                        .map(|estimate| estimate.to_string())
                        .unwrap_or_default(),
                    share.lower.to_string(),
                    share.upper.to_string(),
                    share.level.to_string(),
                    share.method.as_str().to_owned(),
                    text(share.labels),
                    text(channel.followers),
                    channel.listed.to_string(),
                    channel.counts.awake.to_string(),
                    channel.counts.silent.to_string(),
                    channel.counts.undetermined.to_string(),
                    channel.counts.gone.to_string(),
                ])
                .map_err(unwritten)?;
        }
    }
    text_of(writer)
}

/// `multiverse.csv`: one row a specification and channel.
fn multiverse_csv(specifications: &[Specification]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let results = ["main", "channel", "n", "silent", "share", "lower", "upper"];
    let head = Axis::ALL.iter().map(|axis| axis.as_str()).chain(results);
    writer.write_record(head).map_err(unwritten)?;
    for one in specifications {
        for outcome in &one.outcomes {
            let choices = Axis::ALL.iter().map(|&axis| one.choice.option(axis));
            let found = [
                one.main.to_string(),
                outcome.channel.clone(),
                outcome.n.to_string(),
                outcome.silent.to_string(),
                outcome
                    .share
                    .map(|share| share.to_string())
                    .unwrap_or_default(),
                outcome.lower.to_string(),
                outcome.upper.to_string(),
            ];
            writer
                .write_record(choices.chain(found))
                .map_err(unwritten)?;
        }
    }
    text_of(writer)
}

fn text_of(writer: csv::Writer<Vec<u8>>) -> Result<String> {
    let bytes = writer
        .into_inner()
        .map_err(|error| unwritten(error.into_error().into()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unwritten(error: csv::Error) -> Error {
    Error::new(
        "pipeline::csv",
        format!("the results cannot be written as CSV: {error}"),
    )
}
