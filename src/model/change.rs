//! What changed between dated exports of one channel: counts, and nothing about any one
//! follower.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::Design;
use super::results::Notice;
use super::share::Limits;
use super::tally::{Counts, State};

/// What changed on one channel between its dated exports.
///
/// Only followers with an id can be recognised, and only they are counted here. Where an
/// export knows followers by their handle, who changed it is absent and new.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The channel.
    pub channel: String,
    /// The dated exports, oldest first; the last is the channel's own.
    pub snapshots: Vec<Snapshot>,
    /// From each snapshot to the next.
    pub steps: Vec<Step>,
    /// The line through the silent shares, with three snapshots or more.
    pub trend: Option<Trend>,
}

/// One dated export, or several that were made together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Snapshot {
    /// The instant at which its followers are judged (RFC 3339, UTC).
    pub census: String,
    /// How the export stands to the followers of that time.
    pub design: Design,
    /// Followers with an id, by state, for the study's window.
    pub counts: Counts,
    /// Silent among the awake and silent; `null` where nobody is determined.
    pub silent_share: Option<f64>,
    /// Followers without an id, who are not counted; `null` where the export was read in
    /// an earlier run and only its states are kept.
    pub without_id: Option<u64>,
    /// What the files of an older export say of each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
}

/// From one snapshot to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The first instant (RFC 3339, UTC).
    pub before: String,
    /// The second instant (RFC 3339, UTC).
    pub after: String,
    /// Days between them.
    pub days: f64,
    /// Followers by state at the first instant, then by state at the second.
    pub transitions: Transitions,
    /// What the rates and limits speak of.
    pub basis: Basis,
    /// How many fell silent and how many woke; `null` where a list is cut off.
    pub rates: Option<Rates>,
    /// The change among those determined at both instants; `null` where there are none or
    /// a list is cut off.
    pub paired: Option<Paired>,
    /// Where the change came from; `null` unless both lists are whole.
    pub decomposition: Option<Decomposition>,
    /// What a reader must know beside the figures.
    pub notices: Vec<StepNotice>,
}

/// What the rates and limits of a step speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Both lists are whole: the change of the rule's share has no sampling error, and
    /// limits speak of a larger population that these followers would be a sample of.
    WholeLists,
    /// At least one list is a random sample and none is cut off: limits speak of the
    /// followers of the channel. Who is absent may only not have been drawn.
    Samples,
    /// At least one list is cut off: counts only. Who is absent may only be further down.
    CutOff,
}

/// Followers by state at the first of two instants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Transitions {
    /// Awake at the first instant.
    pub awake: Then,
    /// Silent at the first instant.
    pub silent: Then,
    /// Undetermined at the first instant.
    pub undetermined: Then,
    /// Gone at the first instant.
    pub gone: Then,
    /// Not on the first list.
    pub absent: Then,
}

/// The same followers by state at the second instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Then {
    /// Awake at the second instant.
    pub awake: u64,
    /// Silent at the second instant.
    pub silent: u64,
    /// Undetermined at the second instant.
    pub undetermined: u64,
    /// Gone at the second instant.
    pub gone: u64,
    /// Not on the second list.
    pub absent: u64,
}

impl Then {
    /// All of them.
    pub fn total(self) -> u64 {
        self.awake + self.silent + self.undetermined + self.gone + self.absent
    }
}

impl Transitions {
    /// Counts one follower; `None` is absent.
    pub fn add(&mut self, before: Option<State>, after: Option<State>) {
        let then = match before {
            Some(State::Awake) => &mut self.awake,
            Some(State::Silent) => &mut self.silent,
            Some(State::Undetermined) => &mut self.undetermined,
            Some(State::Gone) => &mut self.gone,
            None => &mut self.absent,
        };
        *match after {
            Some(State::Awake) => &mut then.awake,
            Some(State::Silent) => &mut then.silent,
            Some(State::Undetermined) => &mut then.undetermined,
            Some(State::Gone) => &mut then.gone,
            None => &mut then.absent,
        } += 1;
    }

    /// Everybody on the first list.
    pub fn before(&self) -> Counts {
        Counts {
            awake: self.awake.total(),
            silent: self.silent.total(),
            undetermined: self.undetermined.total(),
            gone: self.gone.total(),
        }
    }

    /// Everybody on the second list.
    pub fn after(&self) -> Counts {
        let rows = [
            self.awake,
            self.silent,
            self.undetermined,
            self.gone,
            self.absent,
        ];
        let sum = |of: fn(&Then) -> u64| rows.iter().map(of).sum();
        Counts {
            awake: sum(|then| then.awake),
            silent: sum(|then| then.silent),
            undetermined: sum(|then| then.undetermined),
            gone: sum(|then| then.gone),
        }
    }
}

/// The rates at which followers changed state, among those determined at both instants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rates {
    /// Of the awake, the share that fell silent.
    pub fell_silent: Rate,
    /// Of the silent, the share that woke.
    pub woke: Rate,
}

/// A rate with its limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rate {
    /// The rate; `null` where it is of nobody.
    pub rate: Option<f64>,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// The level of the limits.
    pub level: f64,
    /// How the limits were made: `wilson`.
    pub method: String,
    /// Of so many followers.
    pub of: u64,
}

/// The change of the silent share among the same followers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Paired {
    /// Followers determined at both instants.
    pub followers: u64,
    /// Their silent share at the first instant.
    pub before: f64,
    /// Their silent share at the second instant.
    pub after: f64,
    /// After minus before.
    pub change: f64,
    /// Lower limit of the change.
    pub lower: f64,
    /// Upper limit of the change.
    pub upper: f64,
    /// The level of the limits.
    pub level: f64,
    /// How the limits were made: `newcombe-paired`.
    pub method: String,
    /// McNemar's exact p-value: 1 where as many woke as fell silent. As the limits, it
    /// speaks of a larger population where both lists are whole. `null` beyond the changes
    /// that an exact test can be computed for.
    pub p: Option<f64>,
}

/// Where the change of the silent share came from; the three parts add up to it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decomposition {
    /// The silent share at the first instant.
    pub before: f64,
    /// The silent share at the second instant.
    pub after: f64,
    /// After minus before.
    pub change: f64,
    /// The part of those who left or became undetermined.
    pub leavers: f64,
    /// The part of those who were determined at both instants.
    pub within: f64,
    /// The part of those who joined or became determined.
    pub joiners: f64,
    /// Followers who were there and are no more, those gone included.
    pub left: u64,
    /// Followers who were not there, or gone, and are.
    pub joined: u64,
}

/// The line through the silent shares of the snapshots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trend {
    /// Change of the share in 365.25 days.
    pub per_year: f64,
    /// Limits of it; `null` unless every snapshot is a random sample of its own, since
    /// most followers of a whole list are on the next one too.
    pub limits: Option<Limits>,
    /// The level of the limits.
    pub level: f64,
    /// How the line was drawn: `weighted-least-squares`.
    pub method: String,
}

/// What a reader must know beside the figures of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum StepNotice {
    /// The snapshots are closer than the window. A silent spell shows only a window
    /// later, so who fell silent here is not newly dormant.
    CloserThanWindow {
        /// Days between the snapshots.
        days: f64,
        /// The window.
        window_days: u32,
    },
    /// Nobody is on both lists: the exports may know followers by different marks, one by
    /// number and the other by handle.
    NobodyOnBoth,
    /// Followers who are undetermined at one instant only: a change of the evidence, not
    /// of the followers.
    EvidenceChanged {
        /// Determined, then not.
        lost: u64,
        /// Not determined, then determined.
        won: u64,
    },
}
