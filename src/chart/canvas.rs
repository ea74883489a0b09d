//! The sheet that figures are drawn on, in pixels, with its words around it.
//!
//! The canvas writes title, subtitle and notes, and leaves a body between them. A
//! figure draws in pixels from [`Canvas::top`]; plotters carries the shapes to the
//! SVG ([`super::svg`]).

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::combinators::LogCoord;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::prelude::IntoLogRange;
use plotters::style::{Color, RGBColor};

use super::svg::{self, Kind, Shape, Svg, UNITS};
use super::text::Type;
use super::theme;
use crate::model::figure::{Figure, Ink};

/// What a figure is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A page or a screen: 720 pixels wide.
    Wide,
    /// A telephone: 360 pixels wide.
    Phone,
}

impl Paper {
    /// Width of the picture in pixels.
    pub fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Phone => 360.0,
        }
    }

    /// The name, as a part of the ids in the SVG.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Phone => "phone",
        }
    }

    /// White at both sides.
    pub(super) fn margin(self) -> f64 {
        match self {
            Self::Wide => 16.0,
            Self::Phone => 12.0,
        }
    }

    fn title(self) -> (Type, f64) {
        match self {
            Self::Wide => (Type::new(20.0).strong(), 26.0),
            Self::Phone => (Type::new(17.0).strong(), 22.5),
        }
    }

    fn subtitle(self) -> (Type, f64) {
        (Type::new(13.0).muted(), 18.0)
    }

    fn note(self) -> (Type, f64) {
        (Type::new(12.0).muted(), 17.0)
    }
}

/// A place on paper for a value: an axis.
pub(super) enum Scale {
    /// Equal steps.
    Linear(RangedCoordf64, (i32, i32)),
    /// Equal ratios.
    Log(LogCoord<f64>, (i32, i32)),
}

impl Scale {
    /// From `from`, at pixel `start`, to `to`, at pixel `end`, in equal steps.
    pub fn linear((from, to): (f64, f64), (start, end): (f64, f64)) -> Self {
        Self::Linear((from..to).into(), (units(start), units(end)))
    }

    /// The same in equal ratios; both values are above zero.
    pub fn log((from, to): (f64, f64), (start, end): (f64, f64)) -> Self {
        Self::Log((from..to).log_scale().into(), (units(start), units(end)))
    }

    /// The pixel of a value.
    pub fn at(&self, value: f64) -> f64 {
        let place = match self {
            Self::Linear(axis, ends) => axis.map(&value, *ends),
            Self::Log(axis, ends) => axis.map(&value, *ends),
        };
        f64::from(place) / UNITS
    }
}

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

