//! Colours, type and font of every picture.
//!
//! Each ink passes 3:1 on white where it carries a meaning alone, texts pass 4.5:1,
//! and the inks of one figure stay apart in grey: the tests hold it. Colour is never
//! the only cue: what is undetermined is hatched, what is gone is an empty box, and
//! everything is named where it stands.

use std::sync::Once;

use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, register_font};

use crate::model::figure::Ink;

/// Name of the font family, as registered everywhere and written into the SVG.
pub const FAMILY: &str = "Atkinson Hyperlegible Next";

/// The family with what a viewer may fall back on: faces that are not wider.
pub const FAMILIES: &str = "'Atkinson Hyperlegible Next', Arial, Helvetica, sans-serif";

/// The regular face, TrueType, weight 400.
pub const REGULAR: &[u8] = include_bytes!("fonts/AtkinsonHyperlegibleNext-Regular.ttf");

/// The strong face, TrueType, weight 600.
pub const SEMIBOLD: &[u8] = include_bytes!("fonts/AtkinsonHyperlegibleNext-SemiBold.ttf");

/// The licence of both faces: SIL Open Font License 1.1.
pub const FONT_LICENCE: &str = include_str!("fonts/OFL.txt");

/// The weight of the strong face.
pub const STRONG_WEIGHT: u16 = 600;

/// Height of a line of the font (ascent and descent together), in em: what the font
/// library takes for "size".
pub(super) const LINE_OF_EM: f64 = 1.3;

/// Paper.
pub const WHITE: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// Text on orange.
pub const BLACK: RGBColor = RGBColor(0x00, 0x00, 0x00);
/// Text and marks.
pub const INK: RGBColor = RGBColor(0x20, 0x24, 0x28);
/// Secondary text.
pub const MUTED: RGBColor = RGBColor(0x59, 0x59, 0x59);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(0xD0, 0xD5, 0xDA);
/// A sign of life within the window.
pub const AWAKE: RGBColor = RGBColor(0x12, 0x43, 0x6D);
/// Silent, or dormant.
pub const SILENT: RGBColor = RGBColor(0xD5, 0x5E, 0x00);
/// The same as text.
pub const SILENT_TEXT: RGBColor = RGBColor(0xA8, 0x4A, 0x00);
/// Intervals behind many points.
pub const INTERVAL: RGBColor = RGBColor(0x7F, 0x96, 0xAE);
/// Ground of what is undetermined.
pub const UNDETERMINED: RGBColor = RGBColor(0xD9, 0xD9, 0xD9);
/// Hatch over that ground, and its outline.
pub const HATCH: RGBColor = RGBColor(0x8A, 0x8F, 0x94);

/// The colour that fills a part; what is gone is white, with an outline.
pub fn fill(ink: Ink) -> RGBColor {
    match ink {
        Ink::Awake => AWAKE,
        Ink::Silent => SILENT,
        Ink::Undetermined => UNDETERMINED,
        Ink::Gone => WHITE,
    }
}

/// The colour of text on that part.
pub fn on(ink: Ink) -> RGBColor {
    match ink {
        Ink::Awake => WHITE,
        // The ink of the page is too near to this orange.
        Ink::Silent => BLACK,
        Ink::Undetermined | Ink::Gone => INK,
    }
}

/// The colour of text on white that names that part.
pub fn text(ink: Ink) -> RGBColor {
    match ink {
        Ink::Awake => AWAKE,
        Ink::Silent => SILENT_TEXT,
        Ink::Undetermined | Ink::Gone => MUTED,
    }
}

/// A face of the theme for the drawing library, in its measure of size: a line.
///
/// There is no other way to a font, so that none is looked up before the faces are
/// known: a width that was guessed would make the first picture unlike the next.
pub(super) fn font(line: f64, strong: bool) -> FontDesc<'static> {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The faces are in the program; a test shows that both are read.
        let _ = register_font(FAMILY, FontStyle::Normal, REGULAR);
        let _ = register_font(FAMILY, FontStyle::Bold, SEMIBOLD);
    });
    let style = if strong {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    // A style that is changed later would keep the widths of the first.
    FontDesc::new(FontFamily::Name(FAMILY), line, style)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.1.
    fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// Contrast ratio of WCAG 2.1.
    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Lightness (CIE L*), 0 to 100: how grey a colour is in print.
    fn lightness(colour: RGBColor) -> f64 {
        let y = luminance(colour);
        if y > 0.008856 {
            116.0 * y.cbrt() - 16.0
        } else {
            903.3 * y
        }
    }

    #[test]
    fn texts_pass_4_5_to_1() {
        for colour in [INK, MUTED, AWAKE, SILENT_TEXT] {
            assert!(contrast(colour, WHITE) >= 4.5, "{colour:?} on white");
        }
        for ink in [Ink::Awake, Ink::Silent, Ink::Undetermined, Ink::Gone] {
            assert!(contrast(on(ink), fill(ink)) >= 4.5, "text on {ink:?}");
            assert!(contrast(text(ink), WHITE) >= 4.5, "text of {ink:?}");
        }
    }

    #[test]
    fn marks_pass_3_to_1() {
        for colour in [INK, MUTED, AWAKE, SILENT, INTERVAL, HATCH] {
            assert!(contrast(colour, WHITE) >= 3.0, "{colour:?} on white");
        }
    }

    #[test]
    fn parts_stay_apart_in_grey() {
        let mut greys = [AWAKE, SILENT, UNDETERMINED, WHITE].map(lightness);
        greys.sort_by(f64::total_cmp);
        for pair in greys.windows(2) {
            assert!(pair[1] - pair[0] >= 12.0, "{greys:?}");
        }
    }

    #[test]
    fn both_faces_are_read() {
        for face in [REGULAR, SEMIBOLD] {
            assert!(register_font("trial", FontStyle::Normal, face).is_ok());
        }
        assert!(FONT_LICENCE.contains("SIL OPEN FONT LICENSE"));
    }
}
