//! `dormouse tally`: exports to counts, and no further.

use std::path::PathBuf;

use super::progress::Progress;
use super::{Outcome, print};
use crate::error::Result;
use crate::model::platform::Language;
use crate::pipeline;
use crate::study::Study;
use crate::wording::Words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dormouse tally review.toml --out counts
  dormouse tally review.toml --no-duplicates-check

The tallies are counts of followers by what their exports say of them: no id, name or
handle is in them. They are internal: nothing is hidden, and a cell may hold one follower.
`dormouse run` writes what may be published. One row of tallies.parquet is one cell; tallies of parts of a list add
up to the tally of the list, if nobody is in two parts.")]
pub struct Arguments {
    /// The study file.
    study: PathBuf,
    /// Folder for tallies.parquet; earlier tallies in it are replaced.
    #[arg(long, default_value = "tallies")]
    out: PathBuf,
    /// Do not look for followers who are listed twice, in one file or in several: they are
    /// counted as often as they are listed. Saves ten bytes of memory a row.
    #[arg(long)]
    no_duplicates_check: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let study = Study::read(&arguments.study)?;
    let progress = Progress::new();
    let check = !arguments.no_duplicates_check;
    let count = pipeline::tally(&study, check, &progress)?;
    pipeline::publish_tallies(&study, &count, &arguments.out)?;
    drop(progress);
    let words = Words::new(Language::En);
    let mut text = String::new();
    for (channel, counted) in study.channels.iter().zip(&count.channels) {
        let duplicates: u64 = counted
            .inputs
            .iter()
            .map(|input| input.reading.duplicates)
            .sum();
        let set_aside: u64 = counted
            .inputs
            .iter()
            .map(|input| input.reading.set_aside)
            .sum();
        text.push_str(&format!(
            "{}: {} in {}",
            channel.id,
            words.followers(counted.tally.total() - duplicates),
            words.counted(counted.tally.len() as u64, ["cell", "cells"]),
        ));
        if check {
            text.push_str(&format!(", {} listed twice", words.count(duplicates)));
        }
        if set_aside > 0 {
            text.push_str(&format!(", {} set aside", words.rows(set_aside)));
        }
        text.push('\n');
    }
    text.push_str("Internal: cells of few followers are in these tallies; do not publish them.\n");
    print(&text)?;
    Ok(Outcome::Done)
}
