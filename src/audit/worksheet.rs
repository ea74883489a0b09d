//! The files that an analyst fills in.
//!
//! Each channel has four: a CSV and an XLSX for the analyst, and the same for a second
//! reader. They are written whole or not at all, for their owner alone, and never over
//! labels that somebody has already given.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::draw::{Drawn, Row};
use super::labels::Labels;
use super::workbook::xlsx;
use crate::error::{Error, Result, plainly};
use crate::model::platform::Language;
use crate::model::spreadsheet::guarded;
use crate::study::{Channel, Study};
use crate::wording::Words;
use crate::wording::worksheet::Facts;

/// The folder of worksheets beside the study file.
pub const FOLDER: &str = "audit";

/// The files by which a folder of results is known; no worksheet is written there.
const RESULTS: [&str; 2] = ["results.json", "briefing.html"];

/// A column of a worksheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The id in the export.
    Id,
    /// The stratum of the draw.
    Stratum,
    /// Followers in the stratum when the draw was made.
    StratumSize,
    /// What the analyst found.
    Label,
    /// The address of the profile.
    Profile,
    /// Whatever the analyst wants to remember.
    Note,
}

/// The columns, in order.
pub const COLUMNS: [Column; 6] = [
    Column::Id,
    Column::Stratum,
    Column::StratumSize,
    Column::Label,
    Column::Profile,
    Column::Note,
];

impl Column {
    /// The heading, in every language the same: the reader goes by it.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Stratum => "stratum",
            Self::StratumSize => "stratum_size",
            Self::Label => "label",
            Self::Profile => "profile",
            Self::Note => "note",
        }
    }

    /// Width on the sheet, in characters.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Label => 12.0,
            Self::Stratum | Self::StratumSize => 14.0,
            Self::Id => 24.0,
            Self::Note => 40.0,
            Self::Profile => 58.0,
        }
    }
}

/// Where the worksheets of a channel lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
    stem: String,
}

/// The endings that a worksheet may have, the first two as they are written.
pub const ENDINGS: [&str; 5] = ["xlsx", "csv", "ods", "tsv", "txt"];

impl Place {
    /// The files of a channel: where its line `audit` says, or below `out`, or in the
    /// folder `audit` beside the study file.
    pub fn of(study: &Study, channel: &Channel, out: Option<&Path>) -> Self {
        let declared = channel.audit.as_ref().map(|path| study.folder.join(path));
        let (folder, stem) = match (out, &declared) {
            (Some(out), _) => (out, None),
            (None, Some(declared)) => (
                declared.parent().unwrap_or(Path::new("")),
                declared.file_stem(),
            ),
            (None, None) => return Self::new(&study.folder.join(FOLDER), &channel.id),
        };
        let stem = stem.map(|stem| stem.to_string_lossy());
        Self::new(folder, stem.as_deref().unwrap_or(&channel.id))
    }

