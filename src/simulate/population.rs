//! Followers one by one, newest first, with what really became of each.
//!
//! A follower makes an account, follows the channel, posts as a Poisson process at a
//! rate of their own, and one day leaves: at a rate of their own that counts from the
//! follow. Rates are gamma distributed over the followers. Lurkers read and never post.
//! Nothing is kept: a list of ten million costs no more memory than a list of ten.
//!
//! The draws use the exponential and logarithm of the machine, which may differ from
//! one machine to the next in the last bit. Instants are cut to whole seconds and no
//! rounding is carried from one follower to the next, so the same seed gives the same
//! followers, save for a chance of about one in a thousand million an instant.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, Gamma, LogNormal, Poisson};

use crate::error::{Error, Result};

use super::character::{Character, Growth};
use super::instants::DAY;

/// What became of the account itself, apart from its owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It is there.
    #[default]
    Present,
    /// The platform closed it.
    Suspended,
    /// Its owner lives on under another account.
    Moved,
}

/// One synthetic follower. Instants are Unix seconds before the census.
#[derive(Clone, Debug, Default)]
pub struct Follower {
    /// When the account was made.
    pub created: i64,
    /// When it began to follow.
    pub followed: i64,
    /// When the owner left for good; `None` for those who still read.
    pub left: Option<i64>,
    /// Number of posts.
    pub posts: u64,
    /// The last post.
    pub last_post: Option<i64>,
    /// The last post as far as the platform shows it.
    pub shown_post: Option<i64>,
    /// An automatic account.
    pub bot: bool,
    /// Shows posts only to approved followers.
    pub protected: bool,
    /// Has the picture that the platform gives.
    pub plain: bool,
    /// Number of followers of this follower.
    pub followers: u64,
    /// Number of accounts that this follower follows.
    pub following: u64,
    /// What became of the account.
    pub fate: Fate,
    /// Different for everybody on the list, below `tags`.
    pub tag: u64,
    /// A power of two, at least the length of the list.
    pub tags: u64,
    /// Random bits for names, pictures and the low digits of ids.
    pub noise: u64,
}

impl Follower {
    /// The truth: the owner had left before the census.
    pub fn dormant(&self) -> bool {
        self.left.is_some()
    }

    /// The last public act, whether an export shows it or not.
    pub fn last_act(&self) -> i64 {
        self.followed.max(self.last_post.unwrap_or(self.created))
    }
}

/// The followers of one channel, newest first.
#[derive(Debug)]
pub struct Population {
    rng: ChaCha8Rng,
    character: Character,
    follows: Growth,
    accounts: Growth,
    laws: Laws,
    census: i64,
    scramble: u64,
    tags: u64,
    remaining: u64,
    /// Minus the logarithm of the part of all follows that came before the follower
    /// drawn last. As a sum it does not gather the roundings of the exponential.
    depth: f64,
}

#[derive(Debug)]
struct Laws {
    rate: Gamma<f64>,
    hazard: Gamma<f64>,
    following: LogNormal<f64>,
    followers: LogNormal<f64>,
}

