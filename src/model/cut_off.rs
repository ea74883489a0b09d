//! Signs that a list of followers is cut off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sign that a list holds only the newest followers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "sign", rename_all = "kebab-case")]
pub enum Sign {
    /// The last page names a next one, which is not there.
    PagesLeft,
    /// The dates of follow fall from row to row, and stop.
    NewestFirst {
        /// The day of the oldest follow on the list.
        oldest: String,
    },
    /// The rows are so many full pages of the platform.
    FullPages {
        /// Rows.
        rows: u64,
        /// Rows of a page.
        page: u64,
    },
    /// A part of a list in several files is missing.
    PartMissing,
}

impl Sign {
    /// The sign in a few words, for programs and terminals: `pages-left`, `newest-first`, ….
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::PagesLeft => "pages-left",
            Self::NewestFirst { .. } => "newest-first",
            Self::FullPages { .. } => "full-pages",
            Self::PartMissing => "part-missing",
        }
    }
}
