//! Text in a picture: how wide it is, and where its lines break.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, TextStyle};

use super::svg::UNITS;
use super::theme;

/// Size, weight, colour and side of a text.
#[derive(Clone, Copy)]
pub(super) struct Type {
    /// Size of the em, in pixels.
    pub size: f64,
    strong: bool,
    colour: RGBColor,
    anchor: HPos,
}

impl Type {
    /// Regular text in the ink of the page, beginning at its position.
    pub const fn new(size: f64) -> Self {
        Self {
            size,
            strong: false,
            colour: theme::INK,
            anchor: HPos::Left,
        }
    }

    /// In the strong face.
    pub const fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    /// In another colour.
    pub const fn colour(mut self, colour: RGBColor) -> Self {
        self.colour = colour;
        self
    }

    /// For secondary text.
    pub const fn muted(self) -> Self {
        self.colour(theme::MUTED)
    }

    /// Beginning at its position.
    pub const fn left(mut self) -> Self {
        self.anchor = HPos::Left;
        self
    }

    /// Ending at its position.
    pub const fn right(mut self) -> Self {
        self.anchor = HPos::Right;
        self
    }

    /// Around its position.
    pub const fn centre(mut self) -> Self {
        self.anchor = HPos::Center;
        self
    }

    /// From the middle of a line of capitals down to its baseline, in pixels.
    pub fn drop(self) -> f64 {
        self.size * 0.34
    }

    /// From the top of a line of text down to its baseline, in pixels.
    pub fn ascent(self) -> f64 {
        self.size * 0.984
    }

    /// Width of a text in pixels, without kerning, which makes it at most a little narrower.
    pub fn width(self, text: &str) -> f64 {
        // The font library measures in whole units: a large size keeps the decimals.
        const FINE: f64 = 1000.0;
        let font = theme::font(FINE * theme::LINE_OF_EM, self.strong);
        match font.layout_box(text) {
            Ok(((left, _), (right, _))) => f64::from(right - left) * self.size / FINE,
            // A generous guess, if a font could not be read.
            Err(_) => 0.62 * self.size * text.chars().count() as f64,
        }
    }

    /// The lines of a text of at most `width` pixels each; a longer word is broken.
    pub fn wrap(self, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        // A no-break space holds a sign to its number.
        let breaks = |c: char| c.is_whitespace() && c != '\u{a0}';
        for word in text.split(breaks).filter(|word| !word.is_empty()) {
            for piece in self.broken(word, width) {
                match lines.last_mut() {
                    Some(line) if self.width(&format!("{line} {piece}")) <= width => {
                        line.push(' ');
                        line.push_str(&piece);
                    }
                    _ => lines.push(piece),
                }
            }
        }
        lines
    }

    /// The same lines, as few, but about equally long: for titles.
    pub fn wrap_evenly(self, text: &str, width: f64) -> Vec<String> {
        let mut lines = self.wrap(text, width);
        let mut narrower = width;
        while lines.len() > 1 && narrower > width / 2.0 {
            narrower -= 4.0;
            let tried = self.wrap(text, narrower);
            if tried.len() > lines.len() {
                break;
            }
            lines = tried;
        }
        lines
    }

    /// A word in pieces that fit, all but the last with a hyphen; a last piece of a letter
    /// or two takes some from the one before.
    fn broken(self, word: &str, width: f64) -> Vec<String> {
        if self.width(word) <= width {
            return vec![word.to_owned()];
        }
        let mut narrower = width;
        loop {
            let pieces = self.pieces(word, narrower);
            let enough = pieces.last().is_some_and(|last| last.chars().count() > 3);
            if enough || narrower < width / 2.0 {
                return pieces;
            }
            narrower -= self.size;
        }
    }

    fn pieces(self, word: &str, width: f64) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut piece = String::new();
        for c in word.chars() {
            if !piece.is_empty() && self.width(&format!("{piece}{c}-")) > width {
                pieces.push(format!("{piece}-"));
                piece.clear();
            }
            piece.push(c);
        }
        pieces.push(piece);
        pieces
    }

    /// The same for the drawing library.
    pub fn style(self) -> TextStyle<'static> {
        let font = theme::font(self.size * UNITS, self.strong);
        let mut style = TextStyle::from(font).pos(Pos::new(self.anchor, VPos::Bottom));
        style.color = self.colour.to_backend_color();
        style
    }
}

