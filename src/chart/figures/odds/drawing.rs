//! How the odds are drawn: dots that fall on each other are stacked.

use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::figures::layout::{self, Columns};
use crate::chart::text::Type;
use crate::chart::theme;
use crate::model::figure::{Figure, Marks, Odds};

const VALUE: Type = Type::new(14.0).strong().right();
const COLUMN: Type = Type::new(12.5).muted().right();
const LIMIT: Type = Type::new(12.5).strong();
/// Height above the rows for the words of the limit and of the column.
const HEAD: f64 = 24.0;
/// Diameter of a dot where there is room, and where there is none.
const DOT: (f64, f64) = (10.0, 4.0);
/// The most that a stack is high.
const HIGHEST: f64 = 80.0;

/// The stacks of a row: left side of each and how many dots.
fn stacks(values: &[f64], scale: &Scale, dot: f64) -> Vec<(f64, Vec<f64>)> {
    let mut stacks: Vec<(f64, Vec<f64>)> = Vec::new();
    for &value in values {
        let at = scale.at(value);
        match stacks.last_mut() {
            Some((left, of)) if at < *left + dot => of.push(value),
            _ => stacks.push((at, vec![value])),
        }
    }
    stacks
}

/// The largest dots with which no stack is too high.
fn dot_size(odds: &Odds, scale: &Scale) -> (f64, f64) {
    let mut dot = DOT.0;
    loop {
        let most = odds
            .rows
            .iter()
            .flat_map(|row| stacks(&row.values, scale, dot))
            .map(|(_, of)| of.len())
            .max()
            .unwrap_or(1);
        let height = most as f64 * dot;
        if height <= HIGHEST || dot <= DOT.1 {
            return (dot, height);
        }
        dot -= 0.5;
    }
}

/// The chart as an `<svg>` element.
pub(super) fn draw(figure: &Figure, paper: Paper) -> String {
    let Marks::Odds(odds) = &figure.marks else {
        return String::new();
    };
    let numbers = odds
        .rows
        .iter()
        .map(|row| VALUE.width(&row.label))
        .fold(COLUMN.width(&odds.column), f64::max);
    let names = odds
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.detail.as_str()));
    let mut columns = Columns::new(paper, names, numbers);
    let end = odds.ticks.last().map_or(1.0, |(value, _)| *value);
    let scale = Scale::linear((0.0, end), columns.plot);
    let (dot, height) = dot_size(odds, &scale);
    columns.band = height.max(24.0);
    columns.gap = 16.0;
    columns.lead = 6.0;
    let head = match paper {
        Paper::Wide => HEAD,
        Paper::Phone => 2.0 * HEAD - 4.0,
    };
    let rows: f64 = columns.labels.iter().map(|label| columns.step(label)).sum();
    let canvas = Canvas::new(figure, paper, head + rows + layout::AXIS);

    canvas.text(canvas.right(), canvas.top + 12.0, &odds.column, COLUMN);
    let (limit, words) = &odds.limit;
    let at = scale.at(*limit);
    let half = LIMIT.width(words) / 2.0;
    let (low, high) = match paper {
        Paper::Wide => (columns.plot.0, columns.plot.1),
        Paper::Phone => (paper.margin(), canvas.right()),
    };
    let centre = at.min(high - half).max(low + half);
    canvas.text(centre, canvas.top + head - 12.0, words, LIMIT.centre());

    let mut y = canvas.top + head;
    for (row, label) in odds.rows.iter().zip(&columns.labels) {
        for (value, _) in &odds.ticks {
            let (x, (from, to)) = (scale.at(*value), columns.grid(label, y));
            canvas.line(&[(x, from), (x, to)], theme::GRID, 1.0);
        }
        columns.label(&canvas, label, y);
        let baseline = columns.numbers_baseline(label, y);
        canvas.text(canvas.right(), baseline, &row.label, VALUE);
        let floor = columns.middle(label, y) + columns.band / 2.0;
        canvas.line(
            &[(columns.plot.0, floor), (columns.plot.1, floor)],
            theme::MUTED,
            1.0,
        );
        for (left, of) in stacks(&row.values, &scale, dot) {
            for (place, value) in of.iter().enumerate() {
                let centre = (left, floor - (place as f64 + 0.5) * dot);
                let radius = dot / 2.0 - 0.4;
                if value > limit {
                    canvas.circle(centre, radius, theme::SILENT);
                } else {
                    canvas.circle(centre, radius, theme::AWAKE);
                    canvas.circle(centre, radius * 0.52, theme::WHITE);
                }
            }
        }
        let (from, to) = columns.grid(label, y);
        canvas.dashed(
            (at, from.min(floor - columns.band)),
            (at, to.max(floor)),
            theme::INK,
            1.6,
        );
        y += columns.step(label);
    }
    layout::axis(&canvas, &odds.ticks, &scale, &odds.axis, y);
    canvas.finish()
}
