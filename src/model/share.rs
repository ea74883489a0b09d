//! A share with its uncertainty: no number without interval, level and method.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A share of the followers of a channel, as a fraction of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Lower limit of the interval or of the bounds.
    pub lower: f64,
    /// Upper limit of the interval or of the bounds.
    pub upper: f64,
    /// The point, where there is one: bounds have none.
    pub estimate: Option<f64>,
    /// The level of the interval; of bounds without sampling error it is the level
    /// that was asked for.
    pub level: f64,
    /// How the limits were made; a name that `dormouse explain` knows.
    pub method: Method,
    /// The narrower 50 % interval that the forest chart draws inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inner: Option<Limits>,
    /// Twenty values, each as plausible as the next, for a share from an audit that has a
    /// point: the limits of its intervals at the levels 95, 85, … 5 %, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantiles: Option<Vec<f64>>,
    /// How many labels stand behind it, for a share from an audit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<u64>,
}

/// Two limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// How a share was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Bounds over a census: the undetermined all awake, or all silent.
    ManskiBounds,
    /// Bounds over a random sample, with sampling error (Imbens–Manski, Wilson form).
    ImbensManskiWilson,
    /// Newest followers only: the rest may be all awake or all silent.
    NewestWorstCase,
    /// Newest followers only: the rest assumed to be at least as silent as the oldest listed.
    NewestMonotone,
    /// Audit of a census: post-stratified, MOVER-Wilson with finite-population correction.
    PostStratifiedMoverWilson,
    /// Audit of a random sample: both phases counted.
    TwoPhaseMoverWilson,
    /// Audit with labels "unknown" or an unlabelled stratum: bounds inside MOVER-Wilson.
    AuditBounds,
    /// Nothing is known: the whole of [0, 1].
    NoEvidence,
}

impl Method {
    /// All methods, in the order in which they are explained.
    pub const ALL: [Self; 8] = [
        Self::ManskiBounds,
        Self::ImbensManskiWilson,
        Self::NewestWorstCase,
        Self::NewestMonotone,
        Self::PostStratifiedMoverWilson,
        Self::TwoPhaseMoverWilson,
        Self::AuditBounds,
        Self::NoEvidence,
    ];

    /// The name as written in artefacts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ManskiBounds => "manski-bounds",
            Self::ImbensManskiWilson => "imbens-manski-wilson",
            Self::NewestWorstCase => "newest-worst-case",
            Self::NewestMonotone => "newest-monotone",
            Self::PostStratifiedMoverWilson => "post-stratified-mover-wilson",
            Self::TwoPhaseMoverWilson => "two-phase-mover-wilson",
            Self::AuditBounds => "audit-bounds",
            Self::NoEvidence => "no-evidence",
        }
    }
}

/// Followers who are not dormant, from the dormant share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Awake {
    /// At the estimate.
    pub estimate: Option<f64>,
    /// At the upper limit of the dormant share.
    pub lower: f64,
    /// At the lower limit of the dormant share.
    pub upper: f64,
}

/// What a channel costs for each follower who is not dormant, in euros a month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cost {
    /// Costs a month.
    pub per_month: f64,
    /// At the estimate.
    pub estimate: Option<f64>,
    /// At the lower limit of the dormant share.
    pub lower: Option<f64>,
    /// At the upper limit of the dormant share; `None` is without limit, since perhaps
    /// nobody is awake.
    pub upper: Option<f64>,
    /// `exact` for a cost that is known, `fieller` for one with a standard error.
    pub method: CostMethod,
}

/// How the limits of a cost were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CostMethod {
    /// The cost is known: the limits of the dormant share are carried over.
    Exact,
    /// The cost has a standard error (Fieller).
    Fieller,
}

impl CostMethod {
    /// The name as written in artefacts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Fieller => "fieller",
        }
    }
}
