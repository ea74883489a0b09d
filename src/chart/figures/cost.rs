//! Cost chart: what a thousand awake followers cost a month, per channel with an audit
//! and a known cost. Drawn as the forest chart is, on an axis of euros.

use super::FigureKind;
use super::forest::drawing;
use super::layout;
use crate::chart::csv::Cell;
use crate::model::figure::{Figure, Forest, ForestRow, Marks, Table};
use crate::model::results::{Channel, Results};
use crate::model::share::Cost;
use crate::wording::Words;
use crate::wording::claims::first_that_fits;

/// Its place in the list.
pub(super) const KIND: FigureKind = FigureKind {
    id: "cost",
    compose,
    numbers,
    draw: drawing::draw,
};

/// So many awake followers together: what one of them costs is too small to print.
const TOGETHER: f64 = 1_000.0;

/// One channel, in euros a month for [`TOGETHER`] awake followers.
struct Row<'a> {
    channel: &'a Channel,
    cost: Cost,
    estimate: Option<f64>,
    lower: f64,
    /// `None` is without limit: perhaps nobody is awake.
    upper: Option<f64>,
}

impl Row<'_> {
    /// What the rows are sorted by, and what the axis must hold.
    fn height(&self) -> f64 {
        self.estimate.unwrap_or(self.lower)
    }

    fn range(&self, words: Words) -> String {
        match self.upper {
            Some(upper) => words.euro_range(self.lower, upper),
            None => words.euros_at_least(self.lower),
        }
    }
}

/// The channels whose cost is known, from the dearest.
fn rows(results: &Results) -> Vec<Row<'_>> {
    let finite = |amount: f64| (amount.is_finite() && amount >= 0.0).then_some(amount * TOGETHER);
    let mut rows: Vec<Row> = results
        .channels
        .iter()
        .filter_map(|channel| {
            let cost = channel.cost?;
            Some(Row {
                channel,
                cost,
                estimate: cost.estimate.and_then(finite),
                lower: finite(cost.lower?)?,
                upper: cost.upper.and_then(finite),
            })
        })
        .collect();
    rows.sort_by(|a, b| b.height().total_cmp(&a.height()));
    rows
}

fn title(results: &Results, row: &Row, words: Words) -> String {
    let range = row.range(words);
    let names = words.names_for_titles(results, row.channel);
    first_that_fits(names.iter().flat_map(|name| {
        words.pick(
            [
                format!("1,000 awake followers on {name} cost {range}"),
                format!("{name}: {range} per 1,000 awake"),
            ],
            [
                format!("1.000 wakkere volgers op {name} kosten {range}"),
                format!("{name}: {range} per 1.000 wakkere"),
            ],
        )
    }))
}

/// What is said of a row in words.
fn value(row: &Row, words: Words) -> String {
    let range = row.range(words);
    match row.estimate.map(|amount| words.euros(amount)) {
        Some(point) => words.pick(
            format!("estimate {point}, interval {range}"),
            format!("schatting {point}, interval {range}"),
        ),
        None => words.pick(format!("bounds {range}"), format!("grenzen {range}")),
    }
}

