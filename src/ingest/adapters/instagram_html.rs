//! Instagram: `followers_1.html` and on, of the account's own download as HTML.
//!
//! A link to the profile and a date in each row.

use super::meta_pages::{List, follower, layout, list};
use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::html;
use crate::ingest::intake::Intake;
use crate::ingest::{Adapter, Format, Role};
use crate::model::evidence::Field;
use crate::model::platform::Platform;

/// `connections/followers_and_following/followers_N.html`.
pub struct InstagramHtml;

static FORMAT: Format = Format {
    name: "instagram-followers-html",
    platform: Some(Platform::Instagram),
    title: "Instagram download as HTML, followers_1.html",
    how: "Accounts Center → Your information and permissions → Export your information; \
          HTML, all time; JSON is better, because its dates are instants",
    carries: &[Field::Id, Field::FollowedAt],
    lacks: "posts, activity, age of the accounts; the time zone of the dates; deactivated \
            accounts are left out",
    role: Role::Followers,
};

impl Adapter for InstagramHtml {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        list(head) == Some(List::Instagram)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        intake.carries(&[Field::Id]);
        let layout = layout(member, intake)?;
        html::read(member, &mut |row| {
            let name = row.link.as_deref().and_then(handle);
            let name = name.ok_or("row: expected a link to a profile on Instagram");
            intake.row(name.and_then(|name| follower(&row, layout, Some(name))))
        })
    }
}

/// The handle that a link to a profile leads to.
fn handle(link: &str) -> Option<&str> {
    let (_, path) = link.split_once("instagram.com/")?;
    let path = path.strip_prefix("_u/").unwrap_or(path);
    let end = path.find(['/', '?', '#']).unwrap_or(path.len());
    path.get(..end).filter(|handle| !handle.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        for (link, expected) in [
            ("https://www.instagram.com/voor.beeld", Some("voor.beeld")),
            ("https://www.instagram.com/_u/voorbeeld/", Some("voorbeeld")),
            ("https://instagram.com/voorbeeld?hl=nl", Some("voorbeeld")),
            ("https://www.instagram.com/", None),
            ("https://example.com/voorbeeld", None),
        ] {
            assert_eq!(handle(link), expected, "{link}");
        }
    }
}
