//! In which layout a column writes its dates, decided once a column.
//!
//! A single cell does not tell: `9/10/2014` is a day in September or in October. So
//! the first cells of a column are surveyed together, and where they do not settle
//! the order of day and month, the column is refused. It is never guessed.

use crate::frame::dates::{DAY, days_from_civil, epoch, iso_8601, x_api};

/// How many filled cells of a column are looked at before its layout is decided.
pub const SURVEYED: u64 = 1000;

/// How the dates of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// No filled cell was seen; any layout that a single cell can settle is read.
    #[default]
    Unseen,
    /// `2018-10-10T20:19:24Z` and its relatives.
    Iso,
    /// `Wed Oct 10 20:19:24 +0000 2018`.
    XApi,
    /// Seconds or milliseconds since 1970.
    Epoch,
    /// `07 Mar 2020`, with an English, Dutch or German month.
    NamedMonth,
    /// `13/03/2017 22:21`, with the day in front in every row.
    DayFirst,
    /// `03/13/2017 22:21`, with the month in front in every row.
    MonthFirst,
}

impl Layout {
    /// The instant in a cell, in milliseconds since 1970 UTC; `None` when the cell is
    /// not written in this layout.
    pub fn read(self, cell: &[u8]) -> Option<i64> {
        match self {
            Self::Unseen => iso_8601(cell)
                .or_else(|| x_api(cell))
                .or_else(|| named_month(cell))
                .or_else(|| seconds(cell)),
            Self::Iso => iso_8601(cell),
            Self::XApi => x_api(cell),
            Self::Epoch => seconds(cell),
            Self::NamedMonth => named_month(cell),
            Self::DayFirst => Numeric::parse(cell)?.instant(true),
            Self::MonthFirst => Numeric::parse(cell)?.instant(false),
        }
    }
}

/// Why the layout of a column cannot be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// Days and months may stand in either order.
    DayOrMonth,
    /// No cell is a date in any known layout.
    NoDates,
}

/// The cells of a column seen so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Survey {
    iso: u64,
    x_api: u64,
    named_month: u64,
    epoch: u64,
    numeric: u64,
    other: u64,
    first_above_12: bool,
    second_above_12: bool,
    padded: bool,
    bare: bool,
}

impl Survey {
    /// Looks at one filled cell.
    pub fn add(&mut self, cell: &[u8]) {
        if iso_8601(cell).is_some() {
            self.iso += 1;
        } else if x_api(cell).is_some() {
            self.x_api += 1;
        } else if named_month(cell).is_some() {
            self.named_month += 1;
        } else if seconds(cell).is_some() {
            self.epoch += 1;
        } else if let Some(date) = Numeric::parse(cell) {
            self.numeric += 1;
            self.first_above_12 |= date.first > 12;
            self.second_above_12 |= date.second > 12;
            self.padded |= date.padded;
            self.bare |= date.bare;
        } else {
            self.other += 1;
        }
    }

    /// Number of filled cells seen.
    pub fn filled(&self) -> u64 {
        self.iso + self.x_api + self.named_month + self.epoch + self.numeric + self.other
    }

    /// The layout of the column.
    ///
    /// Of layouts that a single cell settles, the most frequent is taken; the cells in
    /// another are then errors of their rows. Day and month are in a known order only
    /// if every cell is written alike (a spreadsheet program turns some cells of a
    /// column and leaves the others) and some day above 12 shows which is which.
    ///
    /// # Errors
    /// The order of day and month is open, or no cell is a date.
    pub fn layout(&self) -> Result<Layout, Undecided> {
        let single = [
            (self.iso, Layout::Iso),
            (self.x_api, Layout::XApi),
            (self.named_month, Layout::NamedMonth),
            (self.epoch, Layout::Epoch),
        ];
        if self.numeric > 0 {
            let mixed = single.iter().any(|&(cells, _)| cells > 0) || (self.padded && self.bare);
            return match (self.first_above_12, self.second_above_12) {
                (true, false) if !mixed => Ok(Layout::DayFirst),
                (false, true) if !mixed => Ok(Layout::MonthFirst),
                _ => Err(Undecided::DayOrMonth),
            };
        }
        match single.into_iter().rev().max_by_key(|&(cells, _)| cells) {
            Some((cells, layout)) if cells > 0 => Ok(layout),
            _ if self.other > 0 => Err(Undecided::NoDates),
            _ => Ok(Layout::Unseen),
        }
    }
}

