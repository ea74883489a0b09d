//! Dates as Meta writes them on pages for people: with the month in the language of the
//! account, or in numbers.
//!
//! ```text
//! déc 02, 2025 3:15 pm      Nov 14, 2023 10:13:20 pm      Mar 1, 2019 2:05pm
//! 14. Nov. 2023, 22:13      01.02.2025, 21:10             2 december 2025 om 15:15
//! ```
//!
//! Decided once a column, from all of its cells: one language must know every month that
//! occurs, and where day and month are both numbers the order of them must show. The time
//! is local and its zone stands nowhere; it is read as UTC, which is off by hours and not
//! by days. Without a time it is the last millisecond of the day.

use super::dates::Numeric;
use super::months::LANGUAGES;
use crate::frame::dates::{DAY, days_from_civil};

/// Words that some languages put between the parts of a date.
const BETWEEN: [&str; 7] = ["at", "om", "um", "à", "de", "a", "las"];

/// How the dates of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No cell was filled.
    Unseen,
    /// With named months, in the languages of these places.
    Named(u32),
    /// In numbers, the day in front.
    DayFirst,
    /// In numbers, the month in front.
    MonthFirst,
}

/// Why the layout of a column cannot be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// No language knows all of the months.
    Languages,
    /// Some months are named and others are numbers.
    Mixed,
    /// Day and month may stand in either order.
    DayOrMonth,
}

impl Undecided {
    /// What is wrong with the column.
    pub fn what(self) -> &'static str {
        match self {
            Self::Languages => {
                "the names of the months are not all of one language that is known here \
                 (English, Dutch, French, German, Spanish, Italian, Portuguese)"
            }
            Self::Mixed => "some dates name the month and others write it as a number",
            Self::DayOrMonth => {
                "day and month can be read in either order (such as 9/10/2024), and the page \
                 does not show which is meant"
            }
        }
    }
}

impl Layout {
    /// The instant in a cell, in milliseconds since 1970.
    pub fn read(self, cell: &str) -> Option<i64> {
        let written = Written::parse(cell)?;
        let (day, month, year) = match (&written.date, self) {
            (Date::Named { day, month, year }, Self::Named(languages)) => {
                let knows = |place: &usize| languages >> place & 1 == 1;
                let place = (0..LANGUAGES.len()).find(knows)?;
                (*day, LANGUAGES.get(place)?.month(month)?, *year)
            }
            (Date::Numbers { date, .. }, Self::DayFirst) => (date.first, date.second, date.year),
            (Date::Numbers { date, .. }, Self::MonthFirst) => (date.second, date.first, date.year),
            _ => return None,
        };
        let days = days_from_civil(i64::from(year), month, day)?;
        Some(days * DAY + written.time.unwrap_or(DAY - 1))
    }
}

/// The cells of a column seen so far.
#[derive(Clone, Copy, Debug)]
pub struct Survey {
    /// The languages that know every month so far.
    languages: u32,
    named: bool,
    dotted: bool,
    other_numbers: bool,
    first_above_12: bool,
    second_above_12: bool,
}

impl Default for Survey {
    fn default() -> Self {
        Self {
            languages: (1 << LANGUAGES.len()) - 1,
            named: false,
            dotted: false,
            other_numbers: false,
            first_above_12: false,
            second_above_12: false,
        }
    }
}

impl Survey {
    /// Looks at one cell; what is no date at all is left to its row.
    pub fn add(&mut self, cell: &str) {
        match Written::parse(cell).map(|written| written.date) {
            Some(Date::Named { month, .. }) => {
                self.named = true;
                for (place, language) in LANGUAGES.iter().enumerate() {
                    if language.month(&month).is_none() {
                        self.languages &= !(1 << place);
                    }
                }
            }
            Some(Date::Numbers { date, dotted }) => {
                self.dotted |= dotted;
                self.other_numbers |= !dotted;
                self.first_above_12 |= date.first > 12;
                self.second_above_12 |= date.second > 12;
            }
            None => {}
        }
    }

