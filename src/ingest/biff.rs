//! How many cells and characters the records of an old workbook speak of.
//!
//! The first records of the stream say where its sheets begin (MS-XLS 2.4.28), and the
//! records of a sheet say where its cells are.

use std::collections::BTreeMap;

/// Cells of the largest sheet that there can be; sheets claim that without having them.
const LARGEST_SHEET: u64 = 65_536 * 256;

/// Records that begin and end a part of the stream.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;

/// Cells of the rectangles of all sheets, and never less than they claim beyond what a
/// sheet can have.
pub(super) fn cells(stream: &[u8]) -> Option<u64> {
    const SHEET: u16 = 0x0085;
    let mut total = 0u64;
    for (kind, data) in records(stream) {
        match kind {
            SHEET => {
                let start = u32_at(data, 0)? as usize;
                total = total.saturating_add(rectangle(stream.get(start..)?));
            }
            END => break,
            _ => {}
        }
    }
    Some(total)
}

/// Characters of the shared texts, as often as cells refer to each: the reader copies a text
/// into every cell.
pub(super) fn texts(stream: &[u8]) -> u64 {
    let mut shared: Vec<&[u8]> = Vec::new();
    let mut references: BTreeMap<u32, u64> = BTreeMap::new();
    let mut continues = false;
    for (kind, data) in records(stream) {
        match kind {
            0x00FC => shared = vec![data.get(8..).unwrap_or_default()],
            0x003C if continues => shared.push(data),
            0x00FD => {
                if let Some(text) = u32_at(data, 6) {
                    *references.entry(text).or_default() += 1;
                }
            }
            _ => {}
        }
        continues = kind == 0x00FC || kind == 0x003C && continues;
    }
    let lengths = text_lengths(&shared);
    let sums = references.iter().map(|(&text, &times)| {
        let length = lengths.get(text as usize).copied().unwrap_or_default();
        length.saturating_mul(times)
    });
    sums.fold(0, u64::saturating_add)
}

/// The lengths of shared texts; they go on from one record to the next.
fn text_lengths(records: &[&[u8]]) -> Vec<u64> {
    let mut lengths = Vec::new();
    let mut records = records.iter();
    let mut rest = records.next().copied().unwrap_or_default();
    loop {
        while rest.is_empty() {
            match records.next() {
                Some(record) => rest = record,
                None => return lengths,
            }
        }
        let (Some(length), Some(&flags)) = (u16_at(rest, 0), rest.get(2)) else {
            return lengths;
        };
        lengths.push(length.into());
        let (mut at, mut after) = (3, 0_usize);
        if flags & 8 != 0 {
            after += 4 * usize::from(u16_at(rest, at).unwrap_or_default());
            at += 2;
        }
        if flags & 4 != 0 {
            after = after.saturating_add(u32_at(rest, at).unwrap_or_default() as usize);
            at += 4;
        }
        rest = rest.get(at..).unwrap_or_default();
        let (mut characters, mut width) = (usize::from(length), usize::from(flags & 1) + 1);
        while characters > rest.len() / width {
            characters -= rest.len() / width;
            let Some((&flags, record)) = records.next().and_then(|record| record.split_first())
            else {
                return lengths;
            };
            width = usize::from(flags & 1) + 1;
            rest = record;
        }
        rest = rest.get(characters * width..).unwrap_or_default();
        while after > rest.len() {
            after -= rest.len();
            let Some(record) = records.next() else {
                return lengths;
            };
            rest = record;
        }
        rest = rest.get(after..).unwrap_or_default();
    }
}

/// Cells of the rectangle around the cells of one sheet.
fn rectangle(sheet: &[u8]) -> u64 {
    let (mut rows, mut columns) = (None, None);
    let mut claimed = 0;
    // A chart within the sheet begins and ends like one, and has cells of its own.
    let mut depth = 0u32;
    for (kind, data) in records(sheet) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            // The size, as the sheet has it.
            0x0200 => claimed = claimed.max(claim(data)),
            // Several numbers in a row; the last column stands at the end.
            0x00BD => {
                let last = data.len().checked_sub(2).and_then(|end| u16_at(data, end));
                for column in [u16_at(data, 2), last] {
                    around(&mut rows, u16_at(data, 0));
                    around(&mut columns, column);
                }
            }
            // Formula, text in three ways, number in two, yes or no.
            0x0006 | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                around(&mut rows, u16_at(data, 0));
                around(&mut columns, u16_at(data, 2));
            }
            _ => {}
        }
    }
    let length =
        |range: Option<(u16, u16)>| range.map_or(0, |(low, high)| u64::from(high - low) + 1);
    let found = length(rows) * length(columns);
    if claimed > LARGEST_SHEET {
        claimed
    } else {
        found
    }
}

/// Rows times columns of a record of dimensions: from, to and beyond the last.
fn claim(data: &[u8]) -> u64 {
    let wide = data.len() > 10;
    let (first, last) = if wide {
        (u32_at(data, 0), u32_at(data, 4))
    } else {
        (
            u16_at(data, 0).map(u32::from),
            u16_at(data, 2).map(u32::from),
        )
    };
    let place = if wide { 8 } else { 4 };
    let columns = u16_at(data, place + 2).unwrap_or_default();
    match (first, last) {
        // Nothing in it.
        (Some(0), Some(0)) => 0,
        (Some(first), Some(last)) if first <= last => u64::from(last - first) * u64::from(columns),
        _ => u64::MAX,
    }
}

fn around(range: &mut Option<(u16, u16)>, place: Option<u16>) {
    if let Some(place) = place {
        let (low, high) = range.unwrap_or((place, place));
        *range = Some((low.min(place), high.max(place)));
    }
}

/// The records of a stream: kind and data.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, 0)?, u16_at(stream, 2)? as usize);
        let data = stream.get(4..4 + length)?;
        stream = stream.get(4 + length..)?;
        Some((kind, data))
    })
}

/// Two bytes, the lower first.
pub(super) fn u16_at(bytes: &[u8], place: usize) -> Option<u16> {
    let two = bytes.get(place..place.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

/// Four bytes, the lowest first.
pub(super) fn u32_at(bytes: &[u8], place: usize) -> Option<u32> {
    let four = bytes.get(place..place.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ingest::compound::MOST_TEXT;
    use proptest::prelude::*;

    pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut record = kind.to_le_bytes().to_vec();
        record.extend((data.len() as u16).to_le_bytes());
        record.extend(data);
        record
    }

    #[test]
    fn one_text_in_many_cells_counts_as_often() {
        let text = [&30_000_u16.to_le_bytes()[..], &[0], &[b'x'; 8_000]].concat();
        let mut stream = record(0x00FC, &[vec![0; 8], text].concat());
        // The text goes on in records that begin with its width.
        for _ in 0..3 {
            stream.extend(record(0x003C, &[vec![0], vec![b'x'; 8_000]].concat()));
        }
        let of = |cells| {
            let cell = record(0x00FD, &[0; 10]);
            texts(&[stream.clone(), cell.repeat(cells)].concat())
        };
        assert_eq!((of(0), of(1), of(3_000)), (0, 30_000, 90_000_000));
        assert!(of(3_000) > MOST_TEXT);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
            let _ = (cells(&bytes), texts(&bytes), claim(&bytes));
        }
    }
}
