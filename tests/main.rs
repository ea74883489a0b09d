//! One test binary.

mod briefing;
