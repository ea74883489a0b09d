//! `dormouse init`: a folder of exports to a study file.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::progress::Progress;
use super::table::table;
use super::{Format, Outcome, print, print_json};
use crate::error::{Error, Result, plainly};
use crate::frame::dates;
use crate::model::platform::Language;
use crate::pipeline::{self, Said, Wanted};
use crate::study::scaffold::{Proposal, Scaffold, Why};
use crate::wording::Words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Looks at every file below the folder, in archives too, and writes a study file with a channel
for each account whose followers or totals it finds, what these exports prove, what is missing
and the next step. What nobody can know from the exports stands in it as FILL IN.

Exports may lie there as they were downloaded: zips, folders, .gz, several of one platform.

Exit codes: 0 done; 1 done, but the census instant is not known or too early, a file could not
be read, or a platform is not known; 2 nothing was written.

Examples:
  dormouse init exports
  dormouse init exports --organisation \"Gemeente Voorbeeld\" --language nl
  dormouse init ~/Downloads/exports --out review/study.toml --census 2026-10-01
  dormouse init exports --force && dormouse run study.toml")]
pub struct Arguments {
    /// The folder with the exports.
    folder: PathBuf,
    /// The study file to write.
    #[arg(long, default_value = "study.toml")]
    out: PathBuf,
    /// The public body.
    #[arg(long)]
    organisation: Option<String>,
    /// Language of the comments and of the briefing.
    #[arg(long, value_parser = language, default_value = "en")]
    language: Language,
    /// The instant at which everybody is judged, like 2026-10-01 or 2026-10-01T12:00:00Z;
    /// from the exports when left out.
    #[arg(long, value_parser = instant)]
    census: Option<i64>,
    /// Replace a study file that is there.
    #[arg(long)]
    force: bool,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

fn language(text: &str) -> std::result::Result<Language, String> {
    match text {
        "en" => Ok(Language::En),
        "nl" => Ok(Language::Nl),
        _ => Err("expected nl or en".to_owned()),
    }
}

/// A day is its beginning, as in a study file.
fn instant(text: &str) -> std::result::Result<i64, String> {
    let whole = if text.contains('T') {
        text.to_owned()
    } else {
        format!("{text}T00:00:00Z")
    };
    dates::iso_8601(whole.as_bytes())
        .filter(|ms| (dates::EARLIEST..dates::LATEST).contains(ms))
        .ok_or_else(|| "expected a day like 2026-10-01, or an instant in UTC".to_owned())
}

#[derive(Serialize)]
struct Report<'a> {
    study: String,
    census: Option<&'a str>,
    channels: Vec<Row<'a>>,
    unused: Vec<&'a str>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    platform: &'static str,
    exports: &'a [String],
    rows: u64,
    evidence: &'static str,
    design: Option<&'static str>,
    missing: Vec<&'static str>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let study = &arguments.out;
    if study.exists() && !arguments.force {
        return Err(there(study));
    }
    let said = Said {
        organisation: arguments.organisation.clone(),
        language: arguments.language,
        census: arguments.census,
    };
    let progress = Progress::new();
    let wanted = Wanted {
        folder: &arguments.folder,
        study,
        said: &said,
    };
    let scaffold = pipeline::look(wanted, &progress)?;
    drop(progress);
    write(study, &scaffold.write())?;
    match arguments.format {
        Format::Json => print_json(&report(&scaffold))?,
        Format::Text => print(&text(&scaffold))?,
    }
    let faults = scaffold
        .unused
        .iter()
        .any(|unused| matches!(unused.why, Why::Fault(_) | Why::NoPlatform));
    let nameless = scaffold
        .channels
        .iter()
        .any(|channel| scaffold.missing(channel).contains(&"platform"));
    let undated = scaffold.census.is_none() || scaffold.later_day().is_some();
    Ok(if undated || faults || nameless {
        Outcome::Look
    } else {
        Outcome::Done
    })
}

fn row<'a>(scaffold: &Scaffold, channel: &'a Proposal) -> Row<'a> {
    Row {
        id: &channel.id,
        platform: channel.platform.key(),
        exports: &channel.exports,
        rows: channel.formats.iter().map(|(_, _, rows)| rows).sum(),
        evidence: channel.evidence.as_str(),
        design: channel.design.map(|design| design.as_str()),
        missing: scaffold.missing(channel),
    }
}

fn report(scaffold: &Scaffold) -> Report<'_> {
    Report {
        study: scaffold.study.clone(),
        census: scaffold.census.as_ref().map(|dated| dated.at.as_str()),
        channels: scaffold
            .channels
            .iter()
            .map(|channel| row(scaffold, channel))
            .collect(),
        unused: scaffold
            .unused
            .iter()
            .map(|unused| unused.file.as_str())
            .collect(),
    }
}

fn text(scaffold: &Scaffold) -> String {
    let words = Words::new(Language::En);
    let rows = scaffold
        .channels
        .iter()
        .map(|channel| {
            let row = row(scaffold, channel);
            vec![
                row.id.to_owned(),
                row.evidence.to_owned(),
                row.design.unwrap_or("–").to_owned(),
                row.missing.join(", "),
                words.count(row.exports.len() as u64),
                words.count(row.rows),
            ]
        })
        .collect();
    let head = [
        "Channel", "Evidence", "Design", "Missing", "Exports", "Rows",
    ];
    let study = &scaffold.study;
    let mut text = format!("{}\n\n", table(&head, rows, 4..));
    match &scaffold.census {
        Some(dated) => {
            text.push_str(&format!("Census: {}", words.date(&dated.at)));
            if let Some(day) = scaffold.later_day() {
                let day = words.date(day);
                text.push_str(&format!(", but an export holds a later date: {day}"));
            }
            text.push('\n');
        }
        None => text.push_str("Census: no export says when it was made; fill it in\n"),
    }
    if !scaffold.unused.is_empty() {
        let files = words.files(scaffold.unused.len() as u64);
        text.push_str(&format!("Not used: {files}; {study} says why\n"));
    }
    text.push_str(&format!(
        "Written: {study}; read it through, then: dormouse run {study}\n"
    ));
    text
}

fn there(study: &Path) -> Error {
    Error::new(
        "cli::init",
        "there is a file already, and it is left as it is",
    )
    .at(study.display().to_string())
    .help("give another name with --out, or replace it with --force")
}

/// Writes the study file whole or not at all.
fn write(study: &Path, text: &str) -> Result<()> {
    let folder = match study.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let unwritable = |error: &std::io::Error| {
        Error::new(
            "cli::init",
            format!("the study file cannot be written: {}", plainly(error)),
        )
        .at(study.display().to_string())
        .help("check that the folder exists and that you may write there")
    };
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        readable(file.as_file())?;
        file.persist(study).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| unwritable(&error))
}

/// A temporary file is its maker's alone; a study file may be read by others.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
