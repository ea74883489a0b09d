//! One follower in several exports of a channel: what is known of them, put together.
//!
//! An archive names everybody, pages of an API say more of some; the same follower is
//! then in both. Kept is the best that any row says, field by field:
//!
//! | field | kept |
//! |---|---|
//! | last activity, interaction, follow | the latest |
//! | creation of the account | one that was given over one read off the id, then the latest |
//! | numbers | the largest: an export can have missed something, not invented it |
//! | the platform's own picture | no, if any row shows another |
//! | protected, gone | yes, if any row says so, or an export names the account as gone |
//!
//! Each rule takes the larger of two by some order, so neither the order of the files nor
//! reading one twice changes the outcome.
//!
//! Within one file the first row of a follower counts as before, unless another file names
//! the follower too: one export that says two things has no better one.
//!
//! Only followers that come more than once are held, by the hash of their id and without
//! any text. Who they are is known when all files were read; so these are read twice, and
//! only in channels of several files that overlap.

use polars::prelude::DataFrame;

use super::intake::{ByHash, Hashes};
use crate::error::Result;
use crate::frame::batch::{Batch, Follower, ROWS};

/// The followers of a channel that come more than once.
#[derive(Debug, Default)]
pub struct Merging {
    repeated: Hashes,
    known: ByHash<Known>,
    /// Whether a count of zero is proof, for each file that was read to its end.
    proofs: Vec<bool>,
}

/// What all rows so far say of one follower.
#[derive(Debug, Default)]
struct Known {
    follower: Follower<'static>,
    interacted_at: Option<i64>,
    pseudonym: Option<u64>,
    rows: u32,
    /// Whether a file in which this is proof gives a count of zero.
    zero_proven: bool,
    /// The file of which that is not yet known.
    zero_in: Option<usize>,
}

/// Rows that belong together.
pub struct Merged {
    /// The rows; those of one follower are alike, and all but the first are duplicates.
    pub batch: DataFrame,
    /// The hash of the id of each row.
    pub ids: Vec<u64>,
    /// Whether counts of zero are proof.
    pub proven: bool,
}

impl Merging {
    /// Puts together what is said of these followers.
    pub fn of(repeated: Hashes) -> Self {
        Self {
            repeated,
            ..Self::default()
        }
    }

    /// Whether this follower comes more than once.
    pub fn holds(&self, id: u64) -> bool {
        self.repeated.contains(&id)
    }

    /// Takes one row.
    pub fn add(
        &mut self,
        id: u64,
        follower: &Follower<'_>,
        interacted_at: Option<i64>,
        pseudonym: Option<u64>,
    ) {
        let file = self.proofs.len();
        let known = self.known.entry(id).or_default();
        if follower.posts_count == Some(0) && known.zero_in != Some(file) {
            known.settle(&self.proofs);
            known.zero_in = Some(file);
        }
        join(&mut known.follower, follower);
        known.interacted_at = known.interacted_at.max(interacted_at);
        known.pseudonym = known.pseudonym.or(pseudonym);
        known.rows += u32::from(!is_mention(follower));
    }

    /// Ends a file; says whether a count of zero in it is proof.
    pub fn end_file(&mut self, zero_is_proof: bool) {
        self.proofs.push(zero_is_proof);
    }

    /// Gives everybody; `gone` are the ids that an export names as gone, `extras` says
    /// whether rows carry interactions and pseudonyms.
    ///
    /// # Errors
    /// Whatever `consume` fails with.
    pub fn finish(
        mut self,
        gone: &Hashes,
        extras: Extras,
        mut consume: impl FnMut(Merged) -> Result<()>,
    ) -> Result<()> {
        let mut everybody: Vec<(u64, Known)> = self.known.drain().collect();
        everybody.sort_unstable_by_key(|&(id, _)| id);
        for (_, known) in &mut everybody {
            known.settle(&self.proofs);
        }
        for proven in [true, false] {
            let mut rows = Rows::new(extras, proven);
            for (id, known) in everybody.iter().filter(|(_, k)| k.zero_proven == proven) {
                let follower = Follower {
                    gone: known.follower.gone || gone.contains(id),
                    ..known.follower
                };
                for row in 0..known.rows.max(1) {
                    rows.push(*id, &follower, row > 0, known);
                    if rows.ids.len() >= ROWS {
                        consume(rows.take()?)?;
                    }
                }
            }
            if !rows.ids.is_empty() {
                consume(rows.take()?)?;
            }
        }
        Ok(())
    }
}

/// What the rows of a channel carry beside their fields.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras {
    /// The last interaction.
    pub interactions: bool,
    /// The pseudonym.
    pub pseudonyms: bool,
}

/// A batch of merged followers being filled.
struct Rows {
    extras: Extras,
    proven: bool,
    batch: Batch,
    duplicates: Vec<usize>,
    ids: Vec<u64>,
    interacted_at: Vec<Option<i64>>,
}

impl Rows {
    fn new(extras: Extras, proven: bool) -> Self {
        Self {
            extras,
            proven,
            batch: Batch::default(),
            duplicates: Vec::new(),
            ids: Vec::new(),
            interacted_at: Vec::new(),
        }
    }

