//! One test binary.

mod oracle;
