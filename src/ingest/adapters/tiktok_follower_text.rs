//! TikTok: `Follower.txt` of the account's own download as text.
//!
//! ```text
//! Date: 2023-08-23 06:18:18 UTC
//! Username: voorbeeld
//! ```
//!
//! The labels are in the language of the app. `Following.txt` and other lists have the
//! same lines, so here, and here only, the name of the file counts: a list under a name
//! that speaks of no followers is refused.

use std::io::BufRead;

use crate::error::Result;
use crate::frame::batch::Follower;
use crate::frame::dates;
use crate::ingest::container::{Member, unreadable};
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::recognise::Refusal;
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::evidence::{Design, Field};
use crate::model::platform::Platform;

/// `Follower.txt`, or `Volger.txt` of the Dutch app.
pub struct TiktokFollowerText;

static FORMAT: Format = Format {
    name: "tiktok-follower-text",
    platform: Some(Platform::Tiktok),
    title: "TikTok download as text, Follower.txt",
    how: "TikTok → Settings and privacy → Account → Download your data; TXT, with followers; \
          JSON is better, because it also has the number of followers",
    carries: &[Field::Id, Field::FollowedAt],
    proves: "who follows and since when; nothing of what came after",
    lacks: "posts, activity, age of the accounts; whether the list is complete",
    holds: &[Holding {
        files: "TikTok Follower.txt",
        whole: &[Fact::Handle, Fact::FollowedAt],
        partly: &[],
    }],
    design: Design::Census,
    page: None,
    role: Role::Followers,
};

/// Lists of the same lines under another name.
pub const OTHER_LIST: Refusal = Refusal {
    what: "this may list the accounts that your account follows or blocks: TikTok writes all \
           its lists as text alike, and the name of this file does not speak of followers",
    help: "bring Follower.txt (Volger.txt) from the same download, under its own name",
    recognise: |head| is_list(head) && !is_named_followers(head.name),
};

/// Lists from which somebody has taken the dates.
pub const WITHOUT_DATES: Refusal = Refusal {
    what: "these lines are as in a list of TikTok's download as text, but without the date before \
           each name",
    help: "bring Follower.txt as it was downloaded; better, ask for the download as JSON",
    recognise: |head| value(head.first_line().as_bytes(), NAME).is_some(),
};

const DATE: &[&str] = &["Date", "Datum"];
const NAME: &[&str] = &["Username", "Gebruikersnaam"];

/// Bytes of the longest line that is looked at; names have at most 24 letters.
const LONGEST: u64 = 1 << 16;

impl Adapter for TiktokFollowerText {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        is_list(head) && is_named_followers(head.name)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        intake.carries(FORMAT.carries);
        member.read(|reader| {
            let mut line = Vec::new();
            let mut block = Block::default();
            loop {
                line.clear();
                let length = std::io::Read::take(&mut *reader, LONGEST)
                    .read_until(b'\n', &mut line)
                    .map_err(|error| unreadable(&member.name, &error))?;
                let text = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
                let text = text.trim_ascii();
                // A block ends with a blank line, or where the next begins.
                if text.is_empty() || value(text, DATE).is_some() {
                    std::mem::take(&mut block).finish(intake)?;
                }
                if length == 0 {
                    return Ok(());
                }
                block.add(text);
            }
        })
    }
}

/// The lines of one follower.
#[derive(Default)]
struct Block {
    date: Option<String>,
    name: Option<String>,
    other: bool,
}

impl Block {
    fn add(&mut self, line: &[u8]) {
        if let Some(date) = value(line, DATE) {
            self.date = Some(date);
        } else if let Some(name) = value(line, NAME) {
            self.other |= self.name.is_some();
            self.name = Some(name);
        } else {
            self.other |= !line.is_empty();
        }
    }

    fn finish(self, intake: &mut Intake<'_>) -> Result<()> {
        const UNKNOWN: &str = "lines: expected Date and Username, and nothing else";
        const DATE: &str = "Date: expected a date like 2023-08-23 06:18:18 UTC";
        if self.date.is_none() && self.name.is_none() && !self.other {
            return Ok(());
        }
        let Some(name) = self.name.filter(|_| !self.other) else {
            return intake.row(Err(UNKNOWN));
        };
        let date = self.date.filter(|date| !date.is_empty());
        let followed_at = date
            .as_ref()
            .map(|date| dates::iso_8601(date.as_bytes()).ok_or(DATE))
            .transpose();
        intake.row(followed_at.map(|followed_at| Follower {
            id: Some(name.as_str()).filter(|name| !name.is_empty()),
            followed_at,
            ..Follower::default()
        }))
    }
}

/// What stands behind one of the labels.
fn value(line: &[u8], labels: &[&str]) -> Option<String> {
    let (label, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
    labels
        .contains(&label.trim_end())
        .then(|| value.trim().to_owned())
}

/// Whether the first two lines are a date and a name.
fn is_list(head: &Head<'_>) -> bool {
    let mut lines = head
        .trimmed()
        .split(|&byte| byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty());
    let mut is = |labels| {
        lines
            .next()
            .is_some_and(|line| value(line, labels).is_some())
    };
    is(DATE) && is(NAME)
}

fn is_named_followers(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("follower") || name.contains("volger")
}
