//! A delimited file of one row a follower: divided into cells, row by row.

use std::cell::Cell;
use std::io::BufRead;
use std::rc::Rc;

use csv::ByteRecord;

use super::column::{Column, Fault, Kind, Meaning, Row, is_null};
use super::dates::{Layout, SURVEYED, Survey, Undecided};
use super::fuse::{self, Fuse};
use crate::error::{Error, Result};
use crate::ingest::container::{Member, unreadable};
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::model::platform::Platform;

/// Rows that are looked at, at most, before the layouts of the columns are decided.
const SURVEYED_ROWS: u64 = 20_000;

/// Rows within which the headings stand; platforms write notes above them.
pub const PREAMBLE: usize = 12;

/// More lines or bytes than any row about one person has.
const RUNAWAY_LINES: usize = 200;
const RUNAWAY_BYTES: usize = 1 << 20;

/// Bytes after which a row is given up.
const LONGEST_ROW: usize = 16 << 20;

/// More columns than any list of followers has.
const MOST_COLUMNS: usize = 4_096;

/// What the columns of a file mean.
#[derive(Clone, Debug)]
pub struct Table {
    /// The platform, where the headings tell it.
    pub platform: Option<Platform>,
    /// The columns that say something about followers.
    pub columns: Vec<Column>,
}

/// The headings in the first line of a file, and what divides them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// `,`, `;` or tab: the one that occurs most outside quotes.
    pub delimiter: u8,
    /// The headings, without white space around them.
    pub names: Vec<String>,
}

impl Header {
    /// The header of a file.
    pub fn of(head: &Head<'_>) -> Self {
        let line = head.first_line();
        let delimiter = delimiter(line.as_bytes());
        let mut record = ByteRecord::new();
        // Memory cannot fail to be read; an unreadable line has no headings.
        let _ = reader(line.as_bytes(), delimiter).read_byte_record(&mut record);
        Self {
            delimiter,
            names: names(&record),
        }
    }
}

/// The delimiter of a line; a comma where none occurs.
pub fn delimiter(line: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b'\t', 0), (b';', 0), (b',', 0)];
    for &byte in line {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += u32::from(byte == *delimiter && !quoted);
        }
    }
    counts
        .iter()
        .max_by_key(|&&(_, count)| count)
        .map_or(b',', |&(delimiter, _)| delimiter)
}

fn names(record: &ByteRecord) -> Vec<String> {
    record
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect()
}

fn reader<R: std::io::Read>(input: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 18)
        .from_reader(input)
}

/// Rows of a file, after its header.
struct Rows<'a> {
    reader: csv::Reader<Fuse<'a>>,
    /// Bytes that may be read before the row ends.
    left: Rc<Cell<usize>>,
    name: &'a str,
    delimiter: u8,
    record: ByteRecord,
    /// Number of headings.
    width: usize,
}

impl<'a> Rows<'a> {
    fn of(
        input: &'a mut dyn BufRead,
        name: &'a str,
        delimiter: u8,
        understand: impl Fn(&[String]) -> Option<Table>,
    ) -> Result<(Self, Table)> {
        let (fuse, left) = Fuse::new(input, LONGEST_ROW);
        let mut rows = Self {
            reader: reader(fuse, delimiter),
            left,
            name,
            delimiter,
            record: ByteRecord::new(),
            width: 0,
        };
        let mut above = 0;
        while above < PREAMBLE && rows.next()? {
            if rows.record.len() > MOST_COLUMNS {
                return Err(Error::new(
                    "ingest::columns",
                    format!(
                        "this table has {} columns; expected at most {MOST_COLUMNS}",
                        rows.record.len()
                    ),
                )
                .help("export the list of followers itself, without other tables beside it"));
            }
            if let Some(table) = understand(&names(&rows.record)) {
                rows.width = rows.record.len();
                return Ok((rows, table));
            }
            let blank = rows.record.iter().all(|cell| cell.trim_ascii().is_empty());
            above += usize::from(!blank);
        }
        Err(Error::new(
            "ingest::columns",
            "no column of this file tells followers apart",
        )
        .help("a list of followers needs a column such as id, user_id or username"))
    }

