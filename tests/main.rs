//! One test binary.

mod oracle;
mod stats_properties;
