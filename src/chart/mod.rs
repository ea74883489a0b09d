//! Figures: composed from results into finished strings and marks, then drawn.
//!
//! Two steps a figure, so that nothing is computed while drawing and the same
//! strings feed the picture, its table and its description:
//!
//! 1. `compose`: [`Results`] to [`Figure`], with a title that holds for the interval.
//! 2. `draw`: [`Figure`] to SVG, and from that to PNG ([`png::png`]).
//!
//! [`figures::FIGURES`] lists them all; a new figure is one file there, its line in
//! that list, and its marks in [`crate::model::figure`].

pub mod theme;
pub mod csv;
pub mod png;
pub mod figures;
mod svg;
mod text;
mod canvas;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod tests;

pub use canvas::Paper;
pub use figures::{FIGURES, FigureKind};
pub use png::png;

use crate::model::figure::{Drawn, Figure};
use crate::model::results::Results;
use crate::wording::Words;

/// All figures that the results give reason for, in the order of the list.
///
/// The same results give the same bytes.
pub fn draw_all(results: &Results, words: Words) -> Vec<Drawn> {
    FIGURES
        .iter()
        .filter_map(|kind| (kind.compose)(results, words))
        .map(|figure| Drawn {
            svg: draw(&figure, Paper::Wide),
            narrow: draw(&figure, Paper::Phone),
            figure,
        })
        .collect()
}

/// The drawing of a figure for a paper: an `<svg>` element without XML declaration.
///
/// A figure that no file here composed gives an empty text.
pub fn draw(figure: &Figure, paper: Paper) -> String {
    match FIGURES.iter().find(|kind| kind.id == figure.id) {
        Some(kind) => (kind.draw)(figure, paper),
        None => String::new(),
    }
}

/// The numbers of a figure as CSV in the signs of the language.
///
/// Where nothing is hidden, a last column says so in every row.
pub fn numbers(kind: &FigureKind, results: &Results, words: Words) -> String {
    let mut rows = (kind.numbers)(results, words);
    if results.study.internal {
        for row in &mut rows {
            row.push(csv::Cell::text(words.internal()));
        }
    }
    csv::csv(&rows, words)
}
