//! The words and numbers of everything that people read, in Dutch (level B1) and English.
//!
//! Sentences are built here from numbers, never typed beside them: a headline that
//! was typed lies sooner or later. Nothing here computes a share.
//!
//! * [`Words`]: the language, and how numbers, dates and durations are written
//!   ([`numbers`], [`dates`]), and what things are called ([`names`]).
//! * What may be said of an interval in a headline ([`claims`]), and the sentences
//!   that all figures share ([`figures`]).
//! * [`briefing`]: the sentences of the document that a council reads.

pub mod claims;
pub mod dates;
pub mod figures;
mod locale;
pub mod names;
pub mod numbers;
mod money;
mod choices;
pub mod worksheet;
pub mod briefing;
#[cfg(test)]
mod tables;

use crate::model::platform::Language;

/// The language of a text, with all that it knows how to write.
///
/// It is a value of one byte: hand it on by copy.
///
/// # Examples
///
/// ```
/// use dormouse::model::platform::Language;
/// use dormouse::wording::Words;
///
/// let words = Words::new(Language::Nl);
/// assert_eq!(words.count(18_240), "18.240");
/// assert_eq!(words.percent(0.479), "47,9%");
/// assert_eq!(words.range_cells(0.412, 0.548), "41,2 tot 54,8");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language.
    pub fn language(self) -> Language {
        self.language
    }

    /// The language as a BCP 47 tag, for `lang` attributes.
    pub fn tag(self) -> &'static str {
        self.pick("en", "nl")
    }

    /// The language with its country, for programs that check spelling.
    pub fn locale_tag(self) -> &'static str {
        self.pick("en-GB", "nl-NL")
    }

    /// One of two texts.
    pub fn pick<T>(self, en: T, nl: T) -> T {
        match self.language {
            Language::En => en,
            Language::Nl => nl,
        }
    }
}

impl From<Language> for Words {
    fn from(language: Language) -> Self {
        Self::new(language)
    }
}
