//! Labels read back.
//!
//! The estimate uses the strata and sizes of the draw, never classes computed later:
//! post-stratifying on classes of another day would assume that inclusion was equal
//! inside them.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::Label;
use super::table::{self, Row};
use super::words::{Meaning, is_rounded, meaning};
use super::worksheet::{Column, ENDINGS};
use crate::error::{Error, Result};
use crate::model::results::AuditSummary;
use crate::model::spreadsheet::unguarded;
use crate::model::tally::Counts;
use crate::study::small_file;

/// A worksheet as it came back.
#[derive(Debug)]
pub struct Labels {
    /// The file, as it is named to people.
    pub name: String,
    /// The rows of followers.
    pub rows: Vec<Labelled>,
    /// Rows without a label.
    pub missing: Vec<u64>,
    /// Rows whose label is none of the words.
    pub unread: Vec<u64>,
    /// What else is wrong, with its place.
    pub problems: Vec<Error>,
}

/// One follower that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The row.
    pub row: u64,
    /// The id.
    pub id: String,
    /// The address of the profile, where the worksheet gives it.
    pub profile: String,
    /// The stratum of the draw; `all` where the worksheet has none.
    pub stratum: String,
    /// Followers in it when the draw was made.
    pub size: Option<u64>,
    /// The label, if it can be read.
    pub label: Option<Label>,
}

/// Reads an audit file with the columns `id, stratum, stratum_size, label`, every row of
/// which must be labelled.
///
/// `now` is how the list looks today; it stands in for the sizes of the draw only
/// where the file gives none and its strata are the present classes, or there is one.
///
/// # Errors
/// A column or label that is missing or not known, an id twice, sizes that contradict
/// each other, strata without sizes that are not the present classes.
pub fn read(path: &Path, name: &str, now: Counts) -> Result<AuditSummary> {
    let mut labels = Labels::read(path, name)?;
    if labels.given() == 0 && labels.problems.is_empty() {
        return Err(labels.unlabelled(path));
    }
    if !labels.problems.is_empty() {
        return Err(labels.problems.swap_remove(0));
    }
    let missing = labels
        .missing
        .first()
        .map(|&row| (row, "there is no label"));
    let unread = labels.unread.first();
    let unread = unread.map(|&row| (row, "expected dormant, active or unknown"));
    if let Some((row, message)) = missing.into_iter().chain(unread).min() {
        return Err(labels
            .at(row, Column::Label, message)
            .help("label every row; write unknown where the profile does not tell; `dormouse audit check` lists what is missing"));
    }
    labels.summary(now)
}

/// More bytes than any worksheet has.
const LARGEST: u64 = 64 << 20;

impl Labels {
    /// Reads a worksheet, and notes what is wrong in it.
    ///
    /// # Errors
    /// The file cannot be read, or has no columns `id` and `label`.
    pub fn read(path: &Path, name: &str) -> Result<Self> {
        let bytes = small_file(path, LARGEST).map_err(|error| {
            Error::new(
                "audit::unreadable",
                format!("the audit file cannot be read: {error}"),
            )
            .at(name)
            .help("check the path under `audit` in the study file, make a worksheet with `dormouse audit draw`, or take the line out")
        })?;
        Self::of(&bytes, name)
    }

    /// [`Labels::read`], of bytes.
    ///
    /// # Errors
    /// As there.
    pub fn of(bytes: &[u8], name: &str) -> Result<Self> {
        let sheets = table::sheets(bytes, name)?;
        let mut missing = Column::Id;
        for sheet in &sheets {
            for (place, row) in sheet.iter().enumerate().take(20) {
                match Columns::of(row) {
                    Ok(columns) => {
                        let rows = sheet.get(place + 1..).unwrap_or_default();
                        return Ok(Self::of_rows(rows, &columns, name));
                    }
                    Err(column) if column == Column::Label => missing = column,
                    Err(_) => {}
                }
            }
        }
        Err(Error::new("audit::label", "this column is missing")
            .at(name)
            .row(1)
            .column(missing.heading())
            .help("an audit file has the columns id, stratum, stratum_size, label"))
    }

