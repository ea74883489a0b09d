//! What is true of a synthetic channel. It lies in a file of its own; nothing that
//! estimates reads it.

use std::io;
use std::path::Path;

use serde::Serialize;

use crate::model::evidence::Design;
use crate::model::platform::Platform;

use super::instants::DAY;
use super::population::{Fate, Follower};

/// The truth of a study, as written in `truth.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// The census instant.
    pub census: String,
    /// Channel by channel.
    pub channels: Vec<Channel>,
}

impl Truth {
    /// Writes the truth as JSON.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        std::fs::write(path, text)
    }
}

/// The truth of one channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Channel {
    /// The channel of the study.
    pub id: String,
    /// Where it is.
    pub platform: Platform,
    /// What its followers were drawn from.
    pub seed: u64,
    /// How the export stands to the followers.
    pub design: Design,
    /// Of everybody who follows the channel.
    pub all: Group,
    /// Of those in the export; the same people in a census.
    pub listed: Group,
}

/// Followers and what is true of them. Shares are of those who are present.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Group {
    /// Everybody, those gone included.
    pub followers: u64,
    /// Suspended or moved.
    pub gone: u64,
    /// Present, and the owner had left before the census.
    pub dormant: u64,
    /// The share of it.
    pub dormant_share: f64,
    /// Present, and without a public act for this many days.
    pub window_days: u32,
    /// How many they are.
    pub silent: u64,
    /// The share of it.
    pub silent_share: f64,
    /// Present and automatic, dormant or not.
    pub bots: u64,
    /// Present and never posted, bots included.
    pub never_posted: u64,
    /// Present and protected.
    pub protected: u64,
}

impl Group {
    /// Nobody yet.
    pub(super) fn new(window_days: u32) -> Self {
        Self {
            window_days,
            ..Self::default()
        }
    }

    /// Counts one follower.
    pub(super) fn add(&mut self, follower: &Follower, census: i64) {
        self.followers += 1;
        if follower.fate != Fate::Present {
            self.gone += 1;
            return;
        }
        let silent = census - follower.last_act() > i64::from(self.window_days) * DAY;
        self.dormant += u64::from(follower.dormant());
        self.silent += u64::from(silent);
        self.bots += u64::from(follower.bot);
        self.never_posted += u64::from(follower.posts == 0);
        self.protected += u64::from(follower.protected);
    }

    /// Works out the shares; zero where nobody is present.
    pub(super) fn close(mut self) -> Self {
        let present = (self.followers - self.gone).max(1) as f64;
        self.dormant_share = self.dormant as f64 / present;
        self.silent_share = self.silent as f64 / present;
        self
    }
}
