//! A delimited file of one row a follower.
//!
//! Nearly all rows are plain: they have as many cells as there are headings, and no
//! quotation marks. They are divided many at a time ([`Cells`]) and read column by column
//! ([`Column::fill`]). Any other row is divided by all rules of the format and read by
//! itself (`Rows::careful`).

use std::io::Read;

use super::cells::{Cell, Cells};
use super::column::{Column, Fault, Faults, Kind, Meaning, Row, is_null};
use super::dates::{Layout, SURVEYED, Survey, Undecided};
use super::split::{Record, last_end};
use crate::error::{Error, Result};
use crate::frame::block::Block;
use crate::ingest::container::{Member, Reader, unreadable};
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::stretches::{self, Bytes, Source, Stream};
use crate::model::platform::Platform;

/// Rows that are looked at, at most, before the layouts of the columns are decided.
const SURVEYED_ROWS: u64 = 20_000;

/// Rows within which the headings stand; platforms write notes above them.
pub const PREAMBLE: usize = 12;

/// More lines or bytes than any row about one person has.
const RUNAWAY_LINES: usize = 200;
const RUNAWAY_BYTES: usize = 1 << 20;

/// Bytes after which a row is given up.
pub(super) const LONGEST_ROW: usize = 16 << 20;

/// Why a row without anything is set aside.
pub const NOTHING: &str = "nothing is filled in";

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
        let mut record = Record::default();
        record.read(line.as_bytes(), 0, delimiter);
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

fn names(record: &Record) -> Vec<String> {
    record
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect()
}

/// Rows of a file, after its header.
struct Rows {
    table: Table,
    delimiter: u8,
    /// Number of headings.
    width: usize,
    /// Bytes up to the first row.
    offset: u64,
    /// Rows up to the first one, the headings included.
    above: u64,
}

impl Rows {
    /// Finds the headings in the beginning of a file.
    fn of(member: &Member, understand: impl Fn(&[String]) -> Option<Table>) -> Result<Self> {
        let (bytes, whole) = member.head()?;
        let head = Head::new(&bytes, whole);
        let delimiter = Header::of(&head).delimiter;
        let (mut record, mut at, mut above, mut filled) = (Record::default(), 0, 0, 0);
        while filled < PREAMBLE
            && let Some(next) = record.read(head.bytes, at, delimiter)
        {
            at = next;
            above += 1;
            if record.len() > MOST_COLUMNS {
                return Err(Error::new(
                    "ingest::columns",
                    format!(
                        "this table has {} columns or more; expected at most {MOST_COLUMNS}",
                        record.len()
                    ),
                )
                .help("export the list of followers itself, without other tables beside it"));
            }
            if let Some(table) = understand(&names(&record)) {
                let width = record.len();
                return Ok(Self {
                    table,
                    delimiter,
                    width,
                    offset: (bytes.len() - head.bytes.len() + at) as u64,
                    above,
                });
            }
            let blank = record.iter().all(|cell| cell.trim_ascii().is_empty());
            filled += usize::from(!blank);
        }
        Err(Error::new(
            "ingest::columns",
            "no column of this file tells followers apart",
        )
        .help("a list of followers needs a column such as id, user_id or username"))
    }

    /// Passes over the headings.
    fn skip(&self, mut input: &mut Reader<'_>, name: &str) -> Result<()> {
        std::io::copy(
            &mut Read::by_ref(&mut input).take(self.offset),
            &mut std::io::sink(),
        )
        .map(drop)
        .map_err(|error| unreadable(name, &error))
    }

