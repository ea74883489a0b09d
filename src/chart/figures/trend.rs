//! Trend: the publicly silent share on the dates of the snapshots, in small panels with
//! one scale; with two dates everywhere, a row a channel with both marks.

mod drawing;

use super::FigureKind;
use super::layout;
use crate::chart::csv::Cell;
use crate::frame::dates::iso_8601;
use crate::model::change::{Basis, Change, Paired, Snapshot, StepNotice};
use crate::model::figure::{Figure, Marks, Table, Trend, TrendPanel, TrendPoint};
use crate::model::results::{Channel, Results};
use crate::wording::Words;
use crate::wording::claims::first_that_fits;

/// Its place in the list.
pub(super) const KIND: FigureKind = FigureKind {
    id: "trend",
    compose,
    numbers,
    draw: drawing::draw,
};

/// The changes of channels that are in the results, with two snapshots or more that
/// counted somebody.
fn changes(results: &Results) -> Vec<(&Channel, &Change)> {
    results
        .changes
        .iter()
        .filter(|change| change.snapshots.len() > 1)
        .filter(|change| change.snapshots.iter().all(|s| s.counts.present() > 0))
        .filter_map(|change| {
            let channel = results.channels.iter().find(|c| c.id == change.channel)?;
            Some((channel, change))
        })
        .collect()
}

/// Bounds of the silent share: the undetermined all awake, or all silent.
fn bounds(snapshot: &Snapshot) -> (f64, f64) {
    let counts = snapshot.counts;
    let of = counts.present().max(1) as f64;
    (
        counts.silent as f64 / of,
        (counts.silent + counts.undetermined) as f64 / of,
    )
}

/// Whether the evidence or the list changed from one snapshot to the next.
fn broken(change: &Change, step: usize) -> bool {
    change.steps.get(step).is_some_and(|step| {
        step.basis == Basis::CutOff
            || step.notices.iter().any(|notice| {
                matches!(
                    notice,
                    StepNotice::EvidenceChanged { .. } | StepNotice::NobodyOnBoth
                )
            })
    })
}

/// The last paired change of a channel, if it can be told from none.
fn clear(change: &Change) -> Option<&Paired> {
    let paired = change.steps.last()?.paired.as_ref()?;
    (paired.lower > 0.0 || paired.upper < 0.0).then_some(paired)
}

fn points_range(paired: &Paired, words: Words) -> String {
    let (low, high) = match paired.change < 0.0 {
        true => (-paired.upper, -paired.lower),
        false => (paired.lower, paired.upper),
    };
    let range = words.range_cells(low.max(0.0), high);
    words.pick(format!("{range} points"), format!("{range} punten"))
}

fn title(results: &Results, changes: &[(&Channel, &Change)], words: Words) -> String {
    let most = changes
        .iter()
        .filter_map(|(channel, change)| Some((channel, clear(change)?)))
        .max_by(|(_, a), (_, b)| a.change.abs().total_cmp(&b.change.abs()));
    let Some((channel, paired)) = most else {
        return words
            .pick(
                "No clear change in the share of silent followers",
                "Geen duidelijke verandering in het aandeel stille volgers",
            )
            .to_owned();
    };
    let range = points_range(paired, words);
    let names = words.names_for_titles(results, channel);
    let rose = paired.change > 0.0;
    first_that_fits(names.iter().flat_map(|name| {
        let (en, nl) = match rose {
            true => ("more", "meer"),
            false => ("less", "minder"),
        };
        words.pick(
            [
                format!("On {name}, followers are {en} silent: {range}"),
                format!("{name}: {en} silent, {range}"),
            ],
            [
                format!("Op {name} zijn volgers {nl} stil: {range}"),
                format!("{name}: {nl} stil, {range}"),
            ],
        )
    }))
}

/// A share in words: bounds, or the share itself where nobody is undetermined.
fn said(snapshot: &Snapshot, words: Words) -> String {
    let (lower, upper) = bounds(snapshot);
    match snapshot.counts.undetermined {
        0 => words.percent_bare(lower),
        _ => format!(
            "{}–{}",
            words.lower_number(lower),
            words.upper_number(upper)
        ),
    }
}

/// The change of a channel in words: what it was, and what it is.
fn label(change: &Change, words: Words) -> String {
    let (Some(first), Some(last)) = (change.snapshots.first(), change.snapshots.last()) else {
        return String::new();
    };
    let (first, last) = (said(first, words), said(last, words));
    words.pick(
        format!("from {first} to {last}%"),
        format!("van {first} naar {last}%"),
    )
}