fn compose(results: &Results, words: Words) -> Option<Figure> {
    let rows = rows(results);
    let title = title(results, rows.first()?, words);
    let level = words.level(results.study.level);
    let place = words.place_and_date(&results.study);
    let what = words.pick(
        format!("Euros a month per 1,000 awake followers, with {level} interval"),
        format!("Euro per maand voor 1.000 wakkere volgers, met {level}-interval"),
    );
    // Where a row has no upper limit, the axis leaves room for an arrow.
    let largest = rows
        .iter()
        .map(|row| row.upper.unwrap_or(1.5 * row.height()))
        .fold(0.0, f64::max);
    let ticks = ticks(largest, words);
    let end = ticks.last().map_or(1.0, |(value, _)| *value);

    let mut notes = vec![words.pick(
        format!("Diamond or dot: estimate. Line: {level} interval."),
        format!("Ruit of stip: schatting. Lijn: {level}-interval."),
    )];
    if rows.iter().any(|row| row.estimate.is_none()) {
        notes.push(
            words
                .pick(
                    "Hatched bar: bounds. The cost lies somewhere in the bar.",
                    "Gearceerde balk: grenzen. De kosten liggen ergens in de balk.",
                )
                .to_owned(),
        );
    }
    if rows.iter().any(|row| row.upper.is_none()) {
        notes.push(
            words
                .pick(
                    "Arrow: no upper limit, since perhaps nobody is awake.",
                    "Pijl: geen bovengrens, want misschien is niemand wakker.",
                )
                .to_owned(),
        );
    }
    notes.push(words.meaning_of_awake_by_audit().to_owned());
    notes.push(words.source(&results.study));

    let said: Vec<String> = rows
        .iter()
        .map(|row| format!("{}: {}", row.channel.name, value(row, words)))
        .collect();
    Some(Figure {
        id: KIND.id.to_owned(),
        lang: words.tag().to_owned(),
        subtitle: format!("{what}. {place}"),
        alt: format!("{title}. {}.", said.join("; ")),
        description: format!(
            "{} {}.",
            words.pick(
                "One row a channel, from the dearest. The axis of euros begins at zero.",
                "Eén rij per kanaal, van duur naar goedkoop. De as met euro's begint bij nul.",
            ),
            said.join("; ")
        ),
        notes,
        marks: Marks::Forest(Forest {
            axis: words
                .pick(
                    "Euros a month per 1,000 awake followers",
                    "Euro per maand voor 1.000 wakkere volgers",
                )
                .to_owned(),
            column: words.pick(
                format!("Estimate [{level} interval]"),
                format!("Schatting [{level}-interval]"),
            ),
            rows: rows
                .iter()
                .enumerate()
                .map(|(place, row)| ForestRow {
                    heading: None,
                    name: row.channel.name.clone(),
                    detail: words.euros_a_month(row.cost.per_month),
                    estimate: row.estimate,
                    lower: row.lower,
                    upper: row.upper.unwrap_or(end),
                    open: row.upper.is_none(),
                    inner: None,
                    estimate_text: row
                        .estimate
                        .map(|amount| words.euros(amount))
                        .unwrap_or_default(),
                    interval_text: words.euro_brackets(row.lower, row.upper),
                    highlighted: place == 0,
                })
                .collect(),
            ticks,
        }),
        table: Table {
            caption: format!("{what}. {place}"),
            head: [
                words.pick("Channel", "Kanaal"),
                words.pick("Cost a month", "Kosten per maand"),
                words.pick("Followers", "Volgers"),
                words.pick("Estimate (€)", "Schatting (€)"),
                words.pick("Interval or bounds (€)", "Interval of grenzen (€)"),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: rows
                .iter()
                .map(|row| {
                    vec![
                        row.channel.name.clone(),
                        words.euros(row.cost.per_month),
                        layout::followers(row.channel, words),
                        row.estimate
                            .map_or_else(|| "–".to_owned(), |amount| words.euros(amount)),
                        row.range(words),
                    ]
                })
                .collect(),
        },
        title,
    })
}

/// Round amounts from zero up to the first that holds `largest`.
fn ticks(largest: f64, words: Words) -> Vec<(f64, String)> {
    let largest = largest.max(0.01);
    let magnitude = 10_f64.powf((largest / 4.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * magnitude)
        .into_iter()
        .find(|step| largest / step <= 5.0)
        .unwrap_or(10.0 * magnitude);
    let count = ((largest / step) - 1e-9).ceil().max(1.0) as u32;
    (0..=count)
        .map(|place| {
            let value = f64::from(place) * step;
            let text = match (place, step >= 1.0) {
                (0, _) => "0".to_owned(),
                (_, true) => words.count(value.round() as u64),
                (_, false) => words.cents(value),
            };
            (value, text)
        })
        .collect()
}

fn numbers(results: &Results, words: Words) -> Vec<Vec<Cell>> {
    let head = words.pick(
        [
            "channel",
            "cost_a_month",
            "followers",
            "estimate",
            "lower",
            "upper",
            "level_%",
            "method",
        ],
        [
            "kanaal",
            "kosten_per_maand",
            "volgers",
            "schatting",
            "ondergrens",
            "bovengrens",
            "niveau_%",
            "methode",
        ],
    );
    let mut table = vec![head.map(Cell::text).to_vec()];
    table.extend(rows(results).iter().map(|row| {
        vec![
            Cell::text(&row.channel.name),
            Cell::Amount(row.cost.per_month),
            row.channel.followers.map_or(Cell::Empty, Cell::Count),
            row.estimate.map_or(Cell::Empty, Cell::Amount),
            Cell::LowerAmount(row.lower),
            row.upper.map_or(Cell::Empty, Cell::UpperAmount),
            Cell::Share(results.study.level),
            Cell::text(row.cost.method.as_str()),
        ]
    }));
    table
}