    fn new(folder: &Path, stem: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            stem: stem.to_owned(),
        }
    }

    /// The analyst's worksheet with an ending.
    pub fn first(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", self.stem))
    }

    /// The second reader's worksheet with an ending.
    pub fn second(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}-second.{ending}", self.stem))
    }

    /// The line of the study file that names a worksheet: below the folder of the study
    /// where it lies there.
    pub fn study_line(study: &Study, path: &Path) -> String {
        let path = match path.strip_prefix(&study.folder) {
            Ok(below) => below.to_owned(),
            Err(_) => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
        };
        let path = path.to_string_lossy().into_owned();
        format!("audit = {}", toml::Value::String(path))
    }

    /// Every file that a draw writes or replaces.
    pub fn written(&self) -> [PathBuf; 4] {
        [
            self.first("xlsx"),
            self.first("csv"),
            self.second("xlsx"),
            self.second("csv"),
        ]
    }

    /// Refuses a place where a worksheet may not go: over labels, unless `force`, and
    /// among results.
    ///
    /// # Errors
    /// `audit::labelled`, `audit::not_ours` and `audit::among_results`.
    pub fn check_writable(&self, force: bool) -> Result<()> {
        let full = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let is_of_results = |folder: &Path| RESULTS.iter().all(|name| folder.join(name).is_file());
        if full.ancestors().any(is_of_results) {
            return Err(Error::new(
                "audit::among_results",
                "this is a folder of results, which are made to be passed on; a worksheet names people",
            )
            .at(self.folder.display().to_string())
            .help("choose another folder with --out"));
        }
        for path in self.written() {
            if force || !path.exists() {
                continue;
            }
            let name = path.display().to_string();
            match Labels::read(&path, &name) {
                Ok(labels) if labels.given() == 0 => {}
                Ok(_) => {
                    return Err(Error::new(
                        "audit::labelled",
                        "this worksheet holds labels, and a new draw would replace it",
                    )
                    .at(name)
                    .help("write the new draw elsewhere with --out, leave this channel out with --channel, or replace it with --force"));
                }
                Err(_) => {
                    return Err(Error::new(
                        "audit::not_ours",
                        "there is a file here that is no worksheet of an audit",
                    )
                    .at(name)
                    .help(
                        "write the draw elsewhere with --out, or replace the file with --force",
                    ));
                }
            }
        }
        Ok(())
    }

    /// Writes the worksheets of a draw and gives their paths. Those of a second reader
    /// that the draw does not have are removed.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(
        &self,
        drawn: &Drawn,
        channel: &Channel,
        census: i64,
        words: Words,
    ) -> Result<Vec<PathBuf>> {
        let unwritable = |path: &Path, error: &std::io::Error| {
            Error::new(
                "audit::unwritable",
                format!("the worksheet cannot be written: {}", plainly(error)),
            )
            .at(path.display().to_string())
            .help("check that the folder may be written and the disk has room")
        };
        let first: Vec<&Row> = drawn.rows.iter().collect();
        let second = drawn.second_rows();
        let instant = crate::frame::dates::rfc_3339(census);
        let facts = |rows: &[&Row], second| Facts {
            channel: &channel.name,
            census: &instant,
            rows: rows.len(),
            second,
        };
        let mut files = vec![
            (
                self.first("xlsx"),
                xlsx(&first, facts(&first, false), census, words)?,
            ),
            (self.first("csv"), csv(&first, words.language())?),
        ];
        if second.is_empty() {
            for path in [self.second("xlsx"), self.second("csv")] {
                if path.exists() {
                    fs::remove_file(&path).map_err(|error| unwritable(&path, &error))?;
                }
            }
        } else {
            files.push((
                self.second("xlsx"),
                xlsx(&second, facts(&second, true), census, words)?,
            ));
            files.push((self.second("csv"), csv(&second, words.language())?));
        }
        // A name without a folder lies in the folder that we stand in.
        let here = self.folder.as_os_str().is_empty();
        let folder = if here { Path::new(".") } else { &self.folder };
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        for (path, bytes) in &files {
            write_private(folder, path, bytes).map_err(|error| unwritable(path, &error))?;
        }
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }
}

/// Writes a file that only its owner can read, whole or not at all: a temporary file is
/// made so, and takes the place of the other.
fn write_private(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Rows as CSV, as the spreadsheet programs of the language open them with a double
/// click: `;` where the comma is the decimal sign, and a mark for UTF-8 where anything
/// is beyond ASCII.
///
/// # Errors
/// Never in practice: memory can be written.
pub fn csv(rows: &[&Row], language: Language) -> Result<Vec<u8>> {
    let failed = |error: csv::Error| Error::new("audit::csv", error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .delimiter(match language {
            Language::Nl => b';',
            Language::En => b',',
        })
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(COLUMNS.map(Column::heading))
        .map_err(failed)?;
    for row in rows {
        let size = row.stratum_size.to_string();
        let record = COLUMNS.map(|column| match column {
            Column::Id => guarded(&row.id),
            Column::Stratum => row.stratum.into(),
            Column::StratumSize => size.as_str().into(),
            Column::Profile => row.profile.as_deref().unwrap_or("").into(),
            Column::Label | Column::Note => "".into(),
        });
        writer
            .write_record(record.iter().map(|cell| cell.as_bytes()))
            .map_err(failed)?;
    }
    let text = writer
        .into_inner()
        .map_err(|error| failed(error.into_error().into()))?;
    if text.is_ascii() {
        return Ok(text);
    }
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend(text);
    Ok(marked)
}
