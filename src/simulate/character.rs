//! What the followers of a channel are like, platform by platform.
//!
//! The numbers are choices, not measurements: each lies inside what has been reported
//! (lurkers 15–60 %, bots 1–10 %, protected accounts 2–38 %), and the platforms are
//! made unlike so that a rule which happens to fit one of them fails on another.

use crate::error::{Error, Result};
use crate::model::platform::Platform;

use super::instants::{DAY, year_start};

/// What the followers of a channel are like.
#[derive(Clone, Debug)]
pub struct Character {
    /// When accounts of the platform were made.
    pub accounts: Growth,
    /// When the channel was followed.
    pub follows: Growth,
    /// Share who made the account in order to follow.
    pub fresh: f64,
    /// Posts a day of those who post: shape and scale of a gamma distribution.
    pub rate: (f64, f64),
    /// Leaving per day since the follow: shape and scale of a gamma distribution.
    pub hazard: (f64, f64),
    /// Share who read and never post.
    pub lurkers: f64,
    /// Share of automatic accounts.
    pub bots: f64,
    /// Share of protected accounts among those who are here and those who have left.
    pub protected: (f64, f64),
    /// Whether a protected account hides when it last posted.
    pub protected_hides: bool,
    /// Share of the dated whose last activity is missing all the same.
    pub undated: f64,
    /// Share suspended or moved away, where an export can say so.
    pub gone: f64,
}

impl Character {
    /// The character of a platform.
    pub fn of(platform: Platform) -> Self {
        let broadcast = Self {
            accounts: Growth::new(
                2007,
                &[
                    1.0, 3.0, 18.0, 26.0, 30.0, 22.0, 14.0, 9.0, 7.0, 6.0, 6.0, 5.0, 5.0, 6.0, 5.0,
                    5.0, 4.0, 3.0, 2.0, 2.0,
                ],
            ),
            follows: Growth::new(
                2010,
                &[
                    3.0, 12.0, 14.0, 12.0, 10.0, 9.0, 8.0, 8.0, 6.0, 5.0, 7.0, 5.0, 4.0, 3.0, 2.0,
                    1.5, 1.5,
                ],
            ),
            fresh: 0.12,
            rate: (0.45, 1.1),
            hazard: (0.8, 6.0e-4),
            lurkers: 0.42,
            bots: 0.10,
            protected: (0.04, 0.08),
            protected_hides: true,
            undated: 0.10,
            gone: 0.01,
        };
        let pictures = Self {
            accounts: Growth::new(
                2011,
                &[
                    1.0, 4.0, 7.0, 9.0, 10.0, 11.0, 11.0, 11.0, 9.0, 9.0, 8.0, 7.0, 6.0, 5.0, 5.0,
                    5.0,
                ],
            ),
            follows: Growth::new(
                2014,
                &[
                    1.0, 2.0, 4.0, 6.0, 8.0, 9.0, 12.0, 11.0, 11.0, 12.0, 12.0, 13.0, 13.0,
                ],
            ),
            fresh: 0.04,
            rate: (0.6, 0.25),
            hazard: (0.7, 2.4e-4),
            lurkers: 0.30,
            bots: 0.05,
            protected: (0.34, 0.38),
            ..broadcast.clone()
        };
        match platform {
            Platform::X => broadcast,
            Platform::Instagram | Platform::Facebook | Platform::Linkedin => pictures,
            Platform::Threads | Platform::Tiktok => Self {
                accounts: pictures.accounts.since(2018),
                follows: pictures.follows.since(2023),
                protected: (0.10, 0.15),
                ..pictures
            },
            Platform::Youtube | Platform::Other => Self {
                rate: (0.3, 0.05),
                hazard: (0.9, 3.5e-4),
                lurkers: 0.60,
                bots: 0.08,
                protected: (0.02, 0.03),
                ..pictures
            },
            Platform::Mastodon => Self {
                accounts: Growth::new(2017, &[6.0, 4.0, 4.0, 4.0, 5.0, 45.0, 14.0, 9.0, 9.0, 4.0]),
                follows: Growth::new(2022, &[20.0, 32.0, 20.0, 18.0, 14.0]),
                fresh: 0.05,
                rate: (0.7, 1.2),
                hazard: (1.0, 4.5e-4),
                lurkers: 0.15,
                bots: 0.01,
                protected: (0.12, 0.20),
                protected_hides: false,
                gone: 0.02,
                ..broadcast
            },
            Platform::Bluesky => Self {
                accounts: pictures.accounts.since(2023),
                follows: pictures.follows.since(2024),
                lurkers: 0.40,
                protected: (0.02, 0.03),
                ..broadcast
            },
        }
    }
}

