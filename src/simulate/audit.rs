//! The audit of a synthetic channel: whom an analyst would look up, and what they would find.
//!
//! Stratified simple random sampling. The strata are the classes that the export itself
//! shows; the labels come from the truth, a few of them "can't tell". The draw is made
//! while the followers pass by, so that it needs no list of them.

use std::io;
use std::path::Path;

use rand::seq::index;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::exports::Shown;
use super::instants::DAY;

/// How an audit is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Followers to look up, over all strata.
    pub labels: u64,
    /// At least so many in each stratum, or the whole stratum.
    pub floor: u64,
    /// Window of the strata, in days.
    pub window_days: u32,
    /// Share of "can't tell" among those who are here and those who have left.
    pub unknown: (f64, f64),
}

impl Default for Plan {
    /// 150 followers, 20 a stratum, 180 days; three in a hundred of
    /// those who are here and six of those who have left can't be told.
    fn default() -> Self {
        Self {
            labels: 150,
            floor: 20,
            window_days: 180,
            unknown: (0.03, 0.06),
        }
    }
}

/// What an analyst says of a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// No longer reads or acts.
    Dormant,
    /// Reads or acts.
    Active,
    /// Can't tell.
    Unknown,
}

impl Label {
    /// As written in the audit file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dormant => "dormant",
            Self::Active => "active",
            Self::Unknown => "unknown",
        }
    }
}

/// The classes that an export shows, in the order of the audit file.
const STRATA: [&str; 3] = ["awake", "silent", "undetermined"];

/// Which class an export shows at a window.
pub(super) fn stratum(shown: Shown, census: i64, window_days: u32) -> usize {
    let silent = |sign: i64| census - sign > i64::from(window_days) * DAY;
    match shown.sign {
        Some(sign) if !silent(sign) => 0,
        _ if shown.complete => 1,
        _ => 2,
    }
}

/// A draw under way.
pub(super) struct Draw {
    plan: Plan,
    census: i64,
    rng: ChaCha8Rng,
    strata: [Stratum; 3],
}

#[derive(Default)]
struct Stratum {
    size: u64,
    /// A simple random sample of those who have passed by.
    kept: Vec<(u64, String, bool)>,
}

impl Draw {
    pub(super) fn new(plan: Plan, seed: u64, census: i64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // The followers are drawn from stream 0: an audit does not change them.
        rng.set_stream(1);
        Self {
            plan,
            census,
            rng,
            strata: Default::default(),
        }
    }

    /// Lets the next follower of the export pass by (reservoir sampling, Vitter's R).
    pub(super) fn offer(&mut self, shown: Shown, dormant: bool, id: impl FnOnce() -> String) {
        let place = stratum(shown, self.census, self.plan.window_days);
        let Some(stratum) = self.strata.get_mut(place) else {
            return;
        };
        let rank = stratum.size;
        stratum.size += 1;
        if rank < self.plan.labels {
            stratum.kept.push((rank, id(), dormant));
            return;
        }
        let chosen = self.rng.random_range(0..=rank);
        if let Some(kept) = usize::try_from(chosen)
            .ok()
            .and_then(|i| stratum.kept.get_mut(i))
        {
            *kept = (rank, id(), dormant);
        }
    }

    /// Draws from each stratum as many as the plan gives it, and labels them.
    pub(super) fn finish(mut self) -> Audit {
        let sizes = self.strata.each_ref().map(|stratum| stratum.size);
        let wanted = allocate(self.plan, sizes);
        let mut rows = Vec::new();
        for ((name, stratum), wanted) in STRATA.into_iter().zip(self.strata).zip(wanted) {
            let mut kept = stratum.kept;
            let amount = kept.len().min(wanted as usize);
            let mut chosen = index::sample(&mut self.rng, kept.len(), amount).into_vec();
            chosen.sort_unstable();
            let mut drawn: Vec<_> = chosen
                .into_iter()
                .rev()
                .map(|place| kept.swap_remove(place))
                .collect();
            drawn.sort_unstable_by_key(|&(rank, ..)| rank);
            for (_, id, dormant) in drawn {
                let (here, left) = self.plan.unknown;
                let unknown = self.rng.random::<f64>() < if dormant { left } else { here };
                rows.push(Row {
                    id,
                    stratum: name,
                    stratum_size: stratum.size,
                    label: match (unknown, dormant) {
                        (true, _) => Label::Unknown,
                        (_, true) => Label::Dormant,
                        (_, false) => Label::Active,
                    },
                });
            }
        }
        Audit { rows }
    }
}

