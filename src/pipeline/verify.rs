//! Whether results still are what was made, and from what.

use std::path::{Path, PathBuf};

use super::{Watch, count, hash_file, judge, publish};
use crate::error::{Error, Result};
use crate::model::manifest::{OutputFile, Record};
use crate::output::{MANIFEST, Output, RESULTS};
use crate::study::{Study, small_file};

/// More bytes than any manifest has.
const LARGEST: u64 = 64 << 20;

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A file of the results is another.
    OutputChanged(String),
    /// A file of the results is missing.
    OutputMissing(String),
    /// A file stands among the results that the run did not make.
    OutputAdded(String),
    /// The study file is another.
    SettingsChanged(String),
    /// An export or a file of labels is another.
    InputChanged(String),
    /// An export or a file of labels is not there any more; it may have been deleted as it
    /// should be.
    InputMissing(String),
    /// The study file is not where the run had it.
    StudyMissing(String),
    /// The same run does not make this file again.
    NotRepeated(String),
}

/// Compares a folder of results with its manifest: every file of it, and what it was made
/// from, below the folder of `study`, or of the study file that the manifest names.
///
/// Gives the record, and what is not as it was.
///
/// # Errors
/// The folder has no manifest, or none that can be read.
pub fn verify(out: &Path, study: Option<&Path>) -> Result<(Record, Vec<Finding>)> {
    let record = read(out)?;
    let mut findings = Vec::new();
    let mut known = vec![MANIFEST.to_owned()];
    for file in &record.outputs {
        known.push(file.path.clone());
        match hash_file(&out.join(&file.path)) {
            Ok(hash) if hash == file.sha256 => {}
            Ok(_) => findings.push(Finding::OutputChanged(file.path.clone())),
            Err(_) => findings.push(Finding::OutputMissing(file.path.clone())),
        }
    }
    let mut others = super::files_below(out).map_err(|error| unreadable(out, &error))?;
    others.retain(|path| !known.contains(path));
    findings.extend(others.into_iter().map(Finding::OutputAdded));

    let study = study.map_or_else(|| PathBuf::from(&record.study), Path::to_owned);
    let name = study.display().to_string();
    match hash_file(&study) {
        Err(_) => {
            findings.push(Finding::StudyMissing(name));
            return Ok((record, findings));
        }
        Ok(hash) if hash == record.manifest.settings_sha256 => {}
        Ok(_) => findings.push(Finding::SettingsChanged(name)),
    }
    let folder = study.parent().unwrap_or(Path::new(""));
    let inputs = record.manifest.inputs.iter();
    let labels = record.manifest.labels.iter();
    let mut files: Vec<(&str, &str)> = inputs
        .map(|input| (on_disk(&input.path, folder), input.sha256.as_str()))
        .chain(labels.map(|file| (file.path.as_str(), file.sha256.as_str())))
        .collect();
    files.sort_unstable();
    files.dedup();
    for (path, expected) in files {
        match hash_file(&folder.join(path)) {
            Ok(hash) if hash == expected => {}
            Ok(_) => findings.push(Finding::InputChanged(path.to_owned())),
            Err(_) => findings.push(Finding::InputMissing(path.to_owned())),
        }
    }
    Ok((record, findings))
}

/// Goes the whole way again, in a folder that is thrown away, and compares every file.
///
/// # Errors
/// As the run itself.
pub fn repeat(record: &Record, study: Option<&Path>, watch: &dyn Watch) -> Result<Vec<Finding>> {
    let path = study.map_or_else(|| PathBuf::from(&record.study), Path::to_owned);
    let mut study = Study::read(&path)?;
    study.internal = record.internal;
    let count = count(&study, watch)?;
    let (results, specifications) = judge(&study, &count)?;
    let channels = study.channels.iter().zip(count.channels);
    let tallies: Vec<_> = channels
        .map(|(channel, counted)| (channel.id.clone(), counted.tally))
        .collect();
    let folder = tempfile::tempdir().map_err(|error| unreadable(&std::env::temp_dir(), &error))?;
    let again = folder.path().join("again");
    let output = Output::begin(&again)?;
    publish(
        &results,
        &tallies,
        &specifications,
        &record.study,
        output,
        watch,
    )?;
    let made = read(&again)?.outputs;
    let differs = |file: &&OutputFile| !made.contains(file);
    let known = record.outputs.iter().filter(differs);
    let mut paths: Vec<String> = known.map(|file| file.path.clone()).collect();
    let is_new = |file: &&OutputFile| record.outputs.iter().all(|known| known.path != file.path);
    paths.extend(made.iter().filter(is_new).map(|file| file.path.clone()));
    Ok(paths.into_iter().map(Finding::NotRepeated).collect())
}

/// The file on disk of an input: the archive, where it is a member of one.
fn on_disk<'a>(path: &'a str, folder: &Path) -> &'a str {
    if folder.join(path).is_file() {
        return path;
    }
    path.split_once('!').map_or(path, |(archive, _)| archive)
}

pub(super) fn read(out: &Path) -> Result<Record> {
    let path = out.join(MANIFEST);
    let bytes = small_file(&path, LARGEST).map_err(|error| {
        let what = if out.join(RESULTS).is_file() {
            format!("these results have no manifest that can be read: {error}")
        } else {
            "this is no folder of results".to_owned()
        };
        Error::new("verify::no_manifest", what)
            .at(path.display().to_string())
            .help("name the folder that `dormouse run` wrote, or run it again")
    })?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Error::new(
            "verify::manifest",
            format!("this is no manifest of this version: {error}"),
        )
        .at(path.display().to_string())
        .help("use the version of dormouse that wrote it, or run it again")
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        "verify::unreadable",
        format!("the folder cannot be read: {error}"),
    )
    .at(path.display().to_string())
    .help("check that you may read it")
}
