//! What tools call the canonical fields in their CSV files.
//!
//! Headings are compared without regard to case, blanks, `_` and `-`, so that
//! `followers_count`, `followersCount` and `Followers count` are one entry.

use crate::ingest::text::column::{Column, Kind, Meaning};
use crate::ingest::text::dates::Layout;
use crate::ingest::text::delimited::Table;
use crate::model::evidence::Field;
use crate::model::platform::Platform;

/// A heading and what stands under it.
struct Synonym {
    heading: &'static str,
    meaning: Meaning,
    kind: Kind,
    /// A heading that must be there too, where this one alone has another meaning.
    beside: Option<&'static str>,
}

const fn synonym(heading: &'static str, field: Field, kind: Kind) -> Synonym {
    Synonym {
        heading,
        meaning: Meaning::Is(field),
        kind,
        beside: None,
    }
}

const fn about(heading: &'static str, meaning: Meaning, kind: Kind) -> Synonym {
    Synonym {
        heading,
        meaning,
        kind,
        beside: None,
    }
}

/// The table. Where a header has several headings of one meaning, the first here counts.
#[rustfmt::skip]
static SYNONYMS: &[Synonym] = &[
    // minet tw followers names the follower so, beside columns about the channel.
    synonym("follower_id", Field::Id, Kind::Id),
    // rtweet's get_followers from 1.0 on: from_id follows to_id.
    Synonym { beside: Some("to_id"), ..synonym("from_id", Field::Id, Kind::Id) },
    // Text before number: a number above 2^53 was perhaps rounded on the way.
    synonym("id_str", Field::Id, Kind::Id),
    synonym("user_id_str", Field::Id, Kind::Id),
    synonym("id", Field::Id, Kind::Id),
    synonym("user_id", Field::Id, Kind::Id),
    synonym("account_id", Field::Id, Kind::Id),
    synonym("did", Field::Id, Kind::Id),
    synonym("acct", Field::Id, Kind::Handle),
    synonym("screen_name", Field::Id, Kind::Handle),
    synonym("username", Field::Id, Kind::Handle),
    synonym("handle", Field::Id, Kind::Handle),
    synonym("actor_handle", Field::Id, Kind::Handle),

    synonym("followed_at", Field::FollowedAt, Kind::Date),

    synonym("account_created_at", Field::AccountCreatedAt, Kind::Date),
    // minet: seconds in UTC, beside local times without a zone.
    synonym("timestamp_utc", Field::AccountCreatedAt, Kind::Date),
    synonym("created_at", Field::AccountCreatedAt, Kind::Date),
    synonym("created", Field::AccountCreatedAt, Kind::Date),
    synonym("joined_at", Field::AccountCreatedAt, Kind::Date),
    synonym("local_time", Field::AccountCreatedAt, Kind::Date),

    synonym("last_active_at", Field::LastActiveAt, Kind::Date),
    synonym("last_status_at", Field::LastActiveAt, Kind::Date),
    synonym("status.created_at", Field::LastActiveAt, Kind::Date),
    synonym("status_created_at", Field::LastActiveAt, Kind::Date),
    synonym("status", Field::LastActiveAt, Kind::Post),
    synonym("most_recent_tweet_id", Field::LastActiveAt, Kind::PostId),
    // rtweet before 1.0 gives each user with the last post, whose id is status_id.
    Synonym { beside: Some("status_id"), ..synonym("created_at", Field::LastActiveAt, Kind::Date) },
    // The current story of an Instagram account, 0 where there is none.
    synonym("latest_reel_media", Field::LastActiveAt, Kind::Date),

    synonym("posts_count", Field::PostsCount, Kind::Count),
    synonym("statuses_count", Field::PostsCount, Kind::Count),
    synonym("public_metrics.tweet_count", Field::PostsCount, Kind::Count),
    synonym("tweet_count", Field::PostsCount, Kind::Count),
    synonym("tweets_count", Field::PostsCount, Kind::Count),
    synonym("tweets", Field::PostsCount, Kind::Count),
    synonym("statuses", Field::PostsCount, Kind::Count),
    synonym("posts", Field::PostsCount, Kind::Count),

    synonym("followers_count", Field::FollowersCount, Kind::Count),
    synonym("public_metrics.followers_count", Field::FollowersCount, Kind::Count),
    synonym("followers", Field::FollowersCount, Kind::Count),

    synonym("following_count", Field::FollowingCount, Kind::Count),
    synonym("public_metrics.following_count", Field::FollowingCount, Kind::Count),
    synonym("friends_count", Field::FollowingCount, Kind::Count),
    synonym("follows_count", Field::FollowingCount, Kind::Count),
    synonym("following", Field::FollowingCount, Kind::Count),
    synonym("friends", Field::FollowingCount, Kind::Count),
    synonym("follows", Field::FollowingCount, Kind::Count),

    synonym("default_avatar", Field::DefaultAvatar, Kind::Flag),
    synonym("default_profile_image", Field::DefaultAvatar, Kind::Flag),
    synonym("has_anonymous_profile_picture", Field::DefaultAvatar, Kind::Flag),
    synonym("profile_image_url", Field::DefaultAvatar, Kind::Picture),
    synonym("profile_image_url_https", Field::DefaultAvatar, Kind::Picture),
    synonym("profile_image", Field::DefaultAvatar, Kind::Picture),
    synonym("avatar", Field::DefaultAvatar, Kind::Picture),
    synonym("actor_avatar", Field::DefaultAvatar, Kind::Picture),

    synonym("protected", Field::Protected, Kind::Flag),
    synonym("locked", Field::Protected, Kind::Flag),
    synonym("is_private", Field::Protected, Kind::Flag),

    about("suspended", Meaning::Gone, Kind::Flag),

    // Beside acct it is the profile; elsewhere the site that the account links to.
    Synonym { beside: Some("acct"), ..about("url", Meaning::Profile, Kind::Handle) },

    about("__twarc.retrieved_at", Meaning::ExportedAt, Kind::Date),
    about("collection_time", Meaning::ExportedAt, Kind::Date),
    about("collected_at", Meaning::ExportedAt, Kind::Date),
];

