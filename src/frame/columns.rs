//! The names of the columns, once.
//!
//! A name in quotes anywhere else is a mistake that only a run can find. Times are
//! milliseconds since 1970-01-01T00:00:00 UTC.

/// When this follower began to follow (`i64`, null where not given).
pub const FOLLOWED_AT: &str = "followed_at";
/// When the account was made (`i64`, null where not given).
pub const ACCOUNT_CREATED_AT: &str = "account_created_at";
/// The last dated act that the export gives (`i64`, null where not given).
pub const LAST_ACTIVE_AT: &str = "last_active_at";
/// Number of posts (`i64`, null where not given; zero is a value).
pub const POSTS_COUNT: &str = "posts_count";
/// Number of followers of this follower (`i64`, null where not given).
pub const FOLLOWERS_COUNT: &str = "followers_count";
/// Number of accounts that this follower follows (`i64`, null where not given).
pub const FOLLOWING_COUNT: &str = "following_count";
/// Whether the picture is the platform's own (`bool`, null where not given).
pub const DEFAULT_AVATAR: &str = "default_avatar";
/// Whether posts are shown to approved followers only (`bool`, null where not given).
pub const PROTECTED: &str = "protected";
/// Whether the export names the account as gone (`bool`, never null).
pub const GONE: &str = "gone";
/// Whether the id was seen before in this channel (`bool`, never null).
pub const DUPLICATE: &str = "duplicate";
/// The last interaction with the channel (`i64`, null without one); only where a list of
/// interactions was read.
pub const INTERACTED_AT: &str = "interacted_at";
/// The pseudonym (`u64`, null without an id); only where snapshots are joined.
pub const PSEUDONYM: &str = "pseudonym";

/// The packed key of the tally (`u32`, see `model::tally::Key`).
pub const KEY: &str = "key";
/// Followers in a cell of the tally.
pub const FOLLOWERS: &str = "followers";
