//! The publicly silent share: bounds, because the undetermined may be either.

use super::{Standing, refused, share};
use crate::error::Result;
use crate::model::evidence::Design;
use crate::model::share::{Method, Share};
use crate::model::tally::Counts;
use crate::stats::Interval;
use crate::stats::bounds::{imbens_manski_wilson, manski};
use crate::stats::finite_population::round_outward;

/// The share of followers who are publicly silent.
///
/// # Formula
/// k silent and u undetermined of n on the list. Census: [k/n, (k+u)/n], exact, and a
/// point where u = 0. Random sample of N: Wilson limits at the Imbens–Manski critical
/// value, rounded outward to multiples of 1/N. Newest followers: the census bounds,
/// with the N−n others all awake or all silent. Those who are gone are in no share.
///
/// # Errors
/// A level outside (0, 1).
///
/// # Source
/// Manski 2003; Imbens and Manski 2004; Wilson 1927.
pub fn silent(counts: Counts, standing: Standing, level: f64) -> Result<Share> {
    let (silent, undetermined, listed) = (counts.silent, counts.undetermined, counts.present());
    if listed == 0 {
        return Ok(share(Interval::UNIT, None, level, Method::NoEvidence));
    }
    let bounds = manski(silent, undetermined, listed).map_err(refused)?;
    let point = (undetermined == 0).then_some(bounds.lower);
    match standing.design {
        Design::Census => Ok(share(bounds, point, level, Method::ManskiBounds)),
        Design::Srs => {
            let population = standing.population(listed);
            let mut interval =
                imbens_manski_wilson(silent, undetermined, listed, population, level)
                    .map_err(refused)?;
            if let Some(population) = population {
                // What has been seen is certain: k silent, and n-k-u awake.
                let lowest =
                    round_outward(interval, silent, listed, population).map_err(refused)?;
                let highest = round_outward(interval, silent + undetermined, listed, population)
                    .map_err(refused)?;
                interval = Interval {
                    lower: lowest.lower,
                    upper: highest.upper,
                };
            }
            Ok(share(interval, point, level, Method::ImbensManskiWilson))
        }
        Design::Newest | Design::Unknown => Ok(share(
            standing.worst_case(bounds, listed)?,
            None,
            level,
            Method::NewestWorstCase,
        )),
    }
}
