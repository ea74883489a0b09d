//! What the cells of one column mean for a follower.
//!
//! A [`Column`] reads bytes and knows nothing of files, quotes or delimiters. A cell
//! that cannot be read is a [`Fault`] that speaks of the shape of the cell only.

use super::cells::Cell;
use super::dates::Layout;
use super::post::post_date;
use crate::frame::batch::{Follower, stored};
use crate::frame::block::Block;
use crate::frame::dates::{EARLIEST, LATEST, x_snowflake};
use crate::frame::fields::{NO, NONE, NOT_GIVEN};
use crate::ingest::x_ids;
use crate::model::evidence::Field;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A canonical field of the follower.
    Is(Field),
    /// Whether the account is gone.
    Gone,
    /// The address of the profile.
    Profile,
    /// When the row was collected.
    ExportedAt,
}

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number that names the account, or another id that is no word.
    Id,
    /// A name that the account has chosen.
    Handle,
    /// An instant, in the layout that the column has.
    Date,
    /// A whole number from zero.
    Count,
    /// Yes or no.
    Flag,
    /// The address of the profile picture; the platform's own is known by its path.
    Picture,
    /// An X post, as JSON or as Python prints it; the date of it is meant.
    Post,
    /// The id of an X post; the instant in it is meant.
    PostId,
    /// The id of an X account; when it was made is meant. Other ids hold no date.
    AccountId,
}

