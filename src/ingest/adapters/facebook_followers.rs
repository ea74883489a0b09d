//! Facebook: `people_who_followed_you.json` of a profile's or a page's own download.
//!
//! ```text
//! {"followers_v3": [{"name": "…"}]}                             pages: no dates
//! {"followers_v2": [{"name": "…", "timestamp": 1700000000}]}    profiles
//! {"followers":    [{"name": "…"}]}                             2018 and 2019
//! [{"title": "", "string_list_data": [{"value": "…", "timestamp": 1700000000}]}]
//! ```
//!
//! A follower is a name and perhaps a date; there is no id and no link. Names are shared,
//! so they are not taken for ids: nobody is left out as a duplicate, and nobody can be
//! drawn for an audit. A name is looked at only to know the row, and then dropped.

use serde::Deserialize;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, MetaText, Seconds, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::recognise::Refusal;
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `connections/followers/people_who_followed_you.json`, or numbered files of it.
pub struct FacebookFollowers;

static FORMAT: Format = Format {
    name: "facebook-followers",
    platform: Some(Platform::Facebook),
    title: "Facebook download, people_who_followed_you.json",
    how: "Settings → Your information → Download your information; Followers, JSON, all time",
    carries: &[Field::FollowedAt],
    proves: "how many follow, by name; since when, for a profile",
    lacks: "ids and links: only names, which several followers share, so that duplicates \
            cannot be found; posts, activity, age of the accounts; pages get no dates",
    holds: &[Holding {
        files: "Facebook people_who_followed_you.json",
        whole: &[],
        partly: &[
            (Fact::Handle, "a name"),
            (Fact::FollowedAt, "profiles, not pages"),
        ],
    }],
    design: Design::Census,
    page: None,
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["followers_v3", "followers_v2", "followers"],
    marks: &[],
};

/// Numbered lists without a link, which Facebook writes alike for followers and others.
pub const OTHER_LIST: Refusal = Refusal {
    what: "this list of a Facebook download may be of accounts that you follow, or of friends: \
           its name does not speak of followers",
    help: "bring people_who_followed_you_1.json from the same download, under its own name",
    recognise: |head| is_list_of_names(head) && !is_named_followers(head.name),
};

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    name: Value<MetaText>,
    #[serde(default)]
    timestamp: Value<Seconds>,
    #[serde(default)]
    string_list_data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    value: Value<MetaText>,
    #[serde(default)]
    timestamp: Value<Seconds>,
}

impl Adapter for FacebookFollowers {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        let of_2018 = outline.has(&[""], &["followers"])
            && outline.has(&["followers[]"], &["name"])
            // Many programs that save followers give them a name among other things.
            && !["id", "did", "handle", "username", "screen_name"]
                .iter()
                .any(|key| outline.has(&["followers[]"], &[key]));
        outline.has(&[""], &["followers_v3"])
            || outline.has(&[""], &["followers_v2"])
            || of_2018
            || is_list_of_names(head) && is_named_followers(head.name)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row(_, bytes) => {
                let row: Checked<Row> = json::parse(bytes);
                let follower = row.and_then(|row| follower(&row));
                if let Ok((true, _)) = follower {
                    intake.carries(FORMAT.carries);
                }
                intake.row(follower.map(|(_, follower)| follower))
            }
            Part::Page(_) => Ok(()),
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

/// Whether the row has a date, filled or not, and the follower.
fn follower(row: &Row) -> Checked<(bool, Follower<'static>)> {
    let entry = row.string_list_data.first();
    let name = entry.map_or(&row.name, |entry| &entry.value);
    let date = entry.map_or(&row.timestamp, |entry| &entry.timestamp);
    if !name.is_there() {
        return Err("name: expected one, as the only thing that Facebook gives");
    }
    // Closed accounts stay in the list, with an empty name.
    name.optional("name: expected a text")?;
    let followed_at = date.optional("timestamp: expected seconds since 1970")?;
    Ok((
        date.is_there(),
        Follower {
            followed_at: followed_at.map(|seconds| seconds.0),
            ..Follower::default()
        },
    ))
}

/// Whether the rows are those of Instagram without the link.
fn is_list_of_names(head: &Head<'_>) -> bool {
    let outline = head.outline();
    let rows = &["[].string_list_data[]"];
    outline.has(rows, &["value"]) && !outline.has(rows, &["href"])
}

fn is_named_followers(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("people_who_followed_you") || name.starts_with("followers")
}
