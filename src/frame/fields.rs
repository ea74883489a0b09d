//! The fields of followers as columns that are being filled.

use polars::prelude::{BooleanChunked, Column, Int64Chunked, IntoColumn};
use polars_arrow::bitmap::Bitmap;

use super::columns as name;
use crate::model::evidence::Field;

/// Times and counts, in the order of their columns.
const NUMBERS: [(Field, &str); 6] = [
    (Field::FollowedAt, name::FOLLOWED_AT),
    (Field::AccountCreatedAt, name::ACCOUNT_CREATED_AT),
    (Field::LastActiveAt, name::LAST_ACTIVE_AT),
    (Field::PostsCount, name::POSTS_COUNT),
    (Field::FollowersCount, name::FOLLOWERS_COUNT),
    (Field::FollowingCount, name::FOLLOWING_COUNT),
];

/// Flags that may be missing, in the order of their columns.
const FLAGS: [(Field, &str); 2] = [
    (Field::DefaultAvatar, name::DEFAULT_AVATAR),
    (Field::Protected, name::PROTECTED),
];

/// Stands where no time or count is given: none is so small.
pub const NONE: i64 = i64::MIN;

/// The flag is not set.
pub const NO: u8 = 0;
/// The flag is set.
pub const YES: u8 = 1;
/// Stands where no flag is given.
pub const NOT_GIVEN: u8 = 2;

/// All fields of some followers but their ids.
#[derive(Debug, Default)]
pub struct Fields {
    /// Times and counts, [`NONE`] where not given.
    pub numbers: [Vec<i64>; NUMBERS.len()],
    /// Flags, [`NOT_GIVEN`] where not given.
    pub flags: [Vec<u8>; FLAGS.len()],
    /// Whether the account is gone.
    pub gone: Vec<u8>,
    /// In how many rows each of the numbers and flags is given.
    given: [usize; NUMBERS.len() + FLAGS.len()],
}

/// The place of a time or count among the numbers.
pub fn number(field: Field) -> Option<usize> {
    NUMBERS.iter().position(|&(of, _)| of == field)
}

/// The place of a flag among the flags.
pub fn flag(field: Field) -> Option<usize> {
    FLAGS.iter().position(|&(of, _)| of == field)
}

impl Fields {
    /// Rows so far.
    pub fn len(&self) -> usize {
        self.gone.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty()
    }

    /// Makes room for so many more rows.
    pub fn reserve(&mut self, rows: usize) {
        for numbers in &mut self.numbers {
            numbers.reserve(rows);
        }
        for flags in self.flags.iter_mut().chain([&mut self.gone]) {
            flags.reserve(rows);
        }
    }

    /// Adds a row.
    #[inline]
    pub fn push(&mut self, numbers: [i64; NUMBERS.len()], flags: [u8; FLAGS.len()], gone: bool) {
        let mut given = self.given.iter_mut();
        for ((column, number), given) in self.numbers.iter_mut().zip(numbers).zip(&mut given) {
            column.push(number);
            *given += usize::from(number != NONE);
        }
        for ((column, flag), given) in self.flags.iter_mut().zip(flags).zip(given) {
            column.push(flag);
            *given += usize::from(flag != NOT_GIVEN);
        }
        self.gone.push(gone.into());
    }

    /// Adds the rows of others.
    pub fn append(&mut self, others: &Self) {
        let mut given = self.given.iter_mut();
        for ((numbers, more), given) in self.numbers.iter_mut().zip(&others.numbers).zip(&mut given)
        {
            numbers.extend_from_slice(more);
            *given += more.iter().filter(|&&number| number != NONE).count();
        }
        for ((flags, more), given) in self.flags.iter_mut().zip(&others.flags).zip(given) {
            flags.extend_from_slice(more);
            *given += more.iter().filter(|&&flag| flag != NOT_GIVEN).count();
        }
        self.gone.extend_from_slice(&others.gone);
    }

    /// So many rows of which nothing is given, in the place of those that were there.
    pub fn clear(&mut self, rows: usize) {
        let blank = |column: &mut Vec<u8>, value| {
            column.clear();
            column.resize(rows, value);
        };
        for numbers in &mut self.numbers {
            numbers.clear();
            numbers.resize(rows, NONE);
        }
        for flags in &mut self.flags {
            blank(flags, NOT_GIVEN);
        }
        blank(&mut self.gone, NO);
    }

    /// In how many rows a field is given; of ids nothing is known here. Only of rows that
    /// were pushed or appended.
    pub fn given(&self, field: Field) -> u64 {
        let place = number(field).or(flag(field).map(|place| NUMBERS.len() + place));
        let given = place.and_then(|place| self.given.get(place));
        given.map_or(0, |&given| given as u64)
    }

    /// The columns under their names.
    pub fn columns(self) -> Vec<Column> {
        let rows = self.gone.len();
        // The mask of what is given is made of all rows at once, which costs a fraction of
        // writing it row by row.
        let numbers = NUMBERS.iter().zip(self.numbers).zip(self.given);
        let numbers = numbers.map(|((&(_, name), values), given)| {
            let has_gaps = given < rows;
            let given = has_gaps.then(|| mask(&values, |&number| number != NONE));
            Int64Chunked::from_vec_validity(name.into(), values, given).into_column()
        });
        let flags = FLAGS.iter().zip(self.flags);
        let flags = flags.map(|(&(_, name), values)| flags_column(name, &values));
        let gone = flags_column(name::GONE, &self.gone);
        numbers.chain(flags).chain([gone]).collect()
    }
}

/// A column of flags.
pub fn flags_column(name: &str, values: &[u8]) -> Column {
    let has_gaps = values.contains(&NOT_GIVEN);
    let given = has_gaps.then(|| mask(values, |&flag| flag != NOT_GIVEN));
    BooleanChunked::from_bitmap(name.into(), mask(values, |&flag| flag == YES))
        .with_validity(given)
        .into_column()
}

/// One bit a row.
fn mask<T>(rows: &[T], is_set: impl Fn(&T) -> bool) -> Bitmap {
    let bytes = rows
        .chunks(8)
        .map(|rows| {
            rows.iter()
                .enumerate()
                .fold(0, |byte, (bit, row)| byte | u8::from(is_set(row)) << bit)
        })
        .collect();
    Bitmap::from_u8_vec(bytes, rows.len())
}
