//! What the figures have in common: names at the left, numbers at the right, an axis below.
//!
//! On a wide sheet a row is name, plot and numbers beside each other; on a telephone
//! name and numbers stand above the plot.

use crate::chart::canvas::{Canvas, Paper, Scale};
use crate::chart::text::{Type, spread};
use crate::chart::theme;
use crate::model::evidence::Design;
use crate::model::figure::Ink;
use crate::model::results::Channel;
use crate::wording::Words;

const NAME: Type = Type::new(14.0).strong();
const DETAIL: Type = Type::new(12.0).muted();
const TICK: Type = Type::new(12.5).muted().centre();

/// Steps between the baselines of a label.
const NAME_STEP: f64 = 18.0;
const DETAIL_STEP: f64 = 17.0;

/// Height of the axis with its ticks and its words.
pub(super) const AXIS: f64 = 44.0;

/// Whether the shares of a channel carry sampling error even without an audit.
pub(super) fn sampled(channel: &Channel) -> bool {
    channel.design == Design::Srs
}

/// The number of followers as a cell of a table.
pub(super) fn followers(channel: &Channel, words: Words) -> String {
    channel
        .followers
        .map_or_else(|| "–".to_owned(), |n| words.count(n))
}

/// Ticks of an axis of shares from 0 up to the first round value that holds `largest`;
/// the last one carries the per cent sign.
pub(super) fn ticks(largest: f64) -> Vec<(f64, String)> {
    let largest = largest.clamp(0.0, 1.0);
    let step = match largest {
        l if l <= 0.30 => 5,
        l if l <= 0.80 => 10,
        _ => 20,
    };
    let end = ((largest * 100.0 - 1e-9) / f64::from(step)).ceil().max(1.0) as u32 * step;
    (0..=end)
        .step_by(step as usize)
        .map(|tick| {
            let sign = if tick == end { "%" } else { "" };
            (f64::from(tick) / 100.0, format!("{tick}{sign}"))
        })
        .collect()
}

/// Name and second line of a row, in lines that fit.
pub(super) struct Label {
    name: Vec<String>,
    detail: Vec<String>,
}

/// Where the parts of a row are.
pub(super) struct Columns {
    paper: Paper,
    /// The names, in the order of the rows.
    pub labels: Vec<Label>,
    /// The plot, from left to right.
    pub plot: (f64, f64),
    /// Height of the plot of a row: below its name, or the least that a row is high.
    pub band: f64,
    /// White between rows.
    pub gap: f64,
    /// White between a name and the plot below it.
    pub lead: f64,
}

impl Columns {
    /// Columns for these names and second lines, with room for `numbers` pixels of text
    /// at the right.
    pub fn new<'a>(
        paper: Paper,
        names: impl Iterator<Item = (&'a str, &'a str)>,
        numbers: f64,
    ) -> Self {
        let left = paper.margin();
        let right = paper.width() - paper.margin();
        let names: Vec<_> = names.collect();
        let longest_word = names
            .iter()
            .flat_map(|(name, _)| name.split_whitespace())
            .map(|word| NAME.width(word))
            .fold(0.0, f64::max);
        let most = match paper {
            // Names break between words; a long word makes the column wider, to a limit.
            Paper::Wide => longest_word.clamp(180.0, 236.0),
            Paper::Phone => right - left - numbers - 12.0,
        };
        let labels: Vec<Label> = names
            .into_iter()
            .map(|(name, detail)| Label {
                name: NAME.wrap(name, most),
                detail: DETAIL.wrap(detail, most),
            })
            .collect();
        let widest = |look: Type, lines: fn(&Label) -> &[String]| {
            labels
                .iter()
                .flat_map(lines)
                .map(|line| look.width(line))
                .fold(0.0, f64::max)
        };
        let wide = widest(NAME, |label| &label.name).max(widest(DETAIL, |label| &label.detail));
        let plot = match paper {
            Paper::Wide => (
                left + wide.max(84.0) + 20.0,
                if numbers > 0.0 {
                    right - numbers - 28.0
                } else {
                    right
                },
            ),
            // Half a tick at both ends.
            Paper::Phone => (left + 4.0, right - 14.0),
        };
        Self {
            paper,
            labels,
            plot,
            band: 24.0,
            gap: match paper {
                Paper::Wide => 11.0,
                Paper::Phone => 12.0,
            },
            lead: 4.0,
        }
    }

    /// Height of the lines of a label.
    fn lines(&self, label: &Label) -> f64 {
        label.name.len() as f64 * NAME_STEP + label.detail.len() as f64 * DETAIL_STEP
    }

    /// Height of a row.
    pub fn step(&self, label: &Label) -> f64 {
        match self.paper {
            Paper::Wide => self.lines(label).max(self.band) + self.gap,
            Paper::Phone => self.lines(label) + self.lead + self.band + self.gap,
        }
    }

    /// The height at which the marks of a row that begins at `y` stand.
    pub fn middle(&self, label: &Label, y: f64) -> f64 {
        match self.paper {
            Paper::Wide => y + self.step(label) / 2.0,
            Paper::Phone => y + self.lines(label) + self.lead + self.band / 2.0,
        }
    }

    /// From where to where the grid of a row goes.
    pub fn grid(&self, label: &Label, y: f64) -> (f64, f64) {
        match self.paper {
            Paper::Wide => (y, y + self.step(label)),
            Paper::Phone => {
                let top = y + self.lines(label) + self.lead;
                (top, top + self.band)
            }
        }
    }

    /// The baseline of the numbers of a row.
    pub fn numbers_baseline(&self, label: &Label, y: f64) -> f64 {
        match self.paper {
            Paper::Wide => self.middle(label, y) + NAME.drop(),
            Paper::Phone => y + NAME.ascent(),
        }
    }

    /// Writes the name and the second line of a row that begins at `y`.
    pub fn label(&self, canvas: &Canvas, label: &Label, y: f64) {
        let top = match self.paper {
            Paper::Wide => y + (self.step(label) - self.lines(label)) / 2.0,
            Paper::Phone => y,
        };
        let mut line_top = top;
        for line in &label.name {
            canvas.text(self.paper.margin(), line_top + NAME.ascent(), line, NAME);
            line_top += NAME_STEP;
        }
        for line in &label.detail {
            canvas.text(
                self.paper.margin(),
                line_top + DETAIL.ascent(),
                line,
                DETAIL,
            );
            line_top += DETAIL_STEP;
        }
    }
}