/// Headings that only one platform has.
static PLATFORMS: &[(&str, Platform)] = &[
    ("did", Platform::Bluesky),
    ("actor_handle", Platform::Bluesky),
    ("acct", Platform::Mastodon),
    ("has_anonymous_profile_picture", Platform::Instagram),
    ("screen_name", Platform::X),
    ("public_metrics.followers_count", Platform::X),
    ("friends_count", Platform::X),
    ("tweets", Platform::X),
    ("tweet_count", Platform::X),
    ("most_recent_tweet_id", Platform::X),
    ("favourites_count", Platform::X),
    ("favourites", Platform::X),
    ("listed_count", Platform::X),
];

/// What minet appends to the columns of its input; those in front are about others.
static APPENDED: &[&[&str]] = &[
    &["follower_id"],
    &[
        "id",
        "screen_name",
        "name",
        "description",
        "url",
        "timestamp_utc",
    ],
    &["id", "username", "full_name", "is_private"],
    &["did", "url", "handle", "display_name"],
];

/// Headings that can only stand over followers, whatever else is known.
static ALONE: &[&str] = &["follower_id", "from_id"];

/// Headings of lists of posts, which have an id, a date and counts as well.
static POSTS: &[&str] = &[
    "text",
    "full_text",
    "tweet",
    "tweet_text",
    "post_text",
    "caption",
    "conversation_id",
    "author_id",
    "retweet_count",
    "public_metrics.retweet_count",
];

/// Whether two headings are the same but for case, blanks, `_` and `-`.
pub(super) fn same(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| {
        text.bytes()
            .filter(|byte| !matches!(byte, b' ' | b'_' | b'-'))
            .map(|byte| byte.to_ascii_lowercase())
            .collect::<Vec<_>>()
    };
    letters(a) == letters(b)
}

