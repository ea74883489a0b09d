//! `dormouse purge`: removes what recognises followers.

use std::path::PathBuf;

use super::{Outcome, print};
use crate::error::{Result, counted};
use crate::vault;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  dormouse purge review.toml

Snapshots whose exports are deleted cannot be compared again afterwards.")]
pub struct Arguments {
    /// The study file; it need not exist any more.
    study: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let purged = vault::purge(&arguments.study)?;
    let key = if purged.key { "the key" } else { "no key" };
    print(&format!(
        "{}: removed {key} and {} of states\n",
        arguments.study.display(),
        counted(purged.states as u64, "file")
    ))?;
    Ok(Outcome::Done)
}
