//! Stretches of a file that are read side by side, and taken in their order.

use polars::prelude::DataFrame;

use super::{Ids, Intake, Limits};
use crate::error::Result;
use crate::ingest::found::Pages;

impl<'a> Intake<'a> {
    /// An intake for a stretch of a file, read beside others; [`Intake::absorb`] takes
    /// what it has collected.
    pub fn stretch(limits: &Limits) -> Intake<'static> {
        Intake::with(limits.clone(), Ids::Hashed(Vec::new()))
    }

    /// What a stretch of this file must know.
    pub fn limits(&self) -> Limits {
        self.limits.clone()
    }

    /// Takes the next stretch of the file and gives its rows, which the consumer is still
    /// to be given; `None` where there are none.
    ///
    /// # Errors
    /// Only a fault of the engine.
    pub fn absorb(&mut self, mut stretch: Intake<'_>) -> Result<Option<DataFrame>> {
        stretch.count_given();
        let reading = stretch.reading;
        self.reading.rows += reading.rows;
        self.reading.set_aside += reading.set_aside;
        for (reason, rows) in reading.set_aside_reasons {
            *self.reading.set_aside_reasons.entry(reason).or_default() += rows;
        }
        self.unavailable += stretch.unavailable;
        self.order.append(stretch.order);
        if stretch.pages != Pages::Untold {
            self.pages = stretch.pages;
        }
        self.account = self.account.take().or(stretch.account);
        self.reading.implausible_dates += reading.implausible_dates;
        self.exported_at = self.exported_at.max(stretch.exported_at);
        for (carried, more) in self.carried.iter_mut().zip(stretch.carried) {
            *carried |= more;
        }
        for (present, more) in self.present.iter_mut().zip(stretch.present) {
            *present += more;
        }
        let duplicates = match (&mut self.ids, &stretch.ids) {
            (Ids::Known { seen, .. }, Ids::Hashed(hashes)) => seen.again(hashes),
            _ => Vec::new(),
        };
        self.reading.duplicates += duplicates.len() as u64;
        self.counted += stretch.counted - duplicates.len() as u64;
        let gone = stretch.gone
            - duplicates
                .iter()
                .filter(|&&row| stretch.batch.is_gone(row))
                .count() as u64;
        self.unavailable += gone;
        self.gone += gone;
        if stretch.batch.is_empty() {
            return Ok(None);
        }
        stretch.batch.take(&duplicates).map(Some)
    }
}
