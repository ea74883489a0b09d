//! What was found in one file: counts, and what it tells of other files and of its end.

use crate::model::aggregate::Days;
use crate::model::manifest::Reading;

/// What was found in one file.
#[derive(Debug)]
pub struct Found {
    /// The counts.
    pub reading: Reading,
    /// What it says of other files: name of the file, rows.
    pub announced: Vec<(String, u64)>,
    /// Rows that were counted: neither set aside nor duplicates.
    pub counted: u64,
    /// The totals of single days.
    pub days: Days,
    /// What its last page says of a next one.
    pub pages: Pages,
    /// The order of its dates of follow.
    pub order: Order,
    /// The account whose followers these are, where the export says it.
    pub account: Option<String>,
}

/// What the last page of a file says of a next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pages {
    /// Nothing: the format has no pages, or they were taken off.
    #[default]
    Untold,
    /// There is a next one.
    Left,
    /// It is the last.
    Done,
}

/// The dates of follow of one file, in the order of its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Rows with a date.
    pub dated: u64,
    /// Rows that are newer than the dated row before them.
    pub rises: u64,
    /// The oldest date, in milliseconds since 1970.
    pub oldest: Option<i64>,
    /// The newest date.
    pub newest: Option<i64>,
    first: Option<i64>,
    last: Option<i64>,
}

impl Order {
    /// The order of these dates, in milliseconds since 1970.
    pub fn of(dates: impl IntoIterator<Item = i64>) -> Self {
        let mut order = Self::default();
        dates.into_iter().for_each(|ms| order.note(Some(ms)));
        order
    }

    /// The same with the dates of the rows behind.
    pub(super) fn append(&mut self, behind: Self) {
        let Some(first) = behind.first else { return };
        self.dated += behind.dated;
        self.rises += behind.rises + u64::from(self.last.is_some_and(|last| first > last));
        self.first = self.first.or(behind.first);
        self.oldest = [self.oldest, behind.oldest].into_iter().flatten().min();
        self.newest = self.newest.max(behind.newest);
        self.last = behind.last;
    }

    pub(super) fn note(&mut self, followed_at: Option<i64>) {
        let Some(ms) = followed_at else { return };
        self.dated += 1;
        self.rises += u64::from(self.last.is_some_and(|last| ms > last));
        self.oldest = Some(self.oldest.map_or(ms, |oldest| oldest.min(ms)));
        self.newest = self.newest.max(Some(ms));
        self.first = self.first.or(Some(ms));
        self.last = Some(ms);
    }

    /// Whether the newest follow comes first and the oldest last, but for a few rows.
    pub fn is_newest_first(&self) -> bool {
        self.oldest < self.newest
            && self.rises as f64 <= super::cut_off::OUT_OF_ORDER * self.dated as f64
    }
}
