//! Followers on their way into the engine: columns filled row by row.

use polars::prelude::{
    BooleanChunked, Column, DataFrame, Int64Chunked, IntoColumn, NamedFrom, Series,
};
use polars_arrow::bitmap::Bitmap;

use super::columns as name;
use super::engine::fault;
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

/// Columns being filled.
#[derive(Debug, Default)]
pub struct Batch {
    followed_at: Numbers,
    account_created_at: Numbers,
    last_active_at: Numbers,
    posts_count: Numbers,
    followers_count: Numbers,
    following_count: Numbers,
    default_avatar: Flags,
    protected: Flags,
    gone: Flags,
    pseudonyms: Vec<Option<u64>>,
}

impl Batch {
    /// Adds one follower.
    #[inline]
    pub fn push(&mut self, follower: &Follower<'_>) {
        // The largest number stands for all that are larger.
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.followed_at.push(follower.followed_at);
        self.account_created_at.push(follower.account_created_at);
        self.last_active_at.push(follower.last_active_at);
        self.posts_count.push(follower.posts_count.map(count));
        self.followers_count
            .push(follower.followers_count.map(count));
        self.following_count
            .push(follower.following_count.map(count));
        self.default_avatar.push(follower.default_avatar);
        self.protected.push(follower.protected);
        self.gone.push(Some(follower.gone));
    }

    /// Gives the follower that was added last a pseudonym, or says that there is no id.
    /// Either every follower of a batch gets one or none does.
    pub fn pseudonym(&mut self, pseudonym: Option<u64>) {
        self.pseudonyms.push(pseudonym);
    }

    /// Rows so far.
    pub fn len(&self) -> usize {
        self.gone.0.len()
    }

    /// Whether nothing was added since the last [`Batch::take`].
    pub fn is_empty(&self) -> bool {
        self.gone.0.is_empty()
    }

    /// Whether the export names the account of a row as gone.
    pub fn is_gone(&self, row: usize) -> bool {
        self.gone.0.get(row) == Some(&YES)
    }

    /// In how many rows a field is given; of ids the batch knows nothing.
    pub fn given(&self, field: Field) -> u64 {
        match field {
            Field::Id => 0,
            Field::FollowedAt => self.followed_at.given(),
            Field::AccountCreatedAt => self.account_created_at.given(),
            Field::LastActiveAt => self.last_active_at.given(),
            Field::PostsCount => self.posts_count.given(),
            Field::FollowersCount => self.followers_count.given(),
            Field::FollowingCount => self.following_count.given(),
            Field::DefaultAvatar => self.default_avatar.given(),
            Field::Protected => self.protected.given(),
        }
    }

    /// The rows as a frame, of which those at the places in `duplicates` are marked; the
    /// batch is empty afterwards.
    ///
    /// # Errors
    /// Only a fault of the engine.
    pub fn take(&mut self, duplicates: &[usize]) -> Result<DataFrame> {
        let batch = std::mem::take(self);
        let mut duplicate = Flags(vec![NO; batch.len()]);
        for &row in duplicates {
            if let Some(flag) = duplicate.0.get_mut(row) {
                *flag = YES;
            }
        }
        let mut columns = vec![
            batch.followed_at.column(name::FOLLOWED_AT),
            batch.account_created_at.column(name::ACCOUNT_CREATED_AT),
            batch.last_active_at.column(name::LAST_ACTIVE_AT),
            batch.posts_count.column(name::POSTS_COUNT),
            batch.followers_count.column(name::FOLLOWERS_COUNT),
            batch.following_count.column(name::FOLLOWING_COUNT),
            batch.default_avatar.column(name::DEFAULT_AVATAR),
            batch.protected.column(name::PROTECTED),
            batch.gone.column(name::GONE),
            duplicate.column(name::DUPLICATE),
        ];
        if !batch.pseudonyms.is_empty() {
            columns.push(Series::new(name::PSEUDONYM.into(), batch.pseudonyms).into());
        }
        DataFrame::new_infer_height(columns).map_err(fault)
    }
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

/// Times or counts, of which any may be missing.
///
/// The mask of what is given is made of all rows at once, which costs a fraction of
/// writing it row by row.
#[derive(Debug, Default)]
struct Numbers(Vec<i64>);

/// Stands where nothing is given: no date and no count is so small.
pub const NONE: i64 = i64::MIN;

impl Numbers {
    #[inline]
    fn push(&mut self, number: Option<i64>) {
        self.0.push(number.unwrap_or(NONE));
    }

    fn given(&self) -> u64 {
        self.0.iter().map(|&number| u64::from(number != NONE)).sum()
    }

    fn column(self, name: &str) -> Column {
        let given = mask(&self.0, |&number| number != NONE);
        let given = (given.unset_bits() > 0).then_some(given);
        Int64Chunked::from_vec_validity(name.into(), self.0, given).into_column()
    }
}

/// Yes, no, or not given.
#[derive(Debug, Default)]
struct Flags(Vec<u8>);

const NO: u8 = 0;
const YES: u8 = 1;
const NOT_GIVEN: u8 = 2;

impl Flags {
    #[inline]
    fn push(&mut self, flag: Option<bool>) {
        self.0.push(flag.map_or(NOT_GIVEN, u8::from));
    }

    fn given(&self) -> u64 {
        self.0
            .iter()
            .map(|&flag| u64::from(flag != NOT_GIVEN))
            .sum()
    }

    fn column(self, name: &str) -> Column {
        let given = mask(&self.0, |&flag| flag != NOT_GIVEN);
        let given = (given.unset_bits() > 0).then_some(given);
        let yes = mask(&self.0, |&flag| flag == YES);
        BooleanChunked::from_bitmap(name.into(), yes)
            .with_validity(given)
            .into_column()
    }
}

/// One bit a row.
fn mask<T>(rows: &[T], is_set: impl Fn(&T) -> bool) -> Bitmap {
    let bytes = rows
        .chunks(8)
        .map(|rows| {
            rows.iter()
                .enumerate()
                .fold(0, |byte, (bit, row)| byte | u8::from(is_set(row)) << bit)
        })
        .collect();
    Bitmap::from_u8_vec(bytes, rows.len())
}
