//! Plain rows divided into cells, many at a time.
//!
//! Rows without quotation marks are divided by where their delimiters and line ends lie,
//! which takes no decision by what a cell says: 64 bytes at a time are compared with each
//! of these, and the places are read off the bits. Simdjson finds the structure of JSON so
//! (Langdale and Lemire 2019, doi:10.1007/s00778-019-00578-5). Rows that are not plain are
//! divided one by one, as `split` says.

use wide::u8x16;

use crate::frame::dates::iso_utc;

/// Bytes that are compared at once: the bits of a word.
const WINDOW: usize = u64::BITS as usize;

/// Rows that are divided at once: few enough that they stay in the nearest cache.
const ROWS: usize = 128;

/// The cells of some plain rows.
#[derive(Debug, Default)]
pub struct Cells {
    /// Cells of a row.
    width: usize,
    rows: usize,
    /// Where the cells begin, row by row, and where one more would.
    starts: Vec<usize>,
}

impl Cells {
    /// Divides the rows that begin at `at`, up to the first that is not plain: that has
    /// quotation marks, not `width` cells, nothing in it, or no end.
    pub fn divide(&mut self, bytes: &[u8], at: usize, width: usize, delimiter: u8) {
        self.width = width.max(1);
        self.rows = 0;
        self.starts.clear();
        self.starts.push(at);
        let mut cell = 0;
        let mut from = at;
        'windows: while self.rows < ROWS {
            let Some(marks) = Marks::of(bytes, from, delimiter) else {
                break;
            };
            let mut left = marks.separators;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                cell += 1;
                let is_row = marks.ends >> bit & 1 == 1;
                if is_row != (cell == self.width) {
                    break 'windows;
                }
                let start = from + bit as usize + 1;
                self.starts.push(start);
                if is_row {
                    if self.is_empty_row(bytes) {
                        break 'windows;
                    }
                    cell = 0;
                    self.rows += 1;
                }
            }
            if marks.is_odd {
                break;
            }
            from += WINDOW;
        }
        self.starts.truncate(self.rows * self.width + 1);
    }

    /// Whether the row that was found last is a blank line; only one of a single cell
    /// can be.
    fn is_empty_row(&self, bytes: &[u8]) -> bool {
        let line = match *self.starts.as_slice() {
            [.., start, next] if self.width == 1 => bytes.get(start..next),
            _ => return false,
        };
        line.is_none_or(|line| matches!(line, b"\n" | b"\r\n"))
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Where the row behind the last begins.
    pub fn end(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The cells of one column in these bytes.
    pub fn column<'a>(&self, bytes: &'a [u8], index: usize) -> impl Iterator<Item = Cell<'a>> {
        let starts = self.starts.get(index..).unwrap_or_default();
        let ends = starts.get(1..).unwrap_or_default();
        let is_last = index + 1 == self.width;
        let places = starts
            .iter()
            .step_by(self.width)
            .zip(ends.iter().step_by(self.width));
        places.map(move |(&start, &end)| {
            let mut length = end - start - 1;
            // A line may end in two characters.
            if is_last && length > 0 && bytes.get(end - 2) == Some(&b'\r') {
                length -= 1;
            }
            let rest = bytes.get(start..).unwrap_or_default();
            Cell { rest, length }
        })
    }
}

/// What lies where in 64 bytes, one bit each.
struct Marks {
    /// Delimiters and line ends.
    separators: u64,
    /// Line ends.
    ends: u64,
    /// Whether a quotation mark or a lone `\r` lies there; only what lies before it is
    /// marked.
    is_odd: bool,
}

impl Marks {
    /// The marks from `at` on; none behind the end.
    #[inline]
    fn of(bytes: &[u8], at: usize, delimiter: u8) -> Option<Self> {
        let rest = bytes.get(at..)?;
        if rest.is_empty() {
            return None;
        }
        let mut padded = [0; WINDOW];
        let window = rest.first_chunk().unwrap_or_else(|| {
            for (to, &from) in padded.iter_mut().zip(rest) {
                *to = from;
            }
            &padded
        });
        let (mut separators, mut ends, mut quotes, mut returns) = (0, 0, 0, 0);
        for (place, part) in window.as_chunks::<16>().0.iter().enumerate() {
            let part = u8x16::new(*part);
            let bits = |byte: u8| {
                let equal = part.simd_eq(u8x16::splat(byte));
                u64::from(equal.to_bitmask()) << (16 * place)
            };
            separators |= bits(delimiter);
            ends |= bits(b'\n');
            quotes |= bits(b'"');
            returns |= bits(b'\r');
        }
        let mut odd = quotes;
        if returns != 0 {
            let is_end = |byte: Option<&u8>| u64::from(byte == Some(&b'\n'));
            let next = ends >> 1 | is_end(rest.get(WINDOW)) << (WINDOW - 1);
            odd |= returns & !next;
        }
        // All bits below the lowest that is odd.
        let before = (odd & odd.wrapping_neg()).wrapping_sub(1);
        Some(Self {
            separators: (separators | ends) & before,
            ends: ends & before,
            is_odd: odd != 0,
        })
    }
}

