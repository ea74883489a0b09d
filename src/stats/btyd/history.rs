//! What is seen of one account in continuous time.

use crate::stats::Refusal;

/// Posts of one account from its creation to the census: how many, when the last, how long.
///
/// Posts are those of the whole life of the account, and its creation is time 0 and no
/// post. Days are the unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    posts: f64,
    last: f64,
    age: f64,
}

impl History {
    /// `posts` posts, the last at `last` days after the creation, the census at `age` days.
    ///
    /// A last post after the census is moved to it, because many exports give dates without
    /// a time; without posts, `last` is 0.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutsideDomain`] unless 0 < age ≤ 1e6 and last ≥ 0, [`Refusal::TooLarge`]
    /// beyond 1e9 posts.
    ///
    /// # Examples
    ///
    /// ```
    /// let history = dormouse::stats::btyd::History::new(3, 10.4, 10.0)?;
    /// assert_eq!(history.last(), 10.0);
    /// # Ok::<(), dormouse::stats::Refusal>(())
    /// ```
    pub fn new(posts: u64, last: f64, age: f64) -> Result<Self, Refusal> {
        const MOST_POSTS: u64 = 1_000_000_000;
        if !(age > 0.0 && age <= 1e6) {
            return Err(Refusal::OutsideDomain {
                must: "the age of an account lies above 0 and below a million days",
                value: age,
            });
        }
        if last.is_nan() || last < 0.0 {
            return Err(Refusal::OutsideDomain {
                must: "a last post does not lie before the account",
                value: last,
            });
        }
        if posts > MOST_POSTS {
            return Err(Refusal::TooLarge {
                what: "the posts of an account",
                limit: MOST_POSTS,
            });
        }
        Ok(Self {
            posts: posts as f64,
            last: if posts == 0 { 0.0 } else { last.min(age) },
            age,
        })
    }

    /// x, the number of posts.
    #[must_use]
    pub fn posts(self) -> f64 {
        self.posts
    }

    /// t_x, the day of the last post.
    #[must_use]
    pub fn last(self) -> f64 {
        self.last
    }

    /// T, the day of the census.
    #[must_use]
    pub fn age(self) -> f64 {
        self.age
    }

    /// Posts a day over all accounts, and their mean age: where a fit begins.
    pub(super) fn scale(histories: &[Self]) -> (f64, f64) {
        let posts: f64 = histories.iter().map(|history| history.posts).sum();
        let days: f64 = histories.iter().map(|history| history.age).sum();
        let mean_age = (days / histories.len().max(1) as f64).max(1e-6);
        ((posts / days.max(1e-6)).clamp(1e-5, 1e5), mean_age)
    }
}
