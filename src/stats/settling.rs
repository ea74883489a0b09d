//! How many labels would settle on which side of a threshold a share lies.

use super::Refusal;
use super::finite_population::effective_size;
use super::interval::share_value;

/// The side of an interval that has to come closer to its point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// The point.
    pub point: f64,
    /// The limit on the side of the threshold.
    pub limit: f64,
    /// The part of the distance between them that no label makes smaller: the error of a
    /// list that is itself a sample. 0 for a whole list.
    pub fixed: f64,
}

/// The labels in all with which the limit reaches the threshold, if the share stays where
/// it is and the labels are spread as they are; `None` where no number of labels does it.
///
/// # Formula
///
/// n*' = n*(d² − f²)/((θ − t)² − f²) and m' = n*'N/(N − 1 + n*'), rounded up: m labels of N
/// followers, n* = m(N−1)/(N−m), d the distance of the limit from the point θ, f its fixed
/// part, t the threshold. Widths fall with the root of the effective size.
///
/// # Errors
///
/// [`Refusal::NotAShare`], [`Refusal::NoObservations`] without labels,
/// [`Refusal::PartExceedsWhole`] with more labels than followers.
///
/// # Examples
///
/// ```
/// use dormouse::stats::settling::{Side, labels_to_settle};
/// // 150 labels leave 48 to 66 %; is it more than half?
/// let side = Side { point: 0.57, limit: 0.48, fixed: 0.0 };
/// assert_eq!(labels_to_settle(side, 0.50, 150, 20_000)?, Some(247));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), §4.4, solved for the side that
/// counts.
pub fn labels_to_settle(
    side: Side,
    threshold: f64,
    labels: u64,
    population: u64,
) -> Result<Option<u64>, Refusal> {
    let (point, limit) = (share_value(side.point)?, share_value(side.limit)?);
    let (fixed, threshold) = (share_value(side.fixed)?, share_value(threshold)?);
    if labels == 0 {
        return Err(Refusal::NoObservations);
    }
    let size = effective_size(labels, population)?;
    let square = |distance: f64| distance.powi(2) - fixed.powi(2);
    let (now, wanted) = (square(point - limit), square(point - threshold));
    if now <= 0.0 || size.is_infinite() {
        return Ok(None);
    }
    if wanted <= 0.0 {
        // On the threshold itself only everybody would tell.
        return Ok((fixed == 0.0).then_some(population));
    }
    let size = size * now / wanted;
    let whole = population as f64;
    let labels = size * whole / (whole - 1.0 + size);
    Ok(Some((labels - 1e-9).ceil().clamp(1.0, whole) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Stratum;
    use crate::stats::post_stratified::post_stratified;

    #[test]
    fn so_many_labels_do_settle_it() {
        let strata = |times: u64| {
            [(6_000, 50, 25), (14_000, 30, 45)].map(|(size, dormant, active)| Stratum {
                size,
                dormant: dormant * times / 10,
                active: active * times / 10,
                unknown: 0,
            })
        };
        let now = post_stratified(&strata(10), 0.95).unwrap();
        let threshold = 0.45;
        assert!(now.lower < threshold && threshold < now.estimate);
        let side = Side {
            point: now.estimate,
            limit: now.lower,
            fixed: 0.0,
        };
        let needed = labels_to_settle(side, threshold, 150, 20_000)
            .unwrap()
            .unwrap();
        let lower = |labels: u64| {
            let times = labels / 15;
            post_stratified(&strata(times), 0.95).unwrap().lower
        };
        // Half as many do not, a tenth more than needed do.
        assert!(lower(needed / 2) < threshold);
        assert!(lower(needed * 11 / 10) > threshold, "{needed}");
    }

    #[test]
    fn edges() {
        let side = |point, limit, fixed| Side {
            point,
            limit,
            fixed,
        };
        let found = |side, threshold| labels_to_settle(side, threshold, 100, 1_000).unwrap();
        assert_eq!(found(side(0.5, 0.4, 0.0), 0.5), Some(1_000));
        assert_eq!(found(side(0.5, 0.4, 0.0), 0.4), Some(100));
        assert_eq!(found(side(0.5, 0.5, 0.0), 0.4), None);
        assert_eq!(found(side(0.5, 0.4, 0.08), 0.45), None);
        assert!(found(side(0.5, 0.4, 0.03), 0.45) > found(side(0.5, 0.4, 0.0), 0.45));
        assert_eq!(
            labels_to_settle(side(0.5, 0.4, 0.0), 0.45, 1_000, 1_000).unwrap(),
            None
        );
        assert!(labels_to_settle(side(0.5, 0.4, 0.0), 0.45, 0, 1_000).is_err());
    }
}
