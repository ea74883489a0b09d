//! Whether an old binary workbook may be opened: compound file (MS-CFB), records (MS-XLS).
//!
//! Those who read such workbooks follow its chains of sectors wherever they lead, make room
//! for as many cells as it announces, and copy a text into each cell that refers to it. A
//! chain that bites its tail, a sheet of four thousand million cells, or one long text in a
//! million cells would fill the memory; so the file is looked through beforehand.

use std::collections::HashMap;

/// Sector numbers from here on are marks.
const MARKS: u32 = 0xFFFF_FFFC;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Streams that are smaller lie in small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// All cells that a sheet of this kind can have: 65,536 rows of 256 columns.
const MOST_CELLS: u64 = 65_536 * 256;
const MOST_COLUMNS: u16 = 256;
/// The most text that the cells of a workbook may hold together.
const MOST_TEXT: u64 = 128 << 20;

/// Whether the chains of the file end, and its sheets announce and hold no more than sheets
/// can. A file that is broken in another way is told by whoever reads it.
pub fn is_sound(bytes: &[u8]) -> bool {
    let Some(file) = Compound::open(bytes) else {
        return true;
    };
    let Some(small) = file.small_sectors() else {
        return false;
    };
    if has_ring(&file.next) || has_ring(&small) {
        return false;
    }
    let streams = file.workbook_streams(&small);
    streams.iter().all(|stream| Records::of(stream).are_usual())
}

struct Compound<'a> {
    bytes: &'a [u8],
    size: usize,
    /// The sector that follows each one.
    next: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            size,
            next: Vec::new(),
        };
        let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
        let mut more = u32_at(bytes, 68)?;
        let most = bytes.len() / size + 1;
        for _ in 0..most {
            if more >= MARKS {
                break;
            }
            tables.extend(numbers(file.sector(more)));
            more = tables.pop()?;
        }
        let sectors = tables.into_iter().filter(|&sector| sector < MARKS);
        for sector in sectors.take(most) {
            let entries: Vec<u32> = numbers(file.sector(sector)).collect();
            file.next.extend(entries);
        }
        Some(file)
    }

    /// A sector; what lies behind the end of the file is missing.
    fn sector(&self, number: u32) -> &'a [u8] {
        let start = (number as usize + 1).saturating_mul(self.size);
        let end = start.saturating_add(self.size).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// A chain, as long as the file at most.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut chain = Vec::new();
        let mut sector = start;
        while sector < MARKS && chain.len() <= self.bytes.len() {
            chain.extend_from_slice(self.sector(sector));
            let Some(&next) = self.next.get(sector as usize) else {
                break;
            };
            sector = next;
        }
        chain
    }

    /// The small sector that follows each one; `None` where their chain does not end.
    fn small_sectors(&self) -> Option<Vec<u32>> {
        let chain = self.chain(u32_at(self.bytes, 60)?);
        (chain.len() <= self.bytes.len()).then(|| numbers(&chain).collect())
    }

    /// The streams that hold the records of a workbook.
    fn workbook_streams(&self, small: &[u32]) -> Vec<Vec<u8>> {
        let directory = self.chain(u32_at(self.bytes, 48).unwrap_or(MARKS));
        let start = |entry: &[u8]| u32_at(entry, 116).unwrap_or(MARKS);
        let container = directory.get(..ENTRY).map(|root| self.chain(start(root)));
        let mut streams = Vec::new();
        for entry in directory.chunks_exact(ENTRY) {
            let name: String = numbers_16(entry.get(..64).unwrap_or_default())
                .take_while(|&unit| unit != 0)
                .filter_map(|unit| char::from_u32(unit.into()))
                .collect();
            if !["workbook", "book"].contains(&name.to_lowercase().as_str()) {
                continue;
            }
            let length = u32_at(entry, 120).unwrap_or_default() as usize;
            let mut stream = if length >= SMALL_STREAM {
                self.chain(start(entry))
            } else {
                let mut stream = Vec::new();
                let mut sector = start(entry);
                while let (true, Some(container)) = (stream.len() < length, &container) {
                    let at = sector as usize * SMALL_SECTOR;
                    let Some(bytes) = container.get(at..at + SMALL_SECTOR) else {
                        break;
                    };
                    stream.extend_from_slice(bytes);
                    let Some(&next) = small.get(sector as usize) else {
                        break;
                    };
                    sector = next;
                }
                stream
            };
            stream.truncate(length);
            streams.push(stream);
        }
        streams
    }
}

/// Whether a chain comes back to a sector that it has passed.
fn has_ring(next: &[u32]) -> bool {
    // 0 is new, otherwise the walk in which it was passed.
    let mut passed = vec![0_u32; next.len()];
    for start in 0..next.len() {
        let walk = start as u32 + 1;
        let mut at = start;
        while let Some(mark) = passed.get_mut(at) {
            if *mark == walk {
                return true;
            }
            if *mark != 0 {
                break;
            }
            *mark = walk;
            match next.get(at) {
                Some(&following) if following < MARKS => at = following as usize,
                _ => break,
            }
        }
    }
    false
}

