//! Silence curve: the publicly silent share for every window, one panel a channel.
//!
//! A panel is the bar of the stacked chart, drawn for every window at once: silent
//! from below, awake from above, and between them a band of what the data leave open.
//! Bands of several channels in one plot could not be told apart.

use super::FigureKind;
use super::layout::{self, Columns, Legend};
use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::csv::Cell;
use crate::chart::text::{Type, spread};
use crate::chart::theme;
use crate::model::figure::{Curve, CurveLine, Figure, Ink, Marks, Table};
use crate::model::results::{Channel, Results};
use crate::model::tally::State;
use crate::wording::Words;
use crate::wording::claims::first_that_fits;

/// Its place in the list.
pub(super) const KIND: FigureKind = FigureKind {
    id: "curve",
    compose,
    numbers,
    draw,
};

/// Ticks of the axis, in days: what people count in.
const TICKS: [u32; 6] = [1, 7, 30, 180, 365, 1460];
/// Ticks that may lack words on a narrow axis, in this order.
const DISPENSABLE: [u32; 2] = [180, 7];
/// The last day of the axis.
const LAST: u32 = 1460;

/// Limits of the silent share for a window.
///
/// The share falls with the window, so between two points it lies between them: the
/// lower limit is that of the next point, the upper limit that of the one before.
fn limits(results: &Results, channel: &Channel, window: u32) -> (f64, f64) {
    if window == results.study.window_days {
        return (channel.silent.lower, channel.silent.upper);
    }
    let next = channel.curve.iter().find(|p| p.window_days >= window);
    let before = channel.curve.iter().rfind(|p| p.window_days <= window);
    (
        next.map_or(0.0, |point| point.lower),
        before.map_or(1.0, |point| point.upper),
    )
}

fn channels(results: &Results) -> Vec<&Channel> {
    results
        .channels
        .iter()
        .filter(|channel| !channel.curve.is_empty())
        .collect()
}

/// The window that the title speaks of: a longer one than the study's own.
fn longer(window: u32) -> u32 {
    if window < 365 { 365 } else { LAST }
}

fn title(results: &Results, channels: &[&Channel], words: Words) -> String {
    let window = longer(results.study.window_days);
    let time = words.duration(window);
    let bounds = |channel: &Channel| limits(results, channel, window);
    let most = channels
        .iter()
        .max_by(|a, b| bounds(a).0.total_cmp(&bounds(b).0))
        .and_then(|channel| Some((channel, words.at_least_whole(bounds(channel).0)?)));
    let least = || {
        channels
            .iter()
            .min_by(|a, b| bounds(a).1.total_cmp(&bounds(b).1))
            .and_then(|channel| Some((channel, words.at_most_whole(bounds(channel).1)?)))
    };
    let Some((channel, extent)) = most.or_else(least) else {
        return words
            .pick(
                "The exports cannot show how long followers stay silent",
                "De exports laten niet zien hoe lang volgers stil zijn",
            )
            .to_owned();
    };
    let names = words.names_for_titles(results, channel);
    let hedge = match layout::sampled(channel) {
        true => words.pick("an estimated ", "naar schatting "),
        false => "",
    };
    first_that_fits(names.iter().flat_map(|name| {
        words.pick(
            [
                format!("On {name}, {hedge}{extent} publicly silent for {time}"),
                format!("{name}: {hedge}{extent} publicly silent for {time}"),
            ],
            [
                format!("Op {name} is {hedge}{extent} al {time} openbaar stil"),
                format!("{name}: {hedge}{extent} al {time} openbaar stil"),
            ],
        )
    }))
}

