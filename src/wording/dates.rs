//! How dates and durations are written.

use chrono::{DateTime, Datelike, NaiveDate};

use super::Words;

impl Words {
    /// The day of an instant, in UTC: "1 oktober 2026" or "1 October 2026".
    ///
    /// `instant` is RFC 3339, or its date alone; anything else is given back as it is.
    pub fn date(self, instant: &str) -> String {
        let day = DateTime::parse_from_rfc3339(instant)
            .map(|at| at.naive_utc().date())
            .or_else(|_| NaiveDate::parse_from_str(instant, "%Y-%m-%d"));
        match day {
            Ok(day) => {
                let month = self.locale().months.get(day.month0() as usize);
                format!("{} {} {}", day.day(), month.unwrap_or(&""), day.year())
            }
            Err(_) => instant.to_owned(),
        }
    }

    /// Days: "180 dagen" or "180 days".
    pub fn days(self, n: u32) -> String {
        self.counted(n.into(), self.locale().day)
    }

    /// A round number of days in the words of a calendar: "1 week", "6 maanden", "4 jaar".
    ///
    /// A month is 30 days and a year 365; what is no whole number of these stays in days.
    pub fn duration(self, days: u32) -> String {
        let locale = self.locale();
        match days {
            7 => self.counted(1, locale.week),
            n if n > 0 && n.is_multiple_of(365) => self.counted((n / 365).into(), locale.year),
            n if n > 0 && n < 365 && n.is_multiple_of(30) => {
                self.counted((n / 30).into(), locale.month)
            }
            n => self.days(n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::tables::same;

    #[test]
    fn dates_and_durations() {
        same(
            Words::date,
            &[
                ("2026-10-01T00:00:00Z", "1 oktober 2026", "1 October 2026"),
                (
                    "2026-03-01T00:30:00+01:00",
                    "28 februari 2026",
                    "28 February 2026",
                ),
                ("2025-01-14", "14 januari 2025", "14 January 2025"),
                ("soon", "soon", "soon"),
            ],
        );
        same(
            Words::days,
            &[(1, "1 dag", "1 day"), (180, "180 dagen", "180 days")],
        );
        same(
            Words::duration,
            &[
                (1, "1 dag", "1 day"),
                (7, "1 week", "1 week"),
                (30, "1 maand", "1 month"),
                (180, "6 maanden", "6 months"),
                (365, "1 jaar", "1 year"),
                (1_460, "4 jaar", "4 years"),
                (100, "100 dagen", "100 days"),
            ],
        );
    }
}
