//! Workbooks of spreadsheet programs as containers: every sheet is a member, as CSV.
//!
//! So a format is known and read in the same way, whether a platform hands it out as a
//! workbook or somebody saved the sheet as CSV. Both the old binary kind (BIFF, `.xls`)
//! and the zipped kind (`.xlsx`) are read; nothing is calculated, a formula has the
//! value that was saved with it.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx};

use super::compound;
use crate::error::{Error, Result, caught};
use crate::frame::workbooks;

/// Begins every compound file, such as an old workbook.
pub const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// The part that makes a zip a workbook.
pub const ZIPPED: &str = "xl/workbook.xml";

/// A name, and the sheet as CSV in UTF-8.
pub type Sheet = (String, Arc<[u8]>);

/// From this size on a spreadsheet program's numbers may have been rounded: 2^53 has 16
/// digits.
const EXACT: f64 = 1e15;

/// The largest workbook that is read: its bytes, those of its parts when unpacked, and the
/// text of its sheets. Exports of platforms have a few megabytes.
pub const LARGEST: u64 = workbooks::LARGEST;

/// The columns that a sheet can have; a damaged name of a cell may name any.
const MOST_COLUMNS: usize = 1 << 14;

/// Why a workbook cannot be read.
enum Fault {
    /// It is larger than anything that platforms hand out, or claims to be.
    TooLarge,
    /// It is damaged or locked.
    Broken(String),
}

impl<T: std::fmt::Display> From<T> for Fault {
    fn from(error: T) -> Self {
        // The words of those who read workbooks may repeat what stands in a cell.
        if error.to_string().to_lowercase().contains("password") {
            Self::Broken("a password locks it".to_owned())
        } else {
            broken()
        }
    }
}

/// Whether a file begins as a workbook does.
pub fn begins(start: &[u8]) -> bool {
    start.starts_with(&COMPOUND) || start.starts_with(b"PK\x03\x04")
}

/// The sheets of a workbook that hold anything, in its order.
///
/// # Errors
/// The bytes are no workbook, or it is damaged or locked; it takes more memory than
/// [`LARGEST`], or cells stand so far apart that the sheet between them does.
pub fn sheets(bytes: Vec<u8>, name: &str) -> Result<Vec<Sheet>> {
    // The reader of other people's files must not be what ends the run.
    caught(|| {
        if bytes.starts_with(&COMPOUND) {
            binary(bytes)
        } else {
            zipped(bytes)
        }
    })
    .unwrap_or_else(|| Err(broken()))
    .map_err(|fault| match fault {
        Fault::TooLarge => too_large(name),
        Fault::Broken(reason) => Error::new(
            "ingest::workbook",
            format!("this workbook cannot be read: {reason}"),
        )
        .at(name)
        .help("download the export again; take a password off, if there is one"),
    })
}

/// The error for a workbook that would take too much memory.
pub fn too_large(name: &str) -> Error {
    Error::new(
        "ingest::too_large",
        "this workbook is far larger than exports are: it takes more than 256 MB, or its cells \
         stand very far apart",
    )
    .at(name)
    .help("download the export again; or save the sheet with the figures alone as CSV")
}

fn broken() -> Fault {
    Fault::Broken("its structure is broken".to_owned())
}

fn binary(bytes: Vec<u8>) -> std::result::Result<Vec<Sheet>, Fault> {
    match compound::fits(&bytes) {
        Some(true) => {}
        Some(false) => return Err(Fault::TooLarge),
        None => return Err(broken()),
    }
    let mut workbook = Xls::new(Cursor::new(bytes))?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name)?;
        let (row, column) = range.start().unwrap_or_default();
        let mut table = Table::default();
        for (r, c, cell) in range.used_cells() {
            table.put(row as usize + r, column as usize + c, data(cell))?;
        }
        sheets.extend(table.finish()?.map(|text| (name, text)));
    }
    Ok(sheets)
}

/// The zipped kind is read cell by cell: a single cell in the last corner of a sheet is
/// no reason to hold seventeen thousand million empty ones.
fn zipped(bytes: Vec<u8>) -> std::result::Result<Vec<Sheet>, Fault> {
    if !workbooks::is_of_usual_size(&bytes) {
        return Err(Fault::TooLarge);
    }
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        // A sheet that holds a chart has no cells.
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else {
            continue;
        };
        let mut table = Table::default();
        while let Some(cell) = cells.next_cell()? {
            let (row, column) = cell.get_position();
            table.put(row as usize, column as usize, data_ref(cell.get_value()))?;
        }
        sheets.extend(table.finish()?.map(|text| (name, text)));
    }
    Ok(sheets)
}

/// A sheet on its way to text.
#[derive(Default)]
struct Table {
    text: Vec<u8>,
    row: usize,
    column: usize,
    /// Columns of the widest row so far; later ones are filled up to it, so that an empty
    /// cell at the end is told from a row that breaks off.
    width: usize,
}

