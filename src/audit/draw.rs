//! Who is looked up: a stratified random sample, drawn while the followers pass by.
//!
//! Every follower has a number of its own: the first 16 hexadecimal digits of the SHA-256
//! of `seed:channel:id`. A stratum gives the followers with the smallest numbers. That is a
//! simple random sample of each stratum (a draw by permanent random numbers), and:
//!
//! * it does not depend on the order of the export, nor on the files that it comes in;
//! * more labels with the same seed add rows to those of the smaller draw (the rounding of
//!   the allocation apart), so that labels are not lost when more are needed;
//! * anybody who holds the export can check that nobody was picked by hand.
//!
//! Further digits of the same hash decide the order of the worksheet and who is looked up
//! by a second reader, so that neither says anything of the strata.
//!
//! Source of the method: E. Ohlsson, Coordination of samples using permanent random
//! numbers, in Business Survey Methods (1995), ch. 9.

use std::collections::{BTreeMap, BinaryHeap};

use sha2::{Digest, Sha256};

use super::{STRATA, profile};
use crate::error::{Error, Result};
use crate::model::platform::Platform;
use crate::model::tally::{Key, Record, State};
use crate::stats::allocation::proportional_allocation;

/// The kind of error of a channel in which there is nobody to draw.
pub const NOBODY: &str = "audit::nobody";

/// How an audit is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Followers to look up in each channel, over all strata.
    pub labels: u64,
    /// At least so many in each stratum, or the whole stratum.
    pub floor: u64,
    /// How many of them a second reader looks up as well.
    pub overlap: u64,
    /// What the draw follows from.
    pub seed: u64,
    /// Window of the strata, in days.
    pub window_days: u32,
}

/// The draw of one channel under way.
#[derive(Debug)]
pub struct Draw {
    plan: Plan,
    channel: String,
    /// Followers of the file that is being read, by what their state depends on: whether
    /// a zero count proves anything is only known when the file has been read.
    pools: BTreeMap<Key, Pool>,
    strata: [Pool; STRATA.len()],
}

/// The followers with the smallest numbers among those of one kind.
#[derive(Debug, Default)]
struct Pool {
    size: u64,
    nameless: u64,
    kept: BinaryHeap<Ticket>,
}

/// A follower who may be drawn; ordered by number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ticket {
    numbers: Numbers,
    id: String,
    profile: Option<String>,
}

/// What chance decides of a follower; the numbers are independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Numbers {
    draw: u64,
    order: u64,
    overlap: u64,
    second_order: u64,
}

impl Numbers {
    fn of(seed: u64, channel: &str, id: &str) -> Self {
        let hash = Sha256::digest(format!("{seed}:{channel}:{id}"));
        let number = |place: usize| {
            hash.iter()
                .skip(8 * place)
                .take(8)
                .fold(0, |number, &byte| number << 8 | u64::from(byte))
        };
        Self {
            draw: number(0),
            order: number(1),
            overlap: number(2),
            second_order: number(3),
        }
    }
}

impl Pool {
    /// Keeps a ticket if its number is among the `most` smallest.
    fn keep(&mut self, ticket: Ticket, most: usize) {
        self.kept.push(ticket);
        if self.kept.len() > most {
            self.kept.pop();
        }
    }

    /// Whether a number may still be among the smallest.
    fn wants(&self, numbers: Numbers, most: usize) -> bool {
        self.kept.len() < most
            || self
                .kept
                .peek()
                .is_some_and(|largest| numbers <= largest.numbers)
    }

    fn merge(&mut self, other: Self, most: usize) {
        self.size += other.size;
        self.nameless += other.nameless;
        for ticket in other.kept {
            self.keep(ticket, most);
        }
    }
}

impl Draw {
    /// A draw in which nobody has passed by yet.
    pub fn new(channel: &str, plan: Plan) -> Self {
        Self {
            plan,
            channel: channel.to_owned(),
            pools: BTreeMap::new(),
            strata: Default::default(),
        }
    }

    /// Lets a follower pass by: its key in the tally, its id and the address of its
    /// profile. Duplicates and those who are gone are never drawn.
    pub fn offer(&mut self, key: Key, id: Option<&str>, profile: Option<&str>) {
        if key.duplicate || key.record == Record::Gone {
            return;
        }
        let awake = key.state(self.plan.window_days) == State::Awake;
        let kind = Key {
            record: key.record,
            days_silent: awake.then_some(0),
            ..Key::NOTHING
        };
        let most = self.most();
        let pool = self.pools.entry(kind).or_default();
        pool.size += 1;
        let Some(id) = id else {
            pool.nameless += 1;
            return;
        };
        let numbers = Numbers::of(self.plan.seed, &self.channel, id);
        if pool.wants(numbers, most) {
            let ticket = Ticket {
                numbers,
                id: id.to_owned(),
                profile: profile.map(str::to_owned),
            };
            pool.keep(ticket, most);
        }
    }