/// One column of a file.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its place in a row, from 0.
    pub index: usize,
    /// Its heading.
    pub name: String,
    /// What it says.
    pub meaning: Meaning,
    /// How its values are written.
    pub kind: Kind,
    /// The layout, where the values are dates.
    pub layout: Layout,
    /// Whether an empty cell means the platform's own picture.
    pub empty_is_default: bool,
}

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The row is set aside: what is wrong with its cell.
    Cell(&'static str),
    /// The column cannot be trusted, this row or another.
    Column(&'static str),
}

/// Which followers of a block have a cell that cannot be read, and why.
#[derive(Debug, Default)]
pub struct Faults {
    /// The column that is being read.
    column: usize,
    /// Row, column, fault.
    found: Vec<(usize, usize, Fault)>,
}

impl Faults {
    /// Notes what comes from here on of this column.
    pub fn of_column(&mut self, column: usize) {
        self.column = column;
    }

    /// Notes that a follower has another cell than expected.
    pub fn note(&mut self, row: usize, fault: Fault) {
        self.found.push((row, self.column, fault));
    }

    /// The first fault of each row that has any, in the order of the rows: row, column,
    /// fault. None are left.
    pub fn take(&mut self) -> Vec<(usize, usize, Fault)> {
        let mut found = std::mem::take(&mut self.found);
        // A stable sort: of the faults of one row the first column's stays first.
        found.sort_by_key(|&(row, ..)| row);
        found.dedup_by_key(|&mut (row, ..)| row);
        found
    }

    /// Reads cells into a column: as nearly all are written, and the others with care.
    #[inline]
    fn read<'a, T>(
        &mut self,
        cells: impl Iterator<Item = Cell<'a>>,
        column: &mut [T],
        quick: impl Fn(Cell<'a>) -> Option<T>,
        careful: impl Fn(&'a [u8]) -> Result<T, Fault>,
    ) {
        for (row, (value, cell)) in column.iter_mut().zip(cells).enumerate() {
            match quick(cell) {
                Some(read) => *value = read,
                None => match careful(cell.text().trim_ascii()) {
                    Ok(read) => *value = read,
                    Err(fault) => self.note(row, fault),
                },
            }
        }
    }
}

/// What one row says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    /// The follower.
    pub follower: Follower<'a>,
    /// When the row was collected.
    pub exported_at: Option<i64>,
}

impl Column {
    /// Reads one cell into the row.
    ///
    /// # Errors
    /// The cell is not of this kind.
    pub fn read<'a>(&self, cell: &'a [u8], row: &mut Row<'a>) -> Result<(), Fault> {
        let cell = cell.trim_ascii();
        let follower = &mut row.follower;
        match self.meaning {
            Meaning::Is(Field::Id) => follower.id = self.id(cell)?,
            Meaning::Is(Field::FollowedAt) => follower.followed_at = self.date(cell)?,
            Meaning::Is(Field::AccountCreatedAt) => {
                follower.account_created_at = self.date(cell)?;
                follower.created_from_id = self.kind == Kind::AccountId;
            }
            Meaning::Is(Field::LastActiveAt) => follower.last_active_at = self.date(cell)?,
            Meaning::Is(Field::PostsCount) => follower.posts_count = count(cell)?,
            Meaning::Is(Field::FollowersCount) => follower.followers_count = count(cell)?,
            Meaning::Is(Field::FollowingCount) => follower.following_count = count(cell)?,
            Meaning::Is(Field::DefaultAvatar) => follower.default_avatar = self.avatar(cell)?,
            Meaning::Is(Field::Protected) => follower.protected = flag(cell)?,
            Meaning::Gone => follower.gone = flag(cell)?.unwrap_or(false),
            // A row is not worse for a collection date that cannot be read, or for an
            // address that is none.
            Meaning::ExportedAt => row.exported_at = self.layout.read(cell),
            Meaning::Profile => follower.profile = std::str::from_utf8(cell).ok(),
        }
        Ok(())
    }

    /// Reads the cells of this column, one a follower, and notes which are no such cells.
    pub fn fill<'a>(
        &self,
        cells: impl Iterator<Item = Cell<'a>>,
        block: &mut Block<'a>,
        faults: &mut Faults,
    ) {
        match self.meaning {
            Meaning::Is(Field::Id) => {
                let digits = |cell: Cell<'a>| cell.is_digits().then(|| cell.text());
                let careful = |cell| Ok(self.id(cell)?.map_or(&b""[..], str::as_bytes));
                faults.read(cells, &mut block.ids, digits, careful);
            }
            Meaning::Is(
                field @ (Field::FollowedAt | Field::AccountCreatedAt | Field::LastActiveAt),
            ) => {
                if field == Field::AccountCreatedAt {
                    block.created_from_id = self.kind == Kind::AccountId;
                }
                let is_iso = self.kind == Kind::Date && self.layout == Layout::Iso;
                let quick = |cell: Cell<'a>| match cell.is_empty() {
                    true => Some(NONE),
                    false if is_iso => cell.iso(),
                    false => None,
                };
                let careful = |cell: &[u8]| Ok(self.date(cell)?.unwrap_or(NONE));
                faults.read(cells, block.numbers(field), quick, careful);
            }
            Meaning::Is(
                field @ (Field::PostsCount | Field::FollowersCount | Field::FollowingCount),
            ) => {
                let careful = |cell: &[u8]| Ok(count(cell)?.map_or(NONE, stored));
                faults.read(cells, block.numbers(field), Cell::whole, careful);
            }
            Meaning::Is(field @ (Field::DefaultAvatar | Field::Protected)) => {
                let is_plain = self.kind == Kind::Flag;
                let quick = |cell: Cell<'a>| match is_plain {
                    true => cell.flag().map(u8::from),
                    false => None,
                };
                let careful = |cell: &[u8]| Ok(self.avatar(cell)?.map_or(NOT_GIVEN, u8::from));
                faults.read(cells, block.flags(field), quick, careful);
            }
            Meaning::Gone => {
                let quick = |cell: Cell<'a>| cell.flag().map(u8::from);
                let careful = |cell: &[u8]| Ok(flag(cell)?.map_or(NO, u8::from));
                faults.read(cells, block.gone(), quick, careful);
            }
            Meaning::ExportedAt => {
                let collected = cells.filter_map(|cell| self.layout.read(cell.text().trim_ascii()));
                let can_be = collected.filter(|ms| (EARLIEST..=LATEST).contains(ms));
                block.exported_at = block.exported_at.max(can_be.max());
            }
            Meaning::Profile => {
                let profile = |cell: Cell<'a>| std::str::from_utf8(cell.text().trim_ascii()).ok();
                block.profiles = cells.map(profile).collect();
            }
        }
    }

    fn id<'a>(&self, cell: &'a [u8]) -> Result<Option<&'a str>, Fault> {
        let cell = match self.kind {
            Kind::Id => number_as_written(cell)?,
            _ => cell,
        };
        if cell.is_empty() {
            return Ok(None);
        }
        std::str::from_utf8(cell)
            .map(Some)
            .map_err(|_| Fault::Cell("expected text in UTF-8"))
    }

    fn date(&self, cell: &[u8]) -> Result<Option<i64>, Fault> {
        // Zero is how a program writes "never" when it counts from 1970.
        if is_null(cell) || cell == b"0" {
            return Ok(None);
        }
        match self.kind {
            Kind::Post => post_date(cell)
                .map(Some)
                .ok_or(Fault::Cell("expected a post with created_at")),
            Kind::PostId => number(cell)
                .and_then(x_snowflake)
                .map(Some)
                .ok_or(Fault::Cell("expected the id of a post")),
            Kind::AccountId => Ok(number(cell).and_then(x_ids::created_at)),
            _ => self
                .layout
                .read(cell)
                .map(Some)
                .ok_or(Fault::Cell(self.layout.expected())),
        }
    }

    fn avatar(&self, cell: &[u8]) -> Result<Option<bool>, Fault> {
        if self.kind != Kind::Picture {
            return flag(cell);
        }
        if is_null(cell) {
            return Ok(self.empty_is_default.then_some(true));
        }
        let has = |part: &[u8]| cell.windows(part.len()).any(|window| window == part);
        Ok(Some(has(b"default_profile_images") || has(b"/missing.png")))
    }
}

