//! Values under a key: absent, null, given, or of another shape than expected.
//!
//! Nothing here fails, because one odd value must not end a row before the others are
//! seen, and no reason names the value, because it may be a person's.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::frame::dates;
use crate::ingest::text::mojibake::repaired;

/// What stands under a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there, and null or an empty text under it.
    Null,
    /// A value.
    Given(T),
    /// Something else than a `T`.
    Wrong,
}

/// Why a row is set aside: `key: expected …`, in words that hold for every such row.
pub type Reason = &'static str;

/// A value, or why its row is set aside.
pub type Checked<T> = Result<T, Reason>;

impl<T> Value<T> {
    /// Whether the key is there.
    pub fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// The value, if there is one.
    ///
    /// # Errors
    /// `expected`, where something else stands there.
    pub fn optional(&self, expected: Reason) -> Checked<Option<&T>> {
        match self {
            Self::Given(value) => Ok(Some(value)),
            Self::Absent | Self::Null => Ok(None),
            Self::Wrong => Err(expected),
        }
    }

    /// The value.
    ///
    /// # Errors
    /// `expected`, where there is none, or something else stands there.
    pub fn required(&self, expected: Reason) -> Checked<&T> {
        self.optional(expected)?.ok_or(expected)
    }
}

/// What can be read from one JSON value that holds no others.
pub trait Scalar: Sized {
    /// From a text that is not empty.
    fn from_text(text: &str) -> Option<Self>;

    /// From a whole number that is not negative.
    fn from_whole(_: u64) -> Option<Self> {
        None
    }

    /// From a number with a fraction or an exponent.
    fn from_float(_: f64) -> Option<Self> {
        None
    }

    /// From `true` or `false`.
    fn from_flag(_: bool) -> Option<Self> {
        None
    }
}

/// Any text.
impl Scalar for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

/// A text of Meta's downloads, with what was encoded twice undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaText(pub String);

impl Scalar for MetaText {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(repaired(text).into_owned()))
    }
}

/// A number of things, as a number, as digits in quotes, or as the `12.0` that comes
/// of tables with empty cells.
impl Scalar for u64 {
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn from_whole(number: u64) -> Option<Self> {
        Some(number)
    }

    fn from_float(number: f64) -> Option<Self> {
        let exact = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
        exact.then_some(number as u64)
    }
}

/// Yes or no.
impl Scalar for bool {
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    fn from_flag(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

/// An id of digits, kept to the last of them.
///
/// A number with an exponent is none: whatever wrote it has rounded it, and the digits
/// that are gone hold the date of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits(pub String);

impl Digits {
    /// Why a row without such an id is set aside.
    pub const EXPECTED: Reason = "id: expected all digits; a spreadsheet program rounds long ids";
}

impl Scalar for Digits {
    fn from_text(text: &str) -> Option<Self> {
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| Self(text.to_owned()))
    }

    fn from_whole(number: u64) -> Option<Self> {
        Some(Self(number.to_string()))
    }
}

/// An id of any letters, or a whole number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(pub String);

impl Scalar for Name {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }

    fn from_whole(number: u64) -> Option<Self> {
        Some(Self(number.to_string()))
    }
}

/// An instant as [`dates::iso_8601`] reads it, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Iso(pub i64);

impl Scalar for Iso {
    fn from_text(text: &str) -> Option<Self> {
        dates::iso_8601(text.as_bytes()).map(Self)
    }
}

/// An instant as [`dates::x_api`] or [`dates::iso_8601`] reads it, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XDate(pub i64);

impl Scalar for XDate {
    fn from_text(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        dates::x_api(text)
            .or_else(|| dates::iso_8601(text))
            .map(Self)
    }
}

/// An instant as a number of seconds since 1970, given in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconds(pub i64);

impl Scalar for Seconds {
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().and_then(Self::from_whole)
    }

    fn from_whole(number: u64) -> Option<Self> {
        dates::epoch(i64::try_from(number).ok()?).map(Self)
    }
}

impl<'de, T: Scalar> Deserialize<'de> for Value<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

struct Anything<T>(PhantomData<T>);

impl<T> Anything<T> {
    fn given<E>(value: Option<T>) -> Result<Value<T>, E> {
        Ok(value.map_or(Value::Wrong, Value::Given))
    }
}

impl<'de, T: Scalar> Visitor<'de> for Anything<T> {
    type Value = Value<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value<T>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value<T>, E> {
        Self::given(T::from_flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<T>, E> {
        Self::given(T::from_whole(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<T>, E> {
        Self::given(u64::try_from(number).ok().and_then(T::from_whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<T>, E> {
        Self::given(T::from_float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<T>, E> {
        match text.trim() {
            "" => Ok(Value::Null),
            text => Self::given(T::from_text(text)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<T>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Wrong)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Wrong)
    }
}