    fn push(&mut self, id: u64, follower: &Follower<'_>, duplicate: bool, known: &Known) {
        if duplicate {
            self.duplicates.push(self.batch.len());
        }
        self.batch.push(follower);
        self.ids.push(id);
        self.interacted_at.push(known.interacted_at);
        if self.extras.pseudonyms {
            self.batch.pseudonym(known.pseudonym);
        }
    }

    fn take(&mut self) -> Result<Merged> {
        let mut batch = self.batch.take(&std::mem::take(&mut self.duplicates))?;
        let interacted_at = std::mem::take(&mut self.interacted_at);
        if self.extras.interactions {
            batch = crate::frame::batch::with_interactions(batch, interacted_at)?;
        }
        Ok(Merged {
            batch,
            ids: std::mem::take(&mut self.ids),
            proven: self.proven,
        })
    }
}

impl Known {
    /// Notes what is known by now of the file that gave a count of zero.
    fn settle(&mut self, proofs: &[bool]) {
        if let Some(file) = self.zero_in.take() {
            self.zero_proven |= proofs.get(file) == Some(&true);
        }
    }
}

/// An account that is named as gone, and of which nothing else is said.
fn is_mention(follower: &Follower<'_>) -> bool {
    let nothing = Follower {
        id: follower.id,
        gone: true,
        ..Follower::default()
    };
    *follower == nothing
}

/// Makes `known` the best of both.
fn join(known: &mut Follower<'static>, row: &Follower<'_>) {
    let age = |follower: &Follower<'_>| {
        let date = follower.account_created_at;
        (date.is_some() && !follower.created_from_id, date)
    };
    if age(row) > age(known) {
        known.account_created_at = row.account_created_at;
        known.created_from_id = row.created_from_id;
    }
    known.followed_at = known.followed_at.max(row.followed_at);
    known.last_active_at = known.last_active_at.max(row.last_active_at);
    known.posts_count = known.posts_count.max(row.posts_count);
    known.followers_count = known.followers_count.max(row.followers_count);
    known.following_count = known.following_count.max(row.following_count);
    known.default_avatar = both(known.default_avatar, row.default_avatar, |a, b| a && b);
    known.protected = both(known.protected, row.protected, |a, b| a || b);
    known.gone |= row.gone;
}

fn both(a: Option<bool>, b: Option<bool>, join: fn(bool, bool) -> bool) -> Option<bool> {
    match (a, b) {
        (Some(a), Some(b)) => Some(join(a, b)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn follower() -> impl Strategy<Value = Follower<'static>> {
        let time = || proptest::option::of(0..4_i64);
        let count = || proptest::option::of(0..3_u64);
        (
            (time(), time(), time(), any::<bool>()),
            (count(), count(), count()),
            (any::<Option<bool>>(), any::<Option<bool>>(), any::<bool>()),
        )
            .prop_map(|(times, counts, flags)| Follower {
                followed_at: times.0,
                account_created_at: times.1,
                created_from_id: times.1.is_some() && times.3,
                last_active_at: times.2,
                posts_count: counts.0,
                followers_count: counts.1,
                following_count: counts.2,
                default_avatar: flags.0,
                protected: flags.1,
                gone: flags.2,
                ..Follower::default()
            })
    }

    fn joined<'a>(rows: impl IntoIterator<Item = &'a Follower<'static>>) -> Follower<'static> {
        let mut known = Follower::default();
        for row in rows {
            join(&mut known, row);
        }
        known
    }

    proptest! {
        #[test]
        fn neither_order_nor_repetition_matters(
            rows in proptest::collection::vec(follower(), 1..6),
            cut in any::<prop::sample::Index>(),
        ) {
            let known = joined(&rows);
            prop_assert_eq!(joined(rows.iter().rev()), known);
            let (left, right) = rows.split_at(cut.index(rows.len()));
            prop_assert_eq!(joined(right.iter().chain(left)), known);
            prop_assert_eq!(joined(rows.iter().chain(&rows)), known);
            for row in &rows {
                prop_assert!(known.last_active_at >= row.last_active_at);
                prop_assert_eq!(joined([row]), *row);
            }
        }
    }

    #[test]
    fn a_given_date_is_better_than_one_read_off_an_id() {
        let given = Follower {
            account_created_at: Some(1),
            ..Follower::default()
        };
        let read_off = Follower {
            account_created_at: Some(9),
            created_from_id: true,
            ..Follower::default()
        };
        assert_eq!(joined([&given, &read_off]), given);
        assert_eq!(joined([&read_off, &given]), given);
        assert_eq!(joined([&read_off]), read_off);
    }

    #[test]
    fn a_zero_is_proven_where_any_file_proves_it() {
        let zero = Follower {
            posts_count: Some(0),
            ..Follower::default()
        };
        for (proofs, expected) in [
            ([true, false], true),
            ([false, true], true),
            ([false, false], false),
        ] {
            let mut merging = Merging::of(Hashes::from_iter([7]));
            for proof in proofs {
                merging.add(7, &zero, None, None);
                merging.end_file(proof);
            }
            let mut found = Vec::new();
            merging
                .finish(&Hashes::default(), Extras::default(), |merged| {
                    found.push((merged.ids, merged.proven));
                    Ok(())
                })
                .unwrap();
            assert_eq!(found, [(vec![7, 7], expected)], "{proofs:?}");
        }
    }
}
