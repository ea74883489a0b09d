//! How the silence curves are drawn.

use super::LAST;
use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::figures::layout::{self, Columns, Legend};
use crate::chart::text::{Type, spread};
use crate::chart::theme;
use crate::model::figure::{Curve, CurveLine, Figure, Marks};

/// Ticks that may lack words on a narrow axis, in this order.
const DISPENSABLE: [u32; 2] = [180, 7];

const VALUE: Type = Type::new(13.0).strong().right();
const COLUMN: Type = Type::new(12.5).muted().right();
const TICK: Type = Type::new(12.0).muted();
const WINDOW: Type = Type::new(12.0).centre();
/// Height of a panel.
const PANEL: f64 = 74.0;
/// Height of the line with the words for the study's window, over its line.
const WINDOW_STEP: f64 = 25.0;
/// Height of a line of words above the panels.
const HEAD_STEP: f64 = 19.0;

/// The corners of the limits as steps: a value holds from its window to the next one.
///
/// Steps of less than a pixel aside, or a quarter of one down, are not drawn.
fn steps(line: &CurveLine, x: &Scale, y: &Scale) -> [Vec<(f64, f64)>; 2] {
    let mut limits: [Vec<(f64, f64)>; 2] = [Vec::new(), Vec::new()];
    let mut drawn = f64::NEG_INFINITY;
    let end = x.at(f64::from(LAST));
    for &(days, lower, upper) in &line.points {
        if days == 0 || days > LAST {
            continue;
        }
        let at = x.at(f64::from(days));
        if at - drawn < 1.0 {
            continue;
        }
        drawn = at;
        for (corners, value) in limits.iter_mut().zip([lower, upper]) {
            let height = y.at(value.clamp(0.0, 1.0));
            if let Some(&(_, before)) = corners.last() {
                if f64::abs(before - height) < 0.25 {
                    continue;
                }
                corners.push((at, before));
            }
            corners.push((at, height));
        }
    }
    for corners in &mut limits {
        if let Some(&(_, before)) = corners.last() {
            corners.push((end, before));
        }
    }
    limits
}

/// The chart as an `<svg>` element.
pub(super) fn draw(figure: &Figure, paper: Paper) -> String {
    let Marks::Curve(curve) = &figure.marks else {
        return String::new();
    };
    let values = curve
        .lines
        .iter()
        .map(|line| VALUE.width(&line.label))
        .fold(COLUMN.width(&curve.column), f64::max);
    let names = curve
        .lines
        .iter()
        .map(|line| (line.name.as_str(), line.detail.as_str()));
    let mut columns = Columns::new(paper, names, values);
    columns.band = PANEL;
    columns.gap = 19.0;
    columns.lead = 9.0;
    // Room for the ticks of the shares.
    let ticks = curve
        .ticks
        .iter()
        .map(|(_, text)| TICK.width(text))
        .fold(0.0, f64::max);
    columns.plot.0 += ticks + 2.0;
    if paper == Paper::Wide {
        columns.plot.1 += 10.0;
    }
    let head = Head::new(curve, paper, columns.plot);
    let rows: f64 = columns.labels.iter().map(|label| columns.step(label)).sum();
    let above = match paper {
        // The first row begins with its half of the white between rows.
        Paper::Wide => head.height - columns.gap / 2.0,
        Paper::Phone => head.height,
    };
    let below = match paper {
        Paper::Wide => columns.gap / 2.0,
        Paper::Phone => columns.gap,
    };
    let canvas = Canvas::new(figure, paper, above + rows - below + layout::AXIS);
    let x = Scale::log((1.0, f64::from(LAST)), columns.plot);

    head.draw(&canvas, curve);
    let mut y = canvas.top + above;
    let mut panels = Vec::with_capacity(curve.lines.len());
    for (line, label) in curve.lines.iter().zip(&columns.labels) {
        columns.label(&canvas, label, y);
        let middle = columns.middle(label, y);
        let ends = (middle - PANEL / 2.0, middle + PANEL / 2.0);
        panel(&canvas, curve, line, &x, ends);
        let baseline = columns.numbers_baseline(label, y);
        canvas.text(canvas.right(), baseline, &line.label, VALUE);
        panels.push(ends);
        y += columns.step(label);
    }
    window(&canvas, curve, &x, columns.plot, &panels);
    let bottom = panels.last().map_or(y, |panel| panel.1);
    time_axis(&canvas, curve, &x, bottom);
    let ends = panels.first().map_or(bottom, |panel| panel.0);
    // Where the axis lies, for a page that reads the curve at any window.
    let plot = format!(
        " data-plot=\"{:.1} {:.1} {ends:.1} {bottom:.1}\" viewBox=",
        columns.plot.0, columns.plot.1
    );
    canvas.finish().replacen(" viewBox=", &plot, 1)
}

/// What stands above the panels: the parts, the heading of the numbers, and on a
/// telephone the study's window, which elsewhere stands over its line.
struct Head<'a> {
    legend: Legend<'a>,
    plot: (f64, f64),
    height: f64,
}

