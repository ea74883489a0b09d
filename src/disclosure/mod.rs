//! What is published of the tallies and results: the one step between persons' counts and
//! everything that leaves the house.
//!
//! ```text
//! Tally ─ publishable ─▶ Publishable ─ (estimate, compare) ─▶ Results ─ hide ─▶ Results ─▶ out/
//! ```
//!
//! A [`Tally`](crate::model::tally::Tally) has cells of single persons. [`publishable`]
//! merges its cells until every part is nobody or at least ten people, in steps that fit
//! into each other: the four states at the study's window, bands of silence inside them,
//! and inside each band once more by day (the curve) and by kind of account (the
//! multiverse). Shares, curves and specifications are then computed from the parts alone,
//! so that nothing printed anywhere can say more than the parts do. [`publishable_audit`] does the same to
//! the labels of an audit. [`hide`] does the rest:
//! shares of fewer than a hundred, labels, changes between snapshots, totals, and what the
//! manifest counts.
//!
//! The study's one switch `internal` leaves all of this out; such results say so.

mod tally;
mod results;
mod audit;

pub use audit::{hide_strata, publishable_audit, widened};
pub use results::{hide, hide_specifications, hide_totals};
pub use tally::{Publishable, publishable};
