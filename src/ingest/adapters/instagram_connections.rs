//! Instagram: `connections.json` of downloads until 2020.
//!
//! ```text
//! {"followers": {"voorbeeld": "2019-08-01T09:09:00+00:00"}, "following": {…}, …}
//! ```
//!
//! One file for all lists; of these only the followers are read.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};

use crate::error::{Error, Result};
use crate::frame::batch::Follower;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::json::value::{Iso, Value};
use crate::ingest::json::{self, BROKEN_ROW, Part, Shape};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `connections.json`.
pub struct InstagramConnections;

static FORMAT: Format = Format {
    name: "instagram-connections",
    platform: Some(Platform::Instagram),
    title: "Instagram download until 2020, connections.json",
    how: "no longer handed out; ask for a new download, see instagram-followers",
    carries: &[Field::Id, Field::FollowedAt],
    proves: "who follows and since when; nothing of what came after",
    lacks: "posts, activity, age of the accounts; deactivated accounts are left out",
    holds: &[Holding {
        files: "Instagram connections.json",
        whole: &[Fact::Handle, Fact::FollowedAt],
        partly: &[],
    }],
    design: Design::Census,
    page: None,
    role: Role::Followers,
};

const SHAPE: Shape = Shape {
    assigned: false,
    lists: &["followers"],
    marks: &NEIGHBOURS,
};

/// Lists that stand beside the followers, empty or not.
const NEIGHBOURS: [&str; 5] = [
    "blocked_users",
    "close_friends",
    "dismissed_suggested_users",
    "follow_requests_sent",
    "following_hashtags",
];

impl Adapter for InstagramConnections {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let outline = head.outline();
        // Other programs have something called followers too: a list, or a number in an
        // object; but nobody else has such neighbours.
        let is_one = |list: &str| outline.has(&[list], &[]);
        NEIGHBOURS.iter().any(|list| is_one(list)) && (is_one("followers") || is_one("following"))
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        intake.carries(FORMAT.carries);
        json::read(member, SHAPE, &mut |part| match part {
            Part::Row("followers", bytes) => {
                let mut failed = Ok(());
                let list = List {
                    intake,
                    failed: &mut failed,
                };
                let whole = serde_json::Deserializer::from_slice(bytes).deserialize_map(list);
                failed?;
                // What stands behind a fault is not known, not even how much it is.
                whole.map_err(|_| {
                    let rows = intake.rows();
                    Error::new(
                        "ingest::broken",
                        format!("the list is no JSON in UTF-8 from follower {} on", rows + 1),
                    )
                    .help("bring the file as it was downloaded, without opening and saving it")
                })
            }
            Part::Row(..) | Part::Page(_) => Ok(()),
            Part::Broken => intake.row(Err(BROKEN_ROW)),
        })
    }
}

/// Hands on one follower after the other.
struct List<'l, 'i> {
    intake: &'l mut Intake<'i>,
    failed: &'l mut Result<()>,
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("handles and dates")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some((handle, date)) = map.next_entry::<String, Value<Iso>>()? {
            let date = date.optional("date: expected one as 2019-08-01T09:09:00+00:00");
            let follower = date.map(|date| Follower {
                id: Some(handle.as_str()).filter(|handle| !handle.is_empty()),
                followed_at: date.map(|date| date.0),
                ..Follower::default()
            });
            if self.failed.is_ok() {
                *self.failed = self.intake.row(follower);
            }
        }
        Ok(())
    }
}
