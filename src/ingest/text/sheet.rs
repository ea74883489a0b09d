//! A small table, held whole: what exports of totals are.
//!
//! Unlike a list of followers such a file has a few hundred rows, may begin with a title,
//! and may be in any encoding, because spreadsheet programs have handled it.

use std::io::Read;

use super::delimited::delimiter;
use super::encoding;
use crate::error::{Error, Result};
use crate::ingest::container::{Member, unreadable};
use crate::ingest::head::Head;

/// More than any export of totals has.
const LIMIT: u64 = 32 << 20;

/// Lines that are looked at for what divides the cells: titles divide nothing.
const SURVEYED: usize = 6;

/// Lines that are enough for recognition.
const RECOGNISED: usize = 6;

/// One line of a table that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line in the file, counted from 1.
    pub number: u64,
    /// Its cells, without white space around them.
    pub cells: Vec<String>,
}

impl Line {
    /// A cell; empty where the line has no such column.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The text, where only the first cell is filled: a title.
    pub fn title(&self) -> Option<&str> {
        let (first, others) = self.cells.split_first()?;
        (!first.is_empty() && others.iter().all(String::is_empty)).then_some(first)
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The line `sep=,` stood in front, with which Meta tells Excel what divides cells.
    pub names_delimiter: bool,
    /// The lines that are not blank.
    pub lines: Vec<Line>,
}

impl Sheet {
    /// The first lines of a file, for recognition.
    pub fn head(head: &Head<'_>) -> Self {
        let text = encoding::text(head.bytes);
        Self::of(&text, RECOGNISED)
    }

    /// A whole file.
    ///
    /// # Errors
    /// The file cannot be read, or is far larger than totals are.
    pub fn read(member: &Member) -> Result<Self> {
        let bytes = member.read(|input| {
            let mut bytes = Vec::new();
            input
                .take(LIMIT + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| unreadable(&member.name, &error))?;
            Ok(bytes)
        })?;
        if bytes.len() as u64 > LIMIT {
            return Err(Error::new(
                "ingest::too_large",
                "this begins like an export of totals, and is far larger than those are",
            )
            .at(&member.name)
            .help("export it again from the platform"));
        }
        Ok(Self::of(&encoding::text(&bytes), usize::MAX))
    }

    fn of(text: &str, lines: usize) -> Self {
        let (named, text, skipped) = match text.strip_prefix("sep=") {
            Some(rest) => {
                let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let (name, rest) = rest.split_at(end);
                (name.bytes().next(), rest, 1)
            }
            None => (None, text, 0),
        };
        let surveyed: Vec<&str> = text.lines().take(SURVEYED).collect();
        let delimiter = named
            .filter(u8::is_ascii_punctuation)
            .unwrap_or_else(|| delimiter(surveyed.join("\n").as_bytes()));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let lines = reader
            .records()
            // Memory cannot fail to be read, and it is UTF-8.
            .filter_map(std::result::Result::ok)
            .map(|record| Line {
                number: record.position().map_or(0, csv::Position::line) + skipped,
                cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
            })
            .filter(|line| line.cells.iter().any(|cell| !cell.is_empty()))
            .take(lines)
            .collect();
        Self {
            names_delimiter: named.is_some(),
            lines,
        }
    }

    /// The cells of the first line.
    pub fn names(&self) -> &[String] {
        self.lines.first().map_or(&[], |line| &line.cells)
    }
}

/// The column under a heading; case and white space around do not count.
pub fn column(names: &[String], heading: &str) -> Option<usize> {
    names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(heading))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let sheet = Sheet::of(text, usize::MAX);
        sheet.lines.into_iter().map(|line| line.cells).collect()
    }

    #[test]
    fn titles_and_delimiters() {
        let expected = [
            vec!["Follows"],
            vec!["Date", "Primary"],
            vec!["2025-01-01", "4"],
        ];
        for text in [
            "sep=,\n\"Follows\"\n\"Date\",\"Primary\"\n\"2025-01-01\",\"4\"\n",
            "sep=;\r\nFollows\r\nDate;Primary\r\n\r\n2025-01-01; 4 \r\n",
            "Follows\nDate\tPrimary\n2025-01-01\t4",
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
        let padded = Sheet::of("Follows;\nDate;Primary\n", usize::MAX);
        assert_eq!(padded.lines[0].title(), Some("Follows"));
        assert_eq!(padded.lines[1].title(), None);
        assert!(!padded.names_delimiter);
    }

    #[test]
    fn lines_are_counted_in_the_file() {
        let sheet = Sheet::of("sep=,\na,b\n\n1,2\n", usize::MAX);
        assert!(sheet.names_delimiter);
        assert_eq!(sheet.lines[0].number, 2);
        assert_eq!(Sheet::of("sep=", usize::MAX).lines, []);
        assert_eq!(Sheet::of("", usize::MAX).names(), &[] as &[String]);
    }
}
