//! X: a bare list of ids, one a line, as `twarc followers NAME > ids.txt` writes it.
//!
//! Nothing but numbers, newest follower first. Where they come from stands nowhere; such
//! lists are X's, because its programs write them. Ids of another platform need a heading
//! (`id`), which makes them the project's own CSV.

use std::io::BufRead;

use super::x_follower_ids::{follower, is_given_out};
use crate::error::{Error, Result};
use crate::ingest::container::{Member, unreadable};
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Digits, Scalar};
use crate::ingest::{Adapter, Format, Role};
use crate::model::evidence::Field;
use crate::model::platform::Platform;

/// One id a line, without a heading.
pub struct XIdList;

static FORMAT: Format = Format {
    name: "x-id-list",
    platform: Some(Platform::X),
    title: "list of X ids, one a line (twarc followers)",
    how: "twarc followers NAME > ids.txt; for ids of another platform write `id` above them",
    carries: &[Field::Id, Field::AccountCreatedAt],
    lacks: "posts, activity, dates of follow, names; of which platform the numbers are",
    role: Role::Followers,
};

/// Bytes of the longest line that is looked at; an id has at most 20 digits.
const LONGEST: u64 = 1 << 10;

/// Digits of the longest id.
const MOST_DIGITS: usize = 20;

/// What one line is.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Blank,
    Id(&'a str),
    /// A number as a spreadsheet program writes it when it has rounded it.
    Rounded,
    Other,
}

impl Adapter for XIdList {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let end = if head.whole {
            head.bytes.len()
        } else {
            // The last line may be cut in two.
            head.bytes.iter().rposition(|&b| b == b'\n').unwrap_or(0)
        };
        let lines = head.bytes.get(..end).unwrap_or_default();
        let mut is_told = false;
        for line in lines.split(|&byte| byte == b'\n').map(line) {
            match line {
                Line::Blank => {}
                Line::Id(id) => is_told |= is_given_out(id.as_bytes()),
                Line::Rounded => is_told = true,
                Line::Other => return false,
            }
        }
        is_told
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        intake.carries(FORMAT.carries);
        member.read(|reader| {
            let (mut bytes, mut number) = (Vec::new(), 0);
            loop {
                bytes.clear();
                number += 1;
                let length = std::io::Read::take(&mut *reader, LONGEST)
                    .read_until(b'\n', &mut bytes)
                    .map_err(|error| unreadable(&member.name, &error))?;
                if length == 0 {
                    return Ok(());
                }
                match line(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)) {
                    Line::Blank => {}
                    Line::Id(id) => match Digits::from_text(id) {
                        Some(id) => intake.follower(&follower(&id, None))?,
                        None => intake.set_aside(Digits::EXPECTED),
                    },
                    Line::Rounded => return Err(rounded(number)),
                    Line::Other => intake.set_aside(Digits::EXPECTED),
                }
            }
        })
    }
}

/// One rounded id means that all long ones are; those that are left would be the oldest
/// accounts only.
fn rounded(line: u64) -> Error {
    Error::new(
        "ingest::spreadsheet",
        "a spreadsheet program has rounded the ids (written like 8,41E+17)",
    )
    .row(line)
    .help(
        "save the list again from where it comes, and do not open it in a spreadsheet program: \
         the digits that are gone cannot be brought back",
    )
}

fn line(bytes: &[u8]) -> Line<'_> {
    // A table of one column may have quotes, and its delimiter behind.
    let trimmed = bytes.trim_ascii();
    let trimmed = trimmed
        .strip_suffix(b",")
        .or_else(|| trimmed.strip_suffix(b";"))
        .unwrap_or(trimmed);
    let text = trimmed
        .strip_prefix(b"\"")
        .and_then(|text| text.strip_suffix(b"\""))
        .unwrap_or(trimmed);
    match std::str::from_utf8(text) {
        Ok("") => Line::Blank,
        Ok(id) if id.len() <= MOST_DIGITS && id.bytes().all(|b| b.is_ascii_digit()) => Line::Id(id),
        Ok(number) if is_rounded(number) => Line::Rounded,
        _ => Line::Other,
    }
}

/// Whether a number is written like `8,41E+17`.
pub(super) fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = mantissa.splitn(2, ['.', ',']);
    parts.next().is_some_and(digits)
        && parts.next().is_none_or(digits)
        && digits(exponent.strip_prefix('+').unwrap_or(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        for (text, expected) in [
            ("", Line::Blank),
            (" \r", Line::Blank),
            ("12\r", Line::Id("12")),
            ("\"12\";", Line::Id("12")),
            ("8,41E+17", Line::Rounded),
            ("8.41e17", Line::Rounded),
            ("8E+17", Line::Rounded),
            ("id", Line::Other),
            ("12,13", Line::Other),
            ("-1", Line::Other),
            ("E+17", Line::Other),
            ("123456789012345678901", Line::Other),
        ] {
            assert_eq!(line(text.as_bytes()), expected, "{text}");
        }
    }
}
