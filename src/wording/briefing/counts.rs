//! What may be printed of the followers of a channel: no group so small that it is known
//! who is in it.
//!
//! A number from 1 to 9 is printed as "<10". Where it could be computed from the others and
//! the total, a second number is left out: first that of the undetermined, which the
//! charts fold small groups into as well, then the smallest.

use crate::model::tally::Counts;
use crate::wording::Words;

/// The smallest group whose number is printed.
pub const SMALLEST: u64 = 10;

/// A number as it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As it is.
    Count(u64),
    /// Somebody, and fewer than [`SMALLEST`].
    Small,
    /// Left out, because it would give a small number away.
    Withheld,
}

impl Shown {
    /// A number that stands alone, with no total to compute it from.
    pub fn alone(n: u64) -> Self {
        if is_small(n) {
            Self::Small
        } else {
            Self::Count(n)
        }
    }

    /// The number in running text: "18.240", "fewer than 10".
    pub fn number(self, words: Words) -> String {
        match self {
            Self::Small => words.pick(
                format!("fewer than {SMALLEST}"),
                format!("minder dan {SMALLEST}"),
            ),
            shown => shown.cell(words),
        }
    }

    /// The number in a cell: "18.240", "<10" or "–".
    pub fn cell(self, words: Words) -> String {
        match self {
            Self::Count(n) => words.count(n),
            Self::Small => format!("<{SMALLEST}"),
            Self::Withheld => "–".to_owned(),
        }
    }

    /// The followers in a sentence: "18.240 volgers", "fewer than 10 followers", "a part of
    /// the followers".
    pub fn followers(self, words: Words) -> String {
        match self {
            Self::Count(n) => words.followers(n),
            Self::Small => words.pick(
                format!("fewer than {SMALLEST} followers"),
                format!("minder dan {SMALLEST} volgers"),
            ),
            Self::Withheld => words
                .pick("a part of the followers", "een deel van de volgers")
                .to_owned(),
        }
    }
}

/// The counts of a channel as they may be printed together, beside their total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct States {
    /// With a sign of life within the window.
    pub awake: Shown,
    /// Without one.
    pub silent: Shown,
    /// Of whom the export cannot say.
    pub undetermined: Shown,
    /// Gone.
    pub gone: Shown,
}

impl States {
    /// What may be printed of some counts.
    pub fn of(counts: Counts) -> Self {
        const UNDETERMINED: usize = 2;
        let all = [
            counts.awake,
            counts.silent,
            counts.undetermined,
            counts.gone,
        ];
        let mut shown = all.map(Shown::alone);
        let hidden = |shown: &[Shown; 4]| -> u64 {
            let pairs = all.iter().zip(shown);
            pairs
                .filter(|(_, shown)| !matches!(shown, Shown::Count(_)))
                .map(|(n, _)| n)
                .sum()
        };
        if hidden(&shown) > 0 && shown[UNDETERMINED] != Shown::Small && all[UNDETERMINED] > 0 {
            shown[UNDETERMINED] = Shown::Withheld;
        }
        while is_small(hidden(&shown)) {
            let next = shown
                .iter_mut()
                .filter_map(|shown| match *shown {
                    Shown::Count(n) if n > 0 => Some((n, shown)),
                    _ => None,
                })
                .min_by_key(|(n, _)| *n);
            let Some((_, next)) = next else { break };
            *next = Shown::Withheld;
        }
        let [awake, silent, undetermined, gone] = shown;
        Self {
            awake,
            silent,
            undetermined,
            gone,
        }
    }

    /// Whether every number may be printed.
    pub fn all_shown(self) -> bool {
        [self.awake, self.silent, self.undetermined, self.gone]
            .into_iter()
            .all(|shown| matches!(shown, Shown::Count(_)))
    }
}

fn is_small(n: u64) -> bool {
    n > 0 && n < SMALLEST
}

/// Why numbers are missing from a table.
pub fn why_hidden(words: Words) -> String {
    words.pick(
        format!(
            "We do not print small numbers of people: the cell says <{SMALLEST}. Where another number \
             would give a small one away, it is left out as well (–)."
        ),
        format!(
            "Kleine aantallen mensen tonen wij niet: dan staat er <{SMALLEST}. Verraadt een ander \
             getal zo'n klein aantal, dan laten wij ook dat weg (–)."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(awake: u64, silent: u64, undetermined: u64, gone: u64) -> [Shown; 4] {
        let states = States::of(Counts {
            awake,
            silent,
            undetermined,
            gone,
        });
        [
            states.awake,
            states.silent,
            states.undetermined,
            states.gone,
        ]
    }

    #[test]
    fn a_small_number_takes_a_second_one_with_it() {
        use Shown::{Count, Small, Withheld};
        assert_eq!(of(40, 30, 20, 10), [40, 30, 20, 10].map(Count));
        assert_eq!(of(40, 30, 0, 0), [40, 30, 0, 0].map(Count));
        assert_eq!(of(40, 30, 20, 7), [Count(40), Count(30), Withheld, Small]);
        assert_eq!(of(40, 30, 0, 7), [Count(40), Withheld, Count(0), Small]);
        assert_eq!(of(40, 30, 3, 11), [Count(40), Count(30), Small, Withheld]);
        assert_eq!(of(40, 9, 3, 11), [Count(40), Small, Small, Count(11)]);
        assert_eq!(of(3, 0, 0, 0), [Small, Count(0), Count(0), Count(0)]);
    }

    proptest! {
        /// The total minus what is printed is nobody, or a group that is not small; the one
        /// exception is a list that is itself a small group.
        #[test]
        fn what_is_left_out_is_no_small_group(n in prop::array::uniform4(0..40u64)) {
            let [awake, silent, undetermined, gone] = n;
            let shown = of(awake, silent, undetermined, gone);
            let printed: u64 = shown.iter().filter_map(|shown| match shown {
                Shown::Count(n) => Some(*n),
                _ => None,
            }).sum();
            let total: u64 = n.iter().sum();
            prop_assert!(!is_small(total - printed) || is_small(total));
            prop_assert!(shown.iter().all(|shown| !matches!(shown, Shown::Count(1..10))));
        }
    }
}