    /// The layout of the column.
    ///
    /// Languages that share all months that occur agree on them, so that it does not
    /// matter which of them it is. Numbers with dots between them have the day in front
    /// wherever they are used.
    ///
    /// # Errors
    /// There are several layouts or languages, or one that is not known.
    pub fn layout(&self) -> Result<Layout, Undecided> {
        let numbers = self.dotted || self.other_numbers;
        match (self.named, numbers) {
            (false, false) => Ok(Layout::Unseen),
            (true, true) => Err(Undecided::Mixed),
            (true, false) if self.languages == 0 => Err(Undecided::Languages),
            (true, false) => Ok(Layout::Named(self.languages)),
            (false, true) => match (self.first_above_12, self.second_above_12) {
                (_, false) if self.dotted && !self.other_numbers => Ok(Layout::DayFirst),
                (true, false) => Ok(Layout::DayFirst),
                (false, true) if !self.dotted => Ok(Layout::MonthFirst),
                _ => Err(Undecided::DayOrMonth),
            },
        }
    }
}

/// A date and perhaps a time, as far as one cell tells.
struct Written {
    date: Date,
    /// Milliseconds into the day.
    time: Option<i64>,
}

enum Date {
    Named {
        day: u32,
        /// In small letters, without a dot.
        month: String,
        year: u32,
    },
    Numbers {
        date: Numeric,
        dotted: bool,
    },
}

impl Written {
    fn parse(cell: &str) -> Option<Self> {
        let cell = cell.to_lowercase();
        let words = cell
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty() && !BETWEEN.contains(word));
        let (mut day, mut month, mut year, mut numbers) = (None, None, None, None);
        let mut clock = Clock::default();
        for word in words {
            let bare = word.trim_end_matches('.');
            let digits = bare.bytes().all(|byte| byte.is_ascii_digit()) && !bare.is_empty();
            let twice = if clock.take(word) {
                false
            } else if digits && bare.len() == 4 {
                year.replace(bare.parse().ok()?).is_some()
            } else if digits && bare.len() <= 2 {
                day.replace(bare.parse().ok()?).is_some()
            } else if bare.chars().all(char::is_alphabetic) && !bare.is_empty() {
                month.replace(bare.to_owned()).is_some()
            } else {
                numbers.replace(word).is_some()
            };
            if twice {
                return None;
            }
        }
        let date = match (day, month, year, numbers) {
            (Some(day), Some(month), Some(year), None) => Date::Named { day, month, year },
            (None, None, None, Some(numbers)) => Date::Numbers {
                date: Numeric::parse(numbers.as_bytes())?,
                dotted: numbers.contains('.'),
            },
            _ => return None,
        };
        let time = clock.time()?;
        Some(Self { date, time })
    }
}

/// The parts of a time of day: `3:15`, `10:13:20`, `2:05pm`, `3:15 p. m.`.
#[derive(Default)]
struct Clock {
    digits: Option<String>,
    half: String,
}

impl Clock {
    /// Takes a word that is part of a time.
    fn take(&mut self, word: &str) -> bool {
        if word.contains(':') {
            let end = word
                .find(|c: char| !c.is_ascii_digit() && c != ':')
                .unwrap_or(word.len());
            let (digits, half) = word.split_at(end);
            self.half.push_str(half);
            self.digits.replace(digits.to_owned()).is_none()
        } else if matches!(
            word.trim_end_matches('.'),
            "am" | "pm" | "a.m" | "p.m" | "p" | "m"
        ) || word == "a."
        {
            self.half.push_str(word);
            true
        } else {
            false
        }
    }

