//! X's account overview: follows and unfollows by day.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::daily::Daily;
use crate::ingest::text::day::english;
use crate::ingest::{Adapter, Format, Role};
use crate::model::aggregate::Metric;
use crate::model::platform::Platform;

/// The adapter.
pub struct XOverview;

static FORMAT: Format = Format {
    name: "x-account-overview",
    platform: Some(Platform::X),
    title: "X account overview (account_overview_analytics.csv)",
    how: "studio.x.com or Premium: Analytics, Account overview, download",
    carries: &[],
    lacks: "single followers; how many there are",
    role: Role::Totals,
};

const DAILY: Daily = Daily {
    metrics: &[
        ("New follows", Metric::Gained),
        ("Unfollows", Metric::Lost),
        ("Profile visits", Metric::Visits),
        ("Impressions", Metric::Views),
    ],
    telling: &["Impressions", "Profile visits"],
    day: english,
    expected: "a date as Tue, Aug 26, 2025",
};

impl Adapter for XOverview {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        DAILY.recognise(head)
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        DAILY.read(member, intake)
    }
}
