//! Instagram: `followers_1.json` and on, of the account's own download.
//!
//! Handles and dates of follow, newest first. A bare array since 2022; before, the same
//! rows under `relationships_followers`. Several files lie beside it in the same shape
//! and list other things: they have another key around their rows, or give the name in
//! `title` and link to `/_u/`.

use serde::Deserialize;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, MetaText, Reason, Seconds, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::recognise::Refusal;
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `connections/followers_and_following/followers_N.json`.
pub struct InstagramFollowers;

static FORMAT: Format = Format {
    name: "instagram-followers",
    platform: Some(Platform::Instagram),
    title: "Instagram download, followers_1.json",
    how: "Accounts Center → Your information and permissions → Export your information; JSON, all time",
    carries: &[Field::Id, Field::FollowedAt],
    proves: "who follows and since when; nothing of what came after",
    lacks: "posts, activity, age of the accounts; deactivated accounts are left out",
    holds: &[Holding {
        files: "Instagram followers_N.json",
        whole: &[Fact::Handle, Fact::FollowedAt],
        partly: &[],
    }],
    design: Design::Census,
    page: None,
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["relationships_followers"],
    marks: &[],
};

/// Rows from which somebody has taken the dates.
pub const WITHOUT_DATES: Refusal = Refusal {
    what: "these rows are as in a download of Instagram, but without dates (timestamp), so that \
           nothing tells which of its lists they are",
    help: "bring followers_1.json as it was downloaded; if the download has no dates, ask for \
           it again as JSON, for all time",
    recognise: |head| {
        let rows = &["[].string_list_data[]"];
        head.outline().has(rows, &["href"]) && !head.outline().has(rows, &["timestamp"])
    },
};

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    title: Value<MetaText>,
    #[serde(default)]
    string_list_data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    href: Value<String>,
    #[serde(default)]
    value: Value<MetaText>,
    #[serde(default)]
    timestamp: Value<Seconds>,
}

impl Adapter for InstagramFollowers {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        // Facebook writes the same rows without a link.
        outline.has(&[""], &["relationships_followers"])
            || outline.has(&["[].string_list_data[]"], &["href", "timestamp"])
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        intake.carries(FORMAT.carries);
        json::read(member, SHAPE, &mut |part| take(part, intake))
    }
}

/// Takes one piece; Threads has the same rows.
pub(super) fn take(part: Part<'_>, intake: &mut Intake<'_>) -> Result<()> {
    match part {
        Part::Row(_, bytes) => {
            let row = json::parse(bytes);
            intake.row(row.as_ref().map_err(|reason| *reason).and_then(follower))
        }
        Part::Page(_) => Ok(()),
        Part::Broken => intake.row(Err(BROKEN_ROW)),
    }
}

fn follower(row: &Row) -> Checked<Follower<'_>> {
    const NO_HANDLE: Reason = "string_list_data: expected a handle under value, title or href";
    let entry = row.string_list_data.first().ok_or(NO_HANDLE)?;
    let value = entry.value.optional("value: expected a text")?;
    let title = row.title.optional("title: expected a text")?;
    let href = entry.href.optional("href: expected a link")?;
    let in_href = || {
        let name = href?.trim_end_matches('/').rsplit('/').next()?;
        // Threads writes it into the link as `@name`.
        let name = name.trim_start_matches('@');
        (!name.is_empty()).then_some(name)
    };
    let id = value
        .or(title)
        .map(|text| text.0.as_str())
        .or_else(in_href)
        .ok_or(NO_HANDLE)?;
    let followed_at = entry
        .timestamp
        .optional("timestamp: expected seconds since 1970")?;
    Ok(Follower {
        id: Some(id),
        followed_at: followed_at.map(|seconds| seconds.0),
        ..Follower::default()
    })
}
