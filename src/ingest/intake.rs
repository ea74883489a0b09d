//! What an adapter hands followers to.
//!
//! The intake counts: rows, filled and empty fields, rows set aside and why,
//! duplicates. It keeps no id, only a hash of each for finding duplicates, and passes
//! on batches of rows in which nobody can be found again: without any mark of the
//! person, or, where dated exports are joined, under a keyed pseudonym.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use polars::prelude::DataFrame;

use crate::error::Result;
use crate::frame::batch::{Batch, Follower, ROWS};
use crate::frame::dates::{DAY, EARLIEST, LATEST, rfc_3339};
use crate::frame::states::Pseudonyms;
use crate::model::aggregate::{Days, Metric};
use crate::model::evidence::{Evidence, Field, FieldCount};
use crate::model::manifest::Reading;
use crate::model::platform::Platform;

use super::sums::Sums;
use super::text::day::Day;
use super::{Format, Role};

/// The ids seen so far in a channel, as 64-bit hashes.
///
/// Among ten million followers two hashes fall together by chance with a probability
/// of 3 in a million.
#[derive(Debug, Default)]
pub struct Seen {
    hashes: HashSet<u64, BuildHasherDefault<Itself>>,
    again: Hashes,
    gone: Hashes,
    platform: Option<Platform>,
    pseudonyms: Option<Pseudonyms>,
}

/// Ids, as [`hash`] has them.
pub type Hashes = HashSet<u64, BuildHasherDefault<Itself>>;

/// A map by hashes of ids.
pub type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Itself>>;

/// The hash of an id.
pub fn hash(id: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(id)
}

/// The hash of a number that is a hash already.
#[derive(Debug, Default)]
pub struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }
}

impl Seen {
    /// Nobody seen yet; rows are passed on under these pseudonyms.
    pub fn under(pseudonyms: Pseudonyms) -> Self {
        Self {
            pseudonyms: Some(pseudonyms),
            ..Self::default()
        }
    }

    /// How many ids were seen.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// How many ids two lists share.
    pub fn shared(&self, other: &Self) -> usize {
        self.hashes.intersection(&other.hashes).count()
    }

    /// The pseudonyms under which rows are passed on, where dated exports are joined.
    pub fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.pseudonyms.as_ref()
    }

    /// The same, for a channel of which the study says where it is.
    #[must_use]
    pub fn on(self, platform: Platform) -> Self {
        Self {
            platform: Some(platform),
            ..self
        }
    }

    /// Nobody seen yet, in the same channel.
    pub fn afresh(&self) -> Self {
        Self {
            platform: self.platform,
            pseudonyms: self.pseudonyms.clone(),
            ..Self::default()
        }
    }

    /// The ids that came more than once.
    pub fn repeated(&self) -> &Hashes {
        &self.again
    }

    /// The ids that an export has named as gone outside its rows.
    pub fn named_as_gone(&self) -> &Hashes {
        &self.gone
    }

    /// Whether the id is seen for the first time.
    pub fn is_new(&mut self, id: &str) -> bool {
        let hash = hash(id.as_bytes());
        let is_new = self.hashes.insert(hash);
        if !is_new {
            self.again.insert(hash);
        }
        is_new
    }
}

/// Where batches of followers go.
pub type Consumer<'a> = dyn FnMut(DataFrame) -> Result<()> + 'a;

/// Told each follower that goes into the coming batches, in their order. Only the draw of
/// an audit listens: it must know whom it draws.
pub type Listener<'a> = dyn FnMut(&Follower<'_>) + 'a;

/// Collects the followers of one file.
pub struct Intake<'a> {
    reading: Reading,
    /// The counts of the fields that the file carries, in the order of [`Field::ALL`].
    fields: [Option<FieldCount>; Field::ALL.len()],
    batch: Batch,
    seen: &'a mut Seen,
    earliest: i64,
    latest: i64,
    announced: Vec<(String, u64)>,
    unavailable: u64,
    gone: u64,
    counted: u64,
    exported_at: Option<i64>,
    sums: Option<Sums>,
    pages: Pages,
    order: Order,
    account: Option<String>,
    consume: &'a mut Consumer<'a>,
    listen: Option<&'a mut Listener<'a>>,
}

impl<'a> Intake<'a> {
    /// An intake for one file of `format`.
    ///
    /// `latest` is the last instant that is believed; later dates are taken as empty.
    pub fn new(
        format: &Format,
        seen: &'a mut Seen,
        latest: Option<i64>,
        consume: &'a mut Consumer<'a>,
    ) -> Self {
        let reading = Reading {
            format: format.name.to_owned(),
            platform: format.platform,
            ..Reading::default()
        };
        Self {
            reading,
            fields: [None; Field::ALL.len()],
            batch: Batch::default(),
            seen,
            earliest: EARLIEST,
            latest: latest.unwrap_or(LATEST),
            announced: Vec::new(),
            unavailable: 0,
            gone: 0,
            counted: 0,
            exported_at: None,
            sums: (format.role == Role::Totals).then(Sums::default),
            pages: Pages::Untold,
            order: Order::default(),
            account: None,
            consume,
            listen: None,
        }
    }