/// What the records of a workbook announce and hold.
#[derive(Default)]
struct Records {
    too_many_cells: bool,
    /// Length of each shared text, in characters.
    texts: Vec<u64>,
    /// How often cells refer to each.
    references: HashMap<u32, u64>,
}

impl Records {
    fn of(stream: &[u8]) -> Self {
        let mut records = Self::default();
        let mut rest = stream;
        let mut shared: Vec<&[u8]> = Vec::new();
        let mut before = 0;
        while let (Some(kind), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) {
            let end = (4 + usize::from(length)).min(rest.len());
            let (record, behind) = rest.split_at(end);
            let data = record.get(4..).unwrap_or_default();
            rest = behind;
            match kind {
                // The shared texts, and what continues them.
                0x00FC => shared = vec![data.get(8..).unwrap_or_default()],
                0x003C if before == 0x00FC && !shared.is_empty() => {
                    shared.push(data);
                    continue;
                }
                _ => records.take(kind, data),
            }
            before = kind;
        }
        records.texts = text_lengths(&shared);
        records
    }

    fn take(&mut self, kind: u16, data: &[u8]) {
        let column = match kind {
            // Size of a sheet.
            0x0200 => {
                self.too_many_cells |= announced(data) > MOST_CELLS;
                None
            }
            // A row of numbers: its last column stands at the end.
            0x00BD => u16_at(data, data.len().saturating_sub(2)),
            0x00FD => {
                if let Some(text) = u32_at(data, 6) {
                    *self.references.entry(text).or_default() += 1;
                }
                u16_at(data, 2)
            }
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x0006 => u16_at(data, 2),
            _ => None,
        };
        self.too_many_cells |= column.is_some_and(|column| column >= MOST_COLUMNS);
    }

    fn are_usual(&self) -> bool {
        let text = self.references.iter().map(|(&text, &times)| {
            let length = self.texts.get(text as usize).copied().unwrap_or_default();
            length.saturating_mul(times)
        });
        let text = text.fold(0, u64::saturating_add);
        !self.too_many_cells && text <= MOST_TEXT
    }
}

/// Cells between the first and the last row and column that a sheet announces.
fn announced(data: &[u8]) -> u64 {
    let wide = |at| u32_at(data, at).map_or(0, u64::from);
    let narrow = |at| u16_at(data, at).map_or(0, u64::from);
    let [first, last, left, right] = match data.len() {
        10 => [narrow(0), narrow(2), narrow(4), narrow(6)],
        _ => [wide(0), wide(4), narrow(8), narrow(10)],
    };
    let left = if left > 255 || right < left { 0 } else { left };
    let rows = last.saturating_sub(first).max(1);
    rows.saturating_mul(right.saturating_sub(left).max(1))
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

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|bytes| u32::from_le_bytes(*bytes))
}

fn numbers_16(bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
    let (numbers, _) = bytes.as_chunks::<2>();
    numbers.iter().map(|bytes| u16::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_that_comes_back_is_a_ring() {
        assert!(!has_ring(&[]));
        assert!(!has_ring(&[1, 2, 0xFFFF_FFFE, 1]));
        assert!(has_ring(&[0]));
        assert!(has_ring(&[1, 2, 1]));
        // Beyond the table: no ring, and whoever reads it says so.
        assert!(!has_ring(&[9]));
    }

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = data.len() as u16;
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn sheets_announce_what_sheets_can_hold() {
        let size = |rows: u32, columns: u16| {
            let mut data = vec![0; 14];
            data[4..8].copy_from_slice(&rows.to_le_bytes());
            data[10..12].copy_from_slice(&columns.to_le_bytes());
            Records::of(&record(0x0200, &data)).are_usual()
        };
        assert!(size(65_536, 256) && size(0, 0));
        assert!(!size(65_537, 256) && !size(u32::MAX, 1) && !size(65_536, 300));
        let cell = |column: u16| {
            let data = [0_u16, column, 0].map(u16::to_le_bytes).concat();
            Records::of(&record(0x0203, &data)).are_usual()
        };
        assert!(cell(255) && !cell(256));
    }

    #[test]
    fn one_text_in_many_cells_counts_as_often() {
        let long = 30_000_u16;
        let text = [&long.to_le_bytes()[..], &[0], &vec![b'x'; 8_000]].concat();
        let mut stream = record(0x00FC, &[vec![0; 8], text].concat());
        // The text goes on in records that begin with its width.
        for _ in 0..3 {
            stream.extend(record(0x003C, &[vec![0], vec![b'x'; 8_000]].concat()));
        }
        let cells = |n: usize| {
            let cell = record(0x00FD, &[0; 10]);
            let stream = [stream.clone(), cell.repeat(n)].concat();
            Records::of(&stream)
        };
        assert_eq!(cells(1).texts.first(), Some(&30_000));
        assert!(cells(4_000).are_usual());
        assert!(!cells(5_000).are_usual());
    }
}
