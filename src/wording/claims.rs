//! What a headline may say of a share: only what holds for its whole interval.

use super::Words;
use super::numbers::{Round, steps};

/// The most words of a title.
const TITLE_WORDS: usize = 10;

/// A phrase, and the test that both limits of an interval must pass.
struct Claim {
    holds: fn(lower: f64, upper: f64) -> bool,
    en: &'static str,
    nl: &'static str,
}

/// From the strongest; the first that holds is said.
///
/// A phrase must also be worth saying: of 98 to 100% nobody says "more than half".
const CLAIMS: [Claim; 6] = [
    Claim {
        holds: |lower, _| lower > 0.75 && lower < 0.85,
        en: "more than three quarters",
        nl: "meer dan driekwart",
    },
    Claim {
        holds: |lower, _| lower > 2.0 / 3.0 && lower <= 0.75,
        en: "more than two thirds",
        nl: "meer dan twee derde",
    },
    Claim {
        holds: |lower, _| lower > 0.5 && lower <= 2.0 / 3.0,
        en: "more than half",
        nl: "meer dan de helft",
    },
    Claim {
        holds: |lower, upper| lower >= 0.4 && upper < 0.5,
        en: "nearly half",
        nl: "bijna de helft",
    },
    Claim {
        holds: |lower, upper| lower >= 0.45 && upper <= 0.55,
        en: "about half",
        nl: "ongeveer de helft",
    },
    Claim {
        holds: |_, upper| upper < 0.1,
        en: "less than a tenth",
        nl: "minder dan een tiende",
    },
];

impl Words {
    /// How large a share is, as far as its limits tell: "meer dan de helft", "41 tot 55%",
    /// "minstens 59%", "hooguit 80%". `None` when they tell nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use dormouse::model::platform::Language;
    /// use dormouse::wording::Words;
    ///
    /// let words = Words::new(Language::En);
    /// assert_eq!(words.extent(0.42, 0.49).as_deref(), Some("nearly half"));
    /// // The interval holds a half: only the range can be said.
    /// assert_eq!(words.extent(0.412, 0.548).as_deref(), Some("41 to 55%"));
    /// assert_eq!(words.extent(0.0, 1.0), None);
    /// ```
    pub fn extent(self, lower: f64, upper: f64) -> Option<String> {
        let claim = CLAIMS.iter().find(|claim| (claim.holds)(lower, upper));
        if let Some(claim) = claim {
            return Some(self.pick(claim.en, claim.nl).to_owned());
        }
        let low = steps(lower, 100.0, Round::Down);
        let high = steps(upper, 100.0, Round::Up);
        match (low, high) {
            (0, 100) => None,
            (0, high) => Some(format!("{} {high}%", self.pick("at most", "hooguit"))),
            (low, 100) => Some(self.at_least(low)),
            (low, high) if low == high => Some(format!("{low}%")),
            (low, high) => Some(format!("{low} {} {high}%", self.pick("to", "tot"))),
        }
    }

    fn at_least(self, per_cent: u64) -> String {
        format!("{} {per_cent}%", self.pick("at least", "minstens"))
    }

    /// A lower limit in a headline: "minstens 59%"; `None` below one per cent.
    pub fn at_least_whole(self, lower: f64) -> Option<String> {
        let low = steps(lower, 100.0, Round::Down);
        (low > 0).then(|| self.at_least(low))
    }

    /// An upper limit in a headline: "hooguit 80%"; `None` above ninety-nine.
    pub fn at_most_whole(self, upper: f64) -> Option<String> {
        let high = steps(upper, 100.0, Round::Up);
        (high < 100).then(|| format!("{} {high}%", self.pick("at most", "hooguit")))
    }

    /// The followers of a channel in a title: "de X-volgers", "X followers"; a name of
    /// several words stands behind.
    pub fn followers_of(self, name: &str) -> String {
        if name.split_whitespace().nth(1).is_none() {
            self.pick(format!("{name} followers"), format!("de {name}-volgers"))
        } else {
            self.pick(
                format!("followers on {name}"),
                format!("de volgers op {name}"),
            )
        }
    }
}

