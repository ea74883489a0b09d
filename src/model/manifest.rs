//! Where the figures come from: the tool, the settings, the inputs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aggregate::Aggregate;
use super::evidence::{Evidence, Field, Fields};
use super::platform::Platform;
use super::published::{SMALLEST_GROUP, SMALLEST_WHOLE};

/// Everything that somebody needs in order to repeat the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// Name and version of the tool.
    pub tool: String,
    /// Every file that was read, in order.
    pub inputs: Vec<Input>,
    /// The files with labels of audits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelFile>,
    /// SHA-256 of the study file.
    pub settings_sha256: String,
    /// The seed of the study.
    pub seed: u64,
    /// What is hidden of small groups.
    #[serde(default)]
    pub suppression: Suppression,
}

/// A file with the labels of an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelFile {
    /// The channel that was audited.
    pub channel: String,
    /// Path below the study file.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// `manifest.json`: what the results were made from, and every file of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "dormouse manifest")]
pub struct Record {
    /// The study file, as the run was given it.
    pub study: String,
    /// The instant at which everybody was judged (RFC 3339, UTC).
    pub census: String,
    /// Whether nothing is hidden: these results are not for publication.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
    /// What the results were made from.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// Every file of the results but this one, in order.
    pub outputs: Vec<OutputFile>,
}

/// A file of the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutputFile {
    /// Path below the folder of results.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// What is hidden of small groups of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suppression {
    /// Whether anything is hidden at all; `false` in internal results.
    pub applied: bool,
    /// Counts from 1 to one below this are hidden, and others that would give them away.
    pub counts_below: u64,
    /// Shares of fewer people are hidden.
    pub shares_below: u64,
}

impl Default for Suppression {
    /// The rules of published results.
    fn default() -> Self {
        Self {
            applied: true,
            counts_below: SMALLEST_GROUP,
            shares_below: SMALLEST_WHOLE,
        }
    }
}

/// One file that was read for a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// The channel that it was read for.
    pub channel: String,
    /// Path below the study file; `archive!member` inside an archive.
    pub path: String,
    /// SHA-256 of the file (of the archive, for a member).
    pub sha256: String,
    /// Rows that were counted: those read, less those set aside and the duplicates.
    #[serde(default)]
    pub counted: u64,
    /// What was found in it.
    #[serde(flatten)]
    pub reading: Reading,
}

/// What reading one file of followers found: counts only.
///
/// Rows read = rows counted + rows set aside + duplicates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// Name of the format, as `dormouse formats` lists it.
    pub format: String,
    /// The platform, where the file tells it.
    pub platform: Option<Platform>,
    /// What the file can prove.
    pub evidence: Evidence,
    /// Rows read, those set aside and the duplicates included.
    pub rows: u64,
    /// Rows that did not parse.
    pub set_aside: u64,
    /// Why rows were set aside: reason → rows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set_aside_reasons: BTreeMap<String, u64>,
    /// What the export says it cannot give: accounts that are gone, and other things
    /// (pinned posts among the `errors` of X's API); `null` is hidden.
    pub unavailable: Option<u64>,
    /// The accounts among them: suspended, deleted, moved; `null` is hidden.
    #[serde(default = "some_zero", skip_serializing_if = "is_some_zero")]
    pub gone: Option<u64>,
    /// Rows whose id was seen before in the same channel.
    pub duplicates: u64,
    /// When the export was made, if it says so (RFC 3339, UTC).
    pub exported_at: Option<String>,
    /// The fields that the file carries, with their filled and empty rows.
    pub fields: Fields,
    /// Further fields that it carries, filled in some rows and empty in others: in how
    /// many is hidden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partly_filled: Vec<Field>,
    /// Under which headings a CSV carries fields, where it does not use their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Field, String>,
    /// Dates that cannot be (before 2004, or long after the census): taken as empty.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub implausible_dates: u64,
    /// The totals, where the file holds those instead of followers; its rows are days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<Aggregate>,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

fn some_zero() -> Option<u64> {
    Some(0)
}

fn is_some_zero(n: &Option<u64>) -> bool {
    *n == Some(0)
}
