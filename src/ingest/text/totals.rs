//! Rows of totals: a day, and numbers under headings.

use super::column::{Fault, count, is_null};
use super::day::{Day, was_a_number};
use super::sheet::Line;
use crate::error::{Error, Result};
use crate::ingest::intake::Intake;
use crate::model::aggregate::Metric;

/// What the columns of a table of totals mean.
pub struct Columns<'a> {
    /// The headings; a row has as many cells.
    pub names: &'a [String],
    /// The column with the day.
    pub day: usize,
    /// Reads a day.
    pub read_day: &'a dyn Fn(&str) -> Option<Day>,
    /// How days are written, for messages.
    pub expected: &'static str,
    /// The columns with numbers.
    pub metrics: &'a [(Metric, usize)],
}

/// The numbers of one row; `None` where a cell says that there is none.
pub type Numbers = Vec<(Metric, Option<i64>)>;

/// Hands rows to the intake.
///
/// # Errors
/// Numbers that have two readings, or that a spreadsheet program has turned into dates.
pub fn read(lines: &[Line], columns: &Columns<'_>, intake: &mut Intake<'_>) -> Result<()> {
    let name = |column: usize| columns.names.get(column).map_or("", String::as_str);
    for line in lines {
        if !fits(line, columns.names.len()) {
            let (expected, found) = (columns.names.len(), line.cells.len());
            intake.set_aside(&format!("expected {expected} fields, found {found}"));
            continue;
        }
        let Some(day) = (columns.read_day)(line.cell(columns.day)) else {
            let (name, expected) = (name(columns.day), columns.expected);
            intake.set_aside(&format!("{name}: expected {expected}"));
            continue;
        };
        match numbers(line, columns.metrics, name)? {
            Ok(numbers) => intake.totals(day, &numbers),
            Err(reason) => intake.set_aside(&reason),
        }
    }
    Ok(())
}

/// Whether a line has as many cells as there are headings; a spreadsheet program may add
/// empty ones behind.
pub fn fits(line: &Line, width: usize) -> bool {
    line.cells.len() >= width && line.cells.iter().skip(width).all(String::is_empty)
}

/// The numbers of a row, or why it is set aside.
///
/// # Errors
/// As [`read`].
pub fn numbers<'a>(
    line: &Line,
    metrics: &[(Metric, usize)],
    name: impl Fn(usize) -> &'a str,
) -> Result<std::result::Result<Numbers, String>> {
    let mut numbers = Vec::with_capacity(metrics.len());
    for &(metric, column) in metrics {
        let cell = line.cell(column);
        if was_a_number(cell) {
            return Err(spreadsheet(TURNED).row(line.number).column(name(column)));
        }
        match number(cell, metric.is_signed()) {
            Ok(number) => numbers.push((metric, number)),
            Err(Fault::Cell(reason)) => return Ok(Err(format!("{}: {reason}", name(column)))),
            Err(Fault::Column(reason)) => {
                return Err(Error::new("ingest::ambiguous", reason)
                    .row(line.number)
                    .column(name(column))
                    .help(AS_DOWNLOADED));
            }
        }
    }
    Ok(Ok(numbers))
}

/// A file that a spreadsheet program has changed.
pub fn spreadsheet(what: &str) -> Error {
    Error::new("ingest::spreadsheet", what).help(AS_DOWNLOADED)
}

const AS_DOWNLOADED: &str =
    "export it again and bring the file as it was downloaded, without opening and saving it";

/// What is wrong with a column in which numbers have become dates.
pub const TURNED: &str = "a spreadsheet program has turned numbers of this column into dates";

fn number(cell: &str, signed: bool) -> std::result::Result<Option<i64>, Fault> {
    // Business Suite writes NAN and --, Studio writes undefined.
    if is_null(cell.as_bytes()) || matches!(cell, "undefined" | "--" | "-") {
        return Ok(None);
    }
    let (sign, digits) = match cell.strip_prefix('-') {
        Some(digits) if signed => (-1, digits),
        _ => (1, cell),
    };
    let number = count(digits.as_bytes())?.and_then(|number| i64::try_from(number).ok());
    match number {
        Some(number) => Ok(Some(sign * number)),
        None => Err(Fault::Cell("expected a whole number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for cell in ["", "NAN", "undefined", "--", "-", "NA"] {
            assert_eq!(number(cell, true), Ok(None), "{cell}");
        }
        assert_eq!(number("38910", false), Ok(Some(38_910)));
        assert_eq!(number("9.0", false), Ok(Some(9)));
        assert_eq!(number("-3", true), Ok(Some(-3)));
        for cell in ["-3", "1.5", "3%", "--3", "99999999999999999999"] {
            assert!(matches!(number(cell, false), Err(Fault::Cell(_))), "{cell}");
        }
        for cell in ["1.234", "1,234"] {
            assert!(
                matches!(number(cell, true), Err(Fault::Column(_))),
                "{cell}"
            );
        }
    }
}
