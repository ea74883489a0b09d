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
    /// The level of the limits.
    pub level: f64,
    /// `mover-difference`, or `bounds` where the evidence is unlike.
    pub method: String,
    /// What was found.
    pub finding: Finding,
}
