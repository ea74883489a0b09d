//! Totals of a LinkedIn page: new followers and visits by day.

use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::ingest::text::day::{Day, iso, month_first, month_first_bare};
use crate::ingest::text::sheet::{Line, Sheet, column};
use crate::ingest::text::totals::{self, Columns, fits, spreadsheet};
use crate::ingest::{Adapter, Fact, Format, Holding, Role};
use crate::model::aggregate::Metric;
use crate::model::evidence::Design;
use crate::model::platform::Platform;

/// The adapter.
pub struct LinkedinPage;

static FORMAT: Format = Format {
    name: "linkedin-page",
    platform: Some(Platform::Linkedin),
    title: "LinkedIn page analytics, followers or visitors (.xls, .xlsx, or a sheet saved as CSV)",
    how: "As an admin of the page: Analytics, Followers, Export; note the number of followers that \
          the page shows, because the file does not hold it",
    carries: &[],
    proves: "how many followers came on each day, and which kinds of people follow",
    lacks: "single followers; how many there are; who left",
    holds: &[Holding {
        files: "LinkedIn page XLS, XLSX",
        whole: &[],
        partly: &[(Fact::FollowedAt, "gained by day")],
    }],
    design: Design::Unknown,
    page: None,
    role: Role::Totals,
};

/// What a sheet of a page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Gains by day; the columns between the day and the total are parts of the total.
    Followers,
    /// Page views by day, in this column.
    Visitors(usize),
}

impl Adapter for LinkedinPage {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        kind(head.sheet().names()).is_some()
    }

    fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let Some((names, rows)) = sheet.lines.split_first() else {
            return Ok(());
        };
        if let Some(made) = exported_at(&member.name) {
            intake.exported_at(made);
        }
        let width = names.cells.len();
        let (metric, total) = match kind(&names.cells) {
            Some(Kind::Visitors(total)) => (Metric::Visits, total),
            _ => (Metric::Gained, width.saturating_sub(1)),
        };
        let layout = layout(rows, width)?;
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            if metric == Metric::Gained && !adds_up(row, width) {
                intake.set_aside("the columns before the last do not add up to it");
            } else {
                kept.push(row.clone());
            }
        }
        let columns = Columns {
            names: &names.cells,
            day: 0,
            read_day: &|cell| layout(cell).map(Day::Known),
            expected: "a date as 12/31/2025",
            metrics: &[(metric, total)],
        };
        totals::read(&kept, &columns, intake)
    }
}

/// By the headings, which are English or Dutch. Of the Dutch ones for sponsored and
/// invited followers only the places are known.
fn kind(names: &[String]) -> Option<Kind> {
    const VISITS: usize = 21;
    let is = |place: usize, known: [&str; 2]| {
        names
            .get(place)
            .is_some_and(|name| known.iter().any(|known| name.eq_ignore_ascii_case(known)))
    };
    let last = names.len().checked_sub(1)?;
    if !is(0, ["Date", "Datum"]) {
        return None;
    }
    let organic = ["Organic followers", "Spontane volgers"];
    if (3..=4).contains(&last)
        && is(last, ["Total followers", "Totaal aantal volgers"])
        && column(names, organic[0]).or(column(names, organic[1])) == Some(2)
    {
        return Some(Kind::Followers);
    }
    let views = [
        "Total page views (total)",
        "Totaal paginaweergaven (totaal)",
    ];
    is(VISITS, views).then_some(Kind::Visitors(VISITS))
}

/// How the sheet writes its days.
///
/// LinkedIn writes `08/13/2025` in every language. A spreadsheet program that thinks the
/// day stands in front turns some of these into other dates and leaves the rest, so that
/// any other layout is believed only where each row is the day after the one before.
fn layout(rows: &[Line], width: usize) -> Result<fn(&str) -> Option<i64>> {
    let cells = || {
        rows.iter()
            .filter(|row| fits(row, width))
            .map(|row| row.cell(0))
    };
    let own = cells().filter(|cell| month_first(cell).is_some()).count();
    let others: [fn(&str) -> Option<i64>; 2] = [iso, month_first_bare];
    for layout in others {
        let days: Vec<i64> = cells().filter_map(layout).collect();
        if days.len() <= own {
            continue;
        }
        let mut pairs = days.iter().zip(days.iter().skip(1));
        if days.len() < cells().count() || !pairs.all(|(before, after)| after - before == 1) {
            return Err(spreadsheet(
                "a spreadsheet program has rewritten the dates, and day and month may have \
                 changed places",
            ));
        }
        return Ok(layout);
    }
    Ok(month_first)
}

/// Whether the parts of a day's gain add up to the last column. Where they do not, the
/// last column is something else than the day's gain.
fn adds_up(row: &Line, width: usize) -> bool {
    let number = |place: usize| row.cell(place).parse::<i64>().ok();
    match number(width.saturating_sub(1)) {
        Some(total) => {
            let parts: Vec<_> = (1..width.saturating_sub(1)).map(number).collect();
            // A part that is not filled may be anything.
            parts.iter().any(Option::is_none) || parts.iter().flatten().sum::<i64>() == total
        }
        None => true,
    }
}

/// The 13 digits that LinkedIn puts into the name: milliseconds since 1970.
fn exported_at(name: &str) -> Option<i64> {
    name.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 13)
        .find_map(|digits| digits.parse().ok())
}
