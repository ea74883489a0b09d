//! The dormant share: only from labels that a person gave to a random draw.

use super::{Standing, limits, refused, share};
use crate::error::Result;
use crate::model::evidence::Design;
use crate::model::results::AuditSummary;
use crate::model::share::{Method, Share};
use crate::stats::audit_bounds::audit_bounds;
use crate::stats::finite_population::round_outward;
use crate::stats::post_stratified::post_stratified;
use crate::stats::two_phase::two_phase;
use crate::stats::{Estimate, Interval, Refusal, Stratum};

/// Level of the inner interval that the forest chart draws.
const INNER_LEVEL: f64 = 0.5;

/// The share of followers who are dormant.
///
/// # Formula
/// θ = Σ W_h p_h over the strata of the draw, with MOVER-Wilson limits and
/// finite-population correction; the error of the list itself is added where the list
/// is a random sample. Labels "unknown" and strata without a label give bounds by the
/// Imbens–Manski critical value inside MOVER. The newest followers are one part, the
/// others may be all active or all dormant. Limits are rounded outward to multiples of
/// 1/N.
///
/// # Errors
/// A stratum with more labels than followers, a level outside (0, 1).
///
/// # Source
/// Tenenbein 1970 (double sampling); Zou and Donner 2008 (MOVER); Wilson 1927; Imbens
/// and Manski 2004.
pub fn dormant(audit: &AuditSummary, standing: Standing, level: f64) -> Result<Share> {
    let strata = strata_of(audit);
    let listed = strata
        .iter()
        .fold(0_u64, |sum, stratum| sum.saturating_add(stratum.size));
    let sampled = (standing.design == Design::Srs)
        .then(|| standing.population(listed))
        .flatten();
    let whole = sampled.unwrap_or(listed);

    let point = |level| match sampled {
        Some(population) => two_phase(&strata, population, level),
        None => post_stratified(&strata, level),
    };
    let mut found = match point(level) {
        Ok(estimate) => {
            let outward = rounded(estimate.interval(), &strata, whole)?;
            let method = if sampled.is_some() {
                Method::TwoPhaseMoverWilson
            } else {
                Method::PostStratifiedMoverWilson
            };
            let inner = point(INNER_LEVEL).map_err(refused)?;
            Share {
                inner: Some(limits(inner)),
                quantiles: Some(quantiles(&point)?),
                ..share(outward, Some(estimate.estimate), level, method)
            }
        }
        Err(Refusal::UnlabelledStratum { .. } | Refusal::UnknownLabels { .. }) => {
            let bounds = audit_bounds(&strata, sampled, level).map_err(refused)?;
            share(
                rounded(bounds.interval, &strata, whole)?,
                None,
                level,
                Method::AuditBounds,
            )
        }
        Err(refusal) => return Err(refused(refusal)),
    };
    if matches!(standing.design, Design::Newest | Design::Unknown) {
        let listed_limits = Interval {
            lower: found.lower,
            upper: found.upper,
        };
        found = share(
            standing.worst_case(listed_limits, listed)?,
            None,
            level,
            Method::NewestWorstCase,
        );
    }
    found.labels = Some(
        audit
            .strata
            .iter()
            .map(|stratum| stratum.dormant + stratum.active + stratum.unknown)
            .sum(),
    );
    Ok(found)
}

/// Twenty quantiles of the confidence distribution: the lower and upper limits of the
/// intervals at the levels 1 − 2p for p = 0.025, 0.075, … 0.475, in order.
///
/// # Source
/// Xie and Singh 2013 (confidence distributions); Kay et al. 2016 (quantile dotplots).
fn quantiles(point: &impl Fn(f64) -> std::result::Result<Estimate, Refusal>) -> Result<Vec<f64>> {
    let (mut below, mut above) = (Vec::new(), Vec::new());
    for step in 0..10 {
        let level = f64::from(95 - 10 * step) / 100.0;
        let interval = point(level).map_err(refused)?.interval();
        below.push(interval.lower);
        above.push(interval.upper);
    }
    below.extend(above.into_iter().rev());
    Ok(below)
}

/// The strata of an audit, as the statistics take them.
pub(super) fn strata_of(audit: &AuditSummary) -> Vec<Stratum> {
    audit.strata.iter().map(Stratum::from).collect()
}

/// Limits rounded outward to shares that `whole` followers can have, and not beyond
/// what the labels have seen.
fn rounded(interval: Interval, strata: &[Stratum], whole: u64) -> Result<Interval> {
    let dormant: u64 = strata.iter().map(|stratum| stratum.dormant).sum();
    let active: u64 = strata.iter().map(|stratum| stratum.active).sum();
    round_outward(interval, dormant, dormant + active, whole).map_err(refused)
}
