//! The beta distribution, for the intervals and probabilities that need it.
//!
//! statrs stops its continued fraction after 140 terms, which is not enough for
//! shapes beyond 1e5, and its quantile loses digits when the shapes are far apart;
//! so the fraction is evaluated here until it rests, and the quantile is bisected.

use statrs::function::gamma::ln_gamma;

use super::Refusal;

/// ln B(a, b).
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// A point of the unit interval with its complement, so that neither loses digits.
#[derive(Clone, Copy)]
pub(super) struct Point {
    x: f64,
    rest: f64,
}

impl Point {
    /// sin² of an angle between 0 and π/2.
    pub(super) fn from_angle(angle: f64) -> Self {
        Self {
            x: angle.sin().powi(2),
            rest: angle.cos().powi(2),
        }
    }

    /// From ln(x / (1 − x)).
    pub(super) fn from_logit(t: f64) -> Self {
        Self {
            x: 1.0 / (1.0 + (-t).exp()),
            rest: 1.0 / (1.0 + t.exp()),
        }
    }
}

/// P(X ≤ x) of Beta(a, b), a and b > 0: the regularised incomplete beta function.
pub(super) fn cdf(at: Point, a: f64, b: f64) -> Result<f64, Refusal> {
    if at.x <= 0.0 {
        return Ok(0.0);
    }
    if at.rest <= 0.0 {
        return Ok(1.0);
    }
    let ln_front = a * at.x.ln() + b * ln_of_rest(at) - ln_beta(a, b);
    // The fraction converges fast on the near side of the mean only.
    let value = if at.x <= (a + 1.0) / (a + b + 2.0) {
        ln_front.exp() / a * fraction(at.x, a, b)?
    } else {
        1.0 - ln_front.exp() / b * fraction(at.rest, b, a)?
    };
    Ok(value.clamp(0.0, 1.0))
}

fn ln_of_rest(at: Point) -> f64 {
    if at.x < 0.5 {
        (-at.x).ln_1p()
    } else {
        at.rest.ln()
    }
}

/// The continued fraction of the incomplete beta function by Lentz's method; it
/// rests after about √max(a, b) terms.
fn fraction(x: f64, a: f64, b: f64) -> Result<f64, Refusal> {
    const TINY: f64 = 1e-300;
    const REST: f64 = 4.0 * f64::EPSILON;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let most = 200 + 20 * (a.max(b).sqrt() as u64);
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for term in 1..=most {
        let m = term as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut last = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + numerator * d);
            c = away_from_zero(1.0 + numerator / c);
            last = c * d;
            value *= last;
        }
        if (last - 1.0).abs() <= REST {
            return Ok(value);
        }
    }
    Err(Refusal::NotConverged {
        what: "the incomplete beta function",
    })
}

/// x with P(X ≤ x) = `tail` of Beta(a, b), for 0 < `tail` < 1.
pub(super) fn quantile(tail: f64, a: f64, b: f64) -> Result<f64, Refusal> {
    // On the logit scale 70 halvings leave 1e-18 of the 1,490 units between the
    // smallest and the largest share that a number can hold.
    let (mut low, mut high) = (-745.0, 745.0);
    for _ in 0..70 {
        let middle = 0.5 * (low + high);
        if cdf(Point::from_logit(middle), a, b)? < tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Point::from_logit(0.5 * (low + high)).x)
}

/// x with P(X > x) = `tail` of Beta(a, b).
pub(super) fn upper_quantile(tail: f64, a: f64, b: f64) -> Result<f64, Refusal> {
    Ok(1.0 - quantile(tail, b, a)?)
}
