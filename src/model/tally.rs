//! The narrow waist of the house: counts of followers, and nothing about any one of them.
//!
//! Left of the tally are persons, right of it only counts. Tallies merge like
//! sums (associative, commutative, with the empty tally as identity), so that
//! parts of a list can be counted anywhere and added.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The windows of the multiverse, in days.
pub const GRID: [u32; 5] = [30, 90, 180, 365, 730];

/// Upper edges of the follow-age buckets, in days; one more bucket is open above.
pub const FOLLOW_AGE_EDGES: [u32; 10] = [30, 90, 180, 365, 730, 1095, 1460, 1825, 2555, 3650];

/// How complete the record of a follower's posts is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Record {
    /// The last activity is given.
    Dated = 0,
    /// The post count is zero: there is no post to be missing.
    NeverPosted = 1,
    /// A count of zero that is only what one server has seen, in an export that did
    /// not collect the last activity: no proof.
    Unconfirmed = 2,
    /// Protected, and no last activity given.
    Protected = 3,
    /// The export does not give the last activity.
    NotGiven = 4,
    /// Suspended, deleted, deactivated, moved.
    Gone = 5,
}

impl Record {
    /// All records, by code.
    pub const ALL: [Self; 6] = [
        Self::Dated,
        Self::NeverPosted,
        Self::Unconfirmed,
        Self::Protected,
        Self::NotGiven,
        Self::Gone,
    ];

    /// The name as written in artefacts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dated => "dated",
            Self::NeverPosted => "never-posted",
            Self::Unconfirmed => "unconfirmed",
            Self::Protected => "protected",
            Self::NotGiven => "not-given",
            Self::Gone => "gone",
        }
    }
}

/// What is known of a follower at the census instant, for a window of W days.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A sign of life within W, whatever else is unknown.
    Awake,
    /// No sign of life within W although the record is complete.
    Silent,
    /// The export cannot say. Missing is never dormant.
    Undetermined,
    /// Suspended, deleted, moved: counted apart.
    Gone,
}

impl State {
    /// The name as written in artefacts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Awake => "awake",
            Self::Silent => "silent",
            Self::Undetermined => "undetermined",
            Self::Gone => "gone",
        }
    }
}

/// What followers must share to be counted in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// How complete the record is.
    pub record: Record,
    /// Days from the last sign of life of any kind to the census instant, rounded up,
    /// so that "strictly more than W days" reads `days > W`; `None` without any date.
    pub days_silent: Option<u16>,
    /// The same for posts only (for never-posters, since the account was made), as the
    /// index of the first edge of [`post_edges`] that is not exceeded.
    pub post_age: Option<u8>,
    /// Post count of zero.
    pub never_posted: bool,
    /// Platform's own picture, follows 1,000 or more, followed by fewer than 50.
    pub suspected_bot: bool,
    /// The id was seen before in this channel.
    pub duplicate: bool,
    /// Shows posts only to approved followers.
    pub protected: bool,
    /// Index of the follow-age bucket of [`FOLLOW_AGE_EDGES`].
    pub follow_age: Option<u8>,
}

/// The layout of a packed key, from the lowest bit: what the plan computes with
/// integer arithmetic, so that rows are grouped by one `u32`.
pub mod packing {
    /// Days silent: 16 bits, all set when there is no date.
    pub const NO_DAYS: u32 = 0xFFFF;
    /// The largest number of days that is kept apart; 179 years.
    pub const MAX_DAYS: u32 = 0xFFFE;
    /// Post age: 3 bits, all set when there is none.
    pub const POST_AGE: u32 = 16;
    /// No post age.
    pub const NO_POST_AGE: u32 = 7;
    /// Record: 3 bits.
    pub const RECORD: u32 = 19;
    /// Never posted: 1 bit.
    pub const NEVER_POSTED: u32 = 22;
    /// Suspected bot: 1 bit.
    pub const SUSPECTED_BOT: u32 = 23;
    /// Duplicate: 1 bit.
    pub const DUPLICATE: u32 = 24;
    /// Protected: 1 bit.
    pub const PROTECTED: u32 = 25;
    /// Follow age: 4 bits, all set when there is none.
    pub const FOLLOW_AGE: u32 = 26;
    /// No follow age.
    pub const NO_FOLLOW_AGE: u32 = 15;
}

impl Key {
    /// A follower of whom the export says nothing.
    pub const NOTHING: Self = Self {
        record: Record::NotGiven,
        days_silent: None,
        post_age: None,
        never_posted: false,
        suspected_bot: false,
        duplicate: false,
        protected: false,
        follow_age: None,
    };

    /// An account that the export names as gone.
    pub const GONE: Self = Self {
        record: Record::Gone,
        ..Self::NOTHING
    };

    /// The key as one integer.
    pub fn pack(self) -> u32 {
        use packing as p;
        self.days_silent.map_or(p::NO_DAYS, u32::from)
            | self.post_age.map_or(p::NO_POST_AGE, u32::from) << p::POST_AGE
            | (self.record as u32) << p::RECORD
            | u32::from(self.never_posted) << p::NEVER_POSTED
            | u32::from(self.suspected_bot) << p::SUSPECTED_BOT
            | u32::from(self.duplicate) << p::DUPLICATE
            | u32::from(self.protected) << p::PROTECTED
            | self.follow_age.map_or(p::NO_FOLLOW_AGE, u32::from) << p::FOLLOW_AGE
    }

