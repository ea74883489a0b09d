//! How each rule stands, by the limits of its figure, and what would change that.

use super::figures::{Case, Limited};
use super::settle::settle;
use crate::error::Result;
use crate::model::verdict::{Basis, Held, Reason, Rule, Setting, Standing, WouldChange};

/// One rule of the policy against one channel; in how many specifications it holds is
/// left open here.
pub fn reason(case: &Case, rule: Rule) -> Result<Reason> {
    let (standing, figure, would_change) = match rule {
        Rule::MinAwakeFollowers { minimum } => awake(case, rule, minimum)?,
        Rule::MaxDormantShare { maximum } => dormant(case, rule, maximum)?,
        Rule::MaxCostPerAwakeFollower { maximum } => cost(case, rule, maximum)?,
        Rule::MinShareOfResidents { minimum } => residents(case, minimum),
        Rule::ReadableWithoutLogin => readable(case),
    };
    Ok(Reason {
        rule,
        standing,
        figure,
        holds_in: None,
        would_change,
    })
}

type Found = (Standing, Option<Held>, Vec<WouldChange>);

fn at_least(figure: Limited, minimum: f64) -> Standing {
    if figure.lower >= minimum {
        Standing::Holds
    } else if figure.upper.is_some_and(|upper| upper < minimum) {
        Standing::Fails
    } else {
        Standing::Open
    }
}

fn at_most(figure: Limited, maximum: f64) -> Standing {
    if figure.upper.is_some_and(|upper| upper <= maximum) {
        Standing::Holds
    } else if figure.lower > maximum {
        Standing::Fails
    } else {
        Standing::Open
    }
}

/// Nothing to hold the rule against, but for a setting.
fn unstated(setting: Setting) -> Found {
    let state = WouldChange::State { setting };
    (Standing::Open, None, vec![state])
}

fn awake(case: &Case, rule: Rule, minimum: u64) -> Result<Found> {
    let Some(figure) = case.awake() else {
        return Ok(unstated(Setting::Followers));
    };
    let standing = at_least(figure, minimum as f64);
    let followers = minimum;
    let change = match standing {
        Standing::Holds => vec![WouldChange::AwakeBelow { followers }],
        Standing::Fails => vec![WouldChange::AwakeAtLeast { followers }],
        Standing::Open => settle(case, rule)?,
    };
    Ok((standing, Some(figure.held(case.level)), change))
}

fn dormant(case: &Case, rule: Rule, maximum: f64) -> Result<Found> {
    let figure = Limited {
        estimate: case.dormant.estimate,
        lower: case.dormant.lower,
        upper: Some(case.dormant.upper),
        basis: case.dormant.basis,
    };
    let standing = at_most(figure, maximum);
    let share = maximum;
    let change = match standing {
        Standing::Holds => vec![WouldChange::DormantAbove { share }],
        Standing::Fails => vec![WouldChange::DormantAtMost { share }],
        Standing::Open => settle(case, rule)?,
    };
    Ok((standing, Some(figure.held(case.level)), change))
}

fn cost(case: &Case, rule: Rule, maximum: f64) -> Result<Found> {
    if case.channel.stated.cost_per_month.is_none() {
        return Ok(unstated(Setting::CostPerMonth));
    }
    let Some(figure) = case.cost() else {
        return Ok(unstated(Setting::Followers));
    };
    let standing = at_most(figure, maximum);
    // Up to here the rule clearly holds, whatever the dormant share is between its limits.
    let lowest = case.awake().map_or(0.0, |awake| awake.lower);
    let per_month = maximum * lowest;
    let mut change = match standing {
        Standing::Open => settle(case, rule)?,
        _ => Vec::new(),
    };
    change.push(match standing {
        Standing::Holds => WouldChange::CostAbove { per_month },
        _ => WouldChange::CostAtMost { per_month },
    });
    Ok((standing, Some(figure.held(case.level)), change))
}

fn residents(case: &Case, minimum: f64) -> Found {
    let Some(figure) = case.residents_reached() else {
        return unstated(Setting::Followers);
    };
    let standing = at_least(figure, minimum);
    let needed = case.residents.map(|residents| {
        let followers = (minimum * residents as f64).ceil() as u64;
        WouldChange::AwakeAtLeast { followers }
    });
    let change = match (standing, figure.basis) {
        // Too few followers, whoever they are.
        (Standing::Fails, Basis::AwakeFollowers) => needed.into_iter().collect(),
        _ => vec![WouldChange::Survey],
    };
    (standing, Some(figure.held(case.level)), change)
}

fn readable(case: &Case) -> Found {
    let setting = Setting::ReadableWithoutLogin;
    let Some(value) = case.channel.stated.readable_without_login else {
        return unstated(setting);
    };
    let standing = if value {
        Standing::Holds
    } else {
        Standing::Fails
    };
    let change = WouldChange::Fact {
        setting,
        value: !value,
    };
    (standing, Some(Held::Stated { value }), vec![change])
}
