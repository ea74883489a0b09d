//! dormouse

pub mod error;
pub mod model;
pub mod frame;
pub mod ingest;
pub mod wording;
pub mod chart;
