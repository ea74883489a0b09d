//! A tally in parts of nobody or at least ten people.

use std::collections::BTreeMap;

use crate::model::published::{SMALLEST_GROUP, StateCounts, is_small};
use crate::model::tally::{Band, Counts, Key, Record, State, Tally, post_edges};

/// What may be published of a tally.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Publishable {
    /// Followers by state at the study's window.
    pub counts: StateCounts,
    /// Followers on the list, without duplicates, gone included.
    pub listed: u64,
    /// Followers by state and band of silence; empty where nothing is hidden.
    pub bands: Vec<Band>,
    /// Protected accounts among the undetermined; `None` is hidden.
    pub protected: Option<u64>,
    /// For the multiverse: what its specifications can tell apart, in parts.
    pub classes: Tally,
    /// Everybody with the earliest silence that their band allows, and with the latest.
    early: Tally,
    late: Tally,
}

impl Publishable {
    /// Everything as it is, for those who may see it.
    pub fn internal(tally: &Tally, window: u32) -> Self {
        let counts = tally.counts(window);
        Self {
            counts: counts.into(),
            listed: counts.listed(),
            bands: Vec::new(),
            protected: Some(protected(tally, window)),
            classes: tally.clone(),
            early: tally.clone(),
            late: tally.clone(),
        }
    }

    /// The counts for another window, as far as the bands tell: who is awake only by a
    /// part of a band counts as undetermined.
    pub fn at(&self, window: u32) -> Counts {
        let (early, late) = (self.early.counts(window), self.late.counts(window));
        let mut counts = Counts {
            awake: late.awake,
            silent: early.silent,
            undetermined: 0,
            gone: late.gone,
        };
        counts.undetermined = self.listed.saturating_sub(counts.listed());
        counts
    }
}

/// Protected accounts among the undetermined.
fn protected(tally: &Tally, window: u32) -> u64 {
    let undetermined = tally.undetermined(window);
    undetermined
        .get(&Record::Protected)
        .copied()
        .unwrap_or_default()
}

/// One cell of the tally and its place among the edges.
#[derive(Clone, Copy)]
struct Cell {
    place: usize,
    key: Key,
    count: u64,
}

/// The ends of bands, in days: fine ones for the curve, and the coarse ones of the
/// multiverse among them. One place more is for longer silences and for no date at all.
struct Edges {
    fine: Vec<u32>,
    coarse: Vec<u32>,
}

impl Edges {
    /// The first edge at which such a follower counts as awake.
    fn place(&self, key: Key) -> usize {
        match key.days_silent {
            Some(days) => self.fine.partition_point(|&edge| edge < u32::from(days)),
            None => self.fine.len(),
        }
    }

    /// The place of a coarse edge.
    fn place_of(&self, coarse: usize) -> usize {
        match self.coarse.get(coarse) {
            Some(days) => self.fine.partition_point(|edge| edge < days),
            None => self.fine.len(),
        }
    }

    fn days(&self, place: usize) -> Option<u16> {
        self.fine.get(place).and_then(|&days| days.try_into().ok())
    }
}

