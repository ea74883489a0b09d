//! Forest chart: the dormant share per audited channel, with its intervals; for the
//! other channels what the export leaves open, as hatched bars without a point.

pub(super) mod drawing;

use super::FigureKind;
use super::layout;
use crate::chart::csv::Cell;
use crate::model::figure::{Figure, Forest, ForestRow, Marks, Table};
use crate::model::results::{Channel, Results};
use crate::model::share::Share;
use crate::wording::Words;
use crate::wording::claims::first_that_fits;

/// Its place in the list.
pub(super) const KIND: FigureKind = FigureKind {
    id: "forest",
    compose,
    numbers,
    draw: drawing::draw,
};

/// One channel with the share that it may be judged by.
struct Row<'a> {
    channel: &'a Channel,
    share: &'a Share,
    audited: bool,
}

impl Row<'_> {
    /// What the rows are sorted by: the point, or the lower limit where there is none.
    fn height(&self) -> (f64, f64) {
        let Share { lower, upper, .. } = *self.share;
        (self.share.estimate.unwrap_or(lower), upper)
    }
}

/// Audited channels from the largest, then the others from the largest.
fn rows(results: &Results) -> Vec<Row<'_>> {
    let mut rows: Vec<Row> = results
        .channels
        .iter()
        .map(|channel| match &channel.dormant {
            Some(share) => Row {
                channel,
                share,
                audited: true,
            },
            None => Row {
                channel,
                share: &channel.silent,
                audited: false,
            },
        })
        .collect();
    rows.sort_by(|a, b| {
        let ((a_first, a_then), (b_first, b_then)) = (a.height(), b.height());
        (b.audited.cmp(&a.audited))
            .then(b_first.total_cmp(&a_first))
            .then(b_then.total_cmp(&a_then))
    });
    rows
}

/// The row that the title speaks of: the largest dormant share, or without any audit
/// the channel of which most is known.
fn spoken_of(rows: &[Row]) -> Option<usize> {
    if rows.first()?.audited {
        return Some(0);
    }
    let width = |row: &Row| row.share.upper - row.share.lower;
    rows.iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| width(a).total_cmp(&width(b)))
        .map(|(place, _)| place)
}

fn title(results: &Results, row: &Row, words: Words) -> String {
    let names = words.names_for_titles(results, row.channel);
    let Share { lower, upper, .. } = *row.share;
    let Some(extent) = words.extent(lower, upper) else {
        return match row.audited {
            true => words.pick(
                "The audit cannot say how many followers are dormant",
                "De controle zegt niet hoeveel volgers slapend zijn",
            ),
            false => words.pick(
                "The exports cannot say how many followers are publicly silent",
                "De exports zeggen niet hoeveel volgers openbaar stil zijn",
            ),
        }
        .to_owned();
    };
    let range = extent.starts_with(|c: char| c.is_ascii_digit());
    let sampled = row.audited || layout::sampled(row.channel);
    let state = match row.audited {
        true => words.pick("dormant", "slapend"),
        false => words.pick("publicly silent", "openbaar stil"),
    };
    first_that_fits(names.iter().flat_map(|name| {
        let of = words.followers_of(name);
        match (sampled, range) {
            (true, true) => words.pick(
                [
                    format!("An estimated {extent} of {of} are {state}"),
                    format!("On {name}, an estimated {extent} are {state}"),
                    format!("{name}: an estimated {extent} {state}"),
                ],
                [
                    format!("Naar schatting is {extent} van {of} {state}"),
                    format!("Op {name} is naar schatting {extent} {state}"),
                    format!("{name}: naar schatting {extent} {state}"),
                ],
            ),
            (true, false) => words.pick(
                [
                    format!("Probably {extent} of {of} are {state}"),
                    format!("On {name}, probably {extent} are {state}"),
                    format!("{name}: probably {extent} {state}"),
                ],
                [
                    format!("Waarschijnlijk is {extent} van {of} {state}"),
                    format!("Op {name} is waarschijnlijk {extent} {state}"),
                    format!("{name}: waarschijnlijk {extent} {state}"),
                ],
            ),
            (false, _) => words.pick(
                [
                    format!("{extent} of {of} are {state}"),
                    format!("On {name}, {extent} are {state}"),
                    format!("{name}: {extent} {state}"),
                ],
                [
                    format!("Van {of} is {extent} {state}"),
                    format!("Op {name} is {extent} {state}"),
                    format!("{name}: {extent} {state}"),
                ],
            ),
        }
    }))
}