impl Layout {
    fn expected(self) -> &'static str {
        match self {
            Self::Unseen => "expected a date",
            Self::Iso => "expected a date as 2018-10-10T20:19:24Z",
            Self::XApi => "expected a date as Wed Oct 10 20:19:24 +0000 2018",
            Self::NamedMonth => "expected a date as 07 Mar 2020",
            Self::Epoch => "expected seconds since 1970",
            Self::DayFirst => "expected a date as 31-12-2018",
            Self::MonthFirst => "expected a date as 12/31/2018",
        }
    }
}

/// Whether a cell is one of the ways to write "no value".
pub fn is_null(cell: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] = [
        b"NA", b"N/A", b"null", b"None", b"NaN", b"NaT", b"list()", b"{}", b"[]",
    ];
    cell.is_empty() || WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A number that names an account, freed from what programs add to it.
///
/// R's rtweet writes `x` in front so that spreadsheet programs leave the number alone;
/// pandas writes `.0` behind in a column with gaps.
fn number_as_written(cell: &[u8]) -> Result<&[u8], Fault> {
    // Never of one row: every long id of the column was rounded with it, and the rows
    // that are left would be the oldest accounts only.
    const ROUNDED: Fault =
        Fault::Column("a spreadsheet program has rounded the ids (written like 8.41E+17)");
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    if let Some(number) = cell.strip_prefix(b"x").filter(|rest| digits(rest)) {
        return Ok(number);
    }
    if let Some(number) = cell.strip_suffix(b".0").filter(|rest| digits(rest)) {
        // A double holds whole numbers exactly up to 2^53, which has 16 digits.
        return if number.len() < 16 {
            Ok(number)
        } else {
            Err(ROUNDED)
        };
    }
    let mut parts = cell.splitn(2, |byte| matches!(byte, b'E' | b'e'));
    let mantissa = parts.next().unwrap_or_default();
    let exponent = parts.next().unwrap_or_default();
    let is_mantissa = mantissa.first().is_some_and(u8::is_ascii_digit)
        && mantissa
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    if is_mantissa && exponent.strip_prefix(b"+").is_some_and(digits) {
        return Err(ROUNDED);
    }
    Ok(cell)
}

