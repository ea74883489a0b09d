//! Silence curve: the publicly silent share for every window, one panel a channel.
//!
//! A panel is the bar of the stacked chart, drawn for every window at once: silent
//! from below, awake from above, and between them a band of what the data leave open.
//! Bands of several channels in one plot could not be told apart.

mod drawing;

use super::FigureKind;
use super::layout;
use crate::chart::csv::Cell;
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
    draw: drawing::draw,
};

/// Ticks of the axis, in days: what people count in.
const TICKS: [u32; 6] = [1, 7, 30, 180, 365, 1460];
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
        true => words.pick("probably ", "waarschijnlijk "),
        false => "",
    };
    let candidates = names.iter().flat_map(|name| {
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
    });
    // Who is silent for that long is silent for the study's window too.
    let short = words.pick(
        format!("One channel: {hedge}{extent} publicly silent"),
        format!("Eén kanaal: {hedge}{extent} openbaar stil"),
    );
    first_that_fits(candidates.chain([short]))
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
