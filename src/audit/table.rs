//! A worksheet as a spreadsheet program hands it back: rows of texts.
//!
//! What comes back is rarely what was written: Excel saves CSV with `;` or tabs, in UTF-8
//! with or without a mark, in UTF-16 or in the code page of the computer; LibreOffice saves
//! ODS. The content decides what a file is, never its name.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Reader, Xlsx};

use crate::error::{Error, Result, caught};
use crate::frame::workbooks;

/// A row that is not blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted from 1 as spreadsheet programs do.
    pub number: u64,
    /// Its cells, without blanks around them.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell; empty where the row is shorter.
    pub fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", String::as_str)
    }
}

/// Cells further to the right than this are no part of a worksheet.
const WIDEST: u32 = 256;

/// The sheets of a file, each as its rows; a text file is one sheet.
///
/// # Errors
/// `audit::unreadable` for what is neither a workbook nor a table of text.
pub fn sheets(bytes: &[u8], name: &str) -> Result<Vec<Vec<Row>>> {
    let unreadable = |message: &str| {
        Error::new("audit::unreadable", message)
            .at(name)
            .help("open the worksheet in a spreadsheet program and save it as XLSX or CSV")
    };
    if bytes.starts_with(b"PK") {
        if !workbooks::is_of_usual_size(bytes) {
            return Err(unreadable("this workbook is far larger than a worksheet"));
        }
        return caught(|| xlsx(bytes).or_else(|| ods(bytes)))
            .flatten()
            .ok_or_else(|| unreadable("this workbook cannot be read"));
    }
    // Excel before 2007, and every version when a password protects the file.
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(unreadable(
            "this is a workbook of an old kind, or one with a password",
        ));
    }
    let text = decoded(bytes);
    if text.contains('\0') {
        return Err(unreadable("this is no table of text"));
    }
    delimited(&text)
        .map(|rows| vec![rows])
        .map_err(|_| unreadable("this is no table of text"))
}

fn xlsx(bytes: &[u8]) -> Option<Vec<Vec<Row>>> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else {
            // A chart on a sheet of its own has no cells.
            continue;
        };
        let mut grid = Grid::default();
        // Cell by cell: one that stands far out would make the whole sheet large.
        while let Some(cell) = cells.next_cell().ok()? {
            let text = match cell.get_value() {
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::String(text) => text.clone(),
                DataRef::Int(number) => number.to_string(),
                DataRef::Float(number) => written(*number),
                DataRef::Bool(yes) => yes.to_string(),
                _ => String::new(),
            };
            grid.put(cell.get_position(), text);
        }
        sheets.push(grid.rows());
    }
    Some(sheets)
}

fn ods(bytes: &[u8]) -> Option<Vec<Vec<Row>>> {
    let mut workbook: Ods<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let sheet = |(_, range): (String, calamine::Range<Data>)| {
        let mut grid = Grid::default();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::String(text) => text.clone(),
                Data::Int(number) => number.to_string(),
                Data::Float(number) => written(*number),
                Data::Bool(yes) => yes.to_string(),
                _ => String::new(),
            };
            let at = |start: u32, place: usize| {
                start.saturating_add(u32::try_from(place).unwrap_or(u32::MAX))
            };
            grid.put((at(top, row), at(left, column)), text);
        }
        grid.rows()
    };
    Some(workbook.worksheets().into_iter().map(sheet).collect())
}

/// The cells of a sheet that hold something.
#[derive(Default)]
struct Grid(BTreeMap<u32, BTreeMap<u32, String>>);

impl Grid {
    fn put(&mut self, (row, column): (u32, u32), text: String) {
        let text = text.trim();
        if column < WIDEST && !text.is_empty() {
            self.0
                .entry(row)
                .or_default()
                .insert(column, text.to_owned());
        }
    }

    fn rows(self) -> Vec<Row> {
        let row = |(number, cells): (u32, BTreeMap<u32, String>)| {
            let mut row = Row {
                number: u64::from(number) + 1,
                cells: Vec::new(),
            };
            for (column, text) in cells {
                row.cells.resize(column as usize, String::new());
                row.cells.push(text);
            }
            row
        };
        self.0.into_iter().map(row).collect()
    }
}

/// A number as a text. One of more digits than the program keeps is written so that it
/// cannot pass for what it was.
fn written(number: f64) -> String {
    if number.abs() < 1e15 {
        number.to_string()
    } else {
        format!("{number:E}")
    }
}

/// Bytes as text: UTF-8, UTF-16 with its mark, or a code page of Western Europe.
fn decoded(bytes: &[u8]) -> String {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes.get(2..).unwrap_or_default().chunks_exact(2);
        let units = units.map(|pair| unit(pair.try_into().unwrap_or_default()));
        char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            std::str::from_utf8(bytes).map_or_else(
                // Labels and almost all ids are ASCII, in which all code pages agree.
                |_| bytes.iter().map(|&byte| char::from(byte)).collect(),
                str::to_owned,
            )
        }
    }
}

fn delimited(text: &str) -> std::result::Result<Vec<Row>, csv::Error> {
    let first = text.lines().next().unwrap_or("");
    // A line by which Excel is told the delimiter.
    let told = match first.trim().strip_prefix("sep=").map(str::as_bytes) {
        Some(&[told]) => Some(told),
        _ => None,
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(told.unwrap_or_else(|| delimiter(text)))
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (number, record) in (1..).zip(reader.records()) {
        let cells: Vec<String> = record?.iter().map(str::to_owned).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(rows)
}

/// The delimiter that occurs most in the first lines, because a title may stand above the
/// headings; a comma where none does.
fn delimiter(text: &str) -> u8 {
    let occurs = |delimiter: u8| {
        let lines = text.lines().take(20);
        lines
            .flat_map(str::bytes)
            .filter(|&byte| byte == delimiter)
            .count()
    };
    [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|&delimiter| occurs(delimiter))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheets = sheets(bytes, "x.csv").unwrap();
        sheets.into_iter().flatten().map(|row| row.cells).collect()
    }

    #[test]
    fn texts_of_all_programs() {
        let expected = [["id", "label"], ["é", "slapend"]];
        let wide = |text: &str, unit: fn(u16) -> [u8; 2]| {
            let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
            units.flat_map(unit).collect::<Vec<u8>>()
        };
        let cases: Vec<Vec<u8>> = vec![
            "id,label\né,slapend\n".into(),
            "\u{FEFF}id;label\r\né;slapend\r\n".into(),
            "sep=;\r\nid;label\r\né;slapend".into(),
            "\"id\";\"label\"\r\n\"é\";\" slapend \"\r\n;\r\n".into(),
            b"id;label\r\n\xE9;slapend\r\n".to_vec(),
            "id\tlabel\ré\tslapend\r".into(),
            wide("id\tlabel\r\né\tslapend\r\n", u16::to_le_bytes),
            wide("id;label\r\né;slapend\r\n", u16::to_be_bytes),
        ];
        for case in cases {
            let mut found = cells(&case);
            found.retain(|row| !row.iter().any(|cell| cell.starts_with("sep=")));
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(&case));
        }
    }

    #[test]
    fn numbers_that_were_rounded_show_it() {
        assert_eq!(written(20_000.0), "20000");
        assert_eq!(written(2_103_270_657_016_568_154.0), "2.103270657016568E18");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for bytes in [
            b"PK\x03\x04nothing".as_slice(),
            b"\xD0\xCF\x11\xE0",
            b"id\0label",
        ] {
            let error = sheets(bytes, "x").unwrap_err();
            assert_eq!(error.kind(), "audit::unreadable");
        }
    }
}