fn unit_point((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

/// A sheet with its words, and a body to draw in.
pub(super) struct Canvas {
    area: DrawingArea<Svg, Shift>,
    elements: Rc<RefCell<String>>,
    hatch: Rc<str>,
    /// What it is drawn for.
    pub paper: Paper,
    /// Where the body begins, in pixels from above.
    pub top: f64,
    height: f64,
    id: String,
    title: String,
    alt: String,
    lang: String,
}

impl Canvas {
    /// A sheet with the words of `figure` around a body of `body` pixels.
    pub fn new(figure: &Figure, paper: Paper, body: f64) -> Self {
        let room = paper.width() - 2.0 * paper.margin();
        let (title, title_step) = paper.title();
        let (subtitle, subtitle_step) = paper.subtitle();
        let (note, note_step) = paper.note();
        let title_lines = title.wrap_evenly(&figure.title, room);
        let subtitle_lines = subtitle.wrap_evenly(&figure.subtitle, room);
        let note_lines: Vec<Vec<String>> = figure
            .notes
            .iter()
            .map(|text| note.wrap(text, room))
            .collect();

        let mut canvas = Self::blank(figure, paper);
        let left = paper.margin();
        let mut y = 14.0;
        for line in &title_lines {
            canvas.text(left, y + title.ascent(), line, title);
            y += title_step;
        }
        y += 4.0;
        for line in &subtitle_lines {
            canvas.text(left, y + subtitle.ascent(), line, subtitle);
            y += subtitle_step;
        }
        canvas.top = y + 12.0;
        y = canvas.top + body + 12.0;
        for line in note_lines.iter().flatten() {
            canvas.text(left, y + note.ascent(), line, note);
            y += note_step;
        }
        canvas.height = (y + 8.0).ceil();
        canvas
    }

    /// Nothing but paper, as high as need be.
    fn blank(figure: &Figure, paper: Paper) -> Self {
        let id = format!("figure-{}-{}", figure.id, paper.as_str());
        let elements = Rc::new(RefCell::new(String::new()));
        let hatch: Rc<str> = format!("{id}-hatch").into();
        let backend = Svg {
            elements: Rc::clone(&elements),
            // Shapes are never clipped: the real height is known at the end.
            size: (units(paper.width()) as u32, 1_000_000),
            hatch: Rc::clone(&hatch),
        };
        Self {
            area: backend.into_drawing_area(),
            elements,
            hatch,
            paper,
            top: 0.0,
            height: 0.0,
            id,
            title: figure.title.clone(),
            alt: figure.alt.clone(),
            lang: figure.lang.clone(),
        }
    }

    /// The pixel where the body ends at the right.
    pub fn right(&self) -> f64 {
        self.paper.width() - self.paper.margin()
    }

    fn put<E>(&self, element: E)
    where
        for<'a> &'a E: PointCollection<'a, (i32, i32)>,
        E: Drawable<Svg>,
    {
        // Writing into memory does not fail; the signature of the library cannot say so.
        let drawn = self.area.draw(&element);
        debug_assert!(drawn.is_ok());
    }

    /// A text on its baseline.
    pub fn text(&self, x: f64, baseline: f64, text: &str, look: Type) {
        let drawn = self
            .area
            .draw_text(text, &look.style(), unit_point((x, baseline)));
        debug_assert!(drawn.is_ok());
    }

    /// A filled rectangle, by its corners.
    pub fn rectangle(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor) {
        self.put(Rectangle::new(
            [unit_point(from), unit_point(to)],
            colour.filled(),
        ));
    }

    /// A part of a whole: filled as its ink is, by its corners.
    pub fn part(&self, from: (f64, f64), to: (f64, f64), ink: Ink) {
        match ink {
            Ink::Undetermined => self.hatched(&[from, (to.0, from.1), to, (from.0, to.1)]),
            Ink::Awake | Ink::Silent => self.rectangle(from, to, theme::fill(ink)),
            Ink::Gone => {
                // Half the outline lies inside, so that all parts end at the same line.
                let (a, b) = ((from.0 + 0.7, from.1 + 0.7), (to.0 - 0.7, to.1 - 0.7));
                self.put(Rectangle::new(
                    [unit_point(a), unit_point(b)],
                    theme::MUTED.stroke_width(14),
                ));
            }
        }
    }

    /// A shape with the hatch of what is undetermined.
    pub fn hatched(&self, outline: &[(f64, f64)]) {
        self.put(Shape {
            points: outline.iter().copied().map(unit_point).collect(),
            kind: Kind::Hatched,
        });
    }

    /// A filled shape.
    pub fn polygon(&self, outline: &[(f64, f64)], colour: RGBColor) {
        let outline: Vec<_> = outline.iter().copied().map(unit_point).collect();
        self.put(Polygon::new(outline, colour.filled()));
    }

    /// A filled circle.
    pub fn circle(&self, centre: (f64, f64), radius: f64, colour: RGBColor) {
        self.put(Circle::new(
            unit_point(centre),
            units(radius),
            colour.filled(),
        ));
    }

    /// A line through points, `width` pixels wide.
    pub fn line(&self, path: &[(f64, f64)], colour: RGBColor, width: f64) {
        let path: Vec<_> = path.iter().copied().map(unit_point).collect();
        self.put(PathElement::new(
            path,
            colour.stroke_width(units(width) as u32),
        ));
    }

    /// A dashed line between two points.
    pub fn dashed(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor, width: f64) {
        let width = units(width);
        self.put(Shape {
            points: vec![unit_point(from), unit_point(to)],
            kind: Kind::Dashed { colour, width },
        });
    }

    /// Straight segments, `width` pixels wide: where each begins and ends.
    pub fn segments(&self, ends: &[[(f64, f64); 2]], colour: RGBColor, width: f64) {
        if ends.is_empty() {
            return;
        }
        let width = units(width);
        self.put(Shape {
            points: ends.iter().flatten().copied().map(unit_point).collect(),
            kind: Kind::Segments { colour, width },
        });
    }

    /// The picture as one `<svg>` element, named and described.
    pub fn finish(self) -> String {
        let Self { id, hatch, .. } = &self;
        let (width, height) = (self.paper.width(), self.height);
        let elements = self.elements.borrow();
        let definition = if elements.contains("url(#") {
            svg::hatch_definition(hatch)
        } else {
            String::new()
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" lang=\"{lang}\" font-family=\"{families}\">\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{alt}</desc>\n\
             {definition}<rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\n\
             {elements}</svg>\n",
            families = theme::FAMILIES,
            title = svg::escape(&self.title),
            alt = svg::escape(&self.alt),
            lang = svg::escape(&self.lang),
            paper = svg::hex(theme::WHITE),
        )
    }
}
