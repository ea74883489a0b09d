//! Whether a follower's present silence is long for that follower.
//!
//! Diagnostics, off by default: every one assumes that an account posts at a constant rate
//! while it lives. Bursts break them, and a reader who no longer posts looks dead to all.

use super::Refusal;
use super::btyd::History;

/// The silence of one account, measured against its own past.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Days since the last post, T − t_x.
    pub silence: f64,
    /// Mean days between posts, t_x/x; `None` for an account that never posted.
    pub mean_gap: Option<f64>,
    /// Silence over mean gap; `None` where that cannot be had.
    pub ratio: Option<f64>,
    /// P(such a silence) if the account is alive, free of its rate; `None` without posts.
    pub p_exact: Option<f64>,
    /// The same with the rate put in as if it were known, which makes it too small; `None`
    /// where there is no rate.
    pub p_plug_in: Option<f64>,
}

/// The silence of an account against its own mean gap and its own rate.
///
/// # Formula
///
/// p = (t_x/T)^x exactly: given x, the posts of an account that lives and posts at a
/// constant rate lie uniformly on (0, T). Plug-in: exp(−(x/t_x)(T − t_x)). x posts, the last
/// at t_x days after the account was made, T its age in days.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{btyd::History, gap_rules::gap};
/// let found = gap(History::new(5, 500.0, 1000.0)?);
/// assert_eq!((found.ratio, found.p_exact), (Some(5.0), Some(0.03125)));
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed. (2003), §2.1, for the largest of x
/// uniform times.
#[must_use]
pub fn gap(history: History) -> Gap {
    let (x, last, age) = (history.posts(), history.last(), history.age());
    let silence = age - last;
    let posted = x > 0.0;
    let mean_gap = posted.then(|| last / x);
    let with_gap = mean_gap.filter(|&gap| gap > 0.0);
    Gap {
        silence,
        mean_gap,
        ratio: with_gap
            .map(|gap| silence / gap)
            .filter(|ratio| ratio.is_finite()),
        p_exact: posted.then(|| (last / age).powf(x).clamp(0.0, 1.0)),
        p_plug_in: with_gap.map(|gap| (-silence / gap).exp()),
    }
}

/// The same when rates vary between accounts as a gamma distribution.
///
/// # Formula
///
/// ((α + t_x)/(α + T))^(r+x): Gamma(r, α) rates given x posts by t_x, and none since.
///
/// # Errors
///
/// [`Refusal::OutsideDomain`] unless r and α are positive and finite.
///
/// # Examples
///
/// ```
/// use dormouse::stats::{btyd::History, gap_rules::gamma_poisson};
/// let p = gamma_poisson(History::new(5, 500.0, 1000.0)?, 0.8, 12.0)?;
/// assert!((p - 0.0192184696022032).abs() < 1e-9);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// A. S. C. Ehrenberg, Applied Statistics 8 (1959) 26–41, for the gamma–Poisson model.
pub fn gamma_poisson(history: History, r: f64, alpha: f64) -> Result<f64, Refusal> {
    for value in [r, alpha] {
        if !(value > 0.0 && value.is_finite()) {
            return Err(Refusal::OutsideDomain {
                must: "shape and rate of a gamma distribution are positive and finite",
                value,
            });
        }
    }
    let ratio = (alpha + history.last()) / (alpha + history.age());
    Ok(ratio.powf(r + history.posts()).clamp(0.0, 1.0))
}