impl<'a> Head<'a> {
    fn new(curve: &'a Curve, paper: Paper, plot: (f64, f64)) -> Self {
        let plot = match paper {
            Paper::Wide => plot,
            Paper::Phone => (paper.margin(), paper.width() - paper.margin()),
        };
        let legend = Legend::new(&curve.parts, None, plot);
        let lines = match paper {
            Paper::Wide => WINDOW_STEP,
            Paper::Phone => 2.0 * HEAD_STEP + 6.0,
        };
        let height = legend.height + lines;
        Self {
            legend,
            plot,
            height,
        }
    }

    fn draw(&self, canvas: &Canvas, curve: &Curve) {
        self.legend.draw(canvas, canvas.top);
        let mut heading = canvas.top + 12.0;
        if canvas.paper == Paper::Phone {
            let baseline = heading + self.legend.height;
            if (1..=LAST).contains(&curve.window.0) {
                let x = self.plot.0 + 5.0;
                canvas.dashed((x, baseline - 12.0), (x, baseline + 2.0), theme::INK, 1.6);
                let look = WINDOW.left();
                canvas.text(self.plot.0 + 17.0, baseline, &curve.window.1, look);
            }
            heading = baseline + HEAD_STEP;
        }
        canvas.text(canvas.right(), heading, &curve.column, COLUMN);
    }
}

/// One channel between two heights.
fn panel(canvas: &Canvas, curve: &Curve, line: &CurveLine, x: &Scale, (top, bottom): (f64, f64)) {
    let y = Scale::linear((0.0, 1.0), (bottom, top));
    let [lower, upper] = steps(line, x, &y);
    let (Some(&(left, _)), Some(&(right, _))) = (lower.first(), lower.last()) else {
        return;
    };
    let closed = |over: &[(f64, f64)], under: &[(f64, f64)]| -> Vec<(f64, f64)> {
        over.iter().chain(under.iter().rev()).copied().collect()
    };
    let (ceiling, floor) = (
        [(left, top), (right, top)],
        [(left, bottom), (right, bottom)],
    );
    canvas.polygon(&closed(&ceiling, &upper), theme::AWAKE);
    // Down to the floor: what is silent is drawn over it.
    canvas.hatched(&closed(&upper, &floor));
    canvas.polygon(&closed(&lower, &floor), theme::SILENT);
    for (value, text) in &curve.ticks {
        let height = y.at(*value);
        let left = x.at(1.0);
        canvas.line(&[(left - 4.0, height), (left, height)], theme::MUTED, 1.0);
        canvas.text(left - 7.0, height + TICK.drop(), text, TICK.right());
    }
}

/// The dashed line of the study's window. On a wide sheet it runs through all panels,
/// with its words above; on a telephone names stand between the panels.
fn window(canvas: &Canvas, curve: &Curve, x: &Scale, plot: (f64, f64), panels: &[(f64, f64)]) {
    let (days, words) = &curve.window;
    let (Some(&(top, _)), Some(&(_, bottom))) = (panels.first(), panels.last()) else {
        return;
    };
    if !(1..=LAST).contains(days) {
        return;
    }
    let at = x.at(f64::from(*days));
    for &(top, bottom) in panels {
        canvas.line(&[(at, top), (at, bottom)], theme::WHITE, 3.4);
        if canvas.paper == Paper::Phone {
            canvas.dashed((at, top), (at, bottom), theme::INK, 1.6);
        }
    }
    if canvas.paper == Paper::Wide {
        let half = WINDOW.width(words) / 2.0;
        let centre = at.min(plot.1 - half).max(plot.0 + half);
        canvas.text(centre, top - 9.0, words, WINDOW);
        canvas.dashed((at, top - 5.0), (at, bottom), theme::INK, 1.6);
    }
}

/// Ticks of the time below a height. Words that would touch move a little aside; where
/// that is not enough, the least needed are left out.
fn time_axis(canvas: &Canvas, curve: &Curve, x: &Scale, bottom: f64) {
    /// How far words may stand beside their tick.
    const ASIDE: f64 = 7.0;
    let mut ticks: Vec<(u32, f64, &str)> = curve
        .days
        .iter()
        .map(|(days, text)| (*days, x.at(f64::from(*days)), text.as_str()))
        .collect();
    let (Some(&(_, left, _)), Some(&(_, right, _))) = (ticks.first(), ticks.last()) else {
        return;
    };
    for &(_, at, _) in &ticks {
        canvas.line(&[(at, bottom), (at, bottom + 5.0)], theme::MUTED, 1.0);
    }
    let mut dispensable = DISPENSABLE.iter();
    let centres = loop {
        let wishes: Vec<(f64, f64)> = ticks
            .iter()
            .map(|&(_, at, text)| (at, TICK.width(text)))
            .collect();
        let centres = spread(&wishes, 8.0, (left - 40.0, canvas.paper.width() - 3.0));
        let aside = |(centre, (at, _)): (&f64, &(f64, f64))| (centre - at).abs() > ASIDE;
        if !centres.iter().zip(&wishes).any(aside) {
            break centres;
        }
        let Some(days) = dispensable.next() else {
            break centres;
        };
        ticks.retain(|(other, ..)| other != days);
    };
    for (&(_, _, text), centre) in ticks.iter().zip(centres) {
        canvas.text(centre, bottom + 19.0, text, TICK.centre());
    }
    canvas.text(
        (left + right) / 2.0,
        bottom + 39.0,
        &curve.axis,
        TICK.centre(),
    );
}
