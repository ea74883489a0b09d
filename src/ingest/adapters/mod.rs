//! The formats, one file each, and their registry.
//!
//! Order matters only where one format is a special case of another: the more special
//! stands first, the per-follower CSV last.

mod synonyms;
mod canonical_csv;
mod follower_csv;
mod csv_refusals;

use super::Adapter;
use super::recognise::Refusal;

/// Every format that can be read.
pub static ADAPTERS: &[&dyn Adapter] = &[&canonical_csv::CanonicalCsv, &follower_csv::FollowerCsv];

/// Every file that is refused with the way out.
pub static REFUSALS: &[Refusal] = &[
    csv_refusals::MASTODON_FOLLOWING,
    csv_refusals::YOUTUBE_SUBSCRIPTIONS,
    csv_refusals::LINKEDIN_COMPANY_FOLLOWS,
    csv_refusals::LINKEDIN_MEMBER_FOLLOWS,
    csv_refusals::POSTS,
];