/// `07 Mar 2020`; some instant of that day, read as its last millisecond.
fn named_month(cell: &[u8]) -> Option<i64> {
    const MONTHS: [&[&str]; 12] = [
        &["jan"],
        &["feb"],
        &["mar", "mrt", "mär"],
        &["apr"],
        &["may", "mei", "mai"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez"],
    ];
    let mut parts = std::str::from_utf8(cell).ok()?.split(' ');
    let (day, name, year) = (parts.next()?, parts.next()?, parts.next()?);
    let name = name.trim_end_matches('.').to_lowercase();
    let month = MONTHS
        .iter()
        .position(|names| names.contains(&name.as_str()))?;
    let (century, rest) = year.as_bytes().split_at_checked(2)?;
    let year = two_digits(century)? * 100 + two_digits(rest)?;
    if parts.next().is_some() {
        return None;
    }
    let day = small(day.as_bytes())?;
    Some(days_from_civil(i64::from(year), month as u32 + 1, day)? * DAY + DAY - 1)
}

/// A whole number of seconds or milliseconds; dataframe programs append `.0`.
fn seconds(cell: &[u8]) -> Option<i64> {
    let digits = cell.strip_suffix(b".0").unwrap_or(cell);
    if digits.is_empty() || digits.len() > 14 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    epoch(
        digits
            .iter()
            .fold(0, |number, digit| number * 10 + i64::from(digit - b'0')),
    )
}

/// Two small numbers, a year and perhaps a time of day: `13/03/2017 22:21`.
pub(super) struct Numeric {
    pub(super) first: u32,
    pub(super) second: u32,
    pub(super) year: u32,
    /// Milliseconds into the day; the end of it where no time is given.
    time: i64,
    /// A number below ten is written with a zero in front.
    padded: bool,
    /// A number below ten is written without.
    bare: bool,
}

impl Numeric {
    pub(super) fn parse(cell: &[u8]) -> Option<Self> {
        let (date, time) = match cell.iter().position(|&byte| byte == b' ') {
            Some(blank) => {
                let (date, time) = cell.split_at_checked(blank)?;
                (date, time_of_day(time.trim_ascii())?)
            }
            None => (cell, DAY - 1),
        };
        let separator = *date.iter().find(|byte| !byte.is_ascii_digit())?;
        if !matches!(separator, b'/' | b'-' | b'.') {
            return None;
        }
        let mut parts = date.split(|&byte| byte == separator);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (century, year) = year.split_at_checked(2)?;
        let both = [first, second];
        Some(Self {
            first: small(first).filter(|&number| number > 0)?,
            second: small(second).filter(|&number| number > 0)?,
            year: two_digits(century)? * 100 + two_digits(year)?,
            time,
            padded: both.iter().any(|part| matches!(part, [b'0', _])),
            bare: both.iter().any(|part| part.len() == 1),
        })
    }

    fn instant(&self, day_first: bool) -> Option<i64> {
        let (day, month) = if day_first {
            (self.first, self.second)
        } else {
            (self.second, self.first)
        };
        Some(days_from_civil(i64::from(self.year), month, day)? * DAY + self.time)
    }
}

/// A number of one or two digits.
fn small(digits: &[u8]) -> Option<u32> {
    match *digits {
        [ones @ b'0'..=b'9'] => Some(u32::from(ones - b'0')),
        _ => two_digits(digits),
    }
}

fn two_digits(digits: &[u8]) -> Option<u32> {
    match *digits {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        }
        _ => None,
    }
}

