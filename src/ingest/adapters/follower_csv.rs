//! CSV files of one row a follower, as the tools of researchers write them.

use super::synonyms;
use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::delimited::{self, Header};
use crate::ingest::{Adapter, Format, Role};
use crate::model::evidence::Field;

/// The adapter.
pub struct FollowerCsv;

static FORMAT: Format = Format {
    name: "follower-csv",
    platform: None,
    title: "CSV of one row a follower (twarc-csv, minet, rtweet, rtoot, atrrr, snscrape, \
            twikit, tweepy with pandas, followers2csv, Apify)",
    how: "Save the list of followers of the tool as CSV; do not open it in a spreadsheet \
          program on the way, because that rounds ids and turns dates",
    carries: &Field::ALL,
    lacks: "dates of last posts in most tools; dates of follow",
    role: Role::Followers,
};

impl Adapter for FollowerCsv {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        !head.is_json() && synonyms::understand(&Header::of(head).names).is_some()
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        delimited::read(member, intake, synonyms::understand)
    }
}