/// One cell, and what lies behind it.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// Bytes from the cell on.
    rest: &'a [u8],
    length: usize,
}

impl<'a> From<&'a [u8]> for Cell<'a> {
    fn from(text: &'a [u8]) -> Self {
        Self {
            rest: text,
            length: text.len(),
        }
    }
}

impl<'a> Cell<'a> {
    /// What it says.
    pub fn text(self) -> &'a [u8] {
        self.rest.get(..self.length).unwrap_or_default()
    }

    /// Whether it says nothing.
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// A cell of one to eight bytes as a word, its first byte lowest.
    #[inline]
    fn word(self) -> Option<u64> {
        let word = match self.rest.first_chunk() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => self
                .rest
                .iter()
                .rev()
                .fold(0, |word, &byte| word << 8 | u64::from(byte)),
        };
        let unused = 8 * 8_usize.checked_sub(self.length)? as u32;
        Some(word.checked_shl(unused)? >> unused)
    }

    /// A whole number of at most eight digits.
    #[inline]
    pub fn whole(self) -> Option<i64> {
        let unused = 8 * 8_usize.checked_sub(self.length)? as u32;
        // With so many zeros in front that there are eight digits, one in each byte.
        let digits = self.word()?.wrapping_shl(unused) ^ ZEROS.wrapping_shl(unused);
        if no_digits(digits) != 0 {
            return None;
        }
        let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
        const PAIRS: u64 = 0x0000_00FF_0000_00FF;
        let higher = (pairs & PAIRS).wrapping_mul(100 + (1_000_000 << 32));
        let lower = (pairs >> 16 & PAIRS).wrapping_mul(1 + (10_000 << 32));
        Some((higher.wrapping_add(lower) >> 32) as i64)
    }

    /// A flag: `0`, `1`, or `true` and `false` in any case.
    #[inline]
    pub fn flag(self) -> Option<bool> {
        const SMALL: u64 = 0x2020_2020_2020_2020;
        const ONE: u64 = word(b"1");
        const ZERO: u64 = word(b"0");
        const TRUE: u64 = word(b"true");
        const FALSE: u64 = word(b"false");
        let word = self.word()?;
        let letters = word | SMALL >> (8 * (8 - self.length));
        // The length too: a cell may hold zeros, which then are no end.
        let yes = (letters == TRUE) & (self.length == 4) | (word == ONE) & (self.length == 1);
        let no = (letters == FALSE) & (self.length == 5) | (word == ZERO) & (self.length == 1);
        (yes | no).then_some(yes)
    }

    /// A date as `2018-10-10T20:19:24Z`.
    #[inline]
    pub fn iso(self) -> Option<i64> {
        let text = self.rest.first_chunk()?;
        if self.length == text.len() {
            iso_utc(text)
        } else {
            None
        }
    }

    /// Whether it is made of digits alone, of at most 24.
    #[inline]
    pub fn is_digits(self) -> bool {
        const LONGEST: usize = 24;
        let Some(words) = self.rest.first_chunk::<LONGEST>() else {
            return !self.is_empty() && self.text().iter().all(u8::is_ascii_digit);
        };
        let others = |place: usize| {
            let used = self.length.saturating_sub(8 * place).min(8) as u32;
            let word = words.as_chunks::<8>().0.get(place);
            let word = word.map_or(0, |word| u64::from_le_bytes(*word));
            // What lies behind the cell does not count.
            no_digits(word ^ ZEROS)
                .checked_shl(64 - 8 * used)
                .unwrap_or_default()
        };
        (1..=LONGEST).contains(&self.length) & (others(0) | others(1) | others(2) == 0)
    }
}