    /// The key from one integer; `None` when the integer is no packed key.
    pub fn unpack(packed: u32) -> Option<Self> {
        use packing as p;
        let bit = |shift: u32| packed >> shift & 1 == 1;
        let days = packed & 0xFFFF;
        let post_age = packed >> p::POST_AGE & 7;
        let follow_age = packed >> p::FOLLOW_AGE & 15;
        if packed >> 30 != 0 {
            return None;
        }
        Some(Self {
            record: *Record::ALL.get((packed >> p::RECORD & 7) as usize)?,
            days_silent: (days != p::NO_DAYS).then_some(days as u16),
            post_age: (post_age != p::NO_POST_AGE).then_some(post_age as u8),
            never_posted: bit(p::NEVER_POSTED),
            suspected_bot: bit(p::SUSPECTED_BOT),
            duplicate: bit(p::DUPLICATE),
            protected: bit(p::PROTECTED),
            follow_age: (follow_age != p::NO_FOLLOW_AGE).then_some(follow_age as u8),
        })
    }

    /// The state for a window of `window` days: strictly more than W days is silent.
    pub fn state(self, window: u32) -> State {
        match self.record {
            Record::Gone => State::Gone,
            _ if self
                .days_silent
                .is_some_and(|days| u32::from(days) <= window) =>
            {
                State::Awake
            }
            Record::Dated | Record::NeverPosted => State::Silent,
            Record::Unconfirmed | Record::Protected | Record::NotGiven => State::Undetermined,
        }
    }
}

/// Followers of one state whose days of silence lie in one band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The state at the study's window.
    pub state: State,
    /// More than so many days; `None` without a date.
    pub above: Option<u32>,
    /// At most so many days; `None` is without end, or without a date.
    pub up_to: Option<u32>,
    /// So many followers; `None` is hidden.
    pub followers: Option<u64>,
}

/// The edges of the post-age buckets: the windows of the multiverse and the study's own.
pub fn post_edges(window: u32) -> Vec<u32> {
    let mut edges = GRID.to_vec();
    if let Err(place) = edges.binary_search(&window) {
        edges.insert(place, window);
    }
    edges
}

/// Followers per cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    cells: BTreeMap<Key, u64>,
}

/// How many followers are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// With a sign of life within the window.
    pub awake: u64,
    /// Without one, although the record is complete.
    pub silent: u64,
    /// Of whom the export cannot say.
    pub undetermined: u64,
    /// Suspended, deleted, moved; in no share.
    pub gone: u64,
}

impl Counts {
    /// The count of one state.
    pub fn of(&mut self, state: State) -> &mut u64 {
        match state {
            State::Awake => &mut self.awake,
            State::Silent => &mut self.silent,
            State::Undetermined => &mut self.undetermined,
            State::Gone => &mut self.gone,
        }
    }

    /// Awake, silent, undetermined, gone.
    pub fn to_array(self) -> [u64; 4] {
        [self.awake, self.silent, self.undetermined, self.gone]
    }

    /// Followers that shares are taken of: everybody but those who are gone.
    pub fn present(self) -> u64 {
        self.awake + self.silent + self.undetermined
    }

    /// Everybody on the list.
    pub fn listed(self) -> u64 {
        self.present() + self.gone
    }
}

impl Tally {
    /// Adds `count` followers to a cell.
    pub fn add(&mut self, key: Key, count: u64) {
        if count > 0 {
            *self.cells.entry(key).or_default() += count;
        }
    }

    /// Adds another tally: associative and commutative, with the empty tally as identity.
    pub fn merge(&mut self, other: &Self) {
        if self.cells.is_empty() {
            self.cells.clone_from(&other.cells);
            return;
        }
        for (&key, &count) in &other.cells {
            self.add(key, count);
        }
    }

    /// The tally with every key changed; cells that fall together are added.
    #[must_use]
    pub fn map_keys(&self, change: impl Fn(Key) -> Key) -> Self {
        self.cells()
            .map(|(key, count)| (change(key), count))
            .collect()
    }

    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = (Key, u64)> + '_ {
        self.cells.iter().map(|(&key, &count)| (key, count))
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nobody is counted.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Everybody counted, duplicates and gone included.
    pub fn total(&self) -> u64 {
        self.cells.values().sum()
    }

    /// The main specification for a window: duplicates left out, everybody else kept.
    pub fn counts(&self, window: u32) -> Counts {
        let mut counts = Counts::default();
        for (key, count) in self.cells().filter(|(key, _)| !key.duplicate) {
            *counts.of(key.state(window)) += count;
        }
        counts
    }

    /// Why followers are undetermined for a window: record → followers.
    pub fn undetermined(&self, window: u32) -> BTreeMap<Record, u64> {
        let mut reasons = BTreeMap::new();
        for (key, count) in self.cells().filter(|(key, _)| !key.duplicate) {
            if key.state(window) == State::Undetermined {
                *reasons.entry(key.record).or_default() += count;
            }
        }
        reasons
    }
}

/// Cells in any order; those of the same key are added.
///
/// The tree is built at once from sorted cells, which takes a fraction of the time of
/// adding them one by one.
impl FromIterator<(Key, u64)> for Tally {
    fn from_iter<I: IntoIterator<Item = (Key, u64)>>(cells: I) -> Self {
        let mut cells: Vec<_> = cells.into_iter().filter(|&(_, count)| count > 0).collect();
        cells.sort_by_key(|&(key, _)| key);
        cells.dedup_by(|(key, count), (before, sum)| {
            let is_same = key == before;
            *sum += if is_same { *count } else { 0 };
            is_same
        });
        Self {
            cells: cells.into_iter().collect(),
        }
    }
}
