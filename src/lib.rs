//! `dormouse` answers one question for a public body: of the people who follow us on
//! each channel, how many are still awake, how sure are we, and does that justify
//! keeping or leaving the channel?
//!
//! # The way of the data
//!
//! ```text
//!  exports ─ ingest ─▶ rows ─ activity ─▶ Tally ─ estimate ─▶ Shares ─ compare ─▶ Comparisons
//!                                           ▲                                         │
//!                        audit labels ──────┘      out/ ◀─ chart, briefing ◀─ Verdicts ◀─ decide
//!                        (strata of the draw, beside the tally)
//! ```
//!
//! Each stage takes what the one before it made: [`ingest`] turns files into batches of
//! rows, [`activity`] counts them into a [`model::tally::Tally`], [`audit`] reads what
//! people labelled, [`estimate`] makes shares with intervals, [`compare`] says which
//! differences are clear, [`decide`] what the council's own rules make of them, [`chart`]
//! draws, [`briefing`] writes. [`pipeline`] is the one file that knows all of them;
//! [`cli`] is the only place that prints.
//!
//! **The tally is the narrow waist.** Left of it are persons, as polars frames in
//! [`frame`]; right of it are only counts. So the rows are read once, parts can be
//! counted anywhere and added, and what comes after can be published. Where a platform
//! hands out totals and no followers, these go beside it, as [`model::aggregate::Days`].
//!
//! Dated exports of a channel are joined left of it: [`frame::states`] holds followers
//! under pseudonyms whose key and files lie in the [`vault`], and only counts of their
//! transitions go on.
//!
//! # The rules of the house
//!
//! * `cli → pipeline → stages → { frame, stats, study, wording } → model`. A stage never
//!   names another stage.
//! * `polars` is named only left of the tally: in [`frame`], [`ingest`], [`activity`],
//!   [`audit`].
//! * [`stats`] is pure numbers: it knows no file, clock, platform or frame.
//! * [`model`] holds the nouns, and [`error`] what can go wrong with them.
//! * Missing is not dormant, silent is not dormant, and newest-first lists are not
//!   samples: [`model::tally::State`], [`estimate::dormant`] and
//!   [`model::share::Method::NewestWorstCase`] are where these three hold.
//!
//! A test reads `src/` and holds the first three.
//!
//! # Where to add what
//!
//! * A format of a platform: one file under [`ingest::adapters`], its line in
//!   [`ingest::adapters::ADAPTERS`], one folder of fixtures.
//! * A heuristic: one file under [`activity`], its line in [`activity::HEURISTICS`].
//! * A figure: one file under [`chart::figures`], its line in
//!   [`chart::figures::FIGURES`].
//! * A word or sentence: [`wording`], in both languages.

pub mod error;
pub mod model;
pub mod stats;
pub mod wording;
pub mod study;
pub mod frame;
pub mod ingest;
pub mod activity;
pub mod audit;
pub mod estimate;
pub mod compare;
pub mod decide;
pub mod chart;
pub mod briefing;
pub mod simulate;
pub mod output;
pub mod vault;
pub mod pipeline;
pub mod cli;
