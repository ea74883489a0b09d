//! A picture of dots from a drawing: for documents that take no SVG.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::theme;
use crate::error::{Error, Result};

/// Dots for each pixel of the drawing: 720 pixels become 2,160 dots.
pub const SCALE: f32 = 3.0;

/// The faces of the theme and nothing else: a picture looks the same on every machine.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    Arc::clone(FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(theme::REGULAR.to_vec());
        fonts.load_font_data(theme::SEMIBOLD.to_vec());
        fonts.set_sans_serif_family(theme::FAMILY);
        Arc::new(fonts)
    }))
}

/// The parts of a drawing, with its texts laid out in the font of the theme.
///
/// # Errors
///
/// `chart::svg` when the text is no SVG.
pub fn tree(svg: &str) -> Result<Tree> {
    let options = Options {
        font_family: theme::FAMILY.to_owned(),
        fontdb: fonts(),
        ..Options::default()
    };
    Tree::from_str(svg, &options)
        .map_err(|error| Error::new("chart::svg", format!("a drawing cannot be read: {error}")))
}

/// A drawing as PNG, [`SCALE`] dots for each pixel.
///
/// # Errors
///
/// `chart::svg` when the text is no SVG; `chart::png` when the picture is too large
/// to be held or written.
pub fn png(svg: &str) -> Result<Vec<u8>> {
    let tree = tree(svg)?;
    let size = tree.size();
    let dots = |pixels: f32| (pixels * SCALE).round() as u32;
    let mut picture = Pixmap::new(dots(size.width()), dots(size.height())).ok_or_else(|| {
        Error::new(
            "chart::png",
            "a picture without dots, or with too many of them",
        )
    })?;
    resvg::render(
        &tree,
        Transform::from_scale(SCALE, SCALE),
        &mut picture.as_mut(),
    );
    picture.encode_png().map_err(|error| {
        Error::new(
            "chart::png",
            format!("a picture cannot be written: {error}"),
        )
    })
}
