//! The figures, one file each.

mod layout;
mod forest;
mod stacked;
mod curve;
mod cost;
mod specification;
mod trend;
mod odds;

use super::canvas::Paper;
use super::csv::Cell;
use crate::model::figure::Figure;
use crate::model::results::Results;
use crate::wording::Words;

/// A kind of figure.
pub struct FigureKind {
    /// Name of its files, without ending.
    pub id: &'static str,
    /// What it shows of these results; `None` when there is nothing to show.
    pub compose: fn(&Results, Words) -> Option<Figure>,
    /// The same numbers for machines; the first row heads the columns.
    pub numbers: fn(&Results, Words) -> Vec<Vec<Cell>>,
    /// The drawing, as an `<svg>` element.
    pub draw: fn(&Figure, Paper) -> String,
}

/// All figures, in the order of a briefing.
pub const FIGURES: &[FigureKind] = &[
    forest::KIND,
    stacked::KIND,
    curve::KIND,
    specification::KIND,
    trend::KIND,
    odds::KIND,
    cost::KIND,
];