fn compose(results: &Results, words: Words) -> Option<Figure> {
    let changes = changes(results);
    if changes.is_empty() {
        return None;
    }
    let study = &results.study;
    let title = title(results, &changes, words);
    let days = words.days(study.window_days);
    let what = words.pick(
        format!("Share of followers publicly silent for {days}, by date"),
        format!("Aandeel volgers dat {days} openbaar stil is, per datum"),
    );
    let place = words.place_and_date(study);
    let two = changes
        .iter()
        .all(|(_, change)| change.snapshots.len() == 2);

    let instants: Vec<i64> = changes
        .iter()
        .flat_map(|(_, change)| &change.snapshots)
        .filter_map(|snapshot| iso_8601(snapshot.census.as_bytes()))
        .collect();
    let (first, last) = (
        instants.iter().copied().min().unwrap_or(0),
        instants.iter().copied().max().unwrap_or(0),
    );
    let span = (last.saturating_sub(first)).max(1) as f64;
    let at = |census: &str| {
        iso_8601(census.as_bytes())
            .map_or(0.0, |instant| (instant.saturating_sub(first)) as f64 / span)
    };
    let mut dates: Vec<(f64, String)> = Vec::new();
    for snapshot in changes.iter().flat_map(|(_, change)| &change.snapshots) {
        let tick = (at(&snapshot.census), words.date(&snapshot.census));
        if !dates.iter().any(|(_, text)| *text == tick.1) {
            dates.push(tick);
        }
    }
    dates.sort_by(|a, b| a.0.total_cmp(&b.0));

    let mut largest: f64 = 0.0;
    let mut panels = Vec::new();
    let mut spoken = Vec::new();
    let mut rows = Vec::new();
    for (channel, change) in &changes {
        let points: Vec<TrendPoint> = change
            .snapshots
            .iter()
            .enumerate()
            .map(|(place, snapshot)| {
                let (lower, upper) = bounds(snapshot);
                largest = largest.max(upper);
                TrendPoint {
                    at: at(&snapshot.census),
                    lower,
                    upper,
                    broken: place > 0 && broken(change, place - 1),
                }
            })
            .collect();
        for snapshot in &change.snapshots {
            let (date, range) = (words.date(&snapshot.census), said(snapshot, words));
            spoken.push(format!("{}, {date}: {range}%", channel.name));
            rows.push(vec![
                channel.name.clone(),
                date,
                words.count(snapshot.counts.present()),
                range,
            ]);
        }
        panels.push(TrendPanel {
            name: channel.name.clone(),
            detail: words.size_of(channel),
            label: label(change, words),
            points,
        });
    }

    let mut notes = Vec::new();
    let open = words.pick(
        "Hatched: bounds, since of some followers the data cannot say.",
        "Gearceerd: grenzen, want van een deel van de volgers weten we het niet.",
    );
    if panels
        .iter()
        .flat_map(|p| &p.points)
        .any(|point| point.upper > point.lower)
    {
        notes.push(open.to_owned());
    }
    if two {
        notes.push(
            words
                .pick(
                    "Above: the first date. Below: the last date.",
                    "Boven: de eerste datum. Onder: de laatste datum.",
                )
                .to_owned(),
        );
    }
    if panels
        .iter()
        .flat_map(|p| &p.points)
        .any(|point| point.broken)
    {
        notes.push(
            words
                .pick(
                    "Dashed: the exports differ in what they show, so the dates cannot be compared as they stand.",
                    "Gestippeld: de exports laten niet hetzelfde zien; vergelijk deze datums niet zomaar.",
                )
                .to_owned(),
        );
    }
    notes.push(words.meaning_of_silent(study.window_days));
    notes.push(words.source(study));
    Some(Figure {
        id: KIND.id.to_owned(),
        lang: words.tag().to_owned(),
        subtitle: format!("{what}. {place}"),
        alt: format!("{title}. {}.", spoken.join("; ")),
        description: format!(
            "{} {}.",
            words.pick(
                "The share on each date, per channel, on one scale that begins at zero.",
                "Het aandeel op elke datum, per kanaal, op één schaal die bij nul begint.",
            ),
            spoken.join("; ")
        ),
        notes,
        marks: Marks::Trend(Trend {
            two,
            axis: words
                .pick(
                    "Share of publicly silent followers",
                    "Aandeel openbaar stille volgers",
                )
                .to_owned(),
            ticks: layout::ticks(largest),
            dates,
            panels,
        }),
        table: Table {
            caption: format!("{what}. {place}"),
            head: [
                words.pick("Channel", "Kanaal"),
                words.pick("Date", "Datum"),
                words.pick("Followers", "Volgers"),
                words.pick("Silent (%)", "Stil (%)"),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows,
        },
        title,
    })
}

fn numbers(results: &Results, words: Words) -> Vec<Vec<Cell>> {
    let head = words.pick(
        ["channel", "census", "followers", "lower_%", "upper_%"],
        [
            "kanaal",
            "peilmoment",
            "volgers",
            "ondergrens_%",
            "bovengrens_%",
        ],
    );
    let mut table = vec![head.map(Cell::text).to_vec()];
    for (channel, change) in changes(results) {
        table.extend(change.snapshots.iter().map(|snapshot| {
            let (lower, upper) = bounds(snapshot);
            vec![
                Cell::text(&channel.name),
                Cell::text(&snapshot.census),
                Cell::Count(snapshot.counts.present()),
                Cell::Lower(lower),
                Cell::Upper(upper),
            ]
        }));
    }
    table
}
