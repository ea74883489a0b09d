//! Platforms, and the languages of the briefing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A platform on which a public body keeps a channel.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// X, formerly Twitter.
    X,
    /// Instagram.
    Instagram,
    /// Facebook.
    Facebook,
    /// LinkedIn.
    Linkedin,
    /// Mastodon and servers that speak its API.
    Mastodon,
    /// Bluesky.
    Bluesky,
    /// TikTok.
    Tiktok,
    /// Threads.
    Threads,
    /// YouTube.
    Youtube,
    /// Anything else; only the canonical CSV can carry it.
    Other,
}

impl Platform {
    /// All platforms.
    pub const ALL: [Self; 10] = [
        Self::X,
        Self::Instagram,
        Self::Facebook,
        Self::Linkedin,
        Self::Mastodon,
        Self::Bluesky,
        Self::Tiktok,
        Self::Threads,
        Self::Youtube,
        Self::Other,
    ];

    /// The name as study files and artefacts write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Instagram => "instagram",
            Self::Facebook => "facebook",
            Self::Linkedin => "linkedin",
            Self::Mastodon => "mastodon",
            Self::Bluesky => "bluesky",
            Self::Tiktok => "tiktok",
            Self::Threads => "threads",
            Self::Youtube => "youtube",
            Self::Other => "other",
        }
    }

    /// The name as the platform writes it, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::X => "X",
            Self::Instagram => "Instagram",
            Self::Facebook => "Facebook",
            Self::Linkedin => "LinkedIn",
            Self::Mastodon => "Mastodon",
            Self::Bluesky => "Bluesky",
            Self::Tiktok => "TikTok",
            Self::Threads => "Threads",
            Self::Youtube => "YouTube",
            Self::Other => "other",
        }
    }

    /// Whether post counts are what one server of a federation has seen, and so a
    /// lower limit: a count of zero alone does not show that nobody posted.
    pub fn counts_are_lower_limits(self) -> bool {
        matches!(self, Self::Mastodon)
    }
}

/// The language of the briefing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Dutch, at level B1.
    Nl,
}
