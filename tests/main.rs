//! One test binary: each further one would link polars again.

mod fixtures;
mod oracle;
mod real;
mod rules;
