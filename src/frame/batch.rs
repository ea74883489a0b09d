//! Followers on their way into the engine.

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::block::Block;
use super::columns as name;
use super::engine::fault;
use super::fields::{Fields, NO, NONE, NOT_GIVEN, YES, flags_column};
use crate::error::Result;
use crate::model::evidence::Field;

/// Rows of one batch: enough that its columns cost nothing to make, few enough that
/// memory does not grow with the export.
pub const ROWS: usize = 1 << 17;

/// What an export says of one follower, under the canonical fields.
///
/// `None` is "not given"; zero and `false` are values. Times are milliseconds since
/// 1970 in UTC. The id serves to find duplicates and is then dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Follower<'a> {
    /// Id, or the handle where the export has no id.
    pub id: Option<&'a str>,
    /// When this follower began to follow.
    pub followed_at: Option<i64>,
    /// When the account was made.
    pub account_created_at: Option<i64>,
    /// Whether that date was read off the id, and not given.
    pub created_from_id: bool,
    /// The last dated act.
    pub last_active_at: Option<i64>,
    /// Number of posts.
    pub posts_count: Option<u64>,
    /// Number of followers.
    pub followers_count: Option<u64>,
    /// Number of accounts followed.
    pub following_count: Option<u64>,
    /// Platform's own picture.
    pub default_avatar: Option<bool>,
    /// Posts for approved followers only.
    pub protected: Option<bool>,
    /// Suspended, deleted, deactivated, moved.
    pub gone: bool,
    /// Address of the profile, where the export gives it and the id does not lead there.
    /// Like the id it goes into no batch.
    pub profile: Option<&'a str>,
}

/// Followers on their way into the engine.
#[derive(Debug, Default)]
pub struct Batch {
    fields: Fields,
    pseudonyms: Vec<Option<u64>>,
}

impl Batch {
    /// Adds one follower.
    #[inline]
    pub fn push(&mut self, follower: &Follower<'_>) {
        let time = |time: Option<i64>| time.unwrap_or(NONE);
        let count = |count: Option<u64>| count.map_or(NONE, stored);
        let flag = |flag: Option<bool>| flag.map_or(NOT_GIVEN, u8::from);
        let numbers = [
            time(follower.followed_at),
            time(follower.account_created_at),
            time(follower.last_active_at),
            count(follower.posts_count),
            count(follower.followers_count),
            count(follower.following_count),
        ];
        let flags = [flag(follower.default_avatar), flag(follower.protected)];
        self.fields.push(numbers, flags, follower.gone);
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, rows: usize) {
        self.fields.reserve(rows);
    }

    /// Adds some followers.
    pub fn append(&mut self, block: &Block<'_>) {
        self.fields.append(block.fields());
    }

    /// Gives the follower that was added last a pseudonym, or says that there is no id.
    /// Either every follower of a batch gets one or none does.
    pub fn pseudonym(&mut self, pseudonym: Option<u64>) {
        self.pseudonyms.push(pseudonym);
    }

    /// Rows so far.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether nothing was added since the last [`Batch::take`].
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether the export names the account of a row as gone.
    pub fn is_gone(&self, row: usize) -> bool {
        self.fields.gone.get(row) == Some(&YES)
    }

    /// In how many rows a field is given; of ids the batch knows nothing.
    pub fn given(&self, field: Field) -> u64 {
        self.fields.given(field)
    }

    /// The rows as a frame, of which those at the places in `duplicates` are marked; the
    /// batch is empty afterwards.
    ///
    /// # Errors
    /// Only a fault of the engine.
    pub fn take(&mut self, duplicates: &[usize]) -> Result<DataFrame> {
        let batch = std::mem::take(self);
        let mut duplicate = vec![NO; batch.len()];
        for &row in duplicates {
            if let Some(flag) = duplicate.get_mut(row) {
                *flag = YES;
            }
        }
        let mut columns = batch.fields.columns();
        columns.push(flags_column(name::DUPLICATE, &duplicate));
        if !batch.pseudonyms.is_empty() {
            columns.push(Series::new(name::PSEUDONYM.into(), batch.pseudonyms).into());
        }
        DataFrame::new_infer_height(columns).map_err(fault)
    }
}

/// A count as a column holds it: the largest number stands for all that are larger.
#[inline]
pub fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The rows with a column of last interactions.
///
/// # Errors
/// Only a fault of the engine.
pub fn with_interactions(rows: DataFrame, interacted_at: Vec<Option<i64>>) -> Result<DataFrame> {
    let mut rows = rows;
    rows.with_column(Column::from(Series::new(
        name::INTERACTED_AT.into(),
        interacted_at,
    )))
    .map_err(fault)?;
    Ok(rows)
}

/// The rows for which `keep` says so, in their order.
///
/// # Errors
/// Only a fault of the engine.
pub fn kept(rows: DataFrame, keep: Vec<bool>) -> Result<DataFrame> {
    if keep.iter().all(|&keep| keep) {
        return Ok(rows);
    }
    let mask = Series::new("keep".into(), keep);
    mask.bool()
        .and_then(|mask| rows.filter(mask))
        .map_err(fault)
}
