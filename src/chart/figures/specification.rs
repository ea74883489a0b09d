//! Specification curve: the silent share of one channel under every defensible set of
//! choices, with the matrix of choices below. The share of specifications in which
//! something holds is no probability, and the figure never says so.

mod drawing;

use super::FigureKind;
use super::layout;
use crate::chart::csv::Cell;
use crate::model::figure::{ChoiceRows, Figure, Marks, SpecificationCurve, Table};
use crate::model::multiverse::{Axis, Outcome, Specification};
use crate::model::results::{Channel, Results};
use crate::wording::Words;
use crate::wording::claims::first_that_fits;

/// Its place in the list.
pub(super) const KIND: FigureKind = FigureKind {
    id: "specification",
    compose,
    numbers,
    draw: drawing::draw,
};

/// What one specification says of the channel.
struct Point<'a> {
    specification: &'a Specification,
    outcome: &'a Outcome,
    share: f64,
}

/// The channel with the largest share under the main specification, or the first one;
/// and its outcomes from the smallest share, those without a share left out.
fn curve(results: &Results) -> Option<(&Channel, Vec<Point<'_>>)> {
    let multiverse = results.multiverse.as_ref()?;
    let main = |channel: &Channel| {
        let spread = multiverse.any.iter().find(|s| s.channel == channel.id);
        spread.and_then(|spread| spread.main).unwrap_or(-1.0)
    };
    let with_points = results.channels.iter().filter_map(|channel| {
        let mut points: Vec<Point> = multiverse
            .grid
            .iter()
            .filter_map(|specification| {
                let outcome = specification
                    .outcomes
                    .iter()
                    .find(|outcome| outcome.channel == channel.id)?;
                let share = outcome.share.filter(|share| share.is_finite())?;
                Some(Point {
                    specification,
                    outcome,
                    share,
                })
            })
            .collect();
        points.sort_by(|a, b| a.share.total_cmp(&b.share));
        (!points.is_empty()).then_some((channel, points))
    });
    // The first of equals: `max_by` would take the last.
    with_points.reduce(|best, next| match main(next.0) > main(best.0) {
        true => next,
        false => best,
    })
}

/// The smallest and the largest limit of some outcomes.
fn range<'a>(points: impl Iterator<Item = &'a Point<'a>>) -> (f64, f64) {
    points.fold((1.0, 0.0), |(low, high), point| {
        (
            f64::min(low, point.outcome.lower),
            f64::max(high, point.outcome.upper),
        )
    })
}

fn title(results: &Results, channel: &Channel, range: (f64, f64), words: Words) -> String {
    let names = words.names_for_titles(results, channel);
    let Some(extent) = words.extent(range.0, range.1) else {
        return first_that_fits(names.iter().map(|name| {
            words.pick(
                format!("On {name}, the choices decide: any share is possible"),
                format!("Op {name} beslissen de keuzes: elk aandeel kan"),
            )
        }));
    };
    first_that_fits(names.iter().flat_map(|name| {
        words.pick(
            [
                format!("Whatever the choice: on {name}, {extent} are silent"),
                format!("{name}: {extent} silent, whatever the choice"),
            ],
            [
                format!("Welke keuze ook: op {name} is {extent} stil"),
                format!("{name}: {extent} stil, welke keuze ook"),
            ],
        )
    }))
}

/// The options of one choice in the order of the grid, with whether each point takes it.
fn rows(axis: Axis, results: &Results, points: &[Point], words: Words) -> ChoiceRows {
    let mut options: Vec<String> = Vec::new();
    let grid = results.multiverse.iter().flat_map(|m| &m.grid);
    for specification in grid {
        let option = words.choice_option(&specification.choice, axis);
        if !options.contains(&option) {
            options.push(option);
        }
    }
    ChoiceRows {
        heading: words.choice_heading(axis).to_owned(),
        options: options
            .into_iter()
            .map(|option| {
                let taken = points
                    .iter()
                    .map(|point| words.choice_option(&point.specification.choice, axis) == option)
                    .collect();
                (option, taken)
            })
            .collect(),
    }
}