    fn next(&mut self) -> Result<bool> {
        self.left.set(LONGEST_ROW);
        self.reader
            .read_byte_record(&mut self.record)
            .map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(error) if fuse::is_endless(&error) => {
                    open_quotation().row(self.reader.position().record() + 1)
                }
                csv::ErrorKind::Io(error) => unreadable(self.name, &error),
                kind => Error::new("ingest::csv", format!("this is no table: {kind:?}")),
            })
    }

    /// The row in the file, counted from 1 with the header.
    fn number(&self) -> u64 {
        self.record
            .position()
            .map_or(0, |position| position.record() + 1)
    }

    /// Whether the row has as many cells as there are headings; a spreadsheet program
    /// may add empty ones behind.
    fn fits(&self) -> bool {
        self.record.len() == self.width
            || self.record.len() > self.width
                && self.record.iter().skip(self.width).all(<[u8]>::is_empty)
    }

    /// A quotation mark that nobody closes swallows the rows behind it, and these would
    /// be missing without a word: better no figures than figures of half a file.
    ///
    /// It shows in a cell that has whole rows in it, or is longer than any text about
    /// a person.
    fn check_quotes(&self, table: &Table) -> Result<()> {
        let is_break = |byte: &u8| *byte == b'\n';
        let bytes = self.record.as_slice();
        let first = self.record.position().map_or(0, csv::Position::line);
        if self.reader.position().line() <= first + 1 {
            return Ok(());
        }
        let swallows = self
            .record
            .iter()
            .filter(|cell| cell.contains(&b'\n'))
            .flat_map(|cell| cell.split(is_break))
            .any(|line| self.is_row(line, table));
        let lines = bytes.iter().filter(|byte| is_break(byte)).count();
        if swallows || lines > RUNAWAY_LINES || bytes.len() > RUNAWAY_BYTES {
            return Err(open_quotation().row(self.number()));
        }
        Ok(())
    }

    /// Whether a line has as many cells as there are headings, with values of their kinds.
    fn is_row(&self, line: &[u8], table: &Table) -> bool {
        let cells: Vec<_> = line.split(|&byte| byte == self.delimiter).collect();
        let cell = |column: &Column| {
            cells
                .get(column.index)
                .map_or_else(Default::default, |cell| cell.trim_ascii())
        };
        let tells = |column: &Column| {
            !matches!(column.kind, Kind::Id | Kind::Handle) && !is_null(cell(column))
        };
        cells.len() == self.width
            && table.columns.iter().any(tells)
            && table
                .columns
                .iter()
                .all(|column| column.read(cell(column), &mut Row::default()).is_ok())
    }
}

fn open_quotation() -> Error {
    Error::new(
        "ingest::quotation",
        "a quotation mark is opened in this row and not closed in it",
    )
    .help("export the file again; if it was edited by hand, close the quotation mark")
}

/// Reads a file of followers; `understand` says what its headings mean.
///
/// The file is opened twice: once for its first rows, which settle how each column
/// writes its dates, and once to read it through.
///
/// # Errors
/// The file cannot be read, or has a column whose values have two readings.
pub fn read(
    member: &Member,
    intake: &mut Intake<'_>,
    understand: impl Fn(&[String]) -> Option<Table>,
) -> Result<()> {
    let (bytes, whole) = member.head()?;
    let delimiter = Header::of(&Head::new(&bytes, whole)).delimiter;
    let table = member.read(|input| {
        let (mut rows, table) = Rows::of(input, &member.name, delimiter, &understand)?;
        survey(&mut rows, table)
    })?;
    if let Some(platform) = table.platform {
        intake.platform(platform);
    }
    for column in &table.columns {
        if let Meaning::Is(field) = column.meaning {
            intake.carries(&[field]);
            intake.heading(field, &column.name);
        }
    }
    member.read(|input| {
        let (mut rows, _) = Rows::of(input, &member.name, delimiter, &understand)?;
        while rows.next()? {
            rows.check_quotes(&table)?;
            if rows.fits() {
                take(&rows, &table, intake)?;
            } else {
                let (expected, found) = (rows.width, rows.record.len());
                intake.set_aside(&format!("expected {expected} fields, found {found}"));
            }
        }
        Ok(())
    })
}

