//! Where the figures come from: the tool, the settings, the inputs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aggregate::Aggregate;
use super::evidence::{Evidence, Field, Fields};
use super::platform::Platform;

/// Everything that somebody needs in order to repeat the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// Name and version of the tool.
    pub tool: String,
    /// Every file that was read, in order.
    pub inputs: Vec<Input>,
    /// SHA-256 of the study file.
    pub settings_sha256: String,
    /// The seed of the study.
    pub seed: u64,
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
    /// (pinned posts among the `errors` of X's API).
    pub unavailable: u64,
    /// The accounts among them: suspended, deleted, moved.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gone: u64,
    /// Rows whose id was seen before in the same channel.
    pub duplicates: u64,
    /// When the export was made, if it says so (RFC 3339, UTC).
    pub exported_at: Option<String>,
    /// The fields that the file carries, with their filled and empty rows.
    pub fields: Fields,
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
