//! Odds: twenty equally plausible values of the dormant share of each audited channel,
//! as dots against the limit of the council's policy. "14 of 20" is read without any
//! knowledge of intervals. Without such a limit there is no figure.

mod drawing;

use super::FigureKind;
use super::layout;
use crate::chart::csv::Cell;
use crate::model::figure::{Figure, Marks, Odds, OddsRow, Table};
use crate::model::results::{Channel, Results};
use crate::wording::Words;
use crate::wording::claims::first_that_fits;

/// Its place in the list.
pub(super) const KIND: FigureKind = FigureKind {
    id: "odds",
    compose,
    numbers,
    draw: drawing::draw,
};

/// One channel: its values, and how many of them lie above the limit.
struct Row<'a> {
    channel: &'a Channel,
    values: &'a [f64],
    above: usize,
}

/// The limit of the policy, and the channels whose audit gives a point, those with the
/// most values above the limit first.
fn rows(results: &Results) -> Option<(f64, Vec<Row<'_>>)> {
    let limit = results.study.policy.as_ref()?.max_dormant_share?;
    let mut rows: Vec<Row> = results
        .channels
        .iter()
        .filter_map(|channel| {
            let values = channel.dormant.as_ref()?.quantiles.as_deref()?;
            let finite = !values.is_empty() && values.iter().all(|value| value.is_finite());
            finite.then(|| Row {
                channel,
                values,
                above: values.iter().filter(|value| **value > limit).count(),
            })
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.above));
    (!rows.is_empty()).then_some((limit, rows))
}

/// A limit that a council set: "60%", or "62,5%" where it is no whole number.
fn limit_words(limit: f64, words: Words) -> String {
    match ((limit * 100.0).round() - limit * 100.0).abs() < 1e-6 {
        true => words.percent_whole(limit),
        false => words.percent(limit),
    }
}

/// "14 of 20".
fn odds(row: &Row, words: Words) -> String {
    let (above, all) = (row.above, row.values.len());
    words.pick(format!("{above} of {all}"), format!("{above} van {all}"))
}

fn title(results: &Results, limit: f64, row: &Row, words: Words) -> String {
    let (odds, limit) = (odds(row, words), limit_words(limit, words));
    let names = words.names_for_titles(results, row.channel);
    first_that_fits(names.iter().flat_map(|name| {
        words.pick(
            [
                format!("On {name}, {odds} values lie above {limit}"),
                format!("{name}: {odds} values above {limit}"),
            ],
            [
                format!("Op {name} liggen {odds} waarden boven {limit}"),
                format!("{name}: {odds} waarden boven {limit}"),
            ],
        )
    }))
}

fn compose(results: &Results, words: Words) -> Option<Figure> {
    let (limit, rows) = rows(results)?;
    let study = &results.study;
    let title = title(results, limit, rows.first()?, words);
    let limit_text = limit_words(limit, words);
    let what = words.pick(
        format!(
            "Plausible shares of dormant followers against the council's limit of {limit_text}"
        ),
        format!("Aannemelijke aandelen slapende volgers tegen de grens van de raad: {limit_text}"),
    );
    let place = words.place_and_date(study);
    let largest = rows
        .iter()
        .flat_map(|row| row.values)
        .fold(limit, |a, b| a.max(*b));
    let said: Vec<String> = rows
        .iter()
        .map(|row| {
            let odds = odds(row, words);
            words.pick(
                format!("{}: {odds} above {limit_text}", row.channel.name),
                format!("{}: {odds} boven {limit_text}", row.channel.name),
            )
        })
        .collect();
    Some(Figure {
        id: KIND.id.to_owned(),
        lang: words.tag().to_owned(),
        subtitle: format!("{what}. {place}"),
        alt: format!("{title}. {}.", said.join("; ")),
        description: format!(
            "{} {}.",
            words.pick(
                "One row a channel. Each dot is a value that is as plausible as every other dot, \
                 given the audit. The dashed line is the limit of the council's policy.",
                "Eén rij per kanaal. Elke stip is een waarde die, gezien de controle, even \
                 aannemelijk is als elke andere stip. De stippellijn is de grens van de raad.",
            ),
            said.join("; ")
        ),
        notes: vec![
            words
                .pick(
                    "Each dot is as plausible as the others. Filled: above the limit. Open: not above it.",
                    "Elke stip is even aannemelijk. Gevuld: boven de grens. Open: niet boven de grens.",
                )
                .to_owned(),
            words.meaning_of_dormant().to_owned(),
            words.source(study),
        ],
        marks: Marks::Odds(Odds {
            axis: words
                .pick("Share of dormant followers", "Aandeel slapende volgers")
                .to_owned(),
            column: words.pick("Above the limit", "Boven de grens").to_owned(),
            ticks: layout::ticks(largest),
            limit: (
                limit,
                words.pick(format!("limit: {limit_text}"), format!("grens: {limit_text}")),
            ),
            rows: rows
                .iter()
                .map(|row| OddsRow {
                    name: row.channel.name.clone(),
                    detail: words.size_of(row.channel),
                    label: odds(row, words),
                    values: row.values.to_vec(),
                })
                .collect(),
        }),
        table: Table {
            caption: format!("{what}. {place}"),
            head: [
                words.pick("Channel", "Kanaal"),
                words.pick("Dots above the limit", "Stippen boven de grens"),
                words.pick("Smallest to largest (%)", "Kleinste tot grootste (%)"),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: rows
                .iter()
                .map(|row| {
                    let (first, last) = (row.values.first(), row.values.last());
                    vec![
                        row.channel.name.clone(),
                        odds(row, words),
                        words.range_cells(
                            first.copied().unwrap_or(0.0),
                            last.copied().unwrap_or(1.0),
                        ),
                    ]
                })
                .collect(),
        },
        title,
    })
}

fn numbers(results: &Results, words: Words) -> Vec<Vec<Cell>> {
    let head = words.pick(
        ["channel", "limit_%", "dot", "share_%"],
        ["kanaal", "grens_%", "stip", "aandeel_%"],
    );
    let mut table = vec![head.map(Cell::text).to_vec()];
    if let Some((limit, rows)) = rows(results) {
        for row in &rows {
            table.extend(row.values.iter().zip(1..).map(|(value, dot)| {
                vec![
                    Cell::text(&row.channel.name),
                    Cell::Share(limit),
                    Cell::Count(dot),
                    Cell::Share(*value),
                ]
            }));
        }
    }
    table
}
