//! CSV files whose headings the study file explains: `[channel.columns]`.
//!
//! Not in the registry, because what it reads is said by a study and not by the file.

use crate::error::{Error, Result};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::column::{Column, Meaning};
use crate::ingest::text::dates::Layout;
use crate::ingest::text::delimited::{self, PREAMBLE, Table};
use crate::ingest::{Adapter, Format, Role};
use crate::model::evidence::{Design, Field};

use super::canonical_csv::kind;

/// Reads files that have these columns: field, heading.
#[derive(Clone, Debug)]
pub struct MappedCsv(pub Vec<(Field, String)>);

static FORMAT: Format = Format {
    name: "mapped-csv",
    platform: None,
    title: "CSV with the columns of the study file",
    how: "Write under [channel.columns] of the study file which heading stands for which field",
    carries: &Field::ALL,
    proves: "whatever its columns hold",
    lacks: "what its columns do not hold",
    holds: &[],
    design: Design::Unknown,
    page: None,
    role: Role::Followers,
};

/// How a file stands to the columns of the study.
#[derive(Debug)]
pub enum Fit {
    /// It has all of them.
    All,
    /// It has the ids and lacks another: an error.
    Some(Error),
    /// It is a table without the ids; perhaps another format. The error, if it is none.
    Other(Error),
    /// It is no table.
    NoTable,
}

impl MappedCsv {
    /// How a file stands to the columns.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn fit(&self, member: &Member) -> Result<Fit> {
        let (bytes, whole) = member.head()?;
        let head = Head::new(&bytes, whole);
        if head.is_json() || head.trimmed().starts_with(b"<") || head.is_empty() {
            return Ok(Fit::NoTable);
        }
        let lines = head.bytes.split(|&byte| byte == b'\n').take(PREAMBLE);
        let headers: Vec<Vec<String>> = lines
            .map(|line| Head::new(line, false).header().names.clone())
            .filter(|names| names.iter().any(|name| !name.is_empty()))
            .collect();
        let has_id = |names: &&Vec<String>| {
            self.0
                .iter()
                .any(|(field, heading)| *field == Field::Id && names.contains(heading))
        };
        let (names, has_id) = match headers.iter().find(has_id) {
            Some(names) => (names, true),
            None => match headers.first() {
                Some(names) => (names, false),
                None => return Ok(Fit::NoTable),
            },
        };
        let absent = self
            .0
            .iter()
            .find(|(field, heading)| !names.contains(heading) && (has_id || *field == Field::Id))
            .map(|(field, heading)| absent(*field, heading, names).at(&member.name));
        Ok(match absent {
            None => Fit::All,
            Some(error) if has_id => Fit::Some(error),
            Some(error) => Fit::Other(error),
        })
    }

    fn understand(&self, header: &[String]) -> Option<Table> {
        let column = |(field, heading): &(Field, String)| {
            Some(Column {
                index: header.iter().position(|name| name == heading)?,
                name: heading.clone(),
                meaning: Meaning::Is(*field),
                kind: kind(*field),
                layout: Layout::Unseen,
                empty_is_default: false,
            })
        };
        let columns = self.0.iter().map(column).collect::<Option<Vec<_>>>()?;
        Some(Table {
            platform: None,
            columns,
        })
    }
}

/// The error for a heading that the file does not have. Headings are the file's own words,
/// and no person's.
fn absent(field: Field, heading: &str, names: &[String]) -> Error {
    let nearest = names
        .iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&name.to_lowercase(), &heading.to_lowercase()),
                name,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    Error::new(
        "ingest::columns",
        format!(
            "the file has no column `{heading}`, which [channel.columns] of the study file names \
             for {}",
            field.as_str()
        ),
    )
    .help(match nearest {
        Some((_, name)) => format!("did you mean `{name}`?"),
        None => "write the heading as it stands in the first line of the file".to_owned(),
    })
}

impl Adapter for MappedCsv {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, _: &Head<'_>) -> bool {
        // Asked by `fit`, which also says what is missing.
        false
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        delimited::read(member, intake, |header| self.understand(header))
    }
}
