//! What would settle a rule that cannot be told yet.

use super::contradiction;
use super::figures::Case;
use crate::error::Result;
use crate::model::evidence::Evidence;
use crate::model::results::Notice;
use crate::model::share::{Method, Share};
use crate::model::verdict::{Rule, WouldChange};
use crate::stats::audit_bounds::audit_bounds;
use crate::stats::finite_population::wilson_fpc;
use crate::stats::settling::{Side, labels_to_settle};
use crate::stats::{Interval, Stratum};

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
        Method::AuditBounds => {
            let audit = channel.audit.iter();
            let strata = audit.flat_map(|audit| &audit.strata).map(Stratum::from);
            let strata: Vec<Stratum> = strata.collect();
            let unlabelled = |one: &Stratum| one.size > 0 && one.labelled() == Some(0);
            if strata.iter().any(unlabelled) {
                return Ok(vec![WouldChange::FirstAudit]);
            }
            let found = audit_bounds(&strata, None, share.level).map_err(contradiction)?;
            beyond(found.bounds, share, threshold)
        }
        _ => return Ok(vec![WouldChange::WholeList]),
    };
    let Some(side) = side else {
        let labels = channel.notices.iter().find_map(|notice| match notice {
            Notice::LabelsUnknown { labels } => Some(*labels),
            _ => None,
        });
        return Ok(vec![WouldChange::UnknownLabels {
            labels: labels.unwrap_or(Some(0)),
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

/// The bound on whose far side a threshold lies, with its limit: no further label tells what
/// those between the bounds cannot.
fn beyond(bounds: Interval, share: &Share, threshold: f64) -> Option<Side> {
    let (point, limit) = if threshold < bounds.lower {
        (bounds.lower, share.lower)
    } else if threshold >= bounds.upper {
        (bounds.upper, share.upper)
    } else {
        return None;
    };
    Some(Side {
        point,
        limit,
        fixed: 0.0,
    })
}
