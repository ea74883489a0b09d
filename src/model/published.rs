//! What may be published of counts of people: no group so small that it is known who is
//! in it.
//!
//! A count from 1 to 9 is hidden. Where it could be computed from the others and their
//! total, a second count is hidden with it, so that of everything hidden only the sum is
//! known, and the sum is ten or more. Which of the hidden counts is the small one is not
//! told.
//!
//! The size of a list is no secret, however small: the platform shows it on the profile, and
//! rows are no secret either, since they say nothing of anybody. But of a list of fewer than
//! ten people nothing else is told, not even that nobody is in a state: everybody else would
//! then be in the others.
//!
//! # Labels of an audit
//!
//! Labels are counts of a sample, and nobody but the analyst knows who was drawn: that 4 of
//! 150 were labelled dormant tells nobody whether somebody was among the 150. No share of a
//! sample can be published without them, because it and the number of labels give them back.
//! What is kept from view is how many of the *channel's* followers are dormant where these
//! are few. So:
//!
//! * the table of labels is hidden where one of its counts is small;
//! * the share is hidden where it stands for one to nine followers of the channel, or for
//!   all but so few;
//! * where fewer than ten of a stratum are left without a label, its labels are counts of its
//!   followers. If one of them is small it counts as unknown, with so many others that ten
//!   may be anything: the share then has bounds and no point;
//! * where counts of the channel are hidden, so are the sizes of the strata: those that are
//!   hidden count as one, as large as all that is hidden, and the limits leave room for the
//!   few followers who are then counted with others.
//!
//! Comparisons, ranks and verdicts are computed from these labels, never from others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tally::{Counts, State};

/// The smallest group of people whose number is published.
pub const SMALLEST_GROUP: u64 = 10;

/// The fewest people that a share is published of.
pub const SMALLEST_WHOLE: u64 = 100;

/// Whether a number of people is one that is not published.
pub fn is_small(n: u64) -> bool {
    n > 0 && n < SMALLEST_GROUP
}

/// Followers by state, as they may be published: `null` is hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StateCounts {
    /// With a sign of life within the window.
    pub awake: Option<u64>,
    /// Without one, although the record is complete.
    pub silent: Option<u64>,
    /// Of whom the export cannot say.
    pub undetermined: Option<u64>,
    /// Suspended, deleted, moved; in no share.
    pub gone: Option<u64>,
    /// Whether counts are hidden, because one of them is small.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suppressed: bool,
}

impl From<Counts> for StateCounts {
    /// All of them, as they are.
    fn from(counts: Counts) -> Self {
        Self::from_array(counts.to_array().map(Some))
    }
}

impl StateCounts {
    /// Nothing is shown.
    pub const HIDDEN: Self = Self {
        awake: None,
        silent: None,
        undetermined: None,
        gone: None,
        suppressed: true,
    };

    /// What may be published of some counts beside their total. The undetermined are the
    /// first to be hidden with a small count, then the smallest.
    pub fn published(counts: Counts) -> Self {
        const UNDETERMINED: usize = 2;
        let all = counts.to_array();
        if is_small(counts.listed()) {
            return Self::HIDDEN;
        }
        let mut hidden = all.map(is_small);
        let sum = |hidden: &[bool; 4]| -> u64 {
            let pairs = all.iter().zip(hidden);
            pairs.filter(|(_, hidden)| **hidden).map(|(n, _)| n).sum()
        };
        if sum(&hidden) > 0 && all[UNDETERMINED] > 0 {
            hidden[UNDETERMINED] = true;
        }
        while is_small(sum(&hidden)) {
            let shown = all.iter().zip(&mut hidden);
            let next = shown
                .filter(|(n, hidden)| **n > 0 && !**hidden)
                .min_by_key(|(n, _)| **n);
            let Some((_, next)) = next else { break };
            *next = true;
        }
        let mut shown = all.map(Some);
        for (count, hidden) in shown.iter_mut().zip(hidden) {
            if hidden {
                *count = None;
            }
        }
        Self::from_array(shown)
    }

    fn from_array([awake, silent, undetermined, gone]: [Option<u64>; 4]) -> Self {
        let suppressed = [awake, silent, undetermined, gone].contains(&None);
        Self {
            awake,
            silent,
            undetermined,
            gone,
            suppressed,
        }
    }

    /// The count of one state; `None` is hidden.
    pub fn of(self, state: State) -> Option<u64> {
        match state {
            State::Awake => self.awake,
            State::Silent => self.silent,
            State::Undetermined => self.undetermined,
            State::Gone => self.gone,
        }
    }

    /// The counts with everybody who is hidden as undetermined, of `listed` followers:
    /// whatever is computed from these is known from what is published, and missing is
    /// never dormant.
    pub fn folded(self, listed: u64) -> Counts {
        let [awake, silent, gone] =
            [self.awake, self.silent, self.gone].map(Option::unwrap_or_default);
        Counts {
            awake,
            silent,
            undetermined: listed.saturating_sub(awake + silent + gone),
            gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(awake: u64, silent: u64, undetermined: u64, gone: u64) -> [Option<u64>; 4] {
        let shown = StateCounts::published(Counts {
            awake,
            silent,
            undetermined,
            gone,
        });
        [shown.awake, shown.silent, shown.undetermined, shown.gone]
    }

    #[test]
    fn a_small_count_takes_a_second_one_with_it() {
        assert_eq!(of(40, 30, 20, 10), [40, 30, 20, 10].map(Some));
        assert_eq!(of(40, 30, 0, 0), [40, 30, 0, 0].map(Some));
        assert_eq!(of(40, 30, 20, 7), [Some(40), Some(30), None, None]);
        assert_eq!(of(40, 30, 0, 7), [Some(40), None, Some(0), None]);
        assert_eq!(of(40, 30, 3, 11), [Some(40), Some(30), None, None]);
        assert_eq!(of(40, 9, 3, 11), [Some(40), None, None, Some(11)]);
        assert_eq!(of(3, 0, 0, 0), [None; 4]);
        assert_eq!(of(0, 4, 5, 0), [None; 4]);
        assert_eq!(of(0, 0, 0, 0), [Some(0); 4]);
    }

    proptest! {
        /// Of what is hidden only the sum is known, and each hidden count may be anything
        /// up to it; the one exception is a list that is itself a small group.
        #[test]
        fn what_is_hidden_stays_within_ten_or_more(n in prop::array::uniform4(0..40u64)) {
            let [awake, silent, undetermined, gone] = n;
            let shown = of(awake, silent, undetermined, gone);
            let listed: u64 = n.iter().sum();
            let rest = listed - shown.iter().flatten().sum::<u64>();
            let hidden = shown.iter().filter(|shown| shown.is_none()).count();
            prop_assert!(shown.iter().flatten().all(|n| !is_small(*n)));
            prop_assert!(hidden == 0 || hidden >= 2 && rest >= SMALLEST_GROUP || is_small(listed) && hidden == 4);
        }

        #[test]
        fn folding_keeps_the_total_and_calls_nobody_silent(n in prop::array::uniform4(0..40u64)) {
            let [awake, silent, undetermined, gone] = n;
            let counts = Counts { awake, silent, undetermined, gone };
            let folded = StateCounts::published(counts).folded(counts.listed());
            prop_assert_eq!(folded.listed(), counts.listed());
            prop_assert!(folded.silent <= silent && folded.awake <= awake && folded.gone <= gone);
        }
    }
}
