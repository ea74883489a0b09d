//! TikTok Business Suite: followers gained and lost by day.
//!
//! What is clicked on differs from account to account, and with it the columns in the
//! middle.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::daily::Daily;
use crate::ingest::text::day::year_first;
use crate::ingest::{Adapter, Format, Role};
use crate::model::aggregate::Metric;
use crate::model::platform::Platform;

/// The adapter.
pub struct TiktokBusiness;

static FORMAT: Format = Format {
    name: "tiktok-business",
    platform: Some(Platform::Tiktok),
    title: "TikTok Business Suite, overview by day (CSV)",
    how: "In TikTok Business Suite, in English: Analytics, Overview, export",
    carries: &[],
    lacks: "single followers; how many there are",
    role: Role::Totals,
};

const DAILY: Daily = Daily {
    metrics: &[
        ("New followers", Metric::Gained),
        ("Lost followers", Metric::Lost),
        ("Net growth", Metric::Net),
        ("Reached audience", Metric::Reach),
        ("Video views", Metric::Views),
        ("Profile views", Metric::Visits),
    ],
    telling: &["Reached audience"],
    day: year_first,
    expected: "a date as 2025/12/31",
};

impl Adapter for TiktokBusiness {
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
