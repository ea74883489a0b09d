//! What the documents say is true of the results, in both languages.

mod fixtures;
mod numbers;
mod structure;
mod claims;
mod papers;
