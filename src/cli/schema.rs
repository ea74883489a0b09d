//! `dormouse schema`: the shapes of the files that others read or write.

use clap::ValueEnum;

use super::{Outcome, print_json};
use crate::error::Result;
use crate::model::manifest::Record;
use crate::model::results::Results;
use crate::study::StudyFile;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which file.
    #[arg(value_enum)]
    artefact: Artefact,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Artefact {
    /// `results.json`.
    Results,
    /// `manifest.json`.
    Manifest,
    /// The study file.
    Study,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    print_json(&match arguments.artefact {
        Artefact::Results => schemars::schema_for!(Results),
        Artefact::Manifest => schemars::schema_for!(Record),
        Artefact::Study => schemars::schema_for!(StudyFile),
    })?;
    Ok(Outcome::Done)
}
