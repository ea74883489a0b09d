//! The letter for Word: what a clerk pastes into the organisation's own template.
//!
//! Everything that Word needs to be told is told: headings are heading styles, so that
//! the navigation pane and another template work; the heads of tables are marked and
//! repeated on each page; every picture carries its alternative text; the language is
//! that of the letter; the places to fill in are fields that one can tab to. No colour or
//! size is set on a word: all of it stands in the styles, which a template replaces.
//!
//! A `.docx` is a zip of XML parts (ECMA-376): `body` writes the text, `parts` what stands
//! around it. The same view gives the same bytes: no clock is read.

mod body;
mod parts;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use maud::Markup;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::view::{Block, Picture, View};
use crate::error::{Error, Result};

/// A PNG for each figure, by the id of the figure.
pub type Pictures = BTreeMap<String, Vec<u8>>;

/// The first line of every part.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The document as the bytes of a `.docx`.
///
/// # Errors
/// A figure without its picture in `pictures`, or one that is no PNG.
pub fn render(view: &View, pictures: &Pictures) -> Result<Vec<u8>> {
    let drawn = drawings(view, pictures)?;
    let text = |part: Markup| format!("{DECLARATION}{}", part.into_string()).into_bytes();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        (
            "[Content_Types].xml".to_owned(),
            text(parts::content_types()),
        ),
        ("_rels/.rels".to_owned(), text(parts::package())),
        (
            "docProps/core.xml".to_owned(),
            text(parts::properties(view)),
        ),
        (
            "word/document.xml".to_owned(),
            text(body::document(view, &drawn)),
        ),
        ("word/styles.xml".to_owned(), text(parts::styles(view))),
        ("word/numbering.xml".to_owned(), text(parts::numbering())),
        ("word/settings.xml".to_owned(), text(parts::settings(view))),
        ("word/footer1.xml".to_owned(), text(parts::footer(view))),
        (
            "word/_rels/document.xml.rels".to_owned(),
            text(parts::relations(&drawn)),
        ),
    ];
    for drawing in &drawn {
        files.push((format!("word/{}", drawing.target), drawing.png.to_vec()));
    }
    packed(files).map_err(|error| {
        Error::new(
            "briefing::docx",
            format!("the letter cannot be packed as DOCX: {error}"),
        )
    })
}

/// A picture as the document holds it.
struct Drawing<'a> {
    /// Id of the figure.
    id: &'a str,
    /// Its number in the document, from 1.
    number: usize,
    /// Id of the relation between the text and the file.
    relation: String,
    /// Path below `word/`.
    target: String,
    /// Height for each unit of width.
    ratio: f64,
    png: &'a [u8],
}

fn drawings<'a>(view: &'a View, pictures: &'a Pictures) -> Result<Vec<Drawing<'a>>> {
    let figures = view.sections.iter().flat_map(|section| &section.blocks);
    let figures = figures.filter_map(|block| match block {
        Block::Picture(picture) => Some(picture),
        _ => None,
    });
    (1..)
        .zip(figures)
        .map(|(number, figure)| {
            let Picture { id, .. } = figure.as_ref();
            let missing = || {
                Error::new(
                    "briefing::docx",
                    format!("the figure {id} has no picture in PNG"),
                )
            };
            let png = pictures.get(id).ok_or_else(missing)?;
            Ok(Drawing {
                id,
                number,
                relation: format!("picture{number}"),
                target: format!("media/{id}.png"),
                ratio: ratio(png).ok_or_else(missing)?,
                png,
            })
        })
        .collect()
}

/// Height over width, from the first chunk of a PNG.
fn ratio(png: &[u8]) -> Option<f64> {
    let side = |from: usize| -> Option<u32> {
        let bytes = png.get(from..from + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let (width, height) = (side(16)?, side(20)?);
    (width > 0 && height > 0).then(|| f64::from(height) / f64::from(width))
}

/// The parts as a zip, in their order and with one fixed date.
fn packed(files: Vec<(String, Vec<u8>)>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // Pictures are packed already.
        let method = if name.ends_with(".png") {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
