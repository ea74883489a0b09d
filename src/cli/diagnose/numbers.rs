//! Small tables of numbers, as an analyst's own tools write them.

use std::path::Path;

use crate::error::{Error, Result};
use crate::ingest::text::{delimited::delimiter, encoding};

/// A table with a heading, held whole.
pub struct Table {
    name: String,
    heads: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// Reads a file with commas, semicolons or tabs between the cells.
    ///
    /// # Errors
    /// It cannot be read, or holds no row below its heading.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| {
            Error::new(
                "diagnose::unreadable",
                format!("the table cannot be read: {error}"),
            )
            .at(&name)
            .help("give the path of a CSV file")
        })?;
        let text = encoding::text(&bytes);
        let first = text.lines().next().unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(first.as_bytes()))
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut lines = Vec::new();
        for (number, record) in (1..).zip(reader.records()) {
            let record = record.map_err(|_| {
                Error::new("diagnose::table", "this is no table of text")
                    .at(&name)
                    .row(number)
                    .help("save it as CSV")
            })?;
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                lines.push((number, cells));
            }
        }
        let mut lines = lines.into_iter();
        let heads = lines.next().map(|(_, heads)| heads).unwrap_or_default();
        let table = Self {
            heads,
            rows: lines.collect(),
            name,
        };
        if table.rows.is_empty() {
            return Err(Error::new("diagnose::empty", "the table has no rows")
                .at(&table.name)
                .help("the first line names the columns, each further line is one account"));
        }
        Ok(table)
    }

    /// Whether there is a column of this name, to the letter: `t_x` is not `T`.
    pub fn has(&self, column: &str) -> bool {
        self.heads.iter().any(|head| head == column)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The cells of a column, each read by `read`.
    ///
    /// # Errors
    /// The column is missing, or a cell is not what `read` expects: `must`.
    pub fn column<T>(
        &self,
        column: &str,
        must: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>> {
        let place = self
            .heads
            .iter()
            .position(|head| head == column)
            .ok_or_else(|| {
                Error::new("diagnose::column", format!("there is no column `{column}`"))
                    .at(&self.name)
                    .help(format!(
                        "the first line must name it; here it names: {}",
                        self.heads.join(", ")
                    ))
            })?;
        let mut values = Vec::with_capacity(self.rows.len());
        for (number, cells) in &self.rows {
            let cell = cells.get(place).map_or("", String::as_str);
            values.push(read(cell).ok_or_else(|| self.wrong(*number, column, must))?);
        }
        Ok(values)
    }

    /// What is wrong with one row.
    pub fn wrong(&self, number: u64, column: &str, must: &str) -> Error {
        Error::new("diagnose::cell", format!("expected {must}"))
            .at(&self.name)
            .row(number)
            .column(column)
            .help("correct the cell, or leave the row out")
    }

    /// The number of the line in the file of a row.
    pub fn line(&self, row: usize) -> u64 {
        self.rows.get(row).map_or(0, |(number, _)| *number)
    }
}

/// A finite number, with a decimal point or, as Dutch spreadsheets write it, a comma.
pub fn number(cell: &str) -> Option<f64> {
    let number = cell.replace(',', ".").parse::<f64>().ok();
    number.filter(|number| number.is_finite())
}

/// A count; `12.0` is one, as spreadsheets write it.
pub fn count(cell: &str) -> Option<u64> {
    let whole = |number: &f64| number.fract() == 0.0 && (0.0..9e15).contains(number);
    number(cell).filter(whole).map(|number| number as u64)
}
