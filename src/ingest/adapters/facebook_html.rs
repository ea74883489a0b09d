//! Facebook: `people_who_followed_you.html` of the own download as HTML.
//!
//! A name and perhaps a date in each row, and no link; see `facebook_followers`.

use super::meta_pages::{List, follower, layout, list};
use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::html;
use crate::ingest::intake::Intake;
use crate::ingest::{Adapter, Format, Role};
use crate::model::evidence::Field;
use crate::model::platform::Platform;

/// `connections/followers/people_who_followed_you.html`.
pub struct FacebookHtml;

static FORMAT: Format = Format {
    name: "facebook-followers-html",
    platform: Some(Platform::Facebook),
    title: "Facebook download as HTML, people_who_followed_you.html",
    how: "Settings → Your information → Download your information; Followers, HTML, all \
          time; JSON is better, because its dates are instants",
    carries: &[Field::FollowedAt],
    lacks: "ids and links: only names, which several followers share, so that duplicates \
            cannot be found; posts, activity, age of the accounts; pages get no dates",
    role: Role::Followers,
};

impl Adapter for FacebookHtml {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        list(head) == Some(List::Facebook)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let layout = layout(member, intake)?;
        html::read(member, &mut |row| intake.row(follower(&row, layout, None)))
    }
}
