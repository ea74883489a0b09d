//! Reading a file together with what is known of its followers from elsewhere: lists of
//! interactions, and other exports of the channel.

use std::sync::{Mutex, PoisonError};

use super::container::Member;
use super::found::Found;
use super::intake::{Consumer, Seen, hash};
use super::interactions::Interactions;
use super::merge::{Extras, Merged, Merging};
use super::{Adapter, read_aloud};
use crate::error::Result;
use crate::frame::batch::{Follower, kept, with_interactions};

/// What is known of followers from elsewhere.
#[derive(Debug, Default)]
pub struct Beside {
    /// Lists of interactions; rows get a column of them.
    pub interactions: Option<Interactions>,
    /// Followers that come more than once; their rows are not passed on, but put together.
    pub merging: Option<Merging>,
}

impl Beside {
    /// Whether nothing is known, so that a file can be read by itself.
    pub fn is_nothing(&self) -> bool {
        self.interactions.is_none() && self.merging.is_none()
    }

    /// Gives the followers that were put together.
    ///
    /// # Errors
    /// Whatever `consume` fails with.
    pub fn merged(&mut self, seen: &Seen, consume: impl FnMut(Merged) -> Result<()>) -> Result<()> {
        let extras = Extras {
            interactions: self.interactions.is_some(),
            pseudonyms: seen.pseudonyms().is_some(),
        };
        match self.merging.take() {
            Some(merging) => merging.finish(seen.named_as_gone(), extras, consume),
            None => Ok(()),
        }
    }
}

/// Told each follower of a file: whether the row goes into the coming batches, or is put
/// together with others of the same follower.
pub type Heard<'a> = dyn FnMut(&Follower<'_>, bool) + Send + 'a;

/// As [`super::read`], together with what is known from elsewhere.
///
/// # Errors
/// As [`super::read`].
pub fn read(
    member: &Member,
    adapter: &dyn Adapter,
    seen: &mut Seen,
    latest: i64,
    beside: &mut Beside,
    heard: &mut Heard<'_>,
    consume: &Consumer<'_>,
) -> Result<Found> {
    let pseudonyms = seen.pseudonyms().cloned();
    let has_interactions = beside.interactions.is_some();
    // What is known of the rows of the coming batch, in their order.
    let rows: Mutex<(Vec<bool>, Vec<Option<i64>>)> = Mutex::default();
    let lock = || rows.lock().unwrap_or_else(PoisonError::into_inner);
    read_aloud(
        member,
        adapter,
        seen,
        Some(latest),
        &|batch| {
            let (keep, interacted_at) = std::mem::take(&mut *lock());
            let batch = if has_interactions {
                with_interactions(batch, interacted_at)?
            } else {
                batch
            };
            let batch = kept(batch, keep)?;
            if batch.height() == 0 {
                return Ok(());
            }
            consume(batch)
        },
        &mut |follower| {
            let interactions = beside.interactions.as_mut();
            let interacted_at = follower
                .id
                .zip(interactions)
                .and_then(|(id, interactions)| interactions.of(id));
            let repeated = follower.id.map(|id| hash(id.as_bytes()));
            let keep = match (&mut beside.merging, repeated, follower.id) {
                (Some(merging), Some(key), Some(id)) if merging.holds(key) => {
                    let pseudonym = pseudonyms.as_ref().map(|pseudonyms| pseudonyms.of(id));
                    merging.add(key, follower, interacted_at, pseudonym);
                    false
                }
                _ => true,
            };
            let mut rows = lock();
            rows.0.push(keep);
            rows.1.push(interacted_at);
            heard(follower, keep);
        },
    )
}
