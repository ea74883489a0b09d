//! What an adapter hands followers to.
//!
//! The intake counts: rows, filled and empty fields, rows set aside and why,
//! duplicates. It keeps no id, only a hash of each for finding duplicates, and passes
//! on batches of rows in which nobody can be found again: without any mark of the
//! person, or, where dated exports are joined, under a keyed pseudonym.

use polars::prelude::DataFrame;

use crate::error::Result;
use crate::frame::batch::{Batch, Follower, ROWS};
use crate::frame::dates::{DAY, EARLIEST, LATEST, rfc_3339};
use crate::frame::states::Pseudonyms;
use crate::model::aggregate::{Days, Metric};
use crate::model::evidence::{Evidence, Field, FieldCount};
use crate::model::manifest::Reading;
use crate::model::platform::Platform;

use super::found::{Found, Order, Pages};
pub use super::seen::{ByHash, Hashes, Seen, hash};
use super::sums::Sums;
use super::text::day::Day;
use super::{Format, Role};

mod followers;
mod stretch;

/// Where batches of followers go: from several threads at once and in any order, except
/// where somebody listens.
pub type Consumer<'a> = dyn Fn(DataFrame) -> Result<()> + Sync + 'a;

/// Told each follower that goes into the coming batches, in their order. Only the draw of
/// an audit listens: it must know whom it draws.
pub type Listener<'a> = dyn FnMut(&Follower<'_>) + Send + 'a;

/// Collects the followers of one file, or of a stretch of it.
pub struct Intake<'a> {
    reading: Reading,
    /// The fields that the file carries, in the order of [`Field::ALL`].
    carried: [bool; Field::ALL.len()],
    /// In how many rows a field is filled, whether carried or not.
    present: [u64; Field::ALL.len()],
    batch: Batch,
    /// The rows of the batch whose id was seen before.
    duplicates: Vec<usize>,
    limits: Limits,
    announced: Vec<(String, u64)>,
    unavailable: u64,
    gone: u64,
    counted: u64,
    exported_at: Option<i64>,
    sums: Option<Sums>,
    pages: Pages,
    order: Order,
    account: Option<String>,
    ids: Ids<'a>,
}

/// What holds for every row of a file, wherever it is read.
#[derive(Clone, Debug)]
pub struct Limits {
    earliest: i64,
    latest: i64,
    platform: Option<Platform>,
    pseudonyms: Option<Pseudonyms>,
    /// Whether who is listed twice is looked for.
    checked: bool,
}

/// What becomes of ids.
enum Ids<'a> {
    /// They are looked up, and the rows passed on.
    Known {
        seen: &'a mut Seen,
        consume: &'a Consumer<'a>,
        listen: Option<&'a mut Listener<'a>>,
    },
    /// Their hashes are kept, row by row, until the stretches before are known.
    Hashed(Vec<u64>),
}

impl<'a> Intake<'a> {
    /// An intake for one file of `format`.
    ///
    /// `latest` is the last instant that is believed; later dates are taken as empty.
    pub fn new(
        format: &Format,
        seen: &'a mut Seen,
        latest: Option<i64>,
        consume: &'a Consumer<'a>,
    ) -> Self {
        let limits = Limits {
            earliest: EARLIEST,
            latest: latest.unwrap_or(LATEST),
            platform: seen.platform(),
            pseudonyms: seen.pseudonyms().cloned(),
            checked: seen.is_checked(),
        };
        let ids = Ids::Known {
            seen,
            consume,
            listen: None,
        };
        let mut intake = Self::with(limits, ids);
        intake.reading.format = format.name.to_owned();
        intake.reading.platform = format.platform;
        intake.sums = (format.role == Role::Totals).then(Sums::default);
        intake
    }

    fn with(limits: Limits, ids: Ids<'a>) -> Self {
        Self {
            reading: Reading::default(),
            carried: Default::default(),
            present: Default::default(),
            batch: Batch::default(),
            duplicates: Vec::new(),
            limits,
            announced: Vec::new(),
            unavailable: 0,
            gone: 0,
            counted: 0,
            exported_at: None,
            sums: None,
            pages: Pages::Untold,
            order: Order::default(),
            account: None,
            ids,
        }
    }

    /// Whether anything depends on who a follower is: duplicates are looked for, rows go
    /// under pseudonyms, or somebody listens.
    pub fn needs_ids(&self) -> bool {
        let heard = self.consumer().is_none();
        self.limits.checked || self.limits.pseudonyms.is_some() || heard
    }

    /// Where the batches go, unless somebody must hear of each follower first, in the
    /// order of the file.
    pub fn consumer(&self) -> Option<&'a Consumer<'a>> {
        match &self.ids {
            Ids::Known {
                consume,
                listen: None,
                ..
            } => Some(*consume),
            _ => None,
        }
    }

    /// Makes room for so many more rows.
    pub fn expect(&mut self, rows: u64) {
        if let Ids::Known { seen, .. } = &mut self.ids {
            seen.expect(rows);
        }
    }

    /// Makes room for the rows of a stretch, as far as a batch holds them.
    pub fn reserve(&mut self, rows: usize) {
        self.batch.reserve(rows.min(ROWS));
    }

    /// Says from which instant on the platform can date anything; earlier dates are taken
    /// as empty.
    pub fn earliest(&mut self, ms: i64) {
        self.limits.earliest = ms.max(EARLIEST);
    }

    /// The intake with a listener.
    #[must_use]
    pub fn heard_by(mut self, listener: &'a mut Listener<'a>) -> Self {
        if let Ids::Known { listen, .. } = &mut self.ids {
            *listen = Some(listener);
        }
        self
    }

