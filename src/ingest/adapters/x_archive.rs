//! X: `follower.js` of the account's own archive.
//!
//! Ids and nothing else, newest follower first. The id gives the date of the account
//! (see [`crate::ingest::x_ids`]): to the millisecond for accounts since February 2016,
//! to about a month before. Large accounts have `follower-part1.js` and on beside it.

use serde::Deserialize;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Checked, Digits, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role, x_ids};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `data/follower.js` and its parts.
pub struct XArchive;

static FORMAT: Format = Format {
    name: "x-archive",
    platform: Some(Platform::X),
    title: "X archive, follower.js",
    how: "X → Settings → Your account → Download an archive of your data; data/follower.js in the zip",
    carries: &[Field::Id, Field::AccountCreatedAt],
    proves: "who follows, newest first, and when each account was made; no activity",
    lacks: "posts, activity, dates of follow, names; whether an account still exists",
    holds: &[Holding {
        files: "X archive follower.js",
        whole: &[Fact::Id],
        partly: &[
            (Fact::FollowedAt, "order"),
            (Fact::CreatedAt, "from the id"),
        ],
    }],
    design: Design::Census,
    page: None,
    role: Role::Followers,
};

#[derive(Deserialize)]
struct Row {
    follower: Account,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    #[serde(default)]
    account_id: Value<Digits>,
}

impl Adapter for XArchive {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        is_assigned_list(head, "follower") || head.outline().has(&["[].follower"], &["accountId"])
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let (head, _) = member.head()?;
        let shape = Shape {
            assigned: !Head::new(&head, false).is_json(),
            lists: &[],
            marks: &[],
        };
        intake.carries(FORMAT.carries);
        json::read(member, shape, &mut |part| match part {
            Part::Row(_, bytes) => {
                let row = json::parse(bytes);
                intake.row(row.as_ref().map_err(|reason| *reason).and_then(follower))
            }
            Part::Page(_) => Ok(()),
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

fn follower(row: &Row) -> Checked<Follower<'_>> {
    let id = &row.follower.account_id.required(Digits::EXPECTED)?.0;
    Ok(Follower {
        id: Some(id),
        account_created_at: id.parse().ok().and_then(x_ids::created_at),
        created_from_id: true,
        ..Follower::default()
    })
}

/// Whether the file assigns a part of this section of an X archive:
/// `window.YTD.follower.part0 = [`. The name of the section must be the whole name.
pub fn is_assigned_list(head: &Head<'_>, section: &str) -> bool {
    let line = head.first_line();
    let Some((name, value)) = line.split_once('=') else {
        return false;
    };
    let part = name
        .trim_end()
        .strip_prefix("window.YTD.")
        .and_then(|name| name.strip_prefix(section))
        .and_then(|name| name.strip_prefix(".part"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    part.is_some_and(is_number) && matches!(value.trim_start().as_bytes(), [] | [b'[', ..])
}
