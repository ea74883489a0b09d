//! For tests: what is written, as tables over both languages.

use super::Words;
use crate::model::platform::Language;

pub const BOTH: [Words; 2] = [
    Words {
        language: Language::Nl,
    },
    Words {
        language: Language::En,
    },
];

/// Each row: a value, and how it is written in Dutch and in English.
pub fn same<T: Copy + std::fmt::Debug>(
    write: impl Fn(Words, T) -> String,
    rows: &[(T, &str, &str)],
) {
    let [dutch, english] = BOTH;
    for &(value, nl, en) in rows {
        assert_eq!(write(dutch, value), nl, "{value:?} in Dutch");
        assert_eq!(write(english, value), en, "{value:?} in English");
    }
}