    /// Ends a file; `settle` gives each key its last word, as the tally has it.
    pub fn end_file(&mut self, settle: impl Fn(Key) -> Key) {
        let most = self.most();
        for (key, pool) in std::mem::take(&mut self.pools) {
            let state = settle(key).state(self.plan.window_days);
            let stratum = STRATA
                .iter()
                .zip(&mut self.strata)
                .find(|((of, _), _)| *of == state);
            if let Some((_, stratum)) = stratum {
                stratum.merge(pool, most);
            }
        }
    }

    /// Draws from each stratum as many as the plan gives it: in proportion to its size,
    /// with the floor.
    ///
    /// # Errors
    /// There is nobody to draw, or nobody with an id; more labels than can be planned.
    pub fn finish(mut self, platform: Platform) -> Result<Drawn> {
        self.end_file(|key| key);
        let sizes = self.strata.each_ref().map(|stratum| stratum.size);
        if self.strata.iter().all(|stratum| stratum.kept.is_empty()) {
            let nobody = sizes.iter().all(|&size| size == 0);
            let why = if nobody {
                "lists nobody who could be drawn"
            } else {
                "has no ids or handles, so that nobody who is drawn could be looked up"
            };
            return Err(Error::new(NOBODY, format!("the channel `{}` {why}", self.channel)).help(
                "check the exports of this channel with `dormouse inspect`, or draw from others with --channel",
            ));
        }
        let wanted = proportional_allocation(&sizes, self.plan.labels, self.plan.floor).map_err(
            |refusal| {
                Error::new(
                    "audit::plan",
                    format!("the draw cannot be planned: {refusal}"),
                )
                .help("give a smaller number with --labels")
            },
        )?;
        let mut drawn = Drawn {
            channel: self.channel,
            strata: Vec::new(),
            nameless: 0,
            rows: Vec::new(),
            second: Vec::new(),
        };
        let mut tickets = Vec::new();
        for (((_, name), stratum), wanted) in STRATA.into_iter().zip(self.strata).zip(wanted) {
            let mut chosen = stratum.kept.into_sorted_vec();
            chosen.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
            drawn.nameless += stratum.nameless;
            drawn.strata.push(DrawnStratum {
                name,
                size: stratum.size,
                drawn: chosen.len() as u64,
            });
            let size = stratum.size;
            tickets.extend(chosen.into_iter().map(|ticket| (ticket, name, size)));
        }
        tickets.sort_unstable_by_key(|(ticket, ..)| ticket.numbers.order);
        let mut second: Vec<usize> = (0..tickets.len()).collect();
        let numbers = |place: &usize| tickets.get(*place).map(|(ticket, ..)| ticket.numbers);
        second.sort_unstable_by_key(|place| numbers(place).map(|numbers| numbers.overlap));
        second.truncate(usize::try_from(self.plan.overlap).unwrap_or(usize::MAX));
        second.sort_unstable_by_key(|place| numbers(place).map(|numbers| numbers.second_order));
        drawn.second = second;
        drawn.rows = tickets
            .into_iter()
            .map(|(ticket, stratum, stratum_size)| Row {
                profile: profile::address(platform, &ticket.id, ticket.profile.as_deref()),
                id: ticket.id,
                stratum,
                stratum_size,
            })
            .collect();
        Ok(drawn)
    }

    /// No stratum gives more than all labels.
    fn most(&self) -> usize {
        usize::try_from(self.plan.labels).unwrap_or(usize::MAX)
    }
}

/// The draw of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The id of the channel.
    pub channel: String,
    /// The strata, also those without followers.
    pub strata: Vec<DrawnStratum>,
    /// Followers without an id: they count in the strata, but nobody can look them up.
    pub nameless: u64,
    /// Who is looked up, in the order of the worksheet, which says nothing of the strata.
    pub rows: Vec<Row>,
    /// Places in `rows` that the second reader looks up, in the order of that worksheet.
    pub second: Vec<usize>,
}

impl Drawn {
    /// The rows of the second reader.
    pub fn second_rows(&self) -> Vec<&Row> {
        self.second
            .iter()
            .filter_map(|&place| self.rows.get(place))
            .collect()
    }
}

/// One stratum of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnStratum {
    /// Its name.
    pub name: &'static str,
    /// Followers in it.
    pub size: u64,
    /// How many of them were drawn.
    pub drawn: u64,
}

/// A follower to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The id in the export, or the handle where the export has no id.
    pub id: String,
    /// The stratum.
    pub stratum: &'static str,
    /// Followers in the stratum.
    pub stratum_size: u64,
    /// The address of the profile, where it is known.
    pub profile: Option<String>,
}
