//! dormouse
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod error;
pub mod model;
pub mod frame;
pub mod ingest;
pub mod wording;
pub mod chart;
pub mod briefing;
