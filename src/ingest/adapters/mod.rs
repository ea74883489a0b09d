//! The formats, one file each, and their registry.
//!
//! Order matters only where one format is a special case of another: the more special
//! stands first, the per-follower CSV last.

mod instagram_followers;
mod refusals;
mod x_archive;

use super::Adapter;
use super::recognise::Refusal;

/// Every format that can be read.
pub static ADAPTERS: &[&dyn Adapter] = &[
    &x_archive::XArchive,
    &instagram_followers::InstagramFollowers,
];

/// Every file that is refused with the way out.
pub static REFUSALS: &[Refusal] = &[
    refusals::X_FOLLOWING,
    refusals::X_GRAILBIRD,
    refusals::INSTAGRAM_FOLLOWING,
    refusals::THREADS_FOLLOWING,
];