/// How many of each stratum: proportional to its size, but at least the floor.
///
/// First every stratum gets its floor, or all that it has. Each further label goes to
/// the stratum in which one label would otherwise stand for the most followers
/// (D'Hondt), so the whole is `labels` wherever there are as many followers.
fn allocate(plan: Plan, sizes: [u64; 3]) -> [u64; 3] {
    let worth = |wanted: u64, size: u64| size as f64 / (wanted + 1) as f64;
    let mut wanted = sizes.map(|size| size.min(plan.floor));
    for _ in wanted.iter().sum()..plan.labels {
        let behind = wanted
            .iter_mut()
            .zip(sizes)
            .filter(|(wanted, size)| **wanted < *size)
            .max_by(|a, b| worth(*a.0, a.1).total_cmp(&worth(*b.0, b.1)));
        match behind {
            Some((wanted, _)) => *wanted += 1,
            None => break,
        }
    }
    wanted
}

/// An audit as it is handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// The followers that were looked up, by stratum, and in it in the order of the export.
    pub rows: Vec<Row>,
}

/// One follower that was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The id in the export.
    pub id: String,
    /// The class that the export shows.
    pub stratum: &'static str,
    /// Followers of that class in the export.
    pub stratum_size: u64,
    /// What was found.
    pub label: Label,
}

impl Audit {
    /// Writes `id,stratum,stratum_size,label`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut csv = csv::Writer::from_path(path)?;
        csv.write_record(["id", "stratum", "stratum_size", "label"])?;
        for row in &self.rows {
            let size = row.stratum_size.to_string();
            csv.write_record([row.id.as_str(), row.stratum, &size, row.label.as_str()])?;
        }
        csv.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CENSUS: i64 = 1_790_812_800;

    fn seen(days: i64, complete: bool) -> Shown {
        Shown {
            sign: Some(CENSUS - days * DAY),
            complete,
        }
    }

    #[test]
    fn classes_of_the_window() {
        assert_eq!(stratum(seen(180, false), CENSUS, 180), 0);
        assert_eq!(stratum(seen(181, true), CENSUS, 180), 1);
        assert_eq!(stratum(seen(181, false), CENSUS, 180), 2);
        let dateless = |complete| Shown {
            sign: None,
            complete,
        };
        assert_eq!(stratum(dateless(true), CENSUS, 180), 1);
        assert_eq!(stratum(dateless(false), CENSUS, 180), 2);
    }

    proptest! {
        #[test]
        fn allocation_adds_up(sizes: [u16; 3], labels in 60..500u64) {
            let plan = Plan { labels, ..Plan::default() };
            let sizes = sizes.map(u64::from);
            let wanted = allocate(plan, sizes);
            let total: u64 = sizes.iter().sum();
            for (drawn, size) in wanted.into_iter().zip(sizes) {
                prop_assert!(drawn <= size && drawn >= size.min(plan.floor));
                // A label moved to another stratum would not lower the most followers
                // that one label stands for.
                for (other, others) in wanted.into_iter().zip(sizes) {
                    let movable = drawn > plan.floor && other < others;
                    prop_assert!(!movable || size * (other + 1) >= others * drawn);
                }
            }
            prop_assert_eq!(wanted.iter().sum::<u64>(), total.min(labels));
        }

        /// Everybody in a stratum has the same chance: the mean rank of the drawn lies
        /// near the middle, whichever way the followers came.
        #[test]
        fn the_draw_is_even(seed: u64) {
            let mut draw = Draw::new(Plan::default(), seed, CENSUS);
            for rank in 0..3000 {
                draw.offer(seen(400, true), rank % 3 == 0, || rank.to_string());
            }
            let audit = draw.finish();
            prop_assert_eq!(audit.rows.len(), 150);
            let mean = audit.rows.iter().map(|row| row.id.parse::<f64>().unwrap()).sum::<f64>() / 150.0;
            // Six standard errors of a uniform rank.
            prop_assert!((mean - 1500.0).abs() < 6.0 * 866.0 / 150f64.sqrt());
            for row in &audit.rows {
                let dormant = row.id.parse::<u32>().unwrap() % 3 == 0;
                prop_assert!(row.label == Label::Unknown || (row.label == Label::Dormant) == dormant);
                prop_assert_eq!((row.stratum, row.stratum_size), ("silent", 3000));
            }
        }
    }
}
