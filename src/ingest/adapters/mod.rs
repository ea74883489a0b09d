//! The formats, one file each, and their registry.
//!
//! Order matters only where one format is a special case of another: the more special
//! stands first, the per-follower CSV last.

use super::Adapter;
use super::recognise::Refusal;

/// Every format that can be read.
pub static ADAPTERS: &[&dyn Adapter] = &[];

/// Every file that is refused with the way out.
pub static REFUSALS: &[Refusal] = &[];
