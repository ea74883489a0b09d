//! Results to the folder that people read.

use std::borrow::Cow;
use std::path::Path;

use super::judge::shown;
use super::papers::papers;
use super::{Count, Watch, files_below, hash_file};
use crate::error::{Error, Result};
use crate::frame::{bands, multiverse, tallies};
use crate::model::manifest::{OutputFile, Record};
use crate::model::multiverse::{Axis, Specification};
use crate::model::results::Results;
use crate::model::spreadsheet::guarded;
use crate::model::tally::Tally;
use crate::output::{MANIFEST, Output, RESULTS, TALLIES};
use crate::study::Study;
use crate::wording::Words;

/// Results to the folder that people read, whole or not at all; `study` is the path of the
/// study file, as it was given.
///
/// # Errors
/// The folder cannot be written, or holds something that is not ours.
pub fn publish(
    results: &Results,
    channel_tallies: &[(String, Tally)],
    specifications: &[Specification],
    study: &str,
    output: Output,
    watch: &dyn Watch,
) -> Result<()> {
    let words = Words::new(results.study.language);
    let written = json(results)?;
    output.write(RESULTS, &written)?;
    let internal = results.study.internal;
    output.write("shares.csv", shares_csv(results)?.as_bytes())?;
    let file = output.create(TALLIES)?;
    if internal {
        tallies::write(file, channel_tallies)?;
    } else {
        let window = results.study.window_days;
        let bands = |(channel, tally): &(String, Tally)| {
            (channel.clone(), shown(tally, window, false).bands)
        };
        bands::write(file, &channel_tallies.iter().map(bands).collect::<Vec<_>>())?;
    }

    multiverse::write(
        output.create("multiverse.parquet")?,
        specifications,
        internal,
    )?;
    let numbers = multiverse_csv(specifications, internal)?;
    output.write("multiverse.csv", numbers.as_bytes())?;

    // From what stands in the file, as `brief` makes them: a number that was written and
    // read back may differ in its last bit.
    papers(&output, &super::papers::parsed(&written)?, words, watch)?;
    output.write(MANIFEST, &json(&record(results, study, &output)?)?)?;
    output.finish()
}

/// What the results were made from, with the files that were written so far.
pub(super) fn record(results: &Results, study: &str, output: &Output) -> Result<Record> {
    let folder = output.folder();
    let unreadable = |error: std::io::Error| {
        Error::new(
            "pipeline::manifest",
            format!("the results cannot be read back: {error}"),
        )
        .help("check the disk, then run again")
    };
    let mut outputs = Vec::new();
    let files = files_below(folder).map_err(unreadable)?;
    for path in files.into_iter().filter(|path| path != MANIFEST) {
        outputs.push(OutputFile {
            sha256: hash_file(&folder.join(&path)).map_err(unreadable)?,
            path,
        });
    }
    Ok(Record {
        study: study.to_owned(),
        census: results.study.census.clone(),
        internal: results.study.internal,
        manifest: results.manifest.clone(),
        outputs,
    })
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
pub(super) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| {
        Error::new(
            "pipeline::json",
            format!("the results cannot be written as JSON: {error}"),
        )
    })?;
    text.push(b'\n');
    Ok(text)
}

/// A table as CSV; where nothing is hidden, a last column says so in every row.
struct Csv {
    writer: csv::Writer<Vec<u8>>,
    internal: bool,
}

impl Csv {
    fn new(internal: bool, head: &[&str]) -> Result<Self> {
        let writer = csv::Writer::from_writer(Vec::new());
        let mut csv = Self { writer, internal };
        let mark = internal.then_some("internal");
        csv.write(head.iter().copied().chain(mark))?;
        Ok(csv)
    }

    fn row(&mut self, cells: Vec<String>) -> Result<()> {
        let mark = self.internal.then(|| "true".to_owned());
        self.write(cells.iter().chain(&mark).map(String::as_str))
    }

    fn write<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        // A number below zero begins like a formula, and is none.
        let cells = cells.map(|cell| match cell.parse::<f64>() {
            Ok(_) => Cow::Borrowed(cell),
            Err(_) => guarded(cell),
        });
        self.writer
            .write_record(cells.map(|cell| cell.into_owned()))
            .map_err(unwritten)
    }

    fn text(self) -> Result<String> {
        let bytes = self
            .writer
            .into_inner()
            .map_err(|error| unwritten(error.into_error().into()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// `shares.csv`: one row a channel and quantity, fractions with a decimal point.
fn shares_csv(results: &Results) -> Result<String> {
    let mut csv = Csv::new(
        results.study.internal,
        &[
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
        ],
    )?;
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    for channel in &results.channels {
        let shares = [
            ("silent", Some(&channel.silent)),
            ("dormant", channel.dormant.as_ref()),
        ];
        for (quantity, share) in shares {
            let Some(share) = share else { continue };
            csv.row(vec![
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
                text(channel.counts.awake),
                text(channel.counts.silent),
                text(channel.counts.undetermined),
                text(channel.counts.gone),
            ])?;
        }
    }
    csv.text()
}

/// `multiverse.csv`: one row a specification and channel.
fn multiverse_csv(specifications: &[Specification], internal: bool) -> Result<String> {
    let results = ["main", "channel", "n", "silent", "share", "lower", "upper"];
    let head = Axis::ALL.iter().map(|axis| axis.as_str()).chain(results);
    let mut csv = Csv::new(internal, &head.collect::<Vec<_>>())?;
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
            csv.row(choices.chain(found).collect())?;
        }
    }
    csv.text()
}

fn unwritten(error: csv::Error) -> Error {
    Error::new(
        "pipeline::csv",
        format!("the results cannot be written as CSV: {error}"),
    )
}
