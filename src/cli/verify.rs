//! `dormouse verify`: whether results still are what was made.

use std::path::PathBuf;

use serde::Serialize;

use super::progress::Progress;
use super::{Format, Outcome, print, print_json};
use crate::error::{Result, counted};
use crate::pipeline::{self, Finding};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dormouse verify out
  dormouse verify archive/2026 --study review.toml
  dormouse verify out --repeat

Exit codes: 0 everything is as it was; 1 something is not, or is not there to be compared;
2 this is no folder of results.")]
pub struct Arguments {
    /// The folder of results.
    out: PathBuf,
    /// The study file; where the run had it, when left out.
    #[arg(long)]
    study: Option<PathBuf>,
    /// Go the whole way again and compare what comes out.
    #[arg(long)]
    repeat: bool,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One entry of the JSON.
#[derive(Serialize)]
struct Entry {
    path: String,
    what: &'static str,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let study = arguments.study.as_deref();
    let (record, mut findings) = pipeline::verify(&arguments.out, study)?;
    if arguments.repeat {
        findings.extend(pipeline::repeat(&record, study, &Progress::new())?);
    }
    let entries: Vec<Entry> = findings.into_iter().map(entry).collect();
    match arguments.format {
        Format::Json => print_json(&entries)?,
        Format::Text => {
            let mut text = String::new();
            for Entry { path, what } in &entries {
                text.push_str(&format!("{path}: {what}\n"));
            }
            let manifest = &record.manifest;
            let rows: u64 = manifest.inputs.iter().map(|input| input.reading.rows).sum();
            text.push_str(&match entries.len() {
                0 => format!(
                    "{}: {} as {} made them, from {} in {}\n",
                    arguments.out.display(),
                    counted(record.outputs.len() as u64, "file"),
                    manifest.tool,
                    counted(rows, "row"),
                    counted(manifest.inputs.len() as u64, "file"),
                ),
                n => format!(
                    "{}: {}\n",
                    arguments.out.display(),
                    counted(n as u64, "finding")
                ),
            });
            print(&text)?;
        }
    }
    Ok(if entries.is_empty() {
        Outcome::Done
    } else {
        Outcome::Look
    })
}

fn entry(finding: Finding) -> Entry {
    let (path, what) = match finding {
        Finding::OutputChanged(path) => (path, "this result was changed after the run"),
        Finding::OutputMissing(path) => (path, "this result is missing"),
        Finding::OutputAdded(path) => (path, "the run did not make this file"),
        Finding::SettingsChanged(path) => (path, "the study file is another than at the run"),
        Finding::InputChanged(path) => (path, "this input is another than at the run"),
        Finding::InputMissing(path) => (path, "this input is not there, and is not compared"),
        Finding::StudyMissing(path) => (
            path,
            "there is no study file here, so inputs are not compared; name it with --study",
        ),
        Finding::NotRepeated(path) => (path, "the same run does not make this file again"),
    };
    Entry { path, what }
}
