//! `dormouse inspect`: what a file is, and what it can prove.

use std::path::Path;

use serde::Serialize;

use super::{Format, Outcome, complain, print, print_json};
use crate::error::{Result, counted};
use crate::frame::dates::{DAY, date};
use crate::ingest;
use crate::ingest::adapters::{ADAPTERS, interaction_list};
use crate::ingest::found::{Found, Pages};
use crate::model::aggregate::Total;
use crate::model::evidence::{Evidence, Field};
use crate::model::manifest::Reading;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  dormouse inspect exports/x/archive.zip
  dormouse inspect exports/* --format json | jq '.[] | {path, format, evidence, rows}'")]
pub struct Arguments {
    /// Files, folders, archives or patterns.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One entry of the JSON array.
#[derive(Serialize)]
struct Entry {
    path: String,
    #[serde(flatten)]
    reading: Reading,
    #[serde(flatten)]
    end: End,
}

/// Where the list ends, and what that looks like.
#[derive(Debug, Default, Serialize)]
struct End {
    /// Whether its last page names a next one; `null` without pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page: Option<bool>,
    /// Whether the newest follow comes first; `null` without dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    newest_first: Option<bool>,
    /// The days of the oldest and the newest follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    followed: Option<[String; 2]>,
    /// The rows of a page, where the rows are a whole number of pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    full_pages_of: Option<u64>,
}

impl End {
    fn of(found: &Found) -> Self {
        let order = found.order;
        let day = |ms: i64| date(ms.div_euclid(DAY));
        let page = ADAPTERS
            .iter()
            .map(|adapter| adapter.format())
            .find(|format| format.name == found.reading.format)
            .and_then(|format| format.page);
        Self {
            next_page: match found.pages {
                Pages::Untold => None,
                Pages::Left => Some(true),
                Pages::Done => Some(false),
            },
            newest_first: (order.oldest < order.newest).then(|| order.is_newest_first()),
            followed: order
                .oldest
                .zip(order.newest)
                .map(|(oldest, newest)| [day(oldest), day(newest)]),
            full_pages_of: page.filter(|&page| found.reading.rows.is_multiple_of(page)),
        }
    }

    /// Its lines: what is there, and what it may mean.
    fn lines(&self, rows: u64) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        if let Some([oldest, newest]) = &self.followed {
            lines.push((
                "followed",
                match self.newest_first {
                    Some(true) => format!("{newest} back to {oldest}, newest first"),
                    _ => format!("{oldest} to {newest}, in no such order"),
                },
            ));
        }
        if let Some(page) = self.full_pages_of {
            let pages = rows / page.max(1);
            let what = format!("{rows} rows are {} of {page}", counted(pages, "full page"));
            lines.push((
                "perhaps cut off",
                format!("{what}: compare with the counter of the platform"),
            ));
        }
        match self.next_page {
            Some(true) => lines.push((
                "cut off",
                "the last page names a next one; is it not beside this file, fetch it".to_owned(),
            )),
            Some(false) => lines.push(("pages", "the last one is here".to_owned())),
            None => {}
        }
        lines
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut entries = Vec::new();
    let (mut faults, mut unknown) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        match ingest::container::members(std::slice::from_ref(file), Path::new("")) {
            Err(error) => faults.push(error),
            Ok(members) => {
                for member in members {
                    match ingest::examine(&member) {
                        Ok(found) => entries.push(Entry {
                            path: member.name,
                            end: End::of(&found),
                            reading: found.reading,
                        }),
                        // What lies beside the followers is named, and no fault; what a
                        // platform packs beside them is nobody's business.
                        Err(error) if error.kind() == "ingest::unknown" => {
                            unknown.push((member.is_archived(), error));
                        }
                        Err(error) => faults.push(error),
                    }
                }
            }
        }
    }
    match arguments.format {
        Format::Json => print_json(&entries)?,
        Format::Text => print(&entries.iter().map(text).collect::<Vec<_>>().join("\n"))?,
    }
    if entries.is_empty() && faults.is_empty() {
        faults.extend(unknown.pop().map(|(_, error)| error));
    }
    let beside = unknown.iter().filter(|(is_archived, _)| !is_archived);
    beside.for_each(|(_, error)| complain(error));
    let Some(last) = faults.pop() else {
        return Ok(Outcome::Done);
    };
    faults.iter().for_each(complain);
    if entries.is_empty() {
        return Err(last);
    }
    complain(&last);
    Ok(Outcome::Look)
}

fn text(entry: &Entry) -> String {
    let reading = &entry.reading;
    let mut text = format!("{}\n", entry.path);
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<20}{value}\n"));
    line("format", reading.format.clone());
    if let Some(platform) = reading.platform {
        line("platform", platform.label().to_owned());
    }
    let is_interactions = reading.format == interaction_list::NAME;
    let proves = if is_interactions {
        "signs of life of the followers whom it names; of nobody that they are silent"
    } else {
        proves(reading.evidence)
    };
    line(
        "evidence",
        format!("{}: {proves}", reading.evidence.as_str()),
    );
    line("rows", reading.rows.to_string());
    for (name, count) in [
        ("set aside", reading.set_aside),
        ("unavailable", reading.unavailable.unwrap_or_default()),
        ("accounts gone", reading.gone.unwrap_or_default()),
        ("duplicates", reading.duplicates),
    ] {
        if count > 0 {
            line(name, count.to_string());
        }
    }
    for (reason, rows) in &reading.set_aside_reasons {
        line("", format!("{rows} × {reason}"));
    }
    if let Some(exported_at) = &reading.exported_at {
        line("exported", exported_at.clone());
    }
    for (field, count) in &reading.fields {
        let value = match (count.present, count.null) {
            (0, 0) => "no rows".to_owned(),
            (0, null) => not_collected(null),
            (1, 0) => "in the one row".to_owned(),
            (present, 0) => format!("in all {present} rows"),
            (present, null) => format!("in {}, empty in {null}", counted(present, "row")),
        };
        line(field.as_str(), value);
    }
    for (name, value) in entry.end.lines(reading.rows) {
        line(name, value);
    }
    if let Some(aggregate) = &reading.aggregate {
        if let (Some(first), Some(last)) = (&aggregate.first, &aggregate.last) {
            line("days", format!("{first} to {last}"));
        }
        for (metric, total) in &aggregate.totals {
            line(metric.as_str(), in_words(total));
        }
        line("lacks", "followers".to_owned());
        return text;
    }
    if is_interactions {
        line("lacks", "followers".to_owned());
        return text;
    }
    let lacks: Vec<_> = Field::ALL
        .into_iter()
        .filter(|field| !reading.fields.contains_key(field))
        .map(Field::as_str)
        .collect();
    if !lacks.is_empty() {
        line("lacks", lacks.join(", "));
    }
    text
}

/// One metric over all rows.
fn in_words(total: &Total) -> String {
    let mut text = match (total.sum, total.largest, total.last) {
        (Some(sum), _, _) => format!("{sum} in {}", counted(total.present, "row")),
        (None, Some(largest), Some(last)) => {
            let rows = counted(total.present, "row");
            format!("{last} last, {largest} at most, in {rows}")
        }
        _ => return not_collected(total.null),
    };
    if total.null > 0 {
        text.push_str(&format!(", empty in {}", total.null));
    }
    text
}

/// A field that no row gives.
fn not_collected(rows: u64) -> String {
    match rows {
        1 => "empty in the one row: not collected".to_owned(),
        rows => format!("empty in all {rows} rows: not collected"),
    }
}

/// What the grade means.
fn proves(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Activity => "it gives dates of last activity",
        Evidence::Counts => "it gives numbers of posts, but no dates of posts",
        Evidence::FollowDates => "it gives dates of follow, and nothing of what came after",
        Evidence::Ids => "it gives ids, and creation dates at most; nothing of activity",
        Evidence::Aggregate => "it gives totals, no followers",
        Evidence::None => "it says nothing of single followers",
    }
}
