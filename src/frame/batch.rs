//! Followers on their way into the engine: columns filled row by row.

use polars::prelude::{Column, DataFrame};

use super::columns as name;
use super::engine::fault;
use crate::error::Result;

/// Rows of one batch: enough that the engine's start costs nothing, few enough that
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
    followed_at: Vec<Option<i64>>,
    account_created_at: Vec<Option<i64>>,
    last_active_at: Vec<Option<i64>>,
    posts_count: Vec<Option<i64>>,
    followers_count: Vec<Option<i64>>,
    following_count: Vec<Option<i64>>,
    default_avatar: Vec<Option<bool>>,
    protected: Vec<Option<bool>>,
    gone: Vec<bool>,
    duplicate: Vec<bool>,
    pseudonyms: Vec<Option<u64>>,
}

impl Batch {
    /// Adds one follower.
    pub fn push(&mut self, follower: &Follower<'_>, duplicate: bool) {
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
        self.gone.push(follower.gone);
        self.duplicate.push(duplicate);
    }

    /// Gives the follower that was added last a pseudonym, or says that there is no id.
    /// Either every follower of a batch gets one or none does.
    pub fn pseudonym(&mut self, pseudonym: Option<u64>) {
        self.pseudonyms.push(pseudonym);
    }

    /// Rows so far.
    pub fn len(&self) -> usize {
        self.gone.len()
    }

    /// Whether nothing was added since the last [`Batch::take`].
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty()
    }

    /// The rows as a frame; the batch is empty afterwards.
    ///
    /// # Errors
    /// Only a fault of the engine.
    pub fn take(&mut self) -> Result<DataFrame> {
        let batch = std::mem::take(self);
        let mut columns = vec![
            column(name::FOLLOWED_AT, batch.followed_at),
            column(name::ACCOUNT_CREATED_AT, batch.account_created_at),
            column(name::LAST_ACTIVE_AT, batch.last_active_at),
            column(name::POSTS_COUNT, batch.posts_count),
            column(name::FOLLOWERS_COUNT, batch.followers_count),
            column(name::FOLLOWING_COUNT, batch.following_count),
            column(name::DEFAULT_AVATAR, batch.default_avatar),
            column(name::PROTECTED, batch.protected),
            column(name::GONE, batch.gone),
            column(name::DUPLICATE, batch.duplicate),
        ];
        if !batch.pseudonyms.is_empty() {
            columns.push(column(name::PSEUDONYM, batch.pseudonyms));
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
    rows.with_column(column(name::INTERACTED_AT, interacted_at))
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
    let mask = column("keep", keep);
    mask.bool()
        .and_then(|mask| rows.filter(mask))
        .map_err(fault)
}

fn column<T>(name: &str, values: Vec<T>) -> Column
where
    polars::prelude::Series: polars::prelude::NamedFrom<Vec<T>, [T]>,
{
    use polars::prelude::NamedFrom;
    polars::prelude::Series::new(name.into(), values).into()
}
