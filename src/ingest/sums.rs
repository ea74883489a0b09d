//! Totals of one file on their way to its reading.

use std::collections::{BTreeMap, BTreeSet};

use crate::frame::dates::date;
use crate::model::aggregate::{Aggregate, Days, Metric, Total};

/// The sums of a file, row by row.
#[derive(Debug, Default)]
pub struct Sums {
    totals: BTreeMap<Metric, Total>,
    /// The day of each metric's last value.
    last: BTreeMap<Metric, Option<i64>>,
    dated: BTreeSet<i64>,
    days: Days,
    rows: u64,
}

impl Sums {
    /// Takes a row; `false` when its day was there before and days add up, so that it is
    /// a row twice.
    pub fn row(&mut self, day: Option<i64>, numbers: &[(Metric, Option<i64>)]) -> bool {
        let is_new = day.is_none_or(|day| self.dated.insert(day));
        if !is_new && numbers.iter().any(|(metric, _)| metric.adds_up()) {
            return false;
        }
        self.rows += 1;
        for &(metric, number) in numbers {
            let total = self.totals.entry(metric).or_default();
            let Some(number) = number else {
                total.null += 1;
                continue;
            };
            total.present += 1;
            if let Some(day) = day {
                self.days.note(metric, day, number);
            }
            if metric.adds_up() {
                total.sum = Some(total.sum.unwrap_or(0).saturating_add(number));
                continue;
            }
            total.largest = total.largest.max(Some(number));
            let last = self.last.entry(metric).or_default();
            if day >= *last {
                *last = day;
                total.last = Some(number);
            }
        }
        true
    }

    /// Whether any row had a value; rows without metrics have those that nobody counts.
    pub fn say_something(&self) -> bool {
        self.rows > 0
            && (self.totals.is_empty() || self.totals.values().any(|total| total.present > 0))
    }

    /// The summary and the single days.
    pub fn finish(self) -> (Aggregate, Days) {
        let summary = Aggregate {
            first: self.dated.first().copied().map(date),
            last: self.dated.last().copied().map(date),
            totals: self.totals,
        };
        (summary, self.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_levels() {
        let mut sums = Sums::default();
        for (day, gained, followers) in [(20_327, 4, 110), (20_326, 1, 106)] {
            let numbers = [
                (Metric::Gained, Some(gained)),
                (Metric::Followers, Some(followers)),
            ];
            assert!(sums.row(Some(day), &numbers));
        }
        assert!(!sums.row(Some(20_326), &[(Metric::Gained, Some(1))]));
        assert!(sums.row(Some(20_328), &[(Metric::Gained, None)]));
        let (summary, days) = sums.finish();
        assert_eq!(summary.first.as_deref(), Some("2025-08-26"));
        assert_eq!(summary.last.as_deref(), Some("2025-08-28"));
        let gained = summary.totals[&Metric::Gained];
        assert_eq!((gained.present, gained.null, gained.sum), (2, 1, Some(5)));
        let followers = summary.totals[&Metric::Followers];
        assert_eq!((followers.sum, followers.largest), (None, Some(110)));
        // Newest first in the file, and still the newest counts.
        assert_eq!(followers.last, Some(110));
        assert_eq!(days.of(Metric::Followers).count(), 2);
    }

    #[test]
    fn hours_of_a_day_are_no_duplicates() {
        let mut sums = Sums::default();
        for active in [3, 9, 4] {
            assert!(sums.row(Some(20_326), &[(Metric::ActiveFollowers, Some(active))]));
        }
        let (summary, days) = sums.finish();
        assert_eq!(summary.totals[&Metric::ActiveFollowers].largest, Some(9));
        assert_eq!(
            days.of(Metric::ActiveFollowers).collect::<Vec<_>>(),
            [(20_326, 9)]
        );
    }

    #[test]
    fn without_years_the_last_row_is_the_last() {
        let mut sums = Sums::default();
        for followers in [106, 110, 108] {
            sums.row(None, &[(Metric::Followers, Some(followers))]);
        }
        assert_eq!(sums.finish().0.totals[&Metric::Followers].last, Some(108));
    }

    #[test]
    fn rows_without_values_say_nothing() {
        let mut sums = Sums::default();
        assert!(!sums.say_something());
        sums.row(None, &[(Metric::Gained, None)]);
        assert!(!sums.say_something());
        sums.row(None, &[(Metric::Gained, Some(0))]);
        assert!(sums.say_something());
    }
}
