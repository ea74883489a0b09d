//! One test binary: each further one would link polars again.

mod oracle;
mod rules;
