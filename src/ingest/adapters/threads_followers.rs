//! Threads: `followers.json` of the account's own download.
//!
//! It comes in the zip of Instagram, under `your_instagram_activity/threads`, and its
//! rows are those of Instagram under another key.

use super::instagram_followers::take;
use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::{self, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `your_instagram_activity/threads/followers.json`.
pub struct ThreadsFollowers;

static FORMAT: Format = Format {
    name: "threads-followers",
    platform: Some(Platform::Threads),
    title: "Threads, followers.json in the download of Instagram",
    how: "Accounts Center → Your information and permissions → Export your information; \
          JSON, all time; your_instagram_activity/threads in the zip",
    carries: &[Field::Id, Field::FollowedAt],
    proves: "who follows and since when; nothing of what came after",
    lacks: "posts, activity, age of the accounts",
    holds: &[Holding {
        files: "Threads followers.json",
        whole: &[Fact::Handle, Fact::FollowedAt],
        partly: &[],
    }],
    design: Design::Census,
    page: None,
    role: Role::Followers,
};

const LIST: &str = "text_post_app_text_post_app_followers";

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &[LIST],
    marks: &[],
};

impl Adapter for ThreadsFollowers {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        head.outline().has(&[""], &[LIST])
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        intake.carries(FORMAT.carries);
        json::read(member, SHAPE, &mut |part| take(part, intake))
    }
}
