//! Labels read back: counts per stratum of the draw.
//!
//! The estimate uses the strata and sizes of the draw, never classes computed later:
//! post-stratifying on classes of another day would assume that inclusion was equal
//! inside them.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use crate::error::{Error, Result};
use crate::model::results::{AuditSummary, Stratum};
use crate::model::tally::Counts;

/// What an analyst may write, in lower case, and what it means.
const LABELS: [(&str, Label); 8] = [
    ("dormant", Label::Dormant),
    ("active", Label::Active),
    ("unknown", Label::Unknown),
    ("slapend", Label::Dormant),
    ("actief", Label::Active),
    ("onbekend", Label::Unknown),
    ("wakker", Label::Active),
    ("awake", Label::Active),
];

#[derive(Clone, Copy)]
enum Label {
    Dormant,
    Active,
    Unknown,
}

/// Columns of an audit file.
struct Columns {
    id: usize,
    label: usize,
    stratum: Option<usize>,
    size: Option<usize>,
}

/// Reads an audit file with the columns `id, stratum, stratum_size, label`.
///
/// `now` is how the list looks today; it stands in for the sizes of the draw only
/// where the file gives none and its strata are the present classes, or there is one.
///
/// # Errors
/// A column or label that is missing or not known, an id twice, sizes that contradict
/// each other, strata without sizes that are not the present classes.
pub fn read(path: &Path, name: &str, now: Counts) -> Result<AuditSummary> {
    let text = std::fs::read(path).map_err(|error| {
        Error::new(
            "audit::unreadable",
            format!("the audit file cannot be read: {error}"),
        )
        .at(name)
        .help("check the path under `audit` in the study file, or take the line out")
    })?;
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
    let header = text.split(|&byte| byte == b'\n').next().unwrap_or(text);
    let delimiter = if header.contains(&b';') && !header.contains(&b',') {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text);
    let columns = columns(
        reader
            .byte_headers()
            .map_err(|error| broken(name, 1, &error))?,
        name,
    )?;

    let mut strata: BTreeMap<String, (Option<u64>, Stratum)> = BTreeMap::new();
    let mut ids = HashSet::new();
    let mut record = csv::ByteRecord::new();
    let mut row = 1;
    while reader
        .read_byte_record(&mut record)
        .map_err(|error| broken(name, row + 1, &error))?
    {
        row += 1;
        let cell = |place: usize| {
            String::from_utf8_lossy(record.get(place).unwrap_or_default())
                .trim()
                .to_owned()
        };
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        if !ids.insert(cell(columns.id)) {
            return Err(at(name, row, "id", "this id was drawn twice")
                .help("keep one row for each follower"));
        }
        let stratum = columns.stratum.map_or_else(|| "all".to_owned(), &cell);
        let size = columns.size.map(&cell).filter(|size| !size.is_empty());
        let size = match size.map(|size| size.parse::<u64>()) {
            None => None,
            Some(Ok(size)) => Some(size),
            Some(Err(_)) => {
                return Err(
                    at(name, row, "stratum_size", "expected a whole number").help(
                        "write the number of followers of the stratum without points or commas",
                    ),
                );
            }
        };
        let (known, counts) = strata.entry(stratum.clone()).or_insert_with(|| {
            (
                size,
                Stratum {
                    name: stratum,
                    size: 0,
                    dormant: 0,
                    active: 0,
                    unknown: 0,
                },
            )
        });
        if *known != size {
            return Err(at(
                name,
                row,
                "stratum_size",
                "the same stratum has another size above",
            )
            .help("all rows of a stratum carry the size that it had when the draw was made"));
        }
        match label(&cell(columns.label)) {
            Some(Label::Dormant) => counts.dormant += 1,
            Some(Label::Active) => counts.active += 1,
            Some(Label::Unknown) => counts.unknown += 1,
            None => {
                return Err(
                    at(name, row, "label", "expected dormant, active or unknown")
                        .help("label every row; write unknown where the profile does not tell"),
                );
            }
        }
    }
    if strata.is_empty() {
        return Err(Error::new("audit::empty", "the audit file holds no labels")
            .at(name)
            .help("label the draw, or take the line `audit` out of the study file"));
    }
    sized(strata, name, now)
}

fn sized(
    strata: BTreeMap<String, (Option<u64>, Stratum)>,
    name: &str,
    now: Counts,
) -> Result<AuditSummary> {
    let alone = strata.len() == 1;
    let mut sized = Vec::with_capacity(strata.len());
    if !alone && strata.values().all(|(size, _)| size.is_none()) {
        // A present class that nobody was drawn from can be anything.
        for (class, size) in [
            ("awake", now.awake),
            ("silent", now.silent),
            ("undetermined", now.undetermined),
        ] {
            if size > 0 && !strata.contains_key(class) {
                let name = class.to_owned();
                sized.push(Stratum {
                    name,
                    size,
                    dormant: 0,
                    active: 0,
                    unknown: 0,
                });
            }
        }
    }
    for (size, mut stratum) in strata.into_values() {
        let present = match stratum.name.as_str() {
            _ if alone => Some(now.present()),
            "awake" => Some(now.awake),
            "silent" => Some(now.silent),
            "undetermined" => Some(now.undetermined),
            _ => None,
        };
        stratum.size = size.or(present).ok_or_else(|| {
            Error::new(
                "audit::sizes",
                "strata without sizes that are not the present classes",
            )
            .at(name)
            .column("stratum_size")
            .help("add the column stratum_size: followers in each stratum when the draw was made")
        })?;
        let labelled = stratum.dormant + stratum.active + stratum.unknown;
        if labelled > stratum.size {
            return Err(Error::new(
                "audit::sizes",
                format!(
                    "a stratum of {} followers has {labelled} labels",
                    stratum.size
                ),
            )
            .at(name)
            .column("stratum_size")
            .help(
                "the size is the number of followers of the stratum in the list, not of labels",
            ));
        }
        sized.push(stratum);
    }
    Ok(AuditSummary { strata: sized })
}

fn columns(header: &csv::ByteRecord, name: &str) -> Result<Columns> {
    let find = |wanted: &str| {
        header
            .iter()
            .position(|cell| cell.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes()))
    };
    let need = |wanted: &'static str| {
        find(wanted).ok_or_else(|| {
            at(name, 1, wanted, "this column is missing")
                .help("an audit file has the columns id, stratum, stratum_size, label")
        })
    };
    Ok(Columns {
        id: need("id")?,
        label: need("label")?,
        stratum: find("stratum"),
        size: find("stratum_size"),
    })
}

fn label(cell: &str) -> Option<Label> {
    let cell = cell.to_lowercase();
    LABELS
        .iter()
        .find(|(word, _)| *word == cell)
        .map(|&(_, label)| label)
}

fn at(name: &str, row: u64, column: &str, message: &str) -> Error {
    Error::new("audit::label", message)
        .at(name)
        .row(row)
        .column(column)
}

fn broken(name: &str, row: u64, error: &csv::Error) -> Error {
    let place = error.position().map_or(row, csv::Position::line);
    Error::new("audit::unreadable", "this row is no row of a CSV")
        .at(name)
        .row(place)
        .help("save the worksheet again as CSV (UTF-8)")
}
