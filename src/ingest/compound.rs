//! How large the sheets of an old workbook are, before they are read.
//!
//! The reader of old workbooks holds every sheet as a full rectangle. Two cells in far
//! corners, or a size that a few bytes claim, would take more memory than there is, and
//! that ends a program at once. So the records of each sheet are looked through first: a
//! compound file (MS-CFB) holds a stream `Workbook`, whose records [`biff`](super::biff)
//! knows.

use super::biff::{cells, texts, u16_at, u32_at};

/// Cells of the rectangles of all sheets together: a year by day of a hundred columns,
/// in a hundred sheets.
pub const MOST_CELLS: u64 = 1 << 22;

/// Characters in the cells of a workbook, each text as often as cells refer to it.
pub const MOST_TEXT: u64 = 64 << 20;

/// Marks beyond the last sector: free, end of a chain, and others.
const NO_SECTOR: u32 = 0xFFFF_FFFA;

/// Streams below this size lie in small sectors.
const SMALL: usize = 4096;

/// Whether the sheets of an old workbook fit into memory.
///
/// `None` where its structure cannot be followed; then nobody else should try.
pub fn fits(bytes: &[u8]) -> Option<bool> {
    let file = Compound::open(bytes)?;
    // The reader follows every chain, also of streams that nobody needs.
    if has_ring(&file.next) || has_ring(&file.small_next) {
        return None;
    }
    let mut fit = true;
    for stream in file.workbooks() {
        let stream = stream?;
        fit &= cells(&stream)? <= MOST_CELLS && texts(&stream) <= MOST_TEXT;
    }
    Some(fit)
}