/// The words for one row: measure, and its value as a sentence part.
fn measure(row: &Row, window: u32, words: Words) -> String {
    if row.audited {
        return words.pick("dormant", "slapend").to_owned();
    }
    let days = words.days(window);
    words.pick(
        format!("publicly silent for {days}"),
        format!("openbaar stil, {days}"),
    )
}

fn value(row: &Row, words: Words) -> String {
    let Share { lower, upper, .. } = *row.share;
    let range = words.range_percent(lower, upper);
    match row.share.estimate {
        Some(point) => {
            let (point, level) = (words.percent(point), words.level(row.share.level));
            words.pick(
                format!("estimate {point}, {level} interval {range}"),
                format!("schatting {point}, {level}-interval {range}"),
            )
        }
        None => words.pick(format!("bounds {range}"), format!("grenzen {range}")),
    }
}

fn compose(results: &Results, words: Words) -> Option<Figure> {
    let study = &results.study;
    let rows = rows(results);
    let chosen = spoken_of(&rows)?;
    let audited = rows.iter().filter(|row| row.audited).count();
    let (all_audited, none_audited) = (audited == rows.len(), audited == 0);
    let level = words.level(study.level);
    let days = words.days(study.window_days);
    let place = words.place_and_date(study);
    let title = title(results, rows.get(chosen)?, words);

    let what = match (all_audited, none_audited) {
        (true, _) => words.pick(
            format!("Share of dormant followers per channel, with {level} interval"),
            format!("Aandeel slapende volgers per kanaal, met {level}-interval"),
        ),
        (_, true) => words.pick(
            format!("Share of followers publicly silent for {days}, per channel"),
            format!("Aandeel volgers dat {days} openbaar stil is, per kanaal"),
        ),
        _ => words.pick(
            "Share of followers dormant or publicly silent, per channel".to_owned(),
            "Aandeel volgers slapend of openbaar stil, per kanaal".to_owned(),
        ),
    };

    let mut notes = Vec::new();
    if rows.iter().any(|row| row.share.estimate.is_some()) {
        notes.push(words.pick(
            format!(
                "Diamond or dot: estimate. Thick bar: 50% interval. Thin line: {level} interval."
            ),
            format!(
                "Ruit of stip: schatting. Dikke balk: 50%-interval. Dunne lijn: {level}-interval."
            ),
        ));
    }
    if rows.iter().any(|row| row.share.estimate.is_none()) {
        notes.push(
            words
                .pick(
                    "Hatched bar: bounds. The share lies somewhere in the bar; the data do not say where.",
                    "Gearceerde balk: grenzen. Het aandeel ligt ergens in de balk; de gegevens zeggen niet waar.",
                )
                .to_owned(),
        );
    }
    if !none_audited {
        notes.push(words.meaning_of_dormant().to_owned());
    }
    if !all_audited {
        notes.push(words.meaning_of_silent(study.window_days));
    }
    notes.push(words.source(study));

    let said: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{}: {}, {}",
                row.channel.name,
                measure(row, study.window_days, words),
                value(row, words)
            )
        })
        .collect();
    let alt = format!("{title}. {}.", said.join("; "));
    let description = format!(
        "{} {}.",
        words.pick(
            "One row a channel, from the largest share. The axis begins at zero. An estimate is \
             a point with a thick bar and a thin line for its intervals; bounds are a hatched \
             bar without a point.",
            "Eén rij per kanaal, van het grootste aandeel naar het kleinste. De as begint bij nul. \
             Een schatting is een punt met een dikke balk en een dunne lijn voor de intervallen; \
             grenzen zijn een gearceerde balk zonder punt.",
        ),
        said.join("; ")
    );

    let column = match none_audited {
        true => words.pick("Bounds (%)".to_owned(), "Grenzen (%)".to_owned()),
        false => words.pick(
            format!("Estimate [{level} interval]"),
            format!("Schatting [{level}-interval]"),
        ),
    };
    let largest = rows.iter().map(|row| row.share.upper).fold(0.0, f64::max);
    Some(Figure {
        id: KIND.id.to_owned(),
        lang: words.tag().to_owned(),
        subtitle: format!("{what}. {place}"),
        alt,
        description,
        notes,
        marks: Marks::Forest(Forest {
            axis: match (all_audited, none_audited) {
                (true, _) => words.pick("Share of dormant followers", "Aandeel slapende volgers"),
                (_, true) => words.pick(
                    "Share of publicly silent followers",
                    "Aandeel openbaar stille volgers",
                ),
                _ => words.pick("Share of followers", "Aandeel van de volgers"),
            }
            .to_owned(),
            column,
            ticks: layout::ticks(largest),
            rows: rows
                .iter()
                .enumerate()
                .map(|(place, row)| ForestRow {
                    heading: (place == 0 || place == audited)
                        .then(|| heading(row.audited, all_audited, &days, words))
                        .flatten(),
                    name: row.channel.name.clone(),
                    detail: words.size_of(row.channel),
                    estimate: row.share.estimate,
                    lower: row.share.lower,
                    upper: row.share.upper,
                    open: false,
                    inner: row.share.inner.map(|inner| (inner.lower, inner.upper)),
                    estimate_text: row
                        .share
                        .estimate
                        .map(|point| words.percent(point))
                        .unwrap_or_default(),
                    interval_text: words.range_brackets(row.share.lower, row.share.upper),
                    highlighted: place == chosen,
                })
                .collect(),
        }),
        table: Table {
            caption: format!("{what}. {place}"),
            head: [
                words.pick("Channel", "Kanaal"),
                words.pick("Measure", "Maat"),
                words.pick("Followers", "Volgers"),
                words.pick("Estimate (%)", "Schatting (%)"),
                words.pick("Interval or bounds (%)", "Interval of grenzen (%)"),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: rows
                .iter()
                .map(|row| {
                    let point = row.share.estimate;
                    vec![
                        row.channel.name.clone(),
                        measure(row, study.window_days, words),
                        layout::followers(row.channel, words),
                        point.map_or_else(|| "–".to_owned(), |p| words.percent_bare(p)),
                        words.range_cells(row.share.lower, row.share.upper),
                    ]
                })
                .collect(),
        },
        title,
    })
}

