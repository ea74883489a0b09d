//! Stacked bars: what the data show of the followers of each channel.

mod drawing;

use super::FigureKind;
use super::layout;
use crate::chart::csv::Cell;
use crate::model::evidence::Design;
use crate::model::figure::{Figure, Ink, Marks, Stacked, StackedBar, Table};
use crate::model::results::{Channel, Results};
use crate::model::share::Method;
use crate::model::tally::State;
use crate::wording::Words;
use crate::wording::claims::first_that_fits;

/// Its place in the list.
pub(super) const KIND: FigureKind = FigureKind {
    id: "stacked",
    compose,
    numbers,
    draw: drawing::draw,
};

/// The parts, from left to right.
const PARTS: [(Ink, State); 4] = [
    (Ink::Awake, State::Awake),
    (Ink::Silent, State::Silent),
    (Ink::Undetermined, State::Undetermined),
    (Ink::Gone, State::Gone),
];
const UNDETERMINED: usize = 2;

/// One bar: followers per part, and what was done to them.
struct Bar<'a> {
    channel: &'a Channel,
    parts: [u64; 4],
    /// Followers that are not on the list, counted as undetermined.
    unlisted: u64,
    /// Whether parts that are hidden are counted as undetermined.
    folded: bool,
}

impl<'a> Bar<'a> {
    /// The bar of a channel; `None` when it has neither a list nor a counter, or its
    /// shares are not published.
    fn of(channel: &'a Channel) -> Option<Self> {
        if channel.silent.method == Method::Suppressed {
            return None;
        }
        let counts = channel.counts.folded(channel.listed);
        let mut parts = counts.to_array();
        let unlisted = match channel.design {
            // A census differs from the counter by accounts that nobody can list; a
            // sample stands for everybody.
            Design::Census if channel.listed > 0 => 0,
            Design::Srs => 0,
            Design::Census | Design::Newest | Design::Unknown => channel
                .followers
                .unwrap_or(0)
                .saturating_sub(counts.listed()),
        };
        parts[UNDETERMINED] += unlisted;
        (parts.iter().sum::<u64>() > 0).then_some(Self {
            channel,
            parts,
            unlisted,
            folded: channel.counts.suppressed,
        })
    }

    /// The share of each part; they add up to 1.
    fn shares(&self) -> [f64; 4] {
        let all = self.parts.iter().sum::<u64>() as f64;
        self.parts.map(|part| part as f64 / all)
    }
}

fn bars(results: &Results) -> Vec<Bar<'_>> {
    results.channels.iter().filter_map(Bar::of).collect()
}

fn title(results: &Results, bars: &[Bar], words: Words) -> String {
    let largest = |part: usize| {
        bars.iter()
            .map(|bar| (bar, bar.shares()[part]))
            .max_by(|(_, a), (_, b)| a.total_cmp(b))
    };
    let days = words.days(results.study.window_days);
    if let Some((bar, share)) = largest(UNDETERMINED).filter(|(_, share)| *share >= 0.5) {
        let names = words.names_for_titles(results, bar.channel);
        let share = words.percent_whole(share);
        let share = match share.strip_prefix('>') {
            Some(share) => format!("{} {share}", words.pick("more than", "meer dan")),
            None => share,
        };
        let share = match layout::sampled(bar.channel) {
            true => format!("{} {share}", words.pick("about", "ongeveer")),
            false => share,
        };
        return first_that_fits(names.iter().flat_map(|name| {
            let of = words.followers_of(name);
            words.pick(
                [
                    format!("Activity is unknown for {share} of {of}"),
                    format!("{name}: activity unknown for {share}"),
                ],
                [
                    format!("Van {share} van {of} is de activiteit onbekend"),
                    format!("{name}: van {share} is de activiteit onbekend"),
                ],
            )
        }));
    }
    let silent = largest(1).and_then(|(bar, share)| {
        // A sample has a share of its own; what holds for all is its lower limit.
        let certain = match layout::sampled(bar.channel) {
            true => share.min(bar.channel.silent.lower),
            false => share,
        };
        Some((bar, words.at_least_whole(certain)?))
    });
    let Some((bar, at_least)) = silent else {
        return words
            .pick(
                "No channel shows followers that are publicly silent",
                "Geen kanaal laat volgers zien die openbaar stil zijn",
            )
            .to_owned();
    };
    let names = words.names_for_titles(results, bar.channel);
    let hedge = match layout::sampled(bar.channel) {
        true => words.pick("probably ", "waarschijnlijk "),
        false => "",
    };
    first_that_fits(names.iter().flat_map(|name| {
        words.pick(
            [
                format!("On {name}, {hedge}{at_least} publicly silent for {days}"),
                format!("{name}: {hedge}{at_least} publicly silent"),
            ],
            [
                format!("Op {name} is {hedge}{at_least} al {days} openbaar stil"),
                format!("{name}: {hedge}{at_least} openbaar stil"),
            ],
        )
    }))
}

