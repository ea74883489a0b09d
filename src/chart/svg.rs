//! A drawing backend of plotters that writes small SVG for the web and for paper.
//!
//! Plotters counts in whole units, so the canvas is [`UNITS`] times finer than a
//! pixel and every number is written in pixels with one decimal. Text stands on
//! its baseline at its full size, in every viewer; what is undetermined is filled
//! with a hatch whose id carries the name of the drawing, because several drawings
//! may stand in one page.

use std::cell::RefCell;
use std::fmt::{self, Write};
use std::rc::Rc;

use plotters::element::{Drawable, PointCollection};
use plotters::style::RGBColor;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use super::theme;

/// Units of the canvas in a pixel.
pub(super) const UNITS: f64 = 10.0;

type Written = Result<(), DrawingErrorKind<fmt::Error>>;

/// The elements of a drawing, written one a line into a shared text.
#[derive(Clone)]
pub(super) struct Svg {
    /// The elements so far.
    pub elements: Rc<RefCell<String>>,
    /// Width and height, in units.
    pub size: (u32, u32),
    /// Id of the hatch.
    pub hatch: Rc<str>,
}

/// A length in pixels, with a decimal where it has one.
pub(super) fn px(units: i32) -> String {
    let (sign, units) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    match (units / 10, units % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// A colour as the web writes it.
pub(super) fn hex(colour: RGBColor) -> String {
    let RGBColor(r, g, b) = colour;
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// Text as XML carries it; control characters, which XML cannot carry, are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The definition of the hatch: diagonals over a grey ground, meeting at the edges of a tile.
pub(super) fn hatch_definition(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"8\" height=\"8\" fill=\"{ground}\"/>\
         <path d=\"M-2 2 2 -2M-2 10 10 -2M6 10 10 6\" stroke=\"{lines}\" stroke-width=\"1.1\"/>\
         </pattern></defs>\n",
        ground = hex(theme::UNDETERMINED),
        lines = hex(theme::HATCH),
    )
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut text = String::new();
    for (x, y) in path {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&format!("{},{}", px(x), px(y)));
    }
    text
}

/// ` name="#…"` with the opacity where there is one.
fn paint(name: &str, colour: BackendColor) -> String {
    let (r, g, b) = colour.rgb;
    let mut text = format!(" {name}=\"{}\"", hex(RGBColor(r, g, b)));
    if colour.alpha < 1.0 {
        text.push_str(&format!(" {name}-opacity=\"{:.2}\"", colour.alpha));
    }
    text
}

fn stroke<S: BackendStyle>(style: &S) -> String {
    let width = px(style.stroke_width() as i32);
    format!(
        "{} stroke-width=\"{width}\"",
        paint("stroke", style.color())
    )
}

/// The fill of a shape, or its outline alone.
fn ink<S: BackendStyle>(style: &S, fill: bool) -> String {
    if fill {
        paint("fill", style.color())
    } else {
        format!(" fill=\"none\"{}", stroke(style))
    }
}

impl Svg {
    fn element(&mut self, element: fmt::Arguments<'_>) -> Written {
        let mut elements = self.elements.borrow_mut();
        elements
            .write_fmt(element)
            .and_then(|()| elements.write_char('\n'))
            .map_err(DrawingErrorKind::DrawingError)
    }
}

impl DrawingBackend for Svg {
    type ErrorType = fmt::Error;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Written {
        Ok(())
    }

    fn present(&mut self) -> Written {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Written {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Written {
        self.element(format_args!(
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}"{}/>"#,
            px(from.0),
            px(from.1),
            px(to.0),
            px(to.1),
            stroke(style)
        ))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Written {
        self.element(format_args!(
            r#"<rect x="{}" y="{}" width="{}" height="{}"{}/>"#,
            px(upper_left.0),
            px(upper_left.1),
            px(bottom_right.0 - upper_left.0),
            px(bottom_right.1 - upper_left.1),
            ink(style, fill)
        ))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Written {
        let points = points(path);
        self.element(format_args!(
            r#"<polyline points="{points}" fill="none"{}/>"#,
            stroke(style)
        ))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Written {
        self.element(format_args!(
            r#"<circle cx="{}" cy="{}" r="{}"{}/>"#,
            px(centre.0),
            px(centre.1),
            px(radius as i32),
            ink(style, fill)
        ))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Written {
        let points = points(path);
        self.element(format_args!(
            r#"<polygon points="{points}"{}/>"#,
            ink(style, true)
        ))
    }

    /// Text on its baseline: the position is the baseline, whatever the vertical anchor.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Written {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => r#" text-anchor="middle""#,
            HPos::Right => r#" text-anchor="end""#,
        };
        let weight = match style.style() {
            FontStyle::Bold => format!(r#" font-weight="{}""#, theme::STRONG_WEIGHT),
            FontStyle::Normal | FontStyle::Italic | FontStyle::Oblique => String::new(),
        };
        self.element(format_args!(
            r#"<text x="{}" y="{}" font-size="{}"{anchor}{weight}{}>{}</text>"#,
            px(x),
            px(y),
            px(style.size().round() as i32),
            paint("fill", style.color()),
            escape(text)
        ))
    }
}

/// A shape that the library has not, in one element.
pub(super) struct Shape {
    /// Its points.
    pub points: Vec<BackendCoord>,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of such shapes; widths are in units.
pub(super) enum Kind {
    /// An outline filled with the hatch.
    Hatched,
    /// A dashed line through the points.
    Dashed { colour: RGBColor, width: i32 },
    /// Straight segments: where each begins and ends, one after the other.
    Segments { colour: RGBColor, width: i32 },
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Shape {
    type Point = &'a BackendCoord;
    type IntoIter = &'a [BackendCoord];
    fn point_iter(self) -> Self::IntoIter {
        &self.points
    }
}

impl Drawable<Svg> for Shape {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        path: I,
        svg: &mut Svg,
        _: (u32, u32),
    ) -> Written {
        match self.kind {
            Kind::Hatched => {
                let (points, hatch) = (points(path), Rc::clone(&svg.hatch));
                svg.element(format_args!(
                    r#"<polygon points="{points}" fill="url(#{hatch})"/>"#
                ))
            }
            Kind::Dashed { colour, width } => svg.element(format_args!(
                r#"<polyline points="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="5 4"/>"#,
                points(path),
                hex(colour),
                px(width)
            )),
            Kind::Segments { colour, width } => {
                let mut commands = String::new();
                for (place, (x, y)) in path.enumerate() {
                    commands.push(if place % 2 == 0 { 'M' } else { 'L' });
                    commands.push_str(&format!("{} {}", px(x), px(y)));
                }
                svg.element(format_args!(
                    r#"<path d="{commands}" fill="none" stroke="{}" stroke-width="{}"/>"#,
                    hex(colour),
                    px(width)
                ))
            }
        }
    }
}
