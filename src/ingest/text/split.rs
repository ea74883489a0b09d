//! Delimited text divided into rows and cells, as RFC 4180 and the `csv` crate do it.
//!
//! A quotation mark counts only at the beginning of a cell; inside such a cell two of
//! them are one. `\n`, `\r` and both together end a row, and blank lines are no rows.

use memchr::{memchr, memchr3, memrchr2};

use super::delimited::LONGEST_ROW;

/// Where the last row ends that ends in these bytes, which begin with a row; zero where
/// none does. A row that is too long for any is given as far as it was read: whoever reads
/// it sees what is wrong.
pub fn last_end(bytes: &[u8], delimiter: u8) -> usize {
    let (mut at, mut end) = (0, 0);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let quote = memchr(b'"', rest);
        let plain = rest.get(..quote.unwrap_or(rest.len())).unwrap_or_default();
        if let Some(place) = memrchr2(b'\n', b'\r', plain) {
            end = at + place + 1;
        }
        let Some(quote) = quote else {
            return if bytes.len() - end > LONGEST_ROW {
                bytes.len()
            } else {
                end
            };
        };
        at += quote + 1;
        let before = quote.checked_sub(1).and_then(|place| rest.get(place));
        let opens = match before {
            None => {
                at < 2
                    || bytes
                        .get(at - 2)
                        .is_none_or(|&byte| is_end(byte, delimiter))
            }
            Some(&byte) => is_end(byte, delimiter),
        };
        if opens {
            match closing(bytes, at) {
                // The mark may be the first of two.
                Some(close) if close + 1 < bytes.len() => at = close + 1,
                _ if bytes.len() - end > LONGEST_ROW => {
                    return bytes.len();
                }
                _ => return end,
            }
        }
    }
}

/// Whether a byte ends a cell that is not quoted.
pub fn is_end(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || byte == b'\n' || byte == b'\r'
}

/// The mark that closes a quoted cell whose text begins at `at`.
fn closing(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let close = at + memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(close + 1) != Some(&b'"') {
            return Some(close);
        }
        at = close + 2;
    }
}

/// The cells of one row, without their quotation marks.
#[derive(Clone, Debug, Default)]
pub struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// Whether a line ends inside it.
    pub spans_lines: bool,
}

impl Record {
    /// Reads the row at `at`, or the first one behind blank lines, and gives where the
    /// next begins; `None` at the end.
    pub fn read(&mut self, bytes: &[u8], at: usize, delimiter: u8) -> Option<usize> {
        self.text.clear();
        self.ends.clear();
        self.spans_lines = false;
        let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let mut at = at + bytes.get(at..)?.iter().position(|byte| !is_break(byte))?;
        loop {
            if bytes.get(at) == Some(&b'"') {
                at = self.quoted(bytes, at + 1);
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let length = memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
            self.text
                .extend_from_slice(rest.get(..length).unwrap_or_default());
            self.ends.push(self.text.len());
            at += length;
            match bytes.get(at) {
                None => return Some(at),
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return Some(at + 2),
                Some(byte) if is_break(byte) => return Some(at + 1),
                Some(_) => at += 1,
            }
        }
    }

    /// Copies quoted text from `at` on; where its closing mark lies behind.
    fn quoted(&mut self, bytes: &[u8], mut at: usize) -> usize {
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = memchr(b'"', rest).unwrap_or(rest.len());
            let text = rest.get(..length).unwrap_or_default();
            self.spans_lines |= memchr(b'\n', text).is_some();
            self.text.extend_from_slice(text);
            at += (length + 1).min(rest.len());
            if length == rest.len() || bytes.get(at) != Some(&b'"') {
                return at;
            }
            self.text.push(b'"');
            at += 1;
        }
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// One cell.
    pub fn get(&self, place: usize) -> Option<&[u8]> {
        let start = match place.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)?,
        };
        self.text.get(start..*self.ends.get(place)?)
    }

    /// The cells in their order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    /// The text of all cells.
    pub fn text(&self) -> &[u8] {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes)
            .into_byte_records()
            .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
            .collect()
    }

    fn split(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        let (mut record, mut at, mut rows) = (Record::default(), 0, Vec::new());
        while let Some(next) = record.read(bytes, at, delimiter) {
            rows.push(record.iter().map(<[u8]>::to_vec).collect());
            at = next;
        }
        rows
    }

    /// Few different characters, so that marks, delimiters and breaks meet.
    fn text() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            proptest::collection::vec(proptest::sample::select(b",,\"\"\n\r;a ".to_vec()), 0..60),
            any::<Vec<u8>>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn rows_and_cells_are_those_of_the_csv_crate(text in text()) {
            // The crate takes a byte order mark off; here the header's reader has done so.
            prop_assume!(!text.starts_with(b"\xEF\xBB\xBF"));
            for delimiter in [b',', b';'] {
                prop_assert_eq!(split(&text, delimiter), plain(&text, delimiter));
            }
        }

        #[test]
        fn a_cut_changes_nothing(text in text()) {
            let end = last_end(&text, b',');
            let (one, other) = text.split_at(end);
            let mut rows = split(one, b',');
            rows.extend(split(other, b','));
            prop_assert_eq!(rows, split(&text, b','));
        }
    }
}