/// Places of texts beside each other: as near to where they want to be as they can be
/// without coming nearer than `gap`, inside the limits.
///
/// `wishes` are centres and widths, in order. The answer is the centres; where there
/// is no room for all of them, they run over the right-hand limit.
pub(super) fn spread(wishes: &[(f64, f64)], gap: f64, (left, right): (f64, f64)) -> Vec<f64> {
    let all = wishes.iter().map(|(_, width)| width + gap).sum::<f64>() - gap;
    let right = right.max(left + all);
    // Pushed aside to the right, and to the left: both keep the gaps, so their mean
    // does too, and shares the push between the neighbours.
    let from_left = pushed(wishes.iter().copied(), gap, (left, right));
    let mirrored = wishes.iter().rev().map(|&(centre, width)| (-centre, width));
    let from_right = pushed(mirrored, gap, (-right, -left));
    from_left
        .iter()
        .zip(from_right.iter().rev())
        .map(|(a, b)| (a - b) / 2.0)
        .collect()
}

/// Centres with each text pushed to the right by the one before it, and all of them
/// back from the right-hand limit.
fn pushed(
    wishes: impl Iterator<Item = (f64, f64)>,
    gap: f64,
    (left, right): (f64, f64),
) -> Vec<f64> {
    let mut free = left;
    let mut boxes: Vec<(f64, f64)> = wishes
        .map(|(centre, width)| {
            let start = (centre - width / 2.0).max(free);
            free = start + width + gap;
            (start, width)
        })
        .collect();
    let mut limit = right;
    for (start, width) in boxes.iter_mut().rev() {
        *start = start.min(limit - *width);
        limit = *start - gap;
    }
    boxes
        .iter()
        .map(|(start, width)| start + width / 2.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_come_from_the_font() {
        let regular = Type::new(10.0);
        // Advance widths of the face, in thousandths of an em: i is narrow, W is wide.
        assert!(regular.width("i") < 3.5 && regular.width("i") > 1.0);
        assert!(regular.width("W") > 8.0);
        assert!(regular.strong().width("volgers") > regular.width("volgers"));
        assert!((regular.width("aaaa") - 4.0 * regular.width("a")).abs() < 0.05);
    }

    #[test]
    fn lines_break_between_words_and_long_words_inside() {
        let text = Type::new(12.0);
        let lines = text.wrap("openbaar stil sinds 180 dagen", 90.0);
        assert_eq!(lines.join(" "), "openbaar stil sinds 180 dagen");
        assert!(lines.len() > 1 && lines.iter().all(|line| text.width(line) <= 90.0));
        let pieces = text.wrap(&"w".repeat(40), 90.0);
        assert_eq!(pieces.concat().replace('-', ""), "w".repeat(40));
        assert!(pieces.iter().all(|piece| text.width(piece) <= 90.0));
    }

    #[test]
    fn titles_break_evenly() {
        let (text, title) = (
            Type::new(17.0),
            "Van 99% van de X-volgers is de activiteit onbekend",
        );
        let lines = text.wrap_evenly(title, 336.0);
        assert_eq!(lines.join(" "), title);
        assert_eq!(lines.len(), text.wrap(title, 336.0).len());
        let widths: Vec<f64> = lines.iter().map(|line| text.width(line)).collect();
        assert!((widths[0] - widths[1]).abs() < 100.0, "{lines:?}");
    }

    proptest! {
        #[test]
        fn spread_keeps_order_gap_and_limits(
            wishes in proptest::collection::vec((0.0..500.0f64, 10.0..90.0f64), 1..5)
        ) {
            let mut wishes = wishes;
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
            let places = spread(&wishes, 8.0, (0.0, 500.0));
            let boxes: Vec<_> = places.iter().zip(&wishes)
                .map(|(centre, (_, width))| (centre - width / 2.0, centre + width / 2.0))
                .collect();
            for pair in boxes.windows(2) {
                prop_assert!(pair[0].1 + 8.0 <= pair[1].0 + 1e-6);
            }
            prop_assert!(boxes[0].0 >= -1e-6 && boxes[boxes.len() - 1].1 <= 500.0 + 1e-6);
        }
    }
}