/// The first title of at most ten words; the last one if there is none.
pub fn first_that_fits(candidates: impl IntoIterator<Item = String>) -> String {
    let mut last = String::new();
    for candidate in candidates {
        // A sign and its number are one word.
        let parts = candidate.split(|c: char| c.is_whitespace() && c != '\u{a0}');
        if parts.count() <= TITLE_WORDS {
            return capitalised(&candidate);
        }
        last = candidate;
    }
    capitalised(&last)
}

/// With a capital, unless the first word has one inside, as brands do.
fn capitalised(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or("");
    let mut letters = text.chars();
    match letters.next() {
        Some(letter) if !first.chars().any(char::is_uppercase) => {
            letter.to_uppercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::platform::Language;
    use proptest::prelude::*;

    const NL: Words = Words {
        language: Language::Nl,
    };
    const EN: Words = Words {
        language: Language::En,
    };

    #[test]
    fn a_phrase_holds_for_the_whole_interval() {
        for (lower, upper, nl, en) in [
            (0.76, 0.9, "meer dan driekwart", "more than three quarters"),
            (0.98, 1.0, "minstens 98%", "at least 98%"),
            (0.75, 0.9, "meer dan twee derde", "more than two thirds"),
            (0.66, 0.9, "meer dan de helft", "more than half"),
            (0.501, 0.99, "meer dan de helft", "more than half"),
            (0.5, 0.6, "50 tot 60%", "50 to 60%"),
            (0.41, 0.499, "bijna de helft", "nearly half"),
            (0.39, 0.49, "39 tot 49%", "39 to 49%"),
            (0.46, 0.54, "ongeveer de helft", "about half"),
            (0.412, 0.548, "41 tot 55%", "41 to 55%"),
            (0.02, 0.09, "minder dan een tiende", "less than a tenth"),
            (0.02, 0.1, "2 tot 10%", "2 to 10%"),
            (0.0, 0.79, "hooguit 79%", "at most 79%"),
            (0.352, 1.0, "minstens 35%", "at least 35%"),
            (0.3, 0.3, "30%", "30%"),
        ] {
            assert_eq!(NL.extent(lower, upper).unwrap(), nl);
            assert_eq!(EN.extent(lower, upper).unwrap(), en);
        }
        assert_eq!(NL.extent(0.004, 0.995), None);
    }

    proptest! {
        /// The other side of an interval never makes a claim stronger than it was.
        #[test]
        fn more_than_half_is_never_said_of_a_half(lower in 0.0..=0.5f64, wider in 0.0..=0.5f64) {
            let said = EN.extent(lower, lower + wider).unwrap_or_default();
            prop_assert!(!said.starts_with("more than"), "{}", said);
        }

        #[test]
        fn whole_ranges_hold_the_interval(a in 0.1..=0.39f64, b in 0.55..=0.99f64) {
            let said = EN.extent(a, b).unwrap();
            let (low, high) = said.trim_end_matches('%').split_once(" to ").unwrap();
            prop_assert!(low.parse::<f64>().unwrap() <= a * 100.0 + 1e-6);
            prop_assert!(high.parse::<f64>().unwrap() >= b * 100.0 - 1e-6);
        }
    }

    #[test]
    fn titles_have_at_most_ten_words_and_a_capital() {
        let long = "one two three four five six seven eight nine ten eleven".to_owned();
        assert_eq!(first_that_fits([long, "short one".to_owned()]), "Short one");
        assert_eq!(first_that_fits(["iPhone first".to_owned()]), "iPhone first");
    }

    #[test]
    fn followers_of_a_channel() {
        assert_eq!(NL.followers_of("X"), "de X-volgers");
        assert_eq!(
            NL.followers_of("Gemeente op X"),
            "de volgers op Gemeente op X"
        );
        assert_eq!(EN.followers_of("X"), "X followers");
    }
}
