//! Where a change of the share came from: who left, who changed, who joined.

use super::Refusal;

/// Followers by their state at two instants: A active, D dormant, U undetermined, X not on
/// the list. The first letter is the first instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the states")]
pub struct Flows {
    pub aa: u64,
    pub ad: u64,
    pub au: u64,
    pub ax: u64,
    pub da: u64,
    pub dd: u64,
    pub du: u64,
    pub dx: u64,
    pub ua: u64,
    pub ud: u64,
    pub uu: u64,
    pub ux: u64,
    pub xa: u64,
    pub xd: u64,
    pub xu: u64,
}

/// The three parts of a change; they add up to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effects {
    /// What those did who left or became undetermined.
    pub leavers: f64,
    /// What changed among those determined at both instants.
    pub within: f64,
    /// What those did who joined or became determined.
    pub joiners: f64,
}

/// A change of the dormant share and its parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposition {
    /// The share among those determined at the first instant.
    pub before: Option<f64>,
    /// The share among those determined at the second instant.
    pub after: Option<f64>,
    /// after − before.
    pub change: Option<f64>,
    /// Its parts; `None` if nobody was determined at both instants.
    pub effects: Option<Effects>,
    /// Active, then dormant.
    pub newly_dormant: u64,
    /// Dormant, then active.
    pub woken: u64,
    /// On the first list only.
    pub lost: u64,
    /// On the second list only.
    pub gained: u64,
}

/// Splits the change of the dormant share between two lists; exact, without an interval.
///
/// # Formula
///
/// s₂ − s₁ = (r₁ − s₁) leavers + (r₂ − r₁) within + (s₂ − r₂) joiners, s the shares among all
/// who are determined at an instant, r those among the followers determined at both.
///
/// # Errors
///
/// [`Refusal::CountsOverflow`].
///
/// # Examples
///
/// ```
/// use dormouse::stats::decomposition::{Flows, decompose};
/// let flows = Flows { aa: 80, dd: 20, dx: 20, ..Flows::default() };
/// let found = decompose(flows)?;
/// assert!((found.effects.unwrap().leavers - (0.2 - 40.0 / 120.0)).abs() < 1e-12);
/// # Ok::<(), dormouse::stats::Refusal>(())
/// ```
///
/// # Source
///
/// E. M. Kitagawa, JASA 50 (1955) 1168–1194, for splitting a difference of rates.
pub fn decompose(flows: Flows) -> Result<Decomposition, Refusal> {
    let f = flows;
    let dormant_before = sum([f.da, f.dd, f.du, f.dx])?;
    let active_before = sum([f.aa, f.ad, f.au, f.ax])?;
    let dormant_after = sum([f.ad, f.dd, f.ud, f.xd])?;
    let active_after = sum([f.aa, f.da, f.ua, f.xa])?;
    let both = sum([f.aa, f.ad, f.da, f.dd])?;
    let before = ratio(dormant_before, sum([dormant_before, active_before])?);
    let after = ratio(dormant_after, sum([dormant_after, active_after])?);
    let change = before.zip(after).map(|(before, after)| after - before);
    let stayers = ratio(f.da + f.dd, both).zip(ratio(f.ad + f.dd, both));
    let effects = before.zip(after).zip(stayers);
    Ok(Decomposition {
        before,
        after,
        change,
        effects: effects.map(|((s1, s2), (r1, r2))| Effects {
            leavers: r1 - s1,
            within: r2 - r1,
            joiners: s2 - r2,
        }),
        newly_dormant: f.ad,
        woken: f.da,
        lost: sum([f.ax, f.dx, f.ux])?,
        gained: sum([f.xa, f.xd, f.xu])?,
    })
}

fn sum<const N: usize>(counts: [u64; N]) -> Result<u64, Refusal> {
    let add = |sum: u64, count: u64| sum.checked_add(count);
    counts
        .into_iter()
        .try_fold(0, add)
        .ok_or(Refusal::CountsOverflow)
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
