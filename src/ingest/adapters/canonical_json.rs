//! The project's own JSON: one object a follower, the canonical fields as its keys.

use serde::Deserialize;

use super::canonical_csv::OWN_COLUMNS;
use crate::error::Result;
use crate::frame::batch::Follower;
use crate::frame::dates::{iso_8601, iso_utc};
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Iso, Name, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Plain, Shape, has_control};
use crate::ingest::{Adapter, Format, Holding, Role};
use crate::model::evidence::{Design, Field};

/// One object a line, or an array of objects.
pub struct CanonicalJson;

static FORMAT: Format = Format {
    name: "canonical-json",
    platform: None,
    title: "dormouse's own JSON",
    how: "Write one object a line (or an array of objects) with the keys of dormouse's own CSV: \
          id always, of the others those that are known; null or no key is not known",
    carries: &Field::ALL,
    proves: "whatever its columns hold",
    lacks: "nothing that the tool can use",
    holds: &[Holding {
        files: "dormouse's own JSON",
        whole: &[],
        partly: OWN_COLUMNS,
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Followers,
};

/// The keys, in the order of [`Field::ALL`].
const KEYS: &[&str] = &[
    "id",
    "followed_at",
    "account_created_at",
    "last_active_at",
    "posts_count",
    "followers_count",
    "following_count",
    "default_avatar",
    "protected",
];

static ROWS: json::Format = json::Format {
    shape: Shape {
        assigned: false,
        lists: &[],
        marks: &[],
    },
    wanted: KEYS,
    fields: &Field::ALL,
    expected,
    careful,
};

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Value<Name>,
    #[serde(default)]
    followed_at: Value<Iso>,
    #[serde(default)]
    account_created_at: Value<Iso>,
    #[serde(default)]
    last_active_at: Value<Iso>,
    #[serde(default)]
    posts_count: Value<u64>,
    #[serde(default)]
    followers_count: Value<u64>,
    #[serde(default)]
    following_count: Value<u64>,
    #[serde(default)]
    default_avatar: Value<bool>,
    #[serde(default)]
    protected: Value<bool>,
}

impl Adapter for CanonicalJson {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        ["", "[]"]
            .iter()
            .any(|path| outline.has(&[path], &["id"]) && outline.has_only(path, KEYS))
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        json::read_rows(member, &ROWS, intake)
    }
}

fn careful(part: Part<'_>, intake: &mut Intake<'_>) -> Result<()> {
    match part {
        Part::Row(_, bytes) => match json::parse(bytes) {
            Ok(row) => take(&row, intake),
            Err(reason) => intake.row(Err(reason)),
        },
        Part::Page(_) => Ok(()),
        Part::Broken => intake.row(Err(BROKEN_ROW)),
    }
}

fn take(row: &Row, intake: &mut Intake<'_>) -> Result<()> {
    let follower = follower(row);
    if follower.is_ok() {
        intake.carries_where(&[
            (Field::Id, row.id.is_there()),
            (Field::FollowedAt, row.followed_at.is_there()),
            (Field::AccountCreatedAt, row.account_created_at.is_there()),
            (Field::LastActiveAt, row.last_active_at.is_there()),
            (Field::PostsCount, row.posts_count.is_there()),
            (Field::FollowersCount, row.followers_count.is_there()),
            (Field::FollowingCount, row.following_count.is_there()),
            (Field::DefaultAvatar, row.default_avatar.is_there()),
            (Field::Protected, row.protected.is_there()),
        ]);
    }
    intake.row(follower)
}

fn follower(row: &Row) -> Checked<Follower<'_>> {
    let id = row.id.optional("id: expected a text or a whole number")?;
    let followed_at = row
        .followed_at
        .optional("followed_at: expected a date as 2018-10-10T20:19:24Z")?;
    let created_at = row
        .account_created_at
        .optional("account_created_at: expected a date as 2018-10-10T20:19:24Z")?;
    let active_at = row
        .last_active_at
        .optional("last_active_at: expected a date as 2018-10-10T20:19:24Z")?;
    let posts = row
        .posts_count
        .optional("posts_count: expected a number from 0 on")?;
    let followers = row
        .followers_count
        .optional("followers_count: expected a number from 0 on")?;
    let following = row
        .following_count
        .optional("following_count: expected a number from 0 on")?;
    let default_avatar = row
        .default_avatar
        .optional("default_avatar: expected true or false")?;
    let protected = row
        .protected
        .optional("protected: expected true or false")?;
    let follower = Follower {
        id: id.map(|id| id.0.as_str()),
        followed_at: followed_at.map(|date| date.0),
        account_created_at: created_at.map(|date| date.0),
        last_active_at: active_at.map(|date| date.0),
        posts_count: posts.copied(),
        followers_count: followers.copied(),
        following_count: following.copied(),
        default_avatar: default_avatar.copied(),
        protected: protected.copied(),
        ..Follower::default()
    };
    if follower == Follower::default() {
        return Err("nothing is filled in");
    }
    Ok(follower)
}

/// The follower in a row of plain values, each of the most usual kind.
fn expected<'a>(plain: &[Plain<'a>]) -> Option<Follower<'a>> {
    let &[
        id,
        followed_at,
        account_created_at,
        last_active_at,
        posts_count,
        followers_count,
        following_count,
        default_avatar,
        protected,
    ] = plain
    else {
        return None;
    };
    Some(Follower {
        id: Some(name(id)?),
        followed_at: date(followed_at)?,
        account_created_at: date(account_created_at)?,
        last_active_at: date(last_active_at)?,
        posts_count: count(posts_count)?,
        followers_count: count(followers_count)?,
        following_count: count(following_count)?,
        default_avatar: flag(default_avatar)?,
        protected: flag(protected)?,
        ..Follower::default()
    })
}

#[inline]
fn name(id: Plain<'_>) -> Option<&str> {
    let (Plain::Text(text) | Plain::Word(text)) = id else {
        return None;
    };
    let is_usual = |byte: u8| match id {
        Plain::Text(_) => byte.is_ascii_graphic(),
        _ => byte.is_ascii_digit(),
    };
    // Twenty digits need not fit into an integer.
    let usual = !text.is_empty()
        && (text.len() < 20 || matches!(id, Plain::Text(_)))
        && text.iter().fold(true, |all, &byte| all & is_usual(byte));
    usual.then(|| std::str::from_utf8(text).ok())?
}

#[inline]
fn date(value: Plain<'_>) -> Option<Option<i64>> {
    match value {
        Plain::Absent | Plain::Null | Plain::Text(b"") => Some(None),
        Plain::Text(text) => match text.try_into().ok().and_then(iso_utc) {
            None if has_control(text) => None,
            None => iso_8601(text).map(Some),
            date => Some(date),
        },
        Plain::Word(_) => None,
    }
}

#[inline]
fn count(value: Plain<'_>) -> Option<Option<u64>> {
    match value {
        Plain::Absent | Plain::Null => Some(None),
        Plain::Word(digits) if digits.len() < 19 => digits
            .iter()
            .try_fold(0, |number, byte| {
                byte.is_ascii_digit()
                    .then(|| number * 10 + u64::from(byte - b'0'))
            })
            .map(Some),
        _ => None,
    }
}

#[inline]
fn flag(value: Plain<'_>) -> Option<Option<bool>> {
    match value {
        Plain::Absent | Plain::Null => Some(None),
        Plain::Word(b"true") => Some(Some(true)),
        Plain::Word(b"false") => Some(Some(false)),
        _ => None,
    }
}