/// A whole number from zero; `None` where the cell says that there is none.
///
/// # Errors
/// The cell is no number, or one with a mark between its thousands.
pub fn count(cell: &[u8]) -> Result<Option<u64>, Fault> {
    if is_null(cell) {
        return Ok(None);
    }
    let digits = cell.strip_suffix(b".0").unwrap_or(cell);
    let number = digits.iter().try_fold(0u64, |number, &byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    });
    match number {
        Some(number) if !digits.is_empty() => Ok(Some(number)),
        _ if is_grouped(cell) => Err(Fault::Column(
            "the numbers are written with a mark between the thousands, \
             which cannot be told from a decimal mark",
        )),
        _ if cell.starts_with(b"-") => Err(Fault::Cell("a count cannot be negative")),
        _ => Err(Fault::Cell("expected a whole number")),
    }
}

/// `1.234`, `1,234,567` or `1 234`.
fn is_grouped(cell: &[u8]) -> bool {
    let mut groups = cell.split(|byte| matches!(byte, b'.' | b',' | b'\'' | b' '));
    let digits = |group: &[u8]| group.iter().all(u8::is_ascii_digit);
    let first = groups
        .next()
        .is_some_and(|group| (1..=3).contains(&group.len()) && digits(group));
    let mut others = groups.peekable();
    first && others.peek().is_some() && others.all(|group| group.len() == 3 && digits(group))
}

fn flag(cell: &[u8]) -> Result<Option<bool>, Fault> {
    match cell {
        b"0" => Ok(Some(false)),
        b"1" => Ok(Some(true)),
        _ if is_null(cell) => Ok(None),
        _ if cell.eq_ignore_ascii_case(b"false") => Ok(Some(false)),
        _ if cell.eq_ignore_ascii_case(b"true") => Ok(Some(true)),
        _ => Err(Fault::Cell("expected 0, 1, true or false")),
    }
}

fn number(cell: &[u8]) -> Option<u64> {
    let cell = number_as_written(cell).ok()?;
    std::str::from_utf8(cell).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts() {
        for (cell, expected) in [
            ("0", Ok(Some(0))),
            ("23557", Ok(Some(23557))),
            ("23557.0", Ok(Some(23557))),
            ("", Ok(None)),
            ("NA", Ok(None)),
            ("list()", Ok(None)),
        ] {
            assert_eq!(count(cell.as_bytes()), expected, "{cell}");
        }
        for cell in ["1.234", "1,234,567", "12 345", "1'000"] {
            assert!(
                matches!(count(cell.as_bytes()), Err(Fault::Column(_))),
                "{cell}"
            );
        }
        for cell in [
            "-1",
            "1.2K",
            "1.5",
            "12.34",
            "1234.567",
            ".0",
            "99999999999999999999",
        ] {
            assert!(
                matches!(count(cell.as_bytes()), Err(Fault::Cell(_))),
                "{cell}"
            );
        }
    }

    #[test]
    fn numbers_that_name_accounts() {
        for (cell, expected) in [
            ("1500000000000000001", "1500000000000000001"),
            ("x1500000000000000001", "1500000000000000001"),
            ("12345678.0", "12345678"),
            ("did:plc:bbbb", "did:plc:bbbb"),
            ("4680c73106f9", "4680c73106f9"),
            ("12e4", "12e4"),
        ] {
            assert_eq!(number_as_written(cell.as_bytes()), Ok(expected.as_bytes()));
        }
        for cell in ["8.41E+17", "8,41E+17", "8e+17", "1500000000000000001.0"] {
            assert!(number_as_written(cell.as_bytes()).is_err(), "{cell}");
        }
    }

    #[test]
    fn flags() {
        for (cell, expected) in [("1", true), ("TRUE", true), ("0", false), ("False", false)] {
            assert_eq!(flag(cell.as_bytes()), Ok(Some(expected)), "{cell}");
        }
        assert_eq!(flag(b"NA"), Ok(None));
        assert!(flag(b"2").is_err());
    }

    proptest! {
        #[test]
        fn no_cell_panics(cell in any::<Vec<u8>>()) {
            let _ = (count(&cell), flag(&cell), number_as_written(&cell));
            let _ = (number(&cell), is_grouped(&cell));
        }

        #[test]
        fn counts_are_read_back(number in any::<u64>()) {
            prop_assert_eq!(count(number.to_string().as_bytes()), Ok(Some(number)));
        }
    }
}
