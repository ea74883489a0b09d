//! How the stacked bars are drawn.

use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::figures::layout::{Columns, Legend};
use crate::chart::text::{Type, spread};
use crate::chart::theme;
use crate::model::figure::{Figure, Ink, Marks, Stacked, StackedBar};

const LABEL: Type = Type::new(13.0).centre();
const BELOW: Type = Type::new(12.0).centre();
const BAR: f64 = 30.0;
/// Height of a line of labels below a bar.
const BELOW_STEP: f64 = 17.0;

/// One part of a bar on paper.
struct Piece<'a> {
    ink: Ink,
    from: f64,
    to: f64,
    name: &'a str,
    label: &'a str,
}

impl Piece<'_> {
    fn fits(&self) -> bool {
        LABEL.width(self.label) + 12.0 <= self.to - self.from
    }
}

fn pieces<'a>(stacked: &'a Stacked, bar: &'a StackedBar, scale: &Scale) -> Vec<Piece<'a>> {
    let mut sum = 0.0;
    stacked
        .parts
        .iter()
        .zip(bar.shares.iter().zip(&bar.labels))
        .map(|((ink, name), (share, label))| {
            let from = scale.at(sum);
            sum += share;
            Piece {
                ink: *ink,
                from,
                to: scale.at(sum.min(1.0)),
                name,
                label,
            }
        })
        .filter(|piece| !piece.label.is_empty())
        .collect()
}

/// The chart as an `<svg>` element.
pub(super) fn draw(figure: &Figure, paper: Paper) -> String {
    let Marks::Stacked(stacked) = &figure.marks else {
        return String::new();
    };
    let names = stacked
        .bars
        .iter()
        .map(|bar| (bar.name.as_str(), bar.detail.as_str()));
    let mut columns = Columns::new(paper, names, 0.0);
    columns.band = BAR;
    if paper == Paper::Phone {
        columns.plot = (paper.margin(), paper.width() - paper.margin());
    }
    let scale = Scale::linear((0.0, 1.0), columns.plot);
    let bars: Vec<Vec<Piece>> = stacked
        .bars
        .iter()
        .map(|bar| pieces(stacked, bar, &scale))
        .collect();
    // One row of labels below makes room below all, so that the bars keep their rhythm.
    let labels_fit = bars.iter().flatten().all(Piece::fits);
    columns.gap += match (labels_fit, paper) {
        (true, _) => 2.0,
        (false, Paper::Wide) => BELOW_STEP - 6.0,
        (false, Paper::Phone) => BELOW_STEP,
    };
    let centres = centres(
        stacked,
        bars.first().map_or(&[], Vec::as_slice),
        columns.plot,
    );
    let legend = Legend::new(&stacked.parts, Some(&centres), columns.plot);
    let rows: f64 = columns.labels.iter().map(|label| columns.step(label)).sum();
    let last_fits = bars.last().is_none_or(|last| last.iter().all(Piece::fits));
    let foot = match (paper, last_fits) {
        (Paper::Wide, true) => 0.0,
        (Paper::Wide, false) => 8.0,
        (Paper::Phone, true) => 4.0 - columns.gap,
        (Paper::Phone, false) => BELOW_STEP + 4.0 - columns.gap,
    };
    let canvas = Canvas::new(figure, paper, legend.height + 4.0 + rows + foot);

    legend.draw(&canvas, canvas.top);
    let mut y = canvas.top + legend.height + 4.0;
    for (pieces, label) in bars.iter().zip(&columns.labels) {
        columns.label(&canvas, label, y);
        bar(&canvas, pieces, columns.middle(label, y), columns.plot);
        y += columns.step(label);
    }
    canvas.finish()
}

/// Where each name wants to stand: over its part of the first bar; a part that this bar
/// lacks stands where it would begin.
fn centres(stacked: &Stacked, first: &[Piece], plot: (f64, f64)) -> Vec<f64> {
    let mut begin = plot.0;
    stacked
        .parts
        .iter()
        .map(|(ink, _)| {
            let piece = first.iter().find(|piece| piece.ink == *ink);
            let centre = piece.map_or(begin, |piece| (piece.from + piece.to) / 2.0);
            begin = piece.map_or(begin, |piece| piece.to);
            centre
        })
        .collect()
}

/// The parts of one bar around a height, with their labels inside or below.
fn bar(canvas: &Canvas, pieces: &[Piece], middle: f64, plot: (f64, f64)) {
    let (top, bottom) = (middle - BAR / 2.0, middle + BAR / 2.0);
    for (place, piece) in pieces.iter().enumerate() {
        // White between the parts, taken from the right of each but the last; what is
        // there stays visible.
        let gap = if place + 1 < pieces.len() { 2.0 } else { 0.0 };
        let to = (piece.to - gap).max(piece.from + 1.0);
        canvas.part((piece.from, top), (to, bottom), piece.ink);
        if piece.fits() {
            let centre = (piece.from + to) / 2.0;
            if piece.ink == Ink::Undetermined {
                let half = LABEL.width(piece.label) / 2.0 + 4.0;
                canvas.rectangle(
                    (centre - half, middle - 9.0),
                    (centre + half, middle + 9.0),
                    theme::UNDETERMINED,
                );
            }
            let look = LABEL.colour(theme::on(piece.ink));
            canvas.text(centre, middle + LABEL.drop(), piece.label, look);
        }
    }
    below(canvas, pieces, bottom + 14.0, plot);
}

/// The labels that do not fit inside, with the names of their parts where there is room.
fn below(canvas: &Canvas, pieces: &[Piece], baseline: f64, (left, right): (f64, f64)) {
    const GAP: f64 = 12.0;
    let outside: Vec<&Piece> = pieces.iter().filter(|piece| !piece.fits()).collect();
    let mut texts: Vec<String> = outside
        .iter()
        .map(|piece| format!("{} {}", piece.name, piece.label))
        .collect();
    let room = |texts: &[String]| {
        texts
            .iter()
            .map(|text| BELOW.width(text) + GAP)
            .sum::<f64>()
            - GAP
            <= right - left
    };
    if !room(&texts) {
        texts = outside.iter().map(|piece| piece.label.to_owned()).collect();
    }
    let wishes: Vec<(f64, f64)> = outside
        .iter()
        .zip(&texts)
        .map(|(piece, text)| ((piece.from + piece.to) / 2.0, BELOW.width(text)))
        .collect();
    let centres = spread(&wishes, GAP, (left, right));
    for ((piece, text), centre) in outside.iter().zip(&texts).zip(centres) {
        canvas.text(centre, baseline, text, BELOW.colour(theme::text(piece.ink)));
    }
}
