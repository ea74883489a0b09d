//! How the forest chart is drawn.

use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::figures::layout::{self, Columns};
use crate::chart::text::Type;
use crate::chart::theme;
use crate::model::figure::{Figure, ForestRow, Marks};
use plotters::style::RGBColor;

const HEADING: Type = Type::new(13.0).strong();
const HEADING_STEP: f64 = 18.0;
/// Height of the heading over the numbers.
const COLUMN_HEAD: f64 = 22.0;
const ESTIMATE: Type = Type::new(14.0).strong().right();
const INTERVAL: Type = Type::new(12.5).muted().right();

/// The chart as an `<svg>` element.
pub(in crate::chart::figures) fn draw(figure: &Figure, paper: Paper) -> String {
    let Marks::Forest(forest) = &figure.marks else {
        return String::new();
    };
    let width = |look: Type, text: &str| look.width(text);
    let widest = |look: Type, text: fn(&ForestRow) -> &str| {
        forest
            .rows
            .iter()
            .map(|row| width(look, text(row)))
            .fold(0.0, f64::max)
    };
    let interval = widest(INTERVAL, |row| &row.interval_text);
    let estimate = widest(ESTIMATE, |row| &row.estimate_text);
    let numbers = interval + if estimate > 0.0 { estimate + 10.0 } else { 0.0 };
    let columns = Columns::new(
        paper,
        forest
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.detail.as_str())),
        numbers,
    );

    let room = paper.width() - 2.0 * paper.margin();
    let headings: Vec<Vec<String>> = forest
        .rows
        .iter()
        .map(|row| HEADING.wrap(row.heading.as_deref().unwrap_or(""), room))
        .collect();
    // The first heading stands beside the heading of the numbers where both fit.
    let beside = match headings.first().map(Vec::as_slice) {
        Some([only]) => HEADING.width(only) + INTERVAL.width(&forest.column) + 24.0 <= room,
        _ => false,
    };
    let heads = |place: usize, lines: &[String]| match (place, lines.len()) {
        (_, 0) => 0.0,
        (0, _) if beside => 0.0,
        (0, lines) => lines as f64 * HEADING_STEP + 4.0,
        (_, lines) => lines as f64 * HEADING_STEP + 14.0,
    };
    let body = COLUMN_HEAD
        + headings
            .iter()
            .enumerate()
            .zip(&columns.labels)
            .map(|((place, lines), label)| heads(place, lines) + columns.step(label))
            .sum::<f64>()
        + layout::AXIS;
    let canvas = Canvas::new(figure, paper, body);
    let end = forest.ticks.last().map_or(1.0, |(value, _)| *value);
    let scale = Scale::linear((0.0, end), columns.plot);

    canvas.text(canvas.right(), canvas.top + 12.0, &forest.column, INTERVAL);
    let mut y = canvas.top + COLUMN_HEAD;
    let rows = forest.rows.iter().zip(&headings).zip(&columns.labels);
    for (place, ((row, heading), label)) in rows.enumerate() {
        y += heads(place, heading);
        for (above, line) in heading.iter().rev().enumerate() {
            let baseline = y - 10.0 - above as f64 * HEADING_STEP;
            canvas.text(paper.margin(), baseline, line, HEADING);
        }
        let step = columns.step(label);
        for (value, _) in &forest.ticks {
            let (x, colour, thick) = match *value {
                0.0 => (scale.at(0.0), theme::MUTED, 1.3),
                value => (scale.at(value), theme::GRID, 1.0),
            };
            let (from, to) = columns.grid(label, y);
            canvas.line(&[(x, from), (x, to)], colour, thick);
        }
        columns.label(&canvas, label, y);
        let middle = columns.middle(label, y);
        mark(&canvas, row, &scale, middle);
        let baseline = columns.numbers_baseline(label, y);
        canvas.text(canvas.right(), baseline, &row.interval_text, INTERVAL);
        if !row.estimate_text.is_empty() {
            let x = canvas.right() - interval - 10.0;
            canvas.text(x, baseline, &row.estimate_text, ESTIMATE);
        }
        y += step;
    }
    layout::axis(&canvas, &forest.ticks, &scale, &forest.axis, y);
    canvas.finish()
}

/// Point and intervals, or a hatched bar, around a height.
fn mark(canvas: &Canvas, row: &ForestRow, scale: &Scale, middle: f64) {
    let (from, to) = (scale.at(row.lower), scale.at(row.upper));
    let Some(point) = row.estimate else {
        // Limits that fall together still show.
        let to = to.max(from + 3.0);
        let outline = [
            (from, middle - 7.0),
            (to, middle - 7.0),
            (to, middle + 7.0),
            (from, middle + 7.0),
            (from, middle - 7.0),
        ];
        canvas.hatched(&outline);
        canvas.line(&outline, theme::MUTED, 1.0);
        if row.open {
            arrow(canvas, (to, middle), theme::MUTED);
        }
        return;
    };
    let colour = match row.highlighted {
        true => theme::SILENT,
        false => theme::INK,
    };
    canvas.line(&[(from, middle), (to, middle)], colour, 2.4);
    if row.open {
        arrow(canvas, (to, middle), colour);
    }
    if let Some((from, to)) = row.inner {
        canvas.line(
            &[(scale.at(from), middle), (scale.at(to), middle)],
            colour,
            7.0,
        );
    }
    let x = scale.at(point);
    if row.highlighted {
        let half = 9.0;
        canvas.polygon(
            &[
                (x - half, middle),
                (x, middle - half),
                (x + half, middle),
                (x, middle + half),
            ],
            colour,
        );
    } else {
        canvas.circle((x, middle), 6.5, colour);
    }
}

/// The head of an arrow that says: and further.
fn arrow(canvas: &Canvas, (x, y): (f64, f64), colour: RGBColor) {
    canvas.polygon(&[(x, y - 6.0), (x + 9.0, y), (x, y + 6.0)], colour);
}
