//! dormouse
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod error;
pub mod model;
pub mod wording;
pub mod briefing;