fn compose(results: &Results, words: Words) -> Option<Figure> {
    let (channel, points) = curve(results)?;
    let study = &results.study;
    let all = range(points.iter());
    let title = title(results, channel, all, words);
    let level = words.level(study.level);
    let count = words.count(points.len() as u64);
    let what = words.pick(
        format!(
            "Share of silent followers on {} under {count} sets of choices, with {level} interval",
            channel.name
        ),
        format!(
            "Aandeel stille volgers op {} bij {count} combinaties van keuzes, met {level}-interval",
            channel.name
        ),
    );
    let place = words.place_and_date(study);
    let choices: Vec<ChoiceRows> = Axis::ALL
        .into_iter()
        .map(|axis| rows(axis, results, &points, words))
        .collect();
    let main = points
        .iter()
        .position(|point| point.specification.main)
        .zip(points.iter().find(|point| point.specification.main));
    let main_words = main.map(|(_, point)| {
        let share = words.percent(point.share);
        words.pick(
            format!("main choice: {share}"),
            format!("hoofdkeuze: {share}"),
        )
    });

    // Each option with the range of what is found under it.
    let mut table_rows = Vec::new();
    let mut said = Vec::new();
    for choice in &choices {
        for (option, taken) in &choice.options {
            let of = points.iter().zip(taken).filter(|(_, taken)| **taken);
            let (lower, upper) = range(of.map(|(point, _)| point));
            let cell = match lower <= upper {
                true => words.range_cells(lower, upper),
                false => "–".to_owned(),
            };
            said.push(format!("{}, {option}: {cell}%", choice.heading));
            table_rows.push(vec![choice.heading.clone(), option.clone(), cell]);
        }
    }
    let whole = words.range_percent(all.0, all.1);
    let main_said = main_words
        .as_ref()
        .map(|said| format!("; {said}"))
        .unwrap_or_default();
    Some(Figure {
        id: KIND.id.to_owned(),
        lang: words.tag().to_owned(),
        subtitle: format!("{what}. {place}"),
        alt: words.pick(
            format!("{title}. {count} sets of choices: {whole}{main_said}."),
            format!("{title}. {count} combinaties van keuzes: {whole}{main_said}."),
        ),
        description: format!(
            "{} {}.",
            words.pick(
                "Above, the share under each set of choices with its interval, from the \
                 smallest. Below, which options each set takes.",
                "Boven het aandeel bij elke combinatie van keuzes met het interval, van klein naar \
                 groot. Daaronder welke opties elke combinatie neemt.",
            ),
            said.join("; ")
        ),
        notes: vec![
            words
                .pick(
                    "From the smallest share to the largest. Dark below: the option is taken. \
                     Orange: the main choice, declared before any result.",
                    "Van het kleinste aandeel naar het grootste. Donker onder: deze optie is \
                     genomen. Oranje: de hoofdkeuze, vooraf vastgelegd.",
                )
                .to_owned(),
            words
                .pick(
                    "The choices are not equally plausible: this is not a probability.",
                    "De keuzes zijn niet even aannemelijk: dit is geen kans.",
                )
                .to_owned(),
            words.source(study),
        ],
        marks: Marks::Specification(SpecificationCurve {
            ticks: layout::ticks(all.1),
            outcomes: points
                .iter()
                .map(|point| (point.outcome.lower, point.share, point.outcome.upper))
                .collect(),
            main: main.map(|(place, _)| place).zip(main_words),
            choices,
        }),
        table: Table {
            caption: format!("{what}. {place}"),
            head: [
                words.pick("Choice", "Keuze"),
                words.pick("Option", "Optie"),
                words.pick("Smallest to largest (%)", "Kleinste tot grootste (%)"),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: table_rows,
        },
        title,
    })
}

fn numbers(results: &Results, words: Words) -> Vec<Vec<Cell>> {
    let values = words.pick(
        ["main", "channel", "share_%", "lower_%", "upper_%"],
        [
            "hoofdkeuze",
            "kanaal",
            "aandeel_%",
            "ondergrens_%",
            "bovengrens_%",
        ],
    );
    let head = Axis::ALL
        .into_iter()
        .map(|axis| Cell::text(words.choice_heading(axis)))
        .chain(values.map(Cell::text));
    let mut table = vec![head.collect()];
    let Some((channel, points)) = curve(results) else {
        return table;
    };
    table.extend(points.iter().map(|point| {
        let choice = &point.specification.choice;
        let main = match point.specification.main {
            true => words.pick("yes", "ja"),
            false => words.pick("no", "nee"),
        };
        Axis::ALL
            .into_iter()
            .map(|axis| Cell::text(words.choice_option(choice, axis)))
            .chain([
                Cell::text(main),
                Cell::text(&channel.name),
                Cell::Share(point.share),
                Cell::Lower(point.outcome.lower),
                Cell::Upper(point.outcome.upper),
            ])
            .collect()
    }));
    table
}