/// Eight times the character zero.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The highest bit of each byte that is no digit, where digits are numbers from 0 to 9.
#[inline]
fn no_digits(digits: u64) -> u64 {
    (digits | digits.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
}

/// A text of at most eight bytes as [`Cell::word`] has it.
const fn word(text: &[u8]) -> u64 {
    let (mut word, mut place) = (0, text.len());
    while place > 0 {
        place -= 1;
        word = word << 8 | text[place] as u64;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::super::split::Record;
    use super::*;
    use proptest::prelude::*;

    /// All rows as the program divides them: the plain ones many at a time, whatever
    /// stands between them one by one; and how many were plain.
    fn divided(text: &[u8], width: usize, delimiter: u8) -> (Vec<Vec<Vec<u8>>>, usize) {
        let (mut cells, mut record, mut at) = (Cells::default(), Record::default(), 0);
        let (mut rows, mut plain) = (Vec::new(), 0);
        loop {
            cells.divide(text, at, width, delimiter);
            if cells.rows() > 0 {
                let mut found = vec![Vec::new(); cells.rows()];
                for index in 0..width {
                    for (row, cell) in found.iter_mut().zip(cells.column(text, index)) {
                        row.push(cell.text().to_vec());
                    }
                }
                rows.extend(found);
                plain += cells.rows();
                at = cells.end();
            } else if let Some(next) = record.read(text, at, delimiter) {
                rows.push(record.iter().map(<[u8]>::to_vec).collect());
                at = next;
            } else {
                return (rows, plain);
            }
        }
    }

    fn one_by_one(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        let (mut record, mut at, mut rows) = (Record::default(), 0, Vec::new());
        while let Some(next) = record.read(text, at, delimiter) {
            rows.push(record.iter().map(<[u8]>::to_vec).collect());
            at = next;
        }
        rows
    }

    /// Rows of three cells that are mostly plain, so that many windows are.
    fn rows() -> impl Strategy<Value = Vec<u8>> {
        let cell = prop_oneof![
            20 => "[a-z0-9]{0,30}",
            1 => "[a-z]{0,3}[\"\r\n,][a-z\"]{0,3}",
        ];
        let row = (
            proptest::collection::vec(cell, 3),
            prop_oneof![20 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\n\n")],
        );
        proptest::collection::vec(row, 0..40).prop_map(|rows| {
            let rows = rows.into_iter().map(|(cells, end)| cells.join(",") + end);
            rows.collect::<String>().into_bytes()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn many_rows_are_divided_as_single_ones(
            text in prop_oneof![
                rows(),
                proptest::collection::vec(proptest::sample::select(b",,\"\n\r;a ".to_vec()), 0..200),
            ],
            width in 1..4_usize,
        ) {
            for delimiter in [b',', b';'] {
                let (found, _) = divided(&text, width, delimiter);
                prop_assert_eq!(found, one_by_one(&text, delimiter));
            }
        }

        #[test]
        fn cells_are_what_they_look_like(
            text in prop_oneof![
                "[0-9]{0,26}",
                "[0-9]{0,8}.{0,2}[0-9]{0,2}",
                "[tT][rR][uU][eE].?",
                "[fF][aA][lL][sS][eE].?",
                "(0|1|true|false)\\x00{0,3}",
                ".{0,9}",
            ],
            behind in "[0-9]{0,30}",
        ) {
            let whole = text.clone() + &behind;
            let cell = Cell { rest: whole.as_bytes(), length: text.len() };
            prop_assert_eq!(cell.text(), text.as_bytes());
            let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(cell.is_digits(), is_digits && (text.len() <= 24 || whole.len() < 24));
            let number = text.parse().ok().filter(|_| is_digits && text.len() <= 8);
            prop_assert_eq!(cell.whole(), number);
            let flag = match text.to_ascii_lowercase().as_str() {
                "1" | "true" => Some(true),
                "0" | "false" => Some(false),
                _ => None,
            };
            prop_assert_eq!(cell.flag(), flag);
        }
    }

    #[test]
    fn a_zero_byte_is_no_end() {
        for text in ["0\0", "1\0\0", "true\0", "false\0"] {
            assert_eq!(Cell::from(text.as_bytes()).flag(), None, "{text:?}");
        }
    }

    #[test]
    fn plain_rows_are_divided_many_at_a_time() {
        let text = "12,2018-10-10T20:19:24Z,\n".repeat(500);
        let (rows, plain) = divided(text.as_bytes(), 3, b',');
        assert_eq!((rows.len(), plain), (500, 500));
        let text = text.replace('\n', "\r\n");
        assert_eq!(divided(text.as_bytes(), 3, b',').1, 500);
    }
}
