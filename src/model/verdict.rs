//! The council's own rules, and what follows from them for a channel.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::multiverse::Question;

/// The council's own rules. None is invented: a rule that is left out is not asked, and
/// without any that a channel can keep or break there is no verdict.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Fewest awake followers for which a channel is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_awake_followers: Option<u64>,
    /// Largest dormant share with which a channel is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_dormant_share: Option<f64>,
    /// Highest cost per awake follower a month, in euros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_cost_per_awake_follower: Option<f64>,
    /// Smallest share of the residents that a channel reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_share_of_residents: Option<f64>,
    /// Whether a channel is kept only if everybody can read it without an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readable_without_login: Option<bool>,
    /// Whether a channel with a role in a crisis is reduced to emergencies, never left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_crisis_channels: Option<bool>,
    /// Whether leaving means parking the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_handle: Option<bool>,
}

/// What the study file states of a channel; no export can show it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Stated {
    /// Staff hours a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_per_month: Option<f64>,
    /// Costs a month, in euros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_per_month: Option<f64>,
    /// Share of the residents that the channel reaches, from a survey: both limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residents_reached: Option<[f64; 2]>,
    /// Whether everybody can read the channel without an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readable_without_login: Option<bool>,
    /// Whether the channel serves to inform people in a crisis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crisis_role: Option<bool>,
}

impl Policy {
    /// The rules that a channel can keep or break, in the order of the study file.
    pub fn rules(&self) -> Vec<Rule> {
        let awake = self.min_awake_followers;
        let dormant = self.max_dormant_share;
        let cost = self.max_cost_per_awake_follower;
        let residents = self.min_share_of_residents;
        let readable = self.readable_without_login == Some(true);
        [
            awake.map(|minimum| Rule::MinAwakeFollowers { minimum }),
            dormant.map(|maximum| Rule::MaxDormantShare { maximum }),
            cost.map(|maximum| Rule::MaxCostPerAwakeFollower { maximum }),
            residents.map(|minimum| Rule::MinShareOfResidents { minimum }),
            readable.then_some(Rule::ReadableWithoutLogin),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Stated {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the council's rules make of one channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// The channel.
    pub channel: String,
    /// What follows.
    pub verdict: Course,
    /// Every rule that was asked, with what stands behind it.
    pub because: Vec<Reason>,
    /// Share of the defensible specifications in which the rules say the same, as far as
    /// they depend on a specification; `null` where the verdict is open or no rule does.
    /// No probability.
    pub holds_in: Option<f64>,
    /// What would change the verdict: for a channel that is kept any one of these, for one
    /// that is left all of them together, for one that is open what would settle it.
    pub would_change: Vec<WouldChange>,
    /// What has to be done for it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// What is to become of a channel: what cities have in fact chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// Every rule clearly holds.
    Keep,
    /// A rule clearly fails, and the channel has a role in a crisis.
    Emergencies,
    /// A rule clearly fails, and the name is kept: point to other channels.
    Park,
    /// A rule clearly fails, and the policy does not keep the name.
    Stop,
    /// No rule clearly fails, and at least one cannot be told.
    Undecided,
}

impl Course {
    /// All courses, from staying to leaving, the open one last.
    pub const ALL: [Self; 5] = [
        Self::Keep,
        Self::Emergencies,
        Self::Park,
        Self::Stop,
        Self::Undecided,
    ];
}

/// One rule of the policy, its value, and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// Whether it clearly holds, clearly fails, or cannot be told.
    pub standing: Standing,
    /// The figure that it is held against; `null` where there is none.
    pub figure: Option<Held>,
    /// Share of the defensible specifications in which the rule holds; `null` where it
    /// does not depend on them. No probability.
    pub holds_in: Option<f64>,
    /// What would change the standing.
    pub would_change: Vec<WouldChange>,
}

/// A rule of the policy with its value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum Rule {
    /// At least so many awake followers.
    MinAwakeFollowers {
        /// The fewest.
        minimum: u64,
    },
    /// At most such a dormant share.
    MaxDormantShare {
        /// The largest.
        maximum: f64,
    },
    /// At most so much a month for each awake follower.
    MaxCostPerAwakeFollower {
        /// The highest, in euros.
        maximum: f64,
    },
    /// At least such a share of the residents.
    MinShareOfResidents {
        /// The smallest.
        minimum: f64,
    },
    /// Readable without an account.
    ReadableWithoutLogin,
}

impl Rule {
    /// What is asked of each specification, and holds where the rule is broken; `None` for
    /// a rule that does not depend on one.
    pub fn broken(self) -> Option<Question> {
        match self {
            Self::MinAwakeFollowers { minimum } => Some(Question::FewerActiveThan { minimum }),
            Self::MaxDormantShare { maximum } => Some(Question::ShareAbove { maximum }),
            Self::MaxCostPerAwakeFollower { maximum } => Some(Question::CostAbove { maximum }),
            Self::MinShareOfResidents { minimum } => Some(Question::ResidentsBelow { minimum }),
            Self::ReadableWithoutLogin => None,
        }
    }
}

/// How a rule stands, by the limits of its figure and never by the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Both limits keep the rule.
    Holds,
    /// Both limits break it.
    Fails,
    /// The limits lie on both sides, or there is no figure.
    Open,
}

