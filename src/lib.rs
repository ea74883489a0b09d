//! dormouse

pub mod error;
pub mod model;
pub mod frame;
pub mod ingest;
pub mod activity;
pub mod study;
pub mod audit;
pub mod estimate;
pub mod compare;
