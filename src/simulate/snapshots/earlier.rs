//! A follower as they were at an earlier date.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution, Exp1};

use crate::simulate::instants::DAY;
use crate::simulate::population::{Fate, Follower};

/// Unfollowing per day of those who still read: one in twelve a year.
const UNFOLLOWING: f64 = 2.4e-4;

/// How a follower looks at each date; `None` where they do not follow.
pub(super) fn views(
    follower: &Follower,
    dates: &[i64],
    first: i64,
    last: i64,
) -> Vec<Option<Follower>> {
    // A stream of its own for each follower, so that no other draw is disturbed.
    let mut rng = ChaCha8Rng::seed_from_u64(follower.noise);
    rng.set_stream(3);
    let wait: f64 = rng.sample(Exp1);
    let unfollowed = follower.followed.max(first) + (wait / UNFOLLOWING * DAY as f64) as i64;
    let unfollowed = follower
        .left
        .is_none_or(|left| unfollowed < left)
        .then_some(unfollowed);
    let part: f64 = rng.random();
    let closed = follower.followed + (part * (last - follower.followed) as f64) as i64;
    let mut views = Vec::with_capacity(dates.len());
    let mut view = follower.clone();
    for &census in dates.iter().rev() {
        earlier(&mut view, census, &mut rng);
        if closed >= census {
            view.fate = Fate::Present;
        }
        let follows = follower.followed < census && unfollowed.is_none_or(|at| at >= census);
        views.push(follows.then(|| view.clone()));
    }
    views.reverse();
    views
}

/// Takes away what happened from an instant on.
///
/// Given the last of n posts, the others lie evenly between creation and it; given how
/// many of them came before the instant, the last of those is the largest of so many.
pub(super) fn earlier(view: &mut Follower, census: i64, rng: &mut ChaCha8Rng) {
    view.left = view.left.filter(|&left| left < census);
    let Some(last) = view.last_post.filter(|&last| last >= census) else {
        return;
    };
    let hidden = view.shown_post.is_none();
    let lived = (census - view.created).max(0) as f64;
    let share = lived / ((last - view.created).max(1) as f64);
    view.posts = match Binomial::new(view.posts.saturating_sub(1), share.min(1.0)) {
        Ok(law) => law.sample(rng),
        Err(_) => 0,
    };
    let gap: f64 = rng.sample(Exp1);
    let at = (lived * (-gap / view.posts.max(1) as f64).exp()) as i64;
    // Rounding must not carry the post to the census itself.
    let at = (view.created + at).min(census - 1);
    view.last_post = (view.posts > 0).then_some(at);
    view.shown_post = view.last_post.filter(|_| !hidden);
}