/// The sectors of a compound file.
struct Compound<'a> {
    bytes: &'a [u8],
    shift: u32,
    /// For every sector the next of its chain.
    next: Vec<u32>,
    small_next: Vec<u32>,
    small: Vec<u8>,
    directory: Vec<u8>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 0x1E)?);
        if !matches!(shift, 9 | 12) {
            return None;
        }
        let mut file = Self {
            bytes,
            shift,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            directory: Vec::new(),
        };
        file.next = file.allocation()?;
        file.directory = file.chain(u32_at(bytes, 0x30)?)?;
        file.small_next = numbers(&file.chain(u32_at(bytes, 0x3C)?)?);
        // The first entry is the root, whose stream is the small sectors.
        file.small = file.chain(u32_at(&file.directory, 116)?)?;
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)? << self.shift;
        let end = start + (1 << self.shift);
        // The last one may be cut short.
        self.bytes.get(start..end.min(self.bytes.len()))
    }

    /// The table of chains; where its sectors are stands in the header and, for large
    /// files, in further sectors.
    fn allocation(&self) -> Option<Vec<u32>> {
        let mut sectors = numbers(self.bytes.get(0x4C..0x200)?);
        let mut more = u32_at(self.bytes, 0x44)?;
        for _ in 0..=self.bytes.len() >> self.shift {
            if more >= NO_SECTOR {
                break;
            }
            let mut further = numbers(self.sector(more)?);
            more = further.pop()?;
            sectors.extend(further);
        }
        let mut next = Vec::new();
        for number in sectors.into_iter().filter(|&number| number < NO_SECTOR) {
            next.extend(numbers(self.sector(number)?));
        }
        Some(next)
    }

    /// The bytes of a chain; empty where there is none.
    fn chain(&self, mut number: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        while number < NO_SECTOR {
            bytes.extend_from_slice(self.sector(number)?);
            // A chain that bites its tail is longer than the file.
            if bytes.len() > self.bytes.len() {
                return None;
            }
            number = *self.next.get(number as usize)?;
        }
        Some(bytes)
    }

    /// The same for the small sectors of 64 bytes.
    fn small_chain(&self, mut number: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        while number < NO_SECTOR {
            let start = (number as usize).checked_mul(64)?;
            let end = start.checked_add(64)?.min(self.small.len());
            bytes.extend_from_slice(self.small.get(start..end)?);
            if bytes.len() > SMALL {
                return None;
            }
            number = *self.small_next.get(number as usize)?;
        }
        Some(bytes)
    }

    /// Every stream under one of the names that workbooks have.
    fn workbooks(&self) -> impl Iterator<Item = Option<Vec<u8>>> + '_ {
        self.directory.chunks_exact(128).filter_map(|entry| {
            let units = entry.get(..64)?.chunks_exact(2);
            let name: String = units
                .map(|unit| char::from(unit.first().copied().unwrap_or_default()))
                .take_while(|&letter| letter != '\0')
                .collect();
            if !["workbook", "book"].contains(&name.to_ascii_lowercase().as_str()) {
                return None;
            }
            let (start, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
            Some(if size < SMALL {
                self.small_chain(start)
            } else {
                self.chain(start)
            })
        })
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
                Some(&following) if following < NO_SECTOR => at = following as usize,
                _ => break,
            }
        }
    }
    false
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .filter_map(|chunk| u32_at(chunk, 0))
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ingest::biff::tests::record;
    use proptest::prelude::*;

    fn number(row: u16, column: u16) -> Vec<u8> {
        let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        data.extend(1f64.to_le_bytes());
        record(0x0203, &data)
    }

    /// A stream of one sheet with these records.
    fn stream(sheet: &[Vec<u8>]) -> Vec<u8> {
        let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
        let end = record(0x000A, &[]);
        let named = |start: u32| {
            let mut data = start.to_le_bytes().to_vec();
            data.extend([0, 0, 1, 0, b'A']);
            record(0x0085, &data)
        };
        let start = begin.len() + named(0).len() + end.len();
        [
            begin.clone(),
            named(start as u32),
            end.clone(),
            begin,
            sheet.concat(),
            end,
        ]
        .concat()
    }

    /// A compound file with the stream `Workbook`, in sectors of 512 bytes.
    pub fn compound(mut stream: Vec<u8>) -> Vec<u8> {
        stream.resize(stream.len().max(SMALL).next_multiple_of(512), 0);
        let sectors = stream.len() / 512;
        let mut header = vec![0; 512];
        header[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        let mut put = |place: usize, bytes: &[u8]| {
            header[place..place + bytes.len()].copy_from_slice(bytes);
        };
        put(0x18, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
        put(0x2C, &1u32.to_le_bytes());
        put(0x30, &1u32.to_le_bytes());
        put(0x38, &4096u32.to_le_bytes());
        put(0x3C, &0xFFFF_FFFEu32.to_le_bytes());
        put(0x44, &0xFFFF_FFFEu32.to_le_bytes());
        for entry in 0..109 {
            let sector = if entry == 0 { 0 } else { u32::MAX };
            put(0x4C + 4 * entry, &sector.to_le_bytes());
        }
        let mut table = vec![0xFFFF_FFFDu32, 0xFFFF_FFFE];
        table.extend((3..2 + sectors as u32).chain([0xFFFF_FFFE]));
        table.resize(128, u32::MAX);
        let entry = |name: &str, kind: u8, start: u32, size: usize| {
            let mut entry = vec![0; 128];
            for (place, byte) in name.bytes().enumerate() {
                entry[2 * place] = byte;
            }
            entry[64] = 2 * (name.len() as u8 + 1);
            entry[66] = kind;
            entry[68..80].fill(0xFF);
            entry[116..120].copy_from_slice(&start.to_le_bytes());
            entry[120..124].copy_from_slice(&(size as u32).to_le_bytes());
            entry
        };
        let mut directory = [
            entry("Root Entry", 5, 0xFFFF_FFFE, 0),
            entry("Workbook", 2, 2, stream.len()),
        ]
        .concat();
        directory.resize(512, 0);
        let table = table.into_iter().flat_map(u32::to_le_bytes).collect();
        [header, table, directory, stream].concat()
    }

    #[test]
    fn a_chain_that_comes_back_is_a_ring() {
        assert!(!has_ring(&[]));
        assert!(!has_ring(&[1, 2, 0xFFFF_FFFE, 1]));
        assert!(has_ring(&[0]));
        assert!(has_ring(&[1, 2, 1]));
        // Beyond the table: no ring, and whoever reads it says so.
        assert!(!has_ring(&[9]));
    }

    #[test]
    fn sheets_that_fit_and_those_that_do_not() {
        let size = |rows: u32, columns: u16| {
            let mut data = [0, rows].map(u32::to_le_bytes).concat();
            data.extend([0u16, columns, 0].map(u16::to_le_bytes).concat());
            record(0x0200, &data)
        };
        for (sheet, expected) in [
            (vec![], true),
            (vec![number(0, 0), number(365, 5)], true),
            // The largest size there is, claimed and not used, as programs do.
            (vec![size(65_536, 256), number(3, 3)], true),
            (vec![number(0, 0), number(65_535, 255)], false),
            (vec![number(0, 0), number(65_535, 65_535)], false),
            (vec![size(u32::MAX, 65_535)], false),
            (
                vec![
                    number(1, 1),
                    record(0x00BD, &[0xFF, 0xFF, 0, 0, 0xFF, 0xFF]),
                ],
                false,
            ),
        ] {
            assert_eq!(fits(&compound(stream(&sheet))), Some(expected), "{sheet:?}");
        }
    }

    #[test]
    fn hostile_workbooks_are_refused_with_the_reason() {
        let far = compound(stream(&[number(0, 0), number(65_535, 65_535)]));
        let error = crate::ingest::workbook::sheets(far, "x.xls").unwrap_err();
        assert_eq!(error.kind(), "ingest::too_large");
        let near = compound(stream(&[number(0, 0), number(2, 1)]));
        let sheets = crate::ingest::workbook::sheets(near, "x.xls").unwrap();
        assert_eq!(&*sheets[0].1, b"1\n\n,1\n".as_slice());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
            let _ = fits(&bytes);
        }

        #[test]
        fn no_damage_panics(place in 0usize..5600, byte: u8) {
            let mut file = compound(stream(&[number(0, 0), number(9, 9)]));
            if let Some(found) = file.get_mut(place) {
                *found = byte;
            }
            let _ = fits(&file);
        }
    }
}