/// The last place of a heading; a tool appends its columns behind those of its input.
fn place(header: &[String], heading: &str) -> Option<usize> {
    header.iter().rposition(|name| same(name, heading))
}

/// Whether these are the headings of a list of posts.
///
/// rtweet before 1.0 writes users with their last post, and says so by naming the
/// creation of the account apart.
pub fn is_list_of_posts(header: &[String]) -> bool {
    let own = header.get(appended(header)..).unwrap_or_default();
    place(own, "account_created_at").is_none()
        && POSTS.iter().any(|heading| place(own, heading).is_some())
}

/// Whether any heading is of something that lists of accounts say and lists of acts do
/// not: dates of accounts, numbers, flags, pictures.
pub fn describes_accounts(header: &[String]) -> bool {
    SYNONYMS.iter().any(|synonym| {
        synonym.meaning != Meaning::Is(Field::Id)
            && synonym.meaning != Meaning::ExportedAt
            && synonym.meaning != Meaning::Profile
            && place(header, synonym.heading).is_some()
    })
}

/// What the headings of a CSV file mean; `None` when they are not of followers.
///
/// A column that tells followers apart must be among them, and another that says
/// something about them, unless it can be nothing else or is the only one.
pub fn understand(header: &[String]) -> Option<Table> {
    if is_list_of_posts(header) {
        return None;
    }
    let start = appended(header);
    let own = header.get(start..)?;
    let mut columns: Vec<Column> = Vec::new();
    let mut known = 0;
    for synonym in SYNONYMS {
        let beside = synonym
            .beside
            .is_none_or(|heading| place(own, heading).is_some());
        let Some(index) = place(own, synonym.heading).filter(|_| beside) else {
            continue;
        };
        known += usize::from(!matches!(
            synonym.meaning,
            Meaning::ExportedAt | Meaning::Profile
        ));
        let taken = columns
            .iter()
            .any(|column| column.meaning == synonym.meaning || column.index == start + index);
        if !taken {
            columns.push(Column {
                index: start + index,
                name: own.get(index)?.clone(),
                meaning: synonym.meaning,
                kind: synonym.kind,
                layout: Layout::Unseen,
                empty_is_default: false,
            });
        }
    }
    let id = columns
        .iter()
        .find(|column| column.meaning == Meaning::Is(Field::Id))?
        .clone();
    let alone = header.len() == 1 || ALONE.iter().any(|heading| same(&id.name, heading));
    if known < 2 && !alone {
        return None;
    }
    let platform = PLATFORMS
        .iter()
        .find(|(heading, _)| place(own, heading).is_some())
        .map(|&(_, platform)| platform);
    let mut table = Table { platform, columns };
    if platform == Some(Platform::X) {
        date_by_ids(&mut table);
    }
    Some(table)
}

/// As [`understand`], for a channel on this platform: a list of ids alone does not tell
/// that they are X's, and X's are dates.
pub fn understand_on(header: &[String], platform: Option<Platform>) -> Option<Table> {
    let mut table = understand(header)?;
    if table.platform.is_none() && platform == Some(Platform::X) {
        date_by_ids(&mut table);
    }
    Some(table)
}

/// Reads the creation of the account off the id, where no column says it.
fn date_by_ids(table: &mut Table) {
    let created = Meaning::Is(Field::AccountCreatedAt);
    let id = table
        .columns
        .iter()
        .find(|column| column.meaning == Meaning::Is(Field::Id) && column.kind == Kind::Id);
    if let Some(id) = id.cloned()
        && table.columns.iter().all(|column| column.meaning != created)
    {
        table.columns.push(Column {
            meaning: created,
            kind: Kind::AccountId,
            ..id
        });
    }
}