/// The tally in parts of nobody or at least ten people.
///
/// `windows` are those of the curve, in order; bands end at them, at the edges of the
/// multiverse and at the study's window.
pub fn publishable(tally: &Tally, window: u32, windows: &[u32]) -> Publishable {
    let counted = tally.counts(window);
    let counts = StateCounts::published(counted);
    let coarse = post_edges(window);
    let mut fine: Vec<u32> = windows.iter().chain(&coarse).copied().collect();
    fine.sort_unstable();
    fine.dedup();
    let edges = Edges { fine, coarse };
    let mut published = Publishable {
        counts,
        listed: counted.listed(),
        protected: match (protected(tally, window), counts.undetermined) {
            (0, _) if !is_small(counted.listed()) => Some(0),
            (protected, Some(all)) => {
                let apart = !is_small(protected) && !is_small(all - protected);
                apart.then_some(protected)
            }
            (_, None) => None,
        },
        ..Publishable::default()
    };
    let mut hidden = 0;
    for state in [
        State::Awake,
        State::Silent,
        State::Undetermined,
        State::Gone,
    ] {
        let cells: Vec<Cell> = tally
            .cells()
            .filter(|(key, _)| !key.duplicate && key.state(window) == state)
            .map(|(key, count)| Cell {
                place: edges.place(key),
                key,
                count,
            })
            .collect();
        if counts.of(state).is_none() {
            hidden += sum(&cells);
            published.bands.push(Band {
                state,
                above: None,
                up_to: None,
                followers: None,
            });
        } else if state == State::Gone {
            published.add_gone(sum(&cells));
        } else {
            for row in rows(state, cells) {
                published.add_row(state, &row, &edges, window);
            }
        }
    }
    let made = [
        &mut published.early,
        &mut published.late,
        &mut published.classes,
    ];
    for tally in made {
        tally.add(Key::NOTHING, hidden);
    }
    // Rows that came twice are no followers; only the multiverse counts them.
    let twice = tally.cells().filter(|(key, _)| key.duplicate);
    for (key, count) in merged(twice.collect()) {
        if !is_small(count) {
            published.classes.add(key, count);
        }
    }
    published
}

fn sum(cells: &[Cell]) -> u64 {
    cells.iter().map(|cell| cell.count).sum()
}

/// The cells of a state in the rows that the curve tells apart: those whose record would
/// prove silence for a shorter window, and the others. Where a row is small, cells of the
/// first stand with the second.
fn rows(state: State, cells: Vec<Cell>) -> Vec<Vec<Cell>> {
    let (mut complete, mut other): (Vec<_>, Vec<_>) = cells
        .into_iter()
        .partition(|cell| matches!(cell.key.record, Record::Dated | Record::NeverPosted));
    if state == State::Awake {
        complete.sort_by_key(|cell| (cell.place, cell.key));
        while is_small(sum(&other)) || is_small(sum(&complete)) {
            let Some(mut last) = complete.pop() else {
                break;
            };
            last.key.record = Record::NotGiven;
            other.push(last);
        }
    }
    let mut rows = vec![complete, other];
    rows.retain(|row| !row.is_empty());
    for row in &mut rows {
        row.sort_by_key(|cell| cell.place);
    }
    rows
}

impl Publishable {
    fn add_gone(&mut self, followers: u64) {
        for tally in [&mut self.early, &mut self.late, &mut self.classes] {
            tally.add(Key::GONE, followers);
        }
        if followers > 0 {
            self.bands.push(Band {
                state: State::Gone,
                above: None,
                up_to: None,
                followers: Some(followers),
            });
        }
    }

    /// Adds a row, which is in order of the places.
    fn add_row(&mut self, state: State, row: &[Cell], edges: &Edges, window: u32) {
        let own = edges.coarse.partition_point(|&edge| edge < window);
        let (first, last) = match state {
            State::Awake => (0, own),
            _ => (own + 1, edges.coarse.len()),
        };
        let start = |coarse: usize| match coarse {
            0 => 0,
            _ => edges.place_of(coarse - 1) + 1,
        };
        let between = |from: usize, to: usize| {
            let start = row.partition_point(|cell| cell.place < from);
            let end = row.partition_point(|cell| cell.place <= to);
            row.get(start..end).unwrap_or_default()
        };
        let count = |from: usize, to: usize| sum(between(from, to));
        let coarse = bands(first, last, |band| count(start(band), edges.place_of(band)));
        for (from, to) in coarse {
            let (from, to) = (start(from), edges.place_of(to));
            self.add_classes(between(from, to), edges);
            for (from, to) in bands(from, to, |place| count(place, place)) {
                self.add_band(state, between(from, to), (from, to), edges);
            }
        }
    }

