//! TikTok Business Suite: followers gained and lost by day.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, year_first};
use crate::ingest::text::sheet::{Sheet, column};
use crate::ingest::text::totals::{self, Columns};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct TiktokBusiness;

static FORMAT: Format = Format {
    name: "tiktok-business",
    platform: Some(Platform::Tiktok),
    title: "TikTok Business Suite, overview by day (CSV)",
    how: "In TikTok Business Suite, in English: Analytics, Overview, export",
    carries: &[],
    proves: "how many followers came and left on each day",
    lacks: "single followers; how many there are",
    holds: &[Holding {
        files: "TikTok Business Suite CSV",
        whole: &[],
        partly: &[(Fact::FollowedAt, "gained and lost by day")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

const METRICS: [(&str, Metric); 6] = [
    ("New followers", Metric::Gained),
    ("Lost followers", Metric::Lost),
    ("Net growth", Metric::Net),
    ("Reached audience", Metric::Reach),
    ("Video views", Metric::Views),
    ("Profile views", Metric::Visits),
];

impl Adapter for TiktokBusiness {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        understand(Sheet::head(head).names()).is_some()
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let Some((names, rows)) = sheet.lines.split_first() else {
            return Ok(());
        };
        let columns = Columns {
            names: &names.cells,
            day: 0,
            read_day: &|cell| year_first(cell).map(Day::Known),
            expected: "a date as 2025/12/31",
            metrics: &understand(&names.cells).unwrap_or_default(),
        };
        totals::read(rows, &columns, intake)
    }
}

/// The columns, when these are the headings of Business Suite. What is clicked on differs
/// from account to account, and with it the columns in the middle.
fn understand(names: &[String]) -> Option<Vec<(Metric, usize)>> {
    let metrics: Vec<_> = METRICS
        .into_iter()
        .filter_map(|(heading, metric)| Some((metric, column(names, heading)?)))
        .collect();
    let has = |metric| metrics.iter().any(|&(known, _)| known == metric);
    (names.first().is_some_and(|name| name == "Date")
        && has(Metric::Reach)
        && (has(Metric::Net) || has(Metric::Gained) || has(Metric::Lost)))
    .then_some(metrics)
}