impl Population {
    /// `followers` followers of this character at the census instant (Unix seconds).
    ///
    /// # Errors
    /// `simulate::census` when the channel does not exist yet; `simulate::character`
    /// when a distribution has no such parameters.
    pub fn new(character: Character, followers: u64, seed: u64, census: i64) -> Result<Self> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let scramble = rng.random();
        Ok(Self {
            follows: character.follows.cut(census)?,
            accounts: character.accounts.cut(census)?,
            laws: Laws::new(&character).ok_or_else(|| {
                Error::new(
                    "simulate::character",
                    "shapes and scales must be positive numbers",
                )
            })?,
            rng,
            character,
            census,
            scramble,
            tags: followers
                .max(1)
                .checked_next_power_of_two()
                .unwrap_or(1 << 63),
            remaining: followers,
            depth: 0.0,
        })
    }

    fn draw(&mut self) -> Follower {
        let rng = &mut self.rng;
        let character = &self.character;
        // The largest of k uniform numbers is one uniform number to the power 1/k, and
        // below it lie k−1 uniform ones: the sorted list without sorting.
        let gap: f64 = rng.sample(Exp1);
        self.depth += gap / self.remaining as f64;
        let followed = self
            .follows
            .reached((-self.depth).exp() * self.follows.total());
        let followed = (followed as i64).min(self.census - 1);
        let created = if chance(rng, character.fresh) {
            let days: f64 = rng.sample(Exp1);
            followed - (2.0 * days * DAY as f64) as i64
        } else {
            let before = self.accounts.until(followed as f64);
            (self.accounts.reached(rng.random::<f64>() * before) as i64).min(followed)
        };

        let hazard = self.laws.hazard.sample(rng);
        let stay: f64 = rng.sample(Exp1);
        let left = followed as f64 + stay / hazard * DAY as f64;
        // Also false for a hazard of zero, which stays for ever.
        let left = (left < self.census as f64).then_some(left as i64);
        let until = left.unwrap_or(self.census - 1);

        let bot = chance(rng, character.bots);
        let lurker = !bot && chance(rng, character.lurkers);
        let pace = self.laws.rate.sample(rng) * if bot { 10.0 } else { 1.0 };
        let expected = pace * (until - created) as f64 / DAY as f64;
        let posts = match Poisson::new(expected) {
            Ok(law) if !lurker => law.sample(rng) as u64,
            _ => 0,
        };
        // Given their number, the posts lie evenly between creation and leaving.
        let gap: f64 = rng.sample(Exp1);
        let last = (until - created) as f64 * (-gap / posts.max(1) as f64).exp();
        let last_post = (posts > 0).then_some(created + last as i64);

        let (here, away) = character.protected;
        let protected = !bot && chance(rng, if left.is_some() { away } else { here });
        let undated = chance(rng, character.undated);
        let hidden = undated || protected && character.protected_hides;
        let plain = chance(
            rng,
            match (bot, lurker) {
                (true, _) => 0.5,
                (_, true) => 0.25,
                _ => 0.05,
            },
        );
        let (many, few) = if bot { (1000.0, 0.2) } else { (0.0, 1.0) };
        let following = self.laws.following.sample(rng) + many;
        let followers = self.laws.followers.sample(rng) * few;
        let fate = match rng.random::<f64>() / character.gone {
            part if part < 0.5 => Fate::Suspended,
            part if part < 1.0 => Fate::Moved,
            _ => Fate::Present,
        };
        Follower {
            created,
            followed,
            left,
            posts,
            last_post,
            shown_post: last_post.filter(|_| !hidden),
            bot,
            protected,
            plain,
            followers: followers as u64,
            following: following as u64,
            fate,
            // Multiplying by an odd number permutes the numbers below a power of two.
            tag: self
                .remaining
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .wrapping_add(self.scramble)
                & (self.tags - 1),
            tags: self.tags,
            noise: rng.random(),
        }
    }
}

fn chance(rng: &mut ChaCha8Rng, share: f64) -> bool {
    rng.random::<f64>() < share
}

impl Laws {
    fn new(character: &Character) -> Option<Self> {
        let gamma = |(shape, scale)| Gamma::new(shape, scale).ok();
        Some(Self {
            rate: gamma(character.rate)?,
            hazard: gamma(character.hazard)?,
            following: LogNormal::new(5.0, 1.2).ok()?,
            followers: LogNormal::new(4.0, 1.6).ok()?,
        })
    }
}

impl Iterator for Population {
    type Item = Follower;

