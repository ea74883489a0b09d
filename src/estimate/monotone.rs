//! A list of the newest followers, if the older ones are no more awake than its oldest.
//!
//! The assumption is the analyst's and must be declared in the study file. What follows
//! from it stands beside the worst case, with the trend over the follow age, by which a
//! reader can judge it.

use super::{Standing, dormant, refused, share};
use crate::error::{Error, Result};
use crate::model::evidence::Design;
use crate::model::monotone::{AgeTrend, FollowAge, Monotone};
use crate::model::published::is_small;
use crate::model::results::AuditSummary;
use crate::model::share::{Method, Share};
use crate::model::tally::{FOLLOW_AGE_EDGES, State, Tally};
use crate::stats::bounds::manski;
use crate::stats::many_groups::Group;
use crate::stats::newest::newest_monotone;
use crate::stats::proportion::wilson;
use crate::stats::trend::cochran_armitage;
use crate::stats::{Interval, Refusal};

/// The fewest followers of one follow age that say anything about those before them.
const FEWEST: u64 = 100;

/// The shares of all followers under the declared assumption.
///
/// # Formula
/// w = n/N of the list, [l, u] its limits: [w l + (1−w) l_old, w u + 1 − w]. For the silent
/// share l_old is the lower Wilson limit of the oldest followers of the list: the oldest
/// groups of follow age that hold a hundred followers together, the undetermined among
/// them taken as awake. For the dormant share it is the lower limit of the whole list: no
/// audit draws by follow age, and the whole list is no more dormant than its oldest.
///
/// # Errors
/// A design that is no list of the newest; no counter of all followers.
///
/// # Source
/// Manski and Pepper 2000 (monotone instruments); Armitage 1955 for the trend.
pub fn monotone(
    tally: &Tally,
    audit: Option<&AuditSummary>,
    standing: Standing,
    window: u32,
    level: f64,
) -> Result<Monotone> {
    if !matches!(standing.design, Design::Newest | Design::Unknown) {
        return Err(Error::new(
            "estimate::assumption",
            "an assumption about older followers needs a list of the newest",
        )
        .help("take `older_followers` out of this channel, or correct its `design`"));
    }
    let counts = tally.counts(window);
    let listed = counts.present();
    let population = standing.population(listed).ok_or_else(|| {
        Error::new(
            "estimate::assumption",
            "an assumption about older followers needs their number",
        )
        .help("give `followers`, the counter that the platform shows, for this channel")
    })?;
    let groups = groups(tally, window, level)?;
    let oldest = match groups.last() {
        Some(&oldest) => oldest,
        None => follow_age(None, counts.silent, listed, level)?,
    };
    let through = |limits: Interval, oldest: f64, listed| {
        newest_monotone(limits, listed, population, oldest).map_err(refused)
    };
    let of_list = manski(counts.silent, counts.undetermined, listed).map_err(refused)?;
    let silent = through(of_list, oldest.lower, listed)?;
    Ok(Monotone {
        silent: share(silent, None, level, Method::NewestMonotone),
        dormant: match audit {
            None => None,
            Some(audit) => {
                // The list as if it were the channel: its own limits.
                let census = Standing {
                    design: Design::Census,
                    ..standing
                };
                let found = dormant(audit, census, level)?;
                let of_list = Interval {
                    lower: found.lower,
                    upper: found.upper,
                };
                let sizes = audit.strata.iter().map(|stratum| stratum.size);
                let drawn_from = sizes.fold(0_u64, u64::saturating_add).min(population);
                let limits = through(of_list, of_list.lower, drawn_from)?;
                Some(Share {
                    labels: found.labels,
                    ..share(limits, None, level, Method::NewestMonotone)
                })
            }
        },
        oldest,
        trend: trend(&groups, window)?,
    })
}

/// The list by follow age, youngest first; a group that is small, or has few silent or few
/// others, joins the next younger one.
fn groups(tally: &Tally, window: u32, level: f64) -> Result<Vec<FollowAge>> {
    let mut buckets = [(0_u64, 0_u64); FOLLOW_AGE_EDGES.len() + 1];
    for (key, count) in tally.cells().filter(|(key, _)| !key.duplicate) {
        let bucket = key.follow_age.and_then(|age| buckets.get_mut(age as usize));
        let (Some((all, silent)), state) = (bucket, key.state(window)) else {
            continue;
        };
        *all += if state == State::Gone { 0 } else { count };
        *silent += if state == State::Silent { count } else { 0 };
    }
    let mut groups = Vec::new();
    let (mut all, mut silent) = (0, 0);
    for (place, (more, of_them)) in buckets.into_iter().enumerate().rev() {
        all += more;
        silent += of_them;
        let told = all >= FEWEST && !is_small(silent) && !is_small(all - silent);
        if told || (place == 0 && all > 0 && groups.is_empty()) {
            let edge = place
                .checked_sub(1)
                .and_then(|place| FOLLOW_AGE_EDGES.get(place));
            let longer_than = edge.copied().unwrap_or(0);
            groups.push(follow_age(Some(longer_than), silent, all, level)?);
            (all, silent) = (0, 0);
        }
    }
    groups.reverse();
    Ok(groups)
}

fn follow_age(
    longer_than_days: Option<u32>,
    silent: u64,
    followers: u64,
    level: f64,
) -> Result<FollowAge> {
    Ok(FollowAge {
        longer_than_days,
        followers,
        silent,
        lower: wilson(silent, followers, level).map_err(refused)?.lower,
    })
}

/// The trend among those who follow for longer than the window. Whoever began within it
/// is awake by that alone, so the younger groups would show a trend in any list.
fn trend(groups: &[FollowAge], window: u32) -> Result<Option<AgeTrend>> {
    let old = |group: &FollowAge| group.longer_than_days.is_some_and(|days| days >= window);
    let groups: Vec<FollowAge> = groups.iter().copied().filter(old).collect();
    if groups.len() < 2 {
        return Ok(None);
    }
    let scored: Vec<(f64, Group)> = groups
        .iter()
        .enumerate()
        .map(|(score, group)| {
            let of = Group {
                successes: group.silent,
                n: group.followers,
            };
            (score as f64, of)
        })
        .collect();
    let found = match cochran_armitage(&scored) {
        Ok(found) => Some(found),
        Err(Refusal::NoVariation) => None,
        Err(refusal) => return Err(refused(refusal)),
    };
    Ok(Some(AgeTrend {
        groups,
        statistic: found.map(|found| found.statistic),
        p: found.map(|found| found.p),
    }))
}