    /// Says from which instant on the platform can date anything; earlier dates are taken
    /// as empty.
    pub fn earliest(&mut self, ms: i64) {
        self.earliest = ms.max(EARLIEST);
    }

    /// The intake with a listener.
    #[must_use]
    pub fn heard_by(mut self, listener: &'a mut Listener<'a>) -> Self {
        self.listen = Some(listener);
        self
    }

    /// Says which fields the file carries, filled or not. A field that is not named
    /// here is absent; what a follower gives under it is not counted.
    ///
    /// May be said again for every row, and late: where a field first comes up in the
    /// n-th follower, it was empty in the n - 1 before.
    pub fn carries(&mut self, fields: &[Field]) {
        let null = self.reading.rows - self.reading.set_aside;
        for &field in fields {
            if let Some(count) = self.fields.get_mut(field as usize) {
                count.get_or_insert(FieldCount { present: 0, null });
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
        self.seen.platform
    }

    /// Says which platform a file is of, where the format does not tell.
    pub fn platform(&mut self, platform: Platform) {
        self.reading.platform.get_or_insert(platform);
    }

    /// Takes one follower.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    pub fn follower(&mut self, follower: &Follower<'_>) -> Result<()> {
        let mut follower = *follower;
        self.reading.rows += 1;
        for date in [
            &mut follower.followed_at,
            &mut follower.account_created_at,
            &mut follower.last_active_at,
        ] {
            if date.is_some_and(|ms| !(self.earliest..=self.latest).contains(&ms)) {
                *date = None;
                self.reading.implausible_dates += 1;
            }
        }
        let follower = follower;
        self.order.note(follower.followed_at);
        for (field, count) in Field::ALL.into_iter().zip(&mut self.fields) {
            if let Some(FieldCount { present, null }) = count {
                *(if has(&follower, field) { present } else { null }) += 1;
            }
        }
        let duplicate = follower.id.is_some_and(|id| !self.seen.is_new(id));
        self.reading.duplicates += u64::from(duplicate);
        self.counted += u64::from(!duplicate);
        if follower.gone && !duplicate {
            self.unavailable += 1;
            self.gone += 1;
        }
        self.push(&follower, follower.id, duplicate)
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
    /// before is passed over.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    pub fn unavailable(&mut self, id: Option<&str>) -> Result<()> {
        if let Some(id) = id {
            self.seen.gone.insert(hash(id.as_bytes()));
            if !self.seen.is_new(id) {
                return Ok(());
            }
        }
        self.unavailable += 1;
        self.gone += 1;
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
            Day::Known(day) if (EARLIEST..=self.latest).contains(&day.saturating_mul(DAY)) => {
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

    /// Hands on the last batch and gives what was found.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    pub fn finish(mut self) -> Result<Found> {
        self.flush()?;
        self.reading.fields = Field::ALL
            .into_iter()
            .zip(self.fields)
            .filter_map(|(field, count)| Some((field, count?)))
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

    fn push(&mut self, follower: &Follower<'_>, id: Option<&str>, duplicate: bool) -> Result<()> {
        if let Some(listen) = &mut self.listen {
            listen(follower);
        }
        self.batch.push(follower, duplicate);
        if let Some(pseudonyms) = &self.seen.pseudonyms {
            self.batch.pseudonym(id.map(|id| pseudonyms.of(id)));
        }
        if self.batch.len() >= ROWS {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<()> {
        if self.batch.is_empty() {
            Ok(())
        } else {
            (self.consume)(self.batch.take()?)
        }
    }
}

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
    last: Option<i64>,
}

impl Order {
    /// The order of these dates, in milliseconds since 1970.
    pub fn of(dates: impl IntoIterator<Item = i64>) -> Self {
        let mut order = Self::default();
        dates.into_iter().for_each(|ms| order.note(Some(ms)));
        order
    }

    fn note(&mut self, followed_at: Option<i64>) {
        let Some(ms) = followed_at else { return };
        self.dated += 1;
        self.rises += u64::from(self.last.is_some_and(|last| ms > last));
        self.oldest = Some(self.oldest.map_or(ms, |oldest| oldest.min(ms)));
        self.newest = self.newest.max(Some(ms));
        self.last = Some(ms);
    }

    /// Whether the newest follow comes first and the oldest last, but for a few rows.
    pub fn is_newest_first(&self) -> bool {
        self.oldest < self.newest
            && self.rises as f64 <= super::cut_off::OUT_OF_ORDER * self.dated as f64
    }
}

fn has(follower: &Follower<'_>, field: Field) -> bool {
    match field {
        Field::Id => follower.id.is_some(),
        Field::FollowedAt => follower.followed_at.is_some(),
        Field::AccountCreatedAt => follower.account_created_at.is_some(),
        Field::LastActiveAt => follower.last_active_at.is_some(),
        Field::PostsCount => follower.posts_count.is_some(),
        Field::FollowersCount => follower.followers_count.is_some(),
        Field::FollowingCount => follower.following_count.is_some(),
        Field::DefaultAvatar => follower.default_avatar.is_some(),
        Field::Protected => follower.protected.is_some(),
    }
}
