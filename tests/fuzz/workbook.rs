//! Any bytes as the parts of a workbook: one sheet, the texts it shares and its styles, with
//! a NUL between them. Zipped here, because flipped bytes in a zip only break its checksums.

#![no_main]

mod input;

use std::io::{Cursor, Write};
use std::sync::Once;

use dormouse::ingest::workbook::sheets;
use dormouse::ingest::{container, inspect};
use libfuzzer_sys::fuzz_target;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What makes a workbook of one sheet of the parts, as little as readers need.
const FRAME: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="FOLLOWERS" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];
const PARTS: [&str; 3] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
];

fn workbook(bytes: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let frame = FRAME.map(|(name, text)| (name, text.as_bytes()));
    let parts = PARTS.into_iter().zip(bytes.splitn(3, |&byte| byte == 0));
    for (name, part) in frame.into_iter().chain(parts) {
        archive.start_file(name, stored)?;
        archive.write_all(part)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Without a reader that takes the frame, everything would be refused before it is looked at.
fn check_frame() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let cell = r#"<c r="A1" t="inlineStr"><is><t>id</t></is></c>"#;
        let sheet = format!("<worksheet><sheetData><row r=\"1\">{cell}</row></sheetData></worksheet>");
        let bytes = workbook(sheet.as_bytes()).expect("a workbook can be zipped");
        assert_eq!(sheets(bytes, "frame").expect("it can be read").len(), 1);
    });
}

fuzz_target!(|bytes: &[u8]| {
    input::pass_caught_panics();
    check_frame();
    input::file(
        "input.xlsx",
        &workbook(bytes).expect("a workbook can be zipped"),
    );
    let members = match container::members(&["input.xlsx".to_owned()], input::folder()) {
        Ok(members) => members,
        Err(error) => {
            assert!(error.way_out().is_some(), "{error}");
            return;
        }
    };
    for member in members {
        match inspect(&member) {
            Ok(reading) => assert!(reading.set_aside + reading.duplicates <= reading.rows),
            Err(error) => assert!(error.way_out().is_some(), "{error}"),
        }
    }
});
