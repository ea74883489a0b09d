//! Figures and papers, from the results alone.

use std::fs;
use std::path::Path;

use super::Watch;
use super::publish::{json, record};
use super::verify::read as manifest;
use crate::briefing::docx::Pictures;
use crate::error::{Error, Result};
use crate::model::figure::Drawn;
use crate::model::platform::Language;
use crate::model::results::{Results, SCHEMA_VERSION};
use crate::output::{MANIFEST, Output, RESULTS};
use crate::wording::Words;
use crate::{briefing, chart};

/// The paper to begin with.
pub const PAGE: &str = "briefing.html";

/// Writes the figures and papers about some results.
///
/// # Errors
/// The folder cannot be written.
pub fn papers(output: &Output, results: &Results, words: Words, watch: &dyn Watch) -> Result<()> {
    watch.stage("drawing the figures");
    let figures = chart::draw_all(results, words);
    let pictures = write_figures(output, &figures)?;
    for kind in chart::FIGURES {
        let numbers = chart::numbers(kind, results, words);
        output.write(&format!("figures/{}.csv", kind.id), numbers.as_bytes())?;
    }

    watch.stage("writing the briefing");
    let view = briefing::view::View::new(results, &figures, words);
    output.write(PAGE, briefing::html::render(&view).as_bytes())?;
    output.write("briefing.md", briefing::markdown::render(&view).as_bytes())?;
    output.write("briefing.docx", &briefing::docx::render(&view, &pictures)?)?;
    #[cfg(feature = "pdf")]
    output.write("briefing.pdf", &briefing::pdf::render(&view)?)?;
    output.write("annex.xlsx", &briefing::workbook::render(&view)?)
}

/// Writes the figures and papers in a folder of results anew; the other files stay as
/// they are. `language` is that of the study where it is not given.
///
/// # Errors
/// The folder holds no results, results of another version, or cannot be written.
pub fn brief(folder: &Path, language: Option<Language>, watch: &dyn Watch) -> Result<()> {
    let results = read(&folder.join(RESULTS))?;
    let words = Words::new(language.unwrap_or(results.study.language));
    let output = Output::begin(folder)?;
    output.keep(folder)?;
    // What is not made anew would speak of other results: figures that these do not have,
    // and the PDF where this build writes none.
    for path in ["figures", "briefing.pdf"] {
        output.leave_out(path)?;
    }
    papers(&output, &results, words, watch)?;
    if let Ok(before) = manifest(folder) {
        output.write(MANIFEST, &json(&record(&results, &before.study, &output)?)?)?;
    }
    output.finish()
}

/// The results in a file.
fn read(path: &Path) -> Result<Results> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| {
        Error::new(
            "brief::results",
            format!("the results cannot be read: {error}"),
        )
        .at(&name)
        .help("give the folder that `dormouse run` wrote, like out")
    })?;
    parsed(&bytes).map_err(|error| error.at(&name))
}

/// The results in the bytes of a `results.json`.
pub(super) fn parsed(bytes: &[u8]) -> Result<Results> {
    let again = "run `dormouse run` on the study once more";
    let wrong = |message: String| Error::new("brief::results", message).help(again);
    let results: Results = serde_json::from_slice(bytes).map_err(|error| {
        wrong(format!("these are no results of this version: {error}")).row(error.line() as u64)
    })?;
    if results.schema_version != SCHEMA_VERSION {
        let version = results.schema_version;
        return Err(wrong(format!(
            "these results have version {version}, and this is version {SCHEMA_VERSION}"
        )));
    }
    Ok(results)
}

/// Writes each figure as SVG and PNG, and gives the latter; rendering is what takes time, so
/// each has a thread of its own.
fn write_figures(output: &Output, figures: &[Drawn]) -> Result<Pictures> {
    std::thread::scope(|scope| {
        let renders: Vec<_> = figures
            .iter()
            .map(|drawn| scope.spawn(move || chart::png::png(&drawn.svg)))
            .collect();
        let mut pictures = Pictures::new();
        for (drawn, render) in figures.iter().zip(renders) {
            let id = &drawn.figure.id;
            let png = render.join().unwrap_or_else(|_| {
                Err(Error::new(
                    "chart::png",
                    format!("the figure {id} could not be rendered"),
                ))
            })?;
            output.write(&format!("figures/{id}.svg"), drawn.svg.as_bytes())?;
            output.write(&format!("figures/{id}.png"), &png)?;
            pictures.insert(id.clone(), png);
        }
        Ok(pictures)
    })
}
