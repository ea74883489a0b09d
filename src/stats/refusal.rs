//! Why a number is not given.

use std::fmt;

/// The reason for which a function of this room gives no number.
///
/// A refusal is an answer: it says that the data do not hold the number, or that
/// the question was not a question. Nothing here returns NaN instead.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// The confidence level is not strictly between 0 and 1.
    Level {
        /// The level that was asked for.
        level: f64,
    },
    /// A part is larger than the whole it was counted in.
    PartExceedsWhole {
        /// The part.
        part: u64,
        /// The whole.
        whole: u64,
    },
    /// A sum of counts does not fit into 64 bits.
    CountsOverflow,
    /// Nothing was observed, so there is nothing to estimate.
    NoObservations,
    /// Fewer observations than the formula needs.
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// How many there are.
        found: u64,
        /// How many are needed.
        needed: u64,
    },
    /// More than the method can compute in reasonable time or precision.
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The largest value that is accepted.
        limit: u64,
    },
    /// A stratum has followers and no label: only bounds can be given.
    UnlabelledStratum {
        /// Its place in the list, from 0.
        stratum: usize,
    },
    /// Some labels say "unknown": only bounds can be given.
    UnknownLabels {
        /// How many.
        labels: u64,
    },
    /// Sensitivity and specificity add up to 1 or less.
    NoBetterThanChance {
        /// Se + Sp − 1.
        youden: f64,
    },
    /// A share that is not between 0 and 1.
    NotAShare {
        /// The value.
        value: f64,
    },
    /// Limits that are not finite, out of order, or not around their estimate.
    NotAnInterval {
        /// Lower limit.
        lower: f64,
        /// Upper limit.
        upper: f64,
    },
    /// An argument outside the domain of the formula.
    OutsideDomain {
        /// What the argument must be.
        must: &'static str,
        /// The value.
        value: f64,
    },
    /// Everybody is alike, so that nothing can be compared.
    NoVariation,
    /// Lists that belong together have different lengths.
    LengthsDiffer {
        /// Length of the first.
        first: usize,
        /// Length of the second.
        second: usize,
    },
    /// An iteration did not come to rest.
    NotConverged {
        /// Which one.
        what: &'static str,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Level { level } => {
                write!(
                    f,
                    "the level must lie strictly between 0 and 1, not {level}"
                )
            }
            Self::PartExceedsWhole { part, whole } => {
                write!(f, "{part} cannot be counted among {whole}")
            }
            Self::CountsOverflow => write!(f, "the counts add up to more than 64 bits hold"),
            Self::NoObservations => write!(f, "nothing was observed"),
            Self::TooFew {
                what,
                found,
                needed,
            } => write!(f, "{needed} {what} are needed, {found} found"),
            Self::TooLarge { what, limit } => write!(f, "{what} is limited to {limit}"),
            Self::UnlabelledStratum { stratum } => write!(
                f,
                "stratum {stratum} (from 0) has followers but no label: bounds only"
            ),
            Self::UnknownLabels { labels } => {
                let say = if labels == 1 {
                    "label says"
                } else {
                    "labels say"
                };
                write!(f, "{labels} {say} \"unknown\": bounds only")
            }
            Self::NoBetterThanChance { youden } => write!(
                f,
                "the rule is no better than chance (Se + Sp − 1 = {youden})"
            ),
            Self::NotAShare { value } => write!(f, "{value} is no share between 0 and 1"),
            Self::NotAnInterval { lower, upper } => {
                write!(f, "[{lower}, {upper}] is no interval around its estimate")
            }
            Self::OutsideDomain { must, value } => write!(f, "{must}, not {value}"),
            Self::NoVariation => write!(f, "there is no variation"),
            Self::LengthsDiffer { first, second } => {
                write!(
                    f,
                    "lists of {first} and {second} values do not belong together"
                )
            }
            Self::NotConverged { what } => write!(f, "{what} did not converge"),
        }
    }
}

impl std::error::Error for Refusal {}
