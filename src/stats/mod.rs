//! Pure numbers: shares, their intervals and their comparison.
//!
//! This room knows no file, no clock, no platform and no follower: counts go in,
//! numbers come out. Random numbers, where a method needs them, come from a seed.
//!
//! # The rules of the room
//!
//! * **A function gives a number or a [`Refusal`]**, which says in words why not.
//!   Nothing returns NaN, nothing panics, and a part that exceeds its whole is refused
//!   and not cut down.
//! * **Limits lie within the range of what they limit** (`[0, 1]` for a share), contain
//!   the estimate, and are finite.
//! * **No interval without its level**, which is an argument and never a constant.
//! * **A zero width is not certainty.** It says that there is no sampling error;
//!   wrong labels and missing followers are not in it.
//!
//! # The map
//!
//! | what is known of a channel | what can be said | module |
//! |---|---|---|
//! | labels of an audit of the whole list | dormant | [`post_stratified`] |
//! | labels of an audit of a random sample | dormant | [`two_phase`] |
//! | some labels "unknown", or a stratum without | dormant, between bounds | [`audit_bounds`] |
//! | activity per follower, no audit | silent, between bounds | [`bounds`] |
//! | the newest followers only | the same, for the channel | [`newest`] |
//! | totals only | dormant, from above | [`aggregate`] |
//!
//! | question | module |
//! |---|---|
//! | how do two channels differ? | [`difference`] |
//! | how do many, all being right together? | [`many_groups`], [`multiplicity`] |
//! | which ranks are possible? | [`ranks`] |
//! | how probable is it that one is larger? | [`prob_larger`], [`prob_larger_audited`] |
//! | what changed among the same followers, and why? | [`paired`], [`decomposition`] |
//! | is there a trend over time, or over follow age? | [`trend`] |
//! | what does an active follower cost? | [`cost`] |
//! | how many labels are needed, and where? | [`planning`], [`allocation`] |
//! | how many more would settle on which side of a threshold a share lies? | [`settling`] |
//! | do two analysts agree? | [`kappa`] |
//!
//! Underneath lie [`proportion`] (one share, endless population), [`finite_population`] (a
//! channel of known size) and [`normal`] (the quantile z).
//!
//! Beside the default way, to compare with and never instead of it: [`misclassification`],
//! [`quantifiers`] and [`ppi`] (a rule corrected by its errors), [`miettinen_nurminen`] (a
//! difference), [`btyd`] and [`gap_rules`] (models of activity).
//!
//! The reference values that all of this is held to are in `tests/oracle`.

pub mod aggregate;
pub mod allocation;
pub mod audit_bounds;
mod beta;
pub mod bounds;
pub mod btyd;
pub mod cost;
pub mod decomposition;
pub mod difference;
pub mod finite_population;
pub mod gap_rules;
mod interval;
pub mod kappa;
pub mod many_groups;
pub mod miettinen_nurminen;
pub mod misclassification;
mod mover;
pub mod multiplicity;
pub mod newest;
pub mod normal;
pub mod paired;
pub mod planning;
pub mod post_stratified;
pub mod ppi;
pub mod prob_larger;
pub mod prob_larger_audited;
pub mod proportion;
mod quadrature;
pub mod quantifiers;
pub mod ranks;
mod refusal;
pub mod settling;
mod strata;
pub mod trend;
pub mod two_phase;

pub use interval::{Estimate, Interval};
pub use refusal::Refusal;
pub use strata::Stratum;
