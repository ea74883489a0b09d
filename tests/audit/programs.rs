//! What spreadsheet programs write.

use std::io::{Cursor, Write};

/// Delimited text.
pub(super) fn text(rows: &[Vec<String>], delimiter: u8, style: csv::QuoteStyle) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .quote_style(style)
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// UTF-16 with its mark.
pub(super) fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
    units.flat_map(unit).collect()
}

/// The rows as somebody's own workbook: a remark above, a sheet before, numbers as numbers.
pub(super) fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook
        .add_worksheet()
        .write_string(0, 0, "Notities van de lezer")
        .unwrap();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 1, "Labels X, ronde 1").unwrap();
    // Nobody has a cell out here but by mistake.
    sheet.write_string(1_048_575, 16_383, "z").unwrap();
    for (line, row) in (2_u32..).zip(rows) {
        for (place, cell) in (1_u16..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) if place == 3 => sheet.write_number(line, place, number).unwrap(),
                _ => sheet.write_string(line, place, cell).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// LibreOffice's own format.
pub(super) fn ods(rows: &[Vec<String>]) -> Vec<u8> {
    let escaped = |cell: &str| {
        let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
        cell.replace('\n', "</text:p><text:p>")
    };
    let mut content = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="x">"#,
    );
    for (place, row) in rows.iter().enumerate() {
        content.push_str("<table:table-row>");
        for (column, cell) in row.iter().enumerate() {
            content.push_str(&if cell.is_empty() {
                "<table:table-cell/>".to_owned()
            } else if column == 2 && place > 0 {
                format!(r#"<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>"#)
            } else {
                format!(r#"<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>"#, escaped(cell))
            });
        }
        content.push_str(
            r#"<table:table-cell table:number-columns-repeated="16378"/></table:table-row>"#,
        );
    }
    content.push_str(r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#);
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("mimetype", kind),
        ("content.xml", content.as_str()),
        ("META-INF/manifest.xml", manifest.as_str()),
    ] {
        archive.start_file(name, stored).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
