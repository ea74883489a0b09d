//! What may be opened as a workbook: those who read workbooks hold them whole.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The most that a workbook, its parts when unpacked, or the text of its sheets may be.
/// Exports of platforms have a few megabytes.
pub const LARGEST: u64 = 256 << 20;

/// The most cells that a sheet of an OpenDocument workbook may repeat itself to.
const MOST_CELLS: u64 = 4 << 20;

/// Whether a zipped workbook is no larger than workbooks are, once it is unpacked.
///
/// What it says of its sizes is not believed: every part is unpacked, and forgotten.
pub fn is_of_usual_size(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return true;
    };
    let mut left = LARGEST;
    for index in 0..archive.len() {
        // A part that cannot be read is told by whoever needs it.
        let Ok(part) = archive.by_index(index) else {
            continue;
        };
        let name = part
            .name()
            .map_or_else(|_| String::new(), |name| name.to_lowercase());
        let mut part = part.take(left + 1);
        let unpacked = if name.ends_with("content.xml") || name.ends_with("sharedstrings.xml") {
            let mut content = Vec::new();
            let _ = part.read_to_end(&mut content);
            let length = content.len() as u64;
            // Room is made for as many texts as are announced; each takes a few bytes.
            let announced =
                repeated(&content, b"uniqueCount=\"").max(repeated(&content, b"uniqueCount='"));
            if cells(&content) > MOST_CELLS || announced > length.max(1) {
                return false;
            }
            length
        } else {
            let mut block = vec![0; 1 << 16];
            let mut sum = 0;
            while let Ok(read @ 1..) = part.read(&mut block) {
                sum += read as u64;
            }
            sum
        };
        if unpacked > left {
            return false;
        }
        left -= unpacked;
    }
    true
}

/// Cells of an OpenDocument sheet, those that are repeated as often as they are; empty
/// ones only where something follows them.
fn cells(content: &[u8]) -> u64 {
    let (mut sum, mut row, mut empty) = (0_u64, 0_u64, 0_u64);
    let (mut rows, mut empty_rows) = (1_u64, 0_u64);
    for tag in content.split(|&byte| byte == b'<') {
        if tag.starts_with(b"table:table-row") {
            (row, empty) = (0, 0);
            rows = repeated(tag, b"number-rows-repeated=\"");
        } else if tag.starts_with(b"table:table-cell") || tag.starts_with(b"table:covered") {
            let times = repeated(tag, b"number-columns-repeated=\"");
            empty = empty.saturating_add(times);
            if find(tag, b"value").is_some() {
                (row, empty) = (row.saturating_add(empty), 0);
            }
        } else if tag.starts_with(b"/table:table-row") {
            if row == 0 {
                empty_rows = empty_rows.saturating_add(rows);
            } else {
                let all = rows.saturating_add(std::mem::take(&mut empty_rows));
                sum = sum.saturating_add(row.saturating_mul(all));
            }
        }
    }
    sum
}

fn repeated(tag: &[u8], attribute: &[u8]) -> u64 {
    let digits = find(tag, attribute).and_then(|place| tag.get(place + attribute.len()..));
    let digits = digits.unwrap_or_default().iter();
    let number = digits
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0_u64, |number, digit| {
            number
                .saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        });
    number.max(1)
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, part)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn repeated_cells_count_as_often_as_they_are() {
        for (content, expected) in [
            ("", 0),
            (
                "<table:table-row><table:table-cell office:value-type=\"string\"/></table:table-row>",
                1,
            ),
            // Empty cells and rows behind everything are nothing.
            (
                "<table:table-row><table:table-cell office:value=\"1\"/>\
                 <table:table-cell table:number-columns-repeated=\"16383\"/></table:table-row>\
                 <table:table-row table:number-rows-repeated=\"1048575\">\
                 <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
                1,
            ),
            (
                "<table:table-row table:number-rows-repeated=\"1048576\">\
                 <table:table-cell table:number-columns-repeated=\"16384\" office:value=\"1\"/>\
                 </table:table-row>",
                1_048_576 * 16_384,
            ),
        ] {
            assert_eq!(cells(content.as_bytes()), expected, "{content}");
        }
    }
}
