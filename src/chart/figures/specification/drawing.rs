//! How the specification curve is drawn.

use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::text::Type;
use crate::chart::theme;
use crate::model::figure::{Figure, Marks, SpecificationCurve};

const TICK: Type = Type::new(12.0).muted().right();
const HEADING: Type = Type::new(12.5).strong();
const OPTION: Type = Type::new(12.0);
const MAIN: Type = Type::new(13.0).strong().colour(theme::SILENT_TEXT);
/// Height of the curve, without the line for the words of the main choice.
const CURVE: f64 = 150.0;
/// Height of that line.
const MAIN_STEP: f64 = 20.0;
/// Height of an option, white above a choice, and height of a bar in an option.
const STEP: f64 = 16.5;
const GAP: f64 = 7.0;
const BAR: f64 = 9.0;
/// Height of the heading of a choice where it stands above its options.
const HEADING_STEP: f64 = 18.0;

/// The chart as an `<svg>` element.
pub(super) fn draw(figure: &Figure, paper: Paper) -> String {
    let Marks::Specification(curve) = &figure.marks else {
        return String::new();
    };
    let widest = |look: Type, texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| look.width(text)).fold(0.0, f64::max)
    };
    let options = widest(
        OPTION,
        &mut curve
            .choices
            .iter()
            .flat_map(|choice| choice.options.iter().map(|(option, _)| option.as_str())),
    );
    let headings = widest(
        HEADING,
        &mut curve.choices.iter().map(|choice| choice.heading.as_str()),
    );
    // Beside its options on a wide sheet, above them on a telephone.
    let beside = paper == Paper::Wide;
    let left = paper.margin() + options + 10.0 + if beside { headings + 16.0 } else { 0.0 };
    let plot = (left, paper.width() - paper.margin());
    let heading = if beside { 0.0 } else { HEADING_STEP };
    let matrix: f64 = curve
        .choices
        .iter()
        .map(|choice| GAP + heading + choice.options.len() as f64 * STEP)
        .sum();
    let canvas = Canvas::new(figure, paper, MAIN_STEP + CURVE + 12.0 + matrix);
    outcomes(&canvas, curve, plot);

    let mut y = canvas.top + MAIN_STEP + CURVE + 12.0;
    for choice in &curve.choices {
        y += GAP;
        let baseline = y + STEP / 2.0 + HEADING.drop();
        canvas.text(paper.margin(), baseline, &choice.heading, HEADING);
        y += heading;
        for (option, taken) in &choice.options {
            let middle = y + STEP / 2.0;
            let baseline = middle + OPTION.drop();
            canvas.text(plot.0 - 10.0, baseline, option, OPTION.right());
            row(&canvas, curve, taken, plot, middle);
            y += STEP;
        }
    }
    canvas.finish()
}

/// From where to where an outcome stands.
fn column(place: usize, count: usize, (left, right): (f64, f64)) -> (f64, f64) {
    let width = (right - left) / count.max(1) as f64;
    let from = left + place as f64 * width;
    (from, from + width)
}

/// Intervals, shares, and the main choice, on an axis of shares.
fn outcomes(canvas: &Canvas, curve: &SpecificationCurve, plot: (f64, f64)) {
    let (top, bottom) = (canvas.top + MAIN_STEP, canvas.top + MAIN_STEP + CURVE);
    let end = curve.ticks.last().map_or(1.0, |(value, _)| *value);
    let y = Scale::linear((0.0, end), (bottom, top));
    for (value, text) in &curve.ticks {
        let height = y.at(*value);
        let colour = if *value > 0.0 {
            theme::GRID
        } else {
            theme::MUTED
        };
        canvas.line(&[(plot.0, height), (plot.1, height)], colour, 1.0);
        canvas.text(plot.0 - 8.0, height + TICK.drop(), text, TICK);
    }
    let count = curve.outcomes.len();
    let mut intervals = Vec::with_capacity(count);
    let mut shares: Vec<[(f64, f64); 2]> = Vec::new();
    for (place, &(lower, share, upper)) in curve.outcomes.iter().enumerate() {
        let (from, to) = column(place, count, plot);
        let middle = (from + to) / 2.0;
        intervals.push([(middle, y.at(lower)), (middle, y.at(upper))]);
        let height = y.at(share);
        // Equal shares beside each other are one line.
        match shares.last_mut() {
            Some([(_, before), last]) if f64::abs(*before - height) < 0.05 => last.0 = to,
            _ => shares.push([(from, height), (to, height)]),
        }
    }
    let width = (plot.1 - plot.0) / count.max(1) as f64;
    canvas.segments(&intervals, theme::INTERVAL, (width * 0.7).clamp(0.6, 5.0));
    canvas.segments(&shares, theme::AWAKE, 3.0);

    let Some((place, words)) = &curve.main else {
        return;
    };
    let Some(&(lower, share, upper)) = curve.outcomes.get(*place) else {
        return;
    };
    let (from, to) = column(*place, count, plot);
    let x = (from + to) / 2.0;
    let half = MAIN.width(words) / 2.0;
    let centre = x.min(plot.1 - half).max(plot.0 + half);
    canvas.text(centre, canvas.top + 12.0, words, MAIN.centre());
    // A thread from the words to the mark.
    canvas.line(&[(x, top - 3.0), (x, y.at(upper))], theme::SILENT, 1.0);
    canvas.line(&[(x, y.at(lower)), (x, y.at(upper))], theme::SILENT, 2.6);
    let (middle, size) = (y.at(share), 6.5);
    canvas.polygon(
        &[
            (x - size, middle),
            (x, middle - size),
            (x + size, middle),
            (x, middle + size),
        ],
        theme::SILENT,
    );
}

/// Where an option is taken, on a pale thread.
fn row(canvas: &Canvas, curve: &SpecificationCurve, taken: &[bool], plot: (f64, f64), y: f64) {
    canvas.line(&[(plot.0, y), (plot.1, y)], theme::GRID, 1.0);
    let count = curve.outcomes.len();
    let mut runs: Vec<[(f64, f64); 2]> = Vec::new();
    let mut before = false;
    for (place, &taken) in taken.iter().enumerate() {
        let (from, to) = column(place, count, plot);
        match runs.last_mut() {
            Some([_, last]) if taken && before => last.0 = to,
            _ if taken => runs.push([(from, y), (to, y)]),
            _ => {}
        }
        before = taken;
    }
    canvas.segments(&runs, theme::AWAKE, BAR);
    if let Some((place, _)) = &curve.main
        && taken.get(*place) == Some(&true)
    {
        let (from, to) = column(*place, count, plot);
        let x = (from + to) / 2.0;
        let half = ((to - from) / 2.0).max(1.8);
        // White around it keeps it apart from its neighbours in grey too.
        canvas.segments(
            &[[(x - half - 1.2, y), (x + half + 1.2, y)]],
            theme::WHITE,
            BAR + 3.0,
        );
        canvas.segments(&[[(x - half, y), (x + half, y)]], theme::SILENT, BAR + 3.0);
    }
}