    fn add_band(
        &mut self,
        state: State,
        cells: &[Cell],
        (from, to): (usize, usize),
        edges: &Edges,
    ) {
        let Some(cell) = cells.first() else { return };
        let key = |place| Key {
            record: record(cell.key),
            days_silent: edges.days(place),
            ..Key::NOTHING
        };
        let followers = sum(cells);
        self.early.add(key(from), followers);
        self.late.add(key(to), followers);
        let above = from.checked_sub(1);
        self.bands.push(Band {
            state,
            above: match above {
                None => Some(0),
                Some(before) => edges.fine.get(before).copied(),
            },
            up_to: edges.fine.get(to).copied(),
            followers: Some(followers),
        });
    }

    /// The kinds of account inside a coarse band, which itself is told by its largest cell.
    fn add_classes(&mut self, cells: &[Cell], edges: &Edges) {
        let Some(most) = cells.iter().max_by_key(|cell| cell.count) else {
            return;
        };
        let days_silent = most.key.days_silent.map(|days| {
            let band = edges.coarse.partition_point(|&edge| edge < u32::from(days));
            let longer = edges.coarse.last().map_or(u32::MAX, |&edge| edge + 1);
            let days = edges.coarse.get(band).copied().unwrap_or(longer);
            days.try_into().unwrap_or(u16::MAX)
        });
        let kinds = cells.iter().map(|cell| {
            let key = Key {
                record: record(cell.key),
                days_silent,
                protected: false,
                follow_age: None,
                ..cell.key
            };
            (key, cell.count)
        });
        for (key, count) in merged(kinds.collect()) {
            self.classes.add(key, count);
        }
    }
}

/// The record, as far as states, curve and multiverse tell records apart.
fn record(key: Key) -> Record {
    match key.record {
        Record::Dated | Record::NeverPosted => Record::Dated,
        Record::Unconfirmed | Record::Protected | Record::NotGiven => Record::NotGiven,
        Record::Gone => Record::Gone,
    }
}

/// Neighbouring places from `first` to `last` as bands of at least ten people. What is
/// left over at the end goes to the last band; nobody at the end is in no band.
fn bands(first: usize, last: usize, count: impl Fn(usize) -> u64) -> Vec<(usize, usize)> {
    let mut bands: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut people) = (first, 0);
    for place in first..=last {
        people += count(place);
        if people >= SMALLEST_GROUP {
            bands.push((start, place));
            (start, people) = (place + 1, 0);
        }
    }
    if people > 0 {
        match bands.last_mut() {
            Some(before) => before.1 = last,
            None => bands.push((start, last)),
        }
    }
    bands
}

/// Kinds of account, each small one counted with the kind that is most like it.
fn merged(kinds: Vec<(Key, u64)>) -> Vec<(Key, u64)> {
    let mut sums: BTreeMap<Key, u64> = BTreeMap::new();
    for (key, count) in kinds {
        *sums.entry(key).or_default() += count;
    }
    loop {
        let smallest = sums
            .iter()
            .filter(|(_, count)| is_small(**count))
            .min_by_key(|(key, count)| (**count, **key))
            .map(|(&key, &count)| (key, count));
        let Some((key, count)) = smallest else { break };
        let nearest = sums
            .iter()
            .filter(|(other, _)| **other != key)
            .min_by_key(|(other, count)| (distance(key, **other), u64::MAX - **count))
            .map(|(&other, _)| other);
        let Some(nearest) = nearest else { break };
        sums.remove(&key);
        *sums.entry(nearest).or_default() += count;
    }
    sums.into_iter().collect()
}

/// How unlike two kinds of account are, by what changes a specification most.
fn distance(a: Key, b: Key) -> u32 {
    let age = |key: Key| u32::from(key.post_age.unwrap_or(15));
    let days = |key: Key| u32::from(key.days_silent.unwrap_or(u16::MAX));
    u32::from(a.suspected_bot != b.suspected_bot)
        + 2 * age(a).abs_diff(age(b))
        + 32 * u32::from(a.never_posted != b.never_posted)
        + 64 * u32::from(record(a) != record(b))
        + 128 * days(a).abs_diff(days(b))
}