    fn of_rows(rows: &[Row], columns: &Columns, name: &str) -> Self {
        let mut labels = Self {
            name: name.to_owned(),
            rows: Vec::with_capacity(rows.len()),
            missing: Vec::new(),
            unread: Vec::new(),
            problems: Vec::new(),
        };
        let mut followers = HashSet::new();
        let mut sizes: BTreeMap<String, Option<u64>> = BTreeMap::new();
        for row in rows {
            let cell = |place: Option<usize>| place.map_or("", |place| row.cell(place));
            let id = unguarded(row.cell(columns.id));
            let word = row.cell(columns.label);
            if id.is_empty() {
                // What somebody wrote below the table is none of ours, unless it has a label.
                if !word.is_empty() {
                    labels.note(
                        row,
                        Column::Id,
                        "there is a label, but no id",
                        "take the row out, or copy its id from the worksheet as it was drawn",
                    );
                }
                continue;
            }
            let profile = cell(columns.profile).to_owned();
            if !followers.insert((id.to_owned(), profile.clone())) {
                if is_rounded(id) {
                    labels.note(row, Column::Id, "a spreadsheet program has rounded the ids (written like 8.41E+17), so that they cannot be told apart", "copy the labels into the XLSX of the draw, whose ids are text");
                } else {
                    labels.note(
                        row,
                        Column::Id,
                        "this id was drawn twice",
                        "keep one row for each follower",
                    );
                }
                continue;
            }
            let stratum = match cell(columns.stratum) {
                _ if columns.stratum.is_none() => "all".to_owned(),
                stratum => stratum.to_lowercase(),
            };
            let size = match cell(columns.size) {
                "" => None,
                size => {
                    match size.parse::<u64>() {
                        Ok(size) => Some(size),
                        Err(_) => {
                            labels.note(row, Column::StratumSize, "expected a whole number", "write the number of followers of the stratum without points or commas");
                            continue;
                        }
                    }
                }
            };
            if *sizes.entry(stratum.clone()).or_insert(size) != size {
                labels.note(
                    row,
                    Column::StratumSize,
                    "the same stratum has another size above",
                    "all rows of a stratum carry the size that it had when the draw was made",
                );
                continue;
            }
            let label = match meaning(word) {
                Meaning::Label(label) => Some(label),
                Meaning::Blank => {
                    labels.missing.push(row.number);
                    None
                }
                Meaning::Other => {
                    labels.unread.push(row.number);
                    None
                }
            };
            labels.rows.push(Labelled {
                row: row.number,
                id: id.to_owned(),
                profile,
                stratum,
                size,
                label,
            });
        }
        labels
    }

    /// How many rows have a label, read or not.
    pub fn given(&self) -> usize {
        self.unread.len()
            + self.count(Label::Dormant)
            + self.count(Label::Active)
            + self.count(Label::Unknown)
    }

    /// How many rows have this label.
    pub fn count(&self, label: Label) -> usize {
        let is = |row: &&Labelled| row.label == Some(label);
        self.rows.iter().filter(is).count()
    }

    /// Whether every row has a label that can be read, and nothing else is wrong.
    pub fn complete(&self) -> bool {
        self.missing.is_empty() && self.unread.is_empty() && self.problems.is_empty()
    }

    /// Whether the sizes of the strata must come from the list as it is now.
    pub fn lacks_sizes(&self) -> bool {
        self.rows.iter().any(|row| row.size.is_none())
    }

    /// The error for a worksheet that nobody has filled in, with the file beside it that
    /// somebody has.
    fn unlabelled(&self, path: &Path) -> Error {
        let error =
            Error::new("audit::empty", "no row of the audit file has a label").at(&self.name);
        let other = labelled_beside(path)
            .and_then(|other| Some(other.file_name()?.to_string_lossy().into_owned()));
        match other {
            Some(other) => error.help(format!(
                "the labels are in {other}, beside it: name that file under `audit` in the study file"
            )),
            None => error.help("label the draw, or take the line `audit` out of the study file"),
        }
    }

    fn at(&self, row: u64, column: Column, message: &str) -> Error {
        Error::new("audit::label", message)
            .at(&self.name)
            .row(row)
            .column(column.heading())
    }

    fn note(&mut self, row: &Row, column: Column, message: &str, help: &str) {
        let problem = self.at(row.number, column, message).help(help);
        self.problems.push(problem);
    }
}

/// A file beside this one, of the same name with another ending, that holds labels.
pub(super) fn labelled_beside(path: &Path) -> Option<std::path::PathBuf> {
    ENDINGS
        .into_iter()
        .map(|ending| path.with_extension(ending))
        .filter(|other| other != path && other.is_file())
        .find(|other| Labels::read(other, "").is_ok_and(|labels| labels.given() > 0))
}

/// Places of the columns in a row.
struct Columns {
    id: usize,
    label: usize,
    stratum: Option<usize>,
    size: Option<usize>,
    profile: Option<usize>,
}

impl Columns {
    /// The columns by their headings, or the one that is missing.
    fn of(row: &Row) -> std::result::Result<Self, Column> {
        let find = |column: Column| {
            row.cells
                .iter()
                .position(|cell| cell.eq_ignore_ascii_case(column.heading()))
        };
        Ok(Self {
            id: find(Column::Id).ok_or(Column::Id)?,
            label: find(Column::Label).ok_or(Column::Label)?,
            stratum: find(Column::Stratum),
            size: find(Column::StratumSize),
            profile: find(Column::Profile),
        })
    }
}