fn compose(results: &Results, words: Words) -> Option<Figure> {
    let study = &results.study;
    let bars = bars(results);
    if bars.is_empty() {
        return None;
    }
    let title = title(results, &bars, words);
    // A part that no channel has needs no heading and no column.
    let shown: Vec<(usize, Ink, State)> = PARTS
        .iter()
        .enumerate()
        .filter(|(place, _)| bars.iter().any(|bar| bar.parts[*place] > 0))
        .map(|(place, &(ink, state))| (place, ink, state))
        .collect();
    let what = words.pick(
        "Followers per channel by activity, in per cent",
        "Volgers per kanaal naar activiteit, in procenten",
    );
    let subtitle = format!("{what}. {}", words.place_and_date(study));

    let said: Vec<String> = bars
        .iter()
        .map(|bar| {
            let shares = bar.shares();
            let parts: Vec<String> = shown
                .iter()
                .filter(|(place, ..)| shares[*place] > 0.0)
                .map(|(place, _, state)| {
                    format!("{} {}", words.state(*state), words.percent(shares[*place]))
                })
                .collect();
            format!("{}: {}", bar.channel.name, parts.join(", "))
        })
        .collect();
    let head: Vec<String> = [
        words.pick("Channel", "Kanaal"),
        words.pick("Followers", "Volgers"),
    ]
    .into_iter()
    .map(str::to_owned)
    .chain(
        shown
            .iter()
            .map(|(_, _, state)| format!("{} (%)", words.state_heading(*state))),
    )
    .collect();
    let cells = |bar: &Bar| {
        let shares = bar.shares();
        [
            bar.channel.name.clone(),
            layout::followers(bar.channel, words),
        ]
        .into_iter()
        .chain(
            shown
                .iter()
                .map(|(place, ..)| words.percent_bare(shares[*place])),
        )
        .collect()
    };
    Some(Figure {
        id: KIND.id.to_owned(),
        lang: words.tag().to_owned(),
        alt: format!("{title}. {}.", said.join("; ")),
        description: format!(
            "{} {}.",
            words.pick(
                "One bar a channel, as long as all its followers, divided into what the data show.",
                "Eén balk per kanaal, zo lang als al zijn volgers, verdeeld naar wat de gegevens \
                 laten zien.",
            ),
            said.join("; ")
        ),
        notes: notes(results, &bars, &shown, words),
        marks: Marks::Stacked(Stacked {
            parts: shown
                .iter()
                .map(|(_, ink, state)| (*ink, words.state_heading(*state).to_owned()))
                .collect(),
            bars: bars
                .iter()
                .map(|bar| {
                    let shares = bar.shares();
                    let shares: Vec<f64> = shown.iter().map(|(p, ..)| shares[*p]).collect();
                    StackedBar {
                        name: bar.channel.name.clone(),
                        detail: words.size_of(bar.channel),
                        labels: shares
                            .iter()
                            .map(|&share| match share {
                                0.0 => String::new(),
                                share => words.percent(share),
                            })
                            .collect(),
                        shares,
                    }
                })
                .collect(),
        }),
        table: Table {
            caption: subtitle.clone(),
            head,
            rows: bars.iter().map(cells).collect(),
        },
        subtitle,
        title,
    })
}

fn notes(
    results: &Results,
    bars: &[Bar],
    shown: &[(usize, Ink, State)],
    words: Words,
) -> Vec<String> {
    let days = words.days(results.study.window_days);
    let has = |state: State| shown.iter().any(|(_, _, other)| *other == state);
    let mut notes = Vec::new();
    if has(State::Awake) {
        notes.push(words.pick(
            format!("Awake: a public sign of life within {days}."),
            format!("Actief: een openbaar teken van leven in de laatste {days}."),
        ));
    }
    if has(State::Silent) {
        notes.push(words.meaning_of_silent(results.study.window_days));
    }
    if has(State::Undetermined) {
        notes.push(words.meaning_of_undetermined().to_owned());
    }
    if has(State::Gone) {
        notes.push(
            words
                .pick(
                    "Gone: suspended, deleted or moved.",
                    "Verdwenen: geschorst, verwijderd of verhuisd.",
                )
                .to_owned(),
        );
    }
    let unlisted: Vec<&str> = bars
        .iter()
        .filter(|bar| bar.unlisted > 0)
        .map(|bar| bar.channel.name.as_str())
        .collect();
    if !unlisted.is_empty() {
        let on = words.list(&unlisted);
        notes.push(words.pick(
            format!("On {on}, followers who are not on the list count as undetermined."),
            format!("Op {on} tellen volgers die niet op de lijst staan als onbekend."),
        ));
    }
    if bars.iter().any(|bar| bar.folded) {
        notes.push(
            words
                .pick(
                    "Groups of fewer than 10 followers count as undetermined.",
                    "Groepen van minder dan 10 volgers tellen als onbekend.",
                )
                .to_owned(),
        );
    }
    notes.push(words.source(&results.study));
    notes
}

fn numbers(results: &Results, words: Words) -> Vec<Vec<Cell>> {
    let head = words.pick(
        [
            "channel",
            "followers",
            "awake_%",
            "publicly_silent_%",
            "undetermined_%",
            "gone_%",
        ],
        [
            "kanaal",
            "volgers",
            "actief_%",
            "openbaar_stil_%",
            "onbekend_%",
            "verdwenen_%",
        ],
    );
    let mut table = vec![head.map(Cell::text).to_vec()];
    table.extend(bars(results).iter().map(|bar| {
        let mut row = vec![
            Cell::text(&bar.channel.name),
            bar.channel.followers.map_or(Cell::Empty, Cell::Count),
        ];
        row.extend(bar.shares().map(Cell::Share));
        row
    }));
    table
}

#[cfg(test)]
mod tests {
    use super::Bar;
    use crate::chart::cases;
    use crate::model::platform::Platform;
    use crate::model::published::StateCounts;
    use crate::model::share::Method;
    use crate::model::tally::Counts;

    #[test]
    fn what_is_hidden_is_drawn_as_undetermined() {
        let mut channel = cases::channel("X", Platform::X, [100, 200, 300, 9]);
        channel.counts = StateCounts::published(Counts {
            awake: 100,
            silent: 200,
            undetermined: 300,
            gone: 9,
        });
        let bar = Bar::of(&channel).unwrap();
        assert_eq!((bar.parts, bar.folded), ([100, 200, 309, 0], true));
        channel.silent.method = Method::Suppressed;
        assert!(Bar::of(&channel).is_none());
    }
}
