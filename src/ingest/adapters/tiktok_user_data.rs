//! TikTok: `user_data_tiktok.json` of the account's own download.
//!
//! One object with a section for everything that TikTok keeps. The section of followers
//! has moved twice, and its name changed case and blanks, but its list was always
//! `FansList`, which no other section has:
//!
//! ```text
//! Activity → Follower List → FansList              until 2023
//! Your Activity → Follower → FansList              2024 and 2025
//! Profile And Settings → Follower → FansList       since
//! ```
//!
//! Names and dates of follow in UTC, newest first. The profile in the same file has the
//! number of followers, by which an incomplete list shows.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Iso, Name, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `user_data_tiktok.json`, or `user_data.json`.
pub struct TiktokUserData;

static FORMAT: Format = Format {
    name: "tiktok-user-data",
    platform: Some(Platform::Tiktok),
    title: "TikTok download, user_data_tiktok.json",
    how: "TikTok → Settings and privacy → Account → Download your data; JSON, with followers",
    carries: &[Field::Id, Field::FollowedAt],
    proves: "who follows and since when, and how many followers the profile has",
    lacks: "posts, activity, age of the accounts",
    holds: &[Holding {
        files: "TikTok user_data(_tiktok).json",
        whole: &[Fact::Handle, Fact::FollowedAt],
        partly: &[],
    }],
    design: Design::Census,
    page: None,
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["FansList"],
    marks: &["FansList"],
};

/// Keys that only this file has, in small letters without blanks. The list of followers
/// itself may stand far behind the beginning.
const TELLTALE: &[&str] = &[
    "fanslist",
    "favoriteeffectslist",
    "offtiktokactivity",
    "offtiktokactivitydatalist",
    "tiktoklive",
    "tiktokshop",
    "tiktokshopping",
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(default)]
    user_name: Value<Name>,
    /// In UTC, without saying so.
    #[serde(default)]
    date: Value<Iso>,
}

impl Adapter for TiktokUserData {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        head.outline().has_anywhere(TELLTALE)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        json::read_nested(member, SHAPE, &mut |part| match part {
            Part::Row("FansList", bytes) => match json::parse(bytes) {
                Ok(row) => take(&row, intake),
                Err(reason) => intake.row(Err(reason)),
            },
            // An object without the list, where followers were not asked for.
            Part::Row(_, _) => Ok(()),
            Part::Page(bytes) => {
                let page = serde_json::from_slice(bytes).ok();
                if let Some(profile) = page.as_ref().and_then(profile) {
                    if let Some(rows) = profile.get("followerCount").and_then(Json::as_u64) {
                        intake.announce(&member.name, rows);
                    }
                    intake.account(profile.get("userName").and_then(Json::as_str).unwrap_or(""));
                }
                Ok(())
            }
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

/// `ProfileMap`, wherever the profile stands.
fn profile(page: &Json) -> Option<&Json> {
    let sections = page.as_object()?;
    sections.iter().find_map(|(key, value)| {
        if key == "ProfileMap" {
            Some(value)
        } else {
            profile(value)
        }
    })
}

fn take(row: &Row, intake: &mut Intake<'_>) -> Result<()> {
    let follower = follower(row);
    if follower.is_ok() {
        intake.carries_where(&[(Field::Id, true), (Field::FollowedAt, row.date.is_there())]);
    }
    intake.row(follower)
}

fn follower(row: &Row) -> Checked<Follower<'_>> {
    let name = row.user_name.optional("UserName: expected a name")?;
    let date = row
        .date
        .optional("Date: expected a date like 2025-10-01 09:31:12")?;
    if name.is_none() && date.is_none() {
        return Err("UserName: expected a name, or at least a Date");
    }
    Ok(Follower {
        id: name.map(|name| name.0.as_str()),
        followed_at: date.map(|date| date.0),
        ..Follower::default()
    })
}
