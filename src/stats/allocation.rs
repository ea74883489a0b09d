//! Where the labels of an audit are spent: how many in each stratum.

use super::Refusal;
use super::interval::share_value;
use super::planning::{LABEL_LIMIT, too_many_labels};

/// Labels per stratum in proportion to its size, with a floor.
///
/// # Formula
///
/// m_h = clamp(λ N_h, min(floor, N_h), N_h), λ such that Σ m_h = `labels`, rounded by
/// largest remainders. With fewer labels than floors, all strata share alike; with
/// more labels than followers, everybody is labelled.
///
/// # Errors
///
/// [`Refusal::TooLarge`] beyond [`LABEL_LIMIT`] labels.
///
/// # Examples
///
/// ```
/// use dormouse::stats::allocation::proportional_allocation;
/// assert_eq!(proportional_allocation(&[900, 90, 10], 100, 20)?, [70, 20, 10]);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// W. G. Cochran, Sampling Techniques, 3rd ed. (1977), ch. 5.
pub fn proportional_allocation(
    sizes: &[u64],
    labels: u64,
    floor: u64,
) -> Result<Vec<u64>, Refusal> {
    let weights: Vec<f64> = sizes.iter().map(|&size| size as f64).collect();
    allocate(sizes, &weights, labels, floor)
}

/// Labels per stratum where they narrow the interval most, from a pilot.
///
/// # Formula
///
/// As [`proportional_allocation`], with N_h√(p_h(1−p_h)) for N_h in λ N_h. In
/// proportion to size if every pilot share is 0 or 1, and as far as the strata with another
/// pilot share are labelled in full.
///
/// # Errors
///
/// [`Refusal::LengthsDiffer`], [`Refusal::NotAShare`], [`Refusal::TooLarge`] beyond
/// [`LABEL_LIMIT`] labels.
///
/// # Examples
///
/// ```
/// use dormouse::stats::allocation::neyman_allocation;
/// assert_eq!(neyman_allocation(&[500, 500], &[0.5, 0.1], 80, 10)?, [50, 30]);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// J. Neyman, Journal of the Royal Statistical Society 97 (1934) 558–625.
pub fn neyman_allocation(
    sizes: &[u64],
    pilot: &[f64],
    labels: u64,
    floor: u64,
) -> Result<Vec<u64>, Refusal> {
    if sizes.len() != pilot.len() {
        return Err(Refusal::LengthsDiffer {
            first: sizes.len(),
            second: pilot.len(),
        });
    }
    let mut weights = Vec::with_capacity(sizes.len());
    for (&size, &p) in sizes.iter().zip(pilot) {
        let p = share_value(p)?;
        weights.push(size as f64 * (p * (1.0 - p)).sqrt());
    }
    if weights.iter().all(|&weight| weight == 0.0) {
        return proportional_allocation(sizes, labels, floor);
    }
    allocate(sizes, &weights, labels, floor)
}

fn allocate(sizes: &[u64], weights: &[f64], labels: u64, floor: u64) -> Result<Vec<u64>, Refusal> {
    if labels > LABEL_LIMIT {
        return too_many_labels();
    }
    let followers: u128 = sizes.iter().map(|&size| u128::from(size)).sum();
    if u128::from(labels) >= followers {
        return Ok(sizes.to_vec());
    }
    let floors: Vec<u64> = sizes.iter().map(|&size| size.min(floor)).collect();
    let least: u128 = floors.iter().map(|&floor| u128::from(floor)).sum();
    let exact = if least > u128::from(labels) {
        let alike: Vec<f64> = floors.iter().map(|&floor| floor as f64).collect();
        fill(labels, &alike, &vec![0; sizes.len()], &floors)
    } else {
        fill(labels, weights, &floors, sizes)
    };
    let whole = largest_remainders(labels, &exact, sizes);
    if whole.iter().sum::<u64>() == labels {
        return Ok(whole);
    }
    // Every stratum with a weight is labelled in full: the rest goes by size.
    let by_size: Vec<f64> = sizes.iter().map(|&size| size as f64).collect();
    let exact = fill(labels, &by_size, &whole, sizes);
    Ok(largest_remainders(labels, &exact, sizes))
}

/// clamp(λ weight, least, most) per stratum, λ such that they add up to `total`.
fn fill(total: u64, weights: &[f64], least: &[u64], most: &[u64]) -> Vec<f64> {
    let at = |scale: f64| -> Vec<f64> {
        let bounds = least.iter().zip(most);
        let clamp = |(&weight, (&least, &most)): (&f64, (&u64, &u64))| {
            (scale * weight).clamp(least as f64, most as f64)
        };
        weights.iter().zip(bounds).map(clamp).collect()
    };
    let heaviest = weights.iter().copied().fold(0.0, f64::max);
    let lightest = weights
        .iter()
        .copied()
        .filter(|&weight| weight > 0.0)
        .fold(heaviest, f64::min);
    if lightest <= 0.0 {
        return at(0.0);
    }
    let (mut low, mut high) = (0.0, (total as f64 + 1.0) / lightest);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if at(middle).iter().sum::<f64>() < total as f64 {
            low = middle;
        } else {
            high = middle;
        }
    }
    at(0.5 * (low + high))
}

/// Whole numbers next to `exact`, no more than `most`, that add up to `total` if `exact` does.
fn largest_remainders(total: u64, exact: &[f64], most: &[u64]) -> Vec<u64> {
    // A hair above, so that what is whole but for rounding errors stays whole.
    let mut whole: Vec<u64> = exact
        .iter()
        .zip(most)
        .map(|(value, &most)| ((value + 1e-7).floor() as u64).min(most))
        .collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let remainder = |place: usize| exact.get(place).map_or(0.0, |value| value - value.floor());
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    let mut left = total.saturating_sub(whole.iter().sum());
    for place in order {
        if let (Some(count), Some(&most)) = (whole.get_mut(place), most.get(place))
            && left > 0
            && *count < most
        {
            *count += 1;
            left -= 1;
        }
    }
    whole
}
