//! Rows of a batch in the cache, for one rule after the other.
//!
//! A rule as an expression of comparisons and choices makes a column for each of these.
//! Measured on ten million rows, the key of a row costs 106 ns in a plan of such
//! expressions over batches, and a third of it when a few hundred rows at a time are
//! taken through all rules. So the key is one elementwise function of the batch.
//!
//! What followers do is hard to foretell, also for a processor: a rule that jumps by what a
//! row says costs more by its wrong guesses than by its sums. So "not given" is a number,
//! and the rules choose between results ([`select_unpredictable`]).

use std::hint::select_unpredictable;
use std::slice::Chunks;

use polars::prelude::{BooleanChunked, DataFrame, Int64Chunked, PolarsResult};
use polars_arrow::bitmap::Bitmap;
use polars_arrow::bitmap::utils::BitChunks;

use super::{HEURISTICS, Judgement};
use crate::frame::columns as name;
use crate::frame::fields::NONE;

/// Rows that are taken through all rules together: one word of a bitmap, and few enough
/// that they stay in the nearest cache.
const BLOCK: usize = u64::BITS as usize;

/// What the rules know of one follower, under the names of the columns. Times are
/// milliseconds since 1970 UTC; where no time or count is given stands [`NONE`].
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// When this follower began to follow.
    pub followed_at: i64,
    /// When the account was made.
    pub account_created_at: i64,
    /// The last dated act.
    pub last_active_at: i64,
    /// The last interaction with the channel, where those are signs of life.
    pub interacted_at: i64,
    /// Number of posts.
    pub posts_count: i64,
    /// Number of followers.
    pub followers_count: i64,
    /// Number of accounts followed.
    pub following_count: i64,
    /// Platform's own picture.
    pub default_avatar: Option<bool>,
    /// Posts for approved followers only.
    pub protected: Option<bool>,
    /// Suspended, deleted, deactivated, moved.
    pub gone: bool,
    /// The id was seen before in this channel.
    pub duplicate: bool,
}

impl Row {
    /// Of whom nothing is known.
    pub const BLANK: Self = Self {
        followed_at: NONE,
        account_created_at: NONE,
        last_active_at: NONE,
        interacted_at: NONE,
        posts_count: NONE,
        followers_count: NONE,
        following_count: NONE,
        default_avatar: None,
        protected: None,
        gone: false,
        duplicate: false,
    };
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
    let numbers = |name| {
        let column = batch.column(name)?.i64()?;
        PolarsResult::Ok(column.rechunk().into_owned())
    };
    let flags = |name| {
        let column = batch.column(name)?.bool()?;
        PolarsResult::Ok(column.rechunk().into_owned())
    };
    let followed_at = numbers(name::FOLLOWED_AT)?;
    let account_created_at = numbers(name::ACCOUNT_CREATED_AT)?;
    let last_active_at = numbers(name::LAST_ACTIVE_AT)?;
    let interacted_at = judgement
        .interactions
        .then(|| numbers(name::INTERACTED_AT))
        .transpose()?;
    let posts_count = numbers(name::POSTS_COUNT)?;
    let followers_count = numbers(name::FOLLOWERS_COUNT)?;
    let following_count = numbers(name::FOLLOWING_COUNT)?;
    let default_avatar = flags(name::DEFAULT_AVATAR)?;
    let protected = flags(name::PROTECTED)?;
    let gone = flags(name::GONE)?;
    let duplicate = flags(name::DUPLICATE)?;

    let mut followed_at = Numbers::of(&followed_at);
    let mut account_created_at = Numbers::of(&account_created_at);
    let mut last_active_at = Numbers::of(&last_active_at);
    let mut interacted_at = interacted_at.as_ref().map(Numbers::of);
    let mut posts_count = Numbers::of(&posts_count);
    let mut followers_count = Numbers::of(&followers_count);
    let mut following_count = Numbers::of(&following_count);
    let mut default_avatar = Flags::of(&default_avatar);
    let mut protected = Flags::of(&protected);
    let mut gone = Flags::of(&gone);
    let mut duplicate = Flags::of(&duplicate);

    let mut keys = vec![0; batch.height()];
    let mut rows = [Row::BLANK; BLOCK];
    for keys in keys.chunks_mut(BLOCK) {
        let rows = rows.get_mut(..keys.len()).unwrap_or_default();
        followed_at.fill(rows, |row, time| row.followed_at = time);
        account_created_at.fill(rows, |row, time| row.account_created_at = time);
        last_active_at.fill(rows, |row, time| row.last_active_at = time);
        if let Some(interacted_at) = &mut interacted_at {
            interacted_at.fill(rows, |row, time| row.interacted_at = time);
        }
        posts_count.fill(rows, |row, count| row.posts_count = count);
        followers_count.fill(rows, |row, count| row.followers_count = count);
        following_count.fill(rows, |row, count| row.following_count = count);
        default_avatar.fill(rows, |row, flag| row.default_avatar = flag);
        protected.fill(rows, |row, flag| row.protected = flag);
        gone.fill(rows, |row, flag| row.gone = flag == Some(true));
        duplicate.fill(rows, |row, flag| row.duplicate = flag == Some(true));
        for heuristic in HEURISTICS {
            (heuristic.rule)(judgement, rows, keys);
        }
    }
    Ok(keys)
}

/// A column of times or counts, from block to block.
struct Numbers<'a> {
    values: Chunks<'a, i64>,
    given: Bits<'a>,
}

impl<'a> Numbers<'a> {
    fn of(column: &'a Int64Chunked) -> Self {
        let array = column.downcast_iter().next();
        Self {
            values: array
                .map_or(&[][..], |array| array.values().as_slice())
                .chunks(BLOCK),
            given: Bits::of(array.and_then(|array| array.validity())),
        }
    }

    #[inline]
    fn fill(&mut self, rows: &mut [Row], set: impl Fn(&mut Row, i64)) {
        let values = self.values.next().unwrap_or_default();
        let given = self.given.next();
        for (at, (row, &value)) in rows.iter_mut().zip(values).enumerate() {
            set(row, select_unpredictable(given >> at & 1 == 1, value, NONE));
        }
    }
}

/// A column of flags, from block to block.
struct Flags<'a> {
    values: Bits<'a>,
    given: Bits<'a>,
}

impl<'a> Flags<'a> {
    fn of(column: &'a BooleanChunked) -> Self {
        let array = column.downcast_iter().next();
        Self {
            values: Bits::of(array.map(|array| array.values())),
            given: Bits::of(array.and_then(|array| array.validity())),
        }
    }

    #[inline]
    fn fill(&mut self, rows: &mut [Row], set: impl Fn(&mut Row, Option<bool>)) {
        let (values, given) = (self.values.next(), self.given.next());
        for (at, row) in rows.iter_mut().enumerate() {
            let flag = Some(values >> at & 1 == 1);
            set(row, select_unpredictable(given >> at & 1 == 1, flag, None));
        }
    }
}

/// One bit a row, a block at a time; all are set where there is no bitmap.
struct Bits<'a>(Option<BitChunks<'a, u64>>);

impl<'a> Bits<'a> {
    fn of(bits: Option<&'a Bitmap>) -> Self {
        Self(bits.map(Bitmap::chunks))
    }

    #[inline]
    fn next(&mut self) -> u64 {
        let Some(words) = &mut self.0 else {
            return u64::MAX;
        };
        words.next().unwrap_or_else(|| words.remainder())
    }
}