/// The heading of a group; audited channels need none when they are alone.
fn heading(audited: bool, all_audited: bool, days: &str, words: Words) -> Option<String> {
    match (audited, all_audited) {
        (true, true) => None,
        (true, false) => Some(
            words
                .pick(
                    "Dormant, estimated from an audit",
                    "Slapend, geschat met een controle",
                )
                .to_owned(),
        ),
        (false, _) => Some(words.pick(
            format!("Without an audit: bounds of publicly silent for {days}"),
            format!("Zonder controle: grenzen van {days} openbaar stil"),
        )),
    }
}

fn numbers(results: &Results, words: Words) -> Vec<Vec<Cell>> {
    let head = words.pick(
        [
            "channel",
            "measure",
            "followers",
            "labels",
            "estimate_%",
            "lower_%",
            "upper_%",
            "level_%",
            "method",
        ],
        [
            "kanaal",
            "maat",
            "volgers",
            "bekeken",
            "schatting_%",
            "ondergrens_%",
            "bovengrens_%",
            "niveau_%",
            "methode",
        ],
    );
    let mut table = vec![head.map(Cell::text).to_vec()];
    table.extend(rows(results).iter().map(|row| {
        let share = row.share;
        vec![
            Cell::text(&row.channel.name),
            Cell::Text(measure(row, results.study.window_days, words)),
            row.channel.followers.map_or(Cell::Empty, Cell::Count),
            share.labels.map_or(Cell::Empty, Cell::Count),
            share.estimate.map_or(Cell::Empty, Cell::Share),
            Cell::Lower(share.lower),
            Cell::Upper(share.upper),
            Cell::Share(share.level),
            Cell::text(share.method.as_str()),
        ]
    }));
    table
}
