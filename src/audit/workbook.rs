//! A worksheet as XLSX: drop-downs for the labels, links to the profiles.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use super::draw::Row;
use super::worksheet::{COLUMNS, Column};
use crate::error::{Error, Result};
use crate::wording::Words;
use crate::wording::worksheet::Facts;

/// The rows as a workbook of two sheets: the rows, and how to label them. The same rows
/// give the same bytes.
///
/// Ids are written as text, because a spreadsheet program rounds numbers of more than 15
/// digits. The strata are hidden: who knows them reads profiles with other eyes.
///
/// # Errors
/// Only what a workbook cannot hold.
pub fn xlsx(rows: &[&Row], facts: Facts<'_>, made: i64, words: Words) -> Result<Vec<u8>> {
    build(rows, facts, made, words).map_err(|error| {
        Error::new(
            "audit::workbook",
            format!("the worksheet cannot be written as XLSX: {error}"),
        )
        .help("draw fewer labels")
    })
}

fn build(
    rows: &[&Row],
    facts: Facts<'_>,
    made: i64,
    words: Words,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A date of the computer's clock would make every file another.
    let made = ExcelDateTime::from_timestamp(made.div_euclid(1000))?;
    let lines = words.worksheet_instructions(facts);
    let title = lines.first().map_or("", String::as_str);
    workbook.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&made),
    );
    fill_rows(workbook.add_worksheet(), rows, words)?;
    fill_explanation(workbook.add_worksheet(), &lines, words)?;
    workbook.save_to_buffer()
}

fn fill_rows(
    sheet: &mut Worksheet,
    rows: &[&Row],
    words: Words,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name(words.worksheet_rows())?;
    let head = Format::new()
        .set_bold()
        .set_border_bottom(FormatBorder::Thin);
    let fill_in = Format::new()
        .set_background_color(Color::RGB(0xFF_F6_D6))
        .set_border(FormatBorder::Hair);
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    for (place, column) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, place, column.heading(), &head)?;
        sheet.set_column_width(place, column.width())?;
        match column {
            Column::Stratum | Column::StratumSize => {
                sheet.set_column_hidden(place)?;
            }
            Column::Label => {
                let choice = DataValidation::new()
                    .allow_list_strings(&words.labels())?
                    .set_error_title(Column::Label.heading())?
                    .set_error_message(words.worksheet_not_a_label())?;
                sheet.add_data_validation(1, place, last.max(1), place, &choice)?;
            }
            _ => {}
        }
        for (line, row) in (1_u32..).zip(rows) {
            match column {
                Column::Id => sheet.write_string(line, place, &row.id)?,
                Column::Stratum => sheet.write_string(line, place, row.stratum)?,
                Column::StratumSize => sheet.write_number(line, place, row.stratum_size as f64)?,
                Column::Label | Column::Note => sheet.write_blank(line, place, &fill_in)?,
                Column::Profile => match &row.profile {
                    Some(address) => sheet.write_url(line, place, address.as_str())?,
                    None => sheet,
                },
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn fill_explanation(
    sheet: &mut Worksheet,
    lines: &[String],
    words: Words,
) -> std::result::Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(words.worksheet_explanation())?;
    sheet.set_column_width(0, 90)?;
    for (place, line) in (0_u32..).zip(lines) {
        let format = if place == 0 { &title } else { &text };
        sheet.write_string_with_format(place, 0, line, format)?;
    }
    Ok(())
}
