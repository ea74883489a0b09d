//! What would settle a rule that cannot be told yet.

use super::contradiction;
use super::figures::Case;
use crate::error::Result;
use crate::model::evidence::Evidence;
use crate::model::results::{AuditSummary, Notice};
use crate::model::share::{Method, Share};
use crate::model::verdict::{Rule, WouldChange};
use crate::stats::finite_population::wilson_fpc;
use crate::stats::settling::{Side, labels_to_settle};

/// Labels are counted in so many.
const STEP: u64 = 10;

/// What would settle on which side of a rule the dormant share of a channel lies.
pub fn settle(case: &Case, rule: Rule) -> Result<Vec<WouldChange>> {
    let channel = case.channel;
    let Some(share) = &channel.dormant else {
        // Without a list nobody can be drawn.
        let totals_only = channel.evidence == Evidence::Aggregate || channel.listed == 0;
        return Ok(vec![if totals_only {
            WouldChange::WholeList
        } else {
            WouldChange::FirstAudit
        }]);
    };
    let Some(threshold) = case.largest_share(rule) else {
        return Ok(Vec::new());
    };
    let side = match share.method {
        Method::PostStratifiedMoverWilson | Method::TwoPhaseMoverWilson => {
            share.estimate.map(|point| {
                let limit = if threshold < point {
                    share.lower
                } else {
                    share.upper
                };
                Side {
                    point,
                    limit,
                    fixed: 0.0,
                }
            })
        }
        Method::AuditBounds => match bounds(channel.audit.as_ref()) {
            Bounds::Unlabelled => return Ok(vec![WouldChange::FirstAudit]),
            Bounds::Hidden => None,
            Bounds::Apart { lower, .. } if threshold < lower => Some(Side {
                point: lower,
                limit: share.lower,
                fixed: 0.0,
            }),
            Bounds::Apart { upper, .. } if threshold >= upper => Some(Side {
                point: upper,
                limit: share.upper,
                fixed: 0.0,
            }),
            // No further label tells what these cannot.
            Bounds::Apart { .. } => None,
        },
        _ => return Ok(vec![WouldChange::WholeList]),
    };
    let Some(side) = side else {
        let labels = channel.notices.iter().find_map(|notice| match notice {
            Notice::LabelsUnknown { labels } => Some(*labels),
            _ => None,
        });
        return Ok(vec![WouldChange::UnknownLabels {
            labels: labels.unwrap_or_default(),
        }]);
    };
    further(case, share, side, threshold)
}

/// So many more labels, or the whole list where the error of the list itself is too large.
fn further(case: &Case, share: &Share, side: Side, threshold: f64) -> Result<Vec<WouldChange>> {
    let channel = case.channel;
    let labels = share.labels.unwrap_or_default();
    if labels == 0 || labels > channel.listed {
        return Ok(vec![WouldChange::FirstAudit]);
    }
    let mut side = side;
    if share.method == Method::TwoPhaseMoverWilson
        && let Some(whole) = case.followers.filter(|&whole| whole >= channel.listed)
    {
        let listed = channel.listed;
        let dormant = (side.point * listed as f64).round() as u64;
        let list =
            wilson_fpc(dormant.min(listed), listed, whole, share.level).map_err(contradiction)?;
        side.fixed = if side.limit < side.point {
            (side.point - list.lower).max(0.0)
        } else {
            (list.upper - side.point).max(0.0)
        };
    }
    let threshold = threshold.clamp(0.0, 1.0);
    let needed =
        labels_to_settle(side, threshold, labels, channel.listed).map_err(contradiction)?;
    Ok(vec![match needed {
        // At least one, even where the limit lies on the threshold already.
        Some(needed) => WouldChange::MoreLabels {
            labels: (needed.max(labels + 1) - labels)
                .next_multiple_of(STEP)
                .min(channel.listed - labels),
        },
        None => WouldChange::WholeList,
    }])
}

/// The bounds of an audit without its sampling error.
enum Bounds {
    /// A stratum has no label.
    Unlabelled,
    /// The strata are not known.
    Hidden,
    /// Followers labelled unknown all active, or all dormant.
    Apart { lower: f64, upper: f64 },
}

fn bounds(audit: Option<&AuditSummary>) -> Bounds {
    let strata = audit.map_or(&[][..], |audit| &audit.strata);
    let whole: f64 = strata.iter().map(|stratum| stratum.size as f64).sum();
    if whole == 0.0 {
        return Bounds::Hidden;
    }
    let (mut lower, mut upper) = (0.0, 0.0);
    for stratum in strata {
        let labels = (stratum.dormant + stratum.active + stratum.unknown) as f64;
        if labels == 0.0 && stratum.size > 0 {
            return Bounds::Unlabelled;
        }
        let weight = stratum.size as f64 / whole;
        if labels > 0.0 {
            lower += weight * stratum.dormant as f64 / labels;
            upper += weight * (stratum.dormant + stratum.unknown) as f64 / labels;
        }
    }
    Bounds::Apart {
        lower: lower.clamp(0.0, 1.0),
        upper: upper.clamp(0.0, 1.0),
    }
}
