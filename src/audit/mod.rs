//! The audit: a random draw of followers that an analyst looked up and labelled.

mod labels;

pub use labels::read;
