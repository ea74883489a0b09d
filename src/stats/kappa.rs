//! How far two analysts agree beyond chance.
//!
//! Labels are taken as truth everywhere else in this room, so how well they can be repeated
//! must be said: two analysts on at least 30 of the same accounts.

use super::interval::share;
use super::proportion::wilson;
use super::{Estimate, Interval, Refusal, normal};

/// Cohen's κ with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    /// κ with its limits, within `[−1, 1]`.
    pub kappa: Estimate,
    /// The standard error; 0 when the analysts agree on everything.
    pub standard_error: f64,
    /// The share of accounts with one label from both.
    pub agreement: f64,
    /// The share that would agree by chance.
    pub by_chance: f64,
    /// Accounts that both labelled.
    pub n: u64,
}

/// Cohen's κ of two analysts.
///
/// # Formula
///
/// κ = (p_o − p_e)/(1 − p_e), p_o = Σ p_ii, p_e = Σ p_i. p_.i of the table of both labels. Its
/// variance is that of Fleiss, Cohen and Everitt: [Σ p_ii(1 − (p_i. + p_.i)(1−κ))² +
/// (1−κ)² Σ_{i≠j} p_ij(p_.i + p_j.)² − (κ − p_e(1−κ))²]/(n(1−p_e)²); limits κ ± z se. Where it
/// is 0 the limits are the Wilson limits of p_o, taken through the same map: agreement on a
/// few accounts is not certainty.
///
/// `table[i][j]` counts accounts that the first analyst gave label i and the second j.
///
/// # Errors
///
/// [`Refusal::NoObservations`], [`Refusal::NoVariation`] if both gave everybody one and the
/// same label, [`Refusal::CountsOverflow`], [`Refusal::Level`].
///
/// # Examples
///
/// ```
/// let found = dormouse::stats::kappa::cohens_kappa(&[[20, 5], [10, 15]], 0.95)?;
/// assert!((found.kappa.estimate - 0.4).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// J. Cohen, Educational and Psychological Measurement 20 (1960) 37–46; J. L. Fleiss,
/// J. Cohen, B. S. Everitt, Psychological Bulletin 72 (1969) 323–327.
pub fn cohens_kappa<const K: usize>(table: &[[u64; K]; K], level: f64) -> Result<Kappa, Refusal> {
    let z = normal::two_sided(level)?;
    let mut cells = table.iter().flatten();
    let n = cells
        .try_fold(0u64, |sum, &count| sum.checked_add(count))
        .ok_or(Refusal::CountsOverflow)?;
    if n == 0 {
        return Err(Refusal::NoObservations);
    }
    let p = table.map(|row| row.map(|count| count as f64 / n as f64));
    let first: Vec<f64> = p.iter().map(|row| row.iter().sum()).collect();
    let mut second = vec![0.0; K];
    for row in &p {
        for (sum, cell) in second.iter_mut().zip(row) {
            *sum += cell;
        }
    }
    let alike: u64 = table
        .iter()
        .enumerate()
        .filter_map(|(i, row)| row.get(i))
        .sum();
    let agreement = share(alike, n)?;
    let margins = first.iter().zip(&second);
    let by_chance = margins.map(|(a, b)| a * b).sum::<f64>().min(1.0);
    let beyond = 1.0 - by_chance;
    if beyond <= 1e-15 {
        return Err(Refusal::NoVariation);
    }
    let through = |agreement: f64| (agreement - by_chance) / beyond;
    let kappa = through(agreement);
    let mut squares = 0.0;
    for (row, (i, &second_i)) in p.iter().zip(second.iter().enumerate()) {
        for (j, (&cell, &first_j)) in row.iter().zip(&first).enumerate() {
            let away = (1.0 - kappa) * (second_i + first_j);
            squares += cell * if i == j { 1.0 - away } else { -away }.powi(2);
        }
    }
    let centre = kappa - by_chance * (1.0 - kappa);
    let variance = (squares - centre * centre).max(0.0) / (n as f64 * beyond * beyond);
    let standard_error = if alike == n { 0.0 } else { variance.sqrt() };
    let limits = if standard_error > 0.0 {
        Interval {
            lower: kappa - z * standard_error,
            upper: kappa + z * standard_error,
        }
    } else {
        let agreement = wilson(alike, n, level)?;
        Interval {
            lower: through(agreement.lower),
            upper: through(agreement.upper),
        }
    };
    Ok(Kappa {
        kappa: Estimate::new(kappa, limits).clipped(-1.0, 1.0),
        standard_error,
        agreement,
        by_chance,
        n,
    })
}
