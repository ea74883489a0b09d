//! The figures that rules are held against: those of the results, and what follows from
//! them without an audit.

use crate::model::results::{Channel, StudySummary};
use crate::model::share::{Cost, CostMethod};
use crate::model::verdict::{Basis, Held, Rule};

/// A channel before the rules.
pub struct Case<'a> {
    /// What was found for it.
    pub channel: &'a Channel,
    /// The level of the limits.
    pub level: f64,
    /// Residents of the place.
    pub residents: Option<u64>,
    /// Followers of the channel: the counter, or those on the list.
    pub followers: Option<u64>,
    /// The dormant share.
    pub dormant: Dormant,
}

/// What is known of the dormant share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dormant {
    /// The point.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Whether an audit says so.
    pub basis: Basis,
}

/// A figure with its limits; without an upper one it is without limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limited {
    /// The point.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: Option<f64>,
    /// Where it comes from.
    pub basis: Basis,
}

impl Limited {
    /// The same as it stands in the results.
    pub fn held(self, level: f64) -> Held {
        Held::Measured {
            estimate: self.estimate,
            lower: self.lower,
            upper: self.upper,
            level,
            basis: self.basis,
        }
    }
}

impl<'a> Case<'a> {
    /// A channel of a study.
    pub fn new(channel: &'a Channel, study: &StudySummary) -> Self {
        let present = channel.counts.folded(channel.listed).present();
        let followers = channel.followers.unwrap_or(present);
        let followers = (followers > 0).then_some(followers);
        Self {
            channel,
            level: study.level,
            residents: study.residents,
            followers,
            dormant: dormant(channel, followers),
        }
    }

    /// Followers who are not dormant.
    pub fn awake(&self) -> Option<Limited> {
        let dormant = self.dormant;
        if let Some(awake) = self.channel.awake {
            return Some(Limited {
                estimate: awake.estimate,
                lower: awake.lower,
                upper: Some(awake.upper),
                basis: dormant.basis,
            });
        }
        let followers = self.followers? as f64;
        Some(Limited {
            estimate: dormant.estimate.map(|share| followers * (1.0 - share)),
            lower: followers * (1.0 - dormant.upper),
            upper: Some(followers * (1.0 - dormant.lower)),
            basis: dormant.basis,
        })
    }

    /// What each of them costs a month, in euros.
    pub fn cost(&self) -> Option<Limited> {
        let basis = self.dormant.basis;
        let limited = |estimate, lower, upper| Limited {
            estimate,
            lower,
            upper,
            basis,
        };
        match self.channel.cost {
            Some(Cost {
                estimate,
                lower: Some(lower),
                upper,
                ..
            }) => return Some(limited(estimate, lower, upper)),
            // Perhaps nobody is awake: Fieller's set holds any cost.
            Some(Cost {
                estimate,
                method: CostMethod::Fieller,
                ..
            }) => return Some(limited(estimate, 0.0, None)),
            _ => {}
        }
        let per_month = self.channel.stated.cost_per_month?;
        let awake = self.awake()?;
        let each = |awake: f64| (awake > 0.0).then(|| per_month / awake);
        Some(limited(
            awake.estimate.and_then(each),
            awake.upper.and_then(each)?,
            each(awake.lower),
        ))
    }

    /// Share of the residents that the channel reaches: from a survey, or from above,
    /// since no more residents can be reached than followers are awake.
    pub fn residents_reached(&self) -> Option<Limited> {
        if let Some([lower, upper]) = self.channel.stated.residents_reached {
            return Some(Limited {
                estimate: None,
                lower,
                upper: Some(upper),
                basis: Basis::Survey,
            });
        }
        let residents = self.residents.filter(|&residents| residents > 0)? as f64;
        Some(Limited {
            estimate: None,
            lower: 0.0,
            upper: Some((self.awake()?.upper? / residents).min(1.0)),
            basis: Basis::AwakeFollowers,
        })
    }

    /// The largest dormant share with which a rule holds, for rules that depend on it; below
    /// zero where the rule holds with none.
    pub fn largest_share(&self, rule: Rule) -> Option<f64> {
        let followers = || Some(self.followers? as f64);
        match rule {
            Rule::MinAwakeFollowers { minimum } => Some(1.0 - minimum as f64 / followers()?),
            Rule::MaxDormantShare { maximum } => Some(maximum),
            Rule::MaxCostPerAwakeFollower { maximum } => {
                let per_month = self.channel.stated.cost_per_month?;
                Some(if per_month == 0.0 {
                    1.0
                } else if maximum == 0.0 {
                    -1.0
                } else {
                    1.0 - per_month / (maximum * followers()?)
                })
            }
            Rule::MinShareOfResidents { .. } | Rule::ReadableWithoutLogin => None,
        }
    }
}

/// The dormant share of a channel. Without an audit it has an upper limit only: who gave
/// a sign of life within the window is awake, and all others may be either.
fn dormant(channel: &Channel, followers: Option<u64>) -> Dormant {
    if let Some(share) = &channel.dormant {
        return Dormant {
            estimate: share.estimate,
            lower: share.lower,
            upper: share.upper,
            basis: Basis::Audit,
        };
    }
    let totals = channel.aggregate.as_ref();
    let by_totals = totals.map_or(1.0, |totals| totals.not_reached.upper);
    let by_list = followers.map_or(1.0, |followers| {
        1.0 - (channel.counts.awake.unwrap_or_default() as f64 / followers as f64).min(1.0)
    });
    Dormant {
        estimate: None,
        lower: 0.0,
        upper: by_totals.min(by_list),
        basis: Basis::Bounds,
    }
}
