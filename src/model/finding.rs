//! What a comparison of two channels found: three values, never "overlap".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which share is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Quantity {
    /// The dormant share, from audits.
    Dormant,
    /// The publicly silent share.
    Silent,
}

/// Whether the share of `a` is certainly larger or smaller than that of `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Finding {
    /// The interval of the difference lies above zero, or the bounds are apart.
    Larger,
    /// The interval of the difference lies below zero, or the bounds are apart.
    Smaller,
    /// The figures do not decide it.
    Undecided,
}

/// One pair of channels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// The first channel.
    pub a: String,
    /// The second channel.
    pub b: String,
    /// Which share.
    pub quantity: Quantity,
    /// Share of `a` minus share of `b`, where both have an estimate.
    pub difference: Option<f64>,
    /// Lower limit of the difference.
    pub lower: f64,
    /// Upper limit of the difference.
    pub upper: f64,
    /// The level of the limits: that at which all pairs together are right at the
    /// study's level (Bonferroni).
    pub level: f64,
    /// `mover-difference`, or `bounds` where the evidence is unlike.
    pub method: String,
    /// What was found.
    pub finding: Finding,
    /// Two-sided p-value of the difference, where both sides have a standard error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
    /// The p-value adjusted for all pairs that have one (Holm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_holm: Option<f64>,
    /// Cohen's h of the two estimates: 0.2 small, 0.5 medium, 0.8 large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohens_h: Option<f64>,
}

/// Which ranks the dormant shares leave possible; rank 1 is the largest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ranking {
    /// Which share.
    pub quantity: Quantity,
    /// The level at which all rank sets together are right.
    pub level: f64,
    /// One entry a channel that has the share.
    pub channels: Vec<Ranked>,
}

/// The possible ranks of one channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ranked {
    /// The channel.
    pub channel: String,
    /// Best possible rank.
    pub first: u64,
    /// Worst possible rank.
    pub last: u64,
    /// Chance that it has the largest share, under the sampling model of the audits
    /// alone: how dormant is defined and what is missing is not in it. `None` where
    /// a channel has bounds only.
    pub largest: Option<f64>,
}