    fn next(&mut self) -> Option<Follower> {
        if self.remaining == 0 {
            return None;
        }
        let follower = self.draw();
        self.remaining -= 1;
        Some(follower)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let remaining = self.remaining.min(usize::MAX as u64) as usize;
        (remaining, Some(remaining))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::platform::Platform;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const CENSUS: i64 = 1_790_812_800;

    fn draw(platform: Platform, followers: u64, seed: u64) -> Vec<Follower> {
        Population::new(Character::of(platform), followers, seed, CENSUS)
            .unwrap()
            .collect()
    }

    proptest! {
        #[test]
        fn lives_are_in_order(seed: u64, followers in 0..300u64) {
            let list = draw(Platform::X, followers, seed);
            prop_assert_eq!(list.len() as u64, followers);
            prop_assert!(list.is_sorted_by(|a, b| a.followed >= b.followed));
            for f in &list {
                prop_assert!(f.created <= f.followed && f.followed < CENSUS);
                prop_assert_eq!(f.posts > 0, f.last_post.is_some());
                let until = f.left.unwrap_or(CENSUS);
                prop_assert!(f.followed <= until && until <= CENSUS);
                if let Some(post) = f.last_post {
                    prop_assert!(f.created <= post && post <= until);
                }
                prop_assert!(f.shown_post.is_none() || f.shown_post == f.last_post);
            }
            let tags: HashSet<_> = list.iter().map(|f| f.tag).collect();
            prop_assert_eq!(tags.len() as u64, followers);
        }
    }

    /// The share who left follows from the gamma hazard: 1 − (1 + scale × days)^−shape,
    /// the mean of it over the followers. Lomax distribution; tolerance five standard errors.
    #[test]
    fn leaving_follows_its_law() {
        let (shape, scale) = Character::of(Platform::X).hazard;
        let list = draw(Platform::X, 20_000, 7);
        let expected = list
            .iter()
            .map(|f| 1.0 - (1.0 + scale * (CENSUS - f.followed) as f64 / DAY as f64).powf(-shape))
            .sum::<f64>()
            / list.len() as f64;
        let seen = list.iter().filter(|f| f.dormant()).count() as f64 / list.len() as f64;
        assert!(
            (seen - expected).abs() < 5.0 * (0.25 / 20_000f64).sqrt(),
            "{seen} {expected}"
        );
    }

    /// Follows are spread as the growth says although they are drawn in order.
    #[test]
    fn follows_are_spread_as_the_growth_says() {
        let growth = Character::of(Platform::X).follows.cut(CENSUS).unwrap();
        let list = draw(Platform::X, 20_000, 8);
        for part in [0.1, 0.25, 0.5, 0.75, 0.9] {
            let instant = growth.reached(part * growth.total()) as i64;
            let seen = list.iter().filter(|f| f.followed < instant).count() as f64 / 20_000.0;
            assert!(
                (seen - part).abs() < 5.0 * (part * (1.0 - part) / 20_000.0).sqrt(),
                "{seen} {part}"
            );
        }
    }

    #[test]
    fn shares_are_those_of_the_character() {
        for platform in [
            Platform::X,
            Platform::Instagram,
            Platform::Mastodon,
            Platform::Youtube,
        ] {
            let character = Character::of(platform);
            let list = draw(platform, 20_000, 9);
            let share = |holds: &dyn Fn(&&Follower) -> bool, among: &dyn Fn(&&Follower) -> bool| {
                let among: Vec<_> = list.iter().filter(among).collect();
                among.iter().copied().filter(holds).count() as f64 / among.len() as f64
            };
            let all = &|_: &&Follower| true;
            assert!((share(&|f| f.bot, all) - character.bots).abs() < 0.01);
            assert!(share(&|f| f.posts == 0, &|f| !f.bot) >= character.lurkers - 0.02);
            assert!((share(&|f| f.fate != Fate::Present, all) - character.gone).abs() < 0.005);
            let here = share(&|f| f.protected, &|f| !f.bot && !f.dormant());
            let away = share(&|f| f.protected, &|f| !f.bot && f.dormant());
            assert!(
                (here - character.protected.0).abs() < 0.02,
                "{platform:?} {here}"
            );
            assert!(
                (away - character.protected.1).abs() < 0.025,
                "{platform:?} {away}"
            );
        }
    }
}
