//! How the trend is drawn.

use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::figures::layout::{self, Columns};
use crate::chart::text::{Type, spread};
use crate::chart::theme;
use crate::model::figure::{Figure, Marks, Trend, TrendPanel, TrendPoint};

const VALUE: Type = Type::new(13.0).strong().right();
const TICK: Type = Type::new(12.0).muted();
/// Height of a panel over time.
const PANEL: f64 = 84.0;
/// Height of the two marks of a row.
const PAIR: f64 = 34.0;
/// Half the thickness of a hatched bar.
const HALF: f64 = 5.0;

/// The chart as an `<svg>` element.
pub(super) fn draw(figure: &Figure, paper: Paper) -> String {
    let Marks::Trend(trend) = &figure.marks else {
        return String::new();
    };
    let values = trend
        .panels
        .iter()
        .map(|panel| VALUE.width(&panel.label))
        .fold(0.0, f64::max);
    let names = trend
        .panels
        .iter()
        .map(|panel| (panel.name.as_str(), panel.detail.as_str()));
    let mut columns = Columns::new(paper, names, values);
    columns.band = if trend.two { PAIR } else { PANEL };
    columns.gap = if trend.two { 14.0 } else { 22.0 };
    columns.lead = 8.0;
    if !trend.two {
        let ticks = trend.ticks.iter().map(|(_, text)| TICK.width(text));
        columns.plot.0 += ticks.fold(0.0, f64::max) + 8.0;
        columns.plot.1 -= 8.0;
    }
    let below = if trend.two { layout::AXIS } else { 18.0 };
    let rows: f64 = columns.labels.iter().map(|label| columns.step(label)).sum();
    let canvas = Canvas::new(figure, paper, rows + below);
    let end = trend.ticks.last().map_or(1.0, |(value, _)| *value);

    let mut y = canvas.top;
    for (panel, label) in trend.panels.iter().zip(&columns.labels) {
        columns.label(&canvas, label, y);
        let baseline = columns.numbers_baseline(label, y);
        canvas.text(canvas.right(), baseline, &panel.label, VALUE);
        let middle = columns.middle(label, y);
        if trend.two {
            let scale = Scale::linear((0.0, end), columns.plot);
            for (value, _) in &trend.ticks {
                let (x, (from, to)) = (scale.at(*value), columns.grid(label, y));
                canvas.line(&[(x, from), (x, to)], theme::GRID, 1.0);
            }
            pair(&canvas, panel, &scale, middle);
        } else {
            let ends = (middle - PANEL / 2.0, middle + PANEL / 2.0);
            over_time(&canvas, trend, panel, columns.plot, ends);
        }
        y += columns.step(label);
    }
    if trend.two {
        let scale = Scale::linear((0.0, end), columns.plot);
        layout::axis(&canvas, &trend.ticks, &scale, &trend.axis, y);
    } else {
        dates(&canvas, trend, columns.plot, y - columns.gap / 2.0);
    }
    canvas.finish()
}

/// Both marks of a channel, the first date above, with a line from one to the other.
fn pair(canvas: &Canvas, panel: &TrendPanel, scale: &Scale, middle: f64) {
    let [before, after] = panel.points.as_slice() else {
        return;
    };
    let (above, below) = (middle - PAIR / 4.0, middle + PAIR / 4.0);
    let centre = |point: &TrendPoint| scale.at((point.lower + point.upper) / 2.0);
    let (from, to) = ((centre(before), above), (centre(after), below));
    if after.broken {
        canvas.dashed(from, to, theme::MUTED, 1.4);
    } else {
        canvas.line(&[from, to], theme::MUTED, 1.4);
    }
    for (point, y, colour) in [(before, above, theme::MUTED), (after, below, theme::SILENT)] {
        let (low, high) = (scale.at(point.lower), scale.at(point.upper));
        if high - low < 1.0 {
            canvas.circle((low, y), 5.5, colour);
        } else {
            bar(canvas, (low, y - HALF), (high, y + HALF));
        }
    }
}

/// A hatched bar by its corners.
fn bar(canvas: &Canvas, (left, top): (f64, f64), (right, bottom): (f64, f64)) {
    let outline = [
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ];
    canvas.hatched(&outline);
    canvas.line(&outline, theme::MUTED, 1.0);
}

/// One channel over time, between two heights.
fn over_time(
    canvas: &Canvas,
    trend: &Trend,
    panel: &TrendPanel,
    plot: (f64, f64),
    (top, bottom): (f64, f64),
) {
    let end = trend.ticks.last().map_or(1.0, |(value, _)| *value);
    let y = Scale::linear((0.0, end), (bottom, top));
    let x = Scale::linear((0.0, 1.0), plot);
    let last = trend.ticks.len().saturating_sub(1);
    for (place, (value, text)) in trend.ticks.iter().enumerate() {
        let height = y.at(*value);
        let colour = if place == 0 {
            theme::MUTED
        } else {
            theme::GRID
        };
        canvas.line(
            &[(plot.0 - HALF, height), (plot.1 + HALF, height)],
            colour,
            1.0,
        );
        // The ends alone have words: the panels are low.
        if place == 0 || place == last {
            canvas.text(
                plot.0 - HALF - 6.0,
                height + TICK.drop(),
                text,
                TICK.right(),
            );
        }
    }
    for two in panel.points.windows(2) {
        let [before, after] = two else { continue };
        let mut limits = vec![(before.lower, after.lower)];
        if before.upper > before.lower || after.upper > after.lower {
            limits.push((before.upper, after.upper));
        }
        for (from, to) in limits {
            let ends = ((x.at(before.at), y.at(from)), (x.at(after.at), y.at(to)));
            if after.broken {
                canvas.dashed(ends.0, ends.1, theme::SILENT, 1.8);
            } else {
                canvas.line(&[ends.0, ends.1], theme::SILENT, 1.8);
            }
        }
    }
    for point in &panel.points {
        let (at, low, high) = (x.at(point.at), y.at(point.lower), y.at(point.upper));
        if low - high < 1.0 {
            canvas.circle((at, low), 4.5, theme::SILENT);
        } else {
            bar(canvas, (at - HALF, high), (at + HALF, low));
        }
    }
}

/// The dates below a height: all of them where they fit, else the first and the last.
fn dates(canvas: &Canvas, trend: &Trend, plot: (f64, f64), bottom: f64) {
    let x = Scale::linear((0.0, 1.0), plot);
    let ends = match trend.dates.as_slice() {
        [first, .., last] => vec![first.clone(), last.clone()],
        few => few.to_vec(),
    };
    let limits = (plot.0 - 30.0, canvas.right());
    let placed = |ticks: &[(f64, String)]| {
        let wishes: Vec<(f64, f64)> = ticks
            .iter()
            .map(|(at, text)| (x.at(*at), TICK.width(text)))
            .collect();
        let centres = spread(&wishes, 10.0, limits);
        let room: f64 = wishes.iter().map(|(_, width)| width + 10.0).sum();
        (centres, room <= limits.1 - limits.0)
    };
    let (mut ticks, (mut centres, fits)) = (&trend.dates, placed(&trend.dates));
    let aside = centres
        .iter()
        .zip(ticks)
        .any(|(centre, (at, _))| (centre - x.at(*at)).abs() > 45.0);
    if !fits || aside {
        ticks = &ends;
        centres = placed(&ends).0;
    }
    for ((_, text), centre) in ticks.iter().zip(centres) {
        canvas.text(centre, bottom + 22.0, text, TICK.centre());
    }
}
