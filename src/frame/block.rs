//! Followers column by column, as readers hand them over that are in a hurry.

use super::batch::Follower;
use super::fields::{Fields, NONE, NOT_GIVEN, YES, flag, number};
use crate::model::evidence::Field;

/// What an export says of some followers, column by column; [`Follower`] says it of one.
///
/// Times are milliseconds since 1970 in UTC.
#[derive(Debug, Default)]
pub struct Block<'a> {
    fields: Fields,
    /// The id of each, or the handle where the export has no id; empty where not given.
    pub ids: Vec<&'a [u8]>,
    /// The address of the profile of each; empty where the export has none.
    pub profiles: Vec<Option<&'a str>>,
    /// Whether the dates of creation were read off the ids, and not given.
    pub created_from_id: bool,
    /// When the newest of the rows was collected.
    pub exported_at: Option<i64>,
}

impl<'a> Block<'a> {
    /// So many followers of whom nothing is said yet, in the place of those before.
    pub fn clear(&mut self, rows: usize) {
        self.fields.clear(rows);
        self.ids.clear();
        self.ids.resize(rows, b"");
        self.profiles.clear();
        self.created_from_id = false;
        self.exported_at = None;
    }

    /// Number of followers.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Times or counts, [`NONE`] where not given; no column where the field is neither.
    pub fn numbers(&mut self, field: Field) -> &mut [i64] {
        let column = number(field).and_then(|place| self.fields.numbers.get_mut(place));
        column.map(Vec::as_mut_slice).unwrap_or_default()
    }

    /// Flags, [`NOT_GIVEN`] where not given; no column where the field is none.
    pub fn flags(&mut self, field: Field) -> &mut [u8] {
        let column = flag(field).and_then(|place| self.fields.flags.get_mut(place));
        column.map(Vec::as_mut_slice).unwrap_or_default()
    }

    /// Whether the accounts are gone.
    pub fn gone(&mut self) -> &mut [u8] {
        &mut self.fields.gone
    }

    /// Everything but the ids.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether nothing at all is given of one.
    pub fn is_blank(&self, row: usize) -> bool {
        let Fields {
            numbers,
            flags,
            gone,
            ..
        } = &self.fields;
        self.ids.get(row).is_none_or(|id| id.is_empty())
            && numbers.iter().all(|all| all.get(row) == Some(&NONE))
            && flags.iter().all(|all| all.get(row) == Some(&NOT_GIVEN))
            && gone.get(row) != Some(&YES)
    }

    /// Leaves some out; their places in growing order.
    pub fn remove(&mut self, rows: &[usize]) {
        fn without<T>(column: &mut Vec<T>, rows: &[usize]) {
            let mut place = 0;
            column.retain(|_| {
                place += 1;
                rows.binary_search(&(place - 1)).is_err()
            });
        }
        if rows.is_empty() {
            return;
        }
        for numbers in &mut self.fields.numbers {
            without(numbers, rows);
        }
        for flags in &mut self.fields.flags {
            without(flags, rows);
        }
        without(&mut self.fields.gone, rows);
        without(&mut self.ids, rows);
        without(&mut self.profiles, rows);
    }

    /// One of them, for who wants to hear of each.
    pub fn follower(&self, row: usize) -> Follower<'a> {
        let number = |field| {
            let column = number(field).and_then(|place| self.fields.numbers.get(place));
            let value = column.and_then(|column| column.get(row)).copied();
            value.filter(|&number| number != NONE)
        };
        let count = |field| number(field).and_then(|count| u64::try_from(count).ok());
        let flag = |field| {
            let column = flag(field).and_then(|place| self.fields.flags.get(place));
            let value = column.and_then(|column| column.get(row)).copied();
            value
                .filter(|&flag| flag != NOT_GIVEN)
                .map(|flag| flag == YES)
        };
        let id = self.ids.get(row).filter(|id| !id.is_empty());
        Follower {
            id: id.and_then(|id| std::str::from_utf8(id).ok()),
            followed_at: number(Field::FollowedAt),
            account_created_at: number(Field::AccountCreatedAt),
            created_from_id: self.created_from_id,
            last_active_at: number(Field::LastActiveAt),
            posts_count: count(Field::PostsCount),
            followers_count: count(Field::FollowersCount),
            following_count: count(Field::FollowingCount),
            default_avatar: flag(Field::DefaultAvatar),
            protected: flag(Field::Protected),
            gone: self.fields.gone.get(row) == Some(&YES),
            profile: self.profiles.get(row).copied().flatten(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_stays_together() {
        let mut block = Block::default();
        block.clear(4);
        block.ids = vec![b"a", b"b", b"", b"d"];
        block
            .numbers(Field::PostsCount)
            .copy_from_slice(&[1, 2, NONE, 4]);
        assert!(block.is_blank(2) && !block.is_blank(1));
        block.remove(&[0, 2]);
        assert_eq!(block.len(), 2);
        let followers = [0, 1].map(|row| block.follower(row));
        assert_eq!(
            followers.map(|follower| follower.id),
            [Some("b"), Some("d")]
        );
        assert_eq!(
            followers.map(|follower| follower.posts_count),
            [Some(2), Some(4)]
        );
        let mut rows = super::super::batch::Batch::default();
        rows.append(&block);
        assert_eq!(rows.given(Field::PostsCount), 2);
    }
}