/// How something grew over the years: in each year evenly.
#[derive(Clone, Debug)]
pub struct Growth {
    /// First second, and how much had come by then; the last one closes the last year.
    knots: Vec<(f64, f64)>,
}

impl Growth {
    /// How much came in `first` and in each year after it.
    fn new(first: i32, years: &[f64]) -> Self {
        let mut sum = 0.0;
        let mut knots = vec![(year_start(first) as f64, sum)];
        for (&weight, next) in years.iter().zip(first + 1..) {
            sum += weight;
            knots.push((year_start(next) as f64, sum));
        }
        Self { knots }
    }

    /// The same growth without the years before `year`.
    fn since(&self, year: i32) -> Self {
        let start = year_start(year) as f64;
        let before = self.until(start);
        let knots = self.knots.iter().filter(|knot| knot.0 >= start);
        Self {
            knots: knots
                .map(|&(instant, sum)| (instant, sum - before))
                .collect(),
        }
    }

    /// The growth up to an instant, as if nothing came after it; after the last year
    /// its pace goes on.
    ///
    /// # Errors
    /// `simulate::census` when the instant is less than a day after the beginning.
    pub fn cut(&self, census: i64) -> Result<Self> {
        let first = self.knots.first().map_or(f64::MAX, |knot| knot.0);
        let end = census as f64;
        if end < first + DAY as f64 {
            return Err(Error::new(
                "simulate::census",
                "at this census instant the channel has no followers yet",
            )
            .help(
                "take a census instant that lies a year or more after the start of the platform",
            ));
        }
        let mut knots: Vec<_> = self
            .knots
            .iter()
            .copied()
            .filter(|knot| knot.0 < end)
            .collect();
        let pace = match self.knots.as_slice() {
            [.., (t0, sum0), (t1, sum1)] if end > *t1 => (end - t1) * (sum1 - sum0) / (t1 - t0),
            _ => 0.0,
        };
        knots.push((end, self.until(end) + pace));
        Ok(Self { knots })
    }

    /// How much had come by an instant.
    pub fn until(&self, instant: f64) -> f64 {
        between(&self.knots, instant, |knot| knot.0, |knot| knot.1)
    }

    /// All that came.
    pub fn total(&self) -> f64 {
        self.knots.last().map_or(0.0, |knot| knot.1)
    }

    /// The instant by which `amount` had come.
    pub fn reached(&self, amount: f64) -> f64 {
        between(&self.knots, amount, |knot| knot.1, |knot| knot.0)
    }
}

/// Linear interpolation between rising knots, level outside them.
fn between(
    knots: &[(f64, f64)],
    at: f64,
    from: impl Fn(&(f64, f64)) -> f64,
    to: impl Fn(&(f64, f64)) -> f64,
) -> f64 {
    let after = knots.partition_point(|knot| from(knot) <= at);
    match (
        after.checked_sub(1).and_then(|i| knots.get(i)),
        knots.get(after),
    ) {
        (Some(a), Some(b)) => to(a) + (to(b) - to(a)) * (at - from(a)) / (from(b) - from(a)),
        (Some(end), None) | (None, Some(end)) => to(end),
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLATFORMS: [Platform; 10] = [
        Platform::X,
        Platform::Instagram,
        Platform::Facebook,
        Platform::Linkedin,
        Platform::Mastodon,
        Platform::Bluesky,
        Platform::Tiktok,
        Platform::Threads,
        Platform::Youtube,
        Platform::Other,
    ];

    #[test]
    fn every_character_lies_in_the_reported_ranges() {
        for platform in PLATFORMS {
            let character = Character::of(platform);
            assert!((0.15..=0.60).contains(&character.lurkers), "{platform:?}");
            assert!((0.01..=0.10).contains(&character.bots), "{platform:?}");
            let (here, left) = character.protected;
            assert!(here >= 0.02 && here < left && left <= 0.38, "{platform:?}");
            assert!(
                character.accounts.knots[0].0 <= character.follows.knots[0].0,
                "{platform:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn growth_and_its_inverse_agree(which in 0..10usize, part in 0.0..1.0f64, year in 2025..2040) {
            let census = year_start(year);
            let growth = Character::of(PLATFORMS[which]).follows.cut(census).unwrap();
            let amount = part * growth.total();
            prop_assert!((growth.until(growth.reached(amount)) - amount).abs() < 1e-6);
            prop_assert!(growth.reached(growth.total()) <= census as f64);
        }
    }

    #[test]
    fn a_census_before_the_channel_is_refused() {
        let growth = Character::of(Platform::X).follows;
        assert_eq!(
            growth.cut(year_start(2009)).unwrap_err().kind(),
            "simulate::census"
        );
        assert!(growth.cut(year_start(2012)).is_ok());
    }
}