    /// Milliseconds into the day; `None` inside where no time is given.
    fn time(self) -> Option<Option<i64>> {
        let half: String = self.half.chars().filter(|&c| c != '.').collect();
        let Some(digits) = self.digits else {
            return half.is_empty().then_some(None);
        };
        let mut numbers = digits.split(':').map(|part| match part.len() {
            1 | 2 => part.parse::<i64>().ok(),
            _ => None,
        });
        let (hour, minute) = (numbers.next()??, numbers.next()??);
        let second = numbers.next().unwrap_or(Some(0))?;
        let hour = match (half.as_str(), hour) {
            ("", 0..24) => hour,
            ("am", 1..=12) => hour % 12,
            ("pm", 1..=12) => hour % 12 + 12,
            _ => return None,
        };
        let fits = minute < 60 && second < 60 && numbers.next().is_none();
        fits.then_some(Some((hour * 3600 + minute * 60 + second) * 1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::dates::iso_8601;
    use proptest::prelude::*;

    fn layout(cells: &[&str]) -> Result<Layout, Undecided> {
        let mut survey = Survey::default();
        for cell in cells {
            survey.add(cell);
        }
        survey.layout()
    }

    fn read(cell: &str) -> Option<i64> {
        layout(&[cell]).ok()?.read(cell)
    }

    #[test]
    fn instants() {
        for (cell, expected) in [
            ("déc 02, 2025 3:15 pm", "2025-12-02T15:15:00Z"),
            ("août 31, 2024 12:00 am", "2024-08-31T00:00:00Z"),
            ("Nov 14, 2023 10:13:20 pm", "2023-11-14T22:13:20Z"),
            ("Mar 1, 2019 2:05pm", "2019-03-01T14:05:00Z"),
            ("14. Nov. 2023, 22:13", "2023-11-14T22:13:00Z"),
            ("3. März 2021, 08:05", "2021-03-03T08:05:00Z"),
            ("2 december 2025 om 15:15", "2025-12-02T15:15:00Z"),
            ("mrt 07, 2024 12:30 pm", "2024-03-07T12:30:00Z"),
            ("ene 05, 2024 9:09 p.\u{A0}m.", "2024-01-05T21:09:00Z"),
            ("13 nov 2023 9:05 a. m.", "2023-11-13T09:05:00Z"),
            ("01.02.2025, 21:10", "2025-02-01T21:10:00Z"),
            ("Feb 29, 2024", "2024-02-29"),
        ] {
            assert_eq!(read(cell), iso_8601(expected.as_bytes()), "{cell}");
            assert!(read(cell).is_some(), "{cell}");
        }
        for cell in [
            "",
            "gisteren",
            "Feb 30, 2024 1:00 am",
            "Feb 3, 2024 13:00 pm",
            "Feb 3, 2024 1:60 am",
            "Feb 3, 2024 am",
            "Feb 3 2024 2025",
            "Feb 3",
            "Feb Mar 3, 2024",
            "Smarch 3, 2024 1:00 am",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn columns() {
        for (cells, expected) in [
            (&["", "?"] as &[_], Ok(Layout::Unseen)),
            (
                &["déc 02, 2025", "juil 02, 2025", "nov 02, 2025"],
                Ok(Layout::Named(1 << 2)),
            ),
            // Spanish has its own word for January, and Dutch for March.
            (&["ene 02, 2025", "mrt 02, 2025"], Err(Undecided::Languages)),
            (&["déc 02, 2025", "dez 02, 2025"], Err(Undecided::Languages)),
            (&["lis 02, 2025"], Err(Undecided::Languages)),
            (&["déc 02, 2025", "02.12.2025"], Err(Undecided::Mixed)),
            (&["01.02.2025, 21:10"], Ok(Layout::DayFirst)),
            (&["01.02.2025", "01.13.2025"], Err(Undecided::DayOrMonth)),
            (&["1/2/2025", "13/2/2025"], Ok(Layout::DayFirst)),
            (&["1/2/2025", "2/13/2025"], Ok(Layout::MonthFirst)),
            (&["1/2/2025", "2/3/2025"], Err(Undecided::DayOrMonth)),
            (&["13/2/2025", "2/13/2025"], Err(Undecided::DayOrMonth)),
        ] {
            assert_eq!(layout(cells), expected, "{cells:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(cell in ".{0,40}") {
            let _ = read(&cell);
        }

        #[test]
        fn no_date_panics(cell in "[0-9a-zé:/., ]{0,40}") {
            let _ = read(&cell);
        }
    }
}