    /// Says which fields the file carries, filled or not. A field that is never named
    /// here is absent; what followers give under it is not counted.
    ///
    /// May be said again for every row, and late: where a field first comes up in the
    /// n-th follower, it was empty in the n - 1 before.
    pub fn carries(&mut self, fields: &[Field]) {
        for &field in fields {
            if let Some(carried) = self.carried.get_mut(field as usize) {
                *carried = true;
            }
        }
    }

    /// Says which of the fields one row carries; see [`Intake::carries`].
    pub fn carries_where(&mut self, fields: &[(Field, bool)]) {
        for &(field, there) in fields {
            if there {
                self.carries(&[field]);
            }
        }
    }

    /// Says under which heading a file carries a field.
    pub fn heading(&mut self, field: Field, heading: &str) {
        if heading != field.as_str() {
            self.reading.columns.insert(field, heading.to_owned());
        }
    }

    /// The platform that the study says, where there is a study.
    pub fn channel_platform(&self) -> Option<Platform> {
        self.limits.platform
    }

    /// Says which platform a file is of, where the format does not tell.
    pub fn platform(&mut self, platform: Platform) {
        self.reading.platform.get_or_insert(platform);
    }

    /// Takes a follower, or counts its row as set aside.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    pub fn row(&mut self, follower: std::result::Result<Follower<'_>, &str>) -> Result<()> {
        match follower {
            Ok(follower) => self.follower(&follower),
            Err(reason) => {
                self.set_aside(reason);
                Ok(())
            }
        }
    }

    /// Counts a row that does not parse; `reason` says what was expected, in words that
    /// hold for every such row ("id: expected a number").
    pub fn set_aside(&mut self, reason: &str) {
        self.reading.rows += 1;
        self.reading.set_aside += 1;
        *self
            .reading
            .set_aside_reasons
            .entry(reason.to_owned())
            .or_default() += 1;
    }

    /// Counts an account that the export names as gone outside its rows (an entry of
    /// `errors[]`); it is on the list, but no row of followers. An account that was seen
    /// before is passed over. Only where the file is read as a whole.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    pub fn unavailable(&mut self, id: Option<&str>) -> Result<()> {
        if let (Some(id), Ids::Known { seen, .. }) = (id, &mut self.ids) {
            seen.name_as_gone(id);
        }
        if self.is_duplicate(id.unwrap_or_default().as_bytes()) {
            return Ok(());
        }
        self.gone();
        let follower = Follower {
            id,
            gone: true,
            ..Follower::default()
        };
        self.push(&follower, id, false)
    }

    /// Counts something else that the export could not give, like a pinned post; nobody
    /// is gone by it.
    pub fn not_given(&mut self) {
        self.unavailable += 1;
    }

    /// Takes one row of totals. A row without metrics says something that is not counted
    /// here, such as shares by age.
    pub fn totals(&mut self, day: Day, numbers: &[(Metric, Option<i64>)]) {
        self.reading.rows += 1;
        let day = match day {
            Day::Known(day)
                if (EARLIEST..=self.limits.latest).contains(&day.saturating_mul(DAY)) =>
            {
                Some(day)
            }
            Day::Known(_) => {
                self.reading.implausible_dates += 1;
                None
            }
            Day::YearUnknown => None,
        };
        if self.sums.get_or_insert_default().row(day, numbers) {
            self.counted += 1;
        } else {
            self.reading.duplicates += 1;
        }
    }

    /// Notes when the export was made; the latest of several counts.
    pub fn exported_at(&mut self, ms: i64) {
        if (EARLIEST..=LATEST).contains(&ms) {
            self.exported_at = self.exported_at.max(Some(ms));
        }
    }

    /// Notes how many rows a file of this export should have.
    pub fn announce(&mut self, file: impl Into<String>, rows: u64) {
        self.announced.push((file.into(), rows));
    }

    /// Notes whether a page names a next one; the last page of a file counts.
    pub fn next_page(&mut self, named: bool) {
        self.pages = if named { Pages::Left } else { Pages::Done };
    }

    /// Notes whose followers these are, as the export itself says: the name of the account.
    pub fn account(&mut self, name: &str) {
        if !name.is_empty() {
            self.account.get_or_insert_with(|| name.to_owned());
        }
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.reading.rows
    }

    /// Rows set aside so far.
    pub fn set_aside_rows(&self) -> u64 {
        self.reading.set_aside
    }

    /// Hands on the last batch and gives what was found.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    pub fn finish(mut self) -> Result<Found> {
        self.flush()?;
        let rows = self.reading.rows - self.reading.set_aside;
        self.reading.fields = Field::ALL
            .into_iter()
            .zip(self.present)
            .zip(self.carried)
            .filter(|&(_, carried)| carried)
            .map(|((field, present), _)| {
                let null = rows.saturating_sub(present);
                (field, FieldCount { present, null })
            })
            .collect();
        self.reading.evidence = Evidence::of(&self.reading.fields);
        self.reading.unavailable = Some(self.unavailable);
        self.reading.gone = Some(self.gone);
        self.reading.exported_at = self.exported_at.map(rfc_3339);
        let mut days = Days::default();
        if let Some(sums) = self.sums {
            if sums.say_something() {
                self.reading.evidence = Evidence::Aggregate;
            }
            let (aggregate, single) = sums.finish();
            self.reading.aggregate = Some(aggregate);
            days = single;
        }
        Ok(Found {
            reading: self.reading,
            announced: self.announced,
            counted: self.counted,
            days,
            pages: self.pages,
            order: self.order,
            account: self.account,
        })
    }
}
