//! The annex as a workbook: a sheet for each table, and numbers that are numbers.

use chrono::DateTime;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Table, TableColumn,
    TableStyle, Workbook, Worksheet, XlsxError,
};

use super::annex::{Cell, Sheet, Unit};
use super::view::View;
use crate::error::{Error, Result};

/// A column is as wide as its longest text, up to so many letters.
const WIDEST: usize = 110;

/// The annex as the bytes of an `.xlsx`; the same view gives the same bytes.
///
/// Each sheet is a table that Excel knows as one: its head is announced to who listens and
/// stays in sight, and it sorts and filters. Text that begins like a formula is marked as
/// text, so that it stays text when somebody edits the cell.
///
/// # Errors
/// Only what a workbook cannot hold.
pub fn render(view: &View) -> Result<Vec<u8>> {
    build(view).map_err(|error| {
        Error::new(
            "briefing::workbook",
            format!("the annex cannot be written as XLSX: {error}"),
        )
    })
}

fn build(view: &View) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A date of the computer's clock would make every file another.
    let made = DateTime::parse_from_rfc3339(&view.census).map_or(0, |census| census.timestamp());
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&view.headline)
            .set_subject(&view.title)
            .set_author(&view.organisation)
            .set_creation_datetime(&ExcelDateTime::from_timestamp(made)?),
    );
    for (place, sheet) in view.annex.iter().enumerate() {
        fill(workbook.add_worksheet(), sheet, place)?;
    }
    workbook.save_to_buffer()
}

fn fill(paper: &mut Worksheet, sheet: &Sheet, place: usize) -> std::result::Result<(), XlsxError> {
    paper.set_name(&sheet.name)?;
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for ((column, cell), (_, unit)) in (0_u16..).zip(row).zip(&sheet.columns) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    let format = format(*unit, text);
                    paper.write_string_with_format(line, column, text, &format)?;
                }
                Cell::Number(number) => {
                    paper.write_number_with_format(line, column, *number, &format(*unit, ""))?;
                }
            }
        }
    }
    let columns: Vec<TableColumn> = sheet
        .columns
        .iter()
        .map(|(name, unit)| {
            let head = Format::new()
                .set_bold()
                .set_border_bottom(FormatBorder::Medium);
            TableColumn::new()
                .set_header(name)
                .set_header_format(aligned(head, *unit))
        })
        .collect();
    let table = Table::new()
        .set_name(format!("Table{}", place + 1))
        .set_columns(&columns)
        .set_style(TableStyle::Light1)
        .set_first_column(true)
        .set_autofilter(place > 0);
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    paper.add_table(0, 0, last_row, last_column, &table)?;
    for (column, (name, _)) in (0_u16..).zip(&sheet.columns) {
        let cells = sheet
            .rows
            .iter()
            .filter_map(|row| row.get(usize::from(column)));
        let letters = cells.map(|cell| match cell {
            Cell::Text(text) => text.chars().count(),
            _ => 0,
        });
        // Room for the button of the filter.
        let widest = letters.chain([name.chars().count() + 4]).max().unwrap_or(0);
        paper.set_column_width(column, widest.clamp(10, WIDEST) as f64)?;
    }
    paper.set_freeze_panes(1, u16::from(place > 0))?;
    paper.set_landscape();
    paper.set_repeat_rows(0, 0)?;
    paper.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How a cell of a column is shown; text that looks like a formula is marked as none.
fn format(unit: Unit, text: &str) -> Format {
    let code = match unit {
        Unit::Text | Unit::Mixed => "General",
        Unit::Count => "#,##0",
        Unit::Share => "0.0%",
        Unit::Points => "+0.0%;-0.0%;0.0%",
        Unit::Euros => "€ #,##0.00",
        Unit::SmallEuros => "€ #,##0.0000",
        Unit::Plain => "0.000",
        Unit::Chance => "[<0.0001]0.0E+00;0.0000",
    };
    let format = aligned(Format::new().set_num_format(code), unit);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return format.set_quote_prefix();
    }
    format
}

/// Numbers flush right, and what stands for them where they are hidden.
fn aligned(format: Format, unit: Unit) -> Format {
    match unit {
        // The indent keeps words apart from a number at their left.
        Unit::Text => format.set_align(FormatAlign::Left).set_indent(1),
        _ => format.set_align(FormatAlign::Right),
    }
}
