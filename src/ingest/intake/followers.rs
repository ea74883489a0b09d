//! Followers on their way into a batch, one by one or many at a time.

use super::{Ids, Intake};
use crate::error::Result;
use crate::frame::batch::{Follower, ROWS};
use crate::frame::block::Block;
use crate::frame::fields::{NONE, YES};
use crate::ingest::found::Order;
use crate::ingest::seen::{NO_ID, hash};
use crate::model::evidence::Field;

impl Intake<'_> {
    /// Takes one follower.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    #[inline]
    pub fn follower(&mut self, follower: &Follower<'_>) -> Result<()> {
        self.reading.rows += 1;
        let (earliest, latest) = (self.limits.earliest, self.limits.latest);
        let is_implausible =
            |date: Option<i64>| date.is_some_and(|ms| !(earliest..=latest).contains(&ms));
        // Hardly ever: so a follower is not copied for it.
        if is_implausible(follower.followed_at)
            || is_implausible(follower.account_created_at)
            || is_implausible(follower.last_active_at)
        {
            let mut believed = *follower;
            for date in [
                &mut believed.followed_at,
                &mut believed.account_created_at,
                &mut believed.last_active_at,
            ] {
                if is_implausible(*date) {
                    *date = None;
                    self.reading.implausible_dates += 1;
                }
            }
            return self.take(&believed);
        }
        self.take(follower)
    }

    /// Takes a follower whose dates can be.
    #[inline]
    fn take(&mut self, follower: &Follower<'_>) -> Result<()> {
        let [ids, ..] = &mut self.present;
        *ids += u64::from(follower.id.is_some());
        self.order.note(follower.followed_at);
        let duplicate = self.is_duplicate(follower.id.unwrap_or_default().as_bytes());
        self.reading.duplicates += u64::from(duplicate);
        self.counted += u64::from(!duplicate);
        if follower.gone && !duplicate {
            self.gone();
        }
        self.push(follower, follower.id, duplicate)
    }

    /// Takes some followers; nobody is left in the block afterwards whose dates cannot be.
    ///
    /// # Errors
    /// Only what the consumer of the batches fails with.
    pub fn block(&mut self, block: &mut Block<'_>) -> Result<()> {
        let rows = block.len();
        self.reading.rows += rows as u64;
        for field in [
            Field::FollowedAt,
            Field::AccountCreatedAt,
            Field::LastActiveAt,
        ] {
            self.believe(block.numbers(field));
        }
        if let Some(ms) = block.exported_at {
            self.exported_at(ms);
        }
        let [ids, ..] = &mut self.present;
        *ids += block.ids.iter().filter(|id| !id.is_empty()).count() as u64;
        let followed_at = block.numbers(Field::FollowedAt).iter().copied();
        self.order
            .append(Order::of(followed_at.filter(|&ms| ms != NONE)));
        let mut duplicates = 0;
        let gone = &block.fields().gone;
        let mut here = gone.iter().filter(|&&gone| gone == YES).count();
        if self.limits.checked {
            for (row, (id, &gone)) in block.ids.iter().zip(gone).enumerate() {
                if self.is_duplicate(id) {
                    self.duplicates.push(self.batch.len() + row);
                    duplicates += 1;
                    here -= usize::from(gone == YES);
                }
            }
        }
        (0..here).for_each(|_| self.gone());
        self.reading.duplicates += duplicates;
        self.counted += rows as u64 - duplicates;
        if let Ids::Known {
            listen: Some(listen),
            ..
        } = &mut self.ids
        {
            for row in 0..rows {
                listen(&block.follower(row));
            }
        }
        if let Some(pseudonyms) = &self.limits.pseudonyms {
            for id in &block.ids {
                let is_given = !id.is_empty();
                self.batch.pseudonym(is_given.then(|| pseudonyms.of(id)));
            }
        }
        self.batch.append(block);
        self.flush_if_full()
    }

    /// Takes dates that cannot be as not given.
    fn believe(&mut self, dates: &mut [i64]) {
        let can_be = self.limits.earliest..=self.limits.latest;
        for date in dates.iter_mut() {
            if *date != NONE && !can_be.contains(date) {
                *date = NONE;
                self.reading.implausible_dates += 1;
            }
        }
    }

    pub(super) fn gone(&mut self) {
        self.gone += 1;
        // Of a stretch it is only known later who was there before.
        if matches!(self.ids, Ids::Known { .. }) {
            self.unavailable += 1;
        }
    }

    /// Whether an id was seen before; an empty one says that there is none.
    #[inline]
    pub(super) fn is_duplicate(&mut self, id: &[u8]) -> bool {
        match &mut self.ids {
            Ids::Known { seen, .. } => !id.is_empty() && !seen.is_new(id),
            Ids::Hashed(hashes) => {
                if self.limits.checked {
                    hashes.push(if id.is_empty() { NO_ID } else { hash(id) });
                }
                false
            }
        }
    }

    #[inline]
    pub(super) fn push(
        &mut self,
        follower: &Follower<'_>,
        id: Option<&str>,
        duplicate: bool,
    ) -> Result<()> {
        if let Ids::Known {
            listen: Some(listen),
            ..
        } = &mut self.ids
        {
            listen(follower);
        }
        if duplicate {
            self.duplicates.push(self.batch.len());
        }
        self.batch.push(follower);
        if let Some(pseudonyms) = &self.limits.pseudonyms {
            self.batch.pseudonym(id.map(|id| pseudonyms.of(id)));
        }
        self.flush_if_full()
    }

    #[inline]
    fn flush_if_full(&mut self) -> Result<()> {
        if self.batch.len() >= ROWS {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Hands on the batch; a stretch keeps it.
    pub(super) fn flush(&mut self) -> Result<()> {
        let Ids::Known { consume, .. } = &self.ids else {
            return Ok(());
        };
        let consume = *consume;
        if self.batch.is_empty() {
            return Ok(());
        }
        self.count_given();
        let duplicates = std::mem::take(&mut self.duplicates);
        consume(self.batch.take(&duplicates)?)
    }

    pub(super) fn count_given(&mut self) {
        for (field, present) in Field::ALL.into_iter().zip(&mut self.present) {
            *present += self.batch.given(field);
        }
    }
}
