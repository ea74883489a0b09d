//! dormouse

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