/// The ticks of an axis below `y`, and its words.
pub(super) fn axis(canvas: &Canvas, ticks: &[(f64, String)], scale: &Scale, words: &str, y: f64) {
    for (value, text) in ticks {
        canvas.text(scale.at(*value), y + 18.0, text, TICK);
    }
    let (first, last) = match (ticks.first(), ticks.last()) {
        (Some((first, _)), Some((last, _))) => (scale.at(*first), scale.at(*last)),
        _ => return,
    };
    canvas.text((first + last) / 2.0, y + 38.0, words, TICK);
    canvas.line(&[(first, y), (last, y)], theme::GRID, 1.0);
}

const LEGEND: Type = Type::new(13.0).strong();
/// Side of the little square before a name, and the gap behind it.
const SWATCH: (f64, f64) = (11.0, 6.0);
const LEGEND_STEP: f64 = 20.0;
const LEGEND_GAP: f64 = 18.0;

/// The names of the parts above a plot, each with a square of its ink.
pub(super) struct Legend<'a> {
    parts: &'a [(Ink, String)],
    /// Left side and row of each.
    places: Vec<(f64, usize)>,
    /// Height of all rows, in pixels.
    pub height: f64,
}

impl<'a> Legend<'a> {
    /// Names over `centres`, moved aside where they would touch; in rows from the left
    /// where there are no centres, or no room for all of them beside each other.
    pub fn new(
        parts: &'a [(Ink, String)],
        centres: Option<&[f64]>,
        (left, right): (f64, f64),
    ) -> Self {
        let widths: Vec<f64> = parts
            .iter()
            .map(|(_, name)| SWATCH.0 + SWATCH.1 + LEGEND.width(name))
            .collect();
        let all = widths.iter().sum::<f64>() + LEGEND_GAP * widths.len().saturating_sub(1) as f64;
        let places: Vec<(f64, usize)> = match centres {
            Some(centres) if all <= right - left => {
                let wishes: Vec<_> = centres
                    .iter()
                    .copied()
                    .zip(widths.iter().copied())
                    .collect();
                spread(&wishes, LEGEND_GAP, (left, right))
                    .into_iter()
                    .zip(&widths)
                    .map(|(centre, width)| (centre - width / 2.0, 0))
                    .collect()
            }
            _ => {
                let (mut x, mut row) = (left, 0);
                widths
                    .iter()
                    .map(|width| {
                        if x > left && x + width > right {
                            (x, row) = (left, row + 1);
                        }
                        let place = (x, row);
                        x += width + LEGEND_GAP;
                        place
                    })
                    .collect()
            }
        };
        let rows = places.iter().map(|(_, row)| row + 1).max().unwrap_or(0);
        Self {
            parts,
            places,
            height: rows as f64 * LEGEND_STEP,
        }
    }

    /// Writes the names below `top`.
    pub fn draw(&self, canvas: &Canvas, top: f64) {
        for ((ink, name), (left, row)) in self.parts.iter().zip(&self.places) {
            let baseline = top + 12.0 + *row as f64 * LEGEND_STEP;
            let square = (*left, baseline - SWATCH.0 + 1.0);
            canvas.part(square, (square.0 + SWATCH.0, square.1 + SWATCH.0), *ink);
            let look = LEGEND.colour(theme::text(*ink));
            canvas.text(left + SWATCH.0 + SWATCH.1, baseline, name, look);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_its_largest_value_and_begins_at_zero() {
        for (largest, last, count) in [
            (0.0, "5%", 2),
            (0.049, "5%", 2),
            (0.21, "25%", 6),
            (0.548, "60%", 7),
            (0.70, "70%", 8),
            (0.81, "100%", 6),
            (1.0, "100%", 6),
        ] {
            let ticks = ticks(largest);
            assert_eq!(ticks[0], (0.0, "0".to_owned()));
            assert_eq!(ticks.len(), count, "{largest}");
            assert_eq!(ticks[count - 1].1, last, "{largest}");
            assert!(ticks[count - 1].0 >= largest);
        }
    }
}
