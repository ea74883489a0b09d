//! LinkedIn: the sheet `FOLLOWERS` of a member's own analytics (creator mode).
//!
//! ```text
//! Total followers on 11/10/2025: | 1234
//! Date                           | New followers
//! 11/11/2024                     | 3
//! ```
//!
//! The only export of LinkedIn with the number of followers in it. The other sheets of
//! the workbook speak of posts and of shares of the audience, and are passed over.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, iso, month_first_bare};
use crate::ingest::text::sheet::{Line, Sheet};
use crate::ingest::text::totals::{self, Columns, spreadsheet};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct LinkedinCreator;

static FORMAT: Format = Format {
    name: "linkedin-creator",
    platform: Some(Platform::Linkedin),
    title: "LinkedIn analytics of a member, sheet FOLLOWERS (.xlsx, or saved as CSV)",
    how: "Your profile, in English: Analytics, Followers, Export",
    carries: &[],
    proves: "how many followers came on each day, and how many there are",
    lacks: "single followers; who left",
    holds: &[Holding {
        files: "LinkedIn member XLSX",
        whole: &[],
        partly: &[(Fact::FollowedAt, "gained by day")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

const STOCK: &str = "Total followers on ";

impl Adapter for LinkedinCreator {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        let sheet = head.sheet();
        let is = |line: usize, cell: usize, text: &str| {
            let line = sheet.lines.get(line);
            line.is_some_and(|line| line.cell(cell).eq_ignore_ascii_case(text))
        };
        let stock = sheet.lines.first().map_or("", |line| line.cell(0));
        stock.starts_with(STOCK) && is(1, 0, "Date") && is(1, 1, "New followers")
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let [stock, names, days @ ..] = sheet.lines.as_slice() else {
            return Ok(());
        };
        let read_day = layout(days)?;
        let mut columns = Columns {
            names: &names.cells,
            day: 0,
            read_day: &|cell| read_day(cell).map(Day::Known),
            expected: "a date as 11/10/2025",
            metrics: &[(Metric::Gained, 1)],
        };
        totals::read(days, &columns, intake)?;
        // The stock after the days: its day is one of theirs, and no day comes twice.
        let label = stock.cell(0).trim_end_matches(':');
        let mut line = stock.clone();
        line.cells = vec![
            label.strip_prefix(STOCK).unwrap_or(label).trim().to_owned(),
            stock.cell(1).to_owned(),
        ];
        columns.metrics = &[(Metric::Followers, 1)];
        totals::read(&[line], &columns, intake)
    }
}

/// How the sheet writes its days.
///
/// With the month in front. Where that does not give one day after the other, a
/// spreadsheet program has been at it, and only a layout that does is believed.
fn layout(days: &[Line]) -> Result<fn(&str) -> Option<i64>> {
    let follows = |read: fn(&str) -> Option<i64>| {
        let days: Vec<_> = days.iter().map(|line| read(line.cell(0))).collect();
        let pairs = days.iter().zip(days.iter().skip(1));
        let gaps = pairs.filter_map(|(before, after)| Some((*after)? - (*before)?));
        (
            days.iter().flatten().count(),
            gaps.filter(|&gap| gap != 1).count(),
        )
    };
    let (months, months_apart) = follows(month_first_bare);
    let (isos, isos_apart) = follows(iso);
    if months >= isos && months_apart == 0 {
        Ok(month_first_bare)
    } else if isos_apart == 0 && months == 0 {
        Ok(iso)
    } else {
        Err(spreadsheet(
            "the dates do not follow each other day by day with the month in front; a \
             spreadsheet program may have rewritten them, or day and month changed places",
        ))
    }
}