    /// Reads the rows in these bytes.
    fn read(&self, bytes: &[u8], intake: &mut Intake<'_>) -> Result<()> {
        let (mut cells, mut record, mut at) = (Cells::default(), Record::default(), 0);
        let (mut block, mut faults) = (Block::default(), Faults::default());
        while at < bytes.len() {
            cells.divide(bytes, at, self.width, self.delimiter);
            if cells.rows() > 0 {
                at = cells.end();
                self.fill(bytes, &cells, &mut block, &mut faults);
                self.hand_over(bytes, &cells, &mut block, &mut faults, intake)?;
            } else if let Some(next) = record.read(bytes, at, self.delimiter) {
                at = next;
                self.careful(&record, intake)?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// Reads plain rows column by column.
    fn fill<'a>(&self, bytes: &'a [u8], cells: &Cells, block: &mut Block<'a>, faults: &mut Faults) {
        block.clear(cells.rows());
        for (place, column) in self.table.columns.iter().enumerate() {
            faults.of_column(place);
            column.fill(cells.column(bytes, column.index), block, faults);
        }
    }

    /// Hands over what was read of plain rows, but for those that cannot be.
    fn hand_over(
        &self,
        bytes: &[u8],
        cells: &Cells,
        block: &mut Block<'_>,
        faults: &mut Faults,
        intake: &mut Intake<'_>,
    ) -> Result<()> {
        let first = self.above + intake.rows() + 1;
        let mut left_out = Vec::new();
        for (row, place, fault) in faults.take() {
            let name = self
                .table
                .columns
                .get(place)
                .map_or("", |column| &column.name);
            match fault {
                Fault::Cell(reason) => {
                    intake.set_aside(&format!("{name}: {reason}"));
                    left_out.push(row);
                }
                Fault::Column(reason) => return Err(ambiguous(reason, first + row as u64, name)),
            }
        }
        let without_id = |&row: &usize| block.ids.get(row).is_none_or(|id| id.is_empty());
        for row in (0..block.len()).filter(without_id) {
            let is_blank = |column: &Column| {
                let cell = cells.column(bytes, column.index).nth(row);
                cell.is_none_or(Cell::is_empty)
            };
            if let Err(place) = left_out.binary_search(&row)
                && self.table.columns.iter().all(is_blank)
            {
                intake.set_aside(NOTHING);
                left_out.insert(place, row);
            }
        }
        block.remove(&left_out);
        intake.block(block)
    }

    /// Reads any row.
    fn careful(&self, record: &Record, intake: &mut Intake<'_>) -> Result<()> {
        let number = self.above + intake.rows() + 1;
        self.check_quotes(record, number)?;
        if self.fits(record) {
            return self.take(record, number, intake);
        }
        let (expected, found) = (self.width, record.len());
        intake.set_aside(&format!("expected {expected} fields, found {found}"));
        Ok(())
    }

    /// Whether the row has as many cells as there are headings; a spreadsheet program
    /// may add empty ones behind.
    fn fits(&self, record: &Record) -> bool {
        record.len() == self.width
            || record.len() > self.width && record.iter().skip(self.width).all(<[u8]>::is_empty)
    }

    /// A quotation mark that nobody closes swallows the rows behind it, and these would
    /// be missing without a word: better no figures than figures of half a file.
    ///
    /// It shows in a cell that has whole rows in it, or is longer than any text about
    /// a person.
    fn check_quotes(&self, record: &Record, number: u64) -> Result<()> {
        check_length(record, number)?;
        if !record.spans_lines {
            return Ok(());
        }
        let is_break = |byte: &u8| *byte == b'\n';
        let swallows = record
            .iter()
            .filter(|cell| cell.contains(&b'\n'))
            .flat_map(|cell| cell.split(is_break))
            .any(|line| self.is_row(line));
        let lines = record.text().iter().filter(|byte| is_break(byte)).count();
        if swallows || lines > RUNAWAY_LINES || record.text().len() > RUNAWAY_BYTES {
            return Err(open_quotation().row(number));
        }
        Ok(())
    }

    /// Whether a line has as many cells as there are headings, with values of their kinds.
    fn is_row(&self, line: &[u8]) -> bool {
        let cells: Vec<_> = line.split(|&byte| byte == self.delimiter).collect();
        let cell = |column: &Column| {
            cells
                .get(column.index)
                .map_or_else(Default::default, |cell| cell.trim_ascii())
        };
        let tells = |column: &Column| {
            !matches!(column.kind, Kind::Id | Kind::Handle) && !is_null(cell(column))
        };
        let columns = &self.table.columns;
        cells.len() == self.width
            && columns.iter().any(tells)
            && columns
                .iter()
                .all(|column| column.read(cell(column), &mut Row::default()).is_ok())
    }

    fn take(&self, record: &Record, number: u64, intake: &mut Intake<'_>) -> Result<()> {
        let mut row = Row::default();
        let mut blank = true;
        for column in &self.table.columns {
            let cell = record.get(column.index).unwrap_or_default();
            blank &= cell.is_empty();
            match column.read(cell, &mut row) {
                Ok(()) => {}
                Err(Fault::Cell(reason)) => {
                    intake.set_aside(&format!("{}: {reason}", column.name));
                    return Ok(());
                }
                Err(Fault::Column(reason)) => {
                    return Err(ambiguous(reason, number, &column.name));
                }
            }
        }
        if blank {
            intake.set_aside(NOTHING);
            return Ok(());
        }
        if let Some(ms) = row.exported_at {
            intake.exported_at(ms);
        }
        intake.follower(&row.follower)
    }

    /// Settles from the first rows what a single cell cannot tell.
    fn survey(&mut self, input: &mut Reader<'_>, name: &str) -> Result<()> {
        let mut surveys = vec![Survey::default(); self.table.columns.len()];
        let is_surveyed = |column: &Column| matches!(column.kind, Kind::Date | Kind::Picture);
        let is_open = |surveys: &[Survey]| {
            self.table
                .columns
                .iter()
                .zip(surveys)
                .any(|(column, survey)| is_surveyed(column) && survey.filled() < SURVEYED)
        };
        let mut stream = Stream::new(input, name, |bytes| last_end(bytes, self.delimiter));
        let (mut bytes, mut record) = (Bytes::default(), Record::default());
        let (mut seen, mut more) = (0, true);
        while more && seen < SURVEYED_ROWS && is_open(&surveys) {
            more = stream.next(&mut bytes)?;
            let mut at = 0;
            while seen < SURVEYED_ROWS
                && is_open(&surveys)
                && let Some(next) = record.read(&bytes, at, self.delimiter)
            {
                at = next;
                seen += 1;
                check_length(&record, self.above + seen)?;
                if !self.fits(&record) {
                    continue;
                }
                for (column, survey) in self.table.columns.iter().zip(&mut surveys) {
                    let cell = record.get(column.index).unwrap_or_default().trim_ascii();
                    if is_surveyed(column) && !is_null(cell) && cell != b"0" {
                        survey.add(cell);
                    }
                }
            }
        }
        for (column, survey) in self.table.columns.iter_mut().zip(&surveys) {
            match column.kind {
                Kind::Date => column.layout = layout(column, survey)?,
                // On Bluesky an account without a picture has no address; but where nobody
                // has one, the addresses were not collected.
                Kind::Picture => {
                    column.empty_is_default =
                        self.table.platform == Some(Platform::Bluesky) && survey.filled() > 0;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A row that is longer than any of a list of followers.
fn check_length(record: &Record, number: u64) -> Result<()> {
    if record.text().len() <= LONGEST_ROW {
        return Ok(());
    }
    Err(Error::new(
        "ingest::quotation",
        "a row has more than 16 MiB, as where a quotation mark is opened and never closed",
    )
    .row(number)
    .help("export the file again; if it was edited by hand, close the quotation mark"))
}

fn ambiguous(reason: &'static str, row: u64, column: &str) -> Error {
    Error::new("ingest::ambiguous", reason)
        .row(row)
        .column(column)
        .help(EXPORT_AGAIN)
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
    let name = &member.name;
    let mut rows = Rows::of(member, understand)?;
    member.read(|input| {
        rows.skip(input, name)?;
        rows.survey(input, name)
    })?;
    if let Some(platform) = rows.table.platform {
        intake.platform(platform);
    }
    for column in &rows.table.columns {
        if let Meaning::Is(field) = column.meaning {
            intake.carries(&[field]);
            intake.heading(field, &column.name);
        }
    }
    member.read(|input| {
        rows.skip(input, name)?;
        let stream = Stream::new(input, name, |bytes| last_end(bytes, rows.delimiter));
        stretches::read_stream(stream, member.size(), intake, &|bytes, intake| {
            rows.read(bytes, intake)
        })
    })
}

const EXPORT_AGAIN: &str = "export the file again and do not save it from a spreadsheet program; \
    or write dates as 2018-10-10T20:19:24Z and numbers without marks";

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