/// Where the columns about the followers begin.
fn appended(header: &[String]) -> usize {
    (0..header.len())
        .rev()
        .find(|&start| {
            APPENDED.iter().any(|block| {
                block.iter().enumerate().all(|(offset, heading)| {
                    header
                        .get(start + offset)
                        .is_some_and(|name| same(name, heading))
                })
            })
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    /// Field → heading, as the table finds them.
    fn found(names: &str) -> Vec<(Meaning, String)> {
        understand(&header(names)).map_or_else(Vec::new, |table| {
            table
                .columns
                .into_iter()
                .map(|column| (column.meaning, format!("{}@{}", column.name, column.index)))
                .collect()
        })
    }

    fn meaning(names: &str, field: Field) -> Option<String> {
        found(names)
            .into_iter()
            .find(|(meaning, _)| *meaning == Meaning::Is(field))
            .map(|(_, name)| name)
    }

    #[test]
    fn precedence() {
        for (names, field, expected) in [
            ("id,id_str,name,created_at", Field::Id, "id_str@1"),
            ("ID,NAME,USER,CREATED_AT", Field::Id, "ID@0"),
            ("username,userId,name,joinedAt", Field::Id, "userId@1"),
            (
                "id,created_at,timestamp_utc",
                Field::AccountCreatedAt,
                "timestamp_utc@2",
            ),
            (
                "id,local_time,timestamp_utc",
                Field::AccountCreatedAt,
                "timestamp_utc@2",
            ),
            ("id,local_time", Field::AccountCreatedAt, "local_time@1"),
            (
                "user_id,created_at,status_id,text,account_created_at",
                Field::AccountCreatedAt,
                "account_created_at@4",
            ),
            (
                "user_id,created_at,status_id,text,account_created_at",
                Field::LastActiveAt,
                "created_at@1",
            ),
            // The user's own columns stand in front of what minet appends.
            ("id,created_at,follower_id", Field::Id, "follower_id@2"),
            (
                "id,handle,followers,follower_id,id,screen_name,name,description,url,timestamp_utc,followers",
                Field::Id,
                "id@4",
            ),
            (
                "id,handle,followers,follower_id,id,screen_name,name,description,url,timestamp_utc,followers",
                Field::FollowersCount,
                "followers@10",
            ),
            ("from_id,to_id", Field::Id, "from_id@0"),
            ("user_id", Field::Id, "user_id@0"),
            ("text,author_id,follower_id", Field::Id, "follower_id@2"),
            (
                "id,username,full_name,id,username,full_name,is_private",
                Field::Id,
                "id@3",
            ),
        ] {
            assert_eq!(meaning(names, field).as_deref(), Some(expected), "{names}");
        }
        assert_eq!(
            meaning("id,created_at,follower_id", Field::AccountCreatedAt),
            None
        );
    }

    #[test]
    fn not_followers() {
        for names in [
            "",
            "name",
            "Date,Impressions,Likes,New follows,Unfollows",
            "Date,Sponsored followers,Organic followers,Total followers",
            "Content,Video title,Video publish time,Views,Subscribers",
            "Date,Followers,Difference in followers from previous day",
            "sep=",
            "id,stratum,stratum_size,label",
            "id,collected_at",
            "id,created_at,text,author_id,public_metrics.like_count",
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            "Post id,Date,Post text,Post Link,Impressions,Likes",
        ] {
            assert!(understand(&header(names)).is_none(), "{names}");
        }
    }

    #[test]
    fn platforms() {
        for (names, expected) in [
            (
                "id,username,acct,statuses_count,last_status_at",
                Some(Platform::Mastodon),
            ),
            ("id,screen_name,followers_count", Some(Platform::X)),
            (
                "id,created_at,public_metrics.followers_count",
                Some(Platform::X),
            ),
            ("did,handle,created_at", Some(Platform::Bluesky)),
            (
                "id,username,is_private,has_anonymous_profile_picture",
                Some(Platform::Instagram),
            ),
            ("follower_id", None),
            ("username,followed_at", None),
        ] {
            assert_eq!(
                understand(&header(names)).unwrap().platform,
                expected,
                "{names}"
            );
        }
    }
}