impl Table {
    /// Appends a cell; one that stands before the last is out of order and left out.
    fn put(&mut self, row: usize, column: usize, value: String) -> std::result::Result<(), Fault> {
        if value.is_empty() || row < self.row || (row == self.row && column < self.column) {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(Fault::TooLarge);
        }
        if row > self.row {
            self.end_row();
            // One blank line stands for any number of empty rows.
            let lines = if self.text.is_empty() {
                0
            } else {
                (row - self.row).min(2)
            };
            self.text.extend(std::iter::repeat_n(b'\n', lines));
            (self.row, self.column) = (row, 0);
        }
        self.text
            .extend(std::iter::repeat_n(b',', column - self.column));
        self.column = column;
        if value.contains(['"', ',', '\n', '\r']) {
            self.text.push(b'"');
            self.text.extend(value.replace('"', "\"\"").into_bytes());
            self.text.push(b'"');
        } else {
            self.text.extend(value.into_bytes());
        }
        self.check()
    }

    fn end_row(&mut self) {
        if !self.text.is_empty() {
            self.width = self.width.max(self.column + 1);
            let missing = self.width - self.column - 1;
            self.text.extend(std::iter::repeat_n(b',', missing));
        }
    }

    /// A cell in the last column makes every row below it as wide.
    fn check(&self) -> std::result::Result<(), Fault> {
        if self.text.len() as u64 > LARGEST {
            Err(Fault::TooLarge)
        } else {
            Ok(())
        }
    }

    fn finish(mut self) -> std::result::Result<Option<Arc<[u8]>>, Fault> {
        self.end_row();
        self.text.push(b'\n');
        self.check()?;
        Ok((self.text.len() > 1).then(|| self.text.into()))
    }
}

fn data(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => self::number(*number),
        Data::Bool(flag) => boolean(*flag),
        Data::DateTime(date) => instant(date),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        _ => String::new(),
    }
}

fn data_ref(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(text) => (*text).to_owned(),
        other => data(&Data::from(other.clone())),
    }
}

fn boolean(flag: bool) -> String {
    if flag { "TRUE" } else { "FALSE" }.to_owned()
}

/// A number as it stood in the cell. Large ones are written with an exponent, as
/// spreadsheet programs do: they may have been rounded, and an id that was must not look
/// whole.
fn number(number: f64) -> String {
    if number.abs() < EXACT {
        number.to_string()
    } else {
        let text = format!("{number:E}");
        if text.contains("E-") {
            text
        } else {
            text.replace('E', "E+")
        }
    }
}

/// A date as ISO 8601, without time at midnight.
fn instant(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if !date.is_datetime() || !(0.0..2_958_466.0).contains(&serial) {
        return number(serial);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let mut text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) != (0, 0, 0) {
        text.push_str(&format!("T{hour:02}:{minute:02}:{second:02}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn text(cells: &[(usize, usize, &str)]) -> Option<String> {
        let mut table = Table::default();
        for &(row, column, value) in cells {
            assert!(table.put(row, column, value.to_owned()).is_ok());
        }
        let text = table.finish().ok()??;
        Some(String::from_utf8_lossy(&text).into_owned())
    }

    #[test]
    fn sheets_as_csv() {
        assert_eq!(text(&[]), None);
        let cells = [
            (3, 1, "a,b"),
            (3, 2, "c\"d"),
            (4, 0, "1"),
            (9, 2, "2"),
            (8, 0, "late"),
        ];
        assert_eq!(
            text(&cells).as_deref(),
            Some(",\"a,b\",\"c\"\"d\"\n1,,\n\n,,2\n")
        );
    }

    #[test]
    fn cells() {
        for (cell, expected) in [
            (Data::Float(9.0), "9"),
            (Data::Float(-3.25), "-3.25"),
            (Data::Float(1.5e18), "1.5E+18"),
            (Data::Int(4), "4"),
            (Data::Bool(true), "TRUE"),
            (Data::Empty, ""),
        ] {
            assert_eq!(data(&cell), expected, "{cell:?}");
        }
        let date = |serial| {
            instant(&ExcelDateTime::new(
                serial,
                ExcelDateTimeType::DateTime,
                false,
            ))
        };
        assert_eq!(date(45_151.0), "2023-08-13");
        assert_eq!(date(45_151.5), "2023-08-13T12:00:00");
        assert_eq!(date(-1.0), "-1");
        assert_eq!(date(f64::NAN), "NaN");
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        for bytes in [
            b"".to_vec(),
            b"PK\x03\x04".to_vec(),
            COMPOUND.to_vec(),
            vec![0xD0; 600],
        ] {
            let error = sheets(bytes, "x.xls").unwrap_err();
            assert_eq!(error.kind(), "ingest::workbook");
        }
    }

    /// Found by fuzzing: room for the empty cells before it would take gigabytes.
    #[test]
    fn a_cell_beyond_every_column_is_refused() {
        let mut table = Table::default();
        assert!(table.put(0, MOST_COLUMNS - 1, "a".to_owned()).is_ok());
        let far = table.put(1, MOST_COLUMNS, "a".to_owned());
        assert!(matches!(far, Err(Fault::TooLarge)));
    }
}
