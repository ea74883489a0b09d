//! CSV files of one row a day, with the flows of followers under known headings.

use super::day::Day;
use super::sheet::{Sheet, column};
use super::totals::{self, Columns};
use crate::error::Result;
use crate::ingest::container::Member;
use crate::ingest::head::Head;
use crate::ingest::intake::Intake;
use crate::model::aggregate::Metric;

/// What tells a platform's file of days from others.
pub struct Daily {
    /// The numbers, by their headings.
    pub metrics: &'static [(&'static str, Metric)],
    /// Headings that must all be there, beside the day in front and one flow of followers.
    pub telling: &'static [&'static str],
    /// Reads a day, as days since 1970.
    pub day: fn(&str) -> Option<i64>,
    /// How days are written, for messages.
    pub expected: &'static str,
}

impl Daily {
    /// Whether a file is of this kind.
    pub fn recognise(&self, head: &Head<'_>) -> bool {
        self.understand(head.sheet().names()).is_some()
    }

    /// Hands the days to the intake.
    ///
    /// # Errors
    /// The file cannot be read, or a spreadsheet program has changed it.
    pub fn read(&self, member: &Member, intake: &mut Intake<'_>) -> Result<()> {
        let sheet = Sheet::read(member)?;
        let Some((names, rows)) = sheet.lines.split_first() else {
            return Ok(());
        };
        let columns = Columns {
            names: &names.cells,
            day: 0,
            read_day: &|cell| (self.day)(cell).map(Day::Known),
            expected: self.expected,
            metrics: &self.understand(&names.cells).unwrap_or_default(),
        };
        totals::read(rows, &columns, intake)
    }

    /// The columns with numbers; `None` where the headings are of something else.
    fn understand(&self, names: &[String]) -> Option<Vec<(Metric, usize)>> {
        let metrics: Vec<_> = self
            .metrics
            .iter()
            .filter_map(|&(heading, metric)| Some((metric, column(names, heading)?)))
            .collect();
        let has_flow = metrics
            .iter()
            .any(|(metric, _)| matches!(metric, Metric::Gained | Metric::Lost | Metric::Net));
        let is_told = self
            .telling
            .iter()
            .all(|heading| column(names, heading).is_some());
        let has_day = names.first().is_some_and(|name| name == "Date");
        (has_day && is_told && has_flow).then_some(metrics)
    }
}
