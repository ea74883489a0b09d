//! The letter for the archive: PDF/UA-1 and PDF/A-2a, set by typst.
//!
//! The template `letter.typ` places what `view.json` says; both lie in a world that
//! holds nothing else but the drawings and the two faces of the theme. It knows no file,
//! no network, no clock and no font of the machine, so the same view gives the same bytes
//! everywhere. The exporter refuses a figure without alternative text, a skipped level of
//! headings and a letter that the font does not have: those are replaced before.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Timelike};
use serde_json::{Value, json};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::html::FACES;
use super::view::{Block, View};
use crate::error::{Error, Result};
use crate::wording::briefing::Label;

const TEMPLATE: &str = include_str!("letter.typ");

/// Stands for a letter that the font does not have.
const UNKNOWN: char = '?';

/// The document as the bytes of a PDF.
///
/// # Errors
/// `briefing::pdf` with what typst says, when it refuses the document.
pub fn render(view: &View) -> Result<Vec<u8>> {
    let refused = |message: String| Error::new("briefing::pdf", message);
    let desk =
        Desk::new(view).ok_or_else(|| refused("the letter cannot be laid out".to_owned()))?;
    let said = |faults: &[SourceDiagnostic]| {
        let faults: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        refused(format!(
            "the letter cannot be written as PDF: {}",
            faults.join("; ")
        ))
    };
    let document: PagedDocument = typst::compile(&desk)
        .output
        .map_err(|faults| said(&faults))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|fault| refused(fault.message().to_string()))?;
    let options = PdfOptions {
        // The title alone would give two letters of one organisation the same identity.
        ident: Smart::Custom(format!(
            "{} {} {}",
            view.organisation,
            view.title,
            view.words.tag()
        )),
        creator: Smart::Custom(Some("dormouse".to_owned())),
        timestamp: timestamp(&view.census),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|faults| said(&faults))
}

/// The census instant, which the archive takes for the date of the letter.
fn timestamp(census: &str) -> Option<Timestamp> {
    let at = DateTime::parse_from_rfc3339(census).ok()?.naive_utc();
    let part = |number: u32| u8::try_from(number).ok();
    let at = Datetime::from_ymd_hms(
        at.year(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Some(Timestamp::new_utc(at))
}

/// The world of one letter: template, view, drawings, faces.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    files: HashMap<FileId, Bytes>,
}

impl Desk {
    fn new(view: &View) -> Option<Self> {
        let fonts: Vec<Font> = FACES
            .iter()
            .filter_map(|(_, face)| Font::new(Bytes::new(*face), 0))
            .collect();
        let mut said = said(view);
        readable(&mut said, &fonts);
        let mut files = HashMap::new();
        files.insert(file("view.json")?, Bytes::from_string(said.to_string()));
        for section in &view.sections {
            for block in &section.blocks {
                if let Block::Picture(picture) = block {
                    let mut svg = Value::String(picture.svg.clone());
                    readable(&mut svg, &fonts);
                    let svg = svg.as_str().unwrap_or_default().to_owned();
                    let name = format!("figures/{}.svg", picture.id);
                    files.insert(file(&name)?, Bytes::from_string(svg));
                }
            }
        }
        Some(Self {
            // Heads of rows are a feature that typst does not yet promise to keep.
            library: LazyHash::new(
                Library::builder()
                    .with_features([Feature::A11yExtras].into_iter().collect())
                    .build(),
            ),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(file("letter.typ")?, TEMPLATE.to_owned()),
            files,
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            return Ok(self.template.clone());
        }
        Err(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// A file of the desk.
fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// What the template reads.
fn said(view: &View) -> Value {
    let about = [view.organisation.trim(), view.title.trim()];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    let facts: Vec<Value> = view
        .facts
        .iter()
        .map(|(name, values)| json!({ "name": name, "value": values.join(" ") }))
        .collect();
    json!({
        "lang": view.words.tag(),
        "region": view.words.locale_tag().split('-').next_back(),
        "headline": view.headline,
        "organisation": view.organisation,
        "lead": view.lead,
        "kicker": view.kicker(),
        "about": about.join(" · "),
        "page": view.label(Label::Page),
        "of": view.label(Label::Of),
        "letterhead": view.letterhead,
        "facts": facts,
        "sections": view.sections,
    })
}

/// Replaces the letters that none of the faces has, in every text.
fn readable(value: &mut Value, fonts: &[Font]) {
    match value {
        Value::String(text) => {
            let known = |letter: char| {
                letter == '\n'
                    || fonts
                        .iter()
                        .any(|font| font.info().coverage.contains(u32::from(letter)))
            };
            if !text.chars().all(known) {
                *text = text
                    .chars()
                    .map(|letter| if known(letter) { letter } else { UNKNOWN })
                    .collect();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| readable(value, fonts)),
        Value::Object(fields) => fields.values_mut().for_each(|value| readable(value, fonts)),
        _ => {}
    }
}