/// What a rule is held against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Held {
    /// A figure with its limits, in the unit of the rule.
    Measured {
        /// The point, where there is one.
        estimate: Option<f64>,
        /// Lower limit.
        lower: f64,
        /// Upper limit; `null` is without limit.
        upper: Option<f64>,
        /// The level of the limits.
        level: f64,
        /// Where the figure comes from.
        basis: Basis,
    },
    /// What the study file says.
    Stated {
        /// What it says.
        value: bool,
    },
}

/// Where the figure behind a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// An audit of followers.
    Audit,
    /// Bounds without an audit: who gave a sign of life is awake, all others may be
    /// either.
    Bounds,
    /// A survey among residents that the study states.
    Survey,
    /// No more residents can be reached than followers are awake.
    AwakeFollowers,
}

/// What would change how a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum WouldChange {
    /// So many more followers looked up would settle it, if the share stays as it is.
    MoreLabels {
        /// More labels than there are now.
        labels: u64,
    },
    /// A first audit.
    FirstAudit,
    /// Followers labelled unknown who can be told after all.
    UnknownLabels {
        /// How many.
        labels: u64,
    },
    /// The list is cut off or of unknown design: the whole list is needed.
    WholeList,
    /// The dormant share above this.
    DormantAbove {
        /// The share.
        share: f64,
    },
    /// The dormant share at most this.
    DormantAtMost {
        /// The share.
        share: f64,
    },
    /// Fewer awake followers than this.
    AwakeBelow {
        /// Followers.
        followers: u64,
    },
    /// At least so many awake followers.
    AwakeAtLeast {
        /// Followers.
        followers: u64,
    },
    /// Costs a month above this.
    CostAbove {
        /// Euros a month.
        per_month: f64,
    },
    /// Costs a month of at most this.
    CostAtMost {
        /// Euros a month.
        per_month: f64,
    },
    /// A survey among residents.
    Survey,
    /// A setting of the channel in the study file.
    State {
        /// The name of the setting.
        setting: Setting,
    },
    /// A fact that the study states, if it were this.
    Fact {
        /// The name of the setting.
        setting: Setting,
        /// The value that would change it.
        value: bool,
    },
}

/// A setting that states a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// How many followers a channel has.
    Followers,
    /// The costs of a channel.
    CostPerMonth,
    /// Whether a channel can be read without an account.
    ReadableWithoutLogin,
    /// Whether a channel has a role in a crisis.
    CrisisRole,
}

impl Setting {
    /// The name in the study file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Followers => "followers",
            Self::CostPerMonth => "cost_per_month",
            Self::ReadableWithoutLogin => "readable_without_login",
            Self::CrisisRole => "crisis_role",
        }
    }
}

/// A step on the way out of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Tell followers a month before.
    NoticeOneMonth,
    /// Tell them two weeks before.
    NoticeTwoWeeks,
    /// Tell them 48 hours before.
    NoticeTwoDays,
    /// Archive what was posted.
    Archive,
    /// Pin a post that points to the other channels, and change the profile.
    PinnedRedirect,
    /// Pin a post that says what the channel is for from now on.
    PinnedPurpose,
    /// A list of who owns the account and who can log in.
    OwnerList,
    /// Log-in with two factors.
    TwoFactor,
    /// Log in at least every 30 days.
    LogInEveryThirtyDays,
    /// Watch for accounts that pretend to be the organisation.
    WatchImpersonation,
    /// Keep the rota of who may post in an emergency, and try it out.
    EmergencyRota,
    /// Decide what becomes of the name, where the policy does not say it.
    DecideName,
    /// Close the account.
    Close,
}