fn compose(results: &Results, words: Words) -> Option<Figure> {
    let study = &results.study;
    let channels = channels(results);
    if channels.is_empty() {
        return None;
    }
    let title = title(results, &channels, words);
    let window = words.days(study.window_days);
    let what = words.pick(
        "Share of publicly silent followers for every window, per channel",
        "Aandeel openbaar stille volgers bij elke grens, per kanaal",
    );
    let subtitle = format!("{what}. {}", words.place_and_date(study));

    let mut columns = TICKS.to_vec();
    if let Err(place) = columns.binary_search(&study.window_days) {
        columns.insert(place, study.window_days);
    }
    let ranges = |channel: &Channel| -> Vec<String> {
        columns
            .iter()
            .map(|&days| {
                let (lower, upper) = limits(results, channel, days);
                words.range_cells(lower, upper)
            })
            .collect()
    };
    let at_window: Vec<String> = channels
        .iter()
        .map(|channel| {
            let (lower, upper) = limits(results, channel, study.window_days);
            format!("{}: {}", channel.name, words.range_percent(lower, upper))
        })
        .collect();
    let everything: Vec<String> = channels
        .iter()
        .map(|channel| {
            let values: Vec<String> = columns
                .iter()
                .zip(ranges(channel))
                .map(|(&days, range)| format!("{} {range}%", words.duration(days)))
                .collect();
            format!("{}: {}", channel.name, values.join(", "))
        })
        .collect();
    Some(Figure {
        id: KIND.id.to_owned(),
        lang: words.tag().to_owned(),
        alt: words.pick(
            format!("{title}. Publicly silent for {window}: {}.", at_window.join("; ")),
            format!("{title}. Openbaar stil, {window}: {}.", at_window.join("; ")),
        ),
        description: format!(
            "{} {}.",
            words.pick(
                "One panel a channel, over windows from 1 day to 4 years on a logarithmic axis. \
                 From below the followers who are certainly silent, from above those who are \
                 awake, between them those of whom the data cannot say.",
                "Eén vak per kanaal, met grenzen van 1 dag tot 4 jaar op een logaritmische as. \
                 Onderaan de volgers die zeker openbaar stil zijn, bovenaan de actieve volgers, \
                 daartussen de volgers van wie we het niet weten.",
            ),
            everything.join("; ")
        ),
        notes: vec![
            words
                .pick(
                    "Choose a window on the axis and read upwards. A longer window means fewer silent \
                     followers. The axis is logarithmic.",
                    "Kies een grens op de as en lees omhoog. Een langere grens geeft minder stille \
                     volgers. De as is logaritmisch.",
                )
                .to_owned(),
            words
                .pick(
                    "Undetermined: the share of silent followers lies somewhere in this band.",
                    "Onbekend: het aandeel stille volgers ligt ergens in deze band.",
                )
                .to_owned(),
            words.source(study),
        ],
        marks: Marks::Curve(Curve {
            parts: [
                (Ink::Awake, State::Awake),
                (Ink::Undetermined, State::Undetermined),
                (Ink::Silent, State::Silent),
            ]
            .into_iter()
            .map(|(ink, state)| (ink, words.state_heading(state).to_owned()))
            .collect(),
            axis: words
                .pick(
                    "Time without a public sign of life",
                    "Tijd zonder openbaar teken van leven",
                )
                .to_owned(),
            column: words.pick(format!("Silent for {window}"), format!("{window} stil")),
            days: TICKS
                .iter()
                .map(|&days| (days, words.duration(days)))
                .collect(),
            ticks: [(0.0, "0"), (0.5, "50"), (1.0, "100%")]
                .map(|(value, text)| (value, text.to_owned()))
                .to_vec(),
            window: (
                study.window_days,
                words.pick(
                    format!("window of this study: {window}"),
                    format!("grens van dit onderzoek: {window}"),
                ),
            ),
            lines: channels
                .iter()
                .map(|channel| {
                    let (lower, upper) = limits(results, channel, study.window_days);
                    CurveLine {
                        name: channel.name.clone(),
                        detail: words.size_of(channel),
                        label: words.range_percent(lower, upper),
                        points: channel
                            .curve
                            .iter()
                            .map(|point| (point.window_days, point.lower, point.upper))
                            .collect(),
                    }
                })
                .collect(),
        }),
        table: Table {
            caption: format!("{subtitle}, {}", words.pick("in per cent", "in procenten")),
            head: std::iter::once(words.pick("Channel", "Kanaal").to_owned())
                .chain(columns.iter().map(|&days| words.duration(days)))
                .collect(),
            rows: channels
                .iter()
                .map(|channel| {
                    let mut row = vec![channel.name.clone()];
                    row.extend(ranges(channel));
                    row
                })
                .collect(),
        },
        subtitle,
        title,
    })
}

fn numbers(results: &Results, words: Words) -> Vec<Vec<Cell>> {
    let head = words.pick(
        ["channel", "window_days", "lower_%", "upper_%"],
        ["kanaal", "grens_dagen", "ondergrens_%", "bovengrens_%"],
    );
    let mut table = vec![head.map(Cell::text).to_vec()];
    for channel in channels(results) {
        table.extend(channel.curve.iter().map(|point| {
            vec![
                Cell::text(&channel.name),
                Cell::Count(point.window_days.into()),
                Cell::Lower(point.lower),
                Cell::Upper(point.upper),
            ]
        }));
    }
    table
}

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
/// Steps of less than a pixel are not drawn.
fn steps(line: &CurveLine, x: &Scale, y: &Scale) -> [Vec<(f64, f64)>; 2] {
    let mut limits = [Vec::new(), Vec::new()];
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
                if before == height {
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

fn draw(figure: &Figure, paper: Paper) -> String {
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
    canvas.finish()
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
    canvas.hatched(&closed(&upper, &lower));
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
