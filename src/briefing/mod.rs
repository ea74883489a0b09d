//! The briefing: from results and drawn figures to the document that a council reads.
//!
//! One [`View`](view::View) of finished strings feeds every document, so that the page, the
//! Markdown and the lines on the terminal never say different things. A renderer
//! only places strings: it computes nothing, and formats no number.
//!
//! ```text
//! Results + Words + drawn figures ─ View::new ─▶ View ─┬ html::render ─────▶ briefing.html
//!                                                      ├ markdown::render ─▶ briefing.md
//!                                                      ├ docx::render ─────▶ briefing.docx
//!                                                      ├ pdf::render ──────▶ briefing.pdf
//!                                                      ├ workbook::render ─▶ annex.xlsx
//!                                                      └ summary ────────▶ the terminal
//! ```
//!
//! Which sentence is said is decided here, from the limits of the shares; how it is
//! said stands in [`crate::wording::briefing`]. The political part (background,
//! proposal, finance) is never written: its places are marked for people to fill in.
//!
//! "Dormant" is said of a channel only where its own audit stands behind it.

pub mod view;
mod widths;
mod findings;
mod differences;
mod changes;
mod totals;
mod decision;
mod letter;
mod gaps;
mod account;
pub mod annex;
pub mod html;
pub mod markdown;
pub mod docx;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod workbook;
pub mod summary;