fn take(rows: &Rows<'_>, table: &Table, intake: &mut Intake<'_>) -> Result<()> {
    let mut row = Row::default();
    let mut blank = true;
    for column in &table.columns {
        let cell = rows.record.get(column.index).unwrap_or_default();
        blank &= cell.is_empty();
        match column.read(cell, &mut row) {
            Ok(()) => {}
            Err(Fault::Cell(reason)) => {
                intake.set_aside(&format!("{}: {reason}", column.name));
                return Ok(());
            }
            Err(Fault::Column(reason)) => {
                return Err(Error::new("ingest::ambiguous", reason)
                    .row(rows.number())
                    .column(&column.name)
                    .help(EXPORT_AGAIN));
            }
        }
    }
    if blank {
        intake.set_aside("nothing is filled in");
        return Ok(());
    }
    if let Some(ms) = row.exported_at {
        intake.exported_at(ms);
    }
    intake.follower(&row.follower)
}

const EXPORT_AGAIN: &str = "export the file again and do not save it from a spreadsheet program; \
    or write dates as 2018-10-10T20:19:24Z and numbers without marks";

/// Settles from the first rows what a single cell cannot tell.
fn survey(rows: &mut Rows<'_>, mut table: Table) -> Result<Table> {
    let mut surveys = vec![Survey::default(); table.columns.len()];
    let mut seen = 0;
    let is_surveyed = |column: &Column| matches!(column.kind, Kind::Date | Kind::Picture);
    let is_open = |surveys: &[Survey]| {
        table
            .columns
            .iter()
            .zip(surveys)
            .any(|(column, survey)| is_surveyed(column) && survey.filled() < SURVEYED)
    };
    while seen < SURVEYED_ROWS && is_open(&surveys) && rows.next()? {
        seen += 1;
        if !rows.fits() {
            continue;
        }
        for (column, survey) in table.columns.iter().zip(&mut surveys) {
            let cell = rows
                .record
                .get(column.index)
                .unwrap_or_default()
                .trim_ascii();
            if is_surveyed(column) && !is_null(cell) && cell != b"0" {
                survey.add(cell);
            }
        }
    }
    for (column, survey) in table.columns.iter_mut().zip(&surveys) {
        match column.kind {
            Kind::Date => column.layout = layout(column, survey)?,
            // On Bluesky an account without a picture has no address; but where nobody
            // has one, the addresses were not collected.
            Kind::Picture => {
                column.empty_is_default =
                    table.platform == Some(Platform::Bluesky) && survey.filled() > 0;
            }
            _ => {}
        }
    }
    Ok(table)
}

fn layout(column: &Column, survey: &Survey) -> Result<Layout> {
    let what = match survey.layout() {
        Ok(layout) => return Ok(layout),
        // A collection date that cannot be read is no reason to refuse followers.
        Err(_) if column.meaning == Meaning::ExportedAt => return Ok(Layout::Unseen),
        Err(Undecided::DayOrMonth) => {
            "day and month can be read in either order (such as 9/10/2014), \
             and the column does not show which is meant"
        }
        Err(Undecided::NoDates) => "the cells of this column are dates in no known layout",
    };
    Err(Error::new("ingest::dates", what)
        .column(&column.name)
        .help(EXPORT_AGAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        for (line, expected) in [
            ("id", b','),
            ("id,name", b','),
            ("id;name", b';'),
            ("id\tname", b'\t'),
            ("\"a,b,c\";name", b';'),
            ("", b','),
        ] {
            assert_eq!(delimiter(line.as_bytes()), expected, "{line}");
        }
    }

    #[test]
    fn headings() {
        let head = Head::new(b"\xEF\xBB\xBF\"id\"; name \r\n1;2\r\n", true);
        let header = Header::of(&head);
        assert_eq!(header.delimiter, b';');
        assert_eq!(header.names, ["id", "name"]);
    }
}
