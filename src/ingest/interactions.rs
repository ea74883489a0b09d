//! Lists of interactions: who did something on the channel, and when.
//!
//! Such a list is evidence from outside the export: whoever reacted to us last week was
//! awake last week. It is joined by id, or by handle where the export has no other id.
//! The latest act up to the census counts; acts of people who do not follow are counted
//! and nothing else. It can never make somebody silent.

use super::adapters::interaction_list::InteractionList;
use super::container::Member;
use super::found::Found;
use super::intake::{ByHash, Seen, hash};
use super::read_aloud;
use crate::error::Result;
use crate::model::results::InteractionCounts;

/// The last interaction of each person, under the hash of the id or handle.
#[derive(Debug)]
pub struct Interactions {
    until: i64,
    people: ByHash<Act>,
    /// Handles of people who are known by an id too.
    handles: ByHash<u64>,
    counts: InteractionCounts,
}

#[derive(Debug)]
struct Act {
    at: i64,
    follows: bool,
}

impl Interactions {
    /// Nobody yet; acts after `until` (milliseconds since 1970) are left out, because
    /// they say nothing of that instant.
    pub fn new(until: i64) -> Self {
        Self {
            until,
            people: ByHash::default(),
            handles: ByHash::default(),
            counts: InteractionCounts::default(),
        }
    }

    /// Reads one list.
    ///
    /// # Errors
    /// The file cannot be read, has no columns of people and dates, or dates that can be
    /// read in two ways.
    pub fn read(&mut self, member: &Member, latest: i64) -> Result<Found> {
        let mut seen = Seen::default();
        let found = read_aloud(
            member,
            &InteractionList,
            &mut seen,
            Some(latest),
            &|_| Ok(()),
            &mut |row| {
                let person = row.id.or(row.profile).filter(|person| !person.is_empty());
                match (person, row.last_active_at) {
                    (Some(person), Some(at)) => self.note(person, row.profile, at),
                    _ => self.counts.incomplete += 1,
                }
            },
        )?;
        self.counts.rows += found.reading.rows;
        self.counts.set_aside += found.reading.set_aside;
        Ok(found)
    }

    fn note(&mut self, person: &str, handle: Option<&str>, at: i64) {
        if at > self.until {
            self.counts.after_census += 1;
            return;
        }
        let id = key(person);
        let act = self.people.entry(id).or_insert(Act { at, follows: false });
        act.at = act.at.max(at);
        if let Some(handle) = handle.filter(|handle| !handle.is_empty()) {
            self.handles.insert(key(handle), id);
        }
    }

    /// When a follower last interacted; the follower then counts as one of those who did.
    pub fn of(&mut self, follower: &str) -> Option<i64> {
        let key = key(follower);
        let person = self.handles.get(&key).copied().unwrap_or(key);
        let act = self.people.get_mut(&person)?;
        act.follows = true;
        Some(act.at)
    }

    /// What was read, and how many of the people follow.
    pub fn counts(&self) -> InteractionCounts {
        let people = self.people.len() as u64;
        let followers = self.people.values().filter(|act| act.follows).count() as u64;
        InteractionCounts {
            people,
            followers,
            others: people - followers,
            ..self.counts
        }
    }
}

/// Handles are written with `@` or without, in capitals or small letters.
fn key(person: &str) -> u64 {
    let person = person.trim();
    let person = person.strip_prefix('@').unwrap_or(person);
    hash(person.to_ascii_lowercase().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_act_up_to_the_census_counts() {
        let mut interactions = Interactions::new(100);
        for (person, handle, at) in [
            ("@Een", None, 10),
            ("een", None, 30),
            ("EEN", None, 20),
            ("twee", None, 101),
            ("3", Some("Drie"), 50),
        ] {
            interactions.note(person, handle, at);
        }
        assert_eq!(interactions.of("een"), Some(30));
        assert_eq!(interactions.of("een"), Some(30));
        assert_eq!(interactions.of("twee"), None);
        assert_eq!(interactions.of("drie"), Some(50));
        assert_eq!(interactions.of("vier"), None);
        let counts = interactions.counts();
        assert_eq!((counts.people, counts.followers, counts.others), (2, 2, 0));
        assert_eq!(counts.after_census, 1);
    }
}
