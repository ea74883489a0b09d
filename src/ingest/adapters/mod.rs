//! The formats, one file each, and their registry.
//!
//! Order matters only where one format is a special case of another: the more special
//! stands first, the per-follower CSV last.

mod bluesky_followers;
mod canonical_csv;
mod canonical_json;
mod canonical_parquet;
mod csv_refusals;
mod facebook_followers;
mod facebook_html;
mod follower_csv;
mod instagram_connections;
pub(super) mod instagram_followers;
pub mod interaction_list;
mod instagram_html;
mod linkedin_connections;
mod linkedin_creator;
mod linkedin_page;
pub mod mapped_csv;
mod mastodon_accounts;
mod meta_business_suite;
mod meta_pages;
mod refusals;
mod synonyms;
mod threads_followers;
pub(super) mod tiktok_follower_text;
mod tiktok_user_data;
mod tiktok_business;
mod tiktok_studio;
mod x_api_v1_users;
mod x_api_v2_users;
mod x_archive;
mod x_follower_ids;
mod x_id_list;
mod x_archive_manifest;
mod youtube_subscribers;
mod x_daily_activity;
mod x_overview;
mod youtube_studio;

use super::Adapter;
use super::recognise::Refusal;
use crate::model::refused::Refused;

/// Every format that can be read.
pub static ADAPTERS: &[&dyn Adapter] = &[
    &x_archive::XArchive,
    &x_archive_manifest::XArchiveManifest,
    &x_follower_ids::XFollowerIds,
    &x_id_list::XIdList,
    &x_api_v1_users::XApiV1Users,
    &x_api_v2_users::XApiV2Users,
    &instagram_followers::InstagramFollowers,
    &instagram_connections::InstagramConnections,
    &threads_followers::ThreadsFollowers,
    &facebook_followers::FacebookFollowers,
    &instagram_html::InstagramHtml,
    &facebook_html::FacebookHtml,
    &mastodon_accounts::MastodonAccounts,
    &bluesky_followers::BlueskyFollowers,
    &tiktok_user_data::TiktokUserData,
    &tiktok_follower_text::TiktokFollowerText,
    &youtube_subscribers::YoutubeSubscribers,
    &linkedin_connections::LinkedinConnections,
    &meta_business_suite::MetaBusinessSuite,
    &linkedin_page::LinkedinPage,
    &linkedin_creator::LinkedinCreator,
    &x_overview::XOverview,
    &x_daily_activity::XDailyActivity,
    &tiktok_studio::TiktokStudio,
    &tiktok_business::TiktokBusiness,
    &youtube_studio::YoutubeStudio,
    &canonical_json::CanonicalJson,
    &canonical_parquet::CanonicalParquet,
    &canonical_csv::CanonicalCsv,
    &interaction_list::InteractionList,
    &follower_csv::FollowerCsv,
];

/// Every file that is refused with the way out.
pub static REFUSALS: &[(Refusal, Refused)] = &[
    (refusals::X_FOLLOWING, Refused::Followed),
    (refusals::X_GRAILBIRD, Refused::Posts),
    (refusals::INSTAGRAM_FOLLOWING, Refused::Followed),
    (refusals::THREADS_FOLLOWING, Refused::Followed),
    (refusals::BLUESKY_FOLLOWING, Refused::Followed),
    (refusals::FACEBOOK_FOLLOWING, Refused::Followed),
    (refusals::FACEBOOK_FRIENDS, Refused::Friends),
    (facebook_followers::OTHER_LIST, Refused::Untold),
    (meta_pages::THREADS_PAGE, Refused::ThreadsPage),
    (meta_pages::OTHER_LIST, Refused::Untold),
    (tiktok_follower_text::OTHER_LIST, Refused::Untold),
    (csv_refusals::MASTODON_FOLLOWING, Refused::Followed),
    (csv_refusals::YOUTUBE_SUBSCRIPTIONS, Refused::Followed),
    (csv_refusals::LINKEDIN_COMPANY_FOLLOWS, Refused::Followed),
    (csv_refusals::LINKEDIN_MEMBER_FOLLOWS, Refused::Followed),
    (csv_refusals::POSTS, Refused::Posts),
];