/// `4:05` or `22:21:07` as milliseconds.
fn time_of_day(text: &[u8]) -> Option<i64> {
    let mut parts = text.split(|&byte| byte == b':');
    let hour = small(parts.next()?).filter(|&hour| hour < 24)?;
    let minute = small(parts.next()?).filter(|&minute| minute < 60)?;
    let second = match parts.next() {
        Some(second) => small(second).filter(|&second| second < 60)?,
        None => 0,
    };
    parts
        .next()
        .is_none()
        .then(|| i64::from(hour * 3600 + minute * 60 + second) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn layout(cells: &[&str]) -> Result<Layout, Undecided> {
        let mut survey = Survey::default();
        for cell in cells {
            survey.add(cell.as_bytes());
        }
        survey.layout()
    }

    #[test]
    fn layouts_of_columns() {
        let cases: &[(&[&str], Result<Layout, Undecided>)] = &[
            (&[], Ok(Layout::Unseen)),
            (&["2018-10-10T20:19:24.000Z", "2018-10-10"], Ok(Layout::Iso)),
            (&["Wed Oct 10 20:19:24 +0000 2018"], Ok(Layout::XApi)),
            (
                &["1539202764", "1539202764000", "1539202764.0"],
                Ok(Layout::Epoch),
            ),
            (&["07 Mar 2020", "7 Mrt 2020"], Ok(Layout::NamedMonth)),
            (&["2018-10-10", "2018-10-11", "gisteren"], Ok(Layout::Iso)),
            (&["gisteren"], Err(Undecided::NoDates)),
            (&["3-jan"], Err(Undecided::NoDates)),
            (
                &["13/03/2017 22:21", "09/10/2014 04:05"],
                Ok(Layout::DayFirst),
            ),
            (&["13-3-2017", "9-10-2014"], Ok(Layout::DayFirst)),
            (&["03/13/2017", "10/09/2014"], Ok(Layout::MonthFirst)),
            // One cell turned by a spreadsheet program, one left as it was.
            (
                &["13/03/2017 22:21", "9/10/2014 4:05"],
                Err(Undecided::DayOrMonth),
            ),
            (&["09/10/2014", "10/09/2014"], Err(Undecided::DayOrMonth)),
            (&["13/03/2017", "03/13/2017"], Err(Undecided::DayOrMonth)),
            (
                &["13/03/2017 22:21", "Sat Oct 17 22:35:31 +0000 2015"],
                Err(Undecided::DayOrMonth),
            ),
        ];
        for (cells, expected) in cases {
            assert_eq!(layout(cells), *expected, "{cells:?}");
        }
    }

    #[test]
    fn instants() {
        let instant = iso_8601(b"2017-03-13T22:21:00Z");
        assert_eq!(Layout::DayFirst.read(b"13/03/2017 22:21"), instant);
        assert_eq!(Layout::MonthFirst.read(b"3/13/2017 22:21"), instant);
        assert_eq!(Layout::DayFirst.read(b"3/13/2017 22:21"), None);
        assert_eq!(
            Layout::DayFirst.read(b"13.03.2017"),
            iso_8601(b"2017-03-13")
        );
        for text in ["13 Mar 2017", "13 mrt. 2017", "13 Mär 2017"] {
            let read = Layout::NamedMonth.read(text.as_bytes());
            assert_eq!(read, iso_8601(b"2017-03-13"), "{text}");
        }
        for text in ["31 Feb 2017", "13 Mar 17", "13 Maart 2017", "13 Mar 2017 x"] {
            assert_eq!(Layout::NamedMonth.read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Layout::Iso.read(b"1489443660"), None);
        assert_eq!(Layout::Epoch.read(b"1489443660"), instant);
        assert_eq!(
            Layout::Unseen.read(b"Mon Mar 13 22:21:00 +0000 2017"),
            instant
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<Vec<u8>>()) {
            let mut survey = Survey::default();
            survey.add(&text);
            let _ = survey.layout().map(|layout| layout.read(&text));
        }

        #[test]
        fn no_numeric_text_panics(text in "[0-9/:. -]{0,20}") {
            let mut survey = Survey::default();
            survey.add(text.as_bytes());
            let _ = survey.layout().map(|layout| layout.read(text.as_bytes()));
        }
    }
}
