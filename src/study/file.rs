//! The study file as it is written: a mirror for serde, nothing checked yet.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::model::evidence::{Design, Field};
use crate::model::letter::Letter;
use crate::model::monotone::OlderFollowers;
use crate::model::platform::{Language, Platform};
use crate::model::verdict::Policy;

/// One review of the channels of a public body.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "dormouse study")]
pub struct StudyFile {
    /// Title of the review.
    pub title: String,
    /// The public body.
    pub organisation: String,
    /// Language of the briefing: `nl` or `en`.
    #[serde(default)]
    pub language: Language,
    /// The instant at which everybody is judged, in UTC; from the exports when left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub census: Option<Spanned<toml::value::Datetime>>,
    /// Residents of the place.
    #[serde(default)]
    pub residents: Option<u64>,
    /// Days of silence beyond which a follower counts as silent; 180 when left out.
    #[serde(default)]
    #[schemars(with = "Option<u32>")]
    pub window_days: Option<Spanned<u32>>,
    /// Level of the intervals; 0.95 when left out.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub level: Option<Spanned<f64>>,
    /// Seed of everything that is random; 0 when left out.
    #[serde(default)]
    pub seed: u64,
    /// The channels.
    #[serde(default, rename = "channel")]
    pub channels: Vec<ChannelEntry>,
    /// The council's own rules; none are invented.
    #[serde(default)]
    #[schemars(with = "Option<Policy>")]
    pub policy: Option<Spanned<Policy>>,
    /// The form of the briefing.
    #[serde(default)]
    #[schemars(with = "Option<Letter>")]
    pub briefing: Option<Spanned<Letter>>,
}

/// One `[[channel]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelEntry {
    /// A short id: small letters, digits, hyphens.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// The name for people; the platform's when left out.
    #[serde(default)]
    pub name: Option<String>,
    /// The platform.
    pub platform: Platform,
    /// Files, folders, patterns, zips, below the study file's folder.
    #[schemars(with = "Vec<String>")]
    pub exports: Spanned<Vec<String>>,
    /// How the exports stand to the followers; `unknown` when left out.
    #[serde(default)]
    pub design: Design,
    /// Lists of interactions: CSV files of a person and a date a row.
    #[serde(default)]
    pub interactions: Vec<String>,
    /// Which heading of a CSV stands for which field, where the headings do not say it.
    #[serde(default)]
    pub columns: Option<Columns>,
    /// The counter that the platform shows.
    #[serde(default)]
    pub followers: Option<u64>,
    /// What is assumed of followers older than a list of the newest, for limits beside the
    /// worst case; nothing when left out.
    #[serde(default)]
    #[schemars(with = "OlderFollowers")]
    pub older_followers: Option<Spanned<OlderFollowers>>,
    /// File with the labels of the audit.
    #[serde(default)]
    pub audit: Option<String>,
    /// Staff hours a month.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub hours_per_month: Option<Spanned<f64>>,
    /// Costs a month, in euros.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub cost_per_month: Option<Spanned<f64>>,
    /// Standard error of the costs, in euros, where they are estimated themselves.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub cost_standard_error: Option<Spanned<f64>>,
    /// Share of the residents that the channel reaches, from a survey: both limits.
    #[serde(default)]
    #[schemars(with = "Option<[f64; 2]>")]
    pub residents_reached: Option<Spanned<[f64; 2]>>,
    /// Whether everybody can read the channel without an account.
    #[serde(default)]
    pub readable_without_login: Option<bool>,
    /// Whether the channel serves to inform people in a crisis.
    #[serde(default)]
    pub crisis_role: Option<bool>,
    /// Older exports of the same channel, to see what changed since.
    #[serde(default, rename = "snapshot")]
    pub snapshots: Vec<SnapshotEntry>,
}

/// `[channel.columns]`: the headings of the channel's CSV files, by field.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// What tells followers apart: an id or a handle.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// When somebody began to follow.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub followed_at: Option<Spanned<String>>,
    /// When the account was made.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub account_created_at: Option<Spanned<String>>,
    /// The last dated act.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub last_active_at: Option<Spanned<String>>,
    /// Number of posts.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub posts_count: Option<Spanned<String>>,
    /// Number of followers.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub followers_count: Option<Spanned<String>>,
    /// Number of accounts followed.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub following_count: Option<Spanned<String>>,
    /// Whether the picture is the platform's own.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub default_avatar: Option<Spanned<String>>,
    /// Whether posts are shown to approved followers only.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub protected: Option<Spanned<String>>,
}

impl Columns {
    /// Field and heading, for the fields that are given.
    pub(super) fn given(self) -> Vec<(Field, Spanned<String>)> {
        let others = [
            (Field::FollowedAt, self.followed_at),
            (Field::AccountCreatedAt, self.account_created_at),
            (Field::LastActiveAt, self.last_active_at),
            (Field::PostsCount, self.posts_count),
            (Field::FollowersCount, self.followers_count),
            (Field::FollowingCount, self.following_count),
            (Field::DefaultAvatar, self.default_avatar),
            (Field::Protected, self.protected),
        ];
        let others = others
            .into_iter()
            .filter_map(|(field, heading)| Some((field, heading?)));
        std::iter::once((Field::Id, self.id))
            .chain(others)
            .collect()
    }
}

/// One `[[channel.snapshot]]`: older exports of the channel above it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SnapshotEntry {
    /// The instant at which the followers of that time are judged, in UTC.
    #[schemars(with = "String")]
    pub census: Spanned<toml::value::Datetime>,
    /// Files, folders, patterns, zips, below the study file's folder. They may be deleted
    /// after a run has read them; their states are kept under pseudonyms.
    #[serde(default)]
    pub exports: Vec<String>,
    /// How these exports stand to the followers of that time; the channel's when left out.
    #[serde(default)]
    pub design: Option<Design>,
}

/// The text as a study file.
pub fn parse(name: &str, text: &str) -> Result<StudyFile> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let message = error.message();
        match unknown_key(message) {
            Some((key, valid)) => {
                let nearest = nearest(&key, &valid);
                mistake(
                    name,
                    text,
                    span,
                    format!("there is no setting `{key}`"),
                    "not known",
                )
                .help(match nearest {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => format!("the settings here are: {}", valid.join(", ")),
                })
            }
            None => mistake(name, text, span, message.trim_end().to_owned(), "here")
                .help("`dormouse schema study` prints every setting with its type"),
        }
    })
}

/// A mistake at a place of the study file, with the line and column said.
pub fn mistake(
    name: &str,
    text: &str,
    span: Range<usize>,
    message: impl Into<String>,
    label: &str,
) -> Error {
    let before = text.get(..span.start).unwrap_or("");
    let row = before.matches('\n').count() as u64 + 1;
    let column = before
        .chars()
        .rev()
        .take_while(|&character| character != '\n')
        .count()
        + 1;
    Error::new("study::setting", message)
        .at(name)
        .row(row)
        .column(column.to_string())
        .snippet(name, text, span, label)
}

/// Key and valid keys out of serde's message on an unknown field.
fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut quoted = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    Some((quoted.next()?, quoted.collect()))
}

fn nearest(key: &str, valid: &[String]) -> Option<String> {
    valid
        .iter()
        .map(|candidate| (strsim::jaro_winkler(key, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.clone())
}
