//! What is missing in the labels, and how far two readers agree.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Label;
use super::labels::{Labels, labelled_beside};
use super::worksheet::{ENDINGS, Place};
use crate::error::Result;
use crate::model::results::{Agreement, Kappa};
use crate::stats::kappa::cohens_kappa;
use crate::study::{Channel, Study};

/// The worksheets of one channel as they came back.
#[derive(Debug)]
pub struct Returned {
    /// The analyst's labels.
    pub first: Labels,
    /// Where they lie.
    pub path: PathBuf,
    /// A further file with labels that is not read, because `path` is.
    pub beside: Option<PathBuf>,
    /// The second reader, if there is one.
    pub second: Option<Second>,
}

/// The labels of the second reader against those of the first.
#[derive(Debug)]
pub struct Second {
    /// The labels.
    pub labels: Labels,
    /// Rows of the second worksheet that are not in the first.
    pub strangers: Vec<u64>,
    /// Rows of the first worksheet to which both gave a label, and not the same.
    pub differ: Vec<u64>,
    /// Accounts by both labels: `table[first][second]`, in the order of [`Label::ALL`].
    pub table: [[u64; 3]; 3],
}

impl Second {
    /// How far both agree; `None` where nobody was labelled twice.
    pub fn agreement(&self, level: f64) -> Option<Agreement> {
        let both = self.table.iter().flatten().sum();
        let diagonal = self.table.iter().enumerate();
        let kappa = cohens_kappa(&self.table, level).ok();
        (both > 0).then(|| Agreement {
            both,
            alike: diagonal.filter_map(|(place, row)| row.get(place)).sum(),
            kappa: kappa.map(|found| Kappa {
                estimate: found.kappa.estimate,
                lower: found.kappa.lower,
                upper: found.kappa.upper,
                level,
            }),
        })
    }
}

/// How far the two readers of a channel agree; `None` where nobody was labelled twice.
///
/// # Errors
/// As [`returned`].
pub fn agreement(study: &Study, channel: &Channel) -> Result<Option<Agreement>> {
    let returned = returned(study, channel, None)?;
    Ok(returned
        .and_then(|returned| returned.second)
        .and_then(|second| second.agreement(study.level)))
}

/// Reads the worksheets of a channel; `None` where there is none.
///
/// The file that the study names comes first; where it is without labels or missing, one
/// beside it with another ending that has them.
///
/// # Errors
/// A file that is no worksheet.
pub fn returned(study: &Study, channel: &Channel, out: Option<&Path>) -> Result<Option<Returned>> {
    let place = Place::of(study, channel, out);
    let declared = channel
        .audit
        .as_ref()
        .filter(|_| out.is_none())
        .map(|path| study.folder.join(path));
    let Some((path, beside)) = best(declared, |ending| place.first(ending)) else {
        return Ok(None);
    };
    let first = Labels::read(&path, &path.display().to_string())?;
    let second = match best(None, |ending| place.second(ending)) {
        None => None,
        Some((path, _)) => {
            let labels = Labels::read(&path, &path.display().to_string())?;
            // A worksheet that nobody has opened is no second reader.
            (labels.given() > 0).then(|| compare(&first, labels))
        }
    };
    Ok(Some(Returned {
        first,
        path,
        beside,
        second,
    }))
}

/// The file to read, and a further one with labels.
fn best(
    declared: Option<PathBuf>,
    file: impl Fn(&str) -> PathBuf,
) -> Option<(PathBuf, Option<PathBuf>)> {
    let path = declared
        .into_iter()
        .chain(ENDINGS.map(&file))
        .find(|path| path.is_file())?;
    let other = labelled_beside(&path);
    let labelled = Labels::read(&path, "").is_ok_and(|labels| labels.given() > 0);
    match other {
        Some(other) if !labelled => Some((other, None)),
        other => Some((path, other)),
    }
}

fn compare(first: &Labels, labels: Labels) -> Second {
    let mut by_id = HashMap::new();
    let mut by_profile = HashMap::new();
    for row in &first.rows {
        by_id.insert(row.id.as_str(), row);
        if !row.profile.is_empty() {
            by_profile.insert(row.profile.as_str(), row);
        }
    }
    let mut table = [[0; 3]; 3];
    let (mut strangers, mut differ) = (Vec::new(), Vec::new());
    for row in &labels.rows {
        // A spreadsheet program may have rounded the id; the profile then tells who it is.
        let found = by_id
            .get(row.id.as_str())
            .or_else(|| by_profile.get(row.profile.as_str()));
        let Some(found) = found else {
            strangers.push(row.row);
            continue;
        };
        if row.label.is_some() && found.label.is_some() && row.label != found.label {
            differ.push(found.row);
        }
        let place = |label: Label| Label::ALL.iter().position(|&other| other == label);
        let cell = found
            .label
            .and_then(place)
            .and_then(|first| table.get_mut(first))
            .zip(row.label.and_then(place))
            .and_then(|(cells, second)| cells.get_mut(second));
        if let Some(cell) = cell {
            *cell += 1;
        }
    }
    differ.sort_unstable();
    Second {
        labels,
        strangers,
        differ,
        table,
    }
}
