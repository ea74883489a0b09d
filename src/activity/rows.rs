//! Rows of a batch in the cache, for one rule after the other.
//!
//! A rule as an expression of comparisons and choices makes a column for each of these.
//! Measured on ten million rows, the key of a row costs 106 ns in a plan of such
//! expressions over batches, and a third of it when a few hundred rows at a time are
//! taken through all rules. So the key is one elementwise function of the batch.

use polars::prelude::{BooleanChunked, DataFrame, Int64Chunked, PolarsResult};
use polars_arrow::bitmap::Bitmap;

use super::{HEURISTICS, Judgement};
use crate::frame::columns as name;

/// Rows that are taken through all rules together.
const BLOCK: usize = 256;

/// What the rules know of one follower, under the names of the columns; times are
/// milliseconds since 1970 UTC, and nothing stands where nothing is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    /// When this follower began to follow.
    pub followed_at: Option<i64>,
    /// When the account was made.
    pub account_created_at: Option<i64>,
    /// The last dated act.
    pub last_active_at: Option<i64>,
    /// The last interaction with the channel, where those are signs of life.
    pub interacted_at: Option<i64>,
    /// Number of posts.
    pub posts_count: Option<i64>,
    /// Number of followers.
    pub followers_count: Option<i64>,
    /// Number of accounts followed.
    pub following_count: Option<i64>,
    /// Platform's own picture.
    pub default_avatar: Option<bool>,
    /// Posts for approved followers only.
    pub protected: Option<bool>,
    /// Suspended, deleted, deactivated, moved.
    pub gone: bool,
    /// The id was seen before in this channel.
    pub duplicate: bool,
}

/// Adds a field of the key to each row's key.
#[inline]
pub fn each(rows: &[Row], keys: &mut [u32], shift: u32, rule: impl Fn(&Row) -> u32) {
    for (row, key) in rows.iter().zip(keys) {
        *key |= rule(row) << shift;
    }
}

/// The packed key of each row of a batch.
///
/// # Errors
/// A column is missing or of another type: a fault of the program.
pub fn keys(batch: &DataFrame, judgement: &Judgement) -> PolarsResult<Vec<u32>> {
    let mut keys = vec![0; batch.height()];
    let mut rows = [Row::default(); BLOCK];
    let numbers = |name| {
        batch
            .column(name)?
            .i64()
            .map(Int64Chunked::rechunk)
            .map(|column| column.into_owned())
    };
    let flags = |name| {
        batch
            .column(name)?
            .bool()
            .map(BooleanChunked::rechunk)
            .map(|column| column.into_owned())
    };
    let (followed_at, account_created_at, last_active_at) = (
        numbers(name::FOLLOWED_AT)?,
        numbers(name::ACCOUNT_CREATED_AT)?,
        numbers(name::LAST_ACTIVE_AT)?,
    );
    let (posts_count, followers_count, following_count) = (
        numbers(name::POSTS_COUNT)?,
        numbers(name::FOLLOWERS_COUNT)?,
        numbers(name::FOLLOWING_COUNT)?,
    );
    let interacted_at = judgement
        .interactions
        .then(|| numbers(name::INTERACTED_AT))
        .transpose()?;
    let (default_avatar, protected) = (flags(name::DEFAULT_AVATAR)?, flags(name::PROTECTED)?);
    let (gone, duplicate) = (flags(name::GONE)?, flags(name::DUPLICATE)?);
    for (block, keys) in keys.chunks_mut(BLOCK).enumerate() {
        let start = block * BLOCK;
        let rows = rows.get_mut(..keys.len()).unwrap_or_default();
        take(&followed_at, start, rows, |row| &mut row.followed_at);
        take(&account_created_at, start, rows, |row| {
            &mut row.account_created_at
        });
        take(&last_active_at, start, rows, |row| &mut row.last_active_at);
        if let Some(interacted_at) = &interacted_at {
            take(interacted_at, start, rows, |row| &mut row.interacted_at);
        }
        take(&posts_count, start, rows, |row| &mut row.posts_count);
        take(&followers_count, start, rows, |row| {
            &mut row.followers_count
        });
        take(&following_count, start, rows, |row| {
            &mut row.following_count
        });
        take_flags(&default_avatar, start, rows, |row, flag| {
            row.default_avatar = flag
        });
        take_flags(&protected, start, rows, |row, flag| row.protected = flag);
        take_flags(&gone, start, rows, |row, flag| {
            row.gone = flag == Some(true)
        });
        take_flags(&duplicate, start, rows, |row, flag| {
            row.duplicate = flag == Some(true)
        });
        for heuristic in HEURISTICS {
            (heuristic.rule)(judgement, rows, keys);
        }
    }
    Ok(keys)
}

/// Copies a block of a column into rows.
#[inline]
fn take(
    column: &Int64Chunked,
    start: usize,
    rows: &mut [Row],
    field: impl Fn(&mut Row) -> &mut Option<i64>,
) {
    let Some(array) = column.downcast_iter().next() else {
        return;
    };
    let values = array.values().as_slice().get(start..).unwrap_or_default();
    match array.validity() {
        None => {
            for (row, &value) in rows.iter_mut().zip(values) {
                *field(row) = Some(value);
            }
        }
        Some(given) => {
            for (at, (row, &value)) in rows.iter_mut().zip(values).enumerate() {
                *field(row) = bit(given, start + at).then_some(value);
            }
        }
    }
}

#[inline]
fn take_flags(
    column: &BooleanChunked,
    start: usize,
    rows: &mut [Row],
    set: impl Fn(&mut Row, Option<bool>),
) {
    let Some(array) = column.downcast_iter().next() else {
        return;
    };
    let values = array.values();
    for (at, row) in rows.iter_mut().enumerate() {
        let is_given = array.validity().is_none_or(|given| bit(given, start + at));
        set(row, is_given.then(|| bit(values, start + at)));
    }
}

#[inline]
fn bit(bits: &Bitmap, at: usize) -> bool {
    bits.get(at).unwrap_or_default()
}
